"""What a staff file says, as values: people, their jobs, and what was wrong with a line."""

from dataclasses import dataclass
from datetime import date

from app.cli.staff.columns import Field


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Something on one line that could not be used, and what was done about it."""

    line: int
    personnel_number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Job:
    """A position held from one day to another; `ended` is None while it lasts."""

    position: str
    department: str
    shop: str
    started: date | None
    ended: date | None


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop as the file describes it; texts the file does not have are empty."""

    code: str
    name: str
    address: str
    region: str
    time_zone: str
    opening_hours: str = ""
    city: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class FilePerson:
    """One employee, gathered from all their rows. `line` is that of the row which holds the present job.

    `past_jobs` are in order of time and leave the present one out. A person who `has_left` has no present job:
    `job` is then the last one.
    """

    line: int
    personnel_number: str
    last_name: str
    first_name: str
    middle_name: str
    email: str
    phone: str
    manager: str
    hired: date | None
    job: Job
    past_jobs: tuple[Job, ...]
    has_left: bool


@dataclass(frozen=True)
class StaffFile:
    """Everything a staff file says.

    `fields` are those the file has a column for: about the others it says nothing. `unreadable` are the personnel
    numbers whose rows had to be left out; they are mentioned, so their absence from `people` is no departure.
    """

    people: tuple[FilePerson, ...]
    shops: tuple[Shop, ...]
    fields: frozenset[Field]
    unreadable: frozenset[str]
    problems: tuple[LineProblem, ...]
    unused_columns: tuple[str, ...]
    encoding: str
    delimiter: str
    row_count: int
