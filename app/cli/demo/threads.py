"""How a thread unfolds: who says which line when, and what others make of it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from app.cli.demo.crowds import Crowds
from app.cli.demo.phrases import Piece, Text, compose, fill
from app.cli.demo.rhythm import Rhythm
from app.cli.demo.society import GroupPlan
from app.cli.demo.stories import AddedTopics, Complaint, Like, Place, Remark, Story
from app.cli.demo.voices import Thread, Voice
from app.core.clock import DAY, HOUR, MINUTE

#: Share of commented questions on which nobody answers.
_NEVER_ANSWERED = 0.08
_ACCEPTED = 0.78


class Unfolding:
    """Writes one thread: `opening` first, then `remarks`."""

    def __init__(self, crowds: Crowds, rhythm: Rhythm, thread: Thread, variant: int, place: Place) -> None:
        self.crowds = crowds
        self.rhythm = rhythm
        self.thread = thread
        self.case = thread.case
        self.variant = variant
        self.rng: Random = thread.rng
        self.place = place
        self.moment = thread.moment
        self.remarks: list[Remark] = []
        self.complaints: list[Complaint] = []
        self.answer: int | None = None
        self._asked_back: int | None = None
        self._reply: str = ""

    # What begins the thread.

    def opening(self) -> tuple[Text, tuple[str, ...]]:
        """The publication's text, and the case's topics that it does not name."""
        rng, case, voice = self.rng, self.case, Voice(self.thread, self.thread.beginner, own=True)
        pieces: list[Piece | None] = []
        if rng.random() < 0.35:
            pieces.append(self._from_pool("news-greetings" if case.news else "greetings", voice))
        pieces.append(fill(case.openings[self.variant - 1].template, voice))
        details = case.fitting("+", self.variant)
        for chance in (0.75, 0.4):
            if details and rng.random() < chance:
                template = self.thread.pick([one for one in details if one not in self.thread.used])
                pieces.append(fill(template, voice) if template else None)
        background = "situation" if not case.news else "scene" if case.beginner == "shop" else "frame"
        for chance in (0.95, 0.75, 0.2):
            pieces.append(self._perhaps(chance, background, voice))
        if not case.news:
            pieces.append(self._perhaps(0.4, "urgency", voice))
        said = [piece for piece in pieces if piece is not None] or [self._fallback()]
        named, rest = self._topics()
        return compose(said, closing=Piece(" ".join(f"#{name}" for name in named)) if named else None), rest

    def _topics(self) -> tuple[list[str], tuple[str, ...]]:
        """Which of the case's topics are written, the first likeliest, and which are left for others to add."""
        chances = (0.9, 0.5, 0.35, 0.25)
        named = [
            name
            for name, chance in zip(self.case.topics, chances, strict=False)
            if self.rng.random() < chance
        ]
        if self.rng.random() < 0.06 and self.case.language == "ru":
            named.append(self.crowds.company.people[self.thread.beginner].city.name.lower().replace(" ", "-"))
        return named, tuple(name for name in self.case.topics if name not in named)

    def _from_pool(self, pool: str, voice: Voice) -> Piece | None:
        template = self.thread.pick(self.thread.pool(pool))
        return fill(template, voice) if template else None

    def _perhaps(self, chance: float, pool: str, voice: Voice) -> Piece | None:
        return self._from_pool(pool, voice) if self.rng.random() < chance else None

    # What others say.

    def unfold(self, count: int) -> list[Remark]:
        """Exactly `count` remarks, in the order of time; `answer` is the place of the best answer, if any."""
        beats = self._news_beats(count) if self.case.news else self._question_beats(count)
        median = 14 * MINUTE if not self.case.news else 35 * MINUTE
        for number, beat in enumerate(beats):
            delay = median if number == 0 else 22 * MINUTE
            self.moment = self.rhythm.after(self.rng, self.moment, delay, before=len(beats) - number)
            beat()
        return self.remarks

    def _question_beats(self, count: int) -> list[Callable[[], None]]:
        rng = self.rng
        if not count:
            return []
        if rng.random() < _NEVER_ANSWERED:
            return [rng.choice((self._me_too, self._pointer)) for _ in range(count)]
        before: list[Callable[[], None]] = []
        after: list[Callable[[], None]] = []
        left = count - 1
        if left and rng.random() < 0.72:
            after.append(self._thank)
            left -= 1
        if left >= 2 and rng.random() < 0.5 and self._ask_back_fits():
            before += [self._ask_back, self._reply_back]
            left -= 2
        optional: list[tuple[float, list[Callable[[], None]], Callable[[], None]]] = [
            (0.45, after, self._remark), (0.18, before, self._me_too), (0.2, before, self._pointer),
            (0.35, after, self._second_answer), (0.35, after, self._agree), (0.2, after, self._welcome),
        ]  # fmt: skip
        while left:
            for chance, side, beat in optional:
                if left and rng.random() < chance:
                    side.append(beat)
                    left -= 1
        return [*before, self._answer, *after]

    def _news_beats(self, count: int) -> list[Callable[[], None]]:
        rng = self.rng
        beats: list[Callable[[], None]] = []
        left = count
        if left >= 2 and rng.random() < 0.6 and self._ask_back_fits():
            beats += [self._ask_back, self._reply_back]
            left -= 2
        for _ in range(left):
            beat = rng.choices(
                (self._remark, self._congratulate, self._doubt, self._follow_up, self._misbehave),
                (60, 22, 7, 10, 1.2),
            )[0]
            beats.insert(
                rng.randint(0, len(beats)) if beat is self._congratulate and len(beats) > 2 else len(beats),
                beat,
            )
        return self._in_order(beats)

    def _in_order(self, beats: list[Callable[[], None]]) -> list[Callable[[], None]]:
        """A reply never precedes what it replies to."""
        if self._reply_back in beats and beats.index(self._ask_back) > beats.index(self._reply_back):
            beats.remove(self._ask_back)
            beats.insert(beats.index(self._reply_back), self._ask_back)
        return beats

    def _fallback(self) -> Piece:
        """What is said when every sentence wanted to mention somebody who is not there."""
        return Piece("Всем спасибо за смену!" if self.case.language == "ru" else "Thank you all for today!")

    # The single beats.

    def _say(
        self, author: int, pieces: list[Piece | None], *, answer: bool = False, reply_to: int | None = None
    ) -> None:
        said = [piece for piece in pieces if piece is not None]
        said = said or [self._fallback()]
        self.remarks.append(Remark(author, self.moment, compose(said), answer, reply_to))

    def _passer_by(self) -> int:
        if self.place.kind == "group" and (self.rng.random() < 0.6 or self.thread.closed_group is not None):
            crowd = self.crowds.writing_members(self.place.index)
            for _ in range(4):
                person = crowd.pick(self.rng)
                if person != self.thread.beginner and not self.crowds.had_left(person, self.moment):
                    return person
            return person
        for _ in range(6):
            person = self.crowds.awake(self.rng, self.rhythm, self.moment, self.case.language)
            if person != self.thread.beginner and not self.crowds.had_left(person, self.moment):
                return person
        return person

    def _expert(self) -> int:
        """Somebody of the department that knows, or an experienced colleague."""
        if self.thread.closed_group is None and self.rng.random() < 0.55:
            person = self.crowds.experts[self.case.department].pick(self.rng)
            if person != self.thread.beginner:
                return person
        return self._passer_by()

    def _answer_pieces(self, voice: Voice, template: str) -> list[Piece | None]:
        pieces: list[Piece | None] = [fill(template, voice)]
        more = self.case.fitting("!+", self.variant)
        for chance in (0.9, 0.6):
            if more and self.rng.random() < chance:
                extra = self.thread.pick([one for one in more if one not in self.thread.used])
                pieces.append(fill(extra, voice) if extra else None)
        for chance in (0.8, 0.45):
            pieces.append(self._perhaps(chance, "advice", voice))
        return pieces

    def _answer(self) -> None:
        person = self._expert()
        template = self.thread.pick(self.case.fitting("!", self.variant)) or ""
        self.thread.helper = person
        self.answer = len(self.remarks)
        self._say(person, self._answer_pieces(Voice(self.thread, person), template), answer=True)

    def _second_answer(self) -> None:
        fresh = [one for one in self.case.fitting("!", self.variant) if one not in self.thread.used]
        person = self._passer_by()
        if fresh and person != self.thread.helper:
            template = self.thread.pick(fresh) or ""
            self._say(person, self._answer_pieces(Voice(self.thread, person), template), answer=True)
        else:
            self._agree(person)

    def _agree(self, person: int | None = None) -> None:
        person = self._passer_by() if person is None else person
        voice = Voice(self.thread, person, own=True)
        fresh = [one for one in self.case.fitting("!+", self.variant) if one not in self.thread.used]
        pieces = [self._from_pool("agree", voice)]
        if fresh and self.rng.random() < 0.6:
            pieces.append(fill(self.thread.pick(fresh) or "", Voice(self.thread, person)))
        for chance in (0.98, 0.7):
            pieces.append(self._perhaps(chance, "experience", voice))
        self._say(person, pieces)

    def _thank(self) -> None:
        voice = Voice(self.thread, self.thread.beginner, own=True)
        pieces = [
            self._from_pool("thanks", voice),
            self._perhaps(0.95, "result", voice),
            self._perhaps(0.5, "result", voice),
        ]
        self._say(self.thread.beginner, pieces, reply_to=self.answer)

    def _welcome(self) -> None:
        helper = self.thread.helper
        if helper is None:
            return self._remark()
        voice = Voice(self.thread, helper, own=True)
        thanks = next(
            (at for at, one in enumerate(self.remarks) if one.reply_to == self.answer and not one.answer),
            None,
        )
        if thanks is None:
            return self._remark()
        return self._say(helper, [self._from_pool("reply-thanks", voice)], reply_to=thanks)

    def _ask_back_fits(self) -> bool:
        return bool(self.case.exchanges(self.variant))

    def _ask_back(self) -> None:
        ask, self._reply = self.rng.choice(self.case.exchanges(self.variant))
        self.thread.used.add(ask)
        person = self._passer_by() if self.case.news else self._expert()
        self._asked_back = len(self.remarks)
        voice = Voice(self.thread, person, own=self.case.news)
        self._say(person, [fill(ask, voice), self._perhaps(0.7, "because", voice)])

    def _reply_back(self) -> None:
        voice = Voice(self.thread, self.thread.beginner, own=True)
        pieces = [
            fill(self._reply, voice),
            self._perhaps(0.75, "frame" if self.case.news else "reply-more", voice),
        ]
        self._say(self.thread.beginner, pieces, reply_to=self._asked_back)

    def _remark(self) -> None:
        person = self._passer_by()
        voice = Voice(self.thread, person, own=True)
        fitting = self.case.fitting("&", self.variant)
        fresh = [one for one in fitting if one not in self.thread.used]
        more = "warm" if self.case.news else "experience"
        if fresh:
            pieces = [fill(self.thread.pick(fresh) or "", voice)]
        else:
            pieces = [self._from_pool("congrats" if self.case.news else "agree", voice)]
        for chance in (0.98, 0.8, 0.3):
            pieces.append(self._perhaps(chance, more, voice))
        self._say(person, pieces)

    def _speak(self, *pools: tuple[float, str], reply_to: int | None = None) -> None:
        """A colleague says a sentence of each pool, with its chance."""
        person = self._passer_by()
        voice = Voice(self.thread, person, own=True)
        self._say(person, [self._perhaps(chance, pool, voice) for chance, pool in pools], reply_to=reply_to)

    def _me_too(self) -> None:
        self._speak((1, "me-too"), (0.95, "me-too-more"), (0.6, "situation"))

    def _pointer(self) -> None:
        self._speak((1, "pointer"), (0.95, "experience"), (0.4, "experience"))

    def _congratulate(self) -> None:
        self._speak((1, "congrats"), (0.98, "warm"), (0.6, "warm"))

    def _doubt(self) -> None:
        self._speak((1, "doubt"), (0.95, "doubt-more"), (0.5, "warm"))

    def _follow_up(self) -> None:
        """A reply to somebody's remark."""
        target = self.rng.randrange(len(self.remarks)) if self.remarks else None
        self._speak((1, "follow-up"), (0.95, "warm"), (0.5, "warm"), reply_to=target)

    def _misbehave(self) -> None:
        """Something off topic or rude, which somebody may report."""
        person = self._passer_by()
        pool = self.rng.choices(("off-topic", "rude"), (2, 1))[0]
        self._say(person, [self._from_pool(pool, Voice(self.thread, person, own=True))])
        if self.rng.random() < (0.8 if pool == "rude" else 0.3):
            reason = "rude" if pool == "rude" else "spam"
            self.complaints.append(self.complaint(len(self.remarks) - 1, reason))

    def complaint(self, remark: int | None, reason: str) -> Complaint:
        """A report by some colleague; old ones have been dealt with."""
        at = self.rhythm.after(self.rng, self.moment, 40 * MINUTE)
        outcome, handled = "open", None
        if at < self.rhythm.now - 2 * DAY:
            outcome = "upheld" if self.rng.random() < 0.65 else "dismissed"
            handled = self.rhythm.after(self.rng, at, 2 * HOUR)
        return Complaint(remark, self._passer_by(), at, reason, outcome, handled)


def like(story: Story, crowds: Crowds, rhythm: Rhythm, rng: Random, group: GroupPlan | None) -> None:
    """Let people like the publication and its remarks; never their own."""
    inside = (story.place.index, group) if group is not None else None
    mean = 0.9 if story.kind == "news" else 0.1
    story.likes = _likes(
        story.author, story.at, int(rng.lognormvariate(mean, 1.0)), inside, crowds, rhythm, rng
    )
    for place, remark in enumerate(story.remarks):
        if place == story.accepted:
            count = int(rng.lognormvariate(0.9, 0.8))
        elif remark.answer:
            count = int(rng.lognormvariate(-0.1, 0.8))
        else:
            count = int(rng.expovariate(1.6))
        if count:
            remark.likes = _likes(remark.author, remark.at, count, inside, crowds, rhythm, rng)


def _likes(
    author: int,
    since: int,
    count: int,
    group: tuple[int, GroupPlan] | None,
    crowds: Crowds,
    rhythm: Rhythm,
    rng: Random,
) -> list[Like]:
    likes = []
    for person in crowds.likers_of(rng, count, group):
        at = rhythm.after(rng, since, 90 * MINUTE)
        if person != author and not crowds.had_left(person, at):
            likes.append(Like(person, at))
    return likes


def accept(story: Story, unfolding: Unfolding) -> None:
    """Let the asker accept the best answer, mostly."""
    rng, rhythm = unfolding.rng, unfolding.rhythm
    if unfolding.answer is None or rng.random() > _ACCEPTED:
        return
    best = unfolding.answer
    if story.remarks[best].author != story.author:
        story.accepted = best
        story.accepted_at = rhythm.after(rng, story.remarks[best].at, 25 * MINUTE)


def add_topics(story: Story, unfolding: Unfolding, missing: tuple[str, ...]) -> None:
    """Let a colleague who knows add topics the author did not name."""
    rng = unfolding.rng
    if not missing or rng.random() > 0.12 or unfolding.thread.closed_group is not None:
        return
    person = unfolding.crowds.experts[unfolding.case.department].pick(rng)
    if person != story.author:
        at = unfolding.rhythm.after(rng, story.at, 20 * MINUTE)
        story.added = AddedTopics(person, at, missing[:2])
