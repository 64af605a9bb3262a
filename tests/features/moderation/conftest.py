"""The cast: Anna wrote it, Bob is in the group with her, Charlie is not; Mara moderates the company, Gleb the group."""

from types import SimpleNamespace

import pytest

from tests import factories
from tests.support.kept import keys_of, read


@pytest.fixture(scope="module")
def made_cast(shared_database):
    """The people, made once for a module."""
    made = SimpleNamespace(
        anna=factories.person("Анна Автор"),
        bob=factories.person("Борис Коллега"),
        charlie=factories.person("Чарли Чужой"),
        mara=factories.person("Мара Модератор", roles=["moderator"]),
        ada=factories.person("Ада Администратор", roles=["administrator"]),
        edgar=factories.person("Эдгар Редактор", roles=["editor"]),
        gleb=factories.person("Глеб Группа"),
    )
    return keys_of(made)


@pytest.fixture
def cast(made_cast, database):
    """People by their part."""
    return SimpleNamespace(**read(made_cast))


@pytest.fixture
def groups(cast):
    """Groups by visibility: Anna and Bob are members, Gleb moderates."""

    def make(visibility):
        group = factories.group(f"Группа {visibility}", visibility=visibility, members=[cast.anna, cast.bob])
        factories.join(group, cast.gleb, role="moderator")
        return group

    return {visibility: make(visibility) for visibility in ("open", "closed", "secret")}


@pytest.fixture
def places(groups):
    """What texts can be about, by the name tests use."""
    return {"company": None, **groups}
