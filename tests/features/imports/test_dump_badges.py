"""Badges computed again from what was imported: every rule, and the comparison with those that were given."""

import json

import pytest

from app.cli.stackexchange.badge_facts import read_facts
from app.cli.stackexchange.badge_rules import RULES
from app.cli.stackexchange.comparing import sites
from tests.features.imports import dumps

USERS = [dumps.user(1, "Ann"), dumps.user(2, "Bob")]
LATE = "2014-04-01T08:00:00.000"


def ups(post, number, first=100):
    return [dumps.vote(first + each, post) for each in range(number)]


@pytest.fixture
def awarded(bring_in):
    """Import a dump of two people; gives who is named how often, by badge."""

    def awarding(*posts, votes=(), **tables):
        bring_in(Users=USERS, Posts=posts, Votes=votes, **tables)
        facts = read_facts(sites()[0])
        return {rule.name: dict(found) for rule in RULES if (found := rule.award(facts))}

    return awarding


@pytest.mark.parametrize(
    ("score", "names"),
    [
        (0, set()),
        (1, {"Student"}),
        (10, {"Student", "Nice Question"}),
        (25, {"Student", "Nice Question", "Good Question"}),
        (100, {"Student", "Nice Question", "Good Question", "Great Question"}),
    ],
)
def test_questions_by_score(awarded, score, names):
    assert set(awarded(dumps.question(10, 1), votes=ups(10, score))) == names


@pytest.mark.parametrize(
    ("views", "names"),
    [
        (999, set()),
        (1000, {"Popular Question"}),
        (2500, {"Popular Question", "Notable Question"}),
        (10000, {"Popular Question", "Notable Question", "Famous Question"}),
    ],
)
def test_questions_by_views(awarded, views, names):
    assert set(awarded(dumps.question(10, 1, ViewCount=views))) == names


@pytest.mark.parametrize(
    ("score", "names"),
    [
        (1, {"Teacher"}),
        (10, {"Teacher", "Nice Answer"}),
        (25, {"Teacher", "Nice Answer", "Good Answer"}),
        (100, {"Teacher", "Nice Answer", "Good Answer", "Great Answer"}),
    ],
)
def test_answers_by_score(awarded, score, names):
    assert set(awarded(dumps.question(10, 1), dumps.answer(11, 10, 2), votes=ups(11, score))) == names


def test_votes_down_count_against(awarded):
    votes = [*ups(10, 10), dumps.vote(1, 10, 3)]
    assert awarded(dumps.question(10, 1), votes=votes) == {"Student": {1: 1}}


def test_some_badges_are_given_again_and_some_once(awarded):
    found = awarded(dumps.question(10, 1), dumps.question(20, 1), votes=[*ups(10, 10), *ups(20, 10, 200)])
    assert found == {"Student": {1: 1}, "Nice Question": {1: 2}}


def test_accepting_answering_oneself_and_commenting(awarded):
    found = awarded(
        dumps.question(10, 1, AcceptedAnswerId=11),
        dumps.answer(11, 10, 1),
        votes=ups(11, 3),
        Comments=[dumps.comment(number, 10, 2) for number in range(20, 30)],
    )
    assert found == {"Scholar": {1: 1}, "Teacher": {1: 1}, "Self-Learner": {1: 1}, "Commentator": {2: 1}}


def test_the_first_answer_when_it_is_accepted(awarded):
    first, second = dumps.answer(11, 10, 2), dumps.answer(12, 10, 1, CreationDate="2014-01-22T09:00:00.000")
    found = awarded(dumps.question(10, 1, AcceptedAnswerId=11), first, second, votes=ups(11, 40))
    assert found["Enlightened"] == found["Guru"] == {2: 1}
    found = awarded(dumps.question(10, 2, AcceptedAnswerId=12), first, second, votes=ups(12, 10))
    assert "Enlightened" not in found


def test_answers_that_come_late(awarded):
    found = awarded(dumps.question(10, 1), dumps.answer(11, 10, 2, CreationDate=LATE), votes=ups(11, 5))
    assert (found["Necromancer"], found["Revival"]) == ({2: 1}, {2: 1})
    found = awarded(
        dumps.question(10, 1),
        dumps.answer(9, 10, 1),
        dumps.answer(11, 10, 2, CreationDate=LATE),
        votes=ups(11, 5),
    )
    assert "Necromancer" in found
    assert "Revival" not in found


def test_bounties_on_questions_of_ones_own_and_of_others(awarded):
    votes = [dumps.vote(1, 10, 8, UserId=1, BountyAmount=50), dumps.vote(2, 10, 8, UserId=2, BountyAmount=50)]
    assert awarded(dumps.question(10, 1), votes=votes) == {"Promoter": {1: 1}, "Investor": {2: 1}}
    nobody = [dumps.vote(1, 10, 8, UserId=-1, BountyAmount=50)]
    assert awarded(dumps.question(10, 1), votes=nobody) == {}


def test_the_command_compares_them_with_those_that_were_given(bring_in, flask_app):
    bring_in(
        Users=USERS,
        Posts=[dumps.question(10, 1), dumps.question(20, 2)],
        Votes=[*ups(10, 1), *ups(20, 1, 200)],
        Badges=[dumps.badge(1, 1, "Student"), dumps.badge(2, 2, "Scholar")],
    )
    result = flask_app.test_cli_runner().invoke(args=["reputation", "check-badges"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.output.strip().splitlines()[-1])["sites"]
    assert told == [
        {
            "site": "beer.stackexchange.com",
            "precision": 0.5,
            "badges": [
                {"badge": "Student", "computed": 2, "given": 1, "right": 1, "precision": 0.5, "recall": 1.0},
                {"badge": "Scholar", "computed": 0, "given": 1, "right": 0, "precision": None, "recall": 0.0},
            ],
        }
    ]
