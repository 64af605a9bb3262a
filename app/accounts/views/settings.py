"""One's own settings: profile, language and looks, password, devices, API tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from flask import Response, flash, request

from app.accounts import queries, service
from app.accounts.forms import Form, PasswordForm, PreferencesForm, ProfileForm, TokenForm
from app.accounts.schemas import Preferences
from app.accounts.views.blueprint import blueprint
from app.accounts.views.choices import locale_choices, time_zone_choices
from app.core.errors import Invalid, TooLarge, UnsupportedType
from app.core.i18n import gettext as _
from app.core.web import actor, answer, go, page, wants_json
from app.lib.cropping import Cut, cut_from
from app.lib.pictures import MEDIA_TYPE
from app.people import service as people

F = TypeVar("F", bound=Form)


@blueprint.get("/settings")
def profile() -> Response:
    """About me, contacts, photo."""
    own = queries.own_profile(actor())
    return _profile_page(
        ProfileForm(formdata=None, data={"about": own.about, "email": own.email, "phone": own.phone})
    )


@blueprint.post("/settings")
def save_profile() -> Response:
    """Change about me and contacts."""
    form = ProfileForm()
    try:
        people.edit_profile(
            actor(), about=form.about.data or "", email=form.email.data or "", phone=form.phone.data or ""
        )
    except Invalid as error:
        return _profile_page(_with_errors(form, error), 422)
    flash(_("Saved."))
    return go("/settings")


@blueprint.post("/settings/photo")
def save_photo() -> Response:
    """Put a new photo in place."""
    upload = request.files.get("photo")
    try:
        people.set_photo(actor(), upload.read() if upload is not None else b"")
    except (Invalid, TooLarge, UnsupportedType) as error:
        if wants_json():
            raise
        own = queries.own_profile(actor())
        form = ProfileForm(formdata=None, data={"about": own.about, "email": own.email, "phone": own.phone})
        return _profile_page(form, error.status, photo_error=error.message)
    if wants_json():
        return answer({"photo": True})
    return go("/settings/photo/cut")


@blueprint.get("/settings/photo/cut")
def photo_cut() -> Response:
    """Which part of one's photo is shown; with values, how another part would look."""
    own = queries.own_profile(actor())
    if not own.has_photo:
        return go("/settings")
    given = "across" in request.args
    return page(
        "accounts/photo.html", own=own, cut=_cut(request.args) if given else people.photo_cut(actor()),
        section="profile",
    )  # fmt: skip


@blueprint.post("/settings/photo/cut")
def cut_photo() -> Response:
    """Show that part."""
    people.cut_photo(actor(), _cut(request.form))
    flash(_("The photo was changed."))
    return go("/settings")


@blueprint.get("/settings/photo/whole")
def whole_photo() -> Response:
    """One's own photo as it was uploaded; nobody else sees it."""
    return Response(people.whole_photo(actor()), mimetype=MEDIA_TYPE)


@blueprint.get("/settings/photo/part")
def part_of_photo() -> Response:
    """A part of one's own photo, as it would be shown."""
    return Response(people.whole_photo(actor(), _cut(request.args)), mimetype="image/png")


@blueprint.post("/settings/photo/remove")
def remove_photo() -> Response:
    """Take the photo away."""
    people.remove_photo(actor())
    flash(_("The photo was removed."))
    return go("/settings")


@blueprint.get("/settings/preferences")
def preferences() -> Response:
    """Language, appearance, time zone, order of the feed."""
    kept = queries.preferences(actor())
    return _preferences_page(PreferencesForm(formdata=None, data=vars(kept)))


@blueprint.post("/settings/preferences")
def save_preferences() -> Response:
    """Change them."""
    form = PreferencesForm()
    wanted = Preferences(
        locale=request.form.get("locale", ""),
        theme=request.form.get("theme", "auto"),
        time_zone=request.form.get("time_zone", ""),
        feed_order=request.form.get("feed_order", "activity"),
        letter_keys="letter_keys" in request.form,
        pictures=request.form.get("pictures", "auto"),
    )
    try:
        service.save_preferences(actor(), wanted)
    except Invalid as error:
        return _preferences_page(_with_errors(form, error), 422)
    flash(_("Saved."))
    return go("/settings/preferences")


@blueprint.get("/settings/password")
def password() -> Response:
    """The form for a new password."""
    return page("accounts/password.html", form=PasswordForm(formdata=None), section="password")


@blueprint.post("/settings/password")
def change_password() -> Response:
    """Change the password; every other session ends."""
    form = PasswordForm()
    try:
        service.change_password(actor(), form.present.data or "", form.new.data or "")
    except Invalid as error:
        return page("accounts/password.html", 422, form=_with_errors(form, error), section="password")
    flash(_("The password was changed. All other devices were signed out."))
    return go("/settings/password")


@blueprint.get("/settings/sessions")
def sessions() -> Response:
    """Where one is signed in."""
    return page(
        "accounts/sessions.html", sessions=queries.sessions(actor(), service.rules()), section="sessions"
    )


@blueprint.post("/settings/sessions/<int:session_id>/end")
def end_session(session_id: int) -> Response:
    """Sign one device out."""
    service.end_own_session(actor(), session_id)
    flash(_("The device was signed out."))
    return go("/settings/sessions")


@blueprint.post("/settings/sessions/end")
def end_other_sessions() -> Response:
    """Sign out everywhere but here."""
    service.end_all_sessions(actor().person_id, except_session=actor().session_id)
    flash(_("All other devices were signed out."))
    return go("/settings/sessions")


@blueprint.get("/settings/tokens")
def tokens() -> Response:
    """The API tokens."""
    return _tokens_page(TokenForm(formdata=None))


@blueprint.post("/settings/tokens")
def create_token() -> Response:
    """Make a token; this page alone shows it."""
    form = TokenForm()
    try:
        made = service.create_token(actor().person_id, form.name.data or "", by=actor().person_id)
    except Invalid as error:
        return _tokens_page(_with_errors(form, error), 422)
    return _tokens_page(TokenForm(formdata=None), 201, made=made)


@blueprint.post("/settings/tokens/<int:token_id>/end")
def end_token(token_id: int) -> Response:
    """End a token."""
    service.end_token(actor(), token_id)
    flash(_("The token was ended."))
    return go("/settings/tokens")


def _cut(values: Mapping[str, str]) -> Cut:
    return cut_from(*(values.get(name, "") for name in ("across", "down", "zoom")))


def _profile_page(form: ProfileForm, status: int = 200, *, photo_error: object = None) -> Response:
    own = queries.own_profile(actor())
    return page(
        "accounts/profile.html", status, form=form, own=own, photo_error=photo_error, section="profile"
    )


def _preferences_page(form: PreferencesForm, status: int = 200) -> Response:
    form.locale.choices = locale_choices()
    form.time_zone.choices = time_zone_choices(form.time_zone.data)
    return page("accounts/preferences.html", status, form=form, section="preferences")


def _tokens_page(form: TokenForm, status: int = 200, *, made: str = "") -> Response:
    return page(
        "accounts/tokens.html", status, form=form, tokens=queries.tokens(actor()), made=made, section="tokens"
    )


def _with_errors(form: F, error: Invalid) -> F:
    """The form with what the use case found wrong beside its fields."""
    for name, message in error.errors.items():
        form[name].errors = [message]
    return form
