"""What people can write, and what becomes of it. Safety has a module of its own."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.lib.markup import MAX_BRACKETS, MAX_SOURCE, MarkupTooLong, TextEmpty, check, render

WEB = 'rel="nofollow noopener noreferrer" target="_blank"'


def html(source: str) -> str:
    return render(source).html.strip()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Привет", "<p>Привет</p>"),
        ("раз\nдва", "<p>раз<br>\nдва</p>"),
        ("раз\n\nдва", "<p>раз</p>\n<p>два</p>"),
        ("**a** *b* ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>"),
        ("```py\n<b> #x\n```", "<pre><code>&lt;b&gt; #x\n</code></pre>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("# a", "<h3>a</h3>"),
        ("## a", "<h3>a</h3>"),
        ("##### a", "<h4>a</h4>"),
        ("a\n---\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("    четыре пробела", "<p>четыре пробела</p>"),
        ("|a|b|\n|-|-|\n|c|d|", "<p>|a|b|<br>\n|-|-|<br>\n|c|d|</p>"),
        ("<b>a</b> & &lt;", "<p>&lt;b&gt;a&lt;/b&gt; &amp; &lt;</p>"),
        ("[a](https://x.example/)", f'<p><a href="https://x.example/" {WEB}>a</a></p>'),
        ('[a](/p/1 "title")', '<p><a href="/p/1">a</a></p>'),
        ("[a](#c-1) [b](?q=1)", '<p><a href="#c-1">a</a> <a href="?q=1">b</a></p>'),
        ("[a](tel:+74950000000)", '<p><a href="tel:+74950000000">a</a></p>'),
        (
            "https://x.example/a_b_c?d=1#e.",
            f'<p><a href="https://x.example/a_b_c?d=1#e" {WEB}>https://x.example/a_b_c?d=1#e</a>.</p>',
        ),
        ("www.x.com/a", f'<p><a href="http://www.x.com/a" {WEB}>www.x.com/a</a></p>'),
        ("<https://x.example/>", f'<p><a href="https://x.example/" {WEB}>https://x.example/</a></p>'),
        ("anna@shop.com", '<p><a href="mailto:anna@shop.com">anna@shop.com</a></p>'),
        ("привет.ru и shop.com ftp://x.com //x.com", "<p>привет.ru и shop.com ftp://x.com //x.com</p>"),
        ("![Кот](https://x.example/a.png)", f'<p><a href="https://x.example/a.png" {WEB}>Кот</a></p>'),
        ("![](/a.png)", '<p><a href="/a.png">/a.png</a></p>'),
        ("[![Кот](/a.png)](/b)", '<p><a href="/b">Кот</a></p>'),
        (
            "[a]: https://x.example\n[a]",
            f'<p>[a]: <a href="https://x.example" {WEB}>https://x.example</a><br>\n[a]</p>',
        ),
    ],
)
def test_renders(source: str, expected: str) -> None:
    assert html(source) == expected


def test_topics_become_links_once_each_and_keep_their_first_spelling() -> None:
    rendered = render("#Ёлка и #елка, **#вопрос-ответ**\n#ЁЛКА")
    assert rendered.topics == ("Ёлка", "вопрос-ответ")
    assert '<a class="topic" href="/topics/елка">#Ёлка</a>' in rendered.html
    assert rendered.html.count('class="topic"') == 4


def test_underscores_of_topics_and_handles_are_no_emphasis() -> None:
    rendered = render("#_a и #b_, @it_help и @hr_desk")
    assert rendered.topics == ("_a", "b_")
    assert rendered.mentions == ("it_help", "hr_desk")
    assert "<em>" not in rendered.html


@pytest.mark.parametrize(
    "source",
    [
        "`#нет @нет`",
        "```\n#нет @нет\n```",
        "[#нет @нет](https://x.example)",
        "![#нет @нет](https://x.example)",
        "https://x.example/#нет https://x.example/@нет",
        "нет@shop.com",
        "\\#нет \\@нет",
        "слово#нет слово@нет",
        "&#1053;",
    ],
)
def test_code_links_and_addresses_hold_no_topics_and_mentions(source: str) -> None:
    rendered = render(source)
    assert (rendered.topics, rendered.mentions) == ((), ())
    assert 'class="' not in rendered.html


def test_mentions_without_names_lead_to_the_handle() -> None:
    rendered = render("@Анна.Петрова, @help-desk и @анна.петрова.")
    assert rendered.mentions == ("анна.петрова", "help-desk")
    assert '<a class="mention" href="/@help-desk">@help-desk</a>' in rendered.html


def test_mentions_with_names_show_the_known_and_hide_whether_others_exist() -> None:
    rendered = render("@анна.петрова и @тайна", names={"анна.петрова": "Анна <Петрова>"})
    assert ">@Анна &lt;Петрова&gt;</a> и @тайна</p>" in rendered.html
    assert rendered.html.count("<a ") == 1
    assert rendered.mentions == ("анна.петрова", "тайна")
    assert rendered.excerpt == "@Анна <Петрова> и @тайна"


def test_excerpt_is_plain_short_text() -> None:
    assert (
        render("# Итоги\n\n**Вечер** & [ссылка](https://x.example)\n- раз\n- `два`").excerpt
        == "Итоги Вечер & ссылка раз два"
    )
    assert len(render("слово " * 500).excerpt) <= 200


def test_renders_the_same_from_many_threads() -> None:
    sources = [f"https://x.example/{n} a{n}@shop.com www.y{n}.com #тема{n} [a](/{n})" for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(render, sources)) == [render(source) for source in sources]


def test_check_refuses_what_a_form_must_not_take() -> None:
    check("a" * MAX_SOURCE)
    with pytest.raises(TextEmpty):
        check(" \u200b\n\u2800")
    with pytest.raises(MarkupTooLong) as refusal:
        check("a" * (MAX_SOURCE + 1))
    assert refusal.value.length == MAX_SOURCE + 1


def test_what_is_too_long_is_plain_from_the_last_whole_line_on() -> None:
    rendered = render("**a**\n" * 2000 + "<i>#x")
    marked, plain = rendered.html.count("<strong>a</strong>"), rendered.html.count("**a**")
    assert marked == MAX_SOURCE // len("**a**\n")
    assert marked + plain == 2000
    assert rendered.html.endswith("&lt;i&gt;#x</p>\n")
    assert rendered.topics == ()


def test_only_so_many_brackets_open_links() -> None:
    links = "[a](/b) " * (MAX_BRACKETS + 50)
    assert render(links).html.count("<a ") == MAX_BRACKETS
    assert "<strong>still read</strong>" in render("[" * 500 + " **still read**").html
