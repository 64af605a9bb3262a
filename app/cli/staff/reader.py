"""From the bytes of a staff file to people: columns, cells, rows gathered by personnel number, cross checks."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TypeVar
from zoneinfo import available_timezones

from app.cli.staff.columns import Field, match_columns, unused_columns
from app.cli.staff.contacts import without_shared
from app.cli.staff.hierarchy import break_cycles
from app.cli.staff.people import FilePerson, Job, LineProblem, Shop, StaffFile
from app.cli.staff.values import JobState, read_date, read_email, read_state, split_full_name
from app.lib.csvfile import CsvTable, Row, read_table
from app.lib.hours import NotHours
from app.lib.hours import parse as parse_hours
from app.lib.phones import HOME_COUNTRY, likeliest_country, normal_phone
from app.lib.text import clean_line

LONGEST_CELL = 1000
#: The longest texts that the database takes, in characters.
LONGEST = {
    Field.LAST_NAME: 120,
    Field.FIRST_NAME: 120,
    Field.MIDDLE_NAME: 120,
    Field.POSITION: 160,
    Field.DEPARTMENT: 160,
    Field.SHOP_NAME: 160,
    Field.SHOP_CITY: 120,
    Field.SHOP_ADDRESS: 240,
    Field.SHOP_FORMAT: 40,
    Field.REGION: 120,
}
#: Keys are never cut: two of them could become one.
LONGEST_KEY = {Field.PERSONNEL_NUMBER: 60, Field.MANAGER: 60, Field.SHOP: 40}

#: Where numbers without a country code may be from: the one that fits the most of the file is taken.
PHONE_COUNTRIES = (HOME_COUNTRY, "US")

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a file where it does not say itself: columns, strptime format of dates, country of phones."""

    today: date
    overrides: Mapping[Field, str] | None = None
    date_format: str | None = None
    phone_country: str | None = None


@dataclass(frozen=True, slots=True)
class _JobRow:
    """One row, read: a person as this row has them, whose job it is, and where."""

    person: FilePerson
    state: JobState
    shop: Shop | None

    @property
    def line(self) -> int:
        return self.person.line


class _RowUnusable(Exception):
    """The row cannot be used at all; the message is the reason."""


def read_staff(data: bytes, reading: Reading) -> StaffFile:
    """Read a staff file.

    Rows without a personnel number or name are left out and reported; a cell that makes no sense is reported and
    taken as empty. Without a status a job is past when its end lies before today. Raises `csvfile.NotATable` and
    `columns.MappingUnusable`, the only two ways to fail as a whole.
    """
    table = read_table(data)
    places = match_columns(table.header, reading.overrides or {})
    reader = _Reader(places, len(table.header), reading, _phone_country(table, places, reading))
    for row in table.rows:
        reader.take(row)
    people = without_shared(reader.people(), reader.problems)
    people = break_cycles(people, reader.problems)
    return StaffFile(
        people=tuple(people),
        shops=tuple(reader.shops.values()),
        fields=frozenset(places),
        unreadable=frozenset(reader.unreadable - {person.personnel_number for person in people}),
        problems=tuple(sorted(reader.problems, key=lambda problem: problem.line)),
        unused_columns=unused_columns(table.header, places),
        encoding=table.encoding,
        delimiter=table.delimiter,
        row_count=len(table.rows),
    )


def _phone_country(table: CsvTable, places: Mapping[Field, int], reading: Reading) -> str:
    if reading.phone_country:
        return reading.phone_country.upper()
    place = places.get(Field.PHONE)
    if place is None:
        return HOME_COUNTRY
    return likeliest_country(
        (row.cells[place] for row in table.rows if place < len(row.cells)), PHONE_COUNTRIES
    )


class _Reader:
    """Takes rows one by one and gathers them by personnel number."""

    def __init__(self, places: Mapping[Field, int], width: int, reading: Reading, phone_country: str) -> None:
        self._places = places
        self._width = width
        self._reading = reading
        self._phone_country = phone_country
        self._rows: defaultdict[str, list[_JobRow]] = defaultdict(list)
        self.problems: list[LineProblem] = []
        self.unreadable: set[str] = set()
        self.shops: dict[str, Shop] = {}

    def take(self, row: Row) -> None:
        """Read one row; one that cannot be used is noted."""
        number = self._text(row, "", Field.PERSONNEL_NUMBER)
        try:
            job_row = self._job_row(row, number)
        except _RowUnusable as unusable:
            self._note(row.line, number, str(unusable))
            if number:
                self.unreadable.add(number)
        else:
            self._rows[number].append(job_row)

    def people(self) -> list[FilePerson]:
        """Everybody the rows so far describe, in the order in which they first appear."""
        return [self._person(rows) for rows in self._rows.values()]

    def _job_row(self, row: Row, number: str) -> _JobRow:
        if len(row.cells) > self._width:
            raise _RowUnusable(f"the row has {len(row.cells)} cells under {self._width} headers")
        if not number:
            raise _RowUnusable("the personnel number is missing")
        last, first, middle = self._names(row, number)
        job = Job(
            position=self._text(row, number, Field.POSITION),
            department=self._text(row, number, Field.DEPARTMENT),
            shop=self._text(row, number, Field.SHOP),
            started=self._date(row, number, Field.JOB_START),
            ended=self._date(row, number, Field.JOB_END),
        )
        if job.started and job.ended and job.ended < job.started:
            self._note(row.line, number, "the job ends before it starts; the end was left out")
            job = replace(job, ended=None)
        person = FilePerson(
            line=row.line,
            personnel_number=number,
            last_name=last,
            first_name=first,
            middle_name=middle,
            email=self._value(row, number, Field.EMAIL, read_email, "an e-mail address") or "",
            phone=self._value(row, number, Field.PHONE, self._read_phone, "a phone number") or "",
            manager=self._text(row, number, Field.MANAGER),
            hired=self._date(row, number, Field.HIRED),
            job=job,
            past_jobs=(),
            has_left=False,
        )
        return _JobRow(person, self._state(row, number, job), self._shop(row, number))

    def _person(self, rows: Sequence[_JobRow]) -> FilePerson:
        """One person from all their rows: the latest present job counts, earlier ones are history."""
        ordered = sorted(rows, key=lambda row: (row.person.job.started or date.min, row.line))
        present = [row for row in ordered if row.state is JobState.PRESENT]
        current = present[-1] if present else ordered[-1]
        for row in present[:-1]:
            reason = f"a second present job; the one on line {current.line} was taken"
            self._note(row.line, row.person.personnel_number, reason)
        past = [row for row in ordered if row.state is not JobState.PRESENT and row is not current]
        if current.shop is not None:
            self._take_shop(current.shop)
        return replace(
            current.person,
            past_jobs=self._history(past, current.person),
            has_left=not present,
        )

    def _history(self, past: Sequence[_JobRow], current: FilePerson) -> tuple[Job, ...]:
        """Past jobs in order. One without an end lasts until the next begins; one without a start is no history."""
        following = [*(row.person.job for row in past[1:]), current.job]
        jobs: list[Job] = []
        for row, after in zip(past, following, strict=False):
            job = row.person.job
            if job.started is None:
                self._note(row.line, current.personnel_number, "a past job without a start; it was left out")
                continue
            jobs.append(job if job.ended else replace(job, ended=after.started))
        return tuple(jobs)

    def _take_shop(self, shop: Shop) -> None:
        """Remember the shop; what one row leaves empty another may say."""
        known = self.shops.get(shop.code, shop)
        self.shops[shop.code] = Shop(
            code=shop.code,
            name=known.name or shop.name,
            address=known.address or shop.address,
            region=known.region or shop.region,
            time_zone=known.time_zone or shop.time_zone,
            opening_hours=known.opening_hours or shop.opening_hours,
            city=known.city or shop.city,
            format=known.format or shop.format,
        )

    def _names(self, row: Row, number: str) -> tuple[str, str, str]:
        last, first = self._text(row, number, Field.LAST_NAME), self._text(row, number, Field.FIRST_NAME)
        if last and first:
            return last, first, self._text(row, number, Field.MIDDLE_NAME)
        full = self._text(row, number, Field.FULL_NAME)
        if not full:
            raise _RowUnusable("the first name is missing" if last else "the last name is missing")
        names = split_full_name(full)
        if names is None:
            raise _RowUnusable(f"{full!r} is not a first and a last name")
        return names

    def _shop(self, row: Row, number: str) -> Shop | None:
        code = self._text(row, number, Field.SHOP)
        if not code:
            return None
        return Shop(
            code=code,
            name=self._text(row, number, Field.SHOP_NAME),
            address=self._text(row, number, Field.SHOP_ADDRESS),
            region=self._text(row, number, Field.REGION),
            time_zone=self._value(row, number, Field.TIME_ZONE, _time_zone, "a time zone") or "",
            opening_hours=self._hours(row, number),
            city=self._text(row, number, Field.SHOP_CITY),
            format=self._text(row, number, Field.SHOP_FORMAT),
        )

    def _hours(self, row: Row, number: str) -> str:
        written = self._text(row, number, Field.OPENING_HOURS)
        try:
            return str(parse_hours(written)) if written else ""
        except NotHours:
            self._note(row.line, number, f"the opening hours {written!r} can't be read; they were left out")
            return ""

    def _state(self, row: Row, number: str, job: Job) -> JobState:
        written = self._text(row, number, Field.STATUS)
        if written:
            state = read_state(written)
            if state is not None:
                return state
            self._note(row.line, number, f"the status {written!r} is not known; the dates were followed")
        is_past = job.ended is not None and job.ended < self._reading.today
        return JobState.PAST if is_past else JobState.PRESENT

    def _date(self, row: Row, number: str, field: Field) -> date | None:
        return self._value(
            row, number, field, lambda written: read_date(written, self._reading.date_format), "a date"
        )

    def _read_phone(self, written: str) -> str | None:
        return normal_phone(written, self._phone_country)

    def _value(
        self, row: Row, number: str, field: Field, read: Callable[[str], _Value | None], kind: str
    ) -> _Value | None:
        """The cell read by `read`; one that makes no sense is noted and counts as empty."""
        written = self._text(row, number, field)
        if not written:
            return None
        value = read(written)
        if value is None:
            self._note(row.line, number, f"{field} {written!r} is not {kind}; it was left out")
        return value

    def _text(self, row: Row, number: str, field: Field) -> str:
        place = self._places.get(field)
        if place is None or place >= len(row.cells):
            return ""
        text = clean_line(row.cells[place], LONGEST_CELL)
        longest_key = LONGEST_KEY.get(field)
        if longest_key is not None and len(text) > longest_key:
            self._note(row.line, number, f"{field} has more than {longest_key} characters; it was left out")
            return ""
        longest = LONGEST.get(field, LONGEST_CELL)
        if len(text) > longest:
            self._note(row.line, number, f"{field} was cut to {longest} characters")
            return clean_line(text, longest)
        return text

    def _note(self, line: int, number: str, reason: str) -> None:
        self.problems.append(LineProblem(line, number, reason))


@cache
def _time_zone(written: str) -> str | None:
    return written if written in available_timezones() else None
