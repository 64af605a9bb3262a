"""What only a real server and a real browser show: hosts, cookies and origins behind a proxy, and people's text that
tries to be a program.
"""

import base64
import http.client
import os
import re
from io import BytesIO
from urllib.parse import quote, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from app.accounts import service
from app.content.schemas import AddComment, Edit, Publish
from app.content.service import changing, publishing
from app.core import clock, outbox
from app.files.service import upload
from app.groups import service as groups
from app.groups.schemas import GroupDetails
from app.moderation import service as moderation
from app.people import service as people
from app.topics import service as topics
from app.topics.schemas import TopicDetails
from tests import factories
from tests.support.browsing import sign_in
from tests.support.live import live_server

#: Breaks out of text, of attributes and of scripts, and asks our own scripts for help.
ATTACK = (
    "\"'><img src=x onerror=window.pwned=1><script>pwned=1</script><b hx-get=/ hx-trigger=load>{{7*7}}</b>"
)
#: As long as a person's name may be.
SHORT = "\"'><img src=x onerror=pwned=1>"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The server as an operator starts it behind one proxy, with a slash too many in its address."""
    with live_server(
        tmp_path_factory.mktemp("https"),
        environment="production",
        secret_key="only for tests, but long enough to be one",
        public_url="https://Shop.example/",
        trusted_hosts="shop.example,127.0.0.1",
        proxy_hops="1",
    ) as running:
        yield running


def send(server, path, host="shop.example", form=None, **headers):
    """The answer's status, headers by lower-case name, cookies as they were set, and text."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named |= {"Host": host, "X-Forwarded-Proto": "https"}
    if form is not None:
        named["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("GET" if form is None else "POST", path, form and urlencode(form), named)
    answer = connection.getresponse()
    found = {name.lower(): value for name, value in answer.getheaders()}
    cookies = dict(value.split("=", 1) for name, value in answer.getheaders() if name.lower() == "set-cookie")
    text = "" if answer.status == 101 else answer.read().decode()
    connection.close()
    return answer.status, found, cookies, text


def ask(server, path, host="shop.example", **headers):
    """The answer's status and headers."""
    return send(server, path, host, **headers)[:2]


@pytest.mark.parametrize("path", ["/sign-in", "/", "/api/v1/feed"])
def test_another_host_s_name_is_refused(served, path):
    assert ask(served, path, "evil.example")[0] == 400
    assert ask(served, path, X_Forwarded_Host="evil.example")[0] == 400


def test_cookies_are_bound_to_host_and_https(served):
    with served.data():
        login = factories.person(password="green-counter-12").personnel_number
    status, headers, before, text = send(served, "/sign-in")
    token = re.search(r'name="csrf_token" value="([^"]+)"', text)[1]
    cookie = (
        f"__Host-forms={before['__Host-forms'].partition(';')[0]}; __Host-session=chosen-by-somebody-else"
    )
    form = {"login": login, "password": "green-counter-12", "csrf_token": token}
    entered, _, after, _ = send(served, "/sign-in", form=form, Cookie=cookie)

    assert (status, entered) == (200, 303)
    assert set(after) == {"__Host-session", "__Host-forms"}
    for value in (*before.values(), *after.values()):
        parts = value.split("; ")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(parts)
        assert not any(part.startswith("Domain") for part in parts)
    assert not after["__Host-session"].startswith("chosen-by-somebody-else")
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert "'nonce-" in headers["content-security-policy"]


def test_static_files_say_what_they_are_and_are_ours_alone(served):
    status, headers = ask(served, "/static/css/app.css")

    assert status == 200
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "path", ["/static/../config.py", "/static/%2e%2e/config.py", "/static/..%2fconfig.py"]
)
def test_nothing_beside_the_static_files_is_served(served, path):
    assert ask(served, path)[0] == 404


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://shop.example", 101),
        ("https://evil.example", 400),
        ("http://shop.example", 400),
        ("https://shop.example.evil.example", 400),
        ("null", 400),
    ],
)
def test_sockets_open_for_our_own_pages_alone(served, origin, status):
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": base64.b64encode(os.urandom(16)).decode(),
    }
    assert ask(served, "/socket.io/?EIO=4&transport=websocket", Origin=origin, **upgrade)[0] == status


def test_a_socket_has_no_slower_way_in(served):
    assert ask(served, "/socket.io/?EIO=4&transport=polling", Origin="https://shop.example")[0] == 400


#: Opens a bare socket, without our page's scripts around it, and keeps what arrives.
LISTEN = """() => {
    window.heard = [];
    const socket = new WebSocket(`ws://${location.host}/socket.io/?EIO=4&transport=websocket`);
    socket.onmessage = ({ data }) => {
        if (data[0] === "0") socket.send("40");
        else if (data === "2") socket.send("3");
        else window.heard.push(data);
    };
}"""


def listening(page, server, person):
    """A page that only listens, with a session of the person's."""
    token = service.open_session(person.id, "", "")
    page.context.add_cookies([{"name": "session_token", "value": token, "url": server.url}])
    page.goto(f"{server.url}/healthz")
    page.evaluate(LISTEN)
    hears(page, '40{"sid"')
    return page


def hears(page, word):
    """Wait until something with this word has arrived."""
    page.wait_for_function("word => window.heard.some((each) => each.includes(word))", arg=word)


def test_a_worker_beside_the_server_cuts_its_sockets(tmp_path, redis_url, new_page):
    """This process delivers what happens, as `flask worker` does; the sockets are the server's."""
    with live_server(tmp_path, redis_url=redis_url, worker="outside") as server, server.data():
        owner, member, leaver = factories.person(), factories.person(), factories.person()
        group = factories.group(visibility="secret", owner=owner, members=[member])
        pages = [listening(new_page(), server, person) for person in (member, leaver)]
        inside = factories.publication(owner, place=group).public_id
        outbox.run_due()
        hears(pages[0], inside)

        groups.remove_member(factories.actor(owner), group.handle, member.handle)
        people.mark_left(leaver.id, on=clock.today())
        outbox.run_due()
        hears(pages[1], "session_ended")
        hears(pages[1], "41")

        secret, open_to_all = (factories.publication(owner, place=place).public_id for place in (group, None))
        outbox.run_due()
        hears(pages[0], open_to_all)
        assert not any(secret in each for each in pages[0].evaluate("window.heard"))
        assert not any(open_to_all in each for each in pages[1].evaluate("window.heard"))


@pytest.fixture
def attacked(server):
    """Everything a person can name or write, written to harm; the addresses where it is shown."""
    with server.data():
        author = factories.person(SHORT, position=factories.position(f"Кассир {clock.now()} {SHORT}"))
        reader = factories.person("Анна Читает", password="green-counter-12", roles=["administrator"])
        me = factories.actor(author)
        people.edit_profile(me, about=ATTACK, email="", phone="")
        handle = groups.create_group(me, GroupDetails(ATTACK[:80], ATTACK, "open", "members"))
        topics.change_topic(factories.actor(reader), "атака", TopicDetails("Атака", ATTACK))
        sent = upload(me, BytesIO(b"text"), f"{SHORT}.txt")
        body = f"{ATTACK}\n\n[x](javascript:window.pwned=1) #атака @{reader.handle}"
        made = publishing.publish(me, Publish("question", body, title=ATTACK, file_ids=(sent.id,)))
        publishing.comment(me, made.public_id, AddComment(ATTACK, answer=True))
        changing.edit(me, made.public_id, Edit(body + "!", 1, ATTACK, (sent.id,)))
        moderation.report(factories.actor(reader), made.public_id, "other", ATTACK)
        login = reader.personnel_number
        item, person = made.public_id, quote(author.handle)
    addresses = [
        "/", f"/p/{item}", f"/p/{item}?reply={quote(ATTACK)}", f"/items/{item}/history", f"/items/{item}/edit",
        f"/items/{item}/likers", f"/people/{person}", f"/people/{person}/about", f"/people/{person}/files",
        f"/people/{person}/card", "/groups?show=all", f"/groups/{quote(handle)}", f"/groups/{quote(handle)}/about",
        f"/groups/{quote(handle)}/members", f"/groups/{quote(handle)}/card", "/topics/атака", "/topics/атака/card",
        "/topics/атака/edit", "/moderation", f"/moderation/{item}", "/notifications", "/mentions", "/questions",
        f"/?write&text={quote(ATTACK)}&kind={quote(SHORT)}",
        *(f"/{name}?q={quote(ATTACK)}" for name in ("search", "people", "groups", "topics", "administration/people")),
    ]  # fmt: skip
    return login, addresses


def test_no_text_becomes_a_program(server, page, attacked):
    """The page itself fails the test when the content security policy had to step in."""
    login, addresses = attacked
    sign_in(page, server.url, login, "green-counter-12")
    page.on("dialog", lambda dialog: pytest.fail(f"{page.url} opened a dialog: {dialog.message}"))
    for address in addresses:
        page.goto(f"{server.url}{address}")
        page.wait_for_load_state("load")
        assert page.evaluate("window.pwned") is None, address
        assert page.locator("img[src='x'], [hx-trigger=load][hx-get='/']").count() == 0, address
        assert page.locator("a[href^='javascript:']").count() == 0, address
        expect(page.locator("body")).not_to_contain_text(">49<")
