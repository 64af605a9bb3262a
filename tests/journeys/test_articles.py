"""A trainer writes an article on the phone, an editor changes it at the desk, they compare and bring a version back."""

from playwright.sync_api import expect

from tests.journeys.company import card
from tests.journeys.conftest import DESK, PHONE


def test_an_article_is_written_edited_compared_and_restored(company):
    (owner,) = company.employ("Ксения Ильина")
    (editor,) = company.employ("Вера Соколова", roles=["editor"])
    title = f"Первая неделя новичка {owner.number}"

    page = company.seat(owner, PHONE, at="/articles/new")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text").fill(
        "# День первый\n\nПоказать, где обедают.\n\n# День второй\n\nКасса в паре.\n\n# Потом\n\nСам."
    )
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Title")).to_have_value(title)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="День второй")).to_be_visible()
    page.get_by_role("textbox", name="Topics").fill("#новички")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url("**/p/*")
    page.get_by_role("link", name="День второй").click()
    expect(page.get_by_role("heading", name="День второй")).to_be_in_viewport()
    address = page.url.partition("#")[0]

    desk = company.seat(editor, DESK, at="/knowledge")
    desk.get_by_role("link", name=title).first.click()
    desk.get_by_role("link", name="Edit", exact=True).click()
    text = desk.get_by_label("Text")
    text.fill(text.input_value().replace("Касса в паре", "Касса с наставником"))
    desk.get_by_label("What has changed?").fill("Наставник")
    desk.get_by_role("button", name="Save").click()
    expect(card(desk, "Касса с наставником")).to_be_visible()

    page.goto(address)
    page.get_by_role("link", name="Earlier versions").click()
    expect(page.get_by_text("Наставник", exact=True)).to_be_visible()
    page.get_by_role("link", name="What changed").click()
    expect(page.locator("del")).to_contain_text("в паре")
    expect(page.locator("ins")).to_contain_text("с наставником")
    page.get_by_role("button", name="Restore version 1").click()
    expect(card(page, "Касса в паре")).to_be_visible()
    expect(page.get_by_text("Вера Соколова")).to_be_visible()


def test_what_is_selected_is_formatted_with_the_keyboard_and_the_finger(company):
    (owner,) = company.employ("Ксения Ильина")
    desk = company.seat(owner, DESK, at="/articles/new")
    text = desk.get_by_label("Text")
    text.fill("касса\nсклад")
    text.select_text()
    tools = desk.get_by_role("toolbar", name="Format")
    text.press("Shift+Tab")
    expect(tools.get_by_role("button", name="Heading")).to_be_focused()
    for _ in range(3):
        desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Enter")
    expect(text).to_have_value("- касса\n- склад")
    expect(desk.get_by_text("Draft saved")).to_be_visible()

    phone = company.seat(owner, PHONE, at="/articles/new")
    text = phone.get_by_label("Text")
    text.fill("важно")
    text.select_text()
    phone.get_by_role("button", name="Bold").tap()
    expect(text).to_have_value("**важно**")
    phone.get_by_role("button", name="Bold").tap()
    expect(text).to_have_value("важно")
