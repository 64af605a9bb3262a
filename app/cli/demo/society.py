"""The plan of who belongs to what: groups and their members, follows, subscriptions, and who writes at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from random import Random

from app.cli.demo.cast import CAST, KEEPERS, MEMBERS, OUTSIDERS, place_of
from app.cli.demo.company import Company
from app.cli.demo.sizes import Size
from app.cli.demo.vocabulary import jobs, places
from app.cli.demo.vocabulary.groups import CORE_GROUPS, INTERESTS, MANDATORY_GROUP, PROFESSIONS, GroupName

#: Share of people who wrote something.
WRITERS = 0.30
#: Share of people who like things; writers among them.
LIKERS = 0.60

#: What a group talks about: everything, one department's matters, leisure, or everything in English.
ANYTHING = "anything"
LEISURE = "leisure"
ENGLISH = "english"


class Crowd:
    """People of whom some are heard more often than others: picking is by a Zipf law over a shuffled order."""

    def __init__(self, people: Sequence[int], *, favourites: Sequence[int] = ()) -> None:
        rank = {person: place for place, person in enumerate(favourites)}
        self.people = sorted(people, key=lambda person: rank.get(person, len(rank))) if rank else list(people)
        flat = max(min(20.0, len(self.people) / 4), len(self.people) / 60)
        self._weights = list(accumulate((place + flat) ** -0.9 for place in range(len(self.people))))

    def __len__(self) -> int:
        return len(self.people)

    @property
    def weight(self) -> float:
        """Number of people: how likely the crowd is chosen among crowds."""
        return float(len(self.people))

    def pick(self, rng: Random) -> int:
        """One person. Raises `IndexError` when nobody is there."""
        return rng.choices(self.people, cum_weights=self._weights)[0]


@dataclass(slots=True)
class GroupPlan:
    """A group and its people, all by index; `members[0]` owns it."""

    name: str
    handle: str
    description: str
    visibility: str
    who_posts: str
    #: `ANYTHING`, `LEISURE`, `ENGLISH` or a department's code.
    matter: str
    #: Whether everybody belongs, by decision of the editors.
    mandatory: bool = False
    members: list[int] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    invitations: list[int] = field(default_factory=list)

    @property
    def inside_only(self) -> bool:
        """Whether only members see what is written."""
        return self.visibility != "open"


@dataclass(slots=True)
class Society:
    """Who belongs to what."""

    groups: list[GroupPlan]
    #: People who write, in order of diligence, and people who like.
    writers: list[int]
    likers: list[int]
    #: Groups of each writer.
    groups_of: dict[int, list[int]] = field(default_factory=dict)


#: Handles that groups will have at a size, so that no person gets one.
def group_handles(size: Size) -> set[str]:
    """Handles of all groups of a company of this size."""
    return {name.handle for name, _ in _group_names(size.groups)}


def plan_society(company: Company) -> Society:
    """Plan groups and writers. Same company, same society."""
    rng = Random(f"{company.seed}/society")
    writers, likers = _who_writes(company, rng)
    audiences = _Audiences(company)
    groups = []
    for name, matter in _group_names(company.size.groups):
        group = GroupPlan(name.name, name.handle, name.description, name.visibility, name.who_posts, matter)
        group.mandatory = name.handle == MANDATORY_GROUP
        _fill_group(group, name, audiences, company, rng)
        groups.append(group)
    society = Society(groups, writers, likers)
    writing = set(writers)
    for index, group in enumerate(groups):
        for member in group.members:
            if member in writing:
                society.groups_of.setdefault(member, []).append(index)
    return society


def _who_writes(company: Company, rng: Random) -> tuple[list[int], list[int]]:
    """The cast first, then a random third; office people and managers write more often than sellers."""
    stay = [
        index for index, person in enumerate(company.people) if person.left is None and index >= len(CAST)
    ]

    def eagerness(index: int) -> float:
        person = company.people[index]
        lift = 3.0 if person.english else 1.8 if person.department is not None else 1.0
        return float(rng.random() ** (1 / lift))

    keen = sorted(stay, key=eagerness, reverse=True)
    cast = list(range(len(CAST)))
    writers = keen[: round(len(company.people) * WRITERS) - len(cast)]
    rng.shuffle(writers)
    writers = _weave(cast, writers)
    likers = [*writers, *keen[len(writers) : round(len(company.people) * LIKERS)]]
    return writers, likers


def _weave(cast: list[int], writers: list[int]) -> list[int]:
    """Put the cast among the diligent, every third place, so that their pages have something to show."""
    woven = list(writers)
    for place, person in enumerate(cast):
        woven.insert(min(place * 3, len(woven)), person)
    return woven


class _Audiences:
    """The people a group is meant for, by the audience's name."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.kept: dict[str, list[int]] = {}

    def of(self, audience: str) -> list[int]:
        """Index of people who have not left, in the audience."""
        if audience not in self.kept:
            people = enumerate(self.company.people)
            self.kept[audience] = [
                index
                for index, _ in people
                if self.company.people[index].left is None and self._fits(audience, index)
            ]
        return self.kept[audience]

    def _fits(self, audience: str, index: int) -> bool:
        person = self.company.people[index]
        kind, _, value = audience.partition(":")
        match kind:
            case "office":
                return person.department is not None
            case "english":
                return person.english
            case "managers":
                return person.position in (jobs.SHOP_MANAGER, jobs.AREA_MANAGER, jobs.REGIONAL_DIRECTOR)
            case "shops":
                return person.shop is not None
            case "position":
                return person.position == value
            case "region":
                return person.city.region == value
            case "city":
                return person.city.name == value
            case "department":
                return (
                    person.department is not None
                    and self.company.departments[person.department].code == value
                )
        return True


def _group_names(count: int) -> list[tuple[GroupName, str]]:
    """The first `count` groups with their matters: what every size has, then more and more local ones."""
    departments = [(_department_group(one), one.code) for one in jobs.DEPARTMENTS]
    regions = [(_region_group(region), ANYTHING) for region in places.REGIONS]
    professions = [
        (name, LEISURE if name.handle in ("книги", "language-club") else ANYTHING) for name in PROFESSIONS
    ]
    by_weight = sorted(places.CITIES, key=lambda city: -city.weight)
    hr, it = (next(pair for pair in departments if pair[1] == code) for code in ("hr", "it"))
    ural = next(pair for pair in regions if pair[0].name == "Регион Урал")
    ufa = next(city for city in places.CITIES if city.name == "Уфа")
    first = [hr, it, ural, professions[0], (_interest_group(ufa, 0), LEISURE)]
    rest = [pair for pair in (*departments, *regions, *professions) if pair not in first]
    core = [(name, _matter(name)) for name in CORE_GROUPS]
    named = [*core, *first, *rest]
    local = (pair for pair in _local_groups(by_weight) if pair not in first)
    more = [pair for pair, _ in zip(local, range(max(0, count - len(named))), strict=False)]
    return [*named, *more][:count]


def _matter(name: GroupName) -> str:
    special = {
        "бегуны": LEISURE, "родители": LEISURE, "international": ENGLISH, "пилот-премий": "bonus",
        "разбор-случаев": "security", "новости-компании": "comms", "новички": "training", "наставники": "training",
    }  # fmt: skip
    return special.get(name.handle, ANYTHING)


def _department_group(one: jobs.DepartmentName) -> GroupName:
    return GroupName(
        one.name, one.group, "Вопросы и ответы отдела.", audience=f"department:{one.code}", joined=100
    )


def _region_group(region: places.RegionName) -> GroupName:
    handle = "регион-" + region.name.lower().replace(" ", "-")
    return GroupName(
        f"Регион {region.name}",
        handle,
        "Новости и вопросы региона.",
        audience=f"region:{region.code}",
        joined=60,
    )


def _interest_group(city: places.City, interest: int) -> GroupName:
    name, handle, description = INTERESTS[interest]
    visibility = "closed" if handle == "подмены" else "open"
    place = city.name.lower().replace(" ", "-").replace("ё", "е")
    return GroupName(
        f"{name} · {city.name}",
        f"{handle}-{place}",
        description,
        visibility,
        audience=f"city:{city.name}",
        joined=12,
    )


def _local_groups(cities: list[places.City]) -> Iterator[tuple[GroupName, str]]:
    """City groups without end: interests through all cities, then clusters of neighbouring shops."""
    clusters = chain.from_iterable(
        ((_cluster(city, number), ANYTHING) for city in cities if number <= city.weight * 8)
        for number in range(1, 500)
    )
    interests = (
        (_interest_group(city, (turn + place) % len(INTERESTS)), LEISURE)
        for turn in range(len(INTERESTS))
        for place, city in enumerate(cities)
    )
    for pair in interests:
        yield pair
        yield next(clusters)
    yield from clusters


def _cluster(city: places.City, number: int) -> GroupName:
    place = city.name.lower().replace(" ", "-").replace("ё", "е")
    return GroupName(
        f"Куст {city.name}-{number}", f"куст-{place}-{number}", "Салоны по соседству: смены, товар, новости.",
        "open" if number % 3 else "closed", audience=f"city:{city.name}", joined=max(2, min(60, 400 // city.weight)),
    )  # fmt: skip


def _fill_group(
    group: GroupPlan, name: GroupName, audiences: _Audiences, company: Company, rng: Random
) -> None:
    audience = audiences.of(name.audience)
    wanted = max(3, round(len(audience) * name.joined / 100))
    if name.audience.startswith("city:"):
        wanted = min(wanted, rng.randint(12, 60))
    members = rng.sample(audience, min(wanted, len(audience)))
    if name.audience.startswith("department:"):
        everybody = audiences.of("all")
        members += rng.sample(everybody, len(everybody) // 25)
    members = _with_cast(name, members)
    if group.inside_only and len(audience) > len(members):
        outside = [one for one in rng.sample(audience, min(len(audience), 6)) if one not in set(members)]
        group.requests, group.invitations = outside[:2], outside[2:3]
    if name.who_posts == "moderators":
        editor = place_of("Соколова")
        members = [editor, *(member for member in members if member != editor)]
    group.members = list(dict.fromkeys(members))


def _with_cast(name: GroupName, members: list[int]) -> list[int]:
    """See to it that the cast belongs where a visitor wants to look; who comes first keeps the group."""
    first = [member for member in members if member >= len(CAST)]
    first[1:1] = [place_of(last) for last in KEEPERS.get(name.handle, ())]
    joined = [place_of(last) for last in MEMBERS.get(name.handle, ())]
    if name.joined == 100 and name.audience == "all":
        joined = list(range(len(CAST)))
    by_chance = [member for member in members if member < len(CAST)]
    outside = {place_of(last) for last in OUTSIDERS.get(name.handle, ())}
    return [member for member in dict.fromkeys((*first, *joined, *by_chance)) if member not in outside]
