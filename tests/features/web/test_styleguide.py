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


def test_in_production_it_is_for_administrators(client, database, monkeypatch):
    live = replace(current_app.extensions["shopfloor_config"], environment="production")
    monkeypatch.setitem(current_app.extensions, "shopfloor_config", live)
    assert client.sign_in(factories.person()).get("/styleguide").status_code == 404
    assert client.sign_in(factories.person(roles=["administrator"])).get("/styleguide").status_code == 200
