"""A question that needs no asking: typed on a phone, answered already, and what if it was not."""

from playwright.sync_api import expect

from app.core import outbox
from app.questions.service import accept
from tests import factories
from tests.journeys.company import composer, write
from tests.journeys.conftest import PHONE
from tests.support.browsing import scrolls_sideways


def test_the_answer_is_found_while_typing(company):
    asker, expert = company.employ("Лиана Гареева", "Ильдар Юнусов")
    with company.data():
        asked = factories.question(
            company.person(expert), "Как списать бракованный павербанк с витрины? #брак"
        )
        told = factories.answer(asked, company.person(expert), "Актом через склад, в день находки.")
        accept(factories.actor(company.person(expert)), told.public_id, on=True)
        outbox.run_due()  # so that it can be found at once
    page = company.seat(asker, PHONE)
    form = write(page, "Как списать", question=True)
    offer = form.get_by_role("group").filter(has_text="Актом через склад")
    expect(form.get_by_role("button", name="Ask", exact=True)).to_be_enabled()
    expect(offer).to_have_count(0)

    text = form.get_by_role("textbox", name="Text", exact=True)
    text.fill("Как списать бракованный павербанк")
    expect(form.get_by_role("status").filter(has_text="1 similar question")).to_have_count(1)
    expect(offer).to_contain_text("Confirmed")
    form.get_by_role("button", name="Add the topic брак").tap()
    expect(text).to_have_value("Как списать бракованный павербанк #брак ")
    assert not scrolls_sideways(page)

    offer.get_by_role("button", name="This answers it").tap()
    expect(page.get_by_role("status").filter(has_text="Glad the answer was there already")).to_be_focused()
    expect(text).to_have_value("")

    page.get_by_role("button", name="It was not the answer: go on asking").tap()
    expect(text).to_have_value("Как списать бракованный павербанк #брак ")
    expect(offer).to_be_visible()
    offer.get_by_role("button", name="This answers it").tap()
    expect(page.get_by_text("Glad the answer was there already")).to_be_visible()
    page.reload()
    expect(composer(page).get_by_role("textbox", name="Text", exact=True)).to_have_value("")
