"""Forms of the organisation. CSRF is checked for every form at once, at the gate."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField

from app.core.i18n import lazy_gettext as _


class IdentityForm(FlaskForm):  # type: ignore[misc]
    """Name, short name and accent; the logo is a file beside it."""

    class Meta:
        csrf = False

    name = StringField(_("Name"), description=_("Stands at the top of every page and on the sign-in page."))
    short = StringField(
        _("Short name"), description=_("Where the name does not fit, for example under an icon.")
    )
    accent = StringField(_("Accent colour"))


class ConsentForm(FlaskForm):  # type: ignore[misc]
    """The text in both languages."""

    class Meta:
        csrf = False

    text_ru = TextAreaField(_("Text in Russian"))
    text_en = TextAreaField(_("Text in English"), description=_("Where one is empty, the other is shown."))
