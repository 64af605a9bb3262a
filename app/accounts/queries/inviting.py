"""Who can be invited: colleagues who have never signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Arrival
from app.accounts.policy import FIRST_DAY, INVITATION_COUNTS, MOST_INVITATIONS
from app.core import clock
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.i18n import lazy_gettext as _
from app.core.prepared import Prepared
from app.people.models import ACTIVE, Person
from app.people.queries import LINE, joined, line
from app.people.schemas import PersonLine

#: What stands in the way of inviting somebody: nothing, they are here, the actor has invited them, another has, the
#: actor is new here, or waits for many already.
FREE, HERE, MINE, INVITED, NEW, MOST = "free", "here", "mine", "invited", "new", "most"

#: The same in words, where the actor can do nothing about it.
OBSTACLES = {
    HERE: _("This colleague is here already."),
    INVITED: _("A colleague has invited them already."),
    NEW: _("You can invite colleagues from your second day here on."),
    MOST: _(
        "You wait for %(most)s colleagues already. Invite more when some of them are here.",
        most=MOST_INVITATIONS,
    ),
}

#: People who stand for accounts of an imported site never sign in.
_IMPORTED = "stackexchange"

_ME: Any = bindparam("me")
_Open = aliased(Arrival, name="open_arrival")
_Actor = aliased(Person, name="inviter")


@dataclass(frozen=True)
class Inviting:
    """A colleague whom one may want to invite."""

    person: PersonLine
    state: str
    #: Of an invitation by the actor: until when they have to come for it to count.
    until: int | None = None

    @property
    def obstacle(self) -> Any:
        """Why the actor can't invite them, or None."""
        return OBSTACLES.get(self.state)


def is_expected() -> ColumnElement[bool]:
    """Whether a person works here and has never signed in, as SQL over `Person`."""
    come = exists().where(Arrival.person_id == Person.id, Arrival.arrived_at.is_not(None))
    return (Person.state == ACTIVE) & (Person.source != _IMPORTED) & ~come


def may_be_invited() -> ColumnElement[bool]:
    """Whether somebody expected is invited by nobody now, and the reader may invite them, as SQL over `Person`.

    Bind `inviting_values`.
    """
    invited = exists().where(Arrival.person_id == Person.id, Arrival.invited_at > bindparam("invited_since"))
    settled = exists().where(_Actor.id == _ME, _Actor.created_at <= bindparam("settled"))
    return is_expected() & ~invited & settled & (_waiting() < MOST_INVITATIONS)


def inviting_values(actor: Actor) -> dict[str, Any]:
    """The values that `may_be_invited` needs bound."""
    now = clock.now()
    return {"me": actor.person_id, "invited_since": now - INVITATION_COUNTS, "settled": now - FIRST_DAY}


def _waiting() -> ColumnElement[int]:
    """For how many the reader waits."""
    return (
        select(func.count())
        .select_from(_Open)
        .where(
            _Open.invited_by == _ME, _Open.arrived_at.is_(None), _Open.invited_at > bindparam("invited_since")
        )
        .scalar_subquery()
    )


_INVITING = Prepared(
    joined(
        select(
            *LINE, Arrival.arrived_at, Arrival.invited_by, Arrival.invited_at, _waiting().label("waiting"),
            select(_Actor.created_at).where(_Actor.id == _ME).scalar_subquery().label("since"),
        )
        .select_from(Person)
        .outerjoin(Arrival, Arrival.person_id == Person.id)
    ).where(
        Person.handle == bindparam("handle"), Person.state == ACTIVE, Person.source != _IMPORTED, Person.id != _ME
    )
)  # fmt: skip


def inviting(actor: Actor, handle: str) -> Inviting:
    """A colleague whom the actor may want to invite. One statement. Raises `NotFound` for oneself too."""
    values = inviting_values(actor)
    row = _INVITING.first(handle=handle, me=actor.person_id, invited_since=values["invited_since"])
    if row is None:
        raise NotFound(_("There is nobody with this name here."))
    counts = row.invited_at is not None and row.invited_at > values["invited_since"]
    state, until = FREE, None
    if row.arrived_at is not None:
        state = HERE
    elif counts:
        state = MINE if row.invited_by == actor.person_id else INVITED
        until = row.invited_at + INVITATION_COUNTS
    elif row.since > values["settled"]:
        state = NEW
    elif row.waiting >= MOST_INVITATIONS:
        state = MOST
    return Inviting(line(row), state, until)
