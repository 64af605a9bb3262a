"""Rows of places, people, groups and who follows whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from sqlalchemy import bindparam, update

from app.accounts.models import Arrival, Credential, Preference, RoleGrant
from app.accounts.service.passwords import hash_password
from app.cli.demo.cast import CAST, PASSWORD, SIGN_INS, place_of
from app.cli.demo.company import Company, Employee
from app.cli.demo.loader.sink import Bin, Sink
from app.cli.demo.rhythm import Rhythm, moment_of
from app.cli.demo.society import Crowd, Society
from app.cli.demo.vocabulary import jobs, places
from app.core.actor import MANAGER
from app.core.clock import DAY, HOUR
from app.core.db import db, table_of
from app.groups.models import INVITATION, REQUEST, Group, GroupMember, GroupRequest
from app.lib import markup
from app.lib.text import fold, transliterate
from app.people.models import (
    ACTIVE,
    LEFT,
    Department,
    Follow,
    Handle,
    Job,
    Person,
    Position,
    Region,
    RegionSubscription,
    Shop,
)

#: What rows of people say of where they came from.
SOURCE = "demo"

_ABOUT = (
    "Люблю, когда клиент уходит и улыбается.",
    "Кофе, настройка телефонов и хорошая смена. Спрашивайте про #касса.",
    "Здесь на лето, которое длится третий год.",
    "Помогаю новеньким, пишите в любое время смены.",
    "Знаю о тарифах то, чего нет в буклете. #тарифы",
    "По выходным бегаю, по будням догоняю план.",
    "Собираю удачные ответы, если что, спрашивайте.",
)
_ENGLISH_ABOUT = (
    "Tables, charts, and the stories behind them.",
    "I travel to shops and write down what I learn.",
    "Ask me anything about shelves. #planogram",
)


class PeopleLoader:
    """Writes what stands still. Ids of rows are places in the plan plus one."""

    def __init__(self, company: Company, society: Society, rhythm: Rhythm, sink: Sink) -> None:
        self.company = company
        self.society = society
        self.rhythm = rhythm
        self.sink = sink
        self.rng = Random(f"{company.seed}/rows")
        names = sorted({job for person in company.people for job in _positions(person)})
        #: (person one can sign in as, follower, when)
        self.followers: list[tuple[int, int, int]] = []
        #: (group, person, kind of request, when)
        self.asked: list[tuple[int, int, str, int]] = []
        self.positions = {name: place for place, name in enumerate(names, 1)}

    def load(self) -> None:
        """Places and people, then accounts, groups and follows; the open unit of work commits them."""
        self._places()
        self.sink.flush()
        self._people()
        self.sink.flush()
        self._shop_managers()
        self._accounts()
        self._groups()
        self._follows()
        self.sink.flush()

    def _places(self) -> None:
        regions = self.sink.bin(Region, "id code name")
        departments = self.sink.bin(Department, "id code name")
        positions = self.sink.bin(Position, "id name")
        shops = self.sink.bin(Shop, "id code name city address time_zone format region_id")
        for place, region in enumerate(places.REGIONS, 1):
            regions.add(place, region.code, region.name)
        for place, department in enumerate(self.company.departments, 1):
            departments.add(place, department.code, department.name)
        for name, place in self.positions.items():
            positions.add(place, name)
        for place, shop in enumerate(self.company.shops, 1):
            name = f"Салон {shop.code}"
            shops.add(
                place,
                shop.code,
                name,
                shop.city.name,
                shop.address,
                shop.city.zone,
                shop.format,
                shop.region + 1,
            )

    def _people(self) -> None:
        people = self.sink.bin(
            Person,
            "id personnel_number handle first_name last_name middle_name name sort_name latin_name email phone "
            "position_id shop_id department_id manager_id hired_on left_on state about about_html colour source "
            "created_at",
        )
        handles = self.sink.bin(Handle, "handle person_id")
        arrivals = self.sink.bin(Arrival, "person_id arrived_at")
        history = self.sink.bin(Job, "person_id position_id shop_id department_id started_on ended_on")
        for index in self._managers_first():
            person = self.company.people[index]
            about = person.about or self._about(person)
            sort_name = fold(f"{person.last} {person.first} {person.middle}".strip())
            entered = self._entered(index)
            people.add(
                index + 1, person.number, person.handle, person.first, person.last, person.middle, person.name,
                sort_name, transliterate(sort_name), person.email, person.phone,
                self.positions[person.position], _row(person.shop), _row(person.department), _row(person.manager),
                person.hired, person.left, LEFT if person.left else ACTIVE, about,
                markup.render(about).html if about else "", index * 7 % 10, SOURCE, entered,
            )  # fmt: skip
            handles.add(person.handle, index + 1)
            arrivals.add(index + 1, entered)
            started = person.hired
            if person.earlier is not None:
                job = person.earlier
                history.add(
                    index + 1, self.positions[job.position], _row(job.shop), None, job.started, job.ended
                )
                assert job.ended is not None
                started = job.ended + timedelta(days=1)
            history.add(
                index + 1, self.positions[person.position], _row(person.shop), _row(person.department), started,
                person.left,
            )  # fmt: skip
            self.sink.flush_if_full()

    def _managers_first(self) -> list[int]:
        """People in such an order that everybody's manager comes before them."""
        depths: dict[int, int] = {}

        def depth(index: int) -> int:
            manager = self.company.people[index].manager
            if index not in depths:
                depths[index] = 0 if manager is None else depth(manager) + 1
            return depths[index]

        return sorted(range(len(self.company.people)), key=depth)

    def _entered(self, index: int) -> int:
        """When the person came to the network: the first weeks, or the day of the hire."""
        first = self.rhythm.start - 5 * DAY + int(self.rng.random() * 20 * DAY) * (index >= len(CAST))
        return self.rhythm.fit(
            max(first, min(moment_of(self.company.people[index].hired), self.rhythm.now - HOUR))
        )

    def _about(self, person: Employee) -> str:
        if self.rng.random() > 0.12:
            return ""
        return self.rng.choice(_ENGLISH_ABOUT if person.english else _ABOUT)

    def _shop_managers(self) -> None:
        rows = [
            {"shop": place, "person": shop.manager + 1} for place, shop in enumerate(self.company.shops, 1)
        ]
        table = table_of(Shop)
        statement = (
            update(table).where(table.c.id == bindparam("shop")).values(manager_id=bindparam("person"))
        )
        db.session.connection().execute(statement, rows)

    def _accounts(self) -> None:
        credentials = self.sink.bin(Credential, "person_id password_hash changed_at must_change")
        grants = self.sink.bin(RoleGrant, "person_id role granted_by granted_at")
        preferences = self.sink.bin(Preference, "person_id locale theme feed_order")
        administrator = place_of("Щукина") + 1
        start = self.rhythm.start
        for index, member in enumerate(CAST):
            if member.role:
                credentials.add(index + 1, hash_password(PASSWORD), start, False)
                preferences.add(index + 1, member.locale, "auto", "activity")
            if member.role not in ("", "employee", MANAGER):
                grants.add(index + 1, member.role, administrator, start)
        leading = (jobs.SHOP_MANAGER, jobs.AREA_MANAGER, jobs.REGIONAL_DIRECTOR)
        for index, person in enumerate(self.company.people):
            if person.position in leading:
                grants.add(index + 1, MANAGER, administrator, start)

    def _groups(self) -> None:
        groups = self.sink.bin(
            Group,
            "id handle name sort_name description visibility who_posts colour created_by created_at members_count",
        )
        handles = self.sink.bin(Handle, "handle group_id")
        members = self.sink.bin(GroupMember, "group_id person_id role mandatory joined_at")
        requests = self.sink.bin(GroupRequest, "group_id person_id kind invited_by created_at")
        for index, group in enumerate(self.society.groups):
            owner, made = group.members[0] + 1, self.rhythm.start + int(self.rng.random() * DAY * 3)
            groups.add(
                index + 1, group.handle, group.name, fold(group.name), group.description, group.visibility,
                group.who_posts, index * 3 % 10, owner, made, len(group.members),
            )  # fmt: skip
            handles.add(group.handle, index + 1)
            for place, member in enumerate(group.members):
                role = (
                    "owner"
                    if place == 0
                    else "moderator"
                    if place == 1 and len(group.members) > 5
                    else "member"
                )
                joined = made if place == 0 else self._since(made)
                members.add(index + 1, member + 1, role, group.mandatory, joined)
            for person in group.requests:
                self._ask(requests, index, person, None)
            for person in group.invitations:
                self._ask(requests, index, person, owner)
            self.sink.flush_if_full()

    def _ask(self, requests: Bin, group: int, person: int, invited_by: int | None) -> None:
        """A request to join, or an invitation by somebody."""
        at = self._lately()
        kind = REQUEST if invited_by is None else INVITATION
        requests.add(group + 1, person + 1, kind, invited_by, at)
        self.asked.append((group, person, kind, at))

    def _follows(self) -> None:
        follows = self.sink.bin(Follow, "follower_id followed_id created_at")
        regions = self.sink.bin(RegionSubscription, "person_id region_id created_at")
        for follower, followed, at in self._who_follows():
            follows.add(follower + 1, followed + 1, at)
            if followed < len(SIGN_INS):
                self.followers.append((followed, follower, at))
            self.sink.flush_if_full()
        for liker in self.society.likers:
            if self.rng.random() < 0.03:
                other = self.rng.randrange(len(places.REGIONS))
                if other != self.company.region_of(liker):
                    regions.add(liker + 1, other + 1, self._lately())

    def _who_follows(self) -> Iterator[tuple[int, int, int]]:
        """(follower, followed, when): those who take part follow colleagues of the shop and diligent writers."""
        rng = Random(f"{self.company.seed}/follows")
        writers = Crowd(self.society.writers)
        for person in self.society.likers:
            shop = self.company.people[person].shop
            near = self.company.by_shop[shop] if shop is not None else []
            chosen = {writers.pick(rng) for _ in range(min(40, int(rng.lognormvariate(1.2, 0.8))))}
            chosen.update(one for one in near if rng.random() < 0.4)
            if person < len(CAST):
                chosen.update(one for one in range(len(CAST)) if rng.random() < 0.7)
            for one in sorted(chosen - {person}):
                if self.company.people[one].left is None:
                    yield person, one, self._since(self.rhythm.start)

    def _since(self, moment: int) -> int:
        return self.rhythm.fit(moment + int((self.rhythm.now - HOUR - moment) * self.rng.random()))

    def _lately(self) -> int:
        return self.rhythm.fit(self.rhythm.now - int(self.rng.random() * 4 * DAY) - HOUR)


def _row(index: int | None) -> int | None:
    """The id of what has this place in the plan."""
    return None if index is None else index + 1


def _positions(person: Employee) -> Iterator[str]:
    yield person.position
    if person.earlier is not None:
        yield person.earlier.position
