"""Tables of people, places, job history and follows."""

from __future__ import annotations

from datetime import date

from sqlalchemy import DDL, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Identity, Model, Moment
from app.lib.text import transliterate

ACTIVE = "active"
LEFT = "left"


def _latin_name(context: DefaultExecutionContext) -> str:
    """The default of `Person.latin_name`, for bulk inserts too."""
    row: dict[str, str] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return transliterate(row["sort_name"])


class Region(Model):
    """A part of the company's territory."""

    __tablename__ = "regions"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: Short stable code, e.g. "ural".
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))


class Shop(Model):
    """A shop: where most people work."""

    __tablename__ = "shops"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: The code staff use, e.g. "У112".
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    city: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(240), default="")
    #: IANA name, e.g. "Asia/Yekaterinburg".
    time_zone: Mapped[str] = mapped_column(String(60))
    #: Size and kind: "standard", "flagship", "island", "franchise", "office".
    format: Mapped[str] = mapped_column(String(40), default="standard")
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"), index=True)
    #: Who runs the shop.
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", use_alter=True), index=True)
    #: When it closed for good, or NULL.
    closed_on: Mapped[date | None] = mapped_column(Date)


class Department(Model):
    """A department of the head office or of a region."""

    __tablename__ = "departments"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: Short stable code made from the name.
    code: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)


class Position(Model):
    """A job title."""

    __tablename__ = "positions"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    name: Mapped[str] = mapped_column(String(160), unique=True)


class Person(Model):
    """Somebody who works or worked here."""

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: The key by which the company knows the person.
    personnel_number: Mapped[str] = mapped_column(String(60), unique=True)
    #: How the person is mentioned; also in `handles`.
    handle: Mapped[str] = mapped_column(String(80), unique=True)
    first_name: Mapped[str] = mapped_column(String(120))
    last_name: Mapped[str] = mapped_column(String(120), default="")
    middle_name: Mapped[str] = mapped_column(String(120), default="")
    #: What cards show, "First Last".
    name: Mapped[str] = mapped_column(String(240))
    #: "last first middle", folded, for sorting and completion.
    sort_name: Mapped[str] = mapped_column(String(380), index=True)
    #: `sort_name` in Latin letters, so that "petrova" finds "петрова"; made from it when a row is inserted.
    latin_name: Mapped[str] = mapped_column(Text, default=_latin_name)
    #: Lower case, or NULL.
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    #: E.164, or NULL.
    phone: Mapped[str | None] = mapped_column(String(40), unique=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("positions.id"), index=True)
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shops.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    hired_on: Mapped[date | None] = mapped_column(Date)
    left_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(20), default=ACTIVE)
    #: "About me", Markdown-light.
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    #: Storage key of the photo's variants, or NULL.
    photo_key: Mapped[str | None] = mapped_column(String(80))
    #: Which of the ten avatar colours, 0–9.
    colour: Mapped[int] = mapped_column(default=0)
    #: Where the row came from: "staff", "stackexchange", "demo", "manual".
    source: Mapped[str] = mapped_column(String(40), default="manual")
    followers_count: Mapped[int] = mapped_column(default=0)
    publications_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[int] = mapped_column(Moment)
    #: Since when the row says of nobody who it was.
    erased_at: Mapped[int | None] = mapped_column(Moment)
    #: The best title the person has as an expert: 0 none, 1 Learner, 2 Connoisseur, 3 Master.
    title: Mapped[int] = mapped_column(default=0, server_default="0")
    #: The topics they have it in, separated by spaces, the strongest first.
    title_topics: Mapped[str] = mapped_column(String(240), default="", server_default="")
    #: Raised when anything that cards show of the person changes.
    version: Mapped[int] = mapped_column(default=1)

    shop: Mapped[Shop | None] = relationship(foreign_keys=[shop_id], lazy="raise_on_sql")
    position: Mapped[Position | None] = relationship(lazy="raise_on_sql")
    department: Mapped[Department | None] = relationship(lazy="raise_on_sql")
    manager: Mapped[Person | None] = relationship(
        remote_side=[id], foreign_keys=[manager_id], lazy="raise_on_sql"
    )

    __table_args__ = (
        CheckConstraint("state IN ('active', 'left')", name="state"),
        Index(None, "state", "sort_name"),
        Index(None, "state", "followers_count"),
    )


class PersonWord(Model):
    """A word by whose beginning a person is found: a part of the name in either alphabet, or the handle.

    Triggers write it (see `words_ddl`), so that no importer that writes people in bulk can forget it.
    """

    __tablename__ = "person_words"
    word: Mapped[str] = mapped_column(
        Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    __table_args__ = {"sqlite_with_rowid": False}


class Handle(Model):
    """The one name space of everything that can be mentioned."""

    __tablename__ = "handles"
    handle: Mapped[str] = mapped_column(String(80), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), unique=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), unique=True)

    __table_args__ = (CheckConstraint("(person_id IS NULL) <> (group_id IS NULL)", name="one_owner"),)


class Job(Model):
    """One stretch of a person's job history; the running one has no end."""

    __tablename__ = "jobs"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    position_id: Mapped[int | None] = mapped_column(ForeignKey("positions.id"), index=True)
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shops.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    started_on: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (UniqueConstraint("person_id", "started_on"),)


class Follow(Model):
    """One person reads another."""

    __tablename__ = "follows"
    follower_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    followed_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("follower_id <> followed_id", name="not_oneself"),)


class RegionSubscription(Model):
    """A person reads the publications on the pages of another region's shops."""

    __tablename__ = "region_subscriptions"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    region_id: Mapped[int] = mapped_column(
        ForeignKey("regions.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[int] = mapped_column(Moment)


#: Longer words are cut at this length (see `_WORDS`): nobody types as much, and an index takes no longer keys.
LONGEST_WORD = 80

#: The words of a row of people. The names are cut at spaces, which PostgreSQL can do, and SQLite by way of JSON.
_WORDS = {
    "sqlite": """SELECT substr(value, 1, 80), NEW.id FROM json_each(
        '[' || replace(json_quote(NEW.sort_name || ' ' || NEW.latin_name || ' ' || NEW.handle), ' ', '","') || ']')
        WHERE value <> ''""",
    "postgresql": """SELECT substr(word, 1, 80), NEW.id
        FROM regexp_split_to_table(NEW.sort_name || ' ' || NEW.latin_name || ' ' || NEW.handle, ' +') AS word
        WHERE word <> ''""",
}


def words_ddl(dialect: str) -> list[str]:
    """The triggers that keep `person_words` equal to the names; migrations execute them too."""
    forget = "DELETE FROM person_words WHERE person_id = NEW.id;"
    keep = f"INSERT INTO person_words (word, person_id) {_WORDS[dialect]} ON CONFLICT DO NOTHING;"
    names = "sort_name, latin_name, handle"
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER person_words_insert AFTER INSERT ON people BEGIN {keep} END",
            f"CREATE TRIGGER person_words_update AFTER UPDATE OF {names} ON people BEGIN {forget} {keep} END",
        ]
    return [
        f"CREATE FUNCTION keep_person_words() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'UPDATE' THEN {forget} END IF; {keep} RETURN NULL; END $$",
        f"CREATE TRIGGER person_words_kept AFTER INSERT OR UPDATE OF {names} ON people "
        f"FOR EACH ROW EXECUTE FUNCTION keep_person_words()",
    ]


for _dialect in ("sqlite", "postgresql"):
    for _statement in words_ddl(_dialect):
        _trigger = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(PersonWord.__table__, "after_create", _trigger.execute_if(dialect=_dialect))
