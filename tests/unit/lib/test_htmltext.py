import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.htmltext import escape_markers, html_to_markdown
from app.lib.markup import render


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a\n  b</p>\n\n<p>c</p>", "a b\n\nc"),
        ("<p><strong>a </strong><em>b</em> <code>c_d</code></p>", "**a** *b* `c_d`"),
        ("<p><b>a <i>b</i></b></p>", "**a *b***"),
        ("<p>a<br>b</p>", "a\nb"),
        ('<p><a href="https://x.example/a_(b)">text</a></p>', "[text](https://x.example/a_%28b%29)"),
        ('<p><a href="https://x.example/">https://x.example/</a></p>', "<https://x.example/>"),
        ('<p><a href="javascript:alert(1)">text</a></p>', "text"),
        ('<p><img src="https://x.example/a.png" alt="Foam"></p>', "[Foam](https://x.example/a.png)"),
        ('<img src="//x.example/a.png" alt="enter image description here">', "<https://x.example/a.png>"),
        ('<a href="/b"><img src="/a.png" alt="Foam"></a>', "Foam"),
        ('<pre class="lang-py"><code>a\n  &lt;b&gt; #c\n</code></pre>', "```\na\n  <b> #c\n```"),
        ("<pre><code>```\na\n```</code></pre>", "````\n```\na\n```\n````"),
        ("<p><code>a`b</code> <kbd>Ctrl</kbd></p>", "``a`b`` `Ctrl`"),
        ("<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n>\n> b\n\nc"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ('<ol start="3"><li>a</li><li><p>b</p><p>c</p></li></ol>', "3. a\n4. b\n\n   c"),
        ("<ul><li>a<li>b</ul>c", "- a\n- b\n\nc"),
        ("<h1>a</h1><h2>b</h2><h5>c</h5><hr><p>d</p>", "### a\n\n### b\n\n#### c\n\n---\n\nd"),
        ("<p>H<sub>2</sub>O, x<sup>2</sup></p>", "H₂O, x²"),
        ("<p>1. a<br># b<br>&gt; c<br>- d</p>", "1\\. a\n\\# b\n\\> c\n\\- d"),
        ("<p>#beer @Bob C# a@b.example</p>", "\\#beer \\@Bob C# a@b.example"),
        ("<p>$E_1 = m*c^2$</p>", "$E_1 = m\\*c^2$"),
        ("<p>&amp;lt; &eacute;&#233; &nosuch;</p>", "\\&lt; éé \\&nosuch;"),
        ("<p>a<!-- b --><script>c</script>d</p>", "ad"),
        ("<p>a < b <3", "a \\< b \\<3"),
        ("</p></em></li>a</ul>", "a"),
        ("", ""),
    ],
)
def test_converts(html: str, markdown: str) -> None:
    assert html_to_markdown(html) == markdown


def test_completes_relative_addresses() -> None:
    html = '<a href="/q/1">one</a> <a href="//x.example/">two</a>'
    assert (
        html_to_markdown(html, base_url="https://beer.example")
        == "[one](https://beer.example/q/1) [two](https://x.example/)"
    )


TEXT = st.text(alphabet=st.sampled_from("ab я#@_*`[]()<>&;\\!~-+.1>|$^:/\n"), max_size=60)


@given(TEXT)
def test_text_reads_the_same_after_the_way_there_and_back(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    rendered = render(html_to_markdown(f"<p>{escaped}</p>"))
    assert rendered.excerpt == " ".join(text.split())
    assert (rendered.topics, rendered.mentions) == ((), ())


@given(st.text(alphabet=st.characters()))
def test_never_raises(text: str) -> None:
    assert isinstance(html_to_markdown(text), str)


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<ul>", "</ul>", "<ol>", "</ol>", "<li>", "</li>", "<blockquote>", "</blockquote>"),
        *(
            "<b>",
            "</b>",
            "<code>",
            "</code>",
            "<pre>",
            "</pre>",
            "<a href='/x'>",
            "</a>",
            "<br>",
            "<img src=x>",
        ),
        *("#a", "@bob", " ", "text", "<"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_broken_html_makes_no_topics_and_mentions(html: str) -> None:
    rendered = render(html_to_markdown(html))
    assert (rendered.topics, rendered.mentions) == ((), ())


@pytest.mark.parametrize(
    "piece", ["<blockquote>", "<ul><li>x", "<em>x", "<a ", '<a "', "<!--", "<pre>", "<", "`"]
)
def test_hostile_nesting_gives_output_in_proportion(piece: str) -> None:
    html = piece * 20_000 + "end"
    assert len(html_to_markdown(html)) < 12 * len(html)


def test_a_long_attribute_is_dropped() -> None:
    assert html_to_markdown("<p " + "x" * 200_000 + ">a</p>") == "a"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("@Bob see #beer", "\\@Bob see \\#beer"),
        ("`@Bob` and **#beer**", "`@Bob` and **\\#beer**"),
        ("C# is fine, a@b.example too", "C# is fine, a@b.example too"),
        (
            "[a](https://x.example/?b=#c) https://x.example/@d",
            "[a](https://x.example/?b=#c) https://x.example/@d",
        ),
        ("already \\@Bob \\\\@Bob", "already \\@Bob \\\\\\@Bob"),
    ],
)
def test_escapes_markers_in_markdown(text: str, escaped: str) -> None:
    assert escape_markers(text) == escaped
    assert escape_markers(escaped) == escaped
