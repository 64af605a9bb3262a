import pytest
from sqlalchemy import update

from app.content.models import MEMBERS, ContentItem
from app.core import outbox
from app.core.db import db
from app.core.fulltext.engine import engine, use_engine
from app.core.fulltext.whoosh_backend import WhooshBackend
from app.core.unit_of_work import unit_of_work
from app.groups.models import SECRET, Group
from app.search import service
from app.search.queries.finding import search_page
from app.search.schemas import KINDS, Wanted
from tests import factories


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова", position=factories.position("Кассир"))


@pytest.fixture
def index(database, tmp_path):
    """An index of the test's own, equal to the database as it is now; the folder it lies in."""
    before = engine()
    folder = tmp_path / "search_index"
    use_engine(WhooshBackend(folder, KINDS))
    service.rebuild()
    yield folder
    use_engine(before)


@pytest.fixture
def find(index):
    """What a person finds, after everything that happened is done: the page of results."""

    def search(person, q, /, **wanted):
        outbox.run_due()
        return search_page(factories.actor(person), Wanted(q, **wanted))

    return search


@pytest.fixture
def close_silently(database):
    """Makes a group secret, with what stands in it, and tells nobody."""

    def close(group):
        with unit_of_work():
            db.session.execute(update(Group).where(Group.id == group.id).values(visibility=SECRET))
            db.session.execute(
                update(ContentItem).where(ContentItem.group_id == group.id).values(audience=MEMBERS)
            )

    return close
