"""The app on a phone with bad signal: what was kept is read with its age, and nobody else ever reads it."""

import json
import re

import pytest
from playwright.sync_api import expect

from app.accounts.service.sessions import actor_for_session, end_all_sessions
from app.content.service.changing import delete
from app.questions.service import accept
from tests import factories
from tests.journeys.company import PASSWORD, PATIENCE, card, composer, employed, write
from tests.journeys.conftest import PHONE

#: What caches may hold of nobody: static files, words, the pages that help.
IMPERSONAL = re.compile(r"^/(static|words|offline/help|-/state)")
PHOTO = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) kept.push(new URL(request.url).pathname);
  return kept;
}"""


def kept(page):
    """The addresses of everything that the browser keeps of ours."""
    return page.evaluate(KEPT)


def personal(page):
    return [address for address in kept(page) if not IMPERSONAL.match(address)]


#: Playwright's own way of waiting for a condition evaluates text, which our policy forbids.
EVENTUALLY = """([holds, patience, argument]) => new Promise((resolve, reject) => {
  const began = Date.now();
  const look = async () => {
    if (await holds(argument)) resolve();
    else if (Date.now() - began > patience) reject(new Error(`not in time: ${holds}`));
    else requestAnimationFrame(look);
  };
  look();
})"""


def eventually(page, condition, argument=None):
    """Wait until a function of the page says yes."""
    holds = f"([patience, argument]) => ({EVENTUALLY})([{condition}, patience, argument])"
    page.evaluate(holds, [PATIENCE, argument])


def wait_for_worker(page):
    eventually(page, "() => navigator.serviceWorker.controller !== null")


def eventually_keeps(page, *addresses):
    for address in addresses:
        eventually(page, f"async (wanted) => (await ({KEPT})()).includes(wanted)", address)


def enter(page, who):
    page.get_by_label("Personnel number, e-mail or phone").fill(who.number)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture
def phone_of(company):
    """Seats somebody at a phone that has its service worker; with `own` it is said to be their own."""

    def seat(who, *, own=True, at="/settings/offline"):
        page = company.seat(who, PHONE, at=at, service_workers="allow")
        wait_for_worker(page)
        if own:
            page.get_by_role("button", name="This is my own device").click()
            page.get_by_text("Keep nothing on this device").wait_for()
        return page

    return seat


@pytest.fixture
def served(company):
    """A reader; something that must be read; a question of the reader's topic with its accepted answer."""
    author, reader = company.employ("Лиана Гареева", "Максим Орлов")
    with company.data():
        topic = factories.topic(f"Касса{reader.id}")
        factories.subscribe(company.person(reader), topic, mandatory=True)
        must = factories.publication(
            company.person(author), f"Новые ценники с 1 декабря {reader.id} #{topic.title}"
        )
        question = factories.question(
            company.person(reader), f"Не печатает касса {reader.id}? #{topic.title}"
        )
        answer = factories.answer(question, company.person(author), f"Перезагрузите принтер {reader.id}")
        accept(factories.actor(company.person(reader)), answer.public_id, on=True)
        return author, reader, must.public_id, question.public_id


def test_what_was_kept_is_read_without_a_connection(served, phone_of):
    _author, reader, must, question = served
    page = phone_of(reader)
    eventually_keeps(page, "/", f"/p/{must}", f"/p/{question}")
    page.context.set_offline(True)

    page.goto("/")
    expect(card(page, f"Новые ценники с 1 декабря {reader.id}")).to_be_visible()
    said = page.get_by_role("status").filter(has_text="kept copy of")
    expect(said).to_contain_text("No connection")
    # It stands in for the feed in another order, too.
    page.goto("/?feed=company")
    expect(card(page, f"Новые ценники с 1 декабря {reader.id}")).to_be_visible()
    expect(said.get_by_role("time")).to_have_text(re.compile("now|second|minute"))
    # A page that was not kept says so, says what waits to be sent, and leads to those that were.
    page.goto("/people")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(page.get_by_text("Not sent yet")).to_be_hidden()
    page.goto("/")
    write(page, f"Разбилась витрина у {reader.id}").get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".card.unsent")).to_be_visible()
    page.goto("/people")
    expect(page.get_by_text("Not sent yet: 1.")).to_be_visible()
    page.get_by_role("link", name=f"Не печатает касса {reader.id}").click()
    expect(page.get_by_text(f"Перезагрузите принтер {reader.id}").first).to_be_visible()

    # What must be read was kept whole, though nobody had opened it.
    page.goto(f"/p/{must}")
    expect(page.get_by_text(f"Новые ценники с 1 декабря {reader.id}").first).to_be_visible()
    page.go_back()

    # Its scripts run, and its forms work where there is a connection again.
    page.context.set_offline(False)
    page.get_by_role("button", name=re.compile("^Like")).first.click()
    expect(page.locator("[data-likes]").first).to_have_text("1")


def test_nobody_reads_what_was_kept_for_another(served, company, phone_of):
    author, reader, must, _question = served
    page = phone_of(reader)
    eventually_keeps(page, "/", f"/p/{must}")

    # Somebody else signs in where the last one did not sign out.
    company.admit(page, author)
    page.goto("/")
    assert personal(page) == []
    page.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(page.get_by_text("No page is kept here")).to_be_visible()


#: The worker's next answers for an address wait until they are let in.
HOLD_BACK = """(address) => {
  const ask = self.fetch;
  const gate = new Promise((open) => (self.letIn = open));
  self.fetch = async (request, options) => {
    const answer = await ask(request, options);
    if (String(request.url ?? request).endsWith(address)) {
      self.isHeld = true;
      await gate;
    }
    return answer;
  };
}"""


def test_what_comes_late_for_who_was_here_before_is_not_kept(served, company, phone_of):
    author, reader, must, question = served
    page = phone_of(reader)
    eventually_keeps(page, "/", f"/p/{must}", f"/p/{question}")
    worker = page.context.service_workers[0]
    worker.evaluate("readAhead()")
    worker.evaluate(HOLD_BACK, f"/p/{must}")
    worker.evaluate(
        "(address) => { self.goingOn = drop(address).then(() => remember({ readAt: 0 })).then(readAhead); }",
        f"/p/{must}",
    )
    worker.evaluate("async () => { while (!self.isHeld) await new Promise((on) => setTimeout(on, 10)); }")

    company.admit(page, author)
    page.goto("/")
    assert personal(page) == []
    worker.evaluate("async () => { self.letIn(); await self.goingOn; }")
    assert personal(page) == []


def test_nothing_is_kept_after_signing_out_or_where_one_was_signed_out(served, company, phone_of):
    _author, reader, must, _question = served
    page = phone_of(reader)
    eventually_keeps(page, "/", f"/p/{must}")
    page.goto("/settings")
    page.get_by_label("My menu").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in**")
    assert personal(page) == []

    with company.data():
        fresh = employed(company.person(reader))
    company.admit(page, fresh)
    page.goto("/")
    wait_for_worker(page)
    eventually_keeps(page, "/", f"/p/{must}")
    with company.data():
        end_all_sessions(reader.id)
    page.goto("/settings")
    page.wait_for_url("**/sign-in**")
    assert personal(page) == []


def test_what_waits_and_cannot_be_sent_in_a_session_that_is_over_leaves_nothing_to_read(
    served, company, phone_of
):
    _author, reader, must, _question = served
    page = phone_of(reader)
    eventually_keeps(page, "/", f"/p/{must}")
    page.goto("/")
    expect(page.locator("body")).to_have_attribute("data-unsent", "ready")
    page.context.set_offline(True)
    write(page, f"Разбилась витрина у {reader.id}").get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".card.unsent")).to_be_visible()
    with company.data():
        end_all_sessions(reader.id)
    page.context.set_offline(False)
    expect(page.get_by_text("Waiting until you sign in: 1")).to_be_visible()
    eventually(page, f"async (wanted) => !(await ({KEPT})()).includes(wanted)", f"/p/{must}")


def test_who_signs_out_without_a_connection_is_signed_out_when_there_is_one(served, company, phone_of):
    _author, reader, must, _question = served
    page = phone_of(reader)
    eventually_keeps(page, "/", f"/p/{must}")
    page.goto("/settings")
    page.context.set_offline(True)
    page.get_by_label("My menu").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Signed out on this device")).to_be_visible()
    assert personal(page) == []
    # The next one at the tablet finds nothing, whatever they open.
    page.goto("/")
    expect(page.get_by_role("heading", name="Signed out on this device")).to_be_visible()

    # Nobody touches it, and yet the session is over once there is a connection.
    page.context.set_offline(False)
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    with company.data():
        assert actor_for_session(reader.token) is None
    assert personal(page) == []
    # The tablet goes on as ever, also for the same person.
    with company.data():
        fresh = employed(company.person(reader))
    company.admit(page, fresh)
    page.goto("/")
    expect(card(page, f"Новые ценники с 1 декабря {reader.id}")).to_be_visible()
    wait_for_worker(page)
    eventually_keeps(page, "/")


def test_what_one_may_see_no_more_is_kept_no_more(served, company, phone_of):
    author, reader, must, question = served
    page = phone_of(reader)
    eventually_keeps(page, "/", f"/p/{must}", f"/p/{question}")
    # A reading that goes on would be the one that is asked for below, and it has read before the deletion.
    page.context.service_workers[0].evaluate("readAhead()")
    with company.data():
        delete(factories.actor(company.person(author)), must)

    # Within the hour, without anybody opening it.
    page.context.service_workers[0].evaluate("remember({ readAt: 0 }).then(readAhead)")
    assert f"/p/{must}" not in kept(page)
    with company.data():
        delete(factories.actor(company.person(reader)), question)
    # And at once when it is opened.
    page.goto(f"/p/{question}")
    eventually(page, f"async (gone) => !(await ({KEPT})()).includes(gone)", f"/p/{question}")


def test_nothing_is_kept_on_a_device_of_which_nobody_said_it_is_theirs(served, phone_of):
    _author, reader, must, _question = served
    page = phone_of(reader, own=False, at="/")

    offered = page.get_by_text("Is this your own phone?")
    expect(offered).to_be_visible()
    page.goto(f"/p/{must}")
    assert personal(page) == []
    expect(offered).to_have_count(0)
    page.goto("/")
    expect(offered).to_be_visible()
    # It lies on nothing that is being written.
    written = composer(page).get_by_role("textbox", name="Text", exact=True)
    written.focus()
    expect(offered).to_be_hidden()
    written.blur()
    expect(offered).to_be_visible()
    offered.locator("..").get_by_role("button", name="Close").click()
    eventually(page, "() => document.cookie.includes('device=later')")


SHARE = """([address, text, file]) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: address });
  form.enctype = "multipart/form-data";
  const input = Object.assign(document.createElement("input"), { type: "file", name: "files" });
  const files = new DataTransfer();
  const bytes = Uint8Array.from(atob(file), (one) => one.charCodeAt(0));
  files.items.add(new File([bytes], "витрина.png", { type: "image/png" }));
  input.files = files.files;
  const said = Object.assign(document.createElement("input"), { name: "text", value: text });
  form.append(said, input);
  document.body.append(form);
  form.submit();
}"""


def test_what_is_shared_from_the_phone_waits_in_the_composer_also_while_one_signs_in(company, phone_of):
    (author,) = company.employ("Лиана Гареева", password=PASSWORD)
    page = phone_of(author, own=False)
    manifest = page.request.get(page.locator("link[rel=manifest]").get_attribute("href")).json()
    page.context.clear_cookies(name="session_token")
    page.evaluate(SHARE, [manifest["share_target"]["action"], f"Новая витрина {author.number}", PHOTO])
    page.wait_for_url("**/sign-in**")
    enter(page, author)

    form = composer(page)
    expect(form.get_by_role("textbox", name="Text", exact=True)).to_have_value(
        f"Новая витрина {author.number}"
    )
    expect(form.locator("input[name=files]")).to_have_count(1)
    form.get_by_role("button", name="Publish", exact=True).click()
    expect(card(page, f"Новая витрина {author.number}").locator("img[src^='/files/']")).to_be_visible()
    assert personal(page) == []


def test_while_the_network_is_closed_one_reads_what_is_kept(served, company, phone_of):
    _author, reader, must, _question = served
    page = phone_of(reader)
    eventually_keeps(page, "/", f"/p/{must}")
    closed = company.server.folder / "maintenance"
    closed.touch()
    try:
        page.goto("/people")
        expect(page.get_by_role("heading", name="being maintained")).to_be_visible()
        page.goto("/?feed=company")
        expect(page.get_by_role("status").filter(has_text="kept copy of")).to_contain_text("being maintained")
        page.goto(f"/p/{must}")
        expect(page.get_by_text(f"Новые ценники с 1 декабря {reader.id}").first).to_be_visible()
        expect(page.get_by_role("status").filter(has_text="kept copy of")).to_contain_text("being maintained")
    finally:
        closed.unlink()
    page.goto("/people")
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()


def test_the_app_can_be_installed(company, phone_of):
    """Chromium itself finds nothing that keeps it from offering that."""
    (author,) = company.employ("Лиана Гареева")
    page = phone_of(author, own=False)
    chromium = page.context.new_cdp_session(page)
    manifest = chromium.send("Page.getAppManifest")
    errors = chromium.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert manifest["errors"] == []
    assert [each for each in errors if each["errorId"] != "in-incognito"] == []
    assert [each["url"] for each in json.loads(manifest["data"])["shortcuts"]] == [
        "/?write&kind=question#composer",
        "/search",
    ]
