"""Somebody spends bonus points on a phone, an editor hands the reward out."""

from playwright.sync_api import expect

from tests.features.rewards.conftest import earn, reward
from tests.journeys.company import live
from tests.journeys.conftest import PHONE


def test_from_the_catalogue_to_the_hand(company):
    (anna,) = company.employ("Anna Buyer")
    (vera,) = company.employ("Vera Editor", roles=["editor"])
    with company.data():
        earn(anna.id, 130)
        reward(company.person(vera), title_en="Travel mug", price=90, total=1)
    phone, desk = company.seat(anna, PHONE, at="/rewards"), company.seat(vera, at="/notifications")

    phone.get_by_role("link", name="Travel mug").click()
    phone.wait_for_url("**/rewards/*")
    live(phone)
    phone.get_by_role("button", name="Order for 90 points").click()
    asked = phone.get_by_role("dialog")
    expect(asked).to_contain_text("You will have 40 left.")
    asked.get_by_role("button", name="Order for 90 points").click()
    expect(phone.get_by_text("Waits for approval")).to_be_visible()

    expect(desk.locator(".bell .count").first).to_have_text("1")
    desk.reload()
    desk.get_by_role("link", name="Anna Buyer · orders a reward").click()
    desk.get_by_label("A word to the person").fill("Room 204, ask for Vera")
    desk.get_by_role("button", name="Approve").click()
    desk.get_by_role("link", name="Approved · 1").click()
    desk.get_by_role("button", name="Hand out").click()

    phone.reload()
    expect(phone.get_by_text("Room 204, ask for Vera")).to_have_count(0)
    phone.get_by_role("button", name="I have it").click()
    expect(phone.get_by_text("Completed")).to_be_visible()
    phone.goto("/rewards/points")
    expect(phone.get_by_text("−90")).to_be_visible()
