"""Which words are topics. The cases follow the ideas of twitter-text's conformance suite, in our own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.hashtags import MAX_TOPIC, find_topics, fold_topic, is_topic_name, topic_path


def names(text: str) -> list[str]:
    return [topic.name for topic in find_topics(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#акции сегодня", ["акции"]),
        ("Сегодня #Акции и #возврат.", ["Акции", "возврат"]),
        ("#dms2024", ["dms2024"]),
        ("#1c и #3д-печать", ["1c", "3д-печать"]),
        ("касса #16", []),
        ("#0", []),
        ("#1_2 #_ #___ #12-34", []),
        ("#_a #b_", ["_a", "b_"]),
        ("#вопрос-ответ", ["вопрос-ответ"]),
        ("#help-desk, #help-desk!", ["help-desk", "help-desk"]),
        ("#тема- дальше", ["тема"]),
        ("#тема--хвост", ["тема"]),
        ("#-тема", []),
        ("#а-б-в", ["а-б-в"]),
        ("(#один )#два [#три ]#четыре «#пять»", ["один", "два", "три", "четыре", "пять"]),
        (":#a ;#b ,#c .#d !#e ?#f", ["a", "b", "c", "d", "e", "f"]),
        ("#a: #b; #c, #d. #e! #f?", ["a", "b", "c", "d", "e", "f"]),
        ("слово#тема", []),
        ("5#тема _#тема", []),
        ("&#тема", []),
        ("a/#тема", []),
        ("https://shop.example/#тема", []),
        ("#https://shop.example", []),
        ("#один#два", []),
        ("##тема", ["тема"]),
        ("# тема", []),
        ("#", []),
        ("＃акции и ＃ｇｓｍ", ["акции", "ｇｓｍ"]),
        ("#первая\n#вторая\t#третья", ["первая", "вторая", "третья"]),
        ("🙂#тема ❤️#любовь", ["тема", "любовь"]),
        ("#️⃣ #⃣ #🙂", []),
        ("#café #mañana #münchen #Čeština", ["café", "mañana", "münchen", "Čeština"]),
        ("#महात्मा #বাংলা #ภาษาไทย #தமிழ்", ["महात्मा", "বাংলা", "ภาษาไทย", "தமிழ்"]),
        ("#עַל־יְדֵי #וכו׳", ["עַל־יְדֵי", "וכו׳"]),
        ("#سیاست #می\u200cخواهم", ["سیاست", "می\u200cخواهم"]),
        ("#漢字。#カタカナ #트위터", ["漢字", "カタカナ", "트위터"]),
        ("#il·lusió", ["il·lusió"]),
        ("#\U00020021 #A\U000104a0", ["\U00020021", "A\U000104a0"]),
        ("#и\u0306од", ["йод"]),
        ("#" + "я" * MAX_TOPIC, ["я" * MAX_TOPIC]),
        ("#" + "я" * (MAX_TOPIC + 1), []),
    ],
)
def test_finds_topics(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_tells_where_a_topic_stands() -> None:
    text = "🙂 см. #возврат-товара, срочно"
    (topic,) = find_topics(text)
    assert text[topic.start : topic.end] == "#возврат-товара"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Акции", "акции"),
        ("ЁЛКА", "елка"),
        ("е\u0308лка", "елка"),
        ("за\u0301мок", "замок"),
        ("и\u0306од", "йод"),
        ("ＧＳＭ", "gsm"),
        ("help\u2011desk", "help-desk"),
        ("#акции", "акции"),
        ("می\u200cخواهم", "میخواهم"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_of_one_topic_fold_together(one: str, other: str) -> None:
    assert fold_topic(one) == fold_topic(other)


@pytest.mark.parametrize(("one", "other"), [("мир", "мор"), ("help-desk", "helpdesk"), ("й", "и")])
def test_different_topics_stay_different(one: str, other: str) -> None:
    assert fold_topic(one) != fold_topic(other)


@given(st.text())
def test_folding_is_idempotent_and_leaves_no_space(name: str) -> None:
    folded = fold_topic(name)
    assert fold_topic(folded) == folded
    assert not any(char.isspace() for char in folded)


@given(st.text(alphabet=st.sampled_from("#＃aЯё1_-&/ .\u0301\u200d🙂:"), max_size=40))
def test_every_topic_found_has_a_valid_name(text: str) -> None:
    for topic in find_topics(text):
        assert is_topic_name(topic.name)
        assert text[topic.start] in "#＃"


@pytest.mark.parametrize("name", ["", "#акции", "две темы", "16", "-a", "a-", "a--b", "a/b", "a" * 101])
def test_refuses_what_is_no_name(name: str) -> None:
    assert not is_topic_name(name)


def test_path_keeps_letters_folds_and_quotes_the_rest() -> None:
    assert topic_path("Ёж") == "/topics/еж"
    assert topic_path("a/b?c") == "/topics/a%2Fb%3Fc"
