"""Writing news: completed names and topics, drafts, sending once, long texts."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.journeys.company import PASSWORD, card, composer, publish, write
from tests.journeys.conftest import DESK, PHONE
from tests.support.browsing import scrolls_sideways, sign_in


def text_field(page):
    return composer(page).get_by_role("textbox", name="Text", exact=True)


def reads(company, who, title):
    """`who` reads a topic, which is therefore offered to them from now on."""
    with company.data():
        factories.subscribe(company.person(who), factories.topic(title))


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_news_with_a_topic_and_a_colleague(company, new_page, device):
    (author,) = company.employ("Лиана Гареева", password=PASSWORD)
    company.employ("Ильдар Юнусов")
    page = new_page(device, base_url=company.server.url)
    sign_in(page, company.server.url, author.number, PASSWORD)

    text_field(page).click()
    text_field(page).press_sequentially(f"Новая #акция{author.number} с понедельника, вопросы: @Ильд")
    option = page.get_by_role("option", name="Ильдар Юнусов").first
    expect(option).to_be_visible()
    if device is PHONE:
        option.tap()
    else:
        text_field(page).press("Enter")
    expect(text_field(page)).to_have_value(re.compile(r"вопросы: @ильдар\S* $"))
    text_field(page).press_sequentially("и ваш управляющий")
    composer(page).get_by_role("button", name="Publish", exact=True).click()

    made = page.get_by_role("article").first
    expect(made).to_contain_text("с понедельника")
    expect(made.get_by_role("link", name=f"акция{author.number}").first).to_be_visible()
    expect(made.get_by_role("link", name="@ильдар").first).to_have_attribute("href", re.compile("^/@ильдар"))
    expect(text_field(page)).to_have_value("")
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_what_it_is_to_be_is_chosen_with_one_press(company, device):
    """The composer opens with it, but not from under the finger."""
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author, device)
    for address, kind in (("/", "Question"), ("/?feed=company", "News")):
        page.goto(address)
        press(composer(page).locator(".kind", has_text=kind), device)
        expect(composer(page).get_by_role("radio", name=kind)).to_be_checked()
        expect(
            composer(page).get_by_role("button", name="Ask" if kind == "Question" else "Publish")
        ).to_be_visible()
    page.goto("/")
    press(composer(page).get_by_role("link", name="Thanks"), device)
    expect(page).to_have_url(re.compile("/thanks/new"))


def press(target, device):
    if device is PHONE:
        target.tap()
    else:
        target.click()


def test_a_topic_is_completed_by_the_keyboard(company):
    (author,) = company.employ("Лиана Гареева")
    reads(company, author, f"Эквайринг{author.number}")
    page = company.seat(author)

    text_field(page).click()
    text_field(page).press_sequentially(f"Ещё раз про #эквайринг{author.number[:-1]}")
    expect(page.get_by_role("option", name=f"#Эквайринг{author.number}")).to_be_visible()
    text_field(page).press("ArrowDown")
    text_field(page).press("ArrowUp")
    text_field(page).press("Tab")

    expect(text_field(page)).to_have_value(re.compile(r"про #эквайринг\d+ $"))
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()

    # What is typed to its end is not offered: the list would cover what one goes on to press.
    text_field(page).press_sequentially("и #эква")
    expect(page.get_by_role("option", name=f"#Эквайринг{author.number}")).to_be_visible()
    text_field(page).press_sequentially(f"йринг{author.number}")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()


def test_suggestions_come_although_those_before_them_were_slow(company):
    (author,) = company.employ("Лиана Гареева")
    reads(company, author, f"Терминал{author.number}")
    page = company.seat(author)
    slow = []

    def keep_waiting(route):
        slow.append(route)

    page.route("**/completion/topics?*", keep_waiting, times=1)

    text_field(page).click()
    with page.expect_request("**/completion/topics?*"):
        text_field(page).press_sequentially("Снова #терм")
    text_field(page).press_sequentially(f"инал{author.number[:-1]}")

    expect(page.get_by_role("option", name=f"#Терминал{author.number}")).to_be_visible()
    assert len(slow) == 1


def test_suggestions_leave_the_button_free(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    form = write(page, "Кто знает, когда привезут новые чехлы на склад и сколько их б")
    form.get_by_role("textbox", name="Text", exact=True).press_sequentially(" @Л")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    listed, button = option.bounding_box(), form.get_by_role("button", name="Publish").bounding_box()
    assert listed["x"] + listed["width"] <= button["x"]
    form.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("article").first).to_contain_text("привезут новые чехлы")


def test_escape_closes_suggestions_and_keeps_the_text(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)

    text_field(page).click()
    text_field(page).press_sequentially("Спросите @Лиана")
    expect(page.get_by_role("option").first).to_be_visible()
    text_field(page).press("Escape")

    expect(page.get_by_role("option").first).to_be_hidden()
    expect(text_field(page)).to_have_value("Спросите @Лиана")
    expect(text_field(page)).to_be_focused()


def test_a_draft_survives_a_reload_and_ends_when_it_is_published(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    write(page, "Половина мысли", question=True)

    page.reload()
    # It waits in the closed composer, marked as what it is.
    expect(text_field(page)).to_have_value("Половина мысли")
    expect(composer(page).get_by_text("Draft", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_hidden()
    text_field(page).click()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(page.get_by_text("Your draft is back")).to_be_visible()

    page.get_by_role("button", name="Ask", exact=True).click()
    expect(card(page, "Половина мысли")).to_be_visible()
    page.reload()
    expect(card(page, "Половина мысли")).to_be_visible()
    expect(text_field(page)).to_have_value("")


def test_escape_closes_the_composer_and_keeps_what_was_begun(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    form = composer(page)
    text_field(page).click()
    form.get_by_label("Title (optional)").fill("Только заголовок")
    page.keyboard.press("Escape")
    expect(form.get_by_role("button", name="Publish")).to_be_hidden()
    # A title alone is a draft as well.
    expect(form.get_by_text("Draft", exact=True)).to_be_visible()
    expect(form.get_by_label("Title (optional)")).to_be_visible()
    form.get_by_label("Title (optional)").click()
    expect(form.get_by_role("button", name="Publish")).to_be_visible()


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_a_draft_that_is_too_long_for_the_server_is_kept_here_and_says_so(company, device):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author, device)
    text = "слово " * 3_500
    form = write(page, text)
    said = form.get_by_text("it is kept on this device only")
    expect(said).to_be_visible()
    assert not scrolls_sideways(page)
    page.reload()
    expect(text_field(page)).to_have_value(text)
    text_field(page).click()
    text_field(page).fill("Короче")
    expect(form.locator("[data-saved]")).to_have_text("Draft saved")
    expect(said).to_have_count(0)


def test_the_composer_says_where_one_writes(company):
    author, other = company.employ("Лиана Гареева", "Олеся Смирнова")
    name = f"возврат{author.number}"
    page = company.seat(author)
    write(page, f"Как быть? #{name}").get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("article").first).to_contain_text("Как быть?")
    page.goto(f"/topics/{name}")
    page.get_by_role("link", name=f"Write about #{name}…").click()
    expect(text_field(page)).to_be_focused()
    expect(text_field(page)).to_have_value(f"#{name} ")
    page.goto(f"/topics/{name}")
    page.get_by_role("main").locator(".kinds").get_by_role("link", name="Question").click()
    expect(composer(page).get_by_role("radio", name="Question")).to_be_checked()
    page.goto(f"/people/{other.handle}/publications")
    expect(text_field(page)).to_have_attribute("placeholder", "Write on this page…")


def test_a_draft_follows_its_writer_to_another_device(company):
    (author,) = company.employ("Лиана Гареева")
    desk = company.seat(author)
    expect(write(desk, "Начато на кассе")).to_contain_text("Draft saved")

    phone = company.seat(author, PHONE)
    text_field(phone).click()

    expect(text_field(phone)).to_have_value("Начато на кассе")

    # Published there, it is not offered here once more.
    composer(phone).get_by_role("button", name="Publish", exact=True).click()
    expect(card(phone, "Начато на кассе")).to_be_visible()
    desk.reload()
    expect(card(desk, "Начато на кассе")).to_be_visible()
    expect(text_field(desk)).to_have_value("")


def test_signing_out_leaves_no_draft_on_a_shared_tablet(company):
    author, other = company.employ("Лиана Гареева", "Ильдар Юнусов")
    page = company.seat(author)
    write(page, "Только для меня")
    page.get_by_label("My menu").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()

    company.admit(page, other)
    page.goto("/")
    text_field(page).click()
    expect(text_field(page)).to_have_value("")
    assert "Только для меня" not in page.evaluate("JSON.stringify({...localStorage})")


def test_an_impatient_double_click_publishes_once(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    form = write(page, f"Один раз {author.number}")
    form.get_by_role("button", name="Publish", exact=True).dblclick()

    expect(card(page, f"Один раз {author.number}")).to_have_count(1)
    page.reload()
    expect(card(page, f"Один раз {author.number}")).to_have_count(1)


def test_a_send_whose_answer_was_lost_publishes_once(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    form = write(page, f"Дошло или нет {author.number}")

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/publications", lose_the_answer, times=1)
    button = form.get_by_role("button", name="Publish", exact=True)
    button.click()
    expect(page.get_by_role("status").filter(has_text="sent by itself")).to_be_visible()
    expect(text_field(page)).to_have_value("")
    expect(card(page, f"Дошло или нет {author.number}").locator(".like")).to_have_count(1)

    page.reload()
    expect(card(page, f"Дошло или нет {author.number}")).to_have_count(1)


def test_a_text_improved_after_its_answer_was_lost_is_not_lost(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    form = write(page, f"Первый вариант {author.number}")

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/publications", lose_the_answer, times=1)
    page.route("**/session", lambda route: route.abort())
    button = form.get_by_role("button", name="Publish", exact=True)
    button.click()
    card(page, f"Первый вариант {author.number}").get_by_role("button", name="Edit").click()
    expect(text_field(page)).to_have_value(f"Первый вариант {author.number}")
    text_field(page).fill(f"Второй вариант {author.number}")
    button.click()

    expect(form.get_by_role("alert")).to_contain_text("Another text was sent")
    expect(text_field(page)).to_have_value(f"Второй вариант {author.number}")
    button.click()
    expect(text_field(page)).to_have_value("")
    page.reload()
    for text in ("Первый", "Второй"):
        expect(card(page, f"{text} вариант {author.number}")).to_have_count(1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("\u200b\u200b\ufeff", "Write something"), ("я" * 10_001, "the most is 10000")],
    ids=["nothing to be seen", "too long"],
)
def test_a_refused_text_stays_with_the_reason_beside_it(company, typed, said):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    form = write(page, typed)
    form.get_by_role("button", name="Publish", exact=True).click()

    expect(form.get_by_role("alert")).to_contain_text(said)
    expect(text_field(page)).to_have_value(typed)
    expect(text_field(page)).to_be_focused()
    text_field(page).press("End")
    text_field(page).press("Backspace")
    expect(form.get_by_role("alert")).to_have_count(0)


def test_a_long_text_is_folded_and_unfolds_in_place(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    publish(page, "Начало длинной инструкции. " + "Слово за словом. " * 150 + "Конец инструкции.")

    page.reload()
    made = card(page, "Начало длинной инструкции")
    expect(made).not_to_contain_text("Конец инструкции.")
    made.get_by_role("link", name="Show more").click()
    expect(made).to_contain_text("Конец инструкции.")
    assert page.url == f"{company.server.url}/"


def test_editing_and_deleting_through_the_menu(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    made = publish(page, f"Завтра в 9:00 {author.number}")

    made.get_by_role("link", name="More", exact=True).click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Your text").fill(f"Завтра в 10:00 {author.number}")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(card(page, "Завтра в 10:00")).to_be_visible()
    page.get_by_role("link", name="edited").click()
    expect(page.get_by_text(f"Завтра в 9:00 {author.number}")).to_be_visible()

    page.goto("/")
    card(page, f"Завтра в 10:00 {author.number}").get_by_role("link", name="More", exact=True).click()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Deleted.")).to_be_visible()
    expect(card(page, f"Завтра в 10:00 {author.number}")).to_have_count(0)
