"""Endpoints: one decorator that mounts a view, checks what it takes, limits how often, and remembers it for OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from flask import Blueprint, Response, request

from app.api.reading import read_body, read_query
from app.api.schemas.base import Answer, Body, Query
from app.core.actor import Actor
from app.core.errors import Invalid, TooMany
from app.core.i18n import lazy_gettext as _
from app.core.ratelimit import Limit
from app.core.web import actor, by_token

PREFIX = "/api/v1"
#: A token may ask so often; a page of twenty publications costs some 10 ms of CPU.
LIMIT = Limit("api", times=1200, seconds=60)
#: Of that, so many may change something.
WRITES = Limit("api-writes", times=300, seconds=60)
MAX_KEY = 100

blueprint = Blueprint("api", __name__, url_prefix=PREFIX)

A = TypeVar("A", bound=Answer)
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Created(Generic[A]):
    """The answer of an endpoint that makes something: 201 and its address, or 200 for what an earlier request made."""

    value: A
    address: str
    fresh: bool = True


@dataclass(frozen=True)
class Endpoint:
    """A mounted view and the models of what it takes and gives."""

    name: str
    method: str
    rule: str
    #: The docstring.
    text: str
    query: type[Query] | None
    body: type[Body] | None
    #: None for 204 and for files.
    answer: type[Answer] | None
    creates: bool
    #: Whether an Idempotency-Key is heeded.
    keyed: bool
    #: "multipart" takes a file, "file" gives one; otherwise "".
    special: str


_endpoints: list[Endpoint] = []


def endpoints() -> tuple[Endpoint, ...]:
    """Every endpoint, in the order of mounting."""
    return tuple(_endpoints)


def endpoint(method: str, rule: str, *, keyed: bool = False, special: str = "") -> Callable[[View], View]:
    """Mount `view(actor, **parts of the address)` at `PREFIX` + `rule`.

    The annotations say the rest: a parameter `query` or `body` is read and checked as its model; the view gives an
    `Answer`, `Created[Answer]`, None (204) or a ready `Response`.
    """

    def mount(view: View) -> View:
        hints = get_type_hints(view)
        given = hints.get("return")
        creates = get_origin(given) is Created
        answer = get_args(given)[0] if creates else given
        is_model = isinstance(answer, type) and issubclass(answer, Answer)
        made = Endpoint(
            name=view.__name__,
            method=method,
            rule=PREFIX + rule,
            text=view.__doc__ or "",
            query=hints.get("query"),
            body=hints.get("body"),
            answer=answer if is_model else None,
            creates=creates,
            keyed=keyed,
            special=special,
        )
        _endpoints.append(made)
        blueprint.add_url_rule(
            rule, endpoint=view.__name__, view_func=by_token(_serve(view, made)), methods=[method]
        )
        return view

    return mount


def idempotency_key() -> str | None:
    """The client's name for the act it intends, or None. Raises `Invalid` for one that is too long to tell apart."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > MAX_KEY:
        raise Invalid(_("At most %(most)s characters.", most=MAX_KEY), field="Idempotency-Key")
    return key or None


def _serve(view: Callable[..., Any], made: Endpoint) -> Callable[..., Response]:
    @wraps(view)
    def serve(**values: Any) -> Response:
        me = actor()
        _limit(me)
        if made.query is not None:
            values["query"] = read_query(made.query)
        if made.body is not None:
            values["body"] = read_body(made.body)
        return _respond(view(me, **values))

    return serve


def _limit(me: Actor) -> None:
    writes = request.method not in ("GET", "HEAD")
    token = str(me.token_id)
    if not LIMIT.hit(token) or (writes and not WRITES.hit(token)):
        raise TooMany(_("Too many requests with this token; wait a minute."), retry_after=LIMIT.seconds)


def _respond(given: Answer | Created[Any] | Response | None) -> Response:
    if isinstance(given, Response):
        return given
    if given is None:
        return Response(status=204)
    if isinstance(given, Created):
        response = _json(given.value, 201 if given.fresh else 200)
        response.headers["Location"] = given.address
        return response
    return _json(given, 200)


def _json(value: Answer, status: int) -> Response:
    return Response(value.model_dump_json(), status, mimetype="application/json")
