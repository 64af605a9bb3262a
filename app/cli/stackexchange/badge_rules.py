"""The badges of Stack Exchange sites that can be computed again from a dump, by the sites' public rules.

A rule is here when nothing it needs is missing from dumps, so that who it names was given the badge. It may miss some:
what was deleted since, or scored higher once, is not in the dump.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from app.core import clock

#: Whom a badge is given to; as often as they are named.
_Named = Iterator[int | None]


@dataclass(frozen=True, slots=True)
class Post:
    """A question or answer; people by their number there, None for removed accounts."""

    number: int
    owner: int | None
    at: int
    score: int
    views: int = 0
    #: The number of the question; its own for a question.
    question: int = 0


@dataclass
class Facts:
    """What is kept of a site, as far as badges are about it."""

    questions: dict[int, Post] = field(default_factory=dict)
    answers: dict[int, Post] = field(default_factory=dict)
    #: The accepted answer by question.
    accepted: dict[int, int] = field(default_factory=dict)
    #: How many comments somebody wrote.
    comments: Counter[int] = field(default_factory=Counter)
    #: Who offered a bounty on which question.
    bounties: list[tuple[int, int]] = field(default_factory=list)

    def by_question(self) -> dict[int, list[Post]]:
        """The answers of every question, oldest first."""
        found: defaultdict[int, list[Post]] = defaultdict(list)
        for answer in sorted(self.answers.values(), key=lambda each: (each.at, each.number)):
            found[answer.question].append(answer)
        return found


@dataclass(frozen=True, slots=True)
class BadgeRule:
    """How to compute a badge. `once`: a person has it at most once."""

    name: str
    named: Callable[[Facts], _Named]
    once: bool = False

    def award(self, facts: Facts) -> Counter[int]:
        """How often each person has the badge."""
        found = Counter(person for person in self.named(facts) if person is not None)
        return Counter(dict.fromkeys(found, 1)) if self.once else found


def _scoring(posts: str, least: int) -> Callable[[Facts], _Named]:
    return lambda facts: (post.owner for post in _of(facts, posts) if post.score >= least)


def _seen(least: int) -> Callable[[Facts], _Named]:
    return lambda facts: (post.owner for post in facts.questions.values() if post.views >= least)


def _of(facts: Facts, posts: str) -> Iterable[Post]:
    return facts.questions.values() if posts == "questions" else facts.answers.values()


def _scholar(facts: Facts) -> _Named:
    for question in facts.accepted:
        if question in facts.questions:
            yield facts.questions[question].owner


def _self_learner(facts: Facts) -> _Named:
    for answer in facts.answers.values():
        asked = facts.questions.get(answer.question)
        if asked is not None and asked.owner == answer.owner and answer.score >= 3:
            yield answer.owner


def _commentator(facts: Facts) -> _Named:
    yield from (person for person, number in facts.comments.items() if number >= 10)


def _enlightened(facts: Facts) -> _Named:
    """The first answer, accepted, with a score of ten; not to one's own question."""
    for question, answers in facts.by_question().items():
        first, asked = answers[0], facts.questions.get(question)
        chosen = facts.accepted.get(question) == first.number
        if asked is not None and chosen and first.score >= 10 and first.owner != asked.owner:
            yield first.owner


def _guru(facts: Facts) -> _Named:
    for number in facts.accepted.values():
        answer = facts.answers.get(number)
        if answer is not None and answer.score >= 40:
            yield answer.owner


def _necromancer(facts: Facts) -> _Named:
    for answer in facts.answers.values():
        if _waited(facts, answer) > 60 * clock.DAY and answer.score >= 5:
            yield answer.owner


def _revival(facts: Facts) -> _Named:
    """The first answer, after a month, with a score of two; not to one's own question."""
    for question, answers in facts.by_question().items():
        first, asked = answers[0], facts.questions.get(question)
        late = _waited(facts, first) > 30 * clock.DAY
        if asked is not None and late and first.score >= 2 and first.owner != asked.owner:
            yield first.owner


def _bounty(*, on_own: bool) -> Callable[[Facts], _Named]:
    return lambda facts: (
        person
        for person, question in facts.bounties
        if question in facts.questions and (facts.questions[question].owner == person) is on_own
    )


def _waited(facts: Facts, answer: Post) -> int:
    asked = facts.questions.get(answer.question)
    return answer.at - asked.at if asked is not None else 0


RULES: tuple[BadgeRule, ...] = (
    BadgeRule("Student", _scoring("questions", 1), once=True),
    BadgeRule("Nice Question", _scoring("questions", 10)),
    BadgeRule("Good Question", _scoring("questions", 25)),
    BadgeRule("Great Question", _scoring("questions", 100)),
    BadgeRule("Popular Question", _seen(1_000)),
    BadgeRule("Notable Question", _seen(2_500)),
    BadgeRule("Famous Question", _seen(10_000)),
    BadgeRule("Scholar", _scholar, once=True),
    BadgeRule("Teacher", _scoring("answers", 1), once=True),
    BadgeRule("Nice Answer", _scoring("answers", 10)),
    BadgeRule("Good Answer", _scoring("answers", 25)),
    BadgeRule("Great Answer", _scoring("answers", 100)),
    BadgeRule("Self-Learner", _self_learner, once=True),
    BadgeRule("Enlightened", _enlightened),
    BadgeRule("Guru", _guru),
    BadgeRule("Necromancer", _necromancer),
    BadgeRule("Revival", _revival),
    BadgeRule("Commentator", _commentator, once=True),
    BadgeRule("Promoter", _bounty(on_own=True), once=True),
    BadgeRule("Investor", _bounty(on_own=False), once=True),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule computes beside what the site gave."""

    badge: str
    computed: int
    given: int
    right: int


def check(facts: Facts, given: dict[str, Counter[int]]) -> Iterable[Found]:
    """Every rule that names somebody, or whose badge was given to somebody."""
    for rule in RULES:
        computed, there = rule.award(facts), given.get(rule.name, Counter())
        if computed or there:
            yield Found(rule.name, computed.total(), there.total(), (computed & there).total())
