"""How far answers and articles may be trusted: reading it, and what owners of topics say about it."""

from __future__ import annotations

from collections.abc import Iterable

from app.api.endpoint import endpoint
from app.api.schemas.trust import ExtendBody, ItemTrust, LimitsBody, SeenBody
from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.trust import service
from app.trust.queries import page as queries
from app.trust.schemas import Limits, SetLimits


@endpoint("GET", "/items/<public_id>/trust")
def trust_of_item(me: Actor, public_id: str) -> ItemTrust:
    """How far an answer or article may be trusted, and what the person may do about that."""
    return _now(me, public_id)


@endpoint("PUT", "/items/<public_id>/official")
def make_item_official(me: Actor, public_id: str, body: SeenBody) -> ItemTrust:
    """Make an answer or article official, as who owns its topic. Doing it twice changes nothing."""
    service.make_official(me, public_id, on=True, seen=body.seen())
    return _now(me, public_id)


@endpoint("DELETE", "/items/<public_id>/official")
def withdraw_item(me: Actor, public_id: str) -> ItemTrust:
    """Withdraw that something is official. Doing it twice changes nothing."""
    service.make_official(me, public_id, on=False)
    return _now(me, public_id)


@endpoint("PUT", "/items/<public_id>/confirmation")
def confirm_item(me: Actor, public_id: str, body: SeenBody) -> ItemTrust:
    """Confirm an article as somebody who knows its topics; enough of them make it confirmed. Answers are accepted."""
    service.confirm_article(me, public_id, on=True, seen=body.seen())
    return _now(me, public_id)


@endpoint("DELETE", "/items/<public_id>/confirmation")
def unconfirm_item(me: Actor, public_id: str) -> ItemTrust:
    """Take back that an article is confirmed. Doing it twice changes nothing."""
    service.confirm_article(me, public_id, on=False)
    return _now(me, public_id)


@endpoint("PUT", "/items/<public_id>/limits")
def limit_item(me: Actor, public_id: str, body: LimitsBody) -> ItemTrust:
    """Say until when and for whom an answer or article is valid, and who answers for it."""
    queries.access(me, public_id)
    choices = queries.choices() if body.regions or body.positions else queries.Choices((), ())
    limits = Limits(
        body.valid_from,
        body.valid_until,
        _ids(body.regions, choices.regions, "regions"),
        frozenset(body.shop_formats),
        _ids(body.positions, choices.positions, "positions"),
    )
    service.set_limits(me, public_id, SetLimits(limits, body.owner))
    return _now(me, public_id)


@endpoint("POST", "/items/<public_id>/extend")
def extend_item(me: Actor, public_id: str, body: ExtendBody) -> ItemTrust:
    """Say that something that has ended, or will, is still true for so many months more."""
    service.extend(me, public_id, body.months, seen=body.valid_until, read=body.seen())
    return _now(me, public_id)


@endpoint("POST", "/items/<public_id>/checked")
def check_item(me: Actor, public_id: str, body: SeenBody) -> ItemTrust:
    """Say after a look that something to be checked still stands."""
    service.check(me, public_id, seen=body.seen())
    return _now(me, public_id)


def _now(me: Actor, public_id: str) -> ItemTrust:
    """What is known after the act."""
    return ItemTrust.of_page(queries.trust_page(me, public_id))


def _ids(names: Iterable[str], known: Iterable[tuple[int, str]], field: str) -> frozenset[int]:
    """The ids of these names. Raises `Invalid` for one that there is not."""
    by_name = {name: id_ for id_, name in known}
    wanted = set(names)
    if not wanted <= by_name.keys():
        raise Invalid(_("Choose from the list."), field=field)
    return frozenset(by_name[name] for name in wanted)
