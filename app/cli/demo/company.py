"""The plan of the company itself: regions, shops, departments, and the people who work in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from app.cli.demo.cast import CAST, CastMember
from app.cli.demo.sizes import Size
from app.cli.demo.vocabulary import jobs, names, places
from app.lib.handles import suggest_handle, unique_handle
from app.lib.text import transliterate

#: Shops that exist at every size: the cast works there.
_KNOWN_CODES = {"Уфа": "У112", "Самара": "С031", "Казань": "К007"}
_UFA_ADDRESS = "пр. Октября, 32"
#: Cities with shops at every size, with the fewest: together they span all time zones of the country.
_FEWEST = {
    "Уфа": 3, "Москва": 2, "Казань": 1, "Самара": 1, "Калининград": 1, "Санкт-Петербург": 1, "Екатеринбург": 1,
    "Омск": 1, "Красноярск": 1, "Иркутск": 1, "Якутск": 1, "Владивосток": 1, "Магадан": 1,
    "Петропавловск-Камчатский": 1,
}  # fmt: skip
_HEAD_OFFICE = places.CITIES[0]
_MAIL = "shopfloor.example"


@dataclass(slots=True)
class ShopPlan:
    """A shop; `manager` is the index of a person."""

    code: str
    city: places.City
    address: str
    format: str
    region: int
    manager: int = -1
    staff: int = 0


@dataclass(slots=True)
class JobPlan:
    """A stretch of a person's job history."""

    position: str
    shop: int | None
    department: int | None
    started: date
    ended: date | None = None


@dataclass(slots=True)
class Employee:
    """A person; `shop`, `department` and `manager` are indexes in the plan."""

    number: str
    first: str
    last: str
    middle: str
    woman: bool
    english: bool
    position: str
    city: places.City
    hired: date
    shop: int | None = None
    department: int | None = None
    manager: int | None = None
    handle: str = ""
    email: str | None = None
    phone: str | None = None
    left: date | None = None
    about: str = ""
    earlier: JobPlan | None = None

    @property
    def name(self) -> str:
        """As cards show it."""
        return f"{self.first} {self.last}"


@dataclass(slots=True)
class Company:
    """Everything that stands still. A department's parent is always the head office as a whole (none)."""

    size: Size
    seed: int
    today: date
    shops: list[ShopPlan] = field(default_factory=list)
    departments: list[jobs.DepartmentName] = field(default_factory=list)
    people: list[Employee] = field(default_factory=list)
    #: Index of people by shop.
    by_shop: list[list[int]] = field(default_factory=list)
    #: Index of people by department code.
    by_department: dict[str, list[int]] = field(default_factory=dict)
    handles: set[str] = field(default_factory=set)

    def region_of(self, person: int) -> int:
        """Index of the region a person belongs to."""
        return _region_index(self.people[person].city.region)


def plan_company(size: Size, seed: int, today: date, reserved_handles: set[str]) -> Company:
    """Plan the company. Same arguments, same company. `reserved_handles` are taken (by groups)."""
    company = Company(size, seed, today, handles=set(reserved_handles))
    company.shops = list(_shops(size, Random(f"{seed}/shops")))
    retail = jobs.DepartmentName(jobs.RETAIL, "Розничная сеть", "", (), 0)
    company.departments = [retail, *jobs.DEPARTMENTS, jobs.ENGLISH_OFFICE]
    company.by_shop = [[] for _ in company.shops]
    company.by_department = {department.code: [] for department in company.departments}
    _Hiring(company).run()
    return company


def _region_index(code: str) -> int:
    return next(index for index, region in enumerate(places.REGIONS) if region.code == code)


def _shops(size: Size, rng: Random) -> Iterator[ShopPlan]:
    numbers = Counter[str]()
    taken = set(_KNOWN_CODES.values())
    formats = [name for name, _ in places.FORMATS]
    weights = [weight for _, weight in places.FORMATS]
    for city, count in _shares(size.shops):
        for place in range(count):
            code = known = _KNOWN_CODES.get(city.name, "") if place == 0 else ""
            while not code or (code in taken and code != known):
                numbers[city.letter] += rng.randint(1, 3)
                code = f"{city.letter}{numbers[city.letter]:03d}"
            shape = rng.choices(formats, weights)[0]
            address = _address(shape, rng)
            if code in _KNOWN_CODES.values():
                shape, address = "standard", _UFA_ADDRESS if city.name == "Уфа" else address
            yield ShopPlan(code, city, address, shape, _region_index(city.region))


def _shares(total: int) -> list[tuple[places.City, int]]:
    """How many shops each city has: by weight, but never fewer than `_FEWEST`."""
    weight = sum(city.weight for city in places.CITIES)
    counts = {city.name: _FEWEST.get(city.name, 0) for city in places.CITIES}
    wanted = {city.name: total * city.weight / weight for city in places.CITIES}
    for _ in range(total - sum(counts.values())):
        neediest = max(wanted, key=lambda name: wanted[name] - counts[name])
        counts[neediest] += 1
    return [(city, counts[city.name]) for city in places.CITIES if counts[city.name]]


def _address(shape: str, rng: Random) -> str:
    street = f"{rng.choice(places.STREETS)}, {rng.randint(1, 140)}"
    if shape == "island" or rng.random() < 0.35:
        return f"{street}, ТЦ «{rng.choice(places.MALLS)}», {rng.randint(1, 3)} этаж"
    return street


class _Hiring:
    """Fills a company with people: the cast first, then the line of managers, shops, and the head office."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.rng = Random(f"{company.seed}/people")
        self.fathers = [name for name in names.MEN if names.patronymic(name, woman=False)]
        self.chief = -1
        self.directors: dict[int, int] = {}
        self.cast_shops: dict[str, list[CastMember]] = {}

    def run(self) -> None:
        company = self.company
        codes = {shop.code: index for index, shop in enumerate(company.shops)}
        departments = {department.code: index for index, department in enumerate(company.departments)}
        for member in CAST:
            self._hire_cast(member, codes.get(member.shop), departments.get(member.department))
        self._hire_managers()
        self._hire_office()
        self._hire_shops()
        self._let_some_leave()

    def _hire_cast(self, member: CastMember, shop: int | None, department: int | None) -> None:
        city = self.company.shops[shop].city if shop is not None else _HEAD_OFFICE
        english = member.locale == "en"
        hired = self.company.today - timedelta(days=1_130 + 37 * len(self.company.people))
        employee = Employee(
            member.number, member.first, member.last, member.middle, member.woman, english, member.position, city,
            hired, shop, department, about=member.about,
        )  # fmt: skip
        index = self._enter(employee)
        employee.phone = f"+7495000{index + 1:04d}"
        if member.position == jobs.SHOP_MANAGER and shop is not None:
            self.company.shops[shop].manager = index

    def _hire_managers(self) -> None:
        company = self.company
        retail = 0
        self.chief = self._hire(jobs.CHIEF_EXECUTIVE, _HEAD_OFFICE, department=retail)
        by_region: dict[int, list[int]] = {}
        for index, shop in enumerate(company.shops):
            by_region.setdefault(shop.region, []).append(index)
        for region, shops in sorted(by_region.items()):
            city = company.shops[shops[0]].city
            director = self._hire(jobs.REGIONAL_DIRECTOR, city, department=retail, manager=self.chief)
            self.directors[region] = director
            for start in range(0, len(shops), 15):
                area = shops[start : start + 15]
                city = company.shops[area[0]].city
                manager = self._hire(jobs.AREA_MANAGER, city, department=retail, manager=director)
                for place in area:
                    self._hire_shop_manager(place, manager)

    def _hire_shop_manager(self, index: int, area_manager: int) -> None:
        shop = self.company.shops[index]
        if shop.manager < 0:
            shop.manager = self._hire(jobs.SHOP_MANAGER, shop.city, shop=index, manager=area_manager)
        self.company.people[shop.manager].manager = area_manager

    def _hire_office(self) -> None:
        company = self.company
        total = company.size.office_people
        english = max(6, total // 5)
        weight = sum(department.weight for department in jobs.DEPARTMENTS)
        for index, department in enumerate(company.departments):
            if department.code == jobs.RETAIL:
                continue
            is_english = department.code == jobs.INTERNATIONAL
            share = english if is_english else max(2, (total - english) * department.weight // weight)
            present = len(company.by_department[department.code])
            head = self._hire(
                "Head of Office" if is_english else jobs.DEPARTMENT_HEAD, _HEAD_OFFICE, department=index,
                manager=self.chief, english=is_english,
            )  # fmt: skip
            for colleague in company.by_department[department.code][:present]:
                company.people[colleague].manager = head
            for _ in range(share - present - 1):
                position = self.rng.choice(department.specialists)
                self._hire(position, _HEAD_OFFICE, department=index, manager=head, english=is_english)

    def _hire_shops(self) -> None:
        company = self.company
        rest = company.size.people - len(company.people)
        sizes = [self._staff_wanted(shop) for shop in company.shops]
        present = [len(people) - 1 for people in company.by_shop]
        total = sum(sizes)
        quotas = [max(have, round(rest * size / total)) for have, size in zip(present, sizes, strict=True)]
        missing = rest + sum(present) - sum(quotas)
        place = 0
        while missing:
            step = 1 if missing > 0 else -1
            if quotas[place] + step >= max(present[place], 1):
                quotas[place] += step
                missing -= step
            place = (place + 7) % len(quotas) if len(quotas) % 7 else (place + 1) % len(quotas)
        positions = [name for name, _ in jobs.SHOP_POSITIONS]
        weights = [weight for _, weight in jobs.SHOP_POSITIONS]
        for index, shop in enumerate(company.shops):
            for person in company.by_shop[index]:
                if person != shop.manager:
                    company.people[person].manager = shop.manager
            for _ in range(quotas[index] - present[index]):
                position = self.rng.choices(positions, weights)[0]
                self._hire(position, shop.city, shop=index, manager=shop.manager)

    def _staff_wanted(self, shop: ShopPlan) -> float:
        usual = {"flagship": 10.0, "island": 3.2}.get(shop.format, 5.0)
        return usual * self.rng.uniform(0.7, 1.3)

    def _hire(
        self,
        position: str,
        city: places.City,
        *,
        shop: int | None = None,
        department: int | None = None,
        manager: int | None = None,
        english: bool = False,
    ) -> int:
        rng = self.rng
        woman = rng.random() < 0.56
        first, last, middle = self._english_name(woman) if english else self._name(woman)
        hired = self._hired_on(position)
        employee = Employee(
            str(200_001 + len(self.company.people)), first, last, middle, woman, english, position, city, hired, shop,
            department, manager,
        )  # fmt: skip
        if position not in (jobs.TRAINEE, jobs.CHIEF_EXECUTIVE) and rng.random() < 0.4:
            self._give_history(employee)
        return self._enter(employee)

    def _enter(self, employee: Employee) -> int:
        company = self.company
        index = len(company.people)
        employee.handle = unique_handle(suggest_handle(employee.first, employee.last), company.handles)
        company.handles.add(employee.handle)
        if employee.shop is None:
            local = transliterate(employee.handle)
            employee.email = f"{local}.{index}@{_MAIL}" if index >= len(CAST) else f"{local}@{_MAIL}"
        company.people.append(employee)
        if employee.shop is not None:
            company.by_shop[employee.shop].append(index)
        if employee.department is not None:
            company.by_department[company.departments[employee.department].code].append(index)
        return index

    def _name(self, woman: bool) -> tuple[str, str, str]:
        rng = self.rng
        surname = rng.choice(names.SHARED_SURNAMES if rng.random() < 0.1 else names.SURNAMES)
        middle = names.patronymic(rng.choice(self.fathers), woman=woman) if rng.random() < 0.85 else ""
        if woman:
            return rng.choice(names.WOMEN), names.womans_surname(surname), middle
        return rng.choice(names.MEN), surname, middle

    def _english_name(self, woman: bool) -> tuple[str, str, str]:
        first = self.rng.choice(names.ENGLISH_WOMEN if woman else names.ENGLISH_MEN)
        return first, self.rng.choice(names.ENGLISH_SURNAMES), ""

    def _hired_on(self, position: str) -> date:
        longest = {jobs.TRAINEE: 80, jobs.SELLER: 1_500, jobs.CASHIER: 1_500}.get(position, 3_600)
        shortest = {jobs.TRAINEE: 2, jobs.SELLER: 60, jobs.CASHIER: 60}.get(position, 300)
        days = shortest + int((longest - shortest) * self.rng.random() ** 1.6)
        return self.company.today - timedelta(days=days)

    def _give_history(self, employee: Employee) -> None:
        """Let the person have begun lower: the running job starts later than the hire."""
        days = (self.company.today - employee.hired).days
        before = jobs.TRAINEE if employee.position in (jobs.SELLER, jobs.CASHIER) else jobs.SELLER
        changed = employee.hired + timedelta(days=max(30, int(days * self.rng.uniform(0.1, 0.6))))
        shop = employee.shop
        if employee.department is not None or self.rng.random() < 0.5:
            shop = self.rng.randrange(len(self.company.shops))
        employee.earlier = JobPlan(before, shop, None, employee.hired, changed - timedelta(days=1))

    def _let_some_leave(self) -> None:
        """Two of a hundred sellers have left in the five months shown."""
        company = self.company
        for employee in company.people[len(CAST) :]:
            if employee.position in (jobs.SELLER, jobs.CASHIER, jobs.TRAINEE) and self.rng.random() < 0.02:
                latest = min(140, (company.today - employee.hired).days - 1)
                if latest > 2:
                    employee.left = company.today - timedelta(days=self.rng.randint(1, latest))
