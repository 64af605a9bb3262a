"""The search page with its field, and what may answer a question before it is asked."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.content.views.forms import text
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.core.web import actor, answer, fragment, go, page, switched_on, wants_fragment, wants_json
from app.lib.text import is_blank
from app.search import service
from app.search.queries import hints, similar
from app.search.queries.finding import search_page
from app.search.schemas import MAX_QUERY, PAST_LISTED, SearchIsDown, SearchPage, Typed, Wanted
from app.vocabulary import service as vocabulary

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def index() -> Response:
    """People and content by words, or without any what the reader searched before. At most twelve statements.

    htmx asks for a further page and gets its rows alone. What was typed into a field without scripts ("plain") is kept
    at once; otherwise the page that is shown asks for that.
    """
    wanted = _wanted()
    if is_blank(wanted.q) and not wanted.narrowed:
        return _start()
    try:
        found = search_page(actor(), wanted)
    except SearchIsDown as down:
        return page(
            "search/index.html", down.status, found=SearchPage(wanted, 0), down=down.message, typed=""
        )
    if wants_fragment() and wanted.page > 1:
        return fragment("search/_results.html", found=found)
    if found.missed:
        vocabulary.note_missed(actor(), found.missed)
    is_typed = found.counts and set(request.args) - {"plain"} == {"q"}
    typed = (found.read_as or wanted.q) if is_typed else ""
    if typed and "plain" in request.args:
        service.remember(actor(), typed)
        typed = ""
    return page("search/index.html", found=found, down="", typed=typed)


@blueprint.get("/search/hints")
def hint() -> Response:
    """Options below the field of search, for what is typed so far. At most six statements."""
    return fragment("search/_hints.html", hints=hints.hints(actor(), request.args.get("q", "")))


@blueprint.post("/search/past")
def remember() -> Response:
    """Keep what was typed and found something. The page asks for it when it is shown, so that nobody waits for it."""
    service.remember(actor(), text("q", most=MAX_QUERY))
    return answer({"kept": True})


@blueprint.post("/search/past/forget")
def forget() -> Response:
    """Forget one past search, or all of them without an id."""
    past_id = text("id", most=19)
    if past_id and not (past_id.isascii() and past_id.isdecimal()):
        raise Invalid(_("There is no such search."), field="id")
    service.forget_search(actor(), int(past_id) if past_id else None)
    return answer({"forgotten": True}) if wants_json() else go("/search")


@blueprint.post("/search/past/keep")
def keep() -> Response:
    """Keep past searches from now on; with on=0 keep none, and forget those that were kept."""
    on = switched_on()
    service.keep_searches(actor(), on=on)
    return answer({"kept": on}) if wants_json() else go("/search")


@blueprint.post("/questions/similar")
def suggest() -> Response:
    """What may answer the question that is being typed, and topics for it. Posted, so that no log keeps the text."""
    typed = Typed(text("body"), text("title", most=1000), text("place", most=140) or "company")
    return fragment("search/_suggestions.html", found=similar.suggestions(actor(), typed))


@blueprint.get("/p/<public_id>/similar")
def similar_to(public_id: str) -> Response:
    """Questions like one that was asked, for the foot of its page; a page without JavaScript."""
    items = similar.similar_questions(actor(), public_id)
    if wants_fragment():
        return fragment("search/_similar.html", items=items)
    return page("search/similar.html", items=items, public_id=public_id)


@blueprint.post("/p/<public_id>/found")
def found(public_id: str) -> Response:
    """A question that was being typed is answered by this; with on=0 it is not after all."""
    if not switched_on():
        service.answer_not_found(actor(), public_id)
        return answer({"found": False}) if wants_json() else go(f"/p/{public_id}")
    thanks = service.answer_found(actor(), public_id, f"{text('title', most=1000)}\n{text('body')}")
    if wants_fragment():
        return fragment("search/_found.html", found=thanks)
    return answer({"found": True}) if wants_json() else go(thanks.url)


def _start() -> Response:
    kept = hints.keeps_past(actor())
    past = hints.past(actor(), PAST_LISTED) if kept else ()
    return page("search/start.html", past=past, kept=kept)


def _wanted() -> Wanted:
    number = request.args.get("page", "1")
    if not (number.isascii() and number.isdecimal() and len(number) < 5):
        raise Invalid(_("There is no such page."), field="page")
    named = ("q", "kind", "state", "period", "group", "person", "topic")
    return Wanted(
        **{name: request.args.get(name, "") for name in named},
        order=request.args.get("order", "relevance"),
        page=int(number),
        exact=request.args.get("exact") == "1",
    )
