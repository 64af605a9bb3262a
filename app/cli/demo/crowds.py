"""Who is picked when somebody must ask, answer, remark or like."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from random import Random

from app.cli.demo.cast import CAST, place_of
from app.cli.demo.company import Company
from app.cli.demo.rhythm import Rhythm, day_of
from app.cli.demo.scripts import Case
from app.cli.demo.society import Crowd, GroupPlan, Society
from app.cli.demo.vocabulary import jobs

RU = "ru"
EN = "en"


class Crowds:
    """Writers by time zone, language and place; experts by department; likers. Built once for a plan."""

    def __init__(self, company: Company, society: Society) -> None:
        self.company = company
        self.society = society
        people = company.people
        self.shop: dict[str, Crowd] = {}
        self.office: dict[str, Crowd] = {}
        self.anybody: dict[str, Crowd] = {}
        sellers: dict[str, list[int]] = {}
        office: dict[str, list[int]] = {}
        for writer in society.writers:
            if not people[writer].english:
                side = sellers if people[writer].shop is not None else office
                side.setdefault(people[writer].city.zone, []).append(writer)
        for zone in sellers.keys() | office.keys():
            here, there = sellers.get(zone, []), office.get(zone, [])
            self.anybody[zone] = Crowd(_merged(here, there))
            self.shop[zone] = Crowd(here or there)
            self.office[zone] = Crowd(there or here)
        self.zones = sorted(self.anybody)
        self.zone_weights = list(accumulate(self.anybody[zone].weight for zone in self.zones))
        self.english = Crowd([writer for writer in society.writers if people[writer].english])
        self.likers = Crowd(society.likers)
        self.experts = {code: self._experts(code, members) for code, members in company.by_department.items()}
        self._members: dict[int, Crowd] = {}
        self._inside: dict[int, set[int]] = {}
        self.person_by_handle = {people[index].handle: index for index in society.writers}

    def _experts(self, code: str, members: list[int]) -> Crowd:
        """The most diligent writers of a department, or its first people when nobody writes."""
        if code == jobs.INTERNATIONAL:
            return self.english
        belonging = set(members)
        writing = [writer for writer in self.society.writers if writer in belonging]
        favourites = (
            [place_of("Ахметова")] if code == "hr" else [place_of("Ильина")] if code == "training" else []
        )
        return Crowd(writing or members[:1] or [0], favourites=favourites)

    def zone(self, rng: Random) -> str:
        """A time zone, by how much is written there."""
        return rng.choices(self.zones, cum_weights=self.zone_weights)[0]

    def beginner(self, rng: Random, zone: str, case: Case, language: str) -> int:
        """Who begins a thread in `zone`; what the head office says is said by the department that knows, mostly."""
        if language == EN:
            return self.english.pick(rng)
        if case.beginner == "office" and rng.random() < 0.8:
            return self.experts[case.department].pick(rng)
        return {"shop": self.shop, "office": self.office}.get(case.beginner, self.anybody)[zone].pick(rng)

    def awake(self, rng: Random, rhythm: Rhythm, moment: int, language: str) -> int:
        """A writer who is up at `moment` and had not left by then."""
        if language == EN and rng.random() < 0.75:
            return self.english.pick(rng)
        for _ in range(12):
            zone = self.office_zone if language == EN else self.zone(rng)
            person = (self.office if language == EN else self.anybody)[zone].pick(rng)
            if language == EN or rhythm.is_awake(zone, moment):
                return person
        return self.anybody["Europe/Moscow"].pick(rng)

    @property
    def office_zone(self) -> str:
        """Where the head office is."""
        return "Europe/Moscow"

    def writing_members(self, index: int) -> Crowd:
        """Members of a group who write; its owner when nobody does."""
        if index not in self._members:
            group = self.society.groups[index]
            writing = [one for one in group.members if one in self.writing]
            self._members[index] = Crowd(writing or group.members[:1])
        return self._members[index]

    @property
    def writing(self) -> dict[int, list[int]]:
        """Writers who are in groups, with their groups."""
        return self.society.groups_of

    def is_inside(self, index: int, person: int) -> bool:
        """Whether a person is a member of a group."""
        if index not in self._inside:
            self._inside[index] = set(self.society.groups[index].members)
        return person in self._inside[index]

    def likers_of(self, rng: Random, count: int, group: tuple[int, GroupPlan] | None) -> Iterable[int]:
        """At most `count` different people; of a group's members only, when others may not see."""
        if count <= 0:
            return ()
        if group is not None and group[1].inside_only:
            members = group[1].members
            return rng.sample(members, min(count, len(members) // 2))
        people = self.likers.people
        wanted = min(count, len(people) // 2)
        return dict.fromkeys(self.likers.pick(rng) for _ in range(wanted))

    def colleague(self, rng: Random, person: int) -> int | None:
        """Somebody of the same shop, or of the cast for people of the head office."""
        shop = self.company.people[person].shop
        near = self.company.by_shop[shop] if shop is not None else range(len(CAST))
        others = [one for one in near if one != person and self.company.people[one].left is None]
        return rng.choice(others) if others else None

    def had_left(self, person: int, moment: int) -> bool:
        """Whether a person was gone at `moment`."""
        left = self.company.people[person].left
        return left is not None and day_of(moment) >= left


def _merged(first: list[int], second: list[int]) -> list[int]:
    """Both lists, mixed evenly, each in its order."""
    places = [
        ((place + 0.5) / max(1, len(one)), person)
        for one in (first, second)
        for place, person in enumerate(one)
    ]
    return [person for _, person in sorted(places)]
