"""Writing, changing, comparing and restoring articles; who may; what they pay."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.articles.models import Contributor
from app.articles.queries import begin, compared, more, thread
from app.articles.schemas import ArticleText, ChangeArticle
from app.articles.service import change, restore
from app.content.models import ContentTopic, Revision
from app.content.policy import can_delete, can_edit
from app.content.queries.cards import publication_page
from app.content.schemas import Edit, Publish
from app.content.service.changing import StaleEdit, delete, edit
from app.content.service.publishing import publish
from app.core import clock, outbox
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.notifications.models import Notification
from app.questions.service import accept
from app.reputation.queries import standing
from app.reputation.service import verify
from tests import factories
from tests.factories import content, people
from tests.features.articles.conftest import BODY


def text(title="Возврат без чека", body=BODY, topics="", review_by=None):
    return ArticleText(title, body, topics, review_by)


def made(item, reader):
    """Address of the article that the page of a thread names."""
    card, _thread = publication_page(people.actor(reader), item.public_id)
    return card.made.url if card.made else None


def points(person):
    outbox.run_due()
    db.session.expire_all()
    assert list(verify()) == []
    return standing(person.id).points


def test_an_article_has_a_title_an_owner_topics_and_a_date(article, row):
    owner = people.person()
    day = clock.today() + timedelta(days=90)
    item = article(owner, topics="#Возврат эквайринг", review_by=day)
    assert (item.kind, item.title, item.author_id) == ("article", "Возврат без чека", owner.id)
    assert (row(item).owner_id, row(item).review_by) == (owner.id, day)
    assert item.body_source.endswith("\n\n#Возврат #эквайринг")
    assert len(db.session.scalars(select(ContentTopic).where(ContentTopic.content_id == item.id)).all()) == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " \u200b "}, "title"), ({"body": " "}, "body"), ({"topics": "два!слова"}, "topics"),
        ({"topics": " ".join(f"т{n}" for n in range(20))}, "topics"), ({"body": "а" * 10_001}, "body"),
    ],
)  # fmt: skip
def test_what_is_refused_names_its_field(article, wrong, field):
    with pytest.raises(Invalid) as error:
        article(**wrong)
    assert list(error.value.errors) == [field]


def test_no_way_past_the_editor_leaves_an_article_without_its_row_or_title(article):
    owner = people.person()
    with pytest.raises(Invalid):
        publish(people.actor(owner), Publish("article", "Мимо", title="Мимо"))
    item = article(owner)
    with pytest.raises(Invalid):
        edit(people.actor(owner), item.public_id, Edit("Текст", 1, ""))


def test_who_changes_and_deletes(article, row):
    group = factories.group(visibility="closed", owner=people.person())
    owner, editor, moderator = (
        people.person(),
        people.person(roles=["editor"]),
        people.person(roles=["moderator"]),
    )
    member, stranger = people.person(), people.person()
    for one in (owner, member):
        factories.join(group, one)
    expected = {
        "company": ({"owner", "editor"}, {"owner"}), "group": ({"owner"}, {"owner"}),
    }  # fmt: skip
    for where, place in (("company", None), ("group", group)):
        item = article(owner, place=place)
        seen_by, deleted_by = set(), set()
        who = {
            "owner": owner, "editor": editor, "moderator": moderator, "member": member, "stranger": stranger,
        }  # fmt: skip
        for name, person in who.items():
            actor = people.actor(person)
            try:
                change(actor, item.public_id, ChangeArticle(text(body=f"{BODY} {name}"), item.revision))
                seen_by.add(name)
                db.session.refresh(item)
            except Forbidden:
                assert not can_edit(actor, item)
            except NotFound:
                assert where == "group"
                assert person.id not in (owner.id, member.id)
            if can_delete(actor, item):
                deleted_by.add(name)
        assert (seen_by, deleted_by) == expected[where]
    delete(people.actor(owner), item.public_id)


def test_a_stale_edit_loses_nothing_and_a_form_sent_twice_changes_once(article):
    owner, editor = people.person(), people.person(roles=["editor"])
    item = article(owner)
    first = ChangeArticle(text(body="Первый."), 1, note="Короче")
    change(people.actor(owner), item.public_id, first)
    change(people.actor(owner), item.public_id, first)
    with pytest.raises(StaleEdit) as stale:
        change(people.actor(editor), item.public_id, ChangeArticle(text(body="Второй."), 1))
    assert stale.value.theirs.body_source == "Первый."
    db.session.refresh(item)
    assert item.revision == 2
    notes = db.session.scalars(
        select(Revision.comment).where(Revision.content_id == item.id).order_by(Revision.number)
    )
    assert list(notes) == ["", "Короче"]


def test_the_date_alone_makes_no_revision(article, row):
    owner = people.person()
    item = article(owner)
    day = clock.today() + timedelta(days=5)
    change(people.actor(owner), item.public_id, ChangeArticle(text(review_by=day), 1))
    assert (row(item).review_by, item.revision) == (day, 1)
    with pytest.raises(Invalid) as error:
        yesterday = clock.today() - timedelta(days=1)
        change(people.actor(owner), item.public_id, ChangeArticle(text(review_by=yesterday), 1))
    assert list(error.value.errors) == ["review"]


def test_versions_are_compared_and_brought_back(article, row):
    owner, editor = people.person(), people.person(roles=["editor"])
    item = article(owner, body="Срок три дня.\n\nЧек нужен.")
    change(
        people.actor(editor),
        item.public_id,
        ChangeArticle(text("Возврат", "Срок пять дней.\n\nЧек нужен."), 1),
    )
    _item, found = compared(people.actor(people.person()), item.public_id, 1, 2)
    said = [(part.kind, part.text) for block in found.bodies.blocks for part in block.stretches]
    assert ("gone", "три дня") in said
    assert ("added", "пять дней") in said
    assert (found.titles.gone, found.titles.added) == (2, 0)
    with pytest.raises(NotFound):
        compared(people.actor(owner), item.public_id, 1, 9)
    with pytest.raises(Forbidden):
        restore(people.actor(people.person()), item.public_id, 1, revision=2)
    with pytest.raises(StaleEdit):
        restore(people.actor(owner), item.public_id, 1, revision=1)
    restore(people.actor(owner), item.public_id, 1, revision=2)
    db.session.refresh(item)
    assert (item.revision, item.title) == (3, "Возврат без чека")
    assert item.body_source == "Срок три дня.\n\nЧек нужен."
    assert [each.id for each in more(people.actor(owner), item.id).contributors] == [editor.id]


def test_a_thread_becomes_an_article_with_its_authors_and_links_both_ways(article):
    asker, expert, other = people.person("Анна Белова"), people.person("Илья Рогов"), people.person()
    asked = content.question(asker, "Как вернуть товар без чека? #возврат")
    good = content.answer(asked, expert, "По последним цифрам карты.")
    content.comment(asked, other, "Спасибо!")
    accept(people.actor(asker), good.public_id, on=True)
    writer = people.person()
    found = thread(people.actor(writer), asked.public_id)
    assert (found.pieces[0].public_id, found.pieces[0].accepted) == (good.public_id, True)
    begun = begin(people.actor(writer), asked.public_id, [good.public_id])
    assert begun.body == "Как вернуть товар без чека?\n\nПо последним цифрам карты."
    assert (begun.topics, begun.place, begun.bound) == ("#возврат", "company", False)
    item = article(writer, body=begun.body, source=asked.public_id, answers=(good.public_id,))
    shown = more(people.actor(other), item.id)
    assert {each.id for each in shown.contributors} == {asker.id, expert.id}
    assert shown.source.url == f"/p/{asked.public_id}"
    assert made(asked, other) == f"/p/{item.public_id}"


def test_what_a_group_reads_stays_in_the_group(article):
    keeper = people.person()
    group = factories.group(visibility="secret", owner=keeper)
    inside = content.question(keeper, "Секрет?", place=group)
    begun = begin(people.actor(keeper), inside.public_id, [])
    assert (begun.place, begun.bound) == (f"group:{group.handle}", True)
    with pytest.raises(Invalid) as error:
        article(keeper, source=inside.public_id)
    assert list(error.value.errors) == ["place"]
    item = article(keeper, place=group, source=inside.public_id)
    outside = people.actor(people.person())
    for read in (lambda: thread(outside, inside.public_id), lambda: begin(outside, inside.public_id, [])):
        with pytest.raises(NotFound):
            read()
    with pytest.raises(Invalid):
        article(people.person(), source=inside.public_id)
    # Of an open thread an article may be for a group alone; the thread says nothing of it to others.
    open_thread = content.question(keeper)
    hidden = article(keeper, place=group, source=open_thread.public_id)
    assert made(open_thread, people.person()) is None
    assert made(inside, keeper) == f"/p/{item.public_id}"
    assert item.audience == hidden.audience == "members"


def test_articles_and_comments_on_them_pay_their_own_rules(article):
    owner, reader = people.person(), people.person()
    item = article(owner)
    assert points(owner) == 90
    content.comment(item, reader, "Добавьте про карты.")
    assert points(reader) == 6
    content.comment(item, owner, "Добавил.")
    assert points(owner) == 90
    delete(people.actor(owner), item.public_id)
    assert points(owner) == 0


def test_whoever_looks_after_it_hears_of_comments(article):
    author, owner, reader = people.person(), people.person(), people.person()
    item = article(author)
    item_article = db.session.get(type(item), item.id)
    assert item_article is item
    from_author = content.comment(item, reader, "Верно?")
    outbox.run_due()
    told = select(Notification.person_id).where(Notification.content_id == from_author.id)
    assert list(db.session.scalars(told)) == [author.id]
    assert db.session.scalars(select(Contributor)).all() == []
    assert owner.id not in set(db.session.scalars(told))
