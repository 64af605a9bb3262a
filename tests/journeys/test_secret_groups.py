"""A secret group: made, filled by invitation, written in, and unknown to everybody else."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.journeys.company import card, composer, live, publish
from tests.journeys.conftest import DESK, PHONE, wait_for_scripts
from tests.support.browsing import scrolls_sideways


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_a_secret_group_is_for_who_was_invited(company, device):
    owner, guest, outsider = company.employ("Вера Власова", "Лиана Гареева", "Ильдар Юнусов")
    name = f"Сюрприз директору {owner.number}"
    desk = company.seat(owner, device, at="/groups")
    desk.get_by_role("link", name="New group").first.click()
    desk.get_by_label("Name", exact=True).fill(name)
    desk.get_by_label("Secret", exact=False).check()
    desk.get_by_role("button", name="Make the group").click()
    expect(desk.get_by_role("heading", name=name)).to_be_visible()
    expect(desk.get_by_text("Secret group")).to_be_visible()
    address = desk.url.removeprefix(company.server.url)
    live(desk)

    desk.get_by_role("link", name="Invite").click()
    desk.get_by_role("combobox", name="Colleagues").fill(f"@{guest.handle}")
    desk.get_by_role("main").get_by_role("button", name="Invite").click()
    expect(desk.get_by_text("1 colleague was invited.")).to_be_visible()
    expect(desk.get_by_role("main").get_by_text("Лиана Гареева")).to_be_visible()
    assert not scrolls_sideways(desk)

    page = company.seat(guest)
    expect(page.locator("[data-unread=notifications]:visible")).to_have_text("1")
    page.get_by_role("link", name="Notifications").first.click()
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Accept invitation").click()
    expect(page.get_by_role("main").get_by_role("heading", name=name)).to_be_visible()
    expect(composer(page)).to_be_visible()

    # What one writes reaches the other's open page; the stranger's pages know nothing of it.
    desk.goto(address)
    live(desk)
    other = company.seat(outsider)
    words = f"Торт заказан, подарок #секрет{owner.number} у меня"
    live(page)
    publish(page, words)
    desk.goto(address)
    expect(card(desk, words)).to_be_visible()

    expect(other.locator("[data-new-pill]")).to_be_hidden()
    for place in (
        "/",
        "/?feed=company",
        "/groups?show=all",
        f"/search?q={name}",
        f"/search?q=секрет{owner.number}",
    ):
        other.goto(place)
        expect(other.get_by_role("main")).to_be_visible()
        assert "Сюрприз" not in other.get_by_role("main").inner_text().replace(
            name, "", 1 if "q=" in place else 0
        )
        expect(other.get_by_text("Торт заказан")).to_have_count(0)
    assert other.goto(address).status == 404
    publication = card(desk, words).get_by_role("link", name="now").get_attribute("href")
    assert other.goto(publication).status == 404
    missing = other.goto("/groups/нет-такой").text()
    assert other.goto(address).text().count("404") == missing.count("404")


def test_leaving_a_group_ends_what_one_hears_of_it(company):
    owner, member = company.employ("Вера Власова", "Лиана Гареева")
    desk, page = company.seat(owner, at="/groups/new"), company.seat(member)
    desk.get_by_label("Name", exact=True).fill(f"Книжный клуб {owner.number}")
    desk.get_by_role("button", name="Make the group").click()
    expect(desk.get_by_role("heading", name=f"Книжный клуб {owner.number}")).to_be_visible()
    address = desk.url.removeprefix(company.server.url)

    page.goto(address)
    page.get_by_role("button", name="Join", exact=True).click()
    expect(
        page.get_by_role("navigation", name="Groups").get_by_text(f"Книжный клуб {owner.number}")
    ).to_be_visible()
    wait_for_scripts(page)
    page.get_by_label("More about the group").click()
    page.get_by_role("button", name="Leave the group").click()

    # It is open, so nobody asks first: one joins again where one has left.
    expect(page.get_by_text(f"You have left the group “Книжный клуб {owner.number}”.")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button", name="Join", exact=True)).to_be_visible()
    expect(
        page.get_by_role("navigation", name="Groups").get_by_text(f"Книжный клуб {owner.number}")
    ).to_have_count(0)


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_who_leaves_a_closed_group_is_asked_first(company, device):
    owner, member = company.employ("Вера Власова", "Лиана Гареева")
    with company.data():
        group = factories.group(
            f"Старшие смены {owner.number}", visibility="closed", owner=company.person(owner)
        )
        factories.join(group, company.person(member))
        address = f"/groups/{group.handle}"
    page = company.seat(member, device, at=address)
    menu = page.get_by_label("You are in: More about the group")
    expect(menu).to_contain_text("You are in")
    menu.click()
    page.get_by_role("button", name="Leave the group").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("to come back you have to ask its moderators again")
    asked.get_by_role("button", name="Cancel").click()
    expect(menu).to_be_visible()
    menu.click()
    page.get_by_role("button", name="Leave the group").click()
    asked.get_by_role("button", name="Leave the group").click()
    expect(page.get_by_text("You have left the group")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button", name="Ask to join")).to_be_visible()
    assert not scrolls_sideways(page)
