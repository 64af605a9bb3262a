"""Which column of a staff file holds what: known headers, and the operator's word above them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum


class Field(StrEnum):
    """What a staff file can say about a person or one of their jobs."""

    PERSONNEL_NUMBER = "personnel_number"
    FULL_NAME = "full_name"
    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    EMAIL = "email"
    PHONE = "phone"
    POSITION = "position"
    DEPARTMENT = "department"
    SHOP = "shop"
    SHOP_NAME = "shop_name"
    SHOP_CITY = "shop_city"
    SHOP_ADDRESS = "shop_address"
    SHOP_FORMAT = "shop_format"
    REGION = "region"
    TIME_ZONE = "time_zone"
    OPENING_HOURS = "opening_hours"
    MANAGER = "manager"
    HIRED = "hired"
    JOB_START = "job_start"
    JOB_END = "job_end"
    STATUS = "status"


#: Headers that are understood without being told, written as `_folded` leaves them.
KNOWN_HEADERS: Mapping[Field, tuple[str, ...]] = {
    Field.PERSONNEL_NUMBER: (
        "personnel number",
        "personnel no",
        "employee id",
        "employee number",
        "employee no",
        "staff number",
        "staff id",
        "табельный номер",
        "табельный",
        "таб номер",
        "таб №",
        "табельный №",
        "код сотрудника",
    ),
    Field.FULL_NAME: (
        "full name",
        "name",
        "employee",
        "display name",
        "фио",
        "ф и о",
        "сотрудник",
        "имя полностью",
    ),
    Field.LAST_NAME: ("last name", "surname", "family name", "фамилия"),
    Field.FIRST_NAME: ("first name", "given name", "forename", "имя"),
    Field.MIDDLE_NAME: ("middle name", "patronymic", "отчество"),
    Field.EMAIL: (
        "email",
        "e mail",
        "mail",
        "email address",
        "work email",
        "почта",
        "эл почта",
        "электронная почта",
    ),
    Field.PHONE: (
        "phone",
        "mobile",
        "mobile phone",
        "telephone",
        "phone number",
        "work phone",
        "телефон",
        "мобильный",
        "мобильный телефон",
        "номер телефона",
        "рабочий телефон",
    ),
    Field.POSITION: ("position", "title", "job title", "job", "role", "должность"),
    Field.DEPARTMENT: ("department", "division", "unit", "отдел", "подразделение", "департамент"),
    Field.SHOP: (
        "shop",
        "shop code",
        "store",
        "store code",
        "sales office",
        "office code",
        "outlet",
        "салон",
        "код салона",
        "магазин",
        "код магазина",
        "офис продаж",
        "точка",
    ),
    Field.SHOP_NAME: ("shop name", "store name", "название салона", "название магазина"),
    Field.SHOP_CITY: ("shop city", "store city", "shop town", "город салона", "город магазина"),
    Field.SHOP_ADDRESS: ("shop address", "store address", "адрес салона", "адрес магазина"),
    Field.SHOP_FORMAT: (
        "shop format",
        "store format",
        "store type",
        "формат салона",
        "формат магазина",
        "тип салона",
    ),
    Field.REGION: ("region", "area", "регион", "область"),
    Field.TIME_ZONE: ("time zone", "timezone", "часовой пояс"),
    Field.OPENING_HOURS: (
        "opening hours",
        "shop hours",
        "режим работы",
        "часы работы",
        "график работы салона",
    ),
    Field.MANAGER: (
        "manager",
        "manager id",
        "manager number",
        "manager personnel number",
        "reports to",
        "supervisor id",
        "руководитель",
        "табельный номер руководителя",
        "таб номер руководителя",
        "начальник",
    ),
    Field.HIRED: ("hire date", "hired", "hired on", "date of hire", "дата приема", "принят", "дата найма"),
    Field.JOB_START: (
        "job start",
        "start date",
        "position start",
        "in position since",
        "дата назначения",
        "в должности с",
    ),
    Field.JOB_END: (
        "job end",
        "end date",
        "position end",
        "dismissal date",
        "дата окончания",
        "дата увольнения",
    ),
    Field.STATUS: ("status", "state", "employment status", "статус", "состояние"),
}

_FIELD_OF_HEADER = {header: field for field, headers in KNOWN_HEADERS.items() for header in headers}
_BETWEEN_WORDS = re.compile(r"[\s_.\-/]+")


class MappingUnusable(ValueError):
    """The columns cannot be told; the message says which, and what can be written instead."""


def parse_overrides(written: Iterable[str]) -> dict[Field, str]:
    """Read `field=column` pairs. Raises `MappingUnusable` for an unknown field or a missing `=`."""
    overrides: dict[Field, str] = {}
    for pair in written:
        name, equals, column = pair.partition("=")
        try:
            field = Field(name.strip())
        except ValueError:
            known = ", ".join(Field)
            raise MappingUnusable(f"There is no field {name.strip()!r}. The fields are: {known}.") from None
        if not equals or not column.strip():
            raise MappingUnusable(f"Write --map {field}=COLUMN, where COLUMN is a header of the file.")
        overrides[field] = column.strip()
    return overrides


def match_columns(header: Sequence[str], overrides: Mapping[Field, str]) -> dict[Field, int]:
    """The place of each field's column in `header`; fields the file does not have are absent.

    An override names a column by its header, or by its number counted from 1. Raises `MappingUnusable` when an
    override names no column, two columns claim one field, or the file cannot name its people.
    """
    folded = [_folded(name) for name in header]
    places: dict[Field, int] = {field: _place(column, folded, header) for field, column in overrides.items()}
    taken = set(places.values())
    for place, name in enumerate(folded):
        field = _FIELD_OF_HEADER.get(name)
        if field is None or place in taken or field in overrides:
            continue
        if field in places:
            first = header[places[field]]
            raise MappingUnusable(
                f"Both {first!r} and {header[place]!r} look like {field}; say which with --map {field}=COLUMN."
            )
        places[field] = place
    _check_enough(places, header)
    return places


def unused_columns(header: Sequence[str], places: Mapping[Field, int]) -> tuple[str, ...]:
    """Headers that no field was matched to, in file order."""
    used = set(places.values())
    return tuple(name for place, name in enumerate(header) if place not in used and name)


def _check_enough(places: Mapping[Field, int], header: Sequence[str]) -> None:
    headers = ", ".join(name or "(no name)" for name in header)
    if Field.PERSONNEL_NUMBER not in places:
        raise MappingUnusable(
            f"No column is known to hold the personnel number; add --map {Field.PERSONNEL_NUMBER}=COLUMN."
            f" The columns are: {headers}."
        )
    if Field.FULL_NAME not in places and not {Field.LAST_NAME, Field.FIRST_NAME} <= places.keys():
        raise MappingUnusable(
            f"No columns are known to hold the names; add --map {Field.FULL_NAME}=COLUMN, or --map"
            f" {Field.LAST_NAME}=COLUMN and --map {Field.FIRST_NAME}=COLUMN. The columns are: {headers}."
        )


def _place(column: str, folded: Sequence[str], header: Sequence[str]) -> int:
    wanted = _folded(column)
    if wanted in folded:
        return folded.index(wanted)
    if column.isdecimal() and 1 <= int(column) <= len(header):
        return int(column) - 1
    raise MappingUnusable(f"The file has no column {column!r}. The columns are: {', '.join(header)}.")


def _folded(header: str) -> str:
    """The header in lower case, words parted by one space, ё as е."""
    return _BETWEEN_WORDS.sub(" ", header.casefold().replace("ё", "е")).strip()
