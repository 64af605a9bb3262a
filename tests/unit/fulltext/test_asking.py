"""What every search engine must make of a query that asks for more than words."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.core.fulltext.interface import (
    ANSWERED,
    ARTICLE,
    OFFICIAL,
    QUESTION,
    THANKS,
    Document,
    Put,
    Query,
    SearchBackend,
)
from tests.support.search_documents import document, ids

DAY = 24 * 60 * 60


def put(backend: SearchBackend, *documents: Document) -> None:
    backend.apply([Put(each) for each in documents])


def asked(backend: SearchBackend, text: str = "", **others: object) -> list[int]:
    """Ids of what is found, in ascending order, which has to be as many as are counted."""
    hits = backend.search(Query(text, limit=100, **others))  # type: ignore[arg-type]
    assert hits.total == len(hits.hits) == sum(hits.counts.values())
    return sorted(ids(hits))


def first(backend: SearchBackend, text: str, **others: object) -> list[int]:
    return ids(backend.search(Query(text, **others)))  # type: ignore[arg-type]


def test_any_of_several_authors_and_groups(backend: SearchBackend) -> None:
    put(backend, *(document(n, "тариф", author_id=n, group_id=n, members_only=n == 3) for n in range(1, 5)))
    assert asked(backend, "тариф", author_ids=(1, 4, 9)) == [1, 4]
    assert asked(backend, "тариф", group_ids=(2, 3)) == [2]
    assert asked(backend, "тариф", group_ids=(2, 3), visible_groups=(3,)) == [2, 3]
    assert asked(backend, group_ids=(4,), author_ids=(1,)) == []


def test_flags_filter_and_are_counted(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "тариф", flags=QUESTION),
        document(2, "тариф", flags=QUESTION | ANSWERED | OFFICIAL),
        document(3, "тариф", flags=ARTICLE | OFFICIAL),
        document(4, "тариф", kind="comment"),
        document(5, "тариф", flags=QUESTION, group_id=7, members_only=True),
    )
    assert asked(backend, "тариф", flags_all=QUESTION) == [1, 2]
    assert asked(backend, "тариф", flags_all=QUESTION, flags_none=ANSWERED) == [1]
    assert asked(backend, "тариф", flags_all=OFFICIAL | QUESTION) == [2]
    assert asked(backend, flags_none=QUESTION | ARTICLE) == [4]
    every = {QUESTION: 2, ANSWERED: 1, ARTICLE: 1, OFFICIAL: 2}
    for chosen in (Query("тариф"), Query("тариф", flags_all=ARTICLE, kinds=("comment",))):
        assert backend.search(chosen).flag_counts == every
    assert backend.search(Query("тариф", flags_all=ARTICLE)).counts == {"publication": 1}


def test_matches_of_each_group_are_counted_when_asked_for(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "тариф", group_id=5),
        document(2, "тариф", group_id=5, flags=QUESTION),
        document(3, "тариф", kind="comment", group_id=6),
        document(4, "тариф", group_id=7, members_only=True),
        document(5, "тариф"),
    )

    def counted(**parts: Any) -> Mapping[int, int]:
        return backend.search(Query("тариф", limit=0, count_groups=True, **parts)).group_counts

    assert counted() == {5: 2, 6: 1}
    assert counted(visible_groups=(7,)) == {5: 2, 6: 1, 7: 1}
    assert counted(kinds=("publication",), flags_all=QUESTION) == {5: 1}
    assert counted(kinds=("comment",)) == {6: 1}
    assert backend.search(Query("тариф")).group_counts == {}


def test_a_phrase_stands_there_word_by_word(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "Верните деньги за билет не позднее дня."),
        document(2, "За деньги верните билет, не теряйте"),
        document(3, "Ещё не позднее", title="Деньги за билет"),
        document(4, "билет", title="деньги за"),
        document(5, "деньги за билеты"),
        document(6, "деньги за билет", group_id=7, members_only=True),
    )
    assert asked(backend, phrases=("Деньги за билет",)) == [1, 3]
    assert asked(backend, phrases=("деньги за билет",), visible_groups=(7,)) == [1, 3, 6]
    assert asked(backend, phrases=("еще НЕ позднее", "деньги за")) == [3]
    assert asked(backend, "верните", phrases=("не позднее",)) == [1, 3]
    assert asked(backend, phrases=("за",)) == [1, 2, 3, 4, 5]
    assert asked(backend, phrases=("деньги билет",)) == asked(backend, phrases=("тариф",)) == []
    assert first(backend, "верните", phrases=("не позднее",)) == [1, 3]


def test_phrases_with_hyphens_and_numbers(backend: SearchBackend) -> None:
    put(backend, document(1, "Новая сим-карта на 30 дней"), document(2, "карта сим на 3 дня"))
    for phrase in ("сим карта", "сим-карта", "на 30 дней"):
        assert asked(backend, phrases=(phrase,)) == [1], phrase


def test_what_must_not_stand_there(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "возврат телефона"),
        document(2, "возврат товара по чеку"),
        document(3, "возврат", title="Телефоны"),
        document(4, "возврат по номеру чека", topics=("касса",)),
    )
    assert asked(backend, "возврат", without=("телефон",)) == [2, 4]
    assert asked(backend, "возврат", without=("по чеку",)) == [1, 3, 4]
    assert asked(backend, "возврат", without=("#касса", "товары")) == [1, 3]
    assert asked(backend, without=("возврат",)) == []


def test_words_that_mean_the_same(backend: SearchBackend) -> None:
    same = (("симка", "сим-карта", "карта оператора"),)
    put(
        backend,
        document(1, "Симка не работает"),
        document(2, "Сим-карта не работает, карта оператора тоже, и симка"),
        document(3, "Карты нашего оператора не работают"),
        document(4, "Карта лояльности не работает"),
        *(document(n, "прочее") for n in range(10, 30)),
    )
    for text in ("симка", "сим-карты", "карта оператора"):
        assert asked(backend, text, alternatives=same) == [1, 2, 3], text
    assert asked(backend, "работает", alternatives=same)[:3] == [1, 2, 3]
    assert asked(backend, "симка") == [1, 2]
    # The best counts, not the sum: what says it in three ways does not come before what says it in one.
    assert first(backend, "симка не работает", alternatives=same)[0] == 1


def test_words_with_a_letter_amiss(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "инкассация выручки"),
        document(2, "возврат товара"),
        document(3, "Return of the purchase"),
        *(document(n, "прочее слово") for n in range(10, 30)),
    )
    for text in ("инкасация", "инкассацыя", "икнассация", "инкассацмия"):
        assert asked(backend, text) == [], text
        assert asked(backend, text, fuzzy=True) == [1], text
    assert asked(backend, "purchaes", fuzzy=True) == [3]
    assert asked(backend, "возврат", fuzzy=True) == [2]


def test_the_word_itself_comes_before_what_is_nearly_it(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "терминалист терминалист терминалист"),
        document(2, "здесь есть терминал и много других слов"),
    )
    assert first(backend, "терминал", fuzzy=True)[0] == 2


def test_corrected_are_words_nobody_used_by_what_may_be_seen(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "Инкассация выручки"),
        document(2, "Тайный проект Гелиодор", group_id=5, members_only=True),
        document(3, "Возврат", title="Анна Петрова"),
    )
    assert backend.correct(["инкасация", "выручка", "и", "К-17", "петрва"]) == (
        "инкассация",
        "выручка",
        "и",
        "К-17",
        "петрова",
    )
    assert backend.correct(["гелеодор"]) == ("гелеодор",)
    assert backend.correct(["гелеодор"], visible_groups=(5,)) == ("гелиодор",)
    assert backend.correct([]) == ()


def test_what_explains_comes_before_thanks_that_are_shorter(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "выключите терминал из розетки на минуту"),
        document(2, "за терминал, который работает", flags=THANKS),
        document(3, "касса и весы стоят у окна рядом со складом"),
    )
    assert first(backend, "терминал") == [1, 2]


@pytest.mark.parametrize(
    ("better", "how"),
    [
        ({"standing": 2}, {}),
        ({"standing": 1}, {}),
        ({"flags": ARTICLE}, {}),
        ({"created": 300 * DAY}, {"now": 301 * DAY}),
        ({"region_id": 4}, {"near_region": 4}),
        ({"format": 2}, {"near_format": 2}),
        ({"authority": 1}, {}),
    ],
)
def test_of_equal_texts_the_more_trusted_fresher_or_nearer_comes_first(
    backend: SearchBackend, better: dict[str, int], how: dict[str, int]
) -> None:
    # The ids would have it the other way round.
    put(backend, document(1, "тариф", **{"created": DAY, **better}), document(2, "тариф", created=DAY))  # type: ignore[arg-type]
    assert first(backend, "тариф", **how) == [1, 2]


def test_trust_weighs_more_than_freshness_and_freshness_more_than_being_near(backend: SearchBackend) -> None:
    old, new = DAY, 2000 * DAY
    put(
        backend,
        document(1, "тариф", created=old, region_id=4, format=2, authority=3),
        document(2, "тариф", created=new),
        document(3, "тариф", created=old, standing=2),
    )
    assert first(backend, "тариф", now=new, near_region=4, near_format=2) == [3, 2, 1]


def test_what_is_no_longer_valid_comes_last_whatever_it_has(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "тариф возврат", standing=2, valid_until=100),
        document(2, "много других слов, среди них тариф"),
        document(3, "тариф возврат", standing=-1),
    )
    assert first(backend, "тариф возврат", today=100)[0] == 1
    assert first(backend, "тариф возврат", today=101)[0] == 2
    assert first(backend, "тариф возврат")[-1] == 3


def test_a_scratch_index_is_empty_and_apart(backend: SearchBackend) -> None:
    put(backend, document(1, "тариф"))
    with backend.scratch() as other:
        assert other.count() == 0
        put(other, document(2, "тариф"))
        assert asked(other, "тариф") == [2]
    assert asked(backend, "тариф") == [1]
