"""The ledger of an imported site: each of its public rules, its bounds, later dumps, comparison with the site."""

import json

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from app.cli.stackexchange.arithmetic import Event, replay, replay_towards
from app.cli.stackexchange.ledger import label_of
from app.cli.stackexchange.run import Outcome
from app.core import clock
from app.core.clock import as_datetime
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.reputation.models import ELSEWHERE, Entry, Rule
from app.reputation.queries import rules_in_force, standing
from app.reputation.service import catch_up, settle_item, verify
from tests.factories import content, people
from tests.features.imports import dumps
from tests.features.imports.test_dump_import import THREAD

pytestmark = pytest.mark.slow

NEW_POINTS = "2019-11-13T00:00:00.000"
ANN, BOB = dumps.user(1, "Ann", Reputation=1), dumps.user(2, "Bob", Reputation=1)
ASKED = [dumps.question(10, 1), dumps.answer(11, 10, 2)]


@pytest.fixture
def points(bring_in, site):
    """Import a dump of two people and a thread; gives what each of them has, with a sound ledger."""

    def having(**tables):
        bring_in(**{"Users": [ANN, BOB], "Posts": ASKED, **tables})
        db.session.expire_all()
        assert list(verify()) == []
        found = site().people
        return tuple(standing(found[key].id).points for key in ("user:1", "user:2"))

    return having


def entries(**where):
    rows = db.session.scalars(select(Entry).filter_by(**where).order_by(Entry.id))
    return [(row.fact.partition(":")[2], row.rule, row.delta, row.gives) for row in rows]


class TestRules:
    def test_everybody_begins_with_one(self, points):
        assert points() == (1, 1)

    @pytest.mark.parametrize(
        ("votes", "asker", "answerer"),
        [
            ([dumps.vote(1, 10)], 6, 1),
            ([dumps.vote(1, 11)], 1, 11),
            ([dumps.vote(1, 11), dumps.vote(2, 11, 3)], 1, 9),
            ([dumps.vote(1, 11, 1)], 3, 16),
            ([dumps.vote(1, 10, 5, UserId=2), dumps.vote(2, 11, 10)], 1, 1),
        ],
        ids=["question up", "answer up", "down", "accepted", "favourites and deletions"],
    )
    def test_each_kind_of_vote(self, points, votes, asker, answerer):
        assert points(Votes=votes) == (asker, answerer)

    def test_a_question_is_worth_more_in_dumps_since_november_2019_for_the_whole_past(self, points):
        old = dumps.vote(1, 10)
        assert points(Votes=[old]) == (6, 1)
        assert points(Votes=[old, dumps.vote(2, 11, CreationDate=NEW_POINTS)]) == (11, 11)
        assert [entry[2:] for entry in entries(rule="se.question_up")] == [(5, True), (-5, False), (10, True)]

    def test_accepting_what_one_wrote_oneself_brings_nothing(self, points):
        assert points(Posts=[ASKED[0], dumps.answer(11, 10, 1)], Votes=[dumps.vote(1, 11, 1)]) == (1, 1)

    def test_a_bounty_is_taken_from_one_and_given_to_another(self, points):
        ups = [dumps.vote(number, 10) for number in range(1, 21)]
        offered = dumps.vote(30, 10, 8, UserId=1, BountyAmount=50)
        won = dumps.vote(31, 11, 9, BountyAmount=50)
        assert points(Votes=[*ups, offered, won]) == (1 + 100 - 50, 51)

    def test_posts_of_everybody_bring_nobody_points_from_that_day_on(self, points):
        votes = [dumps.vote(1, 11), dumps.vote(2, 11, CreationDate="2014-03-01T00:00:00.000")]
        wiki = dumps.answer(11, 10, 2, CommunityOwnedDate="2014-02-01T08:00:00.000")
        assert points(Posts=[ASKED[0], wiki], Votes=votes) == (1, 11)
        born = dumps.answer(11, 10, 2, CommunityOwnedDate="2014-01-22T08:00:00.000")
        assert points(Posts=[ASKED[0], born], Votes=votes) == (1, 1)

    def test_an_approved_edit_brings_two_to_who_suggested_it(self, points):
        suggested = [
            dumps.history(1, 10, 5, "Better", 1, editor=2),
            dumps.history(2, 10, 24, "", 1, editor=1),
        ]
        assert points(PostHistory=[*suggested, dumps.history(3, 11, 5, "Mine", 2, editor=1)]) == (1, 3)

    def test_authors_without_an_account_have_no_points(self, points):
        gone = [dumps.question(10, None, OwnerDisplayName="Eve"), dumps.answer(11, 10, 2)]
        assert points(Posts=gone, Votes=[dumps.vote(1, 10), dumps.vote(2, 11, 1)]) == (1, 16)

    def test_the_association_bonus_is_inferred_where_the_stated_total_is_nearer_with_it(self, points):
        users = [dumps.user(1, "Ann", Reputation=101), dumps.user(2, "Bob", Reputation=43)]
        assert points(Users=users) == (101, 1)

    def test_on_a_meta_site_votes_bring_nothing(self, bring_in_path, tmp_path):
        bring_in_path(dumps.write_dump(tmp_path / "coffee.meta.stackexchange.com", **THREAD))
        assert entries() == []


class TestBounds:
    def test_votes_up_of_a_day_bring_two_hundred_and_acceptance_more(self, points):
        ups = [dumps.vote(number, 11) for number in range(1, 26)]
        assert points(Votes=[*ups, dumps.vote(40, 11, 1)]) == (3, 1 + 200 + 15)
        capped = entries(limited="daily_cap")
        assert [entry[2] for entry in capped] == [0] * 5
        more = dumps.vote(50, 11, CreationDate="2014-01-25T00:00:00.000")
        assert points(Votes=[*ups, dumps.vote(40, 11, 1), more])[1] == 226

    def test_a_vote_down_makes_room_for_one_up(self, points):
        ups = [dumps.vote(number, 11) for number in range(1, 21)]
        assert points(Votes=[*ups, dumps.vote(30, 11, 3), dumps.vote(31, 11)])[1] == 1 + 200

    def test_nobody_has_less_than_one(self, points):
        downs = [dumps.vote(number, 11, 3) for number in range(1, 4)]
        later = dumps.vote(9, 11, CreationDate="2014-01-26T00:00:00.000")
        assert points(Votes=[*downs, later]) == (1, 11)

    def test_edits_bring_a_thousand_in_all(self):
        joined = Event(0, 0, "", "user:1")
        worth = {"se.start": 1, "se.edit": 2}
        edits = [Event(number // 50, number, "se.edit", f"suggested:{number}") for number in range(600)]
        assert sum(each.delta for each in replay(edits, worth, joined, with_bonus=False)) == 1001

    def test_a_bonus_that_would_lead_away_is_not_taken_for_given(self):
        joined, worth = Event(0, 0, "", "user:1"), {"se.start": 1, "se.association": 100}
        assert [len(replay_towards([], worth, joined, stated)) for stated in (1, 51, 52, 101)] == [1, 1, 2, 2]

    def test_facts_have_room_for_long_site_names(self):
        names = [f"{'a' * 60}.{end}" for end in ("example", "invalid")]
        assert len({label_of(name) for name in names}) == 2
        assert max(len(label_of(name)) for name in names) == 40


class TestLedger:
    def test_entries_have_the_dates_of_the_site_and_point_at_its_rules(self, points):
        points(Votes=[dumps.vote(7, 11)])
        entry = db.session.scalars(select(Entry).where(Entry.rule == "se.answer_up")).one()
        assert as_datetime(entry.happened_at).isoformat() == "2014-01-24T00:00:00+00:00"
        assert entry.source == "import:beer.stackexchange.com:vote:7"
        assert db.session.get(Rule, entry.rule_id).points == 10
        begun = db.session.scalars(select(Entry).where(Entry.rule == "se.start")).first()
        assert as_datetime(begun.happened_at).isoformat() == "2014-01-21T20:26:05.383000+00:00"

    def test_the_same_dump_again_writes_nothing(self, bring_in):
        bring_in(**THREAD)
        before = entries()
        report = bring_in(**THREAD)
        assert entries() == before
        assert report.tally.of("points", Outcome.UNCHANGED) == len(before)

    def test_a_vanished_vote_is_taken_back_and_given_again_when_it_returns(self, points):
        one, two = dumps.vote(1, 11), dumps.vote(2, 11)
        assert points(Votes=[one, two])[1] == 21
        assert points(Votes=[one])[1] == 11
        assert points(Votes=[one, two])[1] == 21
        assert points(Votes=[one])[1] == 11
        assert [entry[2:] for entry in entries(fact="beer.stackexchange.com:vote:2")] == [
            (10, True), (-10, False), (10, True), (-10, False),
        ]  # fmt: skip

    def test_what_a_vanished_vote_had_pushed_beyond_the_cap_counts_instead(self, points):
        ups = [dumps.vote(number, 11) for number in range(1, 22)]
        assert points(Votes=ups)[1] == 201
        assert points(Votes=ups[1:])[1] == 201

    def test_nothing_is_taken_back_when_votes_are_missing(self, bring_in, points):
        assert points(Votes=[dumps.vote(1, 11), dumps.vote(2, 11)])[1] == 21
        broken = dumps.xml("votes", [dumps.vote(1, 11)]).replace("</votes>", "")
        assert points(Votes=broken)[1] == 21

    def test_an_interrupted_import_is_completed_by_repeating_it(self, points, monkeypatch):
        def fail(rows):
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr("app.cli.stackexchange.ledger._add_to_balances", fail)
            with pytest.raises(KeyboardInterrupt):
                points(Votes=[dumps.vote(1, 11)])
        db.session.rollback()
        assert points(Votes=[dumps.vote(1, 11)]) == (1, 11)

    def test_who_is_gone_keeps_no_points_and_no_name(self, bring_in, points):
        points(Votes=[dumps.vote(1, 11)])
        bring_in(Users=[ANN], Posts=[ASKED[0]])
        assert list(verify()) == []
        bob = db.session.scalars(select(Entry.person_id).where(Entry.rule == "se.answer_up")).first()
        assert standing(bob).points == 0
        assert points(Votes=[dumps.vote(1, 11)]) == (1, 11)

    def test_two_sites_do_not_mix(self, bring_in, bring_in_path, site, tmp_path):
        bring_in(**THREAD)
        bring_in_path(dumps.write_dump(tmp_path / "coffee.stackexchange.com", **THREAD))
        number = len(entries())
        bring_in(**THREAD)
        assert len(entries()) == number
        other = site("coffee.stackexchange.com").people["user:2"]
        assert standing(other.id).points == 1 + 100 + 10 + 15

    def test_what_people_here_do_with_imported_content_leaves_the_sites_points_alone(self, points, site):
        assert points(Votes=[dumps.vote(1, 11)]) == (1, 11)
        reader = people.person()
        content.like(site().items["post:11"], by=reader)
        with unit_of_work():
            settle_item(site().items["post:11"].id, "event:test")
        catch_up()
        assert points(Votes=[dumps.vote(1, 11)])[1] >= 11
        assert [entry[2:] for entry in entries(rule="se.answer_up")] == [(10, True)]

    def test_rules_of_sites_never_pay_for_acts_here(self, points):
        points()
        codes = set(db.session.scalars(select(Rule.act).where(Rule.code.startswith("se."))))
        assert codes == {ELSEWHERE}
        assert ELSEWHERE not in {rule.act for rule in rules_in_force(clock.now())}
        author = people.person()
        content.publication(author, "Ours")
        catch_up()
        assert db.session.scalar(
            select(func.count()).where(Entry.person_id == author.id, Entry.rule.startswith("se."))
        ) == 0  # fmt: skip

    def test_entries_cannot_be_changed(self, points):
        points()
        with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
            db.session.execute(text("UPDATE reputation_entries SET delta = 5"))


class TestComparison:
    @pytest.fixture
    def said(self, flask_app, database):
        """Run the command; gives its exit code, its words and its JSON."""

        def running(*options):
            result = flask_app.test_cli_runner().invoke(args=["reputation", "replay-stackexchange", *options])
            lines = result.output.strip().splitlines()
            return result.exit_code, result.output, json.loads(lines[-1]) if not result.exit_code else None

        return running

    def test_it_counts_whose_total_is_what_the_site_says(self, bring_in, said):
        users = [
            dumps.user(1, "Ann", Reputation=6), dumps.user(2, "Bob", Reputation=14), dumps.user(3, "Cy", Reputation=40),
            dumps.user(4, "Dee", Reputation=1),
        ]  # fmt: skip
        posts = [*ASKED, dumps.answer(12, 10, 3)]
        bring_in(Users=users, Posts=posts, Votes=[dumps.vote(1, 10), dumps.vote(2, 11), dumps.vote(3, 12)])
        code, words, told = said("--site", "beer.stackexchange.com")
        assert (code, told["sites"]) == (
            0,
            [
                {
                    "site": "beer.stackexchange.com", "comparable": True, "active": 3, "exact": 1,
                    "exact_share": 0.3333, "near": 2, "near_share": 0.6667,
                }
            ],
        )  # fmt: skip
        assert "3 active users" in words

    def test_a_meta_site_is_not_compared(self, bring_in_path, said, tmp_path):
        bring_in_path(dumps.write_dump(tmp_path / "coffee.meta.stackexchange.com", **THREAD))
        _, words, told = said()
        assert told["sites"][0]["comparable"] is False
        assert "a meta site" in words

    def test_a_site_that_was_not_imported_is_said_to_be_none(self, said):
        code, words, _ = said("--site", "nowhere.example")
        assert code == 1
        assert "No site called nowhere.example was imported." in words
