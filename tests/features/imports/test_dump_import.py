"""Bringing a dump in: everything it says is there afterwards, whatever state it is in."""

import pytest
from sqlalchemy import func, select

from app.cli.stackexchange.badge_facts import given_badges, read_facts
from app.cli.stackexchange.badge_rules import check
from app.cli.stackexchange.comparing import compare, sites
from app.cli.stackexchange.run import Outcome
from app.content.models import ContentItem, ImportedRecord, Reaction, Source
from app.core import clock
from app.core.clock import as_datetime
from app.core.db import db
from app.core.outbox import OutboxEvent
from app.reputation.service import verify
from app.topics.models import Topic
from tests import factories
from tests.features.imports import dumps

pytestmark = pytest.mark.slow

ANN, BOB, CY = dumps.user(1, "Ann Alder"), dumps.user(2, "Bob"), dumps.user(3, "Cy Young")
THREAD = {
    "Users": [ANN, BOB, CY],
    "Posts": [
        dumps.question(10, 1, "Why hops?", AcceptedAnswerId=11, Score=2, LastEditDate="2014-02-01T00:00:00"),
        dumps.answer(11, 10, 2, Score=1),
        dumps.answer(12, 10, 3),
    ],
    "Comments": [dumps.comment(20, 10, 3, Score=2), dumps.comment(21, 11, 1)],
    "Votes": [
        dumps.vote(1, 10), dumps.vote(2, 10), dumps.vote(3, 11), dumps.vote(4, 11, 1), dumps.vote(5, 12, 3),
        dumps.vote(6, 10, 5, UserId=3),
    ],
}  # fmt: skip


def reasons(report):
    return [(problem.file, problem.row, problem.reason) for problem in report.problems]


class TestThreads:
    def test_a_question_comes_with_answers_comments_likes_and_acceptance(self, bring_in, site):
        report = bring_in(**THREAD)
        items, people = site().items, site().people
        question, answer, other = items["post:10"], items["post:11"], items["post:12"]
        on_question, on_answer = items["comment:20"], items["comment:21"]
        assert (question.kind, question.title, question.state) == ("question", "Why hops?", "published")
        assert (answer.kind, answer.root_id, answer.parent_id) == ("answer", question.id, None)
        assert (on_question.kind, on_question.root_id, on_question.parent_id) == (
            "comment",
            question.id,
            None,
        )
        assert (on_answer.root_id, on_answer.parent_id) == (question.id, answer.id)
        assert question.author_id == people["user:1"].id
        assert (question.likes_count, answer.likes_count, other.likes_count, on_question.likes_count) == (
            2,
            1,
            0,
            2,
        )
        assert (question.comments_count, question.answers_count) == (4, 2)
        snapshot = site().snapshot()
        assert snapshot["accepted"]["post:10"][:2] == ("post:11", "user:1")
        assert as_datetime(snapshot["accepted"]["post:10"][2]).isoformat() == "2014-01-24T00:00:00+00:00"
        assert report.tally.of("answers", Outcome.ADDED) == 2
        assert reasons(report) == []

    def test_dates_are_those_of_the_source(self, bring_in, site):
        bring_in(**THREAD)
        question = site().items["post:10"]
        assert as_datetime(question.published_at).isoformat() == "2014-01-21T20:26:05.383000+00:00"
        assert as_datetime(question.edited_at).isoformat() == "2014-02-01T00:00:00+00:00"
        assert question.activity_at == site().items["comment:20"].published_at

    def test_everything_leads_back_to_where_it_was_written_and_by_whom(self, bring_in, site):
        bring_in(**THREAD)
        origins = site().origins
        assert origins["post:10"].url == "https://beer.stackexchange.com/q/10"
        assert origins["post:11"].url == "https://beer.stackexchange.com/a/11"
        assert origins["comment:20"].url == "https://beer.stackexchange.com/posts/comments/20"
        assert (origins["post:11"].author_name, origins["post:11"].author_url) == (
            "Bob", "https://beer.stackexchange.com/users/2",
        )  # fmt: skip
        assert (origins["post:10"].licence, origins["post:10"].score) == ("CC BY-SA 3.0", 2)
        source = db.session.scalars(select(Source)).one()
        assert (source.name, source.url) == (
            "Stack Exchange (beer.stackexchange.com)", "https://beer.stackexchange.com",
        )  # fmt: skip

    def test_html_becomes_our_markup_and_is_safe(self, bring_in, site):
        body = '<p>See <b>this</b> #one @bob <a href="/q/5">there</a> <script>alert(1)</script>$x_1^2$</p><img src="http://x.org/a.png">'
        bring_in(Users=[ANN], Posts=[dumps.question(1, 1, Body=body)])
        item = site().items["post:1"]
        assert "**this**" in item.body_source
        assert "https://beer.stackexchange.com/q/5" in item.body_html
        assert "$x\\_1^2$" in item.body_source or "$x_1^2$" in item.body_source
        for gone in ("<script", "<img", 'class="topic"', 'class="mention"'):
            assert gone not in item.body_html

    def test_a_very_long_post_is_formatted_to_its_end(self, bring_in, site):
        body = "".join(f"<p>Paragraph <b>{number}</b> {'word ' * 40}</p>" for number in range(120))
        bring_in(Users=[ANN], Posts=[dumps.question(1, 1, Body=body)])
        item = site().items["post:1"]
        assert len(item.body_source) > 20_000
        assert "<strong>119</strong>" in item.body_html

    def test_nobody_is_told_of_anything(self, bring_in):
        bring_in(**THREAD)
        names = set(db.session.scalars(select(OutboxEvent.name)))
        assert names <= {"TopicCreated"}


class TestPeople:
    def test_users_are_people_with_their_names_and_handles(self, bring_in, site):
        bring_in(Users=[ANN, dumps.user(2, "Ann Alder"), dumps.user(3, "\u200b"), dumps.user(4, "Ольга")])
        people = site().people
        assert [(people[f"user:{n}"].name, people[f"user:{n}"].handle) for n in (1, 2, 3, 4)] == [
            ("Ann Alder", "ann.alder"), ("Ann Alder", "ann.alder2"), ("user3", "user3"), ("Ольга", "ольга"),
        ]  # fmt: skip
        assert people["user:1"].personnel_number == "beer.stackexchange.com/1"
        assert people["user:1"].source == "stackexchange"

    def test_what_users_say_of_themselves_is_taken_over(self, bring_in, site):
        bring_in(Users=[dumps.user(1, "Ann", AboutMe="<p>I <i>brew</i>.</p>")])
        person = site().people["user:1"]
        assert (person.about, person.about_html) == ("I *brew*.", "<p>I <em>brew</em>.</p>\n")

    def test_the_site_itself_is_nobody_to_meet(self, bring_in, site):
        bring_in(Users=[dumps.user(-1, "Community")], Posts=[dumps.question(1, -1)])
        assert site().people["user:-1"].state == "left"
        assert site().items["post:1"].author_id == site().people["user:-1"].id

    def test_removed_owners_keep_their_name_or_share_one_place(self, bring_in, site):
        report = bring_in(
            Users=[ANN],
            Posts=[
                dumps.question(1, None, OwnerDisplayName="user77"), dumps.answer(2, 1, None, OwnerDisplayName="user77"),
                dumps.answer(3, 1, None), dumps.answer(4, 1, 99),
            ],
            Comments=[dumps.comment(5, 1, None, UserDisplayName="old friend")],
        )  # fmt: skip
        found = site()
        authors = {key: found.person_keys[item.author_id] for key, item in found.items.items()}
        names = {key: found.people[authors[key]].name for key in authors}
        assert names == {
            "post:1": "user77", "post:2": "user77", "post:3": "Former user", "post:4": "user99",
            "comment:5": "old friend",
        }  # fmt: skip
        assert authors["post:1"] == authors["post:2"]
        assert {found.people[key].state for key in authors.values()} == {"left"}
        assert found.origins["post:1"].author_name == "user77"
        assert {origin.author_url for origin in found.origins.values()} == {""}
        assert reasons(report) == []

    def test_a_handle_of_somebody_here_is_not_taken(self, bring_in, site):
        factories.person("Ann Alder", handle="ann.alder")
        bring_in(Users=[ANN])
        assert site().people["user:1"].handle == "ann.alder2"


class TestMentions:
    def test_a_name_means_the_one_person_of_the_thread_who_has_it(self, bring_in, site):
        bring_in(
            Users=[ANN, BOB, CY, dumps.user(4, "Dee"), dumps.user(5, "Cyril")],
            Posts=[dumps.question(1, 1), dumps.answer(2, 1, 2)],
            Comments=[
                dumps.comment(1, 1, 3, "@AnnAlder: yes, @bob. And @dee? mail a@bob.org"),
                dumps.comment(2, 2, 5, "@cy or @Cyr or @ann's"),
                dumps.comment(3, 1, 2, "`@bob` #hops"),
            ],
        )
        found = site()
        assert found.snapshot()["mentions"] == {
            ("comment:1", "user:1"), ("comment:1", "user:2"), ("comment:2", "user:5"), ("comment:2", "user:1"),
        }  # fmt: skip
        first = found.items["comment:1"]
        assert first.body_source == "@ann.alder: yes, @bob. And \\@dee? mail a@bob.org"
        assert first.body_html.count('class="mention"') == 2
        assert "@Ann Alder</a>: yes" in first.body_html
        assert 'class="topic"' not in found.items["comment:3"].body_html

    def test_a_name_that_two_share_means_neither(self, bring_in, site):
        bring_in(
            Users=[ANN, dumps.user(2, "Ann Alder")],
            Posts=[dumps.question(1, 1), dumps.answer(2, 1, 2)],
            Comments=[dumps.comment(1, 1, 1, "@AnnAlder indeed")],
        )
        assert site().snapshot()["mentions"] == set()


class TestTopics:
    def test_tags_are_topics_with_their_wiki_as_description(self, bring_in, site):
        bring_in(
            Users=[ANN],
            Posts=[
                dumps.question(1, 1, Tags="<hops><c++>"), dumps.question(2, 1, Tags="|hops|"),
                {"Id": 3, "PostTypeId": 4, "CreationDate": dumps.DAY, "Body": "About hops."},
                {"Id": 4, "PostTypeId": 5, "CreationDate": dumps.DAY, "Body": "<p>Hops are <b>flowers</b>.</p>"},
                {"Id": 5, "PostTypeId": 5, "CreationDate": dumps.DAY, "Body": ""},
            ],
            Tags=[dumps.tag(1, "hops", ExcerptPostId=3, WikiPostId=4), dumps.tag(2, "unused", WikiPostId=5)],
        )  # fmt: skip
        topics = site().topics
        assert {key: topic.publications_count for key, topic in topics.items()} == {
            "hops": 2,
            "cpp": 1,
            "unused": 0,
        }
        assert topics["hops"].description == "About hops.\n\nHops are **flowers**."
        assert topics["unused"].description == ""

    def test_an_excerpt_that_the_wiki_repeats_is_said_once(self, bring_in, site):
        bring_in(
            Posts=[
                {"Id": 3, "PostTypeId": 4, "CreationDate": dumps.DAY, "Body": "About hops."},
                {
                    "Id": 4,
                    "PostTypeId": 5,
                    "CreationDate": dumps.DAY,
                    "Body": "<p>About hops. They grow.</p>",
                },
            ],
            Tags=[dumps.tag(1, "hops", ExcerptPostId=3, WikiPostId=4)],
        )
        assert site().topics["hops"].description == "About hops. They grow."

    def test_a_topic_that_people_here_made_is_joined_and_their_words_stay(self, bring_in, site):
        ours = factories.topic("Hops")
        ours.description = "Ours."
        db.session.commit()
        bring_in(
            Users=[ANN],
            Posts=[
                dumps.question(1, 1),
                {"Id": 4, "PostTypeId": 5, "CreationDate": dumps.DAY, "Body": "<p>Theirs.</p>"},
            ],
            Tags=[dumps.tag(1, "hops", WikiPostId=4)],
        )
        joined = site().topics["hops"]
        assert (joined.id, joined.title, joined.description) == (ours.id, "Hops", "Ours.")

    def test_a_dump_without_tags_still_gives_its_questions_topics(self, bring_in, site):
        bring_in(Users=[ANN], Posts=[dumps.question(1, 1, Tags="<hops><ipa>")], Tags="")
        assert site().snapshot()["given"] == {("post:1", "hops"), ("post:1", "ipa")}


def test_an_interrupted_import_is_completed_by_repeating_it(bring_in, site, monkeypatch):
    def fail(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("app.cli.stackexchange.importer.import_acceptance", fail)
        with pytest.raises(KeyboardInterrupt):
            bring_in(**THREAD)
    assert len(site().items) == 5
    bring_in(**THREAD)
    interrupted = site().snapshot()
    assert interrupted["accepted"]["post:10"][0] == "post:11"
    assert site().items["post:10"].comments_count == 4


def test_two_sites_live_side_by_side(bring_in, bring_in_path, site, tmp_path):
    bring_in(**THREAD)
    bring_in_path(dumps.write_dump(tmp_path / "coffee.stackexchange.com", **THREAD))
    assert len(site().items) == len(site("coffee.stackexchange.com").items) == 5
    assert db.session.scalar(select(func.count()).select_from(ContentItem)) == 10
    assert site().topics["hops"].id == site("coffee.stackexchange.com").topics["hops"].id
    assert db.session.scalars(select(Topic)).one().publications_count == 2


@pytest.mark.only_on("sqlite")
def test_the_beer_dump(bring_in_path, site, sample, has_time):
    report = bring_in_path(sample("stackexchange/beer.stackexchange.com.7z"))
    added = {
        what: report.tally.of(what, Outcome.ADDED) for what in ("questions", "answers", "comments", "topics")
    }
    assert added == {"questions": 1029, "answers": 2277, "comments": 3509, "topics": 153}
    assert [(group.file, group.count) for group in report.problems.groups()] == [
        ("PostLinks.xml", 7), ("Posts.xml", 3), ("Votes.xml", 1485),
    ]  # fmt: skip
    found = site("beer.stackexchange.com")
    assert sum(key.startswith("user:") and "removed" not in key for key in found.people) == 6863
    accepted = found.snapshot()["accepted"]
    assert sum(answer is not None for answer, _, _ in accepted.values()) == 619
    likes = select(func.count()).where(Reaction.source_key.startswith("vote:"))
    assert db.session.scalar(likes) == 15_395 - 242
    kept = select(func.count()).where(ImportedRecord.key.startswith("vote:"))
    assert db.session.scalar(kept) == 18_564 - 1_485
    assert sum(item.answers_count for item in found.items.values()) == 2277
    (result,) = map(compare, sites())
    assert result.active > 1000
    assert result.exact / result.active > 0.92
    assert result.near / result.active > 0.99
    badges = {each.badge: each for each in check(read_facts(sites()[0]), given_badges(sites()[0]))}
    assert all(each.right == each.computed for each in badges.values())
    assert sum(each.computed > 0 for each in badges.values()) == 18
    assert list(verify()) == []
    assert db.session.scalars(select(Source)).one().imported_at <= clock.now()
