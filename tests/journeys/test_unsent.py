"""What is done without a connection waits where one can see it, and is sent once, by nobody but its writer."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.content.models import ContentItem, Reaction
from app.content.service import drafts
from app.core.db import db
from app.files.models import File
from tests import factories
from tests.journeys.company import PATIENCE, card, composer, employed, hold, live, publish, write
from tests.journeys.conftest import PHONE
from tests.journeys.test_attaching import photo
from tests.support.browsing import scrolls_sideways


def ready(page):
    """The page can go without a connection from now on."""
    expect(page.locator("body")).to_have_attribute("data-unsent", "ready")


def waiting(page):
    """The cards and comments that stand in their places with a clock."""
    return page.locator(".unsent")


def line(page):
    """The line at the top that says how much waits."""
    return page.locator("[data-unsent-line]")


@contextmanager
def cut(page, *, arriving=(), lost=()):
    """Cut the network: what is sent to `arriving` reaches the server and its answer is lost, to `lost` it does not.

    Pages still come.
    """

    def handle(route):
        if route.request.is_navigation_request():
            return route.fallback()
        if route.request.method == "POST" and route.request.url.endswith(tuple(arriving)):
            route.fetch()
        return route.abort("connectionreset")

    addresses = [*arriving, *lost, "/session"]
    for address in addresses:
        page.route(f"**{address}", handle)
    yield
    for address in addresses:
        page.unroute(f"**{address}", handle)


def say(page, on, text):
    on.get_by_role("link", name="Reply").first.click()
    on.get_by_role("textbox").fill(text)
    on.get_by_role("button", name="Send", exact=True).click()


def made(company, who):
    """How many files, texts and likes of somebody the company has."""
    with company.data():
        counted = [
            (File.owner_id, File.id),
            (ContentItem.author_id, ContentItem.id),
            (Reaction.person_id, Reaction.id),
        ]
        return tuple(
            db.session.scalar(select(func.count(id_)).where(mine == who.id)) for mine, id_ in counted
        )


@pytest.fixture
def reading(company):
    """Somebody at a page with a colleague's publication on it."""
    (me, colleague) = company.employ("Лиана Гареева", "Ильдар Юнусов")
    with company.data():
        item = factories.publication(company.person(colleague), f"Кто выйдет в субботу? {me.number}")
        address = f"/p/{item.public_id}"
    page = company.seat(me, PHONE)
    ready(page)
    return me, page, card(page, f"Кто выйдет в субботу? {me.number}"), address


def test_what_the_network_cuts_off_is_sent_exactly_once(company, reading):
    """A publication with a photo, a comment and a like: cut in the middle, cut before, and done without any network."""
    me, page, theirs, address = reading
    mine = f"Разбилась витрина {me.number}"
    form = write(page, mine)
    # The server has the draft, and will not hear for a while that there is none any more.
    expect(form).to_contain_text("Draft saved")
    lost = [f"{address}/comments", "/like", "/drafts/publish"]
    with cut(page, arriving=["/publications", "/files"], lost=lost):
        form.get_by_label("Attach photos or files").set_input_files([photo()])
        form.get_by_role("textbox", name="витрина.png").fill("Осколки у входа")
        expect(page.get_by_text("the upload goes on by itself")).to_be_visible()
        form.get_by_role("button", name="Publish", exact=True).click()
        expect(waiting(page).filter(has_text=mine)).to_contain_text("Waiting to be sent")
        expect(waiting(page).filter(has_text=mine).get_by_role("img")).to_be_visible()
        say(page, theirs, "Выйду я")
        expect(waiting(page).filter(has_text="Выйду я")).to_be_visible()
        page.context.set_offline(True)
        theirs.get_by_role("button", name=re.compile("^Like")).first.click()
        expect(theirs.locator(".like.is-waiting")).to_be_visible()
        page.context.set_offline(False)
        expect(line(page)).to_contain_text("Not sent yet: 3")
        assert not scrolls_sideways(page)

        page.reload()
        ready(page)
        expect(waiting(page)).to_have_count(2)
        expect(theirs.locator(".like[aria-pressed=true].is-waiting")).to_be_visible()
        line(page).get_by_role("button", name="Show").click()
        rows = page.get_by_role("dialog", name="Unsent").get_by_role("listitem")
        expect(rows).to_contain_text(["News", "Comment", "Like"])
        # The photo was on its way twice, and the publication with it; their answers are lost once more.
        rows.first.get_by_role("button", name="Send now").click()
        expect(rows).to_have_count(3)
        page.get_by_role("dialog").get_by_role("button", name="Close").click()

    page.context.set_offline(True)
    page.context.set_offline(False)
    expect(waiting(page)).to_have_count(0)
    expect(line(page)).to_be_empty()
    expect(card(page, mine)).to_have_count(1)
    expect(theirs.locator(".comment", has_text="Выйду я")).to_have_count(1)
    assert made(company, me) == (1, 2, 1)

    with page.expect_response(lambda response: response.url.endswith("/drafts/publish")):
        page.reload()
    with company.data():
        assert drafts.find(me.id, "publish") == {}
    ready(page)
    expect(card(page, mine).locator(".photos img")).to_have_attribute("alt", "Осколки у входа")
    expect(composer(page).get_by_role("textbox", name="Text", exact=True)).to_have_value("")
    expect(theirs.locator(".comment", has_text="Выйду я")).to_have_count(1)
    expect(theirs.locator(".like[aria-pressed=true]").first).to_contain_text("1")


def test_what_hangs_on_a_line_that_carries_nothing_waits_and_is_sent_once(company, reading):
    me, page, theirs, _address = reading
    mine = f"Нет связи в подвале {me.number}"
    let_go = hold(page, re.compile("/(publications|like|session)$"))
    write(page, mine)
    composer(page).get_by_role("button", name="Publish", exact=True).click()
    theirs.get_by_role("button", name=re.compile("^Like")).first.click()
    expect(waiting(page).filter(has_text=mine)).to_be_visible(timeout=2 * PATIENCE)
    expect(theirs.locator(".like.is-waiting")).to_be_visible(timeout=2 * PATIENCE)
    let_go()
    page.context.set_offline(True)
    page.context.set_offline(False)
    page.reload()
    ready(page)
    expect(page.locator("[data-unsent-line]:not(:empty)")).to_have_count(0)
    expect(card(page, mine)).to_have_count(1)
    expect(theirs.locator(".like[aria-pressed=true]").first).to_contain_text("1")
    assert made(company, me) == (0, 1, 1)


def test_an_answer_lost_on_the_way_back_shows_nothing_twice(company, reading):
    """The comment arrives over the socket before its own answer; a like changed its mind meanwhile."""
    me, page, theirs, address = reading
    live(page)
    with cut(page, arriving=[f"{address}/comments", "/like"]):
        say(page, theirs, "Выйду я")
        expect(theirs.locator(".comment", has_text="Выйду я").locator("visible=true")).to_have_count(1)
        button = theirs.get_by_role("button", name=re.compile("^Like")).first
        button.click()
        expect(theirs.locator(".like.is-waiting[aria-pressed=true]")).to_be_visible()
        button.click()
        expect(theirs.locator(".like.is-waiting[aria-pressed=false]")).to_be_visible()
    page.context.set_offline(True)
    page.context.set_offline(False)
    expect(line(page)).to_be_empty()
    expect(theirs.locator(".like.is-waiting")).to_have_count(0)
    expect(waiting(page)).to_have_count(0)
    expect(theirs.locator(".comment", has_text="Выйду я")).to_have_count(1)
    assert made(company, me) == (0, 1, 0)

    # A page that was opened before its token ran out, or kept for offline reading, is as good as a new one.
    page.evaluate(
        "document.querySelectorAll('[name^=csrf]').forEach((each) => (each.content = each.value = 'old'))"
    )
    publish(page, f"Со старой страницы {me.number}")
    assert made(company, me) == (0, 2, 0)


def test_what_is_refused_stays_with_its_reason_and_goes_back_into_the_form(company, reading):
    me, page, theirs, address = reading
    with cut(page, arriving=["/publications"], lost=[f"{address}/comments", "/like"]):
        write(page, f"Первый вариант {me.number}")
        composer(page).get_by_role("button", name="Publish", exact=True).click()
        expect(waiting(page)).to_have_count(1)
        say(page, theirs, "Выйду я")
        theirs.get_by_role("button", name=re.compile("^Like")).first.click()
        expect(line(page)).to_contain_text("Not sent yet: 3")
        # Back in the composer it keeps its key: what has arrived is not made anew with other words.
        waiting(page).filter(has_text="Первый").get_by_role("button", name="Edit").click()
        field = composer(page).get_by_role("textbox", name="Text", exact=True)
        expect(field).to_have_value(f"Первый вариант {me.number}")
        field.fill(f"Второй вариант {me.number}")
        with company.data():
            item = db.session.scalars(select(ContentItem).where(ContentItem.public_id == address[3:])).one()
            item.state = "hidden"
            db.session.commit()
    composer(page).get_by_role("button", name="Publish", exact=True).click()
    expect(composer(page).get_by_role("alert")).to_contain_text("Another text was sent")
    # "Too many" is not "no": it is tried again when the server says.
    busy = {"status": 429, "headers": {"Retry-After": "1"}}
    page.route("**/comments", lambda route: route.fulfill(**busy), times=1)
    page.context.set_offline(True)
    page.context.set_offline(False)

    refused = waiting(page).filter(has_text="Выйду я")
    expect(refused.get_by_role("alert")).to_be_visible()
    expect(line(page)).to_contain_text("Not sent yet: 1")
    expect(theirs.locator(".like[aria-pressed=false]").first).to_be_visible()
    refused.get_by_role("button", name="Discard").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    expect(waiting(page)).to_have_count(0)
    assert made(company, me) == (0, 1, 0)


def test_nothing_is_sent_or_read_by_the_next_person_at_the_tablet(company, reading):
    me, page, _theirs, _address = reading
    (other,) = company.employ("Вера Власова")
    secret = f"Только моё {me.number}"
    with cut(page, lost=["/publications"]):
        write(page, secret)
        composer(page).get_by_role("button", name="Publish", exact=True).click()
        expect(waiting(page)).to_have_count(1)
        # The session ends without a word, and somebody else signs in at the same browser.
        company.hand_over(page, other)
        page.goto("/")
        ready(page)
        expect(waiting(page)).to_have_count(0)
    page.reload()
    ready(page)
    expect(line(page)).to_have_count(0)
    assert made(company, me) == made(company, other) == (0, 0, 0)

    company.hand_over(page, me)
    with cut(page, lost=["/publications"]):
        page.goto("/")
        ready(page)
        expect(waiting(page)).to_contain_text(secret)
        page.get_by_label("My menu").click()
        page.get_by_role("button", name="Sign out", exact=True).click()
        asked = page.get_by_role("dialog", name="Not everything has been sent")
        asked.get_by_role("button", name="Send and sign out").click()
        expect(page.get_by_text("This could not be sent. You are still signed in.")).to_be_visible()
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
        page.get_by_label("My menu").click()
        page.get_by_role("button", name="Sign out", exact=True).click()
        asked.get_by_role("button", name="Discard and sign out").click()
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    with company.data():
        company.admit(page, employed(company.person(me)))
    page.goto("/")
    ready(page)
    expect(line(page)).to_have_count(0)
    assert made(company, me) == (0, 0, 0)


def test_what_waits_outlives_the_next_person_at_the_tablet(company, reading):
    """A session that ended by itself; somebody else signs in, signs out, and the first one comes back."""
    me, page, _theirs, _address = reading
    (other,) = company.employ("Вера Власова")
    text = f"Ждёт меня {me.number}"
    page.context.set_offline(True)
    write(page, text)
    composer(page).get_by_role("button", name="Publish", exact=True).click()
    expect(waiting(page)).to_have_count(1)
    company.hand_over(page, other)
    page.context.set_offline(False)
    page.goto("/")
    ready(page)
    write(page, "Черновик соседки")
    page.get_by_label("My menu").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/sign-in**")
    assert page.evaluate("Object.keys(localStorage)") == []
    assert made(company, me) == made(company, other) == (0, 0, 0)

    company.admit(page, me)
    page.goto("/")
    expect(card(page, text)).to_have_count(1)
    expect(line(page)).to_be_empty()
    assert made(company, me) == (0, 1, 0)


def test_thanks_and_changes_wait_too_and_what_does_not_wait_is_said_beside_its_button(company, reading):
    """Thanks and a changed text whose answers are lost; following somebody and a plain form without any network."""
    me, page, _theirs, _address = reading
    (third,) = company.employ("Вера Власова")
    with company.data():
        mine = factories.publication(company.person(me), f"Черновой текст {me.number}").public_id
        edit = f"/items/{mine}/edit"
        topic = factories.topic(f"Витрины{me.number}").title
    page.goto("/thanks/new")
    ready(page)
    with cut(page, arriving=[edit, "/thanks"]):
        page.get_by_role("combobox", name="Whom?").fill(f"@{third.handle}")
        page.get_by_role("radio", name="Rocket").check()
        page.get_by_label("What for?").fill(f"Подменила меня {me.number}")
        page.get_by_role("button", name="Say thanks").click()
        expect(waiting(page)).to_contain_text("Waiting to be sent")
        expect(waiting(page)).to_contain_text("Rocket")
        expect(page.get_by_label("What for?")).to_have_value("")
        # Back in the form it keeps its colleagues, badge and key, and is sent once more, in vain.
        waiting(page).get_by_role("button", name="Edit").click()
        expect(page.locator(".picked-name")).to_have_text(third.name)
        expect(page.get_by_role("radio", name="Rocket")).to_be_checked()
        page.get_by_role("button", name="Say thanks").click()
        expect(waiting(page)).to_contain_text(f"Подменила меня {me.number}")

        page.goto(edit)
        ready(page)
        page.get_by_label("Your text").fill(f"Чистовой текст {me.number}")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(waiting(page)).to_contain_text(f"Чистовой текст {me.number}")
        expect(page.get_by_label("Your text")).to_be_hidden()
        expect(line(page)).to_contain_text("Not sent yet: 2")
        page.goto("/")
        ready(page)
        expect(waiting(page)).to_have_count(2)
    page.context.set_offline(True)
    page.context.set_offline(False)
    expect(line(page)).to_be_empty()
    expect(waiting(page)).to_have_count(0)
    expect(card(page, f"Подменила меня {me.number}")).to_have_count(1)
    expect(card(page, f"Чистовой текст {me.number}")).to_have_count(1)
    assert made(company, me) == (0, 2, 0)
    with company.data():
        item = db.session.scalars(select(ContentItem).where(ContentItem.public_id == mine)).one()
        assert item.revision == 2

    page.goto(f"/topics/{topic}")
    ready(page)
    follow = page.get_by_role("main").get_by_role("button", name="Subscribe").first
    page.context.set_offline(True)
    follow.click()
    again = page.get_by_role("dialog", name="There was no connection.").get_by_role(
        "button", name="Try again"
    )
    expect(again).to_be_focused()
    expect(follow).to_have_attribute("aria-pressed", "false")
    page.context.set_offline(False)
    again.click()
    expect(page.get_by_role("main").get_by_role("button", name="Subscribed").first).to_be_visible()

    page.goto(f"/p/{mine}")
    ready(page)
    page.get_by_role("main").get_by_role("link", name="More", exact=True).first.click()
    expect(page.get_by_role("button", name="Delete")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    inside = page.locator(".floating").get_by_role("button", name="Try again")
    expect(inside).to_be_focused()
    page.context.set_offline(False)
    inside.click()
    expect(page.get_by_text("Deleted.")).to_be_visible()

    page.goto("/settings/preferences")
    ready(page)
    page.get_by_label("Appearance").select_option(label="Dark")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    expect(again).to_be_focused()
    page.context.set_offline(False)
    again.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
