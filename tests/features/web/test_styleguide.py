"""The style guide: every component stands in it, in both themes and languages; in production not for everybody."""

import re
from dataclasses import replace

import pytest
from flask import current_app

from tests import factories
from tests.support.sources import ROOT

#: What other templates may import.
MACRO = re.compile(r"macro ([a-z]\w*)\(")


def read(folder):
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "templates" / folder).glob("*.html"))
    }


def test_every_component_stands_in_it():
    shown = "".join(read("styleguide").values())
    used = set(re.findall(r"\b([a-z]\w*)\(", re.sub(r"macro \w+\(", "", shown)))
    missing = [
        f"{name}: {macro}"
        for name, text in read("components").items()
        for macro in MACRO.findall(text)
        if macro not in used
    ]
    pieces = [name for name, text in read("components").items() if not MACRO.search(text)]

    assert missing == []
    assert [name for name in pieces if f'include "components/{name}"' not in shown] == []


@pytest.mark.parametrize(("theme", "language", "word"), [("dark", "ru", "Нравится"), ("light", "en", "Like")])
def test_it_shows_itself_in_both_themes_and_languages(client, database, theme, language, word):
    page = client.sign_in(factories.person()).get(f"/styleguide?theme={theme}&language={language}")
    assert page.status_code == 200
    assert f'data-theme="{theme}"' in page.text
    assert f">{word}" in page.text
    assert 'data-token="shadow-high"' in page.text


#: A link can always be pressed; what shows its error elsewhere has no such state here.
LINKS = "default hover focus active"
ROWS = "default hover focus"
STATES = {
    **{
        f"button {kind}": f"{LINKS} disabled loading"
        for kind in ("primary", "bordered", "quiet", "danger", "text")
    },
    "post_button": f"{LINKS} disabled loading",
    "icon_button": f"{LINKS} disabled",
    "link_button": LINKS,
    "toggle_button, off": LINKS,
    "toggle_button, on": LINKS,
    **dict.fromkeys(("text_field", "text_area", "select_field"), f"{ROWS} disabled error"),
    **dict.fromkeys(("radios", "file_drop", "upload_button"), f"{ROWS} error"),
    "checkbox": f"{ROWS} disabled checked",
    "face_picks": f"{ROWS} checked",
    "people_field": "default hover focus error",
    **dict.fromkeys(
        ("topic_chip", "filter_chip", "set_filter", "like_button", "accept_button", "file_row"), LINKS
    ),
    **dict.fromkeys(("tabs", "switch", "order", "menu_link, menu_button", "load_more"), LINKS),
    **dict.fromkeys(("person_row", "group_row", "topic_row"), ROWS),
    "notification_row": f"{ROWS} unread",
}


@pytest.mark.parametrize(("language", "label"), [("ru", "Сохранить"), ("en", "Save")])
def test_what_one_acts_upon_stands_in_every_state(client, database, language, label):
    page = client.sign_in(factories.person()).get(f"/styleguide?language={language}").text
    lines = re.findall(
        r'<div class="guide-line"><h3>(.*?)</h3>(.*?)(?=<div class="guide-line">|</section>)', page, re.S
    )

    assert {title: " ".join(re.findall(r'data-shows="(\w+)"', line)) for title, line in lines} == STATES
    assert f'aria-busy="true">{label}</button>' in page


def test_in_production_it_is_for_administrators(client, database, monkeypatch):
    live = replace(current_app.extensions["shopfloor_config"], environment="production")
    monkeypatch.setitem(current_app.extensions, "shopfloor_config", live)
    assert client.sign_in(factories.person()).get("/styleguide").status_code == 404
    assert client.sign_in(factories.person(roles=["administrator"])).get("/styleguide").status_code == 200
