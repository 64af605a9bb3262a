"""The stream of threads of a whole demo company, in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import accumulate
from operator import attrgetter
from random import Random

from app.cli.demo.attachments import FITTING
from app.cli.demo.company import Company
from app.cli.demo.crowds import EN, RU, Crowds
from app.cli.demo.phrases import Text
from app.cli.demo.rhythm import Rhythm
from app.cli.demo.scripts import Case, library
from app.cli.demo.showcase import showcase
from app.cli.demo.society import ANYTHING, ENGLISH, LEISURE, GroupPlan, Society
from app.cli.demo.stories import NEWS, QUESTION, Place, Story
from app.cli.demo.threads import Unfolding, accept, add_topics, like
from app.cli.demo.voices import Thread
from app.core.clock import DAY, HOUR

#: Share of texts in English.
_ENGLISH = 0.24
_QUESTIONS = 0.45
#: The most remarks a thread gets.
_MOST = {QUESTION: 16, NEWS: 60}

#: Cases fit for groups about leisure.
_LEISURE_CASES = frozenset(
    (
        "running-team",
        "weather-work",
        "lost-found",
        "birthday-shop",
        "quiz-day",
        "team-thanks",
        "trade-union-day",
        "language-club",
    )
)
#: What is written about most in every company, whatever the seed.
_DAILY = frozenset(
    """
    promo-not-applied return-without-receipt terminal-offline dms-policy bonus-less data-transfer sim-by-proxy
    promo-week team-thanks accessory-tip results-month window-display new-phone
    """.split()
)
_COMPANY = Place()

#: Who may begin a case: see `Case.beginner`.
_SHOP = ("shop", "any")
_OFFICE = ("office", "any")
_BOTH = ("shop", "office", "any")


class Storyteller:
    """Tells the stories of a company. Same company and moment, same stories; streams, so that memory stays small."""

    def __init__(self, company: Company, society: Society, now: int) -> None:
        self.company = company
        self.society = society
        self.rng = Random(f"{company.seed}/stories")
        self.crowds = Crowds(company, society)
        self.rhythm = Rhythm(now, {person.city.zone for person in company.people})
        self.attachments = company.size.attachments
        self._cases: dict[tuple[str, str, str, tuple[str, ...]], tuple[list[Case], list[float]]] = {}
        self._group_weights = list(accumulate((place + 3) ** -0.8 for place in range(len(society.groups))))

    def tell(self) -> Iterator[Story]:
        """Every story, the oldest first: exactly as many publications and remarks as the size says.

        What happens does not depend on the hour of `now`, only the moments of the last two days do.
        """
        shown = showcase(self.company, self.society, self.rhythm.now)
        remarks = self.company.size.comments - sum(len(story.remarks) for story in shown)
        told = self._tell(self.company.size.publications - len(shown), remarks)
        for story in heapq.merge(told, shown, key=attrgetter("at")):
            story.move(self.rhythm.fit)
            yield story

    def _tell(self, publications: int, remarks: int) -> Iterator[Story]:
        schedule = self._schedule(publications)
        counts = self._share_out(schedule, remarks)
        for number, ((moment, zone, kind, language), count) in enumerate(zip(schedule, counts, strict=True)):
            story = self._story(moment, zone, kind, language, count)
            story.attachments = self._attach(story, number / publications)
            yield story

    def _schedule(self, publications: int) -> list[tuple[int, str, str, str]]:
        """(moment, zone, kind, language) of each publication, sorted."""
        rng, schedule = self.rng, []
        for _ in range(publications):
            language = EN if rng.random() < _ENGLISH else RU
            kind = QUESTION if rng.random() < _QUESTIONS else NEWS
            zone = self.crowds.office_zone if language == EN else self.crowds.zone(rng)
            schedule.append((self.rhythm.moment(rng, zone), zone, kind, language))
        schedule.sort()
        return schedule

    def _share_out(self, schedule: list[tuple[int, str, str, str]], remarks: int) -> list[int]:
        """How many remarks each thread gets: a few get many, some get none, the sum is exact."""
        rng = self.rng
        shares = [rng.lognormvariate(0, 0.75 if kind == QUESTION else 1.1) for _, _, kind, _ in schedule]
        scale = remarks / sum(shares)
        counts = [
            0 if rng.random() < 0.06 else min(int(share * scale + rng.random()), self._most(moment, kind))
            for share, (moment, _, kind, _) in zip(shares, schedule, strict=True)
        ]
        missing = remarks - sum(counts)
        while missing:
            place = rng.randrange(len(counts))
            step = 1 if missing > 0 else -1
            moment, _, kind, _ = schedule[place]
            if 0 <= counts[place] + step <= self._most(moment, kind) and (counts[place] or step > 0):
                counts[place] += step
                missing -= step
        return counts

    def _most(self, moment: int, kind: str) -> int:
        """The most remarks a thread can have had time for."""
        return min(_MOST[kind], 1 + (self.rhythm.now - moment) // (HOUR // 2))

    def _story(self, moment: int, zone: str, kind: str, language: str, count: int) -> Story:
        rng = self.rng
        author, case, place = self._setting(moment, zone, kind, language)
        group = self.society.groups[place.index] if place.kind == "group" else None
        closed = place.index if group is not None and group.inside_only else None
        thread = Thread(self.crowds, rng, case, author, moment, closed)
        unfolding = Unfolding(self.crowds, self.rhythm, thread, rng.randint(1, len(case.openings)), place)
        text, missing = unfolding.opening()
        story = Story(author, moment, kind, text, place)
        story.remarks = unfolding.unfold(count)
        story.complaints = unfolding.complaints
        if kind == QUESTION:
            accept(story, unfolding)
        add_topics(story, unfolding, missing)
        like(story, self.crowds, self.rhythm, rng, group)
        self._adorn(story, unfolding, group)
        return story

    def _setting(self, moment: int, zone: str, kind: str, language: str) -> tuple[int, Case, Place]:
        """Who begins, with which case, where."""
        rng = self.rng
        if rng.random() < 0.2 and (found := self._in_a_group(moment, kind)) is not None:
            return found
        case = self._case(language, kind, ANYTHING, _BOTH if zone == self.crowds.office_zone else _SHOP)
        for _ in range(5):
            author = self.crowds.beginner(rng, zone, case, language)
            if not self.crowds.had_left(author, moment):
                break
        return author, case, self._place(author, case, kind)

    def _in_a_group(self, moment: int, kind: str) -> tuple[int, Case, Place] | None:
        """A member writes in a group, on the group's matter; None when nobody fits."""
        rng = self.rng
        index = rng.choices(range(len(self.society.groups)), cum_weights=self._group_weights)[0]
        group = self.society.groups[index]
        author = (
            group.members[0]
            if group.who_posts == "moderators"
            else self.crowds.writing_members(index).pick(rng)
        )
        person = self.company.people[author]
        if self.crowds.had_left(author, moment) or not self.rhythm.is_awake(person.city.zone, moment):
            return None
        language = EN if person.english else RU
        matter = group.matter if language == RU or group.matter == LEISURE else ANYTHING
        if matter == ENGLISH:
            return None
        side = _BOTH if language == EN else _SHOP if person.shop is not None else _OFFICE
        case = self._case(language, NEWS if group.who_posts == "moderators" else kind, matter, side)
        return author, case, Place("group", index)

    def _case(self, language: str, kind: str, matter: str, side: tuple[str, ...]) -> Case:
        """A case for this side of the counter, about the matter if there is one, by a Zipf law."""
        key = (language, kind, matter, side)
        if key not in self._cases:
            self._cases[key] = self._choice(*key)
        cases, weights = self._cases[key]
        return self.rng.choices(cases, cum_weights=weights)[0]

    def _choice(
        self, language: str, kind: str, matter: str, side: tuple[str, ...]
    ) -> tuple[list[Case], list[float]]:
        books = library(language)
        everything = [
            case for case in (books.questions if kind == QUESTION else books.news) if case.beginner in side
        ]
        Random(f"{self.company.seed}/{language}/{kind}").shuffle(everything)
        everything.sort(key=lambda case: case.name not in _DAILY)
        if matter == LEISURE:
            fitting = [case for case in everything if case.name in _LEISURE_CASES]
        else:
            fitting = [case for case in everything if matter in (ANYTHING, case.department)]
        cases = fitting or everything
        return cases, list(accumulate((place + 4) ** -0.7 for place in range(len(cases))))

    def _place(self, author: int, case: Case, kind: str) -> Place:
        """The whole company mostly; else a group of the author, the own shop, or a colleague's page."""
        rng, person = self.rng, self.company.people[author]
        draw = rng.random()
        if draw < 0.22:
            mine = [
                index
                for index in self.society.groups_of.get(author, ())
                if self._fits(self.society.groups[index], case)
            ]
            return Place("group", rng.choice(mine)) if mine else _COMPANY
        if kind == NEWS and draw < 0.36 and person.shop is not None:
            return Place("shop", person.shop)
        if kind == NEWS and draw < 0.39:
            colleague = self.crowds.colleague(rng, author)
            return Place("person", colleague) if colleague is not None else _COMPANY
        if draw > 0.97 and person.department is not None:
            return Place("department", person.department)
        return _COMPANY

    def _fits(self, group: GroupPlan, case: Case) -> bool:
        if group.who_posts == "moderators":
            return False
        return group.matter in (ANYTHING, case.department) or (
            group.matter == ENGLISH and case.language == EN
        )

    def _adorn(self, story: Story, unfolding: Unfolding, group: GroupPlan | None) -> None:
        """Now and then: an edit, a report, a pin."""
        rng = self.rng
        sentences = story.text.blocks[0]
        if rng.random() < 0.03 and len(sentences) > 1:
            story.edited_at = self.rhythm.after(rng, story.at, HOUR // 4)
            story.first_text = Text((sentences[:-1], *story.text.blocks[1:]))
        if rng.random() < 0.003:
            unfolding.moment = story.at
            reason = rng.choice(("confidential", "customer_data", "other", "spam"))
            story.complaints.append(unfolding.complaint(None, reason))
        if group is not None and story.author == group.members[0] and story.at > self.rhythm.now - 20 * DAY:
            story.pinned_at = story.at if rng.random() < 0.3 else None

    def _attach(self, story: Story, progress: float) -> tuple[str, ...]:
        """A picture or file that fits, for late stories of a small company."""
        if self.attachments <= 0 or progress < 0.5 or self.rng.random() > 0.35:
            return ()
        fitting = next((made for word, made in FITTING if f"#{word}" in story.text.source), None)
        if fitting is None:
            return ()
        self.attachments -= 1
        return fitting
