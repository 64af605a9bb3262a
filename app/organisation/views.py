"""The administrators' pages of the organisation, and what everybody's browser loads of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request, send_file
from markupsafe import Markup

from app.core.errors import Conflict, Invalid, NotFound
from app.core.i18n import gettext as _
from app.core.identity import LOGO_SQUARE, LOGO_WIDE, identity
from app.core.storage import ObjectMissing, the_storage
from app.core.web import actor, fragment, go, page, public, wants_json
from app.lib.accent import (
    DAY_GROUNDS,
    DAY_INK,
    NIGHT_GROUNDS,
    NIGHT_INK,
    PRESETS,
    USUAL,
    Palette,
    is_legible,
    normal_colour,
    palette,
)
from app.lib.markup import render
from app.lib.pictures import MEDIA_TYPE
from app.organisation import queries, service
from app.organisation.forms import ConsentForm, IdentityForm
from app.organisation.policy import demand_administrator

blueprint = Blueprint("organisation", __name__)

_FOR_GOOD = "public, max-age=31536000, immutable"


@blueprint.get("/brand.css")
@public
def brand_style() -> Response:
    """The organisation's accent in all its tones. Its address changes with it, so browsers keep it for good."""
    mine = identity()
    css = _theme_css(palette(mine.accent)) if mine.accent else ""
    return _kept(_css(css), mine.style_version)


@blueprint.get("/brand/logo/<variant>")
@public
def logo(variant: str) -> Response:
    """The organisation's logo, for everybody: the sign-in page shows it."""
    mine = identity()
    if variant not in (LOGO_WIDE, LOGO_SQUARE) or not mine.logo_key:
        raise NotFound
    try:
        source = the_storage().open(mine.logo_key, variant)
    except ObjectMissing as error:
        raise NotFound from error
    return _kept(send_file(source, mimetype=MEDIA_TYPE), mine.logo_version)


@blueprint.get("/brand/icon/<name>")
@public
def icon(name: str) -> Response:
    """An icon of the installed app. Its address changes with logo and accent."""
    mine = identity()
    if not queries.is_icon(name):
        raise NotFound
    try:
        drawn = queries.icon(mine, name)
    except ObjectMissing as error:
        raise NotFound from error
    return _kept(Response(drawn, mimetype="image/png"), mine.icon_version)


@blueprint.get("/administration/organisation")
def settings() -> Response:
    """Name, logo and accent. `accent` tries a colour without keeping it."""
    demand_administrator(actor())
    mine = identity()
    tried = request.args.get("accent", "")[:20]
    form = IdentityForm(
        formdata=None,
        data={
            "name": mine.name,
            "short": "" if mine.short == mine.name else mine.short,
            "accent": tried or mine.accent or USUAL,
        },
    )
    if tried and (error := service.accent_error(tried)):
        form.accent.errors = [error]
    return _settings_page(form)


@blueprint.post("/administration/organisation")
def save() -> Response:
    """Set them."""
    form = IdentityForm()
    upload = request.files.get("logo")
    preset = request.form.get("preset", "")
    form.accent.data = preset or form.accent.data
    try:
        service.set_identity(
            actor(),
            name=form.name.data or "",
            short=form.short.data or "",
            accent=form.accent.data or "",
            logo=upload.read() if upload is not None and upload.filename else b"",
        )
    except Invalid as error:
        if wants_json():
            raise
        logo_error = error.errors.pop("logo", None)
        return _settings_page(_with_errors(form, error), 422, logo_error=logo_error)
    flash(_("Saved."))
    return go("/administration/organisation")


@blueprint.post("/administration/organisation/logo/remove")
def remove_logo() -> Response:
    """Take the logo away."""
    service.remove_logo(actor())
    flash(_("The logo was removed."))
    return go("/administration/organisation")


@blueprint.get("/administration/organisation/accent")
def try_accent() -> Response:
    """How a colour would look, by day and by night, and what is wrong with it; a fragment."""
    demand_administrator(actor())
    colour = request.args.get("preset") or request.args.get("accent", "")
    return fragment("organisation/_sample.html", **_sample(colour[:20]))


@blueprint.get("/administration/organisation/accent.css")
def sample_style() -> Response:
    """The tones of the sample beside the colour field, in both themes at once."""
    demand_administrator(actor())
    colour = normal_colour(request.args.get("accent", "")) or USUAL
    tones = palette(colour)
    themes = (("day", DAY_GROUNDS, DAY_INK), ("night", NIGHT_GROUNDS, NIGHT_INK))
    return _css(
        "".join(
            f".sample--{name} {{ --paper: {grounds['paper']}; --card: {grounds['card']}; --ink: {ink}; "
            f"{_tones(tones, night=name == 'night')} }}\n"
            for name, grounds, ink in themes
        )
    )


@blueprint.get("/administration/consent")
def consent() -> Response:
    """What people agree to before they go in."""
    desk = queries.consent_desk(actor())
    form = ConsentForm(formdata=None, data={"text_ru": desk.text_ru, "text_en": desk.text_en})
    return page("organisation/consent.html", desk=desk, form=form)


@blueprint.post("/administration/consent")
def save_consent() -> Response:
    """Ask for consent to new texts."""
    form = ConsentForm()
    try:
        changed = service.set_consent(actor(), form.text_ru.data or "", form.text_en.data or "")
    except (Invalid, Conflict) as error:
        if wants_json():
            raise
        desk = queries.consent_desk(actor())
        if isinstance(error, Conflict):
            form.text_ru.errors = [error.message]
            return page("organisation/consent.html", 409, desk=desk, form=form)
        return page("organisation/consent.html", 422, desk=desk, form=_with_errors(form, error))
    flash(
        _("Saved. Everybody is asked when they open their next page.")
        if changed
        else _("Nothing has changed.")
    )
    return go("/administration/consent")


@blueprint.get("/settings/data")
def my_data() -> Response:
    """What one has agreed to, and when."""
    found = queries.consent(actor())
    # It was sanitised by `render`.
    html = Markup(render(found.text).html) if found is not None else ""  # noqa: S704
    return page("organisation/mine.html", consent=found, html=html, section="data")


def _settings_page(form: IdentityForm, status: int = 200, *, logo_error: object = None) -> Response:
    sample = _sample(form.accent.data or "")
    return page(
        "organisation/settings.html", status, form=form, logo_error=logo_error, presets=PRESETS,
        mine=identity(), **sample,
    )  # fmt: skip


def _sample(colour: str) -> dict[str, Any]:
    normal = normal_colour(colour)
    shown = normal if normal is not None and is_legible(normal) else None
    return {"colour": normal or USUAL, "shown": shown, "accent_error": service.accent_error(colour)}


def _with_errors(form: IdentityForm | ConsentForm, error: Invalid) -> IdentityForm | ConsentForm:
    for name, message in error.errors.items():
        form[name].errors = [message]
    return form


def _css(text: str) -> Response:
    return Response(text, mimetype="text/css")


def _kept(response: Response, version: str) -> Response:
    """Kept for good when it is asked for as what it is; else asked for again, as another process may know better."""
    same = bool(version) and request.args.get("v") == version
    response.headers["Cache-Control"] = _FOR_GOOD if same else "no-cache"
    return response


def _theme_css(tones: Palette) -> str:
    """The tokens of the accent, where `static/css/tokens.css` sets them."""
    day, night = _tones(tones, night=False), _tones(tones, night=True)
    return (
        f":root {{ {day} }}\n"
        f'@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {night} }} }}\n'
        f':root[data-theme="dark"] {{ {night} }}\n'
    )


def _tones(tones: Palette, *, night: bool) -> str:
    one = tones.night if night else tones.day
    return (
        f"--accent: {one.accent}; --accent-strong: {one.strong}; "
        f"--accent-ink: {one.ink}; --accent-soft: {one.soft};"
    )
