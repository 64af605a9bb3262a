"""Cases: texts with their reports and decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, Row, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from app.content.models import COMPANY, ContentItem
from app.content.queries.attachments import attachments
from app.content.queries.lines import (
    Author,
    AuthorPosition,
    AuthorShop,
    folded,
    person_columns,
    person_line,
    place_line,
)  # fmt: skip
from app.content.schemas import FileView, PictureView
from app.core.actor import Actor
from app.core.prepared import Prepared, among
from app.groups.models import Group
from app.moderation.models import OPEN, Report
from app.moderation.policy import access_case
from app.moderation.queries.decisions import decisions_of
from app.moderation.schemas import Case, CaseItem, ReportLine
from app.people.models import Department, Person, Position, Shop

_Root = aliased(ContentItem, name="case_root")
_Wall = aliased(Person, name="wall")
_PlaceShop = aliased(Shop, name="place_shop")

_ITEMS = Prepared(
    select(
        ContentItem.id, ContentItem.public_id, ContentItem.kind, ContentItem.state, ContentItem.place_kind,
        ContentItem.published_at, ContentItem.title, ContentItem.excerpt, ContentItem.body_html,
        ContentItem.audience, ContentItem.group_id, _Root.public_id.label("root_public_id"),
        *person_columns("author", Author, AuthorPosition, AuthorShop),
        Group.name.label("group_name"), Group.handle.label("group_handle"),
        _Wall.name.label("wall_name"), _Wall.handle.label("wall_handle"),
        _PlaceShop.code.label("place_shop_code"), _PlaceShop.name.label("place_shop_name"),
        Department.name.label("department_name"), Department.id.label("place_department_id"),
    )
    .join(_Root, _Root.id == func.coalesce(ContentItem.root_id, ContentItem.id))
    .join(Author, Author.id == ContentItem.author_id)
    .outerjoin(AuthorPosition, AuthorPosition.id == Author.position_id)
    .outerjoin(AuthorShop, AuthorShop.id == Author.shop_id)
    .outerjoin(Group, Group.id == ContentItem.group_id)
    .outerjoin(_Wall, _Wall.id == ContentItem.person_id)
    .outerjoin(_PlaceShop, _PlaceShop.id == ContentItem.shop_id)
    .outerjoin(Department, Department.id == ContentItem.department_id)
    .where(among(ContentItem.id, "ids"))
)  # fmt: skip

_ranked = (
    select(
        Report.id,
        func.row_number().over(partition_by=Report.content_id, order_by=Report.id.desc()).label("rank"),
    )
    .where(
        among(Report.content_id, "ids"),
        or_(bindparam("all_states", type_=Integer) == 1, Report.state == OPEN),
    )
    .subquery("ranked_reports")
)

_REPORTS = Prepared(
    select(
        Report.content_id, Report.reason, Report.note, Report.created_at, Report.state,
        *person_columns("reporter", Person, Position, Shop),
    )
    .join(Person, Person.id == Report.reporter_id)
    .outerjoin(Position, Position.id == Person.position_id)
    .outerjoin(Shop, Shop.id == Person.shop_id)
    .where(Report.id.in_(select(_ranked.c.id).where(_ranked.c.rank <= bindparam("most"))))
    .order_by(Report.id)
)  # fmt: skip

#: Reports shown of one case on its own page.
MOST_REPORTS = 200


def case(actor: Actor, public_id: str) -> Case:
    """One case whole. Raises `NotFound` and `Forbidden`. At most eight statements.

    A moderator who wrote the text is shown no reports: the author never learns who reported it.
    """
    item, _root = access_case(actor, public_id)
    is_mine = item.author_id == actor.person_id
    reports = [] if is_mine else reports_of([item.id], MOST_REPORTS, all_states=True)[item.id]
    waiting = sum(line.state == OPEN for line in reports)
    shown = case_items(actor, [item.id], whole=True)[item.id]
    return Case(shown, tuple(reports), waiting, tuple(decisions_of([item.id])[item.id]))


def case_items(actor: Actor, ids: Sequence[int], *, whole: bool = False) -> Mapping[int, CaseItem]:
    """The texts with these ids, long ones folded or `whole`. Two statements.

    Whoever asks has decided that the person may see them.
    """
    files = attachments(ids)
    return {row.id: _case_item(actor, row, files.get(row.id, ((), ())), whole) for row in _ITEMS.all(ids=ids)}


def reports_of(ids: Sequence[int], most: int, *, all_states: bool = False) -> Mapping[int, list[ReportLine]]:
    """The latest reports of each text, oldest first: those that wait, or all. One statement."""
    found: dict[int, list[ReportLine]] = defaultdict(list)
    for row in _REPORTS.all(ids=ids, most=most, all_states=int(all_states)):
        reporter = person_line(row, "reporter")
        assert reporter is not None
        found[row.content_id].append(ReportLine(reporter, row.reason, row.note, row.created_at, row.state))
    return found


def _case_item(
    actor: Actor, row: Row[Any], files: tuple[tuple[PictureView, ...], tuple[FileView, ...]], whole: bool
) -> CaseItem:
    author = person_line(row, "author")
    assert author is not None
    anchor = "" if row.root_public_id == row.public_id else f"#c-{row.public_id}"
    body, long = folded(row.body_html, whole=whole)
    goes_there = row.audience == COMPANY or row.group_id in actor.group_ids
    return CaseItem(
        id=row.id,
        public_id=row.public_id,
        kind=row.kind,
        state=row.state,
        author=author,
        place=place_line(row),
        published_at=row.published_at,
        title=row.title,
        excerpt=row.excerpt,
        body_html=body,
        long=long,
        url=f"/p/{row.root_public_id}{anchor}" if goes_there else None,
        pictures=files[0],
        files=files[1],
    )
