"""Groups and topics in a real browser: closed groups let in, names complete while typing, editors put topics first."""

import pytest
from playwright.sync_api import expect

from app.groups.models import CLOSED
from tests import factories
from tests.journeys.conftest import DESK, PHONE, wait_for_scripts
from tests.support.browsing import scrolls_sideways, sign_in

PASSWORD = "четыре синих кита"


@pytest.fixture
def enter(server, new_page):
    """Opens a browser of somebody who is signed in."""

    def make(person, device=DESK):
        page = new_page(device, locale="en-GB", base_url=server.url)
        sign_in(page, server.url, person, PASSWORD)
        return page

    return make


def test_a_closed_group_lets_in_who_asks(server, enter):
    with server.data():
        owner = factories.person("Вера Власова", password=PASSWORD)
        group = factories.group("Касса и сверка", visibility=CLOSED, owner=owner)
        address, keeper = f"/groups/{group.handle}", owner.personnel_number
        asker = factories.person("Лиана Гареева", password=PASSWORD).personnel_number

    phone = enter(asker, PHONE)
    phone.goto(address)
    expect(phone.get_by_text("This group is closed")).to_be_visible()
    phone.get_by_role("button", name="Ask to join").click()
    expect(phone.get_by_text("You have asked to join")).to_be_visible()
    assert not scrolls_sideways(phone)

    desk = enter(keeper)
    desk.goto(f"{address}/members")
    desk.get_by_role("button", name="Let in").click()
    expect(desk.get_by_text("Asking to join")).to_be_hidden()

    phone.goto(address)
    expect(phone.get_by_role("button", name="Ask to join")).to_be_hidden()
    expect(phone.get_by_role("link", name="Members")).to_be_visible()


def test_an_owner_invites_by_typing_a_name(server, enter):
    with server.data():
        owner = factories.person("Вера Власова", password=PASSWORD)
        group = factories.group("Наставники", owner=owner)
        address, keeper = f"/groups/{group.handle}", owner.personnel_number
        factories.person("Эльвира Мингажева", password=PASSWORD)

    page = enter(keeper)
    page.goto(f"{address}/invite")
    wait_for_scripts(page)
    field = page.get_by_role("combobox", name="Colleagues")
    field.press_sequentially("@минга")
    page.get_by_role("option", name="Эльвира Мингажева").click()
    expect(page.get_by_role("button", name="Remove: Эльвира Мингажева")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Invite").click()

    expect(page.get_by_text("Invited, not answered yet")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("Эльвира Мингажева")).to_be_visible()


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_an_editor_puts_a_topic_first(server, enter, device):
    with server.data():
        editor = factories.person("Вера Власова", roles=["editor"], password=PASSWORD).personnel_number
        reader = factories.person("Лиана Гареева", password=PASSWORD).personnel_number

    page = enter(editor, device)
    page.goto("/desk")
    page.get_by_label("Topic", exact=True).fill(f"новинки-{editor}")
    page.get_by_role("button", name="Put first").click()
    expect(page.get_by_role("link", name=f"#новинки-{editor}").first).to_be_visible()
    assert not scrolls_sideways(page)

    desk = enter(reader)
    desk.goto(f"/topics/новинки-{editor}")
    expect(desk.get_by_text("Priority topic", exact=True)).to_be_visible()
    subscribe = desk.get_by_role("button", name="Subscribe")
    subscribe.click()
    subscribed = desk.get_by_role("button", name="Subscribed")
    expect(subscribed).to_have_attribute("aria-pressed", "true")
    expect(subscribed).not_to_have_attribute("data-busy", "yes")
    desk.goto("/topics?show=mine")
    expect(desk.get_by_role("main").get_by_role("link", name=f"#новинки-{editor}")).to_be_visible()
