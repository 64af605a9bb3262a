"""Every main page in both languages and themes: nothing wider than the window, no error in the console."""

import pytest
from playwright.sync_api import expect

from app.cli.demo.cast import PASSWORD as DEMO_PASSWORD
from app.cli.demo.cast import SIGN_INS
from app.groups.service import invite
from tests import factories
from tests.journeys.company import PASSWORD, employed, live, write
from tests.journeys.conftest import DESK, PHONE
from tests.support.browsing import scrolls_sideways, sign_in

PAGES = (
    "/", "/?feed=company&order=useful", "/?write#composer", "/questions", "/mentions", "/notifications", "/people",
    "/groups", "/groups?show=all", "/groups/new", "/topics", "/search", "/search?q=касса", "/regions", "/moderation",
    "/moderation/decided", "/desk", "/administration/people", "/settings", "/settings/preferences",
    "/settings/password", "/settings/sessions", "/settings/tokens", "/reputation", "/reputation/points",
    "/reputation/leaders", "/thanks/new", "/rewards", "/rewards/points", "/rewards/levels", "/rewards/orders",
    "/desk/rules", "/desk/badges", "/desk/rewards", "/desk/rewards/orders", "/desk/rewards/loyalty",
)  # fmt: skip
#: The narrowest phone in use, a usual one, a tablet, a till's screen.
WIDTHS = (320, 390, 768, 1280)
#: The pages are looked at in so many tests, for no test should take minutes on a busy machine.
PARTS = 4
LONG = "Многофункциональныйинформационнокоммуникационныйтерминал" * 3


@pytest.fixture(scope="session")
def furnished(server):
    """Somebody who may open every page, and pages with the longest words and names that people can think of."""
    with server.data():
        shop = factories.shop(city="Петропавловск-Камчатский")
        seer = factories.person(
            "Александра-Виктория Константинопольская-Преображенская",
            roles=["editor", "moderator", "administrator"],
            position=factories.position("Старший продавец-консультант отдела аксессуаров"),
            shop=shop,
        )
        group = factories.group("Группа с очень длинным названием о товародвижении", owner=seer)
        asked = factories.question(
            seer, f"{LONG} #{LONG[:90]} @{seer.handle} https://example.com/{'a' * 200}"
        )
        reply = factories.answer(asked, seer, f"{LONG}\n\n    {'код ' * 80}\n\n> цитата")
        for _depth in range(4):
            reply = factories.comment(asked, seer, LONG, to=reply)
        items = "\n".join(f"- {LONG}" for _ in range(4))
        posted = factories.publication(seer, items, place=group, title=LONG[:190])
        addresses = (
            f"/p/{asked.public_id}", f"/p/{posted.public_id}", f"/items/{posted.public_id}/edit",
            f"/items/{posted.public_id}/menu", f"/items/{posted.public_id}/topics", f"/people/{seer.handle}",
            f"/people/{seer.handle}/about", f"/groups/{group.handle}", f"/groups/{group.handle}/members",
            f"/groups/{group.handle}/about", f"/groups/{group.handle}/settings", f"/topics/{LONG[:90].lower()}",
            f"/shops/{shop.code}", f"/shops/{shop.code}/people", f"/administration/people/{seer.id}",
        )  # fmt: skip
        return employed(seer), addresses


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_is_wider_than_its_window(company, furnished, part):
    seer, addresses = furnished
    page = company.seat(seer, color_scheme="light")
    for address in (*PAGES, *addresses)[part::PARTS]:
        answer = page.goto(address)
        assert answer.status == 200, address
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            assert not scrolls_sideways(page), f"{address} at {width} px"
        page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(color_scheme="dark")
        assert not scrolls_sideways(page), f"{address} in the dark"
        page.emulate_media(color_scheme="light")


def test_the_language_is_chosen_before_and_after_signing_in(company, new_page):
    (person,) = company.employ("Лиана Гареева", password=PASSWORD)
    page = new_page(base_url=company.server.url)
    page.goto("/sign-in")
    page.get_by_role("button", name="Русский").click()
    page.get_by_label("Табельный номер, почта или телефон").fill(person.number)
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    expect(page.get_by_role("link", name="Вопросы").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "ru")

    page.goto("/settings/preferences")
    page.get_by_label("Язык").select_option("en")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("link", name="Questions").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_theme_follows_the_device_until_one_is_chosen(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, color_scheme="dark")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(background)
    page.emulate_media(color_scheme="light")
    light = page.evaluate(background)
    assert dark != light

    page.goto("/settings/preferences")
    page.get_by_label("Appearance").select_option(label="Dark")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/")
    live(page)
    assert page.evaluate(background) == dark


def test_a_strip_of_tabs_shows_the_open_one_on_a_phone(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, PHONE, at="/settings/tokens")
    tab = page.get_by_role("main").get_by_role("navigation").locator("[aria-current]")
    expect(tab).to_be_in_viewport(ratio=1)


def test_a_token_is_copied_as_it_is(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(
        person, PHONE, at="/settings/tokens", permissions=["clipboard-read", "clipboard-write"]
    )
    page.get_by_label("Name", exact=True).fill("Табло в салоне")
    page.get_by_role("button", name="Make a token").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Token", exact=True).input_value()
    assert copied.startswith("sf_")


def test_the_feed_s_choices_stand_in_one_line_on_a_phone(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, PHONE)
    order = page.get_by_role("main").locator("summary", has_text="Newest activity")
    scope = page.get_by_role("navigation", name="Which feed")
    assert scope.bounding_box()["y"] < order.bounding_box()["y"] + order.bounding_box()["height"]
    assert order.bounding_box()["y"] < scope.bounding_box()["y"] + scope.bounding_box()["height"]
    order.click()
    page.get_by_role("link", name="Most useful").click()
    expect(page).to_have_url("/?order=useful")
    expect(page.get_by_role("main").locator("summary", has_text="Most useful")).to_be_visible()


def test_the_acts_of_the_composer_stand_in_one_line_on_a_phone(company):
    (person,) = company.employ("Лиана Гареева")
    with company.data():
        factories.group("Наставники и их подопечные в салонах Поволжья", members=[company.person(person)])
    page = company.seat(person, PHONE, locale="ru-RU")
    form = write(page, "x" * 9_900)
    expect(form).to_contain_text("Draft saved")
    acts = (form.get_by_label("Where"), form.get_by_role("button", name="Publish"))
    where, publish = (act.bounding_box() for act in acts)
    assert abs(where["y"] + where["height"] / 2 - publish["y"] - publish["height"] / 2) < 4
    assert where["x"] + where["width"] < publish["x"]
    assert not scrolls_sideways(page)


def test_an_invitation_leaves_room_for_the_name_of_its_group(company):
    keeper, guest = company.employ("Вера Власова", "Лиана Гареева")
    with company.data():
        group = factories.group("Наставники Поволжья", visibility="secret", owner=company.person(keeper))
        invite(factories.actor(company.person(keeper)), group.handle, [guest.handle])
    page = company.seat(guest, PHONE, at="/groups")
    name = page.get_by_role("main").get_by_role("link", name="Наставники Поволжья")
    assert name.bounding_box()["height"] < 30
    accept = page.get_by_role("button", name="Accept")
    assert accept.bounding_box()["width"] > 100
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_the_demo_company_in_russian(demo_server, new_page, device):
    """What a newcomer sees first."""
    editor = next(each for each in SIGN_INS if each.role == "editor" and each.locale == "ru")
    page = new_page(device, locale="ru-RU")
    sign_in(page, demo_server.url, editor.number, DEMO_PASSWORD, language="ru")
    for address in ("/", "/?order=useful", "/questions", "/people", "/groups?show=all", "/topics", "/desk"):
        page.goto(f"{demo_server.url}{address}")
        expect(page.get_by_role("main").get_by_role("heading").first).to_be_attached()
        assert not scrolls_sideways(page), address
