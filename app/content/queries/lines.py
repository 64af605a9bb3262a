"""From rows to the small lines that cards are made of: people, places, attribution."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from sqlalchemy import Label
from sqlalchemy.orm import aliased

from app.content.models import ContentItem, ContentOrigin, Source
from app.content.schemas import OriginView, PlaceLine
from app.groups.schemas import group_url
from app.lib.markup import shorten
from app.people.models import Person, Position, Shop
from app.people.schemas import PersonLine, initials, person_url, photo_url, shop_url

#: In streams texts with more characters, or more paragraphs and lines, are folded.
FOLD_CHARACTERS = 260
FOLD_BREAKS = 9
#: The same for accepted answers and for other comments, which are folded earlier.
FOLD_ACCEPTED = 220
FOLD_COMMENT = 140

#: A card's author and workplace, joined to every card.
Author = aliased(Person, name="author")
AuthorPosition = aliased(Position, name="author_position")
AuthorShop = aliased(Shop, name="author_shop")

#: The attribution of imported rows; select them with `join_origin`.
ORIGIN_COLUMNS = (
    ContentOrigin.url.label("origin_url"),
    ContentOrigin.author_name.label("origin_author"),
    ContentOrigin.author_url.label("origin_author_url"),
    ContentOrigin.licence.label("origin_licence"),
    Source.name.label("origin_site"),
)


def join_origin(statement: Any) -> Any:
    """Outer-join the attribution of each content row."""
    return statement.outerjoin(ContentOrigin, ContentOrigin.content_id == ContentItem.id).outerjoin(
        Source, Source.id == ContentOrigin.source_id
    )


def folded(html: str, *, whole: bool, characters: int = FOLD_CHARACTERS) -> tuple[Markup, bool]:
    """A stored text for a card, and whether the card holds only its beginning, with "more" leading to the rest.

    `whole` is for the publication's own page, where nothing is folded.
    """
    if whole or (len(html) <= characters and html.count("<") <= FOLD_BREAKS):
        return Markup(html), False  # noqa: S704 - sanitised when it was written
    short = shorten(html, characters=characters, breaks=FOLD_BREAKS)
    return Markup(short), short != html  # noqa: S704 - whole elements of the same


def person_columns(prefix: str, person: Any, position: Any = None, shop: Any = None) -> list[Label[Any]]:
    """The columns `person_line` reads, labelled with `prefix`; a title as an expert stands only beside a position."""
    columns = [
        person.id.label(f"{prefix}_id"),
        person.name.label(f"{prefix}_name"),
        person.handle.label(f"{prefix}_handle"),
        person.colour.label(f"{prefix}_colour"),
        person.photo_key.label(f"{prefix}_photo"),
    ]
    if position is not None:
        columns += [
            position.name.label(f"{prefix}_position"),
            person.title.label(f"{prefix}_expert"),
            person.title_topics.label(f"{prefix}_expert_in"),
        ]
    if shop is not None:
        columns += [shop.code.label(f"{prefix}_shop"), shop.city.label(f"{prefix}_city")]
    return columns


def person_line(row: Any, prefix: str) -> PersonLine | None:
    """The person whose columns were selected by `person_columns`, or None for an outer join without one."""
    person_id, name, handle = (getattr(row, f"{prefix}_{column}") for column in ("id", "name", "handle"))
    if person_id is None:
        return None
    workplace = (getattr(row, f"{prefix}_{column}", "") for column in ("shop", "city"))
    return PersonLine(
        id=person_id,
        name=name,
        handle=handle,
        url=person_url(handle),
        initials=initials(name),
        colour=getattr(row, f"{prefix}_colour"),
        photo_url=photo_url(handle, getattr(row, f"{prefix}_photo")),
        position=getattr(row, f"{prefix}_position", "") or "",
        shop=", ".join(part for part in workplace if part),
        title=getattr(row, f"{prefix}_expert", 0),
        title_topics=getattr(row, f"{prefix}_expert_in", ""),
    )


def place_line(row: Any) -> PlaceLine | None:
    """Where it was posted, or None for the whole company; reads place_kind and the joined place columns."""
    match row.place_kind:
        case "group":
            return PlaceLine("group", row.group_name, group_url(row.group_handle))
        case "person":
            return PlaceLine("person", row.wall_name, person_url(row.wall_handle))
        case "shop":
            return PlaceLine(
                "shop", row.place_shop_name or row.place_shop_code, shop_url(row.place_shop_code)
            )
        case "department":
            return PlaceLine("department", row.department_name, f"/departments/{row.place_department_id}")
    return None


def origin_view(row: Any) -> OriginView | None:
    """The attribution of an imported row, or None; reads `ORIGIN_COLUMNS`."""
    if row.origin_url is None:
        return None
    return OriginView(
        row.origin_site, row.origin_url, row.origin_author, row.origin_author_url, row.origin_licence
    )
