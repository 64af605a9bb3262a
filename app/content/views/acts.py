"""What people do with publications and comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from app.content import policy
from app.content.models import ContentItem
from app.content.schemas import AddComment, Edit
from app.content.service import drafts
from app.content.service.changing import StaleEdit, add_topics, delete, edit, pin
from app.content.service.publishing import comment
from app.content.service.reactions import like
from app.content.views.forms import (
    file_alts,
    file_ids,
    idempotency_key,
    late,
    offered_files,
    take_files,
    text,
)
from app.content.views.pages import comment_html, show_page
from app.core.errors import Invalid, NotFound, TooLarge
from app.core.i18n import gettext as _
from app.core.i18n import ngettext
from app.core.web import (
    actor,
    answer,
    fragment,
    go,
    page,
    page_came_from,
    switched_on,
    wants_fragment,
    wants_json,
)
from app.files import queries as files

blueprint = Blueprint("items", __name__)

#: Bytes of a draft as it is sent: the longest text with every character escaped, and room to spare.
MOST_OF_A_DRAFT = 256 * 1024
#: The kind of drafts of changed texts that say which files the text is to have; others leave them as they are.
_WITH_FILES = "edit"


def tell_unreached(names: tuple[str, ...]) -> None:
    """Say to the writer whom a mention could not reach."""
    for name in names:
        flash(_("%(name)s can't see this place and was not notified.", name=name))


@blueprint.post("/p/<public_id>/comments")
def add_comment(public_id: str) -> Response:
    """Comment or answer."""
    command = AddComment(
        text("body"), text("parent", most=40), request.form.get("answer") == "1", late=late()
    )
    try:
        command = replace(command, file_ids=take_files(), alts=file_alts())
        made = comment(actor(), public_id, command, key=idempotency_key())
    except Invalid as error:
        if wants_fragment() or wants_json():
            raise
        return show_page(public_id, status=422, body=command.body, errors=error.errors, files=offered_files())
    if wants_json() and not wants_fragment():
        return answer({"id": made.public_id, "unreached": list(made.unreached)}, 201)
    tell_unreached(made.unreached)
    if wants_fragment():
        return fragment("content/_html.html", 201, html=comment_html(made.public_id), trigger="commented")
    return go(f"{url_for('content.show', public_id=public_id)}#c-{made.public_id}")


@blueprint.post("/items/<public_id>/like")
def like_item(public_id: str) -> Response:
    """Like, or take the like back (on=0)."""
    on = switched_on()
    item, likes = like(actor(), public_id, on=on, key=idempotency_key())
    if wants_json():
        return answer({"likes": likes, "liked": on})
    here = page_came_from()
    return go(f"{here}#{'i' if item.root_id is None else 'c'}-{public_id}" if here else _back(item))


@blueprint.get("/items/<public_id>/edit")
def edit_form(public_id: str) -> Response:
    """The form for changing one's text."""
    item, _root = policy.access_item(actor(), public_id)
    kept = drafts.find(actor().person_id, f"edit-{public_id}") if "draft" in request.args else {}
    if kept:
        # The revision it was typed upon: what somebody changed meanwhile is compared when it is saved.
        revision = kept.get("version", item.revision)
        title, body = kept.get("title", ""), kept.get("body", "")
        alts = {each["id"]: each.get("alt", "") for each in kept.get("files", ())}
        named = list(alts) if kept.get("kind") == _WITH_FILES else None
        return _edit_page(
            item, title=title, body=body, revision=revision, named=named, kept_alts=alts, typed=True
        )
    return _edit_page(item, title=item.title, body=item.body_source, revision=item.revision)


@blueprint.post("/items/<public_id>/edit")
def edit_item(public_id: str) -> Response:
    """Save a changed text; 409 with both texts when somebody was faster."""
    revision = request.form.get("version", "")
    if not revision.isdecimal() or len(revision) > 9:
        raise Invalid(_("The form is out of date; open it again."), field="version")
    command = Edit(text("body"), int(revision), text("title", most=1000), late=late())
    try:
        if "files" in request.form or request.form.get("files_shown"):
            command = replace(command, file_ids=take_files(), alts=file_alts())
        unreached = edit(actor(), public_id, command)
    except StaleEdit as stale:
        if wants_json():
            raise
        theirs = stale.theirs
        return _edit_page(
            theirs, 409, title=command.title, body=command.body, revision=theirs.revision, theirs=theirs,
            named=command.file_ids, errors={"body": stale.message}, typed=True,
        )  # fmt: skip
    except Invalid as error:
        if wants_json():
            raise
        item, _root = policy.access_item(actor(), public_id)
        return _edit_page(
            item, 422, title=command.title, body=command.body, revision=command.revision,
            named=file_ids() if "files_shown" in request.form else None, errors=error.errors, typed=True,
        )  # fmt: skip
    item, _root = policy.access_item(actor(), public_id)
    if command.late:
        return answer({"url": _back(item), "unreached": list(unreached)})
    tell_unreached(unreached)
    return answer({"url": _back(item)}) if wants_json() else go(_back(item))


def _edit_page(
    item: ContentItem,
    status: int = 200,
    *,
    named: Sequence[str] | None = None,
    kept_alts: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """The form; with the files `named` in what was typed, or those that the text has."""
    stands = files.attached(item.id)
    shown = stands if named is None else files.offered(actor().person_id, [item.id], named)
    alts = file_alts() if request.method == "POST" else kept_alts or {}
    return page(
        "content/edit.html",
        status,
        item=item,
        address=_back(item),
        stands=stands,
        files=[{**asdict(each), "alt": alts.get(each.id, each.alt)} for each in shown],
        **{"errors": {}, "theirs": None, "typed": False, **context},
    )


@blueprint.post("/items/<public_id>/delete")
def delete_item(public_id: str) -> Response:
    """Take back what one wrote."""
    address = delete(actor(), public_id)
    flash(_("Deleted."))
    return go(address)


@blueprint.post("/items/<public_id>/pin")
def pin_item(public_id: str) -> Response:
    """Put on top of its place, or take from there (on=0)."""
    pin(actor(), public_id, on=switched_on())
    return go(url_for("content.show", public_id=public_id))


@blueprint.get("/items/<public_id>/topics")
def topics_form(public_id: str) -> Response:
    """The form for adding topics to a publication."""
    item = policy.access_publication(actor(), public_id)
    return page("content/topics.html", item=item, written="", errors={})


@blueprint.post("/items/<public_id>/topics")
def topics_item(public_id: str) -> Response:
    """Add topics to a publication."""
    written = text("topics", most=600)
    try:
        added = add_topics(actor(), public_id, written)
    except Invalid as error:
        if wants_json() or wants_fragment():
            raise
        item = policy.access_publication(actor(), public_id)
        return page("content/topics.html", 422, item=item, written=written, errors=error.errors)
    flash(ngettext("%(num)s topic added.", "%(num)s topics added.", added))
    return go(url_for("content.show", public_id=public_id))


@blueprint.get("/drafts/<key>")
def draft(key: str) -> Response:
    """What one has typed and not sent."""
    return answer(drafts.find(actor().person_id, key))


@blueprint.put("/drafts/<key>")
def save_draft(key: str) -> Response:
    """Keep what is being typed."""
    if (request.content_length or 0) > MOST_OF_A_DRAFT:
        raise TooLarge(_("too long"), field="body")
    try:
        fields = request.get_json(silent=True)
    except RecursionError:
        fields = None
    if not isinstance(fields, dict):
        raise Invalid(_("The draft could not be read."), field="body")
    drafts.save(actor().person_id, key, fields)
    return answer({"saved": True})


@blueprint.delete("/drafts/<key>")
def drop_draft(key: str) -> Response:
    """Forget what was typed."""
    drafts.forget(actor().person_id, key)
    return answer({"saved": False})


def rescue(person_id: int) -> str | None:
    """Keep the text of a post or an edit whose session has ended as the person's draft; the page that shows it."""
    body = request.form.get("body", "")
    parts = request.path.strip("/").split("/")
    if not body.strip() or len(body) > drafts.FIELDS["body"]:
        return None
    if parts == ["publications"]:
        fields = {name: request.form.get(name, "")[:200] for name in ("title", "kind", "place")}
        _keep(person_id, "publish", {**fields, "body": body})
        kind, _colon, key = fields["place"].partition(":")
        return f"{_page_of(kind, key)}?draft#composer"
    if len(parts) == 3 and parts[0] == "p" and parts[2] == "comments":
        _keep(person_id, f"comment-{parts[1]}", {"body": body})
        return f"{url_for('content.show', public_id=parts[1])}?draft#reply"
    if parts == ["thanks"]:
        tapped = [f"@{each}" for each in request.form.getlist("to")[:50]]
        people = " ".join([request.form.get("people", ""), *tapped]).strip()[:400]
        badge = request.form.get("badge", "")[:100]
        _keep(person_id, "thanks", {"title": people, "place": badge, "body": body})
        return "/thanks/new?draft"
    if parts[0] == "articles" and len(parts) <= 2:
        return _rescue_article(person_id, body, "-".join(["article", *parts[1:]]), parts)
    if len(parts) == 3 and parts[0] == "items" and parts[2] == "edit":
        fields = {
            "title": request.form.get("title", "")[:200],
            "version": request.form.get("version", "")[:9],
        }
        drafts.save(
            person_id, f"edit-{parts[1]}", {**fields, "body": body, **_edited_files(person_id, parts[1])}
        )
        return f"{url_for('items.edit_form', public_id=parts[1])}?draft"
    return None


def _rescue_article(person_id: int, body: str, key: str, parts: list[str]) -> str | None:
    if parts[1:] in (["new"], ["preview"]):
        return None
    names = {"title": 200, "topics": 600, "place": 120, "review": 10, "version": 9}
    _keep(
        person_id,
        key,
        {**{name: request.form.get(name, "")[:most] for name, most in names.items()}, "body": body},
    )
    return f"/articles/{parts[1]}/edit?draft" if parts[1:] else "/articles/new?draft"


def _keep(person_id: int, key: str, fields: dict[str, Any]) -> None:
    """Save the draft with those files of the one before that were sent with the text."""
    sent = file_ids()
    kept = [each for each in drafts.find(person_id, key).get("files", ()) if each["id"] in sent]
    drafts.save(person_id, key, {**fields, "files": kept})


def _edited_files(person_id: int, public_id: str) -> dict[str, Any]:
    """The files that a form for changing a text has named, as a draft keeps them; nothing when it named none at all."""
    if not request.form.get("files_shown"):
        return {}
    try:
        item, _root = policy.find_item(public_id)
    except NotFound:
        return {}
    mine = [item.id] if item.author_id == person_id else []
    kept, alts = files.offered(person_id, mine, file_ids()), file_alts()
    return {
        "kind": _WITH_FILES,
        "files": [{**asdict(each), "alt": alts.get(each.id, each.alt)} for each in kept],
    }


def _page_of(kind: str, key: str) -> str:
    """The page on which one writes to a place."""
    if kind in ("group", "person") and key:
        return url_for(f"streams.{kind}", handle=key)
    if kind == "shop" and key:
        return url_for("streams.shop", code=key)
    if kind == "department" and key.isdecimal():
        return url_for("streams.department", department_id=int(key))
    return "/"


def _back(item: ContentItem) -> str:
    if item.root_id is None:
        return url_for("content.show", public_id=item.public_id)
    root = policy.root_public_id(item)
    return f"{url_for('content.show', public_id=root)}#c-{item.public_id}"
