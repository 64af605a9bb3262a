"""The first day: from a one-time password to a feed of one's own, on the phone in one's hand."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from app.core import outbox
from app.topics.service import subscribe
from tests import factories
from tests.journeys.company import hold
from tests.journeys.conftest import DESK, PHONE, wait_for_scripts
from tests.journeys.looking import faults, prepare
from tests.support.browsing import scrolls_sideways

ONE_TIME = "один раз и всё"


def photo():
    data = BytesIO()
    Image.linear_gradient("L").resize((500, 300)).convert("RGB").save(data, "JPEG")
    return {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


def test_from_a_first_password_to_a_feed(server, new_page):
    with server.data():
        shop = factories.shop()
        colleague = factories.person("Илья Рогов", shop=shop)
        subscribe(factories.actor(colleague), "первый-день")
        factories.content.publication(colleague, "О #первый-день")
        outbox.run_due()
        number = factories.person("Новая Сотрудница", shop=shop, password=ONE_TIME, new=True).personnel_number
    page = new_page(PHONE, base_url=server.url)
    page.goto("/sign-in")
    page.get_by_role("button", name="Русский").click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Табельный номер, почта или телефон").fill(number)
    page.get_by_role("button", name="English").click()
    # The language changed, the number stayed.
    expect(page.get_by_label("Personnel number, e-mail or phone")).to_have_value(number)
    page.get_by_label("Password", exact=True).fill(ONE_TIME)
    page.get_by_role("button", name="Show password").click()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("heading", name="Show your face")).to_be_visible()
    chosen = page.get_by_label("Choose a photo")
    chosen.set_input_files({"name": "notes.txt", "mimeType": "image/png", "buffer": b"no photo"})
    expect(page.get_by_role("alert")).to_be_visible()
    # What is chosen is sent at once.
    chosen.set_input_files(photo())
    expect(page.locator(".cutter.is-live")).to_be_visible()
    page.get_by_label("Size").fill("200")
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="This is me").click()

    topic = page.get_by_role("button", name="#первый-день")
    width = topic.evaluate("(button) => button.offsetWidth")
    topic.click()
    ticked = page.get_by_role("button", name="✓ первый-день")
    expect(ticked).to_have_attribute("aria-pressed", "true")
    assert ticked.evaluate("(button) => button.offsetWidth") == width
    page.get_by_role("button", name="Later").click()

    reminder = page.get_by_role("region", name="First steps")
    expect(reminder).to_be_visible()
    reminder.get_by_role("link").click()
    expect(page.get_by_role("button", name="✓ первый-день")).to_be_visible()
    page.get_by_role("button", name="To my feed").click()
    expect(page.get_by_role("navigation", name="Main").last).to_be_visible()
    expect(reminder).to_have_count(0)


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_a_photo_is_moved_by_hand_by_tap_and_by_arrows(company, device):
    """It is sent when one is chosen; one slider stands beside it, for its size."""
    (me,) = company.employ("Лиана Гареева")
    page = company.seat(me, device)
    prepare(page)
    page.goto("/settings")
    wait_for_scripts(page)
    save = page.get_by_role("button", name="Save photo")
    expect(save).to_be_disabled()
    face = page.locator("main .av").first.bounding_box()
    place = page.locator(".drop").bounding_box()
    assert max(place["x"] - face["x"] - face["width"], place["y"] - face["y"] - face["height"]) >= 16
    page.get_by_label("Choose a photo").set_input_files(photo())
    save.click()

    expect(page.locator(".cutter.is-live")).to_be_visible()
    across, down, size = (page.locator(f"[name={name}]") for name in ("across", "down", "zoom"))
    assert faults(page) == []
    size.fill("200")
    page.get_by_role("slider", name="Left and right").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(across).to_have_value("52")
    expect(down).to_have_value("48")
    circle = page.locator(".cutter-circle").bounding_box()
    middle = (circle["x"] + circle["width"] / 2, circle["y"] + circle["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 40, middle[1], steps=4)
    page.mouse.up()
    dragged = int(across.input_value())
    assert dragged < 50
    page.mouse.click(middle[0] + 60, middle[1])
    assert int(across.input_value()) > dragged
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The photo was changed.")).to_be_visible()


def test_a_photo_is_shown_round_before_it_is_saved(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, at="/settings")
    chosen = page.get_by_label("Choose a photo")
    chosen.set_input_files({"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"no photo"})
    page.get_by_role("button", name="Save photo").click()
    expect(page.locator(".field-error")).to_be_visible()
    expect(page.locator("img.av--xl")).to_have_count(0)
    chosen.set_input_files(photo())
    face = page.locator("img.av--xl")
    expect(face).to_be_visible()
    box = face.bounding_box()
    assert box["width"] == box["height"]
    expect(page.locator(".field-error")).to_have_count(0)
    expect(page.locator(".form-summary")).to_have_count(0)


def test_a_photo_chosen_before_the_scripts_came_is_right_at_once(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, at="/settings")
    chosen = page.get_by_label("Choose a photo")
    chosen.set_input_files({"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"no photo"})
    let_go = hold(page, "**/static/js/**")
    page.get_by_role("button", name="Save photo").click(no_wait_after=True)
    expect(page.locator(".field-error")).to_be_visible()
    chosen.set_input_files(photo())
    let_go()

    expect(page.locator("img.av--xl")).to_be_visible()
    expect(page.locator(".field-error")).to_have_count(0)
