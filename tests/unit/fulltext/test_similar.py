"""What every search engine must find like a question."""

from typing import Any

from app.core.fulltext.interface import Asked, Document, Put, Remove, SearchBackend
from tests.support.search_documents import document


def asked(id_: int, title: str = "", text: str = "", **others: Any) -> Document:
    return document(id_, text, title=title, role="asked", thread_id=id_, **others)


def answer(id_: int, to: int, text: str, **others: Any) -> Document:
    return document(id_, text, kind="comment", role="answers", thread_id=to, **others)


def put(backend: SearchBackend, *documents: Document) -> None:
    backend.apply([Put(each) for each in documents])


def found(backend: SearchBackend, text: str, **others: Any) -> list[int]:
    return [near.id for near in backend.similar(Asked(text, **others))]


def test_title_text_and_answers_count_together(backend: SearchBackend) -> None:
    put(
        backend,
        asked(1, "Как вернуть товар без чека?"),
        asked(2, "", "Покупатель хочет вернуть телефон, а чека нет"),
        asked(3, "Терминал не печатает"),
        answer(4, 3, "Проверьте, есть ли чек на возврат в журнале"),
        asked(5, "График отпусков"),
        document(6, "Как вернуть товар без чека"),
    )
    assert found(backend, "вернуть без чека") == [1, 2, 3]


def test_forms_of_words_and_topics_count(backend: SearchBackend) -> None:
    put(
        backend,
        asked(1, "Возврат акционного товара"),
        asked(2, "Отпуск", topics=("возвраты",)),
        asked(3, "Касса"),
    )
    assert found(backend, "возвраты акционных товаров") == [1, 2]
    assert found(backend, "не знаю", topics=("возвраты",)) == [2]


def test_what_may_not_be_seen_has_no_influence_at_all(backend: SearchBackend) -> None:
    put(backend, asked(1, "Возврат терминала"), asked(2, "Терминал сломался"), answer(3, 1, "Через склад"))
    before = backend.similar(Asked("возврат терминала"))
    secret = {"group_id": 5, "members_only": True}
    put(
        backend,
        *(asked(number, "Возврат возврат", "премии", **secret) for number in range(10, 40)),
        answer(50, 10, "терминала", **secret),
    )
    assert backend.similar(Asked("возврат терминала")) == before
    assert len(found(backend, "возврат терминала", visible_groups=(5,))) == 32


def test_what_was_written_later_has_no_influence(backend: SearchBackend) -> None:
    put(backend, asked(10, "Возврат товара"), asked(11, "Приём товара"))
    before = backend.similar(Asked("возврат товара"))
    put(backend, answer(20, 11, "возврат, возврат", created=100), asked(30, "Возврат товара", created=101))
    assert backend.similar(Asked("возврат товара", created_until=100)) == before


def test_only_what_has_something_to_tell(backend: SearchBackend) -> None:
    put(
        backend,
        asked(1, "Возврат товара"),
        answer(2, 1, "По паспорту"),
        asked(3, "Возврат товара"),
        document(4, title="Возврат товара", role="tells", thread_id=4),
        asked(5, "Возврат товара"),
        answer(6, 5, "Тайно", group_id=5, members_only=True),
    )
    assert sorted(found(backend, "возврат товара", answered=True)) == [1, 4]
    assert sorted(found(backend, "возврат товара", answered=True, thread_id=1)) == [4]
    backend.apply([Remove("comment", 2)])
    assert found(backend, "возврат товара", answered=True) == [4]


def test_it_does_not_matter_how_the_index_was_written(backend: SearchBackend) -> None:
    documents = [
        asked(1, "Возврат товара", "без чека и коробки"),
        answer(2, 1, "Нужен паспорт покупателя"),
        asked(3, "Паспорт покупателя"),
        answer(4, 3, "Возврат без паспорта"),
    ]
    for each in reversed(documents):
        put(backend, each)
    piecemeal = backend.similar(Asked("возврат по паспорту"))
    backend.rebuild(documents)
    assert backend.similar(Asked("возврат по паспорту")) == piecemeal
    assert [near.id for near in piecemeal] == [1, 3] or [near.id for near in piecemeal] == [3, 1]


def test_nothing_asked_and_nothing_known(backend: SearchBackend) -> None:
    assert found(backend, "возврат") == []
    put(backend, asked(1, "Возврат"))
    assert found(backend, " ?! ") == []
    assert found(backend, "инопланетяне") == []
    covered = [
        backend.similar(Asked(text))[0].covered for text in ("возврат", "и возврат", "возврат инопланетян")
    ]
    assert covered == [1.0, 1.0, 0.5]


def test_what_means_the_same_counts_as_the_word(backend: SearchBackend) -> None:
    put(
        backend,
        asked(1, "Клиент потерял сим-карту"),
        asked(2, "Восстановить симкарту"),
        asked(3, "Карта лояльности"),
        asked(4, "Потерял ключи"),
    )
    same = (("симка", "сим-карта", "sim card"),)
    assert sorted(found(backend, "потерял симку")) == [1, 4]
    best, *others = found(backend, "потерял симку", alternatives=same)
    assert (best, sorted(others)) == (1, [2, 4])
    assert 3 not in found(backend, "симки", alternatives=same)
    assert backend.similar(Asked("sim card", alternatives=same))[0].words == 1
