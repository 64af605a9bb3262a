"""Loading: the rows are the plan's, on both databases, and every rule of the schema and the counters holds."""

from collections import Counter

import pytest
from sqlalchemy import func, select, text

from app.accounts.models import Credential, RoleGrant
from app.accounts.service.passwords import verify
from app.accounts.service.sessions import actor_for_person
from app.badges.models import Thanks, ThanksRecipient
from app.cli.demo.cast import CAST, PASSWORD, SIGN_INS, place_of
from app.cli.demo.loader import loading
from app.content import jobs as content_jobs
from app.content.models import ContentItem, ContentTopic, PersonMention, Reaction
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.files.models import File
from app.groups import jobs as group_jobs
from app.groups.models import Group, GroupMember
from app.lib.hashtags import fold_topic
from app.moderation.models import Decision, Report
from app.notifications.models import Notification
from app.people.models import Follow, Person, Shop
from app.questions.models import Question
from app.topics import jobs as topic_jobs
from app.topics.models import MandatorySubscription, PriorityTopic, Topic, TopicSubscription
from tests.factories import people as factories
from tests.features.demo.conftest import NOW, TINY

pytestmark = pytest.mark.slow


def count(model, *rules):
    return db.session.scalar(select(func.count()).select_from(model).where(*rules))


@pytest.fixture(scope="module")
def loaded_once(shared_database):
    """The plan in the database of the module; what the progress bar was told, and the rows written."""
    steps = []
    rows = loading.load(TINY, 1, NOW, steps.append)
    return steps, rows


@pytest.fixture
def loaded(loaded_once, database):
    """The plan in the database; what the progress bar was told, and the rows written."""
    return loaded_once


def test_rows_are_those_of_the_plan(loaded, plan):
    steps, rows = loaded
    assert sum(steps) == TINY.publications + TINY.comments
    assert rows > TINY.publications + TINY.comments + TINY.people
    assert count(Person) == TINY.people
    assert count(Shop) == TINY.shops
    assert count(Group) == TINY.groups
    publications = db.session.execute(
        select(ContentItem.author_id, ContentItem.published_at, ContentItem.body_source)
        .where(ContentItem.root_id.is_(None), ContentItem.kind != "thanks")
        .order_by(ContentItem.id)
    ).all()
    assert [tuple(row) for row in publications] == [
        (story.author + 1, story.at, story.text.source) for story in plan.stories
    ]
    comments = db.session.execute(
        select(ContentItem.author_id, ContentItem.published_at, ContentItem.body_source).where(
            ContentItem.root_id.is_not(None)
        )
    ).all()
    assert Counter(map(tuple, comments)) == Counter(
        (remark.author + 1, remark.at, remark.text.source)
        for story in plan.stories
        for remark in story.remarks
    )
    likes = sum(len(story.likes) + sum(len(one.likes) for one in story.remarks) for story in plan.stories)
    assert count(Reaction) == likes


def test_ids_rise_with_time(loaded):
    moments = db.session.scalars(select(ContentItem.published_at).order_by(ContentItem.id)).all()
    assert moments == sorted(moments)


def test_counters_are_right(loaded):
    assert content_jobs.repair_counters() == 0
    assert group_jobs.repair_member_counts() == 0
    assert topic_jobs.repair_subscriber_counts() == 0
    published = (ContentItem.root_id.is_(None), ContentItem.state == "published")
    for model, column in ((Person, ContentItem.author_id), (Group, ContentItem.group_id)):
        counted = db.session.execute(
            select(column, func.count()).where(*published, column.is_not(None)).group_by(column)
        )
        stored = select(model.id, model.publications_count).where(model.publications_count > 0)
        assert {tuple(row) for row in db.session.execute(stored)} == {tuple(row) for row in counted}
    followers = db.session.execute(
        select(Follow.followed_id, func.count()).group_by(Follow.followed_id)
    ).all()
    assert {tuple(row) for row in followers} == {
        tuple(row)
        for row in db.session.execute(
            select(Person.id, Person.followers_count).where(Person.followers_count > 0)
        )
    }
    topics = db.session.execute(
        select(ContentTopic.topic_id, func.count())
        .join(ContentItem, ContentItem.id == ContentTopic.content_id)
        .where(*published, ContentItem.audience == "company")
        .group_by(ContentTopic.topic_id)
    )
    assert {tuple(row) for row in topics} == {
        tuple(row)
        for row in db.session.execute(
            select(Topic.id, Topic.publications_count).where(Topic.publications_count > 0)
        )
    }


def test_the_place_of_a_comment_is_its_publications(loaded):
    root = ContentItem.__table__.alias("root")
    item = ContentItem.__table__
    differing = (
        select(func.count())
        .select_from(item.join(root, root.c.id == item.c.root_id))
        .where(
            (item.c.place_kind != root.c.place_kind)
            | (item.c.audience != root.c.audience)
            | (item.c.published_at <= root.c.published_at)
            | (func.coalesce(item.c.group_id, 0) != func.coalesce(root.c.group_id, 0))
        )
    )
    assert db.session.scalar(differing) == 0


def test_what_is_inside_groups_is_for_members(loaded):
    wrong = (
        select(func.count())
        .select_from(ContentItem)
        .join(Group, Group.id == ContentItem.group_id)
        .where((ContentItem.audience == "members") != (Group.visibility != "open"))
    )
    assert db.session.scalar(wrong) == 0
    assert count(ContentItem, ContentItem.audience == "members") > 0
    strangers = (
        select(func.count())
        .select_from(PersonMention)
        .join(ContentItem, ContentItem.id == PersonMention.content_id)
        .outerjoin(
            GroupMember,
            (GroupMember.group_id == ContentItem.group_id)
            & (GroupMember.person_id == PersonMention.person_id),
        )
        .where(ContentItem.audience == "members", GroupMember.person_id.is_(None))
    )
    assert db.session.scalar(strangers) == 0


@pytest.mark.only_on("sqlite")
def test_no_row_points_nowhere_on_sqlite(loaded):
    assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []


def test_every_question_has_its_row(loaded, plan):
    asked = count(ContentItem, ContentItem.kind == "question")
    assert count(Question) == asked
    accepted = db.session.execute(
        select(Question.accepted_by, ContentItem.kind, ContentItem.root_id, Question.content_id).join(
            ContentItem, ContentItem.id == Question.accepted_id
        )
    ).all()
    assert len(accepted) == sum(story.accepted is not None for story in plan.stories)
    assert all(kind == "answer" and root == question for _, kind, root, question in accepted)


def test_people_to_sign_in_as_have_password_roles_and_news(loaded):
    for index, member in enumerate(SIGN_INS, 1):
        person = db.session.get_one(Person, index)
        assert person.personnel_number == member.number
        assert verify(db.session.get_one(Credential, index).password_hash, PASSWORD)
        unread = count(Notification, Notification.person_id == index, Notification.read_at.is_(None))
        assert unread > 0, member.last
        assert count(TopicSubscription, TopicSubscription.person_id == index) > 1
        assert count(Follow, Follow.follower_id == index) > 0
    assert count(Credential) == len(SIGN_INS)
    roles = {member.last: actor_for_person(place_of(member.last) + 1).roles for member in SIGN_INS}
    assert roles["Гареева"] == frozenset()
    assert roles["Дорохов"] == {"manager"}
    assert roles["Соколова"] == {"editor"}
    assert roles["Щукина"] == {"administrator"}
    assert actor_for_person(place_of("Whitfield") + 1).locale == "en"
    assert count(RoleGrant, RoleGrant.role == "manager") > TINY.shops


def test_notices_are_only_of_what_their_reader_may_see(loaded):
    unseen = (
        select(func.count())
        .select_from(Notification)
        .join(ContentItem, ContentItem.id == Notification.content_id)
        .outerjoin(
            GroupMember,
            (GroupMember.group_id == ContentItem.group_id)
            & (GroupMember.person_id == Notification.person_id),
        )
        .where(ContentItem.audience == "members", GroupMember.person_id.is_(None))
    )
    assert db.session.scalar(unseen) == 0
    assert count(Notification, Notification.event_id >= 0) == 0


def test_every_page_has_something_to_show(loaded):
    assert {kind for (kind,) in db.session.execute(select(ContentItem.place_kind).distinct())} >= {
        "company", "group", "shop", "person",
    }  # fmt: skip
    assert count(PriorityTopic) >= 3
    assert count(MandatorySubscription) == 2
    assert count(File, File.kind == "picture") >= 2
    assert count(ContentTopic, ContentTopic.origin == "added") > 0
    assert count(Report, Report.state == "open") > 0
    assert count(Decision) == count(Report, Report.state != "open")
    assert {visibility for (visibility,) in db.session.execute(select(Group.visibility).distinct())} == {
        "open", "closed", "secret",
    }  # fmt: skip
    important = db.session.scalars(select(Topic.id).where(Topic.name == fold_topic("важное"))).one()
    everybody = count(Person, Person.state == "active")
    assert count(TopicSubscription, TopicSubscription.topic_id == important) == everybody


def test_the_network_goes_on_after_the_load(loaded):
    """Ids that the loader chose are not given out again."""
    last = db.session.scalar(select(func.max(ContentItem.id)))
    newcomer = factories.person("Новый Сотрудник")
    assert newcomer.id > TINY.people
    with unit_of_work():
        item = ContentItem(
            public_id="x" * 14, kind="news", author_id=newcomer.id, body_source="", body_html="", published_at=NOW,
            activity_at=NOW,
        )  # fmt: skip
        db.session.add(item)
    assert item.id == last + 1


def test_thanks_are_of_colleagues_who_work_here(loaded):
    worn = select(Person.state).join(ThanksRecipient, ThanksRecipient.person_id == Person.id)
    states = db.session.scalars(worn).all()
    assert len(states) >= 7_000 * TINY.publications // 47_000
    assert set(states) == {"active"}
    mine = select(func.count()).where(
        Thanks.content_id == ThanksRecipient.content_id, Thanks.giver_id == ThanksRecipient.person_id
    )
    assert db.session.scalar(mine) == 0


def test_it_says_what_it_is(loaded):
    assert loading.present() == loading.Made("tiny", 1, NOW, complete=True)
    assert not loading.is_empty()


def test_cast_is_not_given_away():
    assert len({member.number for member in CAST}) == len(CAST)
