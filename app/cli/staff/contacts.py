"""E-mail addresses and phone numbers are what one signs in with, so each belongs to one person only."""

from collections.abc import Sequence
from dataclasses import replace

from app.cli.staff.people import FilePerson, LineProblem


def without_shared(people: Sequence[FilePerson], problems: list[LineProblem]) -> list[FilePerson]:
    """`people`, where an address or number that several claim stays with the first; the others are noted."""
    emails: dict[str, FilePerson] = {}
    phones: dict[str, FilePerson] = {}
    kept: list[FilePerson] = []
    for person in people:
        email_owner = emails.setdefault(person.email, person) if person.email else person
        phone_owner = phones.setdefault(person.phone, person) if person.phone else person
        if email_owner is not person:
            problems.append(_problem(person, f"e-mail {person.email}", email_owner))
        if phone_owner is not person:
            problems.append(_problem(person, f"phone {person.phone}", phone_owner))
        kept.append(
            replace(
                person,
                email=person.email if email_owner is person else "",
                phone=person.phone if phone_owner is person else "",
            )
        )
    return kept


def _problem(person: FilePerson, contact: str, owner: FilePerson) -> LineProblem:
    reason = f"{contact} belongs to {owner.personnel_number} on line {owner.line} already; it was left out"
    return LineProblem(person.line, person.personnel_number, reason)
