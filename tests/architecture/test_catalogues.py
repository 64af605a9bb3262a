"""Both languages are complete: every message of the source stands in each catalogue, translated and sound."""

import re
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.support.sources import ROOT

TRANSLATIONS = ROOT / "app" / "translations"
#: Languages with a catalogue; English is the language of the message ids.
LANGUAGES = ("en", "ru")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")


@cache
def messages_in_source():
    """Every message id of code and templates, with the first place it stands at."""
    with TemporaryDirectory() as folder:
        collected = Path(folder) / "messages.pot"
        subprocess.run([ROOT / "bin" / "messages", collected], check=True)
        with collected.open("rb") as file:
            return {first(message.id): message.locations[0] for message in read_po(file) if message.id}


def first(message_id):
    """The singular of a message that has a plural, the message itself otherwise."""
    return message_id if isinstance(message_id, str) else message_id[0]


@cache
def catalogue(language) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def entries(language):
    """The catalogue's messages without its header."""
    return [message for message in catalogue(language) if message.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_source_is_in_the_catalogue(language):
    known = {first(message.id) for message in entries(language)}

    assert {text: place for text, place in messages_in_source().items() if text not in known} == {}


def test_every_message_is_translated_into_russian():
    untranslated = [
        message.id
        for message in entries("ru")
        if not all(message.string if isinstance(message.string, tuple) else [message.string])
    ]

    assert untranslated == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language):
    assert [message.id for message in entries(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language):
    assert [message.id for message in entries(language) if not _placeholders_agree(message)] == []


def test_russian_plurals_have_every_form():
    short = [
        message.id
        for message in entries("ru")
        if isinstance(message.id, tuple) and len([form for form in message.string if form]) != 3
    ]

    assert short == []


def _placeholders_agree(message):
    originals = message.id if isinstance(message.id, tuple) else (message.id,)
    wanted = {name for text in originals for name in PLACEHOLDER.findall(text)}
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(set(PLACEHOLDER.findall(form)) <= wanted for form in forms) and (
        not any(forms) or set(PLACEHOLDER.findall(forms[-1])) == wanted
    )
