"""Every route keeps the promises of the edge: nobody gets in unasked, and no foreign page can make a person act."""

import pytest

from app.core.web import is_by_token, is_public
from tests import factories
from tests.support.client import UNSAFE

#: Nobody is let in and nothing is asked of a database.
pytestmark = pytest.mark.only_on("sqlite")

#: What each kind of URL variable is filled with; no such object needs to exist.
EXAMPLES = {"int": 999_999, "default": "missing", "string": "missing", "path": "missing"}


@pytest.fixture
def routes(flask_app):
    """(rule, method, address, view) of every route, but for static files."""
    found = []
    adapter = flask_app.url_map.bind("localhost")
    for rule in flask_app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.websocket:
            continue
        values = {name: EXAMPLES[_kind(rule, name)] for name in rule.arguments}
        address = adapter.build(rule.endpoint, values)
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            found.append((rule, method, address, flask_app.view_functions[rule.endpoint]))
    return found


def test_there_are_routes(routes):
    assert len(routes) > 20


def test_every_unsafe_route_asks_for_the_forgery_token(routes, client):
    client.sign_in(factories.person(roles=["administrator", "editor", "moderator"]))
    open_to_forgery = [
        f"{method} {rule}: {status}"
        for rule, method, address, view in routes
        if method in UNSAFE and not is_by_token(view)
        if (status := client.open(address, method=method, csrf=False).status_code) != 400
    ]

    assert open_to_forgery == []


def test_a_cookie_opens_nothing_that_is_for_tokens(routes, client):
    client.sign_in(factories.person(roles=["administrator"]))
    opened = [
        f"{method} {rule}: {status}"
        for rule, method, address, view in routes
        if is_by_token(view) and not is_public(view)
        if (status := client.open(address, method=method).status_code) != 401
    ]

    assert opened == []


def test_every_route_asks_who_it_is(routes, client):
    """Unless it says that it is public."""
    unasked = []
    for rule, method, address, view in routes:
        if not is_public(view):
            response = client.open(address, method=method)
            asked = response.status_code == 401 or (
                response.status_code == 303 and response.location.startswith("/sign-in")
            )
            if not asked:
                unasked.append(f"{method} {rule}: {response.status_code}")

    assert unasked == []


def _kind(rule, name):
    converter = type(rule._converters[name]).__name__
    return {"IntegerConverter": "int", "PathConverter": "path"}.get(converter, "default")
