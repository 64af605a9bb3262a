"""What every search engine must do."""

import pytest

from app.core.fulltext.interface import Document, Put, Query, Remove, SearchBackend
from tests.support.search_documents import document, found, ids


def put(backend: SearchBackend, *documents: Document) -> None:
    backend.apply([Put(each) for each in documents])


def test_finds_word_forms_in_both_languages(backend: SearchBackend) -> None:
    put(backend, document(1, "Условия акции"), document(2, "Return policy"), document(3, "Прочее"))
    assert found(backend, "акций") == [1]
    assert found(backend, "returning") == [2]


def test_what_was_put_again_is_found_once_and_as_new(backend: SearchBackend) -> None:
    put(backend, document(1, "старый тариф"))
    put(backend, document(1, "новый график"))
    assert found(backend, "тариф") == []
    assert found(backend, "график") == [1]
    assert backend.count() == 1


def test_last_change_in_a_batch_wins(backend: SearchBackend) -> None:
    backend.apply([Put(document(1, "тариф")), Remove("publication", 1), Put(document(1, "график"))])
    backend.apply([Put(document(2, "смена")), Remove("publication", 2)])
    assert found(backend, "график") == [1]
    assert found(backend, "тариф") == found(backend, "смена") == []


def test_applying_twice_changes_nothing(backend: SearchBackend) -> None:
    batch = [Put(document(1, "тариф")), Remove("publication", 7)]
    backend.apply(batch)
    before = sorted(backend.all_ids())
    backend.apply(batch)
    assert sorted(backend.all_ids()) == before
    assert backend.count() == 1


def test_removed_is_gone_and_kinds_do_not_collide(backend: SearchBackend) -> None:
    put(backend, document(1, "тариф"), document(1, "тариф", kind="comment"))
    backend.apply([Remove("publication", 1)])
    hits = backend.search(Query("тариф"))
    assert [(hit.kind, hit.id) for hit in hits.hits] == [("comment", 1)]
    assert hits.total == 1


def test_groups_are_filtered_inside_the_query(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "тариф для всех"),
        document(2, "тариф группы", group_id=5, members_only=True),
        document(3, "тариф другой группы", group_id=6, members_only=True),
    )
    seen_by = {
        groups: (ids(hits), hits.total, hits.counts)
        for groups in [(), (5,), (5, 6), (7,)]
        for hits in [backend.search(Query("тариф", visible_groups=groups, order="newest"))]
    }
    assert seen_by == {
        (): ([1], 1, {"publication": 1}),
        (5,): ([2, 1], 2, {"publication": 2}),
        (5, 6): ([3, 2, 1], 3, {"publication": 3}),
        (7,): ([1], 1, {"publication": 1}),
    }


def test_asking_for_one_group_does_not_open_it(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "тариф"),
        document(2, "тариф", group_id=5, members_only=True),
        document(3, "тариф", group_id=6),
    )
    assert ids(backend.search(Query("тариф", group_ids=(5,)))) == []
    assert ids(backend.search(Query("тариф", group_ids=(5,), visible_groups=(5,)))) == [2]
    assert ids(backend.search(Query("тариф", group_ids=(6,)))) == [3]


def test_members_of_no_group_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="group"):
        document(1, "тариф", members_only=True)


def test_a_batch_read_in_the_lane(backend: SearchBackend) -> None:
    backend.apply_loaded(lambda: [Put(document(1, "тариф"))])
    backend.apply_loaded(list)
    assert found(backend, "тариф") == [1]


def test_unseen_documents_do_not_show_in_blank_searches_either(backend: SearchBackend) -> None:
    put(backend, document(1, "один"), document(2, "два", group_id=5, members_only=True))
    assert backend.search(Query("")).total == 1


def test_all_words_come_before_some_words(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "возврат возврат возврат возврат"),
        document(2, "много иных слов тут, но и возврат, и где-то далеко телефон " + "слово " * 50),
        document(3, "телефон"),
    )
    assert ids(backend.search(Query("возврат телефона")))[0] == 2


def test_a_filler_word_alone_is_not_enough(backend: SearchBackend) -> None:
    put(backend, *(document(number, "сегодня смена") for number in range(1, 40)))
    put(backend, document(50, "инкассация сегодня"), document(51, "инкассация"))
    assert found(backend, "сегодня инкассация") == [50, 51]


def test_a_short_answer_to_a_long_question_is_found(backend: SearchBackend) -> None:
    words = "возврат инкассация терминал отпуск график премия витрина склад".split()
    put(backend, *(document(number, word) for number, word in enumerate(words, start=1)))
    assert found(backend, " ".join(words)) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_titles_weigh_more_than_text(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "график отпусков"),
        document(2, "отпусков", title="график"),
        document(3, "прочее"),
    )
    assert ids(backend.search(Query("график")))[0] == 2


def test_filters(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, "тариф", author_id=8, created=100, topics=("тарифы", "акции")),
        document(2, "тариф", author_id=9, created=200, topics=("тарифы",)),
        document(3, "тариф", kind="comment", author_id=9, created=300),
    )
    assert found(backend, "тариф") == [1, 2, 3]
    for query, expected in [
        (Query("тариф", author_ids=(9,), order="newest"), [3, 2]),
        (Query("тариф", kinds=("comment",)), [3]),
        (Query("тариф", kinds=("person",)), []),
        (Query("тариф", created_from=200, order="newest"), [3, 2]),
        (Query("тариф", created_until=200), [1]),
        (Query("тариф", topics=("тарифы",), order="newest"), [2, 1]),
        (Query("", topics=("Акции", "тарифы")), [1]),
    ]:
        hits = backend.search(query)
        assert ids(hits) == expected, query
        assert hits.total == len(expected)


def test_counts_per_kind_do_not_depend_on_the_chosen_kind(backend: SearchBackend) -> None:
    put(backend, document(1, "тариф"), document(2, "тариф"), document(3, "тариф", kind="comment"))
    hits = backend.search(Query("тариф", kinds=("comment",)))
    assert hits.counts == {"publication": 2, "comment": 1}
    assert hits.total == 1


def test_topic_is_found_by_hash_and_by_word(backend: SearchBackend) -> None:
    put(backend, document(1, "текст", topics=("вопрос-ответ",)), document(2, "вопрос и ответ"))
    assert ids(backend.search(Query("#вопрос-ответ")))[0] == 1
    assert 2 in found(backend, "вопрос")


@pytest.mark.parametrize("query", ["сим-карта", "симкарта", "СИМ карты"])
def test_spellings_with_and_without_hyphen_find_each_other(backend: SearchBackend, query: str) -> None:
    put(backend, document(1, "Сим-карты закончились"))
    assert found(backend, query) == [1]


def test_unfinished_last_word_finds_names(backend: SearchBackend) -> None:
    put(
        backend,
        document(1, kind="person", title="Анна Петрова", aliases=("Anna Petrova",)),
        document(2, kind="person", title="Антон Иванов"),
        document(3, "петрозаводск"),
    )
    assert sorted(ids(backend.search(Query("ан", prefix=True)))) == [1, 2]
    assert ids(backend.search(Query("анна петр", prefix=True)))[0] == 1
    assert ids(backend.search(Query("petr", prefix=True))) == [1]
    assert ids(backend.search(Query("petr"))) == []


def test_names_in_any_case_form(backend: SearchBackend) -> None:
    put(backend, document(1, kind="person", title="Анна Петрова"))
    assert found(backend, "Петровой") == found(backend, "анну петрову") == [1]


def test_pages_follow_each_other_without_gaps(backend: SearchBackend) -> None:
    put(backend, *(document(number, "тариф " * (number % 7 + 1)) for number in range(1, 60)))
    whole = backend.search(Query("тариф", limit=100))
    pages = [backend.search(Query("тариф", limit=10, offset=offset)) for offset in range(0, 70, 10)]
    assert [id_ for page in pages for id_ in ids(page)] == ids(whole)
    assert {page.total for page in pages} == {59}
    assert len(set(ids(whole))) == 59


def test_the_best_of_each_kind(backend: SearchBackend) -> None:
    for kind in ("topic", "comment", "person"):
        put(backend, *(document(number, "тариф " * number, kind=kind) for number in range(1, 5)))
    hits = backend.search(Query("тариф", kinds=("person", "topic"), limit=2, of_each_kind=True))
    assert [(hit.kind, hit.id) for hit in hits.hits] == [
        ("person", 4),
        ("person", 3),
        ("topic", 4),
        ("topic", 3),
    ]
    assert hits.total == 8
    assert hits.counts == {"topic": 4, "comment": 4, "person": 4}


def test_newest_first(backend: SearchBackend) -> None:
    put(backend, document(1, "тариф тариф", created=5), document(2, "тариф", created=9))
    assert ids(backend.search(Query("тариф", order="newest"))) == [2, 1]


@pytest.mark.parametrize("text", ["???", "\u200b.", "a" * 100_000, "\ud800"])
def test_a_query_without_words_that_occur_finds_nothing(backend: SearchBackend, text: str) -> None:
    put(backend, document(1, "тариф"))
    assert backend.search(Query(text)).total == 0


def test_rebuild_replaces_everything(backend: SearchBackend) -> None:
    put(backend, document(1, "старое"))
    seen: list[int] = []
    assert backend.rebuild((document(number, "новое") for number in range(2, 5)), seen.append) == 3
    assert found(backend, "старое") == []
    assert found(backend, "новое") == [2, 3, 4]
    assert seen[-1] == 3
    assert backend.status().documents == 3


def test_all_ids_come_with_fingerprints(backend: SearchBackend) -> None:
    documents = [document(1, "тариф"), document(1, "тариф", kind="comment"), document(2, "тариф")]
    put(backend, *documents)
    backend.apply([Remove("publication", 2)])
    expected = {(each.kind, each.id, each.fingerprint()) for each in documents[:2]}
    assert set(backend.all_ids()) == expected


def test_fingerprint_tells_every_searchable_change() -> None:
    first = document(1, "тариф", title="a", topics=("x",))
    changed = [
        document(1, "тарифы", title="a", topics=("x",)),
        document(1, "тариф", title="b", topics=("x",)),
        document(1, "тариф", title="a", topics=("y",)),
        document(1, "тариф", title="a", topics=("x",), group_id=3),
        document(1, "тариф", title="a", topics=("x",), group_id=3, members_only=True),
        document(1, "тариф", title="a", topics=("x",), author_id=3),
    ]
    assert len({each.fingerprint() for each in [first, *changed]}) == 7
    assert first.fingerprint() == document(1, "тариф", title="a", topics=("x",)).fingerprint()
