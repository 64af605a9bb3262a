"""`flask import stackexchange`: what the operator sees."""

import csv
import io

import pytest

from tests.features.imports import dumps
from tests.features.imports.test_dump_import import THREAD


@pytest.fixture
def run(flask_app, database, tmp_path):
    """Import a hand-made dump; gives what the command said and its exit code."""

    def running(*options, name="beer.stackexchange.com", **tables):
        folder = dumps.write_dump(tmp_path / name, **{**THREAD, **tables})
        return flask_app.test_cli_runner().invoke(args=["import", "stackexchange", str(folder), *options])

    return running


def test_it_sums_up_what_it_did_and_what_it_left_out(run):
    result = run(Votes=[dumps.vote(1, 10), dumps.vote(2, 77), dumps.vote(3, 78)])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert "Reading beer.stackexchange.com" in lines
    assert "Questions        1 new" in lines
    assert "Answers          2 new" in lines
    assert "  Votes.xml: 2 × the post it was cast on is not in the dump (such as 2, 3)" in lines
    again = run()
    assert "Answers          2 as before" in again.output.splitlines()


def test_every_row_left_out_is_in_the_report(run, tmp_path):
    report = tmp_path / "left-out.csv"
    run("--report", str(report), Votes=[dumps.vote(number, 77) for number in range(1, 31)])
    rows = list(csv.DictReader(io.StringIO(report.read_text("utf-8-sig"))))
    votes = [row["row"] for row in rows if row["file"] == "Votes.xml"]
    assert votes == [str(number) for number in range(1, 31)]


def test_a_damaged_dump_is_said_to_be_one(run):
    result = run(Posts=dumps.xml("posts", THREAD["Posts"]).replace("</posts>", ""))
    assert result.exit_code == 0
    assert "nothing was taken for gone" in result.output


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("dump", (), "add --site HOST"),
        ("dump", ("--site", "not a host"), "is not a site name"),
    ],
)
def test_what_cannot_be_used_is_said_in_words(run, name, options, words):
    result = run(*options, name=name)
    assert result.exit_code == 1
    assert words in result.output
    assert "Traceback" not in result.output
