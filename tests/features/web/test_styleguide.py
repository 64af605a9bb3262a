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


#: What no sample can show as it stands, each with its reason.
ELSEWHERE = {
    "a state that scripts lay over a component": (
        "is-closer is-fresh is-held is-high is-new is-picked filters-on floating htmx-request photos--wait"
    ),
    "drawn by scripts in what the guide shows, and where one points": (
        "box-row people-box people-type picked picked-list picked-name picked-x prompt tip"
    ),
    "hidden while a field has the focus, as some of the samples have": "toast--offer",
    "opened by a photo of the guide": (
        "viewer viewer-bar viewer-caption viewer-count viewer-photo viewer-stage viewer-step viewer-step--next"
    ),
    "opened by a button of the guide": "dialog-foot keys--off",
    "the frame around pages, and where a component stands in it": (
        "beside bell-panel body--long menu-list--start menu-page notice-acts page--wide page-end "
        "picks--many picks-list plain plain-wide right--beside sheet thread--page title-word compared-key"
    ),
}


def classes(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
    selectors = re.findall(r"(?:^|[{};])\s*([^@{};]+)\{", text)
    return {name for each in selectors for name in re.findall(r"\.([a-z][\w-]*)", each)}


def test_every_look_of_a_component_stands_in_it(client, database):
    page = client.sign_in(factories.person()).get("/styleguide").text
    shown = {name for each in re.findall(r'class="?([^">]*)"?', page) for name in each.split()}
    styled = set().union(*map(classes, (ROOT / "static/css/components").glob("*.css")))
    elsewhere = {name for names in ELSEWHERE.values() for name in names.split()}

    assert sorted(styled - shown - elsewhere) == []
    assert sorted(elsewhere - (styled - shown)) == []


def test_it_speaks_the_language_it_is_asked_for(client, database):
    """What people wrote stays as it is; labels, states and explanations are translated."""
    client = client.sign_in(factories.person())
    russian, english = (client.get(f"/styleguide?language={each}").text for each in ("ru", "en"))
    heads = [re.findall(r"<h[23]>([^<]*)</h[23]>", each) for each in (russian, english)]
    fields = [re.findall(r'class="field-label"[^>]*>([^<]*)<', each) for each in (russian, english)]

    assert heads[0][:3] == ["Цвет", "Лица", "Шрифт"]
    assert heads[1][:3] == ["Colour", "Faces", "Type"]
    assert fields[0]
    assert [each for each in fields[1] if re.search("[а-яё]", each)] == []
    assert [
        each for each in re.findall(r"<button[^>]*>([^<]*)</button>", english) if re.search("[а-яё]", each)
    ] == []


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
