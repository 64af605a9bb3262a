"""Who reports to whom, made a tree: nobody is above themselves, however long the way round."""

from collections.abc import Sequence
from dataclasses import replace

from app.cli.staff.people import FilePerson, LineProblem


def break_cycles(people: Sequence[FilePerson], problems: list[LineProblem]) -> list[FilePerson]:
    """`people` without circles of managers.

    Of each circle the person who stands first in the file loses their manager, and the problem names everybody in
    it. Linear in the number of people; managers who are not among `people` are left for the plan to judge.
    """
    manager_of = {person.personnel_number: person.manager for person in people if person.manager}
    cut: set[str] = set()
    settled: set[str] = set()
    by_number = {person.personnel_number: person for person in people}
    for person in people:
        path: list[str] = []
        on_path: set[str] = set()
        number = person.personnel_number
        while number in manager_of and number not in settled and number not in on_path:
            path.append(number)
            on_path.add(number)
            number = manager_of[number]
        if number in on_path:
            circle = path[path.index(number) :]
            first = min(circle, key=lambda member: by_number[member].line)
            cut.add(first)
            problems.append(_problem(by_number[first], circle))
        settled.update(path)
    return [replace(person, manager="") if person.personnel_number in cut else person for person in people]


def _problem(first: FilePerson, circle: Sequence[str]) -> LineProblem:
    if len(circle) == 1:
        reason = "the person is their own manager; the manager was left out"
    else:
        start = circle.index(first.personnel_number)
        round_trip = [*circle[start:], *circle[:start], first.personnel_number]
        reason = f"the managers go round in a circle ({' > '.join(round_trip)}); this one's was left out"
    return LineProblem(first.line, first.personnel_number, reason)
