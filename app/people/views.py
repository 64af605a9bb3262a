"""Pages of people and places. Their publications are mounted by the feed, which stands above."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, make_response, redirect, request, send_file

from app.core.errors import Invalid, NotFound
from app.core.i18n import gettext as _
from app.core.storage import ObjectMissing, the_storage
from app.core.web import actor, answer, fragment, go, page, safe_next, switched_on, wants_fragment, wants_json
from app.lib.handles import fold_handle
from app.lib.pictures import MEDIA_TYPE
from app.people import queries, service
from app.people.schemas import Choice, DirectoryFilter, PlacePeople, person_url, region_url, shop_url

blueprint = Blueprint("people", __name__)

_YEAR = 365 * 24 * 3600

#: What a person's ("person"), shop's or department's address shows; a feature above may put its own page there.
Landing = Callable[[str], Response]
_landings: dict[str, Landing] = {}


def land_on(kind: str, view: Landing) -> None:
    """Let `view` answer the bare address of a "person", "shop" or "department"; it gets the handle, code or id."""
    _landings[kind] = view


@blueprint.get("/people")
def index() -> Response:
    """The directory."""
    listing = queries.directory(actor(), _filter(), after=request.args.get("after", ""))
    if wants_fragment():
        return fragment("people/_directory.html", listing=listing, next_url=_next_url)
    return page("people/index.html", listing=listing, next_url=_next_url, choices=_choices)


@blueprint.get("/suggestions/people")
def suggestions() -> Response:
    """People one might follow, for the right column."""
    return fragment("people/_suggestions.html", people=queries.suggested(actor()))


@blueprint.get("/people/<handle>")
def show(handle: str) -> Response:
    """A person's page, at its first tab."""
    landing = _landings.get("person")
    return landing(handle) if landing is not None else about(handle)


@blueprint.get("/people/<handle>/about")
def about(handle: str) -> Response:
    """What the person says, where they work and worked, how to reach them."""
    found = queries.about(actor(), handle)
    return page("people/about.html", about=found, head=found.head, tab="about")


@blueprint.get("/people/<handle>/connections")
def connections(handle: str) -> Response:
    """Whom the person follows, and who follows them."""
    side = "followers" if request.args.get("show") == "followers" else "following"
    found = queries.connections(actor(), handle, side=side, before=request.args.get("before"))
    if wants_fragment():
        return fragment("people/_connections.html", found=found, next_url=_next_url)
    return page(
        "people/connections.html", found=found, head=found.head, tab="connections", next_url=_next_url
    )


@blueprint.get("/people/<handle>/card")
def card(handle: str) -> Response:
    """The hover card."""
    return fragment("people/card.html", card=queries.card(actor(), handle))


@blueprint.post("/people/<handle>/follow")
def follow(handle: str) -> Response:
    """Follow a person, or with on=0 no longer."""
    on = switched_on()
    followers = (service.follow if on else service.unfollow)(actor(), handle)
    if wants_json():
        return answer({"on": on, "followers": followers})
    return go(safe_next(person_url(handle)))


@blueprint.get("/people/<handle>/photo/<variant>")
def photo(handle: str, variant: str) -> Response:
    """A person's photo; everybody who is signed in sees it. Its address changes with it, so it is kept for good."""
    if variant in service.OWNERS_ALONE:
        raise NotFound
    try:
        source = the_storage().open(queries.photo_key(handle), variant)
    except ObjectMissing as error:
        raise NotFound from error
    response = send_file(source, mimetype=MEDIA_TYPE)
    response.headers["Cache-Control"] = f"private, max-age={_YEAR}, immutable"
    return response


@blueprint.get("/@<handle>")
def mentioned(handle: str) -> Response:
    """Where a mention leads: the person or the group. What may be seen of a group is decided on its own page."""
    return go(queries.address_of(fold_handle(handle)), status=302)


@blueprint.get("/@<handle>/card")
def mentioned_card(handle: str) -> Response:
    """Where a mention's hover card is."""
    return make_response(redirect(f"{queries.address_of(fold_handle(handle))}/card", code=302))


@blueprint.get("/shops/<code>")
def shop(code: str) -> Response:
    """A shop's page, at its first tab."""
    landing = _landings.get("shop")
    return landing(code) if landing is not None else shop_people(code)


@blueprint.get("/shops/<code>/people")
def shop_people(code: str) -> Response:
    """Who works in a shop."""
    return _place_people(
        queries.people_of(actor(), queries.shop(actor(), code), after=request.args.get("after", ""))
    )


@blueprint.get("/shops/<code>/hours")
def shop_hours(code: str) -> Response:
    """The form of when a shop is open."""
    return _hours_form(code, queries.opening_hours_of(actor(), code))


@blueprint.post("/shops/<code>/hours")
def set_shop_hours(code: str) -> Response:
    """Say when a shop is open."""
    written = request.form.get("hours", "")[:400]
    try:
        service.set_opening_hours(actor(), code, written)
    except Invalid as error:
        if wants_json():
            raise
        return _hours_form(code, written, error.message, 422)
    flash(_("Saved."))
    return go(shop_url(code))


def _hours_form(code: str, written: str, error: object = None, status: int = 200) -> Response:
    head = queries.shop(actor(), code)
    return page("people/hours.html", status, head=head, written=written, error=error)


@blueprint.get("/departments/<int:department_id>")
def department(department_id: int) -> Response:
    """A department's page, at its first tab."""
    landing = _landings.get("department")
    return landing(str(department_id)) if landing is not None else department_people(department_id)


@blueprint.get("/departments/<int:department_id>/people")
def department_people(department_id: int) -> Response:
    """Who works in a department."""
    place = queries.department(actor(), department_id)
    return _place_people(queries.people_of(actor(), place, after=request.args.get("after", "")))


@blueprint.get("/regions")
def regions() -> Response:
    """Every region."""
    return page("people/regions.html", regions=queries.regions())


@blueprint.get("/regions/<code>")
def region(code: str) -> Response:
    """A region and its shops."""
    found = queries.region(actor(), code, after=request.args.get("after", ""))
    template = "people/_shops.html" if wants_fragment() else "people/region.html"
    return (fragment if wants_fragment() else page)(template, region=found, next_url=_next_url)


@blueprint.post("/regions/<code>/subscribe")
def subscribe_region(code: str) -> Response:
    """Read what is posted on the pages of a region's shops, or with on=0 no longer."""
    on = switched_on()
    service.subscribe_region(actor(), code, on=on)
    return answer({"on": on}) if wants_json() else go(safe_next(region_url(code)))


def _place_people(found: PlacePeople) -> Response:
    if wants_fragment():
        return fragment("people/_place_people.html", found=found, next_url=_next_url)
    return page("people/place_people.html", found=found, head=found.head, tab="people", next_url=_next_url)


def _filter() -> DirectoryFilter:
    args = request.args
    return DirectoryFilter(
        q=args.get("q", "")[:200],
        region=args.get("region", ""),
        shop=args.get("shop", "").strip(),
        department=args.get("department", type=int),
        position=args.get("position", type=int),
    )


def _next_url(name: str, value: str) -> str:
    """The address of the page that goes on: this one with another place to go on from."""
    others = [(key, each) for key, each in request.args.items(multi=True) if key != name and each]
    return request.path + "?" + urlencode([*others, (name, value)])


def _choices(choices: tuple[Choice, ...]) -> list[tuple[str, str]]:
    """The options of a filter, "any" first."""
    return [("", _("Any")), *((choice.value, choice.label) for choice in choices)]
