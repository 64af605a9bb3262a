"""Measuring on an imported site how well similar questions are found."""

import json

import pytest

from app.content.models import ContentOrigin, Source
from app.core import clock
from tests import factories
from tests.factories.saving import saved

SITE = "beer.stackexchange.com"


@pytest.fixture
def imported(frozen_clock, database):
    """Makes questions and answers that came from the site, an hour after one another."""
    source = saved(
        Source(code=f"stackexchange:{SITE}", name=SITE, url=f"https://{SITE}", imported_at=clock.now())
    )
    number = iter(range(1, 100))

    def bring(title, body="Nothing else to say.", *, to=None):
        frozen_clock.advance(clock.HOUR)
        if to is None:
            item = factories.publication(body=body, title=title, kind="question")
        else:
            item = factories.answer(to, body=body)
        key = next(number)
        saved(
            ContentOrigin(
                content_id=item.id, source_id=source.id, key=f"post:{key}", url=f"https://{SITE}/q/{key}"
            )
        )
        return item

    return bring


@pytest.fixture
def evaluate(flask_app, tmp_path):
    """Run the command on links; what it printed and the last line."""

    def run(*links, site=SITE):
        path = tmp_path / "links.jsonl"
        rows = [
            {"site": site, "kind": kind, "query": query, "target": target} for kind, query, target in links
        ]
        path.write_text("\n".join(json.dumps(row) for row in rows))
        done = flask_app.test_cli_runner().invoke(args=["questions", "evaluate-similar", str(path)])
        return done, json.loads(done.stdout.splitlines()[-1]) if done.exit_code == 0 else None

    return run


def test_targets_are_found_by_title_and_by_text(imported, evaluate):
    imported("Does dark beer age well?")
    imported("Which glass for stout?", "Mine is a tulip.")
    imported("Keeping bottles for years", "Will a dark one age?")
    imported("What is a good vessel?", "I like tulip shapes for stout")
    done, told = evaluate(("duplicate", 3, 1), ("linked", 4, 2), ("linked", 4, 77))
    assert done.exit_code == 0
    assert told["duplicate"] == {
        "cases": 1, "title": {"recall@5": 0.0, "recall@10": 0.0}, "full": {"recall@5": 1.0, "recall@10": 1.0},
    }  # fmt: skip
    assert told["linked"]["full"] == {"recall@5": 1.0, "recall@10": 1.0}
    assert told["unknown"] == 1


def test_links_and_what_came_later_give_nothing_away(imported, evaluate):
    target = imported("Malt")
    imported("Hops", f"Possible duplicate: [Malt](https://{SITE}/q/1) https://{SITE}/q/1/malt")
    imported("", "Hops hops hops", to=target)
    _done, told = evaluate(("duplicate", 2, 1))
    assert told["duplicate"]["full"]["recall@10"] == 0.0


def test_an_answer_from_before_counts(imported, evaluate):
    target = imported("Malt")
    imported("", "It is all about the yeast.", to=target)
    imported("Yeast?")
    _done, told = evaluate(("duplicate", 3, 1))
    assert told["duplicate"]["title"]["recall@5"] == 1.0


def test_what_cannot_be_measured_is_said(imported, evaluate, tmp_path, flask_app):
    done, _told = evaluate(("linked", 2, 1), site="wine.stackexchange.com")
    assert done.exit_code == 1
    assert "No site called wine.stackexchange.com was imported." in done.output
    (tmp_path / "broken.jsonl").write_text('{"kind": "linked"}')
    done = flask_app.test_cli_runner().invoke(
        args=["questions", "evaluate-similar", str(tmp_path / "broken.jsonl")]
    )
    assert (done.exit_code, "line 1" in done.output) == (1, True)
