"""The texts people wrote for the demo: every template can be said, and says what it should."""

import re
from random import Random

import pytest

from app.cli.demo.phrases import fill, slots
from app.cli.demo.scripts import ScriptError, library
from app.cli.demo.vocabulary import jobs
from app.cli.demo.vocabulary.slots import ENGLISH, RUSSIAN
from app.lib import markup
from app.lib.hashtags import is_topic_name

LANGUAGES = ("ru", "en")
MADE_UP = {"soon", "past", "sum", "sum2", "ext", "shop", "shop2", "city", "region"}


class Anyone:
    """Somebody for whom every slot has a value."""

    def __init__(self, language, woman):
        self.rng = Random(3)
        self.vocabulary = RUSSIAN if language == "ru" else ENGLISH
        self.woman = woman

    def word(self, slot):
        name = slot.partition(".")[0]
        return "Слово" if name in MADE_UP else self.vocabulary[name][0]

    def handle(self, slot):
        return "анна.петрова"


def cases(language):
    books = library(language)
    return (*books.questions, *books.news)


def templates(language):
    for case in cases(language):
        for lines in case.lines.values():
            yield from (line.template for line in lines)
    for lines in library(language).pools.values():
        yield from lines


def test_there_are_hundreds_of_different_sentences():
    assert len(set(templates("ru"))) > 1_000
    assert len(set(templates("en"))) > 250


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_can_be_filled(language):
    vocabulary = RUSSIAN if language == "ru" else ENGLISH
    unknown = {
        (kind, argument)
        for template in templates(language)
        for kind, argument in slots(template)
        if (kind == "word" and argument.partition(".")[0] not in MADE_UP | set(vocabulary))
        or (kind == "mention" and argument not in ("expert", "helper", "colleague", "group"))
        or (kind == "gender" and argument.count("|") != 1)
    }
    assert not unknown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("woman", [True, False])
def test_filled_templates_are_clean_sentences(language, woman):
    speaker = Anyone(language, woman)
    for template in templates(language):
        source = fill(template, speaker).source
        assert not re.search(r"[{}|~]|  |zq|\s[,.!?]|[.!?],|\bNone\b", source), source
        assert "\n" in source or markup.render(source).html.startswith("<p>"), source
        assert source[0].isupper() or not source[0].isalpha(), source
        ending = source.rstrip('*)»”"')
        assert ending.endswith((".", "!", "?", "…")) or ending[-1].isalnum(), source


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_in_heads_and_texts_are_topics(language):
    for case in cases(language):
        assert all(is_topic_name(name) for name in case.topics), case.name
        assert case.topics
    for template in templates(language):
        written = re.findall(r"#([\w-]+)", template)
        assert list(markup.render(fill(template, Anyone(language, True)).source).topics) == list(
            dict.fromkeys(written)
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_cases_name_departments_that_exist(language):
    codes = {department.code for department in jobs.DEPARTMENTS}
    assert {case.department for case in cases(language)} <= codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_has_an_answer_that_fits_it(language):
    for case in library(language).questions:
        for variant in range(1, len(case.openings) + 1):
            assert case.fitting("!", variant), f"{case.name}, question {variant}"


def test_names_of_cases_are_unique():
    names = [case.name for language in LANGUAGES for case in cases(language)]
    assert len(names) == len(set(names))


def test_a_gendered_template_follows_the_speaker():
    template = "{~Рад|Рада} помочь, {да|да}."
    assert fill(template, Anyone("ru", False)).source == "Рад помочь, да."
    assert fill(template, Anyone("ru", True)).source == "Рада помочь, да."


def test_a_template_that_mentions_nobody_is_not_said():
    speaker = Anyone("ru", True)
    speaker.handle = lambda slot: ""
    assert fill("@{expert} подскажет.", speaker) is None


@pytest.mark.parametrize(
    "text",
    [
        "без заголовка",
        "== a | shop | hr\n? Вопрос?\n! Ответ.",
        "== a | moon | hr | дмс\n? Вопрос?\n! Ответ.",
        "== a | shop | hr | дмс\n! Ответ.",
        "== a | shop | hr | дмс\n? Вопрос?",
        "== a | shop | hr | дмс\n? Вопрос?\n! Ответ.\n~ Уточнение?",
    ],
    ids=["no head", "short head", "nobody begins", "no question", "no answer", "no reply"],
)
def test_a_broken_script_is_named(tmp_path, monkeypatch, text):
    (tmp_path / "xx_cases.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr("app.cli.demo.scripts.FOLDER", tmp_path)
    with pytest.raises(ScriptError, match="xx_cases"):
        library("xx")
