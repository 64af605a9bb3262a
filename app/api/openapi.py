"""The OpenAPI 3.1 description, made from the endpoints and their models, so that it can't tell anything else."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pydantic.json_schema import JsonSchemaMode, models_json_schema

from app.api.endpoint import Endpoint, endpoints
from app.api.schemas.base import Answer, Body
from app.api.schemas.problem import Problem

_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
_REFERENCE = "#/components/schemas/{model}"

_ABOUT = (
    "Programs act for a person by a bearer token, made on the settings page; they may do what the person may do and "
    "see what they see. Moments are ISO 8601 in UTC; addresses are paths on this server."
)

#: Errors that any endpoint may answer with.
_ERRORS = {
    "401": "No valid token was sent.",
    "404": "There is no such thing, or it is not open to this person.",
    "422": "A value breaks a rule; `errors` says which and why.",
    "429": "Too many requests with this token; wait as many seconds as `Retry-After` says.",
}
_BODY_ERRORS = {
    "400": "The body is no valid JSON.",
    "403": "The person may not do this.",
    "409": "It is not in a state that allows this, or was changed since; `field` says which of the versions.",
    "413": "The body is too large.",
    "415": "The body is of another type than is accepted.",
}
_CHANGE_ERRORS = {name: _BODY_ERRORS[name] for name in ("403", "409")}


@cache
def description() -> dict[str, Any]:
    """The description as JSON values. Made once, after every endpoint was mounted."""
    paths: dict[str, dict[str, Any]] = {}
    for each in endpoints():
        paths.setdefault(_VARIABLE.sub(r"{\1}", each.rule), {})[each.method.lower()] = _operation(each)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Shopfloor",
            "version": "1",
            "description": _ABOUT,
        },
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _schemas() -> dict[str, Any]:
    wanted: set[tuple[type[Answer] | type[Body], JsonSchemaMode]] = {(Problem, "serialization")}
    for each in endpoints():
        if each.answer is not None:
            wanted.add((each.answer, "serialization"))
        if each.body is not None:
            wanted.add((each.body, "validation"))
    ordered = sorted(wanted, key=lambda pair: pair[0].__name__)
    _names, document = models_json_schema(ordered, ref_template=_REFERENCE)
    schemas: dict[str, Any] = document["$defs"]
    return schemas


def _operation(each: Endpoint) -> dict[str, Any]:
    summary, _, rest = each.text.strip().partition("\n")
    operation: dict[str, Any] = {
        "operationId": each.name,
        "summary": summary.rstrip("."),
        "parameters": [*_path_parameters(each), *_query_parameters(each), *_header_parameters(each)],
        "responses": _responses(each),
    }
    if rest.strip():
        operation["description"] = " ".join(rest.split())
    if each.body is not None:
        operation["requestBody"] = {
            "required": not each.body.may_be_left_out,
            "content": {"application/json": _refers_to(each.body)},
        }
    if each.special == "multipart":
        operation["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": _UPLOAD}}}
    return operation


_UPLOAD = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
        "alt": {"type": "string", "description": "What a picture shows, for who can't see it."},
    },
}


def _path_parameters(each: Endpoint) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _VARIABLE.findall(each.rule)
    ]


def _query_parameters(each: Endpoint) -> list[dict[str, Any]]:
    if each.query is None:
        return []
    schema = each.query.model_json_schema(ref_template=_REFERENCE)
    required = schema.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in required, "schema": value}
        for name, value in schema["properties"].items()
    ]


def _header_parameters(each: Endpoint) -> list[dict[str, Any]]:
    if not each.keyed:
        return []
    text = "The client's name for this act: sent again with the same key within a month it is done only once."
    return [{"name": "Idempotency-Key", "in": "header", "description": text, "schema": {"type": "string"}}]


def _responses(each: Endpoint) -> dict[str, Any]:
    errors = dict(_ERRORS)
    if each.body is not None or each.special == "multipart":
        errors |= _BODY_ERRORS
    elif each.method != "GET":
        errors |= _CHANGE_ERRORS
    problem = {"application/problem+json": _refers_to(Problem)}
    responses = _success(each) | {
        code: {"description": text, "content": problem} for code, text in errors.items()
    }
    responses["429"] |= {"headers": {"Retry-After": {"schema": {"type": "integer"}}}}
    return dict(sorted(responses.items()))


def _success(each: Endpoint) -> dict[str, Any]:
    if each.special == "file":
        anything = {"*/*": {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}}
        return {"200": {"description": "The bytes.", "content": anything}}
    if each.answer is None:
        return {"204": {"description": "Done."}}
    content = {"application/json": _refers_to(each.answer)}
    if not each.creates:
        return {"200": {"description": "As asked.", "content": content}}
    found = {"200": {"description": "Made before, by a request with the same key.", "content": content}}
    address = {"Location": {"schema": {"type": "string"}}}
    made = {"201": {"description": "Made.", "headers": address, "content": content}}
    return made | (found if each.keyed else {})


def _refers_to(model: type[Answer] | type[Body]) -> dict[str, Any]:
    return {"schema": {"$ref": _REFERENCE.format(model=model.__name__)}}
