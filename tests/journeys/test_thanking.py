"""An employee thanks two colleagues from the phone, and they see it at once."""

from playwright.sync_api import expect

from tests.journeys.company import card
from tests.journeys.conftest import DESK, PHONE


def choose(page, who):
    """Complete a colleague's handle in the field "Whom?"."""
    page.get_by_label("Whom?").press_sequentially(f"@{who.handle[:-1]}")
    page.get_by_role("option", name=who.name).first.click()


def test_two_colleagues_are_thanked_from_the_phone_and_see_it_live(company):
    giver, one, other = company.employ("Олеся Громова", "Илья Рогов", "Тимур Касымов")
    at_desk, on_phone = company.seat(one, DESK), company.seat(other, PHONE)

    page = company.seat(giver, PHONE, at="/thanks/new")
    choose(page, one)
    choose(page, other)
    page.get_by_role("radio", name="Rocket").check()
    words = f"Привезли терминал за час {giver.number}"
    page.get_by_label("What for?").fill(words)
    page.get_by_role("button", name="Say thanks").click()
    expect(page.get_by_text("Your thanks are in the feed.")).to_be_visible()
    said = card(page, words)
    expect(said.get_by_text("Rocket")).to_be_visible()
    expect(said.get_by_role("link", name=one.name)).to_be_visible()

    for told, bell in ((at_desk, ".bell .count"), (on_phone, ".dock .count")):
        expect(told.locator(bell).first).to_have_text("1")
        told.get_by_role("link", name="1 new publication").click()
        expect(card(told, words)).to_be_visible()
    at_desk.goto("/notifications")
    expect(at_desk.get_by_text("thanks you")).to_be_visible()
    at_desk.goto(f"/people/{one.handle}/badges")
    expect(at_desk.get_by_text(words)).to_be_visible()
    at_desk.get_by_role("link", name="Certificate").click()
    expect(at_desk.get_by_role("heading", name=one.name)).to_be_visible()


def test_thanks_are_said_without_scripts(company):
    giver, one = company.employ("Олеся Громова", "Илья Рогов")
    page = company.seat(giver, PHONE, at=f"/thanks/new?to={one.handle}", java_script_enabled=False)
    page.get_by_role("radio", name="Superhero").check()
    words = f"Спас выдачу заказов {giver.number}"
    page.get_by_label("What for?").fill(words)
    page.get_by_role("button", name="Say thanks").click()
    expect(page.get_by_text(words).first).to_be_visible()
