"""Tables are written so that spreadsheets show them and run nothing in them."""

import csv
import io

import pytest

from app.lib.csvfile import read_table, write_table


def test_what_is_written_is_read_again():
    table = read_table(write_table(("Имя", "b"), [('a,\n"x"', 1), (None, "ё")]))
    assert table.header == ("Имя", "b")
    assert [row.cells for row in table.rows] == [('a,\n"x"', "1"), ("", "ё")]


@pytest.mark.parametrize("cell", ["=1+1", "+7 916", "-2", "@SUM(A1)", "\t=1"])
def test_a_formula_is_only_text(cell):
    written = write_table(("a",), [(cell,)]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written, newline="")))[1] == [f"'{cell}"]
