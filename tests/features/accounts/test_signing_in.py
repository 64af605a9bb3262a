"""The way in: three names for one person, the same answer for whoever gets it wrong, and no trap in `next=`."""

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from argon2 import PasswordHasher

from app.accounts import service
from app.core import ratelimit
from app.core.errors import Invalid, TooMany
from app.core.unit_of_work import unit_of_work
from tests import factories

PASSWORD = "зелёный чайник поёт"


@pytest.fixture(autouse=True)
def _fresh_limits():
    ratelimit.use_storage("")
    yield
    ratelimit.use_storage("")


@pytest.fixture
def anna(database):
    person = factories.person(
        "Анна Петрова", personnel_number="004211", email="anna@shop.example", phone="+79161234567"
    )
    service.choose_password(person.id, PASSWORD, by=None)
    with unit_of_work():
        service.arrive(person.id)
    return person


def enter(client, login, password=PASSWORD, **fields):
    return client.post("/sign-in", data={"login": login, "password": password, **fields})


@pytest.mark.parametrize(
    "login",
    ["004211", " 004211 ", "anna@shop.example", "Anna@Shop.Example", "+7 916 123-45-67", "8 (916) 123 45 67"],
)
def test_each_of_the_three_names_leads_in(client, anna, login):
    response = enter(client, login)

    assert response.status_code == 303
    assert response.location == "/"
    assert client.get("/settings/sessions").status_code == 200


def test_the_form_has_labels_a_person_would_read_aloud(client, database):
    page = client.get("/sign-in", headers={"Accept-Language": "en"}).text

    assert "Personnel number, e-mail or phone</label>" in page
    assert "Password</label>" in page
    assert re.search(r"<button[^>]*>Sign in</button>", page)


def test_the_cookie_is_for_this_browser_alone(client, anna):
    cookies = enter(client, "004211").headers.getlist("Set-Cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("session_token="))

    assert "HttpOnly" in session
    assert "SameSite=Lax" in session
    assert "Path=/" in session
    assert "Secure" not in session  # the tests run without https, where it would not come back


def test_whoever_gets_it_wrong_hears_the_same(client, anna):
    """A wrong password, nobody's name, somebody without a password, a leaver."""
    factories.person("Без Пароля", personnel_number="1")
    left = factories.person("Ушёл Давно", personnel_number="2")
    service.choose_password(left.id, PASSWORD, by=None)
    service.leave(factories.actor(factories.person(roles=["administrator"])), left.id)

    answers = [
        enter(client, login, password)
        for login, password in (
            ("004211", "не тот"),
            ("нет такого", PASSWORD),
            ("1", PASSWORD),
            ("2", PASSWORD),
        )
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert (
        len({re.sub(r'value="[^"]*"|nonce="[^"]*"|content="[^"]*"', "", answer.text) for answer in answers})
        == 1
    )
    assert not any("session_token" in answer.headers.get("Set-Cookie", "") for answer in answers)


def test_unknown_people_cost_as_much_work_as_known_ones(anna, monkeypatch):
    """One Argon2 verification each, whoever it is."""
    verified = []
    real = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher,
        "verify",
        lambda self, stored, typed: verified.append(stored) or real(self, stored, typed),
    )

    for login in ("004211", "никто"):
        assert service.check_password(login, "не тот") is None

    assert len(verified) == 2
    assert {stored.split("$")[3] for stored in verified} == {"m=19456,t=2,p=1"}


def test_what_was_typed_is_kept_but_for_the_password(client, anna):
    page = enter(client, "004211", "секретная попытка").text

    assert 'value="004211"' in page
    assert "секретная попытка" not in page


def test_ten_tries_then_a_pause_for_that_account_alone(client, anna):
    boris = factories.person("Борис Иной", personnel_number="004212")
    service.choose_password(boris.id, PASSWORD, by=None)
    for _try in range(10):
        assert enter(client, "004211", "не тот").status_code == 422

    refused = enter(client, "anna@shop.example")

    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "300"
    assert enter(client, "004212").status_code == 303


def test_unknown_names_are_slowed_down_alike(client, database):
    statuses = [enter(client, "никто", "не тот").status_code for _try in range(11)]

    assert statuses == [422] * 10 + [429]


def test_getting_it_right_begins_the_count_anew(client, new_client, anna):
    for _try in range(9):
        enter(client, "004211", "не тот")
    assert enter(client, "004211").status_code == 303

    assert enter(new_client(), "004211", "не тот").status_code == 422
    assert enter(new_client(), "004211").status_code == 303


@pytest.mark.slow
def test_a_shop_signs_in_from_one_address(new_client, anna):
    """Successes don't count against the address they come from; a hundred failures do."""
    for number in range(100):
        if number % 50 == 0:
            service.sign_in("004211", PASSWORD, user_agent="", address="10.0.0.1")
        with pytest.raises(Invalid):
            service.sign_in(f"никто{number}", "?", user_agent="", address="10.0.0.1")

    with pytest.raises(TooMany):
        service.sign_in("004211", PASSWORD, user_agent="", address="10.0.0.1")
    assert service.sign_in("004211", PASSWORD, user_agent="", address="10.0.0.2").token


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
        "javascript:alert(1)", "/\n/evil", "evil.example", "", "/a\\b",
    ],
)  # fmt: skip
def test_next_never_leads_away(client, anna, wanted):
    assert enter(client, "004211", next=wanted).location == "/"


def test_next_leads_to_where_one_wanted_to_go(client, anna):
    asked = client.get("/people?q=петр")

    assert asked.status_code == 303
    form = client.get(asked.location).text
    next_field = re.search(r'name="next" value="([^"]+)"', form).group(1)
    assert unquote(enter(client, "004211", next=next_field).location) == "/people?q=петр"


def test_who_is_in_needs_no_form(client, anna):
    client.sign_in(anna)

    assert client.get("/sign-in?next=/people").location == "/people"


def test_signing_in_makes_a_new_forgery_secret(client, anna):
    """A secret planted before signing in is worth nothing after it."""
    before = client.csrf_token()
    enter(client, "004211")

    planted = client.post("/settings/sessions/end", csrf=False, headers={"X-CSRFToken": before})

    assert planted.status_code == 400


def test_pages_that_load_at_once_after_signing_in_share_its_forgery_secret(client, anna):
    enter(client, "004211")

    for page in (client.get("/"), client.get("/people")):
        assert "forms=" not in "".join(page.headers.getlist("Set-Cookie"))


def test_signing_out_ends_the_session_for_good(client, anna):
    enter(client, "004211")
    token = client.get_cookie("session_token").value

    response = client.post("/sign-out")

    assert response.status_code == 303
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert service.actor_for_session(token) is None
    assert client.get("/settings").status_code == 303


def test_signing_out_leaves_what_colleagues_have_waiting_in_the_browser(client, anna):
    enter(client, "004211")

    response = client.post("/sign-out", data={"others": "1"})

    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert client.get("/settings").status_code == 303


def test_a_one_time_password_must_be_replaced(client, anna):
    one_time = service.set_one_time_password(anna.id, by=None)

    asked = enter(client, "004211", one_time, next="/people")
    assert asked.status_code == 200
    assert client.get("/settings").status_code == 303  # not in yet
    ticket = re.search(r'name="ticket" value="([^"]+)"', asked.text).group(1)

    same = client.post("/sign-in/new-password", data={"ticket": ticket, "new": one_time})
    weak = client.post("/sign-in/new-password", data={"ticket": ticket, "new": "пароль123"})
    done = client.post(
        "/sign-in/new-password", data={"ticket": ticket, "new": PASSWORD + "!", "next": "/people"}
    )
    again = client.post("/sign-in/new-password", data={"ticket": ticket, "new": "совсем другой пароль"})

    assert (same.status_code, weak.status_code) == (422, 422)
    assert done.location == "/people"
    assert again.status_code == 409
    assert service.check_password("004211", PASSWORD + "!") is not None
    assert service.check_password("004211", one_time) is None


@pytest.mark.parametrize("ticket", ["", "x", "WzEsMV0.aaaa.bbbb"])
def test_a_made_up_ticket_opens_nothing(client, anna, ticket):
    response = client.post("/sign-in/new-password", data={"ticket": ticket, "new": PASSWORD})

    assert response.status_code == 409
    assert "session_token" not in response.headers.get("Set-Cookie", "")


def test_the_language_chosen_before_signing_in_stays(client, anna):
    client.post("/language", data={"locale": "en"})
    assert "Sign in" in client.get("/sign-in", headers={"Accept-Language": "ru"}).text

    enter(client, "004211")

    assert '<html lang="en"' in client.get("/settings").text


def test_whose_browser_speaks_no_language_of_ours_reads_the_usual_one(flask_app, client, monkeypatch):
    usual = replace(flask_app.extensions["shopfloor_config"], default_locale="en")
    assert "Войти" in client.get("/sign-in", headers={"Accept-Language": "fi"}).text
    monkeypatch.setitem(flask_app.extensions, "shopfloor_config", usual)
    assert "Sign in" in client.get("/sign-in", headers={"Accept-Language": "fi"}).text
