"""Words that mean the same in similar questions, as Whoosh's engine counts them."""

from pathlib import Path

from app.core.fulltext.interface import Asked
from app.core.fulltext.whoosh_backend import WhooshBackend
from tests.unit.fulltext.test_similar import asked, found, put


def test_what_means_the_same_counts_as_the_word(tmp_path: Path) -> None:
    backend = WhooshBackend(tmp_path / "index", ("publication", "comment"))
    backend.rebuild([])
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
