"""Keeping order, and putting first what everyone should read."""

import pytest
from playwright.sync_api import expect

from app.core import outbox
from tests.journeys.company import card, live, publish, reply
from tests.journeys.conftest import DESK, PHONE
from tests.support.browsing import scrolls_sideways


def open_menu(on, page, item):
    on.get_by_role("link", name="More", exact=True).first.click()
    page.get_by_role("link", name=item, exact=True).click()


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_a_report_leads_to_hiding_which_the_author_understands(company, device):
    author, reader = company.employ("Лиана Гареева", "Ильдар Юнусов")
    (moderator,) = company.employ("Вера Власова", roles=["moderator"])
    words = f"Телефон клиента такой-то {author.number}"
    mine = company.seat(author)
    made = publish(mine, words)

    page = company.seat(reader, device)
    open_menu(card(page, words), page, "Report")
    page.get_by_role("dialog").get_by_role("radio").first.check()
    page.get_by_role("button", name="Report", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Thank you")).to_be_visible()
    assert not scrolls_sideways(page)
    page.goto("/")
    live(page)

    desk = company.seat(moderator, at="/moderation")
    case = card(desk, words)
    case.get_by_role("link", name="Hide", exact=True).click()
    desk.get_by_label("Reason").fill("Личные данные клиентов здесь не пишут.")
    desk.get_by_role("button", name="Hide", exact=True).click()
    expect(desk).to_have_url("/moderation")
    expect(case).to_have_count(0)

    # It leaves others' pages; the author keeps it, with the reason.
    expect(card(page, words)).to_have_count(0)
    expect(made).to_contain_text("Hidden by a moderator: Личные данные клиентов здесь не пишут.")
    expect(mine.locator("[data-unread=notifications]:visible")).to_have_text("1")

    desk.goto("/moderation/decided")
    desk.get_by_role("link", name=words).or_(card(desk, words)).first.click()
    expect(desk.get_by_text("Личные данные клиентов").first).to_be_visible()


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_reporting_keeps_the_reader_s_place(company, device):
    author, reader = company.employ("Лиана Гареева", "Ильдар Юнусов")
    words = f"Куплю лайки {author.number}"
    publish(company.seat(author), words)
    page = company.seat(reader, device)
    place = page.url

    open_menu(card(page, words), page, "Report")
    asked = page.get_by_role("dialog", name="Report")
    asked.get_by_role("link", name="Cancel").click()
    expect(asked).to_have_count(0)
    expect(card(page, words).get_by_role("link", name="More", exact=True)).to_be_focused()

    open_menu(card(page, words), page, "Report")
    asked.get_by_role("button", name="Report", exact=True).click()
    expect(asked.get_by_role("alert")).to_be_visible()
    asked.get_by_role("radio").first.check()
    asked.get_by_role("button", name="Report", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Thank you")).to_be_visible()
    expect(asked).to_have_count(0)
    assert page.url == place
    assert not scrolls_sideways(page)


def test_hiding_keeps_the_moderator_s_place(company):
    (author,) = company.employ("Лиана Гареева")
    (moderator,) = company.employ("Вера Власова", roles=["moderator"])
    words = f"Продам гараж {author.number}"
    made = publish(company.seat(author), words)
    desk = company.seat(moderator)
    place = desk.url
    open_menu(card(desk, words), desk, "Hide")
    asked = desk.get_by_role("dialog", name="Hide")
    expect(asked.get_by_label("Reason")).to_be_focused()
    asked.get_by_label("Reason").fill("Объявления пишут в группу.")
    asked.get_by_role("button", name="Hide", exact=True).click()
    expect(asked).to_have_count(0)
    expect(desk.get_by_role("status").filter(has_text="Hidden")).to_be_visible()
    expect(card(desk, words)).to_contain_text("Объявления пишут в группу.")
    expect(made).to_contain_text("Объявления пишут в группу.")
    assert desk.url == place


def test_a_hidden_comment_leaves_the_thread_and_comes_back(company):
    author, commenter = company.employ("Лиана Гареева", "Ильдар Юнусов")
    (moderator,) = company.employ("Вера Власова", roles=["moderator"])
    words = f"Обсудим отпуск {author.number}"
    page = company.seat(author)
    made = publish(page, words)
    his = company.seat(commenter)
    reply(his, card(his, words), "Грубость")
    comment = made.locator(".comment", has_text="Грубость")
    expect(comment).to_be_visible()

    desk = company.seat(moderator)
    seen = card(desk, words)
    open_menu(seen.locator(".comment", has_text="Грубость"), desk, "Hide")
    desk.get_by_label("Reason").fill("Вежливо, пожалуйста.")
    desk.get_by_role("button", name="Hide", exact=True).click()

    expect(comment).to_have_count(0)
    expect(made.get_by_role("link", name="Reply", exact=True).first).to_be_visible()
    expect(card(his, words).locator(".comment")).to_contain_text("Вежливо, пожалуйста.")


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_an_editor_adds_topics_and_pins(company, device):
    (author,) = company.employ("Лиана Гареева")
    (editor,) = company.employ("Вера Власова", roles=["editor"])
    words = f"Полис расширен {author.number}"
    page = company.seat(author)
    made = publish(page, words)

    desk = company.seat(editor, device)
    open_menu(card(desk, words), desk, "Add topics")
    desk.get_by_role("textbox", name="Topics").fill(f"#дмс{author.number}")
    desk.get_by_role("button", name="Add", exact=True).click()
    expect(card(desk, words).get_by_role("link", name=f"дмс{author.number}").first).to_be_visible()
    expect(made.get_by_role("link", name=f"дмс{author.number}").first).to_be_visible()
    expect(made).to_contain_text("Вера Власова · topic")
    assert not scrolls_sideways(desk)

    card(desk, words).get_by_role("link", name="More", exact=True).first.click()
    desk.get_by_role("button", name="Pin", exact=True).click()
    expect(card(desk, words)).to_contain_text("Pinned")
    expect(made).to_contain_text("Pinned")
    card(desk, words).get_by_role("link", name="More", exact=True).first.click()
    desk.get_by_role("button", name="Unpin", exact=True).click()
    expect(card(desk, words)).not_to_contain_text("Pinned")


def test_a_priority_topic_stands_in_the_right_column(company):
    (editor,) = company.employ("Вера Власова", roles=["editor"])
    (reader,) = company.employ("Лиана Гареева")
    topic = f"лето{editor.number}"
    desk = company.seat(editor, at="/desk")
    desk.get_by_label("Topic", exact=True).fill(f"#{topic}")
    desk.get_by_role("button", name="Put first").click()
    expect(desk.get_by_role("link", name=f"#{topic}").first).to_be_visible()

    page = company.seat(reader)
    publish(page, f"Готовимся к сезону. #{topic} важно")
    box = page.get_by_role("complementary", name="More")
    page.reload()
    link = box.locator(f"a[href='/topics/{topic}']")
    expect(link).to_be_visible()
    link.click()
    expect(page.get_by_role("heading", name=f"#{topic}")).to_be_visible()
    expect(page.get_by_text("Priority topic", exact=True)).to_be_visible()


def test_a_mandatory_topic_is_everyones_and_cannot_be_left(company):
    (editor,) = company.employ("Вера Власова", roles=["editor"])
    (reader,) = company.employ("Лиана Гареева")
    topic = f"безопасность{editor.number}"
    desk = company.seat(editor)
    publish(desk, f"Правила обновлены. #{topic} для всех")
    desk.goto("/desk")
    desk.get_by_label("Topic or group", exact=True).fill(f"#{topic}")
    desk.get_by_role("button", name="Make mandatory").click()
    expect(
        desk.get_by_role("table", name="Mandatory subscriptions").get_by_role("link", name=f"#{topic}")
    ).to_be_visible()

    with company.data():
        outbox.run_due()  # all have subscribed by then
    page = company.seat(reader, at=f"/topics/{topic}")
    mine = page.get_by_role("navigation", name="Topics").get_by_role("link", name=f"#{topic}")
    expect(mine).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button", name="Subscribe")).to_have_count(0)
    expect(page.get_by_role("main").get_by_text("For everyone concerned").first).to_be_visible()
