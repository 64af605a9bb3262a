"""A later dump of the same site: afterwards Shopfloor holds what it says, and everything of ours besides."""

import random
from xml.etree import ElementTree

import pytest
from sqlalchemy import inspect, select, update
from sqlalchemy import text as sql

from app.cli.stackexchange.run import Outcome
from app.content.models import ContentItem, ContentTopic, ImportedRecord, PersonMention, Reaction
from app.content.schemas import Edit
from app.content.service import changing
from app.core.db import db
from app.core.outbox import OutboxEvent
from app.core.unit_of_work import unit_of_work
from app.people.models import Handle, Person
from app.questions.models import Question
from app.reputation.models import Entry
from app.topics.models import Topic
from tests import factories
from tests.factories import content
from tests.features.imports import dumps
from tests.features.imports.snapshots import Site
from tests.features.imports.test_dump_import import ANN, BOB, CY, THREAD

pytestmark = pytest.mark.slow

#: The thread of `THREAD`, a year later.
LATER = {
    **THREAD,
    "Users": [dumps.user(1, "Ann Birch"), dumps.user(2, "Bob"), dumps.user(4, "Dee")],
    "Posts": [
        dumps.question(10, 1, "Why so many hops?", AcceptedAnswerId=13, Tags="<ipa>", Score=5),
        dumps.answer(11, 10, 2, Body="<p>Because of the taste.</p>"),
        dumps.answer(13, 10, 4),
    ],
    "Comments": [dumps.comment(21, 11, 1, "@bob and @dee: no.", Score=1)],
    "Votes": [dumps.vote(1, 10), dumps.vote(7, 11), dumps.vote(8, 13, 1)],
}


def wipe():
    """Empty the database, for a fresh import in the same test; the ledger lets go only without its triggers."""
    on_sqlite = db.engine.dialect.name == "sqlite"
    with unit_of_work():
        for trigger in ("no_update", "no_delete") if on_sqlite else ("append_only",):
            where = "" if on_sqlite else " ON reputation_entries"
            db.session.execute(sql(f"DROP TRIGGER IF EXISTS reputation_entries_{trigger}{where}"))
        db.session.execute(update(Entry).values(reverses_id=None))
        for table in reversed(Question.metadata.sorted_tables):
            if table.name not in {"audit_entries", "alembic_version", "reputation_rules"}:
                db.session.execute(table.delete())


def reopened(item):
    """The row as it is now; None when it is gone."""
    return db.session.scalars(
        select(ContentItem)
        .where(ContentItem.id == inspect(item).identity[0])
        .execution_options(populate_existing=True)
    ).first()


class TestEquality:
    def test_the_same_dump_again_changes_nothing(self, bring_in, site):
        bring_in(**THREAD)
        before, versions = site().snapshot(), _versions()
        report = bring_in(**THREAD)
        assert site().snapshot() == before
        assert _versions() == versions
        assert {outcome for _, outcome in report.tally.counts} == {Outcome.UNCHANGED}

    def test_a_later_dump_gives_what_a_fresh_import_of_it_would(self, bring_in, site):
        bring_in(**LATER)
        fresh = site().snapshot()
        wipe()
        bring_in(**THREAD)
        bring_in(**LATER)
        assert site().snapshot() == fresh

    def test_nor_does_an_editor_or_a_tag_that_is_gone_leave_a_trace(self, bring_in, site):
        wiki = {"Id": 90, "PostTypeId": 5, "CreationDate": dumps.DAY, "Body": "<p>About hops.</p>"}
        edits = [dumps.history(1, 10, 2, "First", 1), dumps.history(2, 10, 5, "Second", 2, editor=3)]
        later = {"Users": [ANN, BOB], "Posts": THREAD["Posts"][:2], "PostHistory": edits}
        bring_in(**later)
        fresh = site().snapshot()
        wipe()
        bring_in(
            Users=[ANN, BOB, CY],
            Posts=[*THREAD["Posts"][:2], wiki],
            PostHistory=edits,
            Tags=[dumps.tag(1, "hops", WikiPostId=90)],
        )
        bring_in(**later)
        assert site().snapshot() == fresh

    @pytest.mark.parametrize("seed", [1])
    def test_so_do_two_ages_of_a_real_dump(self, bring_in_path, sample, tmp_path, seed):
        name = "coffee.stackexchange.com"  # under its own name, a meta site's, nobody would have points
        archive = sample("stackexchange/coffee.meta.stackexchange.com.7z")
        earlier, later = _two_ages(archive, tmp_path, seed)
        bring_in_path(later, name)
        fresh = Site(name).snapshot()
        wipe()
        bring_in_path(earlier, name)
        assert Site(name).snapshot() != fresh
        bring_in_path(later, name)
        assert _differences(Site(name).snapshot(), fresh) == {}


class TestChanges:
    def test_renamed_people_keep_their_handle_and_their_readers_learn_of_it(self, bring_in, site):
        bring_in(**THREAD)
        before = site().people["user:1"]
        bring_in(**LATER)
        after = site().people["user:1"]
        assert (after.id, after.name, after.handle) == (before.id, "Ann Birch", "ann.alder")
        assert db.session.scalar(select(Handle.person_id).where(Handle.handle == "ann.alder")) == before.id

    def test_addresses_of_what_stays_stay(self, bring_in, site):
        bring_in(**THREAD)
        before = {key: item.public_id for key, item in site().items.items()}
        bring_in(**LATER)
        after = {key: item.public_id for key, item in site().items.items()}
        assert {key: after[key] for key in ("post:10", "post:11", "comment:21")} == {
            key: before[key] for key in ("post:10", "post:11", "comment:21")
        }

    def test_cards_of_what_changed_are_shown_anew(self, bring_in, site):
        more = dumps.question(30, 2, "Another?")
        bring_in(**{**THREAD, "Posts": [*THREAD["Posts"], more]})
        before = {key: item.version for key, item in site().items.items()}
        bring_in(**{**THREAD, "Posts": [*THREAD["Posts"], more], "Comments": []})
        after = {key: item.version for key, item in site().items.items()}
        assert after["post:10"] > before["post:10"]
        assert after["post:30"] == before["post:30"]

    def test_what_is_gone_and_comes_back_is_there_again(self, bring_in, site):
        bring_in(**THREAD)
        fresh = site().snapshot()
        content.comment(site().items["post:10"], body="Ours.")
        bring_in(Users=THREAD["Users"])
        assert site().items["post:10"].state == "deleted"
        bring_in(**THREAD)
        again = site().snapshot()
        assert again["items"]["post:10"]["state"] == "published"
        assert again["items"]["post:10"]["comments_count"] == fresh["items"]["post:10"]["comments_count"] + 1

    def test_an_answer_that_moved_to_another_question_moves_with_its_comments(self, bring_in, site):
        posts = [*THREAD["Posts"], dumps.question(30, 2, "Another?")]
        bring_in(**{**THREAD, "Posts": posts})
        moved = [post | {"ParentId": 30} if post["Id"] == 11 else post for post in posts]
        bring_in(**{**THREAD, "Posts": moved})
        items = site().items
        assert items["post:11"].root_id == items["comment:21"].root_id == items["post:30"].id
        assert (items["post:10"].answers_count, items["post:30"].answers_count) == (1, 1)

    def test_tags_that_are_gone_take_their_unused_topics_along(self, bring_in, site):
        bring_in(**THREAD)
        report = bring_in(**LATER)
        assert set(site().topics) == {"ipa"}
        assert [topic.name for topic in db.session.scalars(select(Topic))] == ["ipa"]
        assert report.tally.of("topics", Outcome.REMOVED) == 1


class TestDamage:
    """A dump that cannot be read to its end says nothing about what is missing from it."""

    @pytest.mark.parametrize("table", ["Users", "Posts", "Comments"])
    def test_nothing_is_removed_after_a_broken_table(self, bring_in, site, table):
        bring_in(**THREAD)
        rows = THREAD[table][:1]
        text = dumps.xml(table.lower(), rows).replace(f"</{table.lower()}>", "")
        report = bring_in(**{**THREAD, table: text})
        assert not report.is_whole
        assert len(site().items) == 5
        assert len(site().people) == 3

    def test_nothing_is_removed_when_votes_are_missing(self, bring_in_path, site, tmp_path):
        bring_in_path(dumps.write_dump(tmp_path / "one", **THREAD), "beer.stackexchange.com")
        folder = dumps.write_dump(tmp_path / "two", **THREAD)
        (folder / "Votes.xml").unlink()
        bring_in_path(folder, "beer.stackexchange.com")
        assert site().items["post:10"].likes_count == 2
        assert site().snapshot()["accepted"]["post:10"][0] == "post:11"


class TestOurs:
    """What people here did with imported content survives every later dump."""

    def test_comments_and_answers_written_here_stay_under_a_question_that_changed(self, bring_in, site):
        bring_in(**THREAD)
        ours = content.comment(site().items["post:10"], body="We do it so too.")
        answer = content.answer(site().items["post:10"], body="Ask the help desk.")
        bring_in(**LATER)
        question = site().items["post:10"]
        assert (reopened(ours).root_id, reopened(answer).root_id) == (question.id, question.id)
        assert (question.comments_count, question.answers_count) == (5, 3)
        assert question.activity_at == reopened(answer).published_at

    def test_a_question_that_is_gone_but_answered_here_is_marked_deleted_and_its_thread_stays(
        self, bring_in, site
    ):
        bring_in(**THREAD)
        ours = content.comment(site().items["post:10"], body="Thanks!", to=site().items["post:11"])
        gone, kept, dropped = (site().items[key] for key in ("post:10", "post:11", "post:12"))
        report = bring_in(Users=THREAD["Users"])
        assert (reopened(gone).state, reopened(kept).state, reopened(ours).state) == (
            "deleted",
            "deleted",
            "published",
        )
        assert reopened(dropped) is None
        assert report.tally.of("questions", Outcome.KEPT) == 1
        bring_in(Users=THREAD["Users"])
        assert reopened(gone).state == "deleted"

    def test_likes_given_here_stay_and_hold_what_they_are_for(self, bring_in, site):
        bring_in(**THREAD)
        reader = factories.person("Лиана Гареева")
        for key in ("post:10", "post:12"):
            content.like(site().items[key], by=reader)
        bring_in(**LATER)
        assert site().items["post:10"].likes_count == 2
        assert site().items["post:12"].state == "deleted"
        assert len(db.session.scalars(select(Reaction).where(Reaction.person_id == reader.id)).all()) == 2

    def test_a_text_edited_here_stays_as_it_was_edited(self, bring_in, site):
        bring_in(**THREAD)
        author, item = site().people["user:2"], site().items["post:11"]
        changing.edit(
            factories.actor(author), item.public_id, Edit(body="Ours now.", title="", revision=item.revision)
        )
        report = bring_in(**LATER)
        again = site().items["post:11"]
        assert again.body_source == "Ours now."
        assert report.tally.of("answers", Outcome.OURS) == 1
        assert again.likes_count == 1
        edits = [dumps.history(1, 11, 2, "First", 1), dumps.history(2, 11, 5, "Second", 2)]
        bring_in(**{**LATER, "PostHistory": edits})
        assert [key for key in site().snapshot()["revisions"] if key[0] == "post:11"] == [
            ("post:11", 1),
            ("post:11", 2),
        ]
        assert site().items["post:11"].body_source == "Ours now."

    def test_an_answer_accepted_here_stays_accepted(self, bring_in, site):
        bring_in(**THREAD)
        question, other = site().items["post:10"], site().items["post:12"]
        with unit_of_work():
            db.session.get(Question, question.id).accepted_id = other.id
        bring_in(**{**THREAD, "Posts": [*THREAD["Posts"][:1], dumps.answer(11, 10, 2), THREAD["Posts"][2]]})
        db.session.expire_all()
        assert db.session.get(Question, question.id).accepted_id == other.id

    def test_what_a_moderator_hid_stays_hidden(self, bring_in, site):
        bring_in(**THREAD)
        with unit_of_work():
            db.session.get(ContentItem, site().items["post:10"].id).state = "hidden"
        bring_in(**LATER)
        assert site().items["post:10"].state == "hidden"
        assert site().items["post:10"].title == "Why so many hops?"

    def test_topics_added_here_stay(self, bring_in, site):
        bring_in(**THREAD)
        editor = factories.person("Вера Ким", roles=["editor"])
        changing.add_topics(factories.actor(editor), site().items["post:10"].public_id, "пенное")
        bring_in(**LATER)
        given = db.session.scalars(
            select(Topic.name).join(ContentTopic).where(ContentTopic.content_id == site().items["post:10"].id)
        )
        assert set(given) == {"ipa", "пенное"}

    def test_people_who_are_gone_but_followed_here_have_left(self, bring_in, site):
        bring_in(**THREAD)
        reader = factories.person("Лиана Гареева")
        factories.follow(reader, site().people["user:3"])
        cy, bob = site().people["user:3"].id, site().people["user:2"].id
        bring_in(Users=[dumps.user(1, "Ann")], Posts=[dumps.question(10, 1)])
        assert db.session.get(Person, cy, populate_existing=True).state == "left"
        nobody = db.session.get(Person, bob, populate_existing=True)
        assert (nobody.state, nobody.name, nobody.about) == ("left", "Former user", "")
        assert "user:2" not in site().people
        bring_in(**THREAD)
        assert db.session.get(Person, cy, populate_existing=True).state == "active"

    def test_a_topic_somebody_here_reads_stays_when_its_tag_is_gone(self, bring_in, site):
        bring_in(**THREAD)
        topic = site().topics["hops"]
        factories.subscribe(factories.person("Лиана Гареева"), topic)
        bring_in(**LATER)
        assert db.session.scalar(select(Topic.name).where(Topic.id == topic.id)) == "hops"

    def test_a_description_written_here_stays(self, bring_in, site):
        wiki = {"Id": 90, "PostTypeId": 5, "CreationDate": dumps.DAY, "Body": "<p>Theirs.</p>"}
        tags = [dumps.tag(1, "hops", WikiPostId=90)]
        bring_in(Users=THREAD["Users"], Posts=[*THREAD["Posts"], wiki], Tags=tags)
        assert site().topics["hops"].description == "Theirs."
        bring_in(
            Users=THREAD["Users"],
            Posts=[*THREAD["Posts"], wiki | {"Body": "<p>Theirs, newer.</p>"}],
            Tags=tags,
        )
        assert site().topics["hops"].description == "Theirs, newer."
        with unit_of_work():
            db.session.get(Topic, site().topics["hops"].id).description = "Ours."
        bring_in(
            Users=THREAD["Users"], Posts=[*THREAD["Posts"], wiki | {"Body": "<p>Newest.</p>"}], Tags=tags
        )
        assert site().topics["hops"].description == "Ours."

    def test_publications_of_ours_are_not_looked_at(self, bring_in, site):
        ours = content.publication()
        version = ours.version
        bring_in(**THREAD)
        bring_in()
        assert (reopened(ours).state, reopened(ours).version) == ("published", version)
        assert site().items == {}
        assert db.session.scalars(select(PersonMention)).all() == []
        assert db.session.scalars(select(ImportedRecord)).all() == []

    def test_listeners_hear_of_renamed_and_departed_people_only(self, bring_in, site):
        bring_in(**THREAD)
        with unit_of_work():
            db.session.execute(OutboxEvent.__table__.delete())
        bring_in(**LATER)
        names = set(db.session.scalars(select(OutboxEvent.name)))
        assert names <= {"PersonChanged", "PersonLeft", "TopicCreated"}


def _versions():
    return {row.id: row.version for row in db.session.execute(select(ContentItem.id, ContentItem.version))}


def _differences(one, other):
    return {name: (one[name], other[name]) for name in one if one[name] != other[name]}


def _two_ages(archive, folder, seed):
    """Two states of a dump, neither a part of the other: rows come and go, names and scores change."""
    import py7zr

    with py7zr.SevenZipFile(archive) as packed:
        packed.extractall(folder / "whole")
    chance = random.Random(seed)
    for age in ("earlier", "later"):
        (folder / age).mkdir()
        for file in sorted((folder / "whole").rglob("*.xml")):
            tree = ElementTree.parse(file)
            root = tree.getroot()
            for row in list(root):
                if chance.random() < 0.05:
                    root.remove(row)
                elif chance.random() < 0.05:
                    _change(row, chance)
            tree.write(folder / age / file.name, encoding="utf-8", xml_declaration=True)
    return folder / "earlier", folder / "later"


def _change(row, chance):
    changes = {
        "DisplayName": lambda name: f"{name} jr",
        "Score": lambda score: str(abs(int(score)) + chance.randrange(4)),
        "Body": lambda body: f"{body}<p>Changed @here #now.</p>",
        "Title": lambda title: f"{title} (again)",
        "Tags": lambda tags: "<discussion>",
        "Text": lambda text: f"{text} Changed.",
    }
    for name, change in changes.items():
        if name in row.attrib:
            row.set(name, change(row.get(name)))
