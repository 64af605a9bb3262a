"""The public rules of Stack Exchange sites, as versions with the dates from which they counted.

Nothing here is about one site. Their act is `ELSEWHERE`, which nothing done in Shopfloor is, so they never pay for it
and are no rules in force here; their codes begin with "se.".
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import select

from app.cli.bulk import insert_rows
from app.core import clock
from app.core.clock import as_moment
from app.core.db import db
from app.reputation.models import ELSEWHERE, REPUTATION, Rule

START = "se.start"
ASSOCIATION = "se.association"
ANSWER_UP = "se.answer_up"
QUESTION_UP = "se.question_up"
DOWN = "se.down"
ACCEPTED = "se.accepted"
ACCEPTING = "se.accepting"
EDIT = "se.edit"
BOUNTY_WON = "se.bounty_won"
BOUNTY_OFFERED = "se.bounty_offered"

#: What a day's votes up and edits, less its votes down, bring at most.
DAY_CAP = 200
#: What approved edits bring at most, ever.
EDIT_CAP = 1000
#: No total falls below it.
FLOOR = 1
#: Rules whose points are taken from who is concerned, not given.
TAKING = frozenset({DOWN, BOUNTY_OFFERED})
#: Rules that `DAY_CAP` is about.
CAPPED = frozenset({ANSWER_UP, QUESTION_UP, EDIT})
#: What everybody has without having done anything.
GIVEN = frozenset({START, ASSOCIATION})


@dataclass(frozen=True, slots=True)
class _Version:
    code: str
    points: int
    since: date | None = None


#: Oldest first. Points of a bounty are for each point offered.
_VERSIONS = (
    _Version(START, 1),
    _Version(ASSOCIATION, 100),
    _Version(ANSWER_UP, 10),
    _Version(QUESTION_UP, 5),
    _Version(QUESTION_UP, 10, date(2019, 11, 13)),
    _Version(DOWN, 2),
    _Version(ACCEPTED, 15),
    _Version(ACCEPTING, 2),
    _Version(EDIT, 2),
    _Version(BOUNTY_WON, 1),
    _Version(BOUNTY_OFFERED, 1),
)


@dataclass(frozen=True, slots=True)
class SiteRule:
    """One version of a rule in the database."""

    id: int
    code: str
    points: int


def pays_points(site: str) -> bool:
    """Whether votes count on a site. On the meta site of another they don't: people bring their points from there."""
    return site == "meta.stackexchange.com" or "meta" not in site.split(".")


def ensure_rules() -> None:
    """Load the rules that are not there yet, in the open unit of work. One SELECT, and an INSERT the first time."""
    known = {
        tuple(row) for row in db.session.execute(select(Rule.code, Rule.version).where(Rule.act == ELSEWHERE))
    }
    rows, version = [], 0
    for each, before in zip(_VERSIONS, (None, *_VERSIONS), strict=False):
        version = version + 1 if before is not None and before.code == each.code else 1
        if (each.code, version) not in known:
            rows.append(
                {
                    "code": each.code, "version": version, "act": ELSEWHERE, "pays": "other", "account": REPUTATION,
                    "points": each.points, "daily_cap": DAY_CAP if each.code in CAPPED else None,
                    "priority_percent": 100, "only_priority": False, "made_at": clock.now(),
                    "valid_from": as_moment(datetime.combine(each.since, time(), UTC)) if each.since else 0,
                }
            )  # fmt: skip
    insert_rows(Rule, rows)


def rules_at(moment: int) -> dict[str, SiteRule]:
    """The version of each rule in force at a moment, by code. One SELECT.

    When Stack Exchange changed what a vote is worth it counted the whole past anew, so everything in a dump is worth
    what the rules of the dump's own day say.
    """
    rows = db.session.execute(
        select(Rule.id, Rule.code, Rule.points)
        .where(Rule.act == ELSEWHERE, Rule.valid_from <= moment)
        .order_by(Rule.code, Rule.version)
    )
    return {row.code: SiteRule(row.id, row.code, row.points) for row in rows}
