"""The report for the motivation programme."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Label, and_, case, func, select

from app.core.db import db, steady_reading
from app.people.models import Person
from app.reputation.models import EXPIRED, IS_BONUS, ISSUE, SPENT, Entry
from app.rewards.models import Order
from app.rewards.schemas import ReportRow

#: Rows held at once.
READ = 500


def report(begins: int, ends: int) -> Iterator[ReportRow]:
    """Everybody who ever had bonus points, by personnel number: what a period brought, and the balance at its end.

    A row counts when it happened; what was taken back or returned, when that was, so that a month stays as it was
    reported. One statement, as of one moment; not inside a unit of work.
    """
    moment = case((Entry.reverses_id.is_(None), Entry.happened_at), else_=Entry.recorded_at)
    within = and_(moment >= begins, moment < ends)

    def total(against: str) -> Label[int]:
        return func.sum(case((and_(within, Entry.against == against), Entry.delta), else_=0)).label(against)

    sums = (
        select(
            Entry.person_id, total(ISSUE), total(SPENT), total(EXPIRED),
            func.sum(case((moment < ends, Entry.delta), else_=0)).label("balance"),
        )
        .where(IS_BONUS)
        .group_by(Entry.person_id)
        .subquery("sums")
    )  # fmt: skip
    orders = (
        select(Order.person_id, func.count().label("number"))
        .where(Order.ordered_at >= begins, Order.ordered_at < ends)
        .group_by(Order.person_id)
        .subquery("orders")
    )
    rows = (
        select(
            Person.personnel_number, sums.c.issue, sums.c.spent, sums.c.expired, sums.c.balance,
            func.coalesce(orders.c.number, 0).label("orders"),
        )
        .join(sums, sums.c.person_id == Person.id)
        .outerjoin(orders, orders.c.person_id == Person.id)
        .order_by(Person.personnel_number)
        .execution_options(yield_per=READ)
    )  # fmt: skip
    with steady_reading():
        for row in db.session.execute(rows):
            # Spent and expired are sums below zero in the ledger, and amounts in a report.
            yield ReportRow(
                row.personnel_number,
                int(row.issue),
                -int(row.spent),
                -int(row.expired),
                int(row.balance),
                row.orders,
            )
