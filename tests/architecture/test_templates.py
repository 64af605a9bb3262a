"""Templates fit the content security policy and leave escaping to Jinja."""

import re

import pytest

from tests.support.sources import relative, templates

#: Where markup that was made safe elsewhere is printed as it is; each place with its reason.
PRINTED_AS_IT_IS: dict[str, str] = {}

FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address of another site that is loaded": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*\s(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
    ),
    "an evaluated attribute": re.compile(r"hx-(?:on|vals\s*=\s*[\"']\s*js:)", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}


def without_comments(text):
    return re.sub(r"\{#.*?#\}", lambda match: "\n" * match.group().count("\n"), text, flags=re.DOTALL)


def occurrences(pattern):
    return [
        f"{relative(path)}:{text.count(chr(10), 0, match.start()) + 1}"
        for path in templates()
        for text in [without_comments(path.read_text(encoding="utf-8"))]
        for match in pattern.finditer(text)
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_templates_are_free_of(what):
    assert occurrences(FORBIDDEN[what]) == []


def test_nothing_is_printed_unescaped_but_for_a_reason():
    unescaped = occurrences(re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\("))

    assert sorted({place.split(":")[0] for place in unescaped}) == sorted(PRINTED_AS_IT_IS)


def test_scripts_carry_the_nonce():
    scripts = occurrences(re.compile(r"<script\b(?![^>]*\bnonce=)", re.IGNORECASE))

    assert scripts == []
