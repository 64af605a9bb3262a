"""Coming back to where one was, landing at a comment, moments to the minute, and what is said aloud."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app.core import clock, outbox
from tests import factories
from tests.journeys.company import card, employed, live, publish
from tests.journeys.conftest import PHONE, wait_for_scripts


@pytest.fixture(scope="module")
def talk(server):
    """A reader, and a publication with a thread of 200 comments, all of which everybody has been told of."""
    with server.data():
        reader = employed(factories.person("Лиана Гареева"))
        item = factories.publication(body=f"Большой разговор {reader.number}")
        bodies = [f"Реплика {number}" + "\n\nи ещё строка" * (number > 170) * 9 for number in range(199)]
        comments = [factories.comment(item, body=body) for body in bodies]
        deep = factories.comment(item, body="Ответ внизу", to=comments[150])
        outbox.run_due()  # what the next test waits for does not come after it
        return reader, f"/p/{item.public_id}#c-{deep.public_id}"


def test_the_way_back_leads_to_the_card_and_after_signing_out_nowhere(company):
    (reader,) = company.employ("Лиана Гареева")
    with company.data():
        for number in range(50):
            factories.publication(body=f"Запись {number} {reader.number}")
    page = company.seat(reader)
    wanted = card(page, f"Запись 5 {reader.number}")
    for _page in range(2):
        page.get_by_role("link", name="Show more", exact=True).last.click()
        expect(page.locator("[data-more] .htmx-request")).to_have_count(0)
    wanted.evaluate("card => card.scrollIntoView({ block: 'start' })")
    before = wanted.bounding_box()["y"]
    wanted.locator("header time").click()
    expect(page).to_have_url(re.compile("/p/"))
    wait_for_scripts(page)

    page.go_back()
    expect(wanted).to_be_in_viewport()
    page.wait_for_function("() => history.scrollRestoration === 'auto'")
    assert wanted.bounding_box()["y"] == pytest.approx(before, abs=2)

    page.get_by_label("My menu").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    expect(page.get_by_text(f"Запись 5 {reader.number}")).to_have_count(0)


def test_a_link_to_a_comment_leads_to_it_and_its_moment_is_told(company, talk):
    reader, path = talk
    page = company.seat(reader, PHONE, at=path)
    comment = page.locator(path.partition("#")[1] + path.partition("#")[2])
    expect(page.locator(".comment")).to_have_count(200)
    expect(comment).to_be_focused()
    expect(comment).to_be_in_viewport()

    # A finger rests on the moment, a link to the comment; a key comes to it.
    moment = comment.locator("time")
    finger = {"pointerType": "touch", "bubbles": True}
    moment.dispatch_event("pointerdown", finger)
    tip = page.get_by_role("tooltip")
    said = datetime.fromtimestamp(clock.now() / clock.SECOND, UTC).strftime("%Y")
    expect(tip).to_contain_text(said)
    expect(tip).to_contain_text(re.compile(r"\d\d:\d\d"))
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(comment.locator(".meta > a").first).to_be_focused()
    expect(tip).to_be_visible()

    page.goto(path.partition("#")[0] + "#c-nobody")
    page.reload()
    expect(page.get_by_text("This comment is not here any more.")).to_be_visible()


def test_the_field_at_the_end_of_a_long_thread_stays_in_sight(company, talk):
    """What stands above it is laid out only when the page is there already, and is higher than was guessed."""
    reader, path = talk
    page = company.seat(reader, PHONE, at=path.partition("#")[0])
    said = page.get_by_text("Реплика 20", exact=True)
    page.locator(".comment").filter(has=said).get_by_role("link", name="Reply", exact=True).click()
    field = page.get_by_role("textbox", name="Your reply")
    expect(field).to_be_focused()
    page.evaluate(
        "async () => { for (let frame = 0; frame < 40; frame += 1) await new Promise(requestAnimationFrame) }"
    )
    box = field.bounding_box()
    assert 0 <= box["y"] < page.viewport_size["height"]


def test_what_arrives_is_said_and_moves_nothing(company):
    """A publication behind the pill, a comment in the thread that is open."""
    reader, writer = company.employ("Лиана Гареева", "Ильдар Юнусов")
    with company.data():
        item = factories.publication(body=f"Разговор {reader.number}")
        path = f"/p/{item.public_id}#c-{factories.comment(item).public_id}"
    feed, thread, other = company.seat(reader), company.seat(reader, at=path), company.seat(writer)
    said = feed.locator("#said")
    first = feed.get_by_role("article").first
    before = first.bounding_box()["y"]
    publish(other, f"Новое для всех {writer.number}")
    expect(said).to_have_text("1 new publication")
    expect(feed.get_by_role("link", name="1 new publication")).to_be_visible()
    expect(card(feed, f"Новое для всех {writer.number}")).to_have_count(0)
    assert first.bounding_box()["y"] >= before
    # The pill leads the keyboard to what it brought.
    pill = feed.get_by_role("link", name="1 new publication")
    pill.focus()
    pill.press("Enter")
    expect(card(feed, f"Новое для всех {writer.number}")).to_be_focused()

    other.goto(path.partition("#")[0])
    live(other)
    other.get_by_role("textbox", name="Your reply").fill("Только что")
    other.get_by_role("button", name="Send", exact=True).click()
    expect(other.locator(".comment").filter(has_text="Только что")).to_have_count(1)
    expect(thread.locator(".comment").filter(has_text="Только что")).to_have_count(1)
    expect(thread.locator("#said")).to_have_text("1 new comment")


def test_a_thumb_finds_everything(company, talk):
    """44 px to tap at each thing one does with a card, in the bottom bar, in the thread."""
    reader, path = talk
    phone = company.seat(reader, PHONE)
    missed = """selector => [...document.querySelectorAll(selector)].slice(0, 40).filter((element) => {
      if (!element.checkVisibility()) return false;
      element.scrollIntoView({ block: "center", behavior: "instant" });
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const hit = (dx, dy) => element.contains(document.elementFromPoint(x + dx, y + dy));
      return !(hit(0, -21) && hit(0, 21) && (width >= 43.5 || (hit(-21, 0) && hit(21, 0))));
    }).map((element) => element.outerHTML.slice(0, 90))"""
    everywhere = (
        ".dock a, .brand, .seek-in, .top summary, .acts > *, a.chip, .meta > :is(a, button), [data-send]"
    )
    assert phone.evaluate(missed, everywhere) == []
    phone.goto(path)
    assert phone.evaluate(missed, everywhere) == []
