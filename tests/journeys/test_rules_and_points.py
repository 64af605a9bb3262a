"""An editor tries a further rule before making it; what one typed in the composer becomes thanks, and thanks points."""

from playwright.sync_api import expect

from app.core import outbox
from tests import factories
from tests.journeys.company import card, composer, employed, publish, reply
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_attaching import arrived, photo
from tests.journeys.test_thanking import choose


def test_an_editor_tries_a_rule_and_makes_it_and_everyone_reads_it(company):
    asker, helper = company.employ("Захар Лопатин", "Римма Сабитова")
    with company.data():
        editor = employed(factories.person("Кира Ларина", roles=["editor"]))
    asked = company.seat(asker, DESK)
    words = f"Как закрыть смену без фискальника? {asker.number}"
    publish(asked, words, question=True)
    phone = company.seat(helper, PHONE)
    reply(phone, card(phone, words), f"Через меню кассира {helper.number}", link="Answer")

    desk = company.seat(editor, DESK, at="/desk/rules")
    desk.get_by_role("link", name="New rule").click()
    name = f"Double answers {editor.number}"
    desk.get_by_label("Name").fill(name)
    desk.get_by_label("What for").select_option(label="Answer a colleague’s question")
    desk.get_by_label("Points", exact=True).fill("4")
    # Other journeys count points too: for them the rule must not have begun.
    desk.get_by_label("First day").fill("2099-12-01")
    desk.get_by_label("Last day").fill("2099-12-31")
    desk.get_by_role("button", name="Try it on the last month").click()
    tried = desk.get_by_role("region", name="The last 30 days under this rule")
    expect(tried).to_contain_text(helper.name)
    expect(tried).to_contain_text("0 → 4")
    expect(desk.get_by_label("Name")).to_have_value(name)
    desk.get_by_role("button", name="Make the rule").click()
    expect(desk.get_by_text("The rule is made.")).to_be_visible()

    phone.goto("/reputation")
    soon = phone.locator("section").filter(has=phone.get_by_role("heading", name="What changes soon"))
    expect(soon.get_by_text(name)).to_be_visible()


def test_words_of_the_composer_become_thanks_and_thanks_become_points(company):
    giver, one, other = company.employ("Юлия Зорина", "Эльвира Нагаева", "Гордей Бояринов")
    page = company.seat(giver, PHONE)
    words = f"Приняли витрину ночью {giver.number}"
    form = composer(page)
    form.get_by_role("textbox", name="Text", exact=True).fill(words)
    form.get_by_role("link", name="Thanks").click()

    expect(page.get_by_label("What for?")).to_have_value(words)
    choose(page, one)
    choose(page, other)
    page.get_by_role("radio", name="Superhero").check()
    page.get_by_label("Add a photo").set_input_files([photo()])
    arrived(page.locator("form.thanks-form"), "витрина.png")
    page.get_by_role("button", name="Say thanks").click()
    said = card(page, words)
    expect(said.get_by_text("Superhero")).to_be_visible()
    expect(said.locator(".photos img")).to_be_visible()
    page.goto("/")
    expect(composer(page).get_by_role("textbox", name="Text", exact=True)).to_have_value("")

    with company.data():
        outbox.run_due()
    for colleague in (one, other):
        mine = company.seat(colleague, PHONE, at="/reputation/points")
        thanked = mine.get_by_role("listitem").filter(has_text="You were thanked")
        expect(thanked).to_contain_text("+15")
        thanked.get_by_role("link").click()
        expect(card(mine, words)).to_be_visible()
        mine.goto(f"/people/{colleague.handle}/badges")
        expect(mine.get_by_text("Superhero").first).to_be_visible()
