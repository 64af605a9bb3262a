"""From tokens to HTML; what comes out is sanitised once more before anybody sees it."""

from collections.abc import Iterable, Mapping, Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from app.lib.characters import clean_characters
from app.lib.handles import mention_path
from app.lib.hashtags import topic_path
from app.lib.markup.links import EXTERNAL_REL, is_external
from app.lib.text import squeeze

# The page owns the first two levels of headings; a text gets two below them.
_HEADINGS = {"h1": "h3", "h2": "h3"}
_SMALLEST_HEADING = "h4"


class HtmlRenderer(RendererHTML):
    """Writes tokens as HTML. One method a token type; `env["names"]` has the names of the people mentioned, or None."""

    def topic(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A topic leads to its page."""
        name = tokens[idx].content
        return f'<a class="topic" href="{topic_path(name)}">#{escapeHtml(name)}</a>'

    def mention(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A mention leads to the profile; of somebody unknown it is text, and so is one of somebody unseen."""
        handle = tokens[idx].meta["handle"]
        label = escapeHtml(mention_label(tokens[idx], env.get("names")))
        if env.get("names") is not None and handle not in env["names"]:
            return label
        return f'<a class="mention" href="{mention_path(handle)}">{label}</a>'

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a link; one that leaves the site opens a new tab and tells it nothing about us."""
        return _open_link(str(tokens[idx].attrGet("href") or ""))

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show a picture as a link to it: nothing is ever loaded from elsewhere."""
        url = str(tokens[idx].attrGet("src") or "")
        label = escapeHtml(plain_text(tokens[idx].children or ()) or url)
        return label if _is_in_link(tokens, idx) else f"{_open_link(url)}{label}</a>"

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a heading of a level that a text may have."""
        return f"<{_HEADINGS.get(tokens[idx].tag, _SMALLEST_HEADING)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Close a heading."""
        return f"</{_HEADINGS.get(tokens[idx].tag, _SMALLEST_HEADING)}>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show fenced code; the language named on the fence is not kept."""
        return f"<pre><code>{escapeHtml(tokens[idx].content)}</code></pre>\n"


def mention_label(token: Token, names: Mapping[str, str] | None) -> str:
    """Return the words of a mention: "@" and the display name where it is known, else the handle as written."""
    name = (names or {}).get(token.meta["handle"])
    return "@" + (squeeze(clean_characters(name)) if name else token.content)


def plain_text(tokens: Iterable[Token], names: Mapping[str, str] | None = None) -> str:
    """Return the words of tokens without any markup; blocks and line breaks become line feeds."""
    return "".join(_words(token, names) for token in tokens)


def _words(token: Token, names: Mapping[str, str] | None) -> str:
    match token.type:
        case "inline" | "image":
            return plain_text(token.children or (), names)
        case "topic":
            return "#" + token.content
        case "mention":
            return mention_label(token, names)
        case "softbreak" | "hardbreak":
            return "\n"
        case _ if token.block and token.nesting == -1:
            return "\n"
    return token.content


def _open_link(url: str) -> str:
    href = f'<a href="{escapeHtml(url)}"'
    return f'{href} rel="{EXTERNAL_REL}" target="_blank">' if is_external(url) else f"{href}>"


def _is_in_link(tokens: Sequence[Token], idx: int) -> bool:
    types = [token.type for token in tokens[:idx]]
    return types.count("link_open") > types.count("link_close")
