"""What is wrong with a form stands beside each field; of several things a list on top leads to them."""

from playwright.sync_api import expect

from tests.journeys.company import composer, write

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
