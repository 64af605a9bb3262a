"""A thread's matter and those who speak in it: what the slots of its sentences are filled with."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from app.cli.demo.crowds import EN, RU, Crowds
from app.cli.demo.rhythm import day_of
from app.cli.demo.scripts import Case, library
from app.cli.demo.vocabulary import places, slots

_COMPANY_GROUP = "вопрос-ответ"
#: Departments whose matters are the staff's own; those of all others stand at the counter.
_ABOUT_STAFF = frozenset(("hr", "bonus", "training", "finance", "supplies", "comms"))
_ABOUT_NEITHER = frozenset(("care", "security"))
_FORMS = {"и": 0, "р": 1, "в": 2}
_CITY_FORMS = {"р": "genitive", "п": "prepositional"}


class Thread:
    """One thread being written: its case, who began it and when, and the values its slots have taken."""

    def __init__(
        self, crowds: Crowds, rng: Random, case: Case, beginner: int, moment: int, group: int | None = None
    ) -> None:
        self.crowds = crowds
        self.rng = rng
        self.case = case
        self.beginner = beginner
        self.moment = moment
        #: Index of the group when only its members may be mentioned.
        self.closed_group = group
        self.helper: int | None = None
        self.used: set[str] = set()
        self._words: dict[str, str] = {}

    def pool(self, name: str) -> tuple[str, ...]:
        """Sentences that fit in any thread of this language, and those that fit about the counter or about staff."""
        pools = library(self.case.language).pools
        side = "staff" if self.case.department in _ABOUT_STAFF else "counter"
        own = () if self.case.department in _ABOUT_NEITHER else pools.get(f"{name}-{side}", ())
        return pools[name] + own

    def pick(self, templates: tuple[str, ...] | list[str]) -> str | None:
        """A template not yet used in this thread, else any; None when there is none."""
        fresh = [template for template in templates if template not in self.used]
        if not fresh and not templates:
            return None
        template = self.rng.choice(fresh or list(templates))
        self.used.add(template)
        return template

    def word(self, slot: str) -> str:
        """The value a slot has in this thread, chosen when first asked for."""
        if slot not in self._words:
            self._words[slot] = self._choose(slot)
        return self._words[slot]

    def _choose(self, slot: str) -> str:
        rng = self.rng
        match slot:
            case "soon":
                return self._date(day_of(self.moment) + timedelta(days=rng.randint(3, 21)))
            case "past":
                return self._date(day_of(self.moment) - timedelta(days=rng.randint(2, 18)))
            case "sum":
                return _money(rng.choice(slots.SUMS))
            case "sum2":
                return _money(rng.choice(slots.SMALL_SUMS))
            case "ext":
                return f"{rng.randint(2, 6)}-{rng.randint(101, 189)}"
            case "shop" | "shop2":
                return self._shop(own=slot == "shop")
        vocabulary = slots.ENGLISH if self.case.language == EN else slots.RUSSIAN
        return rng.choice(vocabulary[slot])

    def _date(self, day: date) -> str:
        months = slots.ENGLISH_MONTHS if self.case.language == EN else slots.RUSSIAN_MONTHS
        return f"{day.day} {months[day.month - 1]}"

    def _shop(self, *, own: bool) -> str:
        shops = self.crowds.company.shops
        at = self.crowds.company.people[self.beginner].shop
        if own:
            return shops[at if at is not None else self.rng.randrange(len(shops))].code
        near = range(max(0, (at or 0) - 4), min(len(shops), (at or 0) + 5))
        return shops[self.rng.choice([index for index in near if index != at])].code


class Voice:
    """Somebody speaking in a thread. With `own`, "our shop" is the speaker's, else that of who began."""

    def __init__(self, thread: Thread, person: int, *, own: bool = False) -> None:
        self.thread = thread
        self.person = person
        self.own = own
        self.rng = thread.rng

    @property
    def woman(self) -> bool:
        """Whether past tenses are feminine."""
        return self.thread.crowds.company.people[self.person].woman

    def word(self, slot: str) -> str:
        """The value of a text slot, in the form asked for. Raises `KeyError` for an unknown one."""
        name, _, form = slot.partition(".")
        company = self.thread.crowds.company
        if name == "city":
            return self._city(form)
        if name == "region":
            region = places.REGIONS[company.region_of(self.person)]
            return region.name if self.thread.case.language == RU else region.english
        if name == "shop" and self.own:
            at = company.people[self.person].shop
            if at is not None:
                return company.shops[at].code
        value = self.thread.word(name)
        return value.split("/")[_FORMS[form]] if form else value

    def _city(self, form: str) -> str:
        city = self.thread.crowds.company.people[self.person].city
        if self.thread.case.language == EN:
            return city.english
        return str(getattr(city, _CITY_FORMS[form])) if form else city.name

    def handle(self, slot: str) -> str:
        """The handle for `@{expert}`, `@{helper}`, `@{colleague}` or `@{group}`; empty when nobody fits."""
        thread, crowds = self.thread, self.thread.crowds
        if slot == "group":
            wanted = next(
                (
                    group.handle
                    for group in crowds.society.groups
                    if group.matter == thread.case.department and not group.inside_only
                ),
                _COMPANY_GROUP,
            )
            return wanted if thread.closed_group is None else ""
        person = self._person(slot)
        if person is None or person == self.person or crowds.had_left(person, thread.moment):
            return ""
        if thread.closed_group is not None and not crowds.is_inside(thread.closed_group, person):
            return ""
        return crowds.company.people[person].handle

    def _person(self, slot: str) -> int | None:
        thread = self.thread
        if slot == "helper":
            return thread.helper
        if slot == "colleague":
            return thread.crowds.colleague(self.rng, self.person)
        if thread.case.language == EN:
            return thread.crowds.english.pick(self.rng)
        return thread.crowds.experts[thread.case.department].pick(self.rng)


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", "\u202f") + "\u00a0₽"
