"""Every address the application has, asked by those whom it should tell nothing. New addresses are asked as well."""

import re

import pytest

from tests import factories
from tests.features.safety.conftest import CANARY
from tests.support.client import UNSAFE

#: What is open to whoever comes, and says nothing of anybody.
OPEN = {
    "accounts.sign_in_form", "accounts.sign_in", "accounts.replace_one_time_password", "accounts.sign_out",
    "accounts.choose_language", "api.openapi", "static", "web.health", "web.script_words",
    "offline.web_manifest", "offline.worker", "offline.help_page",
    "organisation.brand_style", "organisation.icon", "organisation.logo",
}  # fmt: skip
MISSING = "AAAAAAAAAAAAAA"

pytestmark = pytest.mark.slow


def rules(flask_app, *methods):
    """(endpoint, method, rule) of every address."""
    return sorted(
        (rule.endpoint, method, rule.rule)
        for rule in flask_app.url_map.iter_rules()
        for method in rule.methods & set(methods)
    )


def filled(rule, names, *, otherwise="1"):
    """The rule as an address."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: names.get(part[1], otherwise), rule)


@pytest.mark.only_on("sqlite")  # what they send reaches no database
def test_a_stranger_is_let_in_nowhere(flask_app, client):
    for endpoint, method, rule in rules(flask_app, "GET", *UNSAFE):
        if endpoint in OPEN:
            continue
        answer = client.open(filled(rule, {}), method=method)
        assert answer.status_code in (303, 401), (endpoint, method)
        assert answer.status_code == 401 or answer.location.startswith("/sign-in"), endpoint


@pytest.mark.only_on("sqlite")  # what they send reaches no database
def test_a_page_of_another_site_changes_nothing(flask_app, client):
    client.sign_in(factories.person(roles=["administrator"]))
    for endpoint, method, rule in rules(flask_app, *UNSAFE):
        if endpoint.startswith("api."):
            assert client.open(filled(rule, {}), method=method).status_code == 401, endpoint
            continue
        for sent in ({"data": {"on": "1"}}, {"json": {}}, {"headers": {"X-CSRFToken": "made-up"}}):
            answer = client.open(filled(rule, {}), method=method, csrf=False, **sent)
            assert answer.status_code == 400, (endpoint, sent)


def test_no_page_tells_an_outsider_of_a_closed_or_secret_group(flask_app, outsider, secrets):
    """Addresses of what it holds are asked by the next test."""
    for endpoint, _method, rule in rules(flask_app, "GET"):
        if "<public_id>" in rule or endpoint.startswith("api."):
            continue
        addresses = {address(rule, secret) for secret in secrets}
        if "<handle>" in rule:  # the pages of the keeper, who is no secret
            addresses |= {
                filled(rule, {**secret.names, "handle": secret.keeper}, otherwise="1") for secret in secrets
            }
        for each in addresses:
            answer = outsider.get(each)
            assert answer.status_code < 500, endpoint
            assert CANARY not in answer.get_data(as_text=True), endpoint


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_an_outsider_may_not_see_answers_like_what_is_missing(flask_app, outsider, secrets, method):
    form = (
        {"body": "а", "version": "1", "topics": "а", "reason": "spam", "note": "а"}
        if method == "POST"
        else None
    )
    unseen = [public_id for secret in secrets for public_id in secret.public_ids]
    for endpoint, _method, rule in rules(flask_app, method):
        if "<public_id>" not in rule or endpoint.startswith("api."):
            continue
        missing, *others = (
            (public_id, outsider.open(address(rule, secrets[-1], public_id), method=method, data=form))
            for public_id in (MISSING, *unseen)
        )
        for public_id, answer in others:
            assert (answer.status_code, missing[1].status_code) == (404, 404), endpoint
            assert CANARY not in answer.get_data(as_text=True), endpoint
            assert headers(answer) == headers(missing[1]), endpoint
            assert words(answer, public_id) == words(missing[1], MISSING), endpoint


def address(rule, secret, public_id=""):
    """The rule as an address of something in a secret group."""
    names = {**secret.names, "name": "другая", "key": "publish", "public_id": public_id}
    return filled(rule, names, otherwise=str(secret.question_id))


def headers(answer):
    """What an answer says about itself, but for the cookie that only a browser's first answer brings."""
    return {name for name, _ in answer.headers} - {"Set-Cookie"}


def words(answer, public_id):
    """The text of a page, without what is new in every answer."""
    text = re.sub(r'(content|nonce|value)="[^"]*"', "", answer.get_data(as_text=True))
    return text.replace(public_id, "")


def test_a_topic_of_a_secret_looks_unwritten(outsider):
    for address in ("/topics/{}", "/topics/{}/card"):
        known, unwritten = (
            outsider.get(address.format(CANARY)).text,
            outsider.get(address.format("синица")).text,
        )
        assert known.count(CANARY) == unwritten.count("синица")
    for address in (f"/completion/topics?q={CANARY}", f"/topics?q={CANARY}"):
        assert f"/topics/{CANARY}" not in outsider.get(address).text
