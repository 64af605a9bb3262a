"""What tests of articles need."""

import pytest

from app.articles.models import Article
from app.articles.schemas import ArticleText, WriteArticle
from app.articles.service import write
from app.content.schemas import Place
from app.core.db import db
from tests.factories import content, people
from tests.features.files.conftest import storage

__all__ = ["storage"]

BODY = "Чек не нужен.\n\n# Как найти\n\nПо карте.\n\n# Как вернуть\n\nЗа три дня."


@pytest.fixture
def article(database):
    """Makes articles: `article(owner, title=…, place=…)`; the content item."""

    def make(
        owner=None, title="Возврат без чека", body=BODY, *, place=None, topics="", review_by=None, **made_of
    ):
        where = Place("group", place.handle) if place is not None else Place()
        command = WriteArticle(ArticleText(title, body, topics, review_by), where, **made_of)
        return content.written(write(people.actor(owner or people.person()), command).public_id)

    return make


@pytest.fixture
def row():
    """Reads the article beside a content item, as it is in the database now."""

    def read(item):
        db.session.expire_all()
        return db.session.get(Article, item.id)

    return read
