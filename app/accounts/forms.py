"""Forms of accounts. CSRF is checked for every form at once, at the gate."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.core.i18n import lazy_gettext as _


class Form(FlaskForm):  # type: ignore[misc]
    """A form of this product."""

    class Meta:
        csrf = False


class SignInForm(Form):
    """Name and password."""

    login = StringField(_("Personnel number, e-mail or phone"))
    password = PasswordField(_("Password"))


class NewPasswordForm(Form):
    """The password that replaces a one-time one."""

    new = PasswordField(_("New password"), description=_("At least 8 characters; a few words are fine."))


class PasswordForm(Form):
    """The present password and the one that replaces it."""

    present = PasswordField(_("Present password"))
    new = PasswordField(_("New password"), description=_("At least 8 characters; a few words are fine."))


class ProfileForm(Form):
    """What one says about oneself, and by what one is reached."""

    about = TextAreaField(
        _("About me"), description=_("What do you know well? What may colleagues ask you about?")
    )
    email = StringField(_("E-mail"))
    phone = StringField(_("Phone"))


class PreferencesForm(Form):
    """Language, looks, time and order."""

    locale = SelectField(_("Language"))
    theme = SelectField(
        _("Appearance"),
        choices=[
            SelectChoice("auto", _("As on this device")),
            SelectChoice("light", _("Light")),
            SelectChoice("dark", _("Dark")),
        ],
    )
    time_zone = SelectField(_("Time zone"), description=_("Times and dates are shown in it."))
    feed_order = SelectField(
        _("Order of the feed"),
        choices=[SelectChoice("activity", _("Newest activity")), SelectChoice("useful", _("Most useful"))],
    )
    letter_keys = BooleanField(
        _("Single-letter shortcuts"),
        description=_("Letters such as “j” and “l” act at once, when you are not typing."),
    )
    pictures = SelectField(
        _("Pictures"),
        description=_("To save data, photos load only when they are tapped, and faces are initials."),
        choices=[
            SelectChoice("auto", _("As this device asks")),
            SelectChoice("always", _("Always show")),
            SelectChoice("tapped", _("Only when tapped")),
        ],
    )


class TokenForm(Form):
    """A new API token."""

    name = StringField(_("Name"), description=_("What will use it, for example “Report on Mondays”."))
