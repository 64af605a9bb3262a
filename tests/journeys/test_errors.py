"""What is wrong with a form stands beside each field; of several things a list on top leads to them."""

import pytest
from playwright.sync_api import expect

from tests.journeys.company import composer, hold, write
from tests.journeys.conftest import PHONE, wait_for_scripts

LONG = {"title": "ю" * 201, "body": "я" * 10_001}


def test_two_things_wrong_with_a_publication_are_listed_and_lead_to_their_fields(company):
    """With scripts and without: the same list has the focus, or is the first thing in the form."""
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    form = write(page, LONG["body"])
    form.get_by_label("Title").evaluate("(field, text) => (field.value = text)", LONG["title"])
    form.get_by_role("button", name="Publish", exact=True).click()

    summary = form.get_by_role("group", name="Please check this")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(2)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    title = form.get_by_label("Title")
    expect(title).to_be_focused()
    expect(title).to_have_accessible_description("The title is longer than 200 characters.")
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    expect(title).not_to_have_attribute("aria-invalid", "true")
    body = form.get_by_label("Text", exact=True)
    expect(body).to_have_accessible_description("The text has 10001 characters; the most is 10000.")

    plain = company.seat(author, java_script_enabled=False)
    token = composer(plain).locator("[name=csrf_token]").get_attribute("value")
    answer = plain.request.post("/publications", form={**LONG, "csrf_token": token or "", "kind": "news"})
    plain.set_content(answer.text())
    assert answer.status == 422
    lines = composer(plain).get_by_role("alert").get_by_role("link")
    assert [line.get_attribute("href") for line in lines.all()] == ["#composer-title", "#composer-body"]
    expect(composer(plain).get_by_label("Title")).to_have_accessible_description(
        "The title is longer than 200 characters."
    )


def test_what_is_left_empty_is_told_by_the_page_and_not_by_the_browser(company):
    (founder,) = company.employ("Лиана Гареева")
    page = company.seat(founder, at="/groups/new")
    page.get_by_role("button", name="Make the group").click()

    expect(page.get_by_role("alert").filter(has_text="Please check this")).to_be_focused()
    expect(page.get_by_label("Name", exact=True)).to_have_attribute("aria-invalid", "true")


def test_an_error_leads_back_to_the_form_as_it_was_left(company):
    """A page that was open for too long: its form is not what the server knows any more."""
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author, at="/settings")
    page.get_by_label("About me").fill("Работаю с терминалами")
    form = page.locator("form").filter(has=page.get_by_label("About me"))
    form.locator("[name=csrf_token]").evaluate("(field) => (field.value = 'of another time')")
    page.get_by_role("main").get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Error 400")).to_be_visible()
    page.get_by_role("link", name="Back to the form").click()
    expect(page.get_by_label("About me")).to_have_value("Работаю с терминалами")


def test_what_was_wrong_is_so_no_more_once_something_else_is_typed(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, at="/settings/password")
    page.get_by_label("Present password").fill("not-mine")
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Change password").click()
    summary = page.get_by_role("alert").filter(has_text="Please check this")
    expect(summary).to_be_visible()
    wrong = page.locator("[aria-invalid]")
    count = wrong.count()
    assert count >= 1
    expect(summary.get_by_role("link")).to_have_count(count)
    wrong.first.fill("green-counter-12")
    page.keyboard.press("Tab")
    expect(wrong).to_have_count(count - 1)
    expect(summary).to_have_count(1 if count > 1 else 0)


@pytest.mark.parametrize("left", ["before", "after"])
def test_who_is_faster_than_the_scripts_keeps_the_focus_and_what_was_wrong_goes_as_well(company, left):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, at="/settings/password")
    page.get_by_label("Present password").fill("not-mine")
    page.get_by_label("New password").fill("short")
    let_go = hold(page, "**/static/js/**")
    page.get_by_role("button", name="Change password").click(no_wait_after=True)
    wrong = page.get_by_role("textbox").and_(page.locator("[aria-invalid]")).first
    name = wrong.get_attribute("name")
    wrong.fill("four words are fine")
    if left == "before":
        page.keyboard.press("Tab")
    let_go()
    wait_for_scripts(page)
    expect(page.locator(".form-summary:focus")).to_have_count(0)
    if left == "after":
        expect(wrong).to_be_focused()
        page.keyboard.press("Tab")

    expect(page.locator(f"[name={name}][aria-invalid]")).to_have_count(0)


def test_what_the_browser_finds_wrong_stays_wrong(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, at="/settings/password")
    page.get_by_label("Present password").fill("not-mine")
    page.get_by_label("New password").fill("four words are fine")
    page.get_by_role("button", name="Change password").click()
    said = page.locator(".field-error")
    expect(said).to_have_count(1)
    # The other field is none of its business, and what is too short is as wrong as it was.
    page.get_by_label("New password").fill("four words are fine")
    field = page.get_by_label("Present password")
    field.evaluate("(field) => (field.minLength = 8)")
    field.press_sequentially("four")
    expect(said).to_have_count(1)
    expect(field).to_have_attribute("aria-invalid", "true")
    field.press_sequentially(" words")
    expect(said).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator(".form-summary")).to_have_count(0)


def test_at_most_two_messages_are_shown_and_what_is_over_is_not(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person)
    shown = page.evaluate("""async () => {
        const entry = document.querySelector("script[type=module]").src;
        const { toast } = await import(entry.replace(/main\\.js.*/, "lib/toast.js"));
        toast("kept", { keep: true });
        for (const text of ["one", "two", "three"]) toast(text);
        toast("sent", { instead: "three" });
        return [...document.querySelectorAll(".toast")].map((each) => each.textContent);
    }""")
    assert shown == ["kept", "sent"]


def test_a_message_stays_while_it_is_read_or_another_tab_is(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person)
    page.clock.install()
    page.evaluate("""async () => {
        const entry = document.querySelector("script[type=module]").src;
        const { toast } = await import(entry.replace(/main\\.js.*/, "lib/toast.js"));
        toast("Read me");
    }""")
    message = page.locator(".toast")

    message.hover()
    message.get_by_role("button").focus()
    page.mouse.move(0, 0)
    page.clock.run_for("01:00")
    expect(message).to_be_visible()

    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    message.get_by_role("button").blur()
    page.clock.run_for("01:00")
    expect(message).to_be_visible()

    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.run_for("00:09")
    expect(message).to_be_visible()
    page.clock.run_for("00:01")
    expect(message).to_have_count(0)


def test_a_message_does_not_cover_the_button_that_sends(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, PHONE)
    form = write(page, "Строка\n" * 30)
    send = form.get_by_role("button", name="Publish", exact=True)
    text = form.get_by_role("textbox", name="Text", exact=True)
    for block in ("end", "center"):
        send.evaluate("(button, block) => button.scrollIntoView({ block })", block)
        text.evaluate("(field) => field.focus({ preventScroll: true })")
        page.evaluate("""async () => {
            const entry = document.querySelector("script[type=module]").src;
            const { clearToasts, toast } = await import(entry.replace(/main\\.js.*/, "lib/toast.js"));
            clearToasts();
            toast("One message that is long enough for two lines of a phone, or nearly so");
            toast("Another");
        }""")
        expect(page.locator(".toast")).to_have_count(2)
        button = send.bounding_box()
        for toast in page.locator(".toast").all():
            box = toast.bounding_box()
            is_beside = box["y"] + box["height"] <= button["y"] or box["y"] >= button["y"] + button["height"]
            assert is_beside
            dock = page.locator(".dock")
            if dock.is_visible():
                assert box["y"] + box["height"] <= dock.bounding_box()["y"]
