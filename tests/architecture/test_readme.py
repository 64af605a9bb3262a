"""What the README says about settings, commands and documents is so."""

import re
from dataclasses import fields

from config import PREFIX, Config
from tests.support.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def settings_table():
    """The table of settings as the README must show it."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for item in fields(Config):
        default = "" if item.default == "" else f"`{item.default}`"
        rows.append(f"| `{PREFIX}{item.name.upper()}` | {default} | {item.metadata['meaning']} |")
    return "\n".join(rows)


def test_the_table_of_settings_is_that_of_the_configuration():
    shown = re.search(r"<!-- settings:.*?-->\n(.*?)\n?<!-- /settings -->", README, re.DOTALL).group(1)

    assert shown == settings_table()


def test_the_documents_it_links_to_exist():
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)

    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_commands_it_names_exist(flask_app):
    named = re.findall(r"flask(?: --app wsgi)? ([a-z]+)(?: ([a-z-]+))?", README)
    runner = flask_app.test_cli_runner()
    unknown = [
        " ".join(words)
        for first, second in sorted(set(named))
        if (words := [word for word in (first, second) if word]) and not _exists(runner, words)
    ]

    assert unknown == []


def _exists(runner, words):
    return runner.invoke(args=[*words, "--help"]).exit_code == 0
