"""Tables as people really save them: any usual encoding, any usual delimiter, each row with its line number."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
#: Enough lines to tell the delimiter; more would only slow down.
_SAMPLE_LINES = 50
#: Rows of a table that is written in pieces.
_PIECE = 200


class NotATable(ValueError):
    """The bytes hold no table: empty, binary, or without a header row."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one record; `line` is where it begins in the file, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A header, the rows below it and how the file was written. Rows may be shorter or longer than the header."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    delimiter: str


def read_table(data: bytes) -> CsvTable:
    """Read `data` as a table whose first non-empty row is the header.

    UTF-8 and UTF-16 are told by their byte-order mark; text without one is UTF-8 when it is valid as such, else
    Windows-1251. Cells lose surrounding space. Rows without any text are left out. Raises `NotATable`.
    """
    encoding = _encoding_of(data)
    text = data.decode(encoding)
    if "\0" in text:
        raise NotATable("The file is not text.")
    delimiter = _delimiter_of(text)
    rows = _records(text, delimiter)
    if not rows:
        raise NotATable("The file is empty.")
    header, *body = rows
    return CsvTable(header.cells, tuple(body), encoding, delimiter)


def _encoding_of(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return _if_valid(data, "utf-8-sig")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _if_valid(data, "utf-16")
    try:
        return _if_valid(data, "utf-8")
    except NotATable:
        return _if_valid(data, "cp1251")


def _if_valid(data: bytes, encoding: str) -> str:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as broken:
        raise NotATable("The file is in an encoding other than UTF-8, UTF-16 and Windows-1251.") from broken
    return encoding


def _delimiter_of(text: str) -> str:
    """The delimiter that cuts the most lines into as many cells as the header; a wider header breaks a tie."""
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])

    def fitness(delimiter: str) -> tuple[int, int]:
        widths = [len(row.cells) for row in _records(sample, delimiter)]
        if not widths or widths[0] < 2:
            return (0, 0)
        return (widths.count(widths[0]), widths[0])

    return max(DELIMITERS, key=fitness)


def _records(text: str, delimiter: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            stripped = tuple(_clean(cell) for cell in cells)
            if any(stripped):
                rows.append(Row(line, stripped))
            line = reader.line_num + 1
    except csv.Error as broken:
        raise NotATable(f"Line {line} cannot be read as a table row: {broken}.") from broken
    return rows


def _clean(cell: str) -> str:
    """The cell without surrounding space, also the unbreakable kind that spreadsheets leave."""
    return cell.replace("\u00a0", " ").strip()


def write_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A comma-separated table that spreadsheets open as UTF-8.

    A cell that a spreadsheet would take for a formula is preceded by an apostrophe; numbers are not.
    """
    return b"".join(stream_table(header, rows))


def stream_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The same table in pieces of some rows, without holding them all."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    yield codecs.BOM_UTF8
    for number, row in enumerate(rows, start=1):
        writer.writerow([_cell(value) for value in row])
        if number % _PIECE == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    return _harmless("" if value is None else str(value))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
