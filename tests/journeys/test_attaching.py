"""Photos and files: shown while one writes, refused with a reason, sent again when the network comes back."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from tests.journeys.company import card, composer, publish, reply, write
from tests.journeys.conftest import PHONE, wait_for_scripts
from tests.support.browsing import scrolls_sideways


def photo(name="витрина.png", colour="teal", size=(640, 480)):
    """A picture as the file chooser gives it."""
    kept = BytesIO()
    Image.new("RGB", size, colour).save(kept, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": kept.getvalue()}


SHEET = {"name": "график смен.csv", "mimeType": "text/csv", "buffer": "день;смена\n1;утро\n".encode()}
PROGRAM = {"name": "игра.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ" + bytes(200)}
EMPTY = {"name": "пусто.pdf", "mimeType": "application/pdf", "buffer": b""}


def attach(form, *files):
    form.get_by_label("Attach photos or files").set_input_files(list(files))


def arrived(form, name):
    """The row of a file that the server has taken."""
    row = form.locator(".upload", has_text=name)
    expect(row.locator("input[name=files]")).to_be_attached()
    return row


def test_a_photo_and_a_file_are_published(company):
    (author,) = company.employ("Лиана Гареева")
    phone = company.seat(author, PHONE)
    form = write(phone, f"Новая выкладка {author.number}")
    attach(form, photo(), SHEET)
    expect(arrived(form, "витрина.png").locator("img")).to_be_visible()
    arrived(form, "график смен.csv")
    arrived(form, "витрина.png").get_by_label("What does the photo show?").fill("Полка со стёклами")
    form.get_by_role("button", name="Publish", exact=True).click()

    made = card(phone, f"Новая выкладка {author.number}")
    expect(made.locator(".photos img")).to_be_visible()
    expect(made.get_by_role("link", name="график смен.csv")).to_be_visible()
    expect(form.locator(".upload")).to_have_count(0)
    assert not scrolls_sideways(phone)

    made.locator(".photos a").tap()
    viewer = phone.get_by_role("dialog")
    expect(viewer.get_by_role("img", name="Полка со стёклами")).to_be_visible()
    expect(viewer.get_by_text("Полка со стёклами")).to_be_visible()
    phone.keyboard.press("+")
    expect(viewer.locator(".is-closer")).to_be_visible()
    viewer.get_by_role("button", name="Close").tap()
    expect(viewer).to_be_hidden()
    expect(made.locator(".photos a")).to_be_focused()
    with phone.expect_download() as download:
        made.get_by_role("link", name="график смен.csv").click()
    assert download.value.suggested_filename == "график смен.csv"

    composer(phone).get_by_role("textbox", name="Text", exact=True).click()
    attach(form, photo("без слов.png"))
    arrived(form, "без слов.png")
    form.get_by_role("button", name="Publish", exact=True).click()
    expect(phone.get_by_role("article").first.locator(".photos img")).to_be_visible()
    expect(phone.get_by_role("article").first).not_to_contain_text("Новая выкладка")


def test_who_saves_data_taps_for_a_photo_and_looks_through_all(company):
    author, reader = company.employ("Лиана Гареева", "Олеся Смирнова")
    desk = company.seat(author)
    form = write(desk, f"Две полки {author.number}")
    attach(form, photo("слева.png"), photo("справа.png", "maroon"))
    arrived(form, "слева.png")
    arrived(form, "справа.png").get_by_role("button", name="Earlier").click()
    form.get_by_role("button", name="Publish", exact=True).click()
    expect(card(desk, f"Две полки {author.number}")).to_be_visible()

    phone = company.seat(reader, PHONE)
    phone.goto("/settings/preferences")
    phone.get_by_label("Pictures").select_option("Only when tapped")
    phone.get_by_role("button", name="Save").click()
    phone.goto(f"/people/{author.handle}")
    wait_for_scripts(phone)
    photos = card(phone, f"Две полки {author.number}").locator(".photos a")
    expect(photos).to_have_count(2)
    expect(phone.locator("img")).to_have_count(0)
    photos.first.tap()
    expect(photos.first.locator("img")).to_be_visible()
    expect(phone.locator("img")).to_have_count(1)
    photos.first.tap()
    viewer = phone.get_by_role("dialog")
    expect(viewer.get_by_text("1 / 2")).to_be_visible()
    phone.mouse.move(300, 400)
    phone.mouse.down()
    phone.mouse.move(120, 410, steps=4)
    phone.mouse.up()
    expect(viewer.get_by_text("2 / 2")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(photos.nth(1)).to_be_focused()


def test_a_wrong_file_is_refused_beside_the_text(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    form = write(page, f"С файлом и без {author.number}")
    attach(form, PROGRAM, EMPTY, photo("касса.png"))

    expect(form.locator(".upload", has_text="игра.exe").get_by_role("alert")).to_contain_text("Programs")
    expect(form.locator(".upload", has_text="пусто.pdf").get_by_role("alert")).to_contain_text("empty")
    arrived(form, "касса.png")
    expect(composer(page).get_by_role("textbox", name="Text", exact=True)).to_have_value(
        f"С файлом и без {author.number}"
    )
    form.get_by_role("button", name="Remove: игра.exe").click()
    expect(form.locator(".upload", has_text="игра.exe")).to_have_count(0)
    # What could not be attached is not left out without a word.
    form.get_by_role("button", name="Publish", exact=True).click()
    expect(form.get_by_role("button", name="Remove: пусто.pdf")).to_be_focused()
    page.keyboard.press("Enter")
    form.get_by_role("button", name="Publish", exact=True).click()

    made = card(page, f"С файлом и без {author.number}")
    expect(made.locator(".photos a")).to_have_count(1)


def test_a_lost_connection_sends_the_file_again(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    form = write(page, f"Плохая связь {author.number}")
    page.route("**/files", lambda route: route.abort("connectionreset"), times=1)
    attach(form, photo())

    expect(page.get_by_text("the upload goes on by itself")).to_be_visible()
    arrived(form, "витрина.png")
    form.get_by_role("button", name="Publish", exact=True).click()
    expect(card(page, f"Плохая связь {author.number}").locator(".photos img")).to_be_visible()


def test_a_line_that_carries_nothing_sends_the_file_again(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    form = write(page, f"Связь без связи {author.number}")
    page.clock.install()
    sent = []
    page.on("request", lambda request: sent.append(request) if request.url.endswith("/files") else None)
    # The first request hangs for ever, the next goes through.
    page.route("**/files", lambda route: None, times=1)
    with page.expect_request("**/files"):
        attach(form, photo())
    page.clock.fast_forward("00:29")
    assert len(sent) == 1
    page.clock.fast_forward("00:10")

    expect(page.get_by_text("the upload goes on by itself")).to_be_visible()
    page.clock.fast_forward("00:05")
    arrived(form, "витрина.png")
    assert len(sent) == 2


def test_who_does_not_wait_for_the_connection_tries_again(company):
    (author,) = company.employ("Лиана Гареева")
    phone = company.seat(author, PHONE)
    form = write(phone, f"Не жду {author.number}")
    tries = []

    def lose(route):
        tries.append(route)
        route.abort("connectionreset")

    phone.route("**/files", lose)
    attach(form, photo())
    again = form.get_by_role("button", name="Try again: витрина.png")
    expect(form.get_by_role("alert")).to_contain_text("goes on by itself")
    assert again.bounding_box()["height"] >= 44
    # Each press is a try; the pauses between those made by themselves grow to many seconds.
    while len(tries) < 5:
        with phone.expect_request("**/files"):
            again.tap()
    phone.unroute("**/files")
    again.tap()
    arrived(form, "витрина.png")
    expect(again).to_have_count(0)
    assert not scrolls_sideways(phone)


def test_a_file_that_failed_is_tried_once_more_in_its_place(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    form = write(page, f"Со второго раза {author.number}")
    problem = {"title": "Forbidden", "detail": "Not now.", "status": 403}
    page.route(
        "**/files",
        lambda route: route.fulfill(status=403, content_type="application/problem+json", json=problem),
        times=1,
    )
    attach(form, photo(), SHEET, PROGRAM)
    failed = form.locator(".upload", has_text="витрина.png")
    expect(failed.get_by_role("alert")).to_have_text("Not now.")
    arrived(form, "график смен.csv")
    # What is refused for what it is would be refused again.
    expect(form.locator(".upload", has_text="игра.exe").get_by_role("alert")).to_be_visible()
    expect(form.get_by_role("button", name="Try again")).to_have_count(1)
    # The form is not sent without it.
    form.get_by_role("button", name="Publish", exact=True).click()
    expect(form.get_by_role("button", name="Remove: витрина.png")).to_be_focused()

    failed.get_by_role("button", name="Try again: витрина.png").press("Enter")
    arrived(form, "витрина.png")
    expect(form.locator(".upload").first).to_contain_text("витрина.png")
    expect(form.locator(".upload").first).to_be_focused()
    form.get_by_role("button", name="Remove: игра.exe").click()
    form.get_by_role("button", name="Publish", exact=True).click()
    made = card(page, f"Со второго раза {author.number}")
    expect(made.locator(".photos img")).to_be_visible()
    expect(made.get_by_role("link", name="график смен.csv")).to_be_visible()


def test_publishing_waits_for_files_that_are_on_their_way(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/files", hold)
    form = write(page, f"Не торопясь {author.number}")
    attach(form, photo())
    expect(form.get_by_label("Uploading: витрина.png")).to_be_visible()
    form.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Please wait until the files are uploaded")).to_be_visible()
    expect(card(page, f"Не торопясь {author.number}")).to_have_count(0)

    held[0].continue_()
    arrived(form, "витрина.png")
    form.get_by_role("button", name="Publish", exact=True).click()
    expect(card(page, f"Не торопясь {author.number}").locator(".photos img")).to_be_visible()


def test_files_of_a_draft_come_back(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    form = write(page, "Черновик с фото")
    attach(form, photo())
    arrived(form, "витрина.png")
    expect(form).to_contain_text("Draft saved")

    page.reload()
    arrived(composer(page), "витрина.png")
    phone = company.seat(author, PHONE)
    composer(phone).get_by_role("textbox", name="Text", exact=True).click()
    row = arrived(composer(phone), "витрина.png")
    expect(row.locator("img")).to_be_visible()


def test_a_photo_in_a_comment(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author)
    made = publish(page, f"Как выглядит стойка? {author.number}")
    made.get_by_role("link", name="Reply").click()
    attach(made, photo("стойка.png"))
    arrived(made, "стойка.png")
    made.get_by_role("button", name="Send", exact=True).click()

    expect(made.locator(".comment .photos img")).to_be_visible()
    reply(page, made, "И ещё слово")
    expect(made.locator(".comment", has_text="И ещё слово").locator(".photos")).to_have_count(0)


def test_editing_changes_what_is_attached(company):
    (author,) = company.employ("Лиана Гареева")
    phone = company.seat(author, PHONE)
    form = write(phone, f"Витрина до и после {author.number}")
    attach(form, photo("до.png", "gray"))
    arrived(form, "до.png")
    form.get_by_role("button", name="Publish", exact=True).click()
    made = card(phone, f"Витрина до и после {author.number}")
    expect(made.locator(".photos img")).to_have_count(1)

    made.get_by_role("link", name="More", exact=True).click()
    phone.get_by_role("link", name="Edit", exact=True).click()
    phone.wait_for_url("**/edit")
    wait_for_scripts(phone)
    editing = phone.locator("form[data-draft]", has=phone.get_by_label("Your text"))
    arrived(editing, "до.png")
    attach(editing, photo("после.png"), PROGRAM)
    arrived(editing, "после.png")
    expect(editing).to_contain_text("Programs are not accepted")
    editing.get_by_role("button", name="Remove: до.png").click()
    expect(editing).to_contain_text("Draft saved")

    phone.reload()
    editing = phone.locator("form[data-draft]", has=phone.get_by_label("Your text"))
    arrived(editing, "после.png")
    expect(editing.locator(".upload")).to_have_count(1)
    assert not scrolls_sideways(phone)
    editing.get_by_role("button", name="Save", exact=True).click()
    expect(card(phone, f"Витрина до и после {author.number}").locator(".photos img")).to_have_count(1)
    phone.get_by_role("link", name="edited").click()
    expect(phone.get_by_text("Version 1")).to_have_count(0)
