import pytest

from app.core.fulltext.analysis import MAX_CLAUSES, MAX_WORD, query_clauses, text_terms, title_terms


def terms(text: str) -> set[str]:
    return set(text_terms(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("акция", "акции"),
        ("акций", "акциями"),
        ("Возврат", "возвратов"),
        ("return", "Returns"),
        ("returned", "returning"),
        ("ещё отчёт", "еще отчет"),
        ("отче\u0308т", "отчет"),
        ("мой\u0301 салон", "мой салон"),
        ("\uff33\uff29\uff2d", "sim"),
        ("wi\u2011fi", "Wi-Fi"),
        ("тари\u00adфы", "тарифы"),
        ("O’Neil", "O'Neil"),
        ("№5", "5"),
    ],
)
def test_forms_of_a_word_give_the_same_terms(one: str, other: str) -> None:
    assert terms(one) == terms(other)
    assert terms(one)


def test_both_languages_in_one_text() -> None:
    assert terms("Оформили рассрочку on iPhones") == {"оформ", "рассрочк", "iphon"}


@pytest.mark.parametrize(
    "forms",
    [
        "терминал терминала терминалу терминалом терминале терминалы терминалов терминалам терминалами",
        "персонал персонала персоналу персоналом персонале",
        "экран экрана экрану экраном экране экраны экранов",
        "обмен обмена обмену обменом обмене обмены обменов",
        "Светлана Светланы Светлане Светлану Светланой",
        "Лиана Лианы Лиане Лиану Лианой",
        "Татьяна Татьяны Татьяне Татьяну Татьяной",
        "Иван Ивана Ивану Иваном Иване",
        "смена смены смене смену сменой смен сменам",
    ],
)
def test_the_cases_of_a_noun_have_one_stem(forms: str) -> None:
    assert len(terms(forms)) == 1


@pytest.mark.parametrize("code", ["msk014", "014", "89161234567", "iphone15", "4607001234567"])
def test_codes_stay_as_they_are(code: str) -> None:
    assert terms(code.upper()) == {code}


def test_hyphenated_word_is_found_whole_and_in_parts() -> None:
    assert terms("сим-карта") == {"сим", "карт", "симкарт"}
    assert terms("MSK-014") == {"msk", "014", "msk014"}


def test_stop_words_are_left_out_of_text_and_kept_in_titles() -> None:
    assert terms("как же это и не было the of and") == set()
    assert "кто" in title_terms(["Кто есть кто"])


def test_topics_are_terms_of_their_own() -> None:
    counts = text_terms("Новые #акции", ["акции"])
    assert counts == {"нов": 1, "акц": 1, "#акции": 1}


def test_endless_words_are_cut() -> None:
    assert max(len(term) for term in terms("я" * 5000 + " " + "ab-" * 500 + "c")) <= MAX_WORD


def test_query_drops_stop_words_unless_alone() -> None:
    assert len(query_clauses("как вернуть товар")) == 2
    assert len(query_clauses("кто это")) == 2


def test_query_is_bounded() -> None:
    assert len(query_clauses(" ".join(f"слово{number}" for number in range(500)))) == MAX_CLAUSES


@pytest.mark.parametrize("text", ["", "   ", "!!! ...", "\u200b\u2060", "--- '''", "\x00"])
def test_nothing_to_look_for(text: str) -> None:
    assert query_clauses(text) == ()


@pytest.mark.parametrize(
    "text", ["\ud800 слово", "a\u0000b", "\u202eabc", "𝕒𝕓", "ﬁx", "ǅ", "#", "#-", "_", "'s"]
)
def test_strange_characters_do_no_harm(text: str) -> None:
    text_terms(text)
    title_terms([text])
    query_clauses(text, prefix=True)
