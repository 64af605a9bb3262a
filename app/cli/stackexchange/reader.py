"""Streaming the tables of a dump as typed rows.

A row that cannot be read is noted and left out; a file that breaks off in the middle gives the rows before
the break. Nothing in a file's content makes these functions raise. Memory stays flat whatever the size of the
file, but for the set of ids that finds repeated rows.
"""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from app.cli.stackexchange import builders
from app.cli.stackexchange.fields import Fields, RowUnreadable
from app.cli.stackexchange.problems import Problems
from app.cli.stackexchange.rows import Badge, Comment, HistoryEntry, Post, PostLink, Tag, User, Vote
from app.cli.stackexchange.source import Dump, Table
from app.cli.stackexchange.xmltext import LegalXml


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


_COUNTED_BLOCK = 1 << 20

_Row = TypeVar("_Row", bound=_Numbered)


class DumpReader:
    """Reads the tables of one dump and collects what could not be read.

    After a table was read, `is_whole(table)` says whether its file was there and unbroken: only then does a
    row's absence mean that the site no longer has it.
    """

    def __init__(self, dump: Dump, problems: Problems) -> None:
        self._dump = dump
        self._problems = problems
        self._whole: set[Table] = set()

    @property
    def site(self) -> str:
        """The site's host name."""
        return self._dump.site

    def has(self, table: Table) -> bool:
        """Whether the dump has a file for `table`."""
        return table in self._dump.files

    def count(self, table: Table) -> int:
        """How many rows the table's file seems to have: a measure of progress. Reads the file once."""
        path = self._dump.files.get(table)
        if path is None:
            return 0
        rows = 0
        with path.open("rb") as file:
            while block := file.read(_COUNTED_BLOCK):
                rows += block.count(b"<row ")
        return rows

    def is_whole(self, table: Table) -> bool:
        """Whether `table` has been read to the end of its file without a break."""
        return table in self._whole

    def users(self) -> Iterator[User]:
        """Users.xml, in file order."""
        return self._rows(Table.USERS, builders.user)

    def posts(self) -> Iterator[Post]:
        """Posts.xml, in file order."""
        return self._rows(Table.POSTS, builders.post)

    def comments(self) -> Iterator[Comment]:
        """Comments.xml, in file order."""
        return self._rows(Table.COMMENTS, builders.comment)

    def votes(self) -> Iterator[Vote]:
        """Votes.xml, in file order."""
        return self._rows(Table.VOTES, builders.vote)

    def tags(self) -> Iterator[Tag]:
        """Tags.xml, in file order."""
        return self._rows(Table.TAGS, builders.tag)

    def post_links(self) -> Iterator[PostLink]:
        """PostLinks.xml, in file order."""
        return self._rows(Table.POST_LINKS, builders.post_link)

    def history(self) -> Iterator[HistoryEntry]:
        """PostHistory.xml, in file order."""
        return self._rows(Table.POST_HISTORY, builders.history_entry)

    def badges(self) -> Iterator[Badge]:
        """Badges.xml, in file order."""
        return self._rows(Table.BADGES, builders.badge)

    def _rows(self, table: Table, build: Callable[[Fields], _Row]) -> Iterator[_Row]:
        path = self._dump.files.get(table)
        if path is None:
            self._problems.add(table.value, "-", "the file is missing")
            return
        seen: set[int] = set()
        with path.open("rb") as file:
            text = LegalXml(file)
            for ordinal, attributes in enumerate(self._elements(table, text), start=1):
                place = attributes.get("Id") or f"row {ordinal}"
                try:
                    row = build(Fields(attributes, _noting(self._problems, table, place)))
                except RowUnreadable as unreadable:
                    self._problems.add(table.value, place, str(unreadable))
                    continue
                if row.id in seen:
                    self._problems.add(table.value, place, "the row repeats an id")
                    continue
                seen.add(row.id)
                yield row
            if text.replaced:
                self._problems.add(
                    table.value, f"{text.replaced} characters", "characters that XML forbids were replaced"
                )

    def _elements(self, table: Table, text: LegalXml) -> Iterator[dict[str, str]]:
        """The attributes of each row element, up to the end or the first break."""
        root: Element | None = None
        try:
            for event, element in iterparse(text, events=("start", "end"), forbid_dtd=True):
                if root is None:
                    root = element
                elif event == "end" and element.tag == "row":
                    yield dict(element.attrib)
                    root.clear()
        except (ParseError, DefusedXmlException) as damage:
            self._problems.add(
                table.value, _place(damage), "the file is damaged here; what follows was not read"
            )
        else:
            self._whole.add(table)


def _noting(problems: Problems, table: Table, place: str) -> Callable[[str], None]:
    return lambda reason: problems.add(table.value, place, reason)


def _place(damage: ParseError | DefusedXmlException) -> str:
    if isinstance(damage, ParseError):
        line, column = damage.position
        return f"line {line}, column {column + 1}"
    return f"forbidden XML: {type(damage).__name__}"
