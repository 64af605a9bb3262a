"""One's own settings: the way between them, and what happens to what was changed and not saved."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_first_day import photo
from tests.support.browsing import scrolls_sideways


def go(page, section):
    """Another section, by the list beside the page or by the name that opens it."""
    page.wait_for_load_state("networkidle")
    opens = page.locator(".settings-pick summary")
    if opens.is_visible():
        opens.tap()
    page.get_by_role("navigation", name="Settings").get_by_role("link", name=section, exact=True).click()


def test_a_phone_shows_all_settings_at_once(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, PHONE, at="/settings/preferences")
    opens = page.locator(".settings-pick summary")
    expect(opens).to_contain_text("Language and appearance")
    opens.tap()
    links = page.get_by_role("navigation", name="Settings").get_by_role("link")
    expect(links).to_have_count(9)
    for link in links.all():
        box = link.bounding_box()
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert 0 <= box["y"] <= 844 - box["height"]
    expect(page.locator(".settings-pick [aria-current=page]")).to_have_text("Language and appearance")
    assert not scrolls_sideways(page)
    links.filter(has_text="Password").tap()
    expect(page).to_have_url(re.compile("/settings/password$"))
    expect(opens).to_contain_text("Password")


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_who_leaves_what_was_changed_is_asked(company, device):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, device, at="/settings")
    bubbles = []
    page.on("dialog", lambda shown: (bubbles.append(shown.type), shown.accept()))
    about = page.get_by_label("About me")
    about.fill("Работаю с терминалами")

    go(page, "Password")
    asked = page.get_by_role("dialog", name="Leave without saving what you changed?")
    asked.get_by_role("button", name="Cancel").click()
    expect(asked).to_have_count(0)
    expect(about).to_have_value("Работаю с терминалами")
    # The photo has a form of its own, which would take the text away as well.
    chosen = page.get_by_label("Choose a photo")
    chosen.set_input_files(photo())
    page.get_by_role("button", name="Save photo").click()
    page.keyboard.press("Escape")
    chosen.set_input_files([])
    expect(about).to_have_value("Работаю с терминалами")

    # What is saved, or as it was, is left without a question.
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved")).to_be_visible()
    about.fill("Ещё слово")
    about.fill("Работаю с терминалами")
    go(page, "Password")
    expect(page).to_have_url(re.compile("/settings/password$"))

    # What was given up is gone.
    go(page, "Profile")
    about.fill("Ещё слово")
    go(page, "Password")
    asked.get_by_role("button", name="Leave without saving").click()
    expect(page).to_have_url(re.compile("/settings/password$"))
    go(page, "Profile")
    expect(about).to_have_value("Работаю с терминалами")
    assert not bubbles


def test_the_browser_asks_who_leaves_the_site(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, at="/settings/preferences")
    bubbles = []
    page.on("dialog", lambda shown: (bubbles.append(shown.type), shown.accept()))
    page.get_by_label("Appearance").select_option("Dark")
    page.reload()
    assert bubbles == ["beforeunload"]
    # A choice that was put back is none; neither is the first of a list that another was saved in.
    page.get_by_label("Appearance").select_option("Dark")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Appearance").select_option(index=0)
    go(page, "Notifications")
    expect(page.get_by_role("dialog", name="Leave without saving")).to_be_visible()
    assert bubbles == ["beforeunload"]
