"""The outside check of the ledger: what it holds of a site's people beside the reputation that the site states."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select

from app.cli.stackexchange.evidence import ACCOUNT
from app.cli.stackexchange.ledger import label_of, people_of
from app.cli.stackexchange.memory import Memory
from app.cli.stackexchange.site_rules import GIVEN, pays_points
from app.content.models import Source
from app.core.db import db
from app.reputation.models import Entry

_CODE = "stackexchange:"
#: A total this near to the stated one, in points or in per cent of it, is near.
_NEAR_POINTS = 10
_NEAR_PERCENT = 10


@dataclass(frozen=True, slots=True)
class Site:
    """A site that was imported."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a site's active users' totals compare with what the site states."""

    site: str
    #: Users of the site whom the ledger names with more than what every account begins with.
    active: int
    exact: int
    near: int
    #: False for a meta site, which states the points of another one.
    comparable: bool = True

    def as_fields(self) -> dict[str, object]:
        """For programs."""
        return {
            "site": self.site,
            "comparable": self.comparable,
            "active": self.active,
            "exact": self.exact,
            "exact_share": share(self.exact, self.active),
            "near": self.near,
            "near_share": share(self.near, self.active),
        }


def share(part: int, whole: int) -> float | None:
    """A share of one, to four places; None of nothing."""
    return round(part / whole, 4) if whole else None


def sites(name: str | None = None) -> Sequence[Site]:
    """The sites that were imported, or the one of that name. One SELECT."""
    rows = db.session.execute(
        select(Source.id, Source.code).where(Source.code.startswith(_CODE)).order_by(Source.code)
    )
    found = [Site(row.id, row.code.removeprefix(_CODE)) for row in rows]
    return [site for site in found if name in (None, site.name)]


def compare(site: Site) -> Comparison:
    """Compare the totals in the ledger with those that the site states. Three SELECTs; reads the site's entries."""
    if not pays_points(site.name):
        return Comparison(site.name, 0, 0, 0, comparable=False)
    stated = _stated(site)
    gaps = [
        (abs(total - stated[each]), stated[each]) for each, total in _totals(site).items() if each in stated
    ]
    return Comparison(
        site.name,
        active=len(gaps),
        exact=sum(gap == 0 for gap, _ in gaps),
        near=sum(gap <= _NEAR_POINTS or gap * 100 <= _NEAR_PERCENT * reputation for gap, reputation in gaps),
    )


def users_of(site: Site) -> dict[int, int]:
    """People by the number of their account there. Two SELECTs."""
    return people_of(site.id, Memory(site.id, ACCOUNT))


def _stated(site: Site) -> dict[int, int]:
    """The reputation that the site states, by person."""
    accounts = Memory(site.id, ACCOUNT)
    numbers = people_of(site.id, accounts)
    return {person_id: accounts[f"{ACCOUNT}{number}"]["Reputation"] for number, person_id in numbers.items()}


def _totals(site: Site) -> dict[int, int]:
    """What the ledger's entries of the site add up to, for those who have more than a beginning. One SELECT."""
    done = func.sum(case((Entry.rule.in_(GIVEN), 0), (Entry.gives, 1), else_=-1))
    rows = db.session.execute(
        select(Entry.person_id, func.sum(Entry.delta).label("total"))
        .where(
            Entry.fact.startswith(f"{label_of(site.name)}:", autoescape=True),
            Entry.source.startswith("import:"),
        )
        .group_by(Entry.person_id)
        .having(done > 0)
    )
    return {row.person_id: row.total for row in rows}
