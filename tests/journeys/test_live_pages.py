"""What others do arrives on open pages at once, and moves nothing that one reads."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.journeys.company import PASSWORD, card, hold, live, publish, reply, write
from tests.journeys.conftest import DESK, PHONE, wait_for_scripts


def top_of(locator):
    return locator.evaluate("element => element.getBoundingClientRect().top")


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_a_publication_is_announced_without_moving_the_page(company, device):
    reader, author = company.employ("Лиана Гареева", "Ильдар Юнусов")
    with company.data():
        for number in range(12):
            factories.publication(body=f"Абзац {number} ленты {reader.number}")
    page = company.seat(reader, device)
    read = card(page, f"Абзац 5 ленты {reader.number}")
    read.evaluate("element => element.scrollIntoView({ block: 'start', behavior: 'instant' })")
    before = top_of(read)
    other = company.seat(author)

    body = f"Свежая новость {author.number}"
    publish(other, body)
    pill = page.get_by_role("link", name="1 new publication")
    expect(pill).to_be_attached()
    expect(pill).not_to_have_attribute("hidden", "")
    assert abs(top_of(read) - before) < 2
    expect(card(page, body)).to_have_count(0)

    publish(other, f"Ещё одна {author.number}")
    pill = page.get_by_role("link", name="2 new publications")
    expect(pill).to_be_visible()
    pill.click()
    expect(card(page, body)).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_my_own_publication_is_no_news_to_me(company):
    (author,) = company.employ("Ильдар Юнусов")
    page, phone = company.seat(author), company.seat(author, PHONE)

    with phone.expect_response("**/feed/news-count?*"):
        publish(page, f"Моё {author.number}")

    expect(phone.locator("[data-new-pill]")).to_be_hidden()


def test_comments_likes_and_counters_arrive(company):
    reader, writer = company.employ("Лиана Гареева", "Ильдар Юнусов")
    page = company.seat(reader)
    made = publish(page, f"Новая витрина {reader.number}")
    desk = company.seat(writer)
    seen = card(desk, f"Новая витрина {reader.number}")

    reply(desk, seen, "Выглядит отлично")
    comment = made.locator(".comment").filter(has_text="Выглядит отлично")
    expect(comment).to_be_visible()
    expect(made.get_by_role("link", name="Reply 1", exact=True)).to_be_visible()

    seen.get_by_role("button", name="Like", exact=True).first.click()
    expect(made.get_by_role("button", name="Like 1", exact=True)).to_be_visible()
    comment.get_by_role("button", name="Like").click()
    expect(seen.locator(".comment").get_by_role("button", name="Like 1")).to_be_visible()
    expect(comment.get_by_role("button", name="Like 1")).to_have_attribute("aria-pressed", "true")


def test_a_comment_above_does_not_move_what_is_read(company):
    reader, writer = company.employ("Лиана Гареева", "Ильдар Юнусов")
    with company.data():
        factories.publication(body=f"Ниже {reader.number}. " + "Строка за строкой. " * 60)
        factories.publication(body=f"Выше {reader.number}")
    page = company.seat(reader, PHONE)
    read = card(page, f"Ниже {reader.number}")
    read.evaluate("element => element.scrollIntoView({ block: 'start', behavior: 'instant' })")
    before = top_of(read)
    desk = company.seat(writer)

    reply(desk, card(desk, f"Выше {reader.number}"), "Комментарий над тем, что читают")

    expect(card(page, f"Выше {reader.number}").locator(".comment")).to_be_attached()
    assert abs(top_of(read) - before) < 2


def test_what_one_writes_is_left_alone_by_arrivals(company):
    reader, writer = company.employ("Лиана Гареева", "Ильдар Юнусов")
    page = company.seat(reader)
    made = publish(page, f"Обсудим график {reader.number}")
    made.get_by_role("link", name="Reply").click()
    made.get_by_role("textbox").fill("Я ещё пишу")
    desk = company.seat(writer)
    seen = card(desk, f"Обсудим график {reader.number}")

    reply(desk, seen, "Давайте")
    seen.get_by_role("button", name="Like", exact=True).first.click()

    expect(made.locator(".comment")).to_contain_text("Давайте")
    expect(made.get_by_role("button", name="Like 1", exact=True)).to_be_visible()
    expect(made.get_by_role("textbox")).to_have_value("Я ещё пишу")
    expect(made.get_by_role("textbox")).to_be_focused()


def test_an_edit_and_a_deletion_arrive(company):
    reader, writer = company.employ("Лиана Гареева", "Ильдар Юнусов")
    desk = company.seat(writer)
    publish(desk, f"Собрание в 9:00 {writer.number}")
    page = company.seat(reader)

    card(desk, f"Собрание в 9:00 {writer.number}").get_by_role("link", name="More", exact=True).click()
    desk.get_by_role("link", name="Edit", exact=True).click()
    desk.get_by_label("Your text").fill(f"Собрание в 10:00 {writer.number}")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_url("**/p/*")
    wait_for_scripts(desk)
    seen = card(page, f"Собрание в 10:00 {writer.number}")
    expect(seen).to_be_visible()

    desk.locator("article").get_by_role("link", name="More", exact=True).first.click()
    desk.get_by_role("button", name="Delete", exact=True).click()
    desk.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(seen).to_have_count(0)


def test_the_page_catches_up_after_a_break(company):
    reader, author = company.employ("Лиана Гареева", "Ильдар Юнусов")
    with company.data():
        item = factories.publication(company.person(author), f"Кто выйдет в субботу? {author.number}")
        factories.comment(item, company.person(author), "Я не смогу")
    page, desk = company.seat(reader), company.seat(author)
    thread = page.context.new_page()
    thread.goto(f"/p/{item.public_id}")
    live(thread)
    page.context.set_offline(True)
    expect(page.get_by_role("status").filter(has_text="No connection").first).to_be_visible()

    reply(desk, card(desk, "Кто выйдет в субботу?"), "Выйду я")
    publish(desk, f"Пока не было связи {author.number}")
    page.context.set_offline(False)

    expect(page.get_by_text("Connected again")).to_be_visible()
    expect(page.get_by_role("link", name="1 new publication")).to_be_visible(timeout=40_000)
    expect(card(page, "Кто выйдет в субботу?").locator(".comment")).to_contain_text(["Я не смогу", "Выйду я"])
    expect(thread.locator("#thread .comment")).to_contain_text(["Я не смогу", "Выйду я"], timeout=40_000)


def test_what_came_before_the_page_could_hear_it_is_shown(company):
    reader, author = company.employ("Лиана Гареева", "Ильдар Юнусов")
    page = company.seat(reader, at="/people")
    let_go = hold(page, "**/socket.io.esm.min.js*")
    page.goto("/")
    wait_for_scripts(page)

    form = write(company.seat(author), f"Готова новая витрина, @{reader.handle}")
    form.get_by_role("button", name="Publish", exact=True).click()
    expect(company.seat(reader).locator("[data-unread=notifications]:visible")).to_have_text("1")
    expect(page.locator("[data-unread=notifications]:visible")).to_have_count(0)
    let_go()

    expect(page.locator("[data-unread=notifications]:visible")).to_have_text("1")
    expect(page.locator("[data-unread=mentions]")).to_have_text("1")
    expect(page.get_by_role("link", name="1 new publication")).to_be_visible()


def test_a_leaver_is_out_of_every_open_page_at_once(company):
    (leaver,) = company.employ("Лиана Гареева", password=PASSWORD)
    (administrator,) = company.employ("Вера Власова", roles=["administrator"])
    pages = [
        company.seat(leaver),
        company.seat(leaver, PHONE, at="/people"),
        company.seat(leaver, at="/settings"),
    ]
    desk = company.seat(administrator, at=f"/administration/people/{leaver.id}")

    desk.get_by_role("button", name="Mark as left").click()
    desk.get_by_role("dialog").get_by_role("button", name="Mark as left").click()

    for page in pages:
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    pages[0].goto("/")
    expect(pages[0].get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_signing_out_ends_the_other_pages_of_the_session(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person)
    other = page.context.new_page()
    other.goto("/people")
    live(other)

    page.get_by_label("My menu").click()
    page.get_by_role("button", name="Sign out", exact=True).click()

    expect(other.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_who_signs_out_is_not_taken_elsewhere_before_the_answer(company):
    """The answer empties the browser; that the session has ended is heard before it."""
    (me,) = company.employ("Лиана Гареева")
    page = company.seat(me)
    with page.expect_websocket() as opened:
        page.reload()
    live(page)
    answers = []

    def answer_late(route):
        with opened.value.expect_event("framereceived", lambda frame: "session_ended" in frame):
            answers.append(route.fetch(max_redirects=0))
        route.fulfill(response=answers[0])

    page.route("**/sign-out", answer_late)
    page.get_by_label("My menu").click()
    page.get_by_role("button", name="Sign out", exact=True).click()

    expect(page).to_have_url(f"{company.server.url}/sign-in")
    assert [answer.status for answer in answers] == [303]


def test_what_could_not_be_fetched_is_asked_for_again(company):
    reader, writer = company.employ("Лиана Гареева", "Ильдар Юнусов")
    page = company.seat(reader)
    words = f"Кто поедет на обучение? {reader.number}"
    made = publish(page, words)
    page.route("**/p/*/card", lambda route: route.abort(), times=1)
    desk = company.seat(writer)

    with page.expect_event("requestfailed", lambda request: request.url.endswith("/card")):
        card(desk, words).get_by_role("button", name="Like").first.click()

    expect(made.get_by_role("button", name="Like 1", exact=True)).to_be_visible()


def test_an_answer_that_comes_late_makes_a_card_no_older(company):
    reader, first, second = company.employ("Лиана Гареева", "Ильдар Юнусов", "Вера Власова")
    page = company.seat(reader)
    words = f"Новая форма уже на складе {reader.number}"
    made = publish(page, words)
    held = []
    page.route("**/p/*/card", lambda route: held.append((route, route.fetch())), times=1)

    with page.expect_request("**/p/*/card"):
        card(company.seat(first), words).get_by_role("button", name="Like").first.click()
    card(company.seat(second), words).get_by_role("button", name="Like").first.click()
    expect(made.get_by_role("button", name="Like 2", exact=True)).to_be_visible()
    [(route, answer)] = held
    assert ">1<" in answer.text()
    with page.expect_event("requestfinished", lambda request: request == route.request):
        route.fulfill(response=answer)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    expect(made.get_by_role("button", name="Like 2", exact=True)).to_be_visible()


def test_what_is_being_pressed_is_not_exchanged(company):
    reader, other = company.employ("Лиана Гареева", "Ильдар Юнусов")
    page = company.seat(reader)
    words = f"Выставили новую коллекцию {reader.number}"
    made = publish(page, words)
    theirs = card(company.seat(other), words).get_by_role("button", name="Like").first

    made.get_by_role("button", name="Like").first.hover()
    page.mouse.down()
    with page.expect_event("requestfinished", lambda request: request.url.endswith("/card")):
        theirs.click()
    page.mouse.up()

    expect(made.get_by_role("button", name="Like 2", exact=True)).to_have_attribute("aria-pressed", "true")
