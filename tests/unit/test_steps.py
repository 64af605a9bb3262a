"""Which steps are put before somebody."""

from dataclasses import dataclass

import pytest

from app.reputation.queries.steps import Chance, Earned, choose


@dataclass(frozen=True)
class Rule:
    code: str
    act: str
    points: int
    pays: str = "doer"
    account: str = "reputation"
    daily_cap: int | None = None
    priority_percent: int = 100
    only_priority: bool = False


NEWS = Rule("news_published", "published", 10, daily_cap=50)
COMMENT = Rule("comment_written", "commented", 2, daily_cap=20, priority_percent=150)
ANSWER = Rule("answer_written", "answered", 4, daily_cap=40)
CHOSEN = Rule("answer_chosen", "accepted", 2)
ACCEPTED = Rule("answer_accepted", "accepted", 25, pays="other")
LIKED = Rule("useful_like", "liked", 1, pays="other")
RULES = (NEWS, COMMENT, ANSWER, CHOSEN, ACCEPTED, LIKED)

write = Chance("published", "/?write")
comment = Chance("commented", "/p/news#reply")
in_priority = Chance("commented", "/p/priority#reply", topic="акция", priority=True)
answer = Chance("answered", "/p/question#reply")
accept = Chance("accepted", "/p/mine")
DONE = {rule.code: Earned(ever=True) for rule in RULES}


def acts(steps):
    return [step.chance.act for step in steps]


def test_what_was_never_done_comes_first():
    done = {**DONE, "news_published": Earned()}
    steps = choose(RULES, done, [comment, answer, accept, write])
    assert acts(steps)[0] == "published"
    assert [step.first for step in steps] == [True, False]


def test_otherwise_what_is_worth_most_for_least():
    steps = choose(RULES, DONE, [comment, answer, accept, write], most=4)
    assert acts(steps) == ["accepted", "published", "answered", "commented"]


def test_two_steps_and_never_two_of_a_kind():
    steps = choose(RULES, DONE, [comment, in_priority, comment])
    assert [(step.chance, step.points) for step in steps] == [(in_priority, 3)]
    assert len(choose(RULES, DONE, [comment, answer, accept, write])) == 2


def test_a_used_up_day_is_not_suggested():
    done = {**DONE, "comment_written": Earned(True, 20), "news_published": Earned(True, 44)}
    steps = choose(RULES, done, [comment, write])
    assert [(step.chance.act, step.points) for step in steps] == [("published", 6)]


@pytest.mark.parametrize(
    "rules",
    [
        (),
        (Rule("off", "commented", 0),),
        (Rule("bonus", "commented", 5, account="bonus"),),
        (Rule("elsewhere", "commented", 5, only_priority=True),),
        (Rule("theirs", "commented", 5, pays="other"),),
    ],
)
def test_what_pays_nothing_is_never_suggested(rules):
    assert choose(rules, {}, [comment]) == ()


def test_a_rule_for_priority_topics_pays_there():
    rule = Rule("only", "commented", 5, only_priority=True)
    assert choose([rule], {}, [comment, in_priority])[0].chance is in_priority


def test_rules_for_the_same_act_add_up():
    more = Rule("campaign", "commented", 5)
    assert choose([COMMENT, more], {}, [comment])[0].points == 7


def test_an_answer_says_what_it_may_bring_later():
    assert choose(RULES, DONE, [answer])[0].later == 25
    assert choose([ANSWER], DONE, [answer])[0].later == 0


def test_nothing_is_suggested_when_nothing_can_be_done():
    assert choose(RULES, {}, []) == ()
