"""The parser: which Markdown is understood, and how topics, mentions and the count of brackets come into it."""

from collections.abc import Callable, Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import image as parse_image
from markdown_it.rules_inline import link as parse_link
from markdown_it.rules_inline import linkify as parse_web_address
from markdown_it.token import Token

from app.lib.handles import match_mention
from app.lib.hashtags import match_topic
from app.lib.markup.bare_links import BareLinks
from app.lib.markup.html import HtmlRenderer
from app.lib.markup.limits import MAX_BRACKETS
from app.lib.markup.links import is_safe

_InlineRule = Callable[[StateInline, bool], bool]

# Lists and quotes inside each other; deeper ones are read as text.
_MAX_NESTING = 20

_BLOCK_RULES = ["fence", "blockquote", "hr", "list", "heading", "paragraph"]
_INLINE_RULES = [
    "text",
    "newline",
    "escape",
    "backticks",
    "strikethrough",
    "emphasis",
    "link",
    "image",
    "autolink",
]


def parse(source: str) -> list[Token]:
    """Return the tokens of a text; topics and mentions are tokens of their own (`topic`, `mention`)."""
    return _PARSER.parse(source, {})


def to_html(tokens: list[Token], names: Mapping[str, str] | None) -> str:
    """Return the HTML of tokens, not yet sanitised; see `app.lib.markup.render` for `names`."""
    html: str = _PARSER.renderer.render(tokens, _PARSER.options, {"names": names})
    return html


def _build_parser() -> MarkdownIt:
    """Make the one parser; it keeps nothing between calls and is shared by all threads."""
    parser = MarkdownIt(
        "zero",
        {"html": False, "linkify": True, "breaks": True, "xhtmlOut": False, "maxNesting": _MAX_NESTING},
        renderer_cls=HtmlRenderer,
    )
    parser.enable(
        [*_BLOCK_RULES, *_INLINE_RULES, "entity", "linkify", "balance_pairs", "fragments_join", "text_join"]
    )
    parser.linkify = BareLinks()
    parser.validateLink = is_safe  # type: ignore[method-assign]
    parser.inline.add_terminator_char("＃")
    parser.inline.add_terminator_char("＠")
    parser.inline.ruler.before("escape", "topic", _topic)
    parser.inline.ruler.before("escape", "mention", _mention)
    parser.inline.ruler.at("linkify", _web_address)
    parser.inline.ruler.at("link", _counted(parse_link, "["))
    parser.inline.ruler.at("image", _counted(parse_image, "!["))
    return parser


def _counted(rule: _InlineRule, opening: str) -> _InlineRule:
    """Let `rule` try at most MAX_BRACKETS times in a text.

    Each attempt reads on to the closing bracket, so that unlimited ones would cost the square of the length.
    """

    def parse_one(state: StateInline, silent: bool) -> bool:
        if not state.src.startswith(opening, state.pos):
            return False
        state.env["brackets"] = state.env.get("brackets", 0) + 1
        return state.env["brackets"] <= MAX_BRACKETS and rule(state, silent)

    return parse_one


def _web_address(state: StateInline, silent: bool) -> bool:
    """Read a bare web address; the parser's own rule would look back over the whole text at every "://"."""
    before = state.src[max(0, state.pos - len("https")) : state.pos].lower()
    return before.endswith(("http", "https")) and parse_web_address(state, silent)


def _topic(state: StateInline, silent: bool) -> bool:
    if state.linkLevel > 0 or state.src[state.pos] not in "#＃":
        return False
    topic = match_topic(state.src, state.pos)
    if topic is None or topic.end > state.posMax:
        return False
    if not silent:
        state.push("topic", "a", 0).content = topic.name
    state.pos = topic.end
    return True


def _mention(state: StateInline, silent: bool) -> bool:
    if state.linkLevel > 0 or state.src[state.pos] not in "@＠":
        return False
    mention = match_mention(state.src, state.pos)
    if mention is None or mention.end > state.posMax:
        return False
    if not silent:
        token = state.push("mention", "a", 0)
        token.content = state.src[mention.start + 1 : mention.end]
        token.meta = {"handle": mention.handle}
    state.pos = mention.end
    return True


_PARSER = _build_parser()
