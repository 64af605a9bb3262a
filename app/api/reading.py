"""From a request to a checked model, and from what is wrong with it to words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from flask import request
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import RequestEntityTooLarge

from app.api.schemas.base import Body, Query
from app.core.errors import DomainError, Invalid, TooLarge, UnsupportedType
from app.core.i18n import lazy_gettext as _

#: Largest JSON body, in bytes: the longest text with every character escaped, and room to spare.
MAX_BODY = 256 * 1024

Q = TypeVar("Q", bound=Query)
B = TypeVar("B", bound=Body)


def read_query(model: type[Q]) -> Q:
    """What stands after "?" in the address. Raises `Invalid`, also for names the model does not have."""
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise _invalid(error) from error


def read_body(model: type[B]) -> B:
    """The JSON body; what the model says by itself where it may be left out and is.

    Raises `UnsupportedType` for another type, `TooLarge`, `DomainError` (400) for what is no JSON, and `Invalid`.
    """
    request.max_content_length = MAX_BODY
    try:
        raw = request.get_data()
    except RequestEntityTooLarge as error:
        raise TooLarge(_("The request is too large.")) from error
    if not raw and model.may_be_left_out:
        return model()
    if request.mimetype != "application/json":
        raise UnsupportedType(_("Send JSON: Content-Type: application/json."))
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        if any(each["type"] == "json_invalid" for each in error.errors()):
            raise DomainError(_("The body is not valid JSON.")) from error
        raise _invalid(error) from error


def _invalid(error: ValidationError) -> Invalid:
    errors: dict[str, Any] = {}
    for each in error.errors(include_url=False, include_input=False):
        errors.setdefault(_field(each), _message(each))
    return Invalid(_("Something in the request needs correcting."), errors=errors)


def _field(error: ErrorDetails) -> str:
    """The field, with its number in a list; a variant within a field is no name that a program knows."""
    first, *rest = error["loc"] or ("body",)
    return ".".join([str(first), *(str(part) for part in rest if isinstance(part, int))])


def _message(error: ErrorDetails) -> Any:
    """What is wrong, in the person's language where it is one of the usual mistakes."""
    given: Mapping[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "string_too_long":
            return _("At most %(most)s characters.", most=given["max_length"])
        case "literal_error":
            return _("This must be one of: %(choices)s.", choices=given["expected"])
        case "greater_than_equal":
            return _("At least %(least)s.", least=given["ge"])
        case "less_than_equal":
            return _("At most %(most)s.", most=given["le"])
    return _USUAL.get(error["type"], error["msg"])


_USUAL: Mapping[str, Any] = {
    "missing": _("This is required."),
    "extra_forbidden": _("There is no such field here."),
    "string_type": _("This must be text."),
    "bool_type": _("This must be true or false."),
    "bool_parsing": _("This must be true or false."),
    "int_type": _("This must be a whole number."),
    "int_parsing": _("This must be a whole number."),
    "model_type": _("This must be an object with fields."),
    "model_attributes_type": _("This must be an object with fields."),
}
