"""What a screen reader is given to say of what comes by itself: once each, politely, and nothing beside it."""

from playwright.sync_api import expect

from app.core import clock
from app.core.unit_of_work import unit_of_work
from app.notifications.schemas import NotificationSettings
from app.notifications.service import read_all, save_settings
from app.search import service as search
from app.search.schemas import PERSON
from tests import factories
from tests.journeys.company import live, write

#: Writes down what live regions would have said: of an atomic one all of it, of another what was added.
HEARING = """() => {
  window.heard = [];
  const REGION = "[aria-live=polite], [aria-live=assertive], [role=status], [role=alert], [role=log]";
  const on = (change) => (change.target instanceof Element ? change.target : change.target.parentElement);
  const hearing = new MutationObserver((changes) => {
    const whole = new Set();
    for (const change of changes) {
      const regions = [];
      for (let at = on(change); at; at = at.parentElement) if (at.matches(REGION)) regions.push(at);
      for (const node of change.addedNodes) {
        if (node instanceof Element && node.matches("[role=alert]")) heard.push(node.textContent.trim());
      }
      for (const region of regions) {
        const byRole = String(/status|alert/.test(region.getAttribute("role") ?? ""));
        if ((region.getAttribute("aria-atomic") ?? byRole) === "true") whole.add(region);
        else for (const node of change.addedNodes) heard.push(node.textContent.trim());
      }
    }
    for (const region of whole) heard.push(region.textContent.trim());
    heard = heard.filter(Boolean);
  });
  const begin = () => hearing.observe(document, { childList: true, characterData: true, subtree: true });
  // What the server sent is no change.
  if (document.readyState === "loading") addEventListener("readystatechange", begin, { capture: true, once: true });
  else begin();
}"""


#: Keeps what the page is told of its bell.
KEEPING_MENUS = """() => {
  window.menus = [];
  const ask = window.fetch;
  window.fetch = async (...request) => {
    const answer = await ask(...request);
    if (String(request[0]).endsWith("/notifications/menu")) answer.clone().text().then((text) => menus.push(text));
    return answer;
  };
}"""


#: Minutes in one.
DAY = 24 * 60


def local_minute():
    """The minute of the day in Moscow, where those are at home who have no shop."""
    return (clock.now() // clock.MINUTE + 3 * 60) % DAY


def regions(page):
    """What the browser's accessibility tree has as live: pairs of politeness and role."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    found = []
    for node in nodes:
        properties = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
        if properties.get("live", "off") != "off":
            found.append((properties["live"], node["role"]["value"]))
    return found


def test_what_comes_by_itself_is_said_once_and_politely(company):
    """And in quiet hours not at all: the bell fills, and the page that is open does not tell."""
    reader, other = company.employ("Лиана Гареева", "Максим Дорохов")
    with company.data():
        item = factories.publication(company.person(reader), "Кто закрывает смену в воскресенье?")
        address = f"/p/{item.public_id}"
    page = company.seat(reader, at="/settings/preferences")
    page.add_init_script(f"({HEARING})()")
    page.get_by_role("button", name="Save", exact=True).click()
    toast = page.locator(".toast")
    expect(toast).to_contain_text("Saved.")
    page.wait_for_function("() => heard.length")
    assert page.evaluate("heard") == ["Saved."]

    page.goto(address)
    live(page)
    assert {politeness for politeness, _role in regions(page)} == {"polite"}
    there = company.seat(other, at=address)
    there.get_by_role("textbox", name="Your reply").fill("Я закрываю")
    there.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".comment").filter(has_text="Я закрываю")).to_be_visible()
    expect(page.locator("#said")).to_have_text("1 new comment")
    page.wait_for_function("() => heard.includes('1 unread notification') || heard.length > 1")
    assert sorted(page.evaluate("heard")) == ["1 new comment", "1 unread notification"]

    with company.data():
        begins, ends = (local_minute() - 60) % DAY, (local_minute() + 60) % DAY
        quiet = NotificationSettings(quiet="hours", quiet_from=begins, quiet_until=ends)
        save_settings(factories.actor(company.person(reader)), quiet)
        read_all(factories.actor(company.person(reader)))
    page.goto("/people")
    live(page)
    page.evaluate(KEEPING_MENUS)
    page.evaluate("heard = []")
    there.get_by_role("article").first.get_by_role("button", name="Like").first.click()
    page.wait_for_function("() => menus.some((menu) => menu.includes('data-unread-notifications=\"1\"'))")
    page.evaluate("() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)))")
    bell = page.locator(".bell [data-unread=notifications]")
    expect(bell).to_have_text("")
    assert page.evaluate("heard") == []
    page.reload()
    expect(bell).to_have_text("1")


def test_typing_is_not_talked_over(company):
    """A draft is said to be kept once, near the end how much room is left, not at each key, and suggestions once."""
    writer, friend = company.employ("Лиана Гареева", "Вероника Подсказкина")
    with company.data(), unit_of_work():
        search.mark([(PERSON, friend.id)], event_id=0)
    page = company.seat(writer)
    page.evaluate(HEARING)
    form = write(page, "я" * 9_600)
    expect(form).to_contain_text("Draft saved")
    form.get_by_role("textbox", name="Text", exact=True).press_sequentially("ещё восемь")
    expect(form.locator("[data-length]")).to_have_text("390")
    expect(form).to_contain_text("Draft saved")
    page.wait_for_function("() => heard.length >= 2")
    told = page.evaluate("heard")
    assert told.count("Draft saved") == 1
    assert "400 characters left" in told
    assert len(told) <= 3

    page.evaluate("heard = []")
    field = page.get_by_role("combobox", name="People and content")
    field.fill("подсказкина")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    told = page.evaluate("heard")
    assert len(told) == 1
    assert str(options.count()) in told[0]
