"""No page is forgotten: every address that can be read is looked at in a browser, or says why it is no page."""

import re

from tests.support.pages import ASKED, NO_PAGE, OUTSIDE, PAGES


def test_every_address_is_a_page_that_is_looked_at_or_says_why_it_is_none(flask_app):
    """The interface for programs answers with JSON alone."""
    asked = {
        rule.endpoint
        for rule in flask_app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.endpoint.startswith("api.")
    }
    entered = [*PAGES, *OUTSIDE, *ASKED, *NO_PAGE]

    assert sorted(asked.difference(entered)) == []
    assert sorted(set(entered) - asked) == []
    assert len(entered) == len(set(entered))


def test_the_addresses_of_a_page_lead_to_it(flask_app):
    adapter = flask_app.url_map.bind("localhost")
    astray = {
        address
        for endpoint, addresses in {**PAGES, **OUTSIDE, **ASKED}.items()
        for address in addresses
        if adapter.match(_filled(address), method="GET")[0] != endpoint
    }

    assert astray == set()


def _filled(address):
    """The path, with a number for what stands in braces: it fits every variable of a rule."""
    return re.sub(r"{\w+}", "1", address.partition("?")[0].partition("#")[0])
