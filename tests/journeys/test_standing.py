"""Reputation on open pages: the box "Your reputation" grows as colleagues find one's words useful."""

import re

import pytest
from playwright.sync_api import expect

from app.core import outbox
from tests import factories
from tests.journeys.company import composer, live, write
from tests.journeys.conftest import DESK, PHONE


@pytest.fixture
def author_and_reader(company):
    author, reader = company.employ("Лиана Гареева", "Ильдар Юнусов")
    return author, reader


def written_answer(company, author, reader):
    """An answer that the author gave to the reader's question, paid for."""
    with company.data():
        asked = factories.question(company.person(reader), f"Как закрыть смену {reader.number}?")
        factories.answer(asked, company.person(author), f"Через меню {author.number}.")
        outbox.run_due()
        return asked.public_id


def box_of(page):
    return page.locator(".box").filter(has=page.get_by_role("heading", name="Your reputation"))


@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_liking_an_answer_makes_its_authors_box_grow(company, author_and_reader, device):
    author, reader = author_and_reader
    public_id = written_answer(company, author, reader)
    page = company.seat(author, device)
    if device is PHONE:
        page.goto(f"{company.server.url}/people/{author.handle}")
        # One's points are folded there: they are one tap away.
        page.get_by_role("main").get_by_text("How to raise your reputation").tap()
    box = box_of(page).locator("visible=true")
    expect(box.locator("[data-points]")).to_have_text("4")
    live(page)

    other = company.seat(reader)
    other.goto(f"{company.server.url}/p/{public_id}")
    other.locator(".comment").get_by_role("button", name="Like").click()

    expect(box.locator("[data-points]")).to_have_text("5")
    expect(box.get_by_role("progressbar")).to_have_attribute("aria-valuetext", "Level 1, 5 of 20 points")


def test_writing_about_a_topic_keeps_a_draft(company, author_and_reader):
    (author, _reader) = author_and_reader
    page = company.seat(author)
    form = write(page, "Черновик о витрине")
    expect(form.locator("[data-saved]")).not_to_be_empty()

    page.goto(f"{company.server.url}/?write&kind=news&text=%23акции%20#composer")
    expect(composer(page).get_by_role("textbox", name="Text", exact=True)).to_have_value(
        re.compile("^Черновик о витрине\\s+#акции\\s*$")
    )


def test_a_step_leads_straight_to_it(company, author_and_reader):
    author, reader = author_and_reader
    public_id = written_answer(company, author, reader)
    page = company.seat(reader)

    box_of(page).get_by_role("link", name="Accept the answer").click()

    expect(page).to_have_url(f"{company.server.url}/p/{public_id}")
    expect(page.get_by_role("button", name="Accept").first).to_be_visible()
