"""An employee thanks two colleagues from the phone, and they see it at once."""

import pytest
from playwright.sync_api import expect

from app.core.db import db
from tests import factories
from tests.features.badges.test_thanking import thank
from tests.journeys.company import card, employed
from tests.journeys.conftest import DESK, PHONE, wait_for_scripts
from tests.journeys.looking import faults, prepare
from tests.support.browsing import scrolls_sideways


def choose(page, who):
    """Complete a colleague's handle in the field "Whom?"."""
    page.get_by_role("combobox", name="Whom?").press_sequentially(f"@{who.handle[:-1]}")
    page.get_by_role("option", name=who.name).first.click()
    expect(chips(page).filter(has_text=who.name).first).to_be_visible()


def chips(page):
    """Who is chosen, as they stand in the field."""
    return page.get_by_role("list", name="Chosen").locator(".picked-name")


def sent(page):
    """What the form would send of its colleagues: the field, and the ticks."""
    return page.evaluate("""() => {
      const form = new FormData(document.querySelector(".thanks-form"));
      return [form.get("people"), form.getAll("to")];
    }""")


def test_two_colleagues_are_thanked_from_the_phone_and_see_it_live(company):
    giver, one, other = company.employ("Олеся Громова", "Илья Рогов", "Тимур Касымов")
    at_desk, on_phone = company.seat(one, DESK), company.seat(other, PHONE)

    page = company.seat(giver, PHONE, at="/thanks/new")
    choose(page, one)
    choose(page, other)
    page.get_by_role("radio", name="Rocket").check()
    words = f"Привезли терминал за час {giver.number}"
    page.get_by_label("What for?").fill(words)
    page.get_by_role("button", name="Say thanks").click()
    expect(page.get_by_text("Your thanks are in the feed.")).to_be_visible()
    said = card(page, words)
    expect(said.get_by_text("Rocket")).to_be_visible()
    expect(said.get_by_role("link", name=one.name)).to_be_visible()

    for told, bell in ((at_desk, ".bell .count"), (on_phone, ".dock .count")):
        expect(told.locator(bell).first).to_have_text("1")
        told.get_by_role("link", name="1 new publication").click()
        expect(card(told, words)).to_be_visible()
    at_desk.goto("/notifications")
    expect(at_desk.get_by_text("thanks you")).to_be_visible()
    at_desk.goto(f"/people/{one.handle}/badges")
    expect(at_desk.get_by_text(words)).to_be_visible()
    at_desk.get_by_role("link", name="Certificate").click()
    expect(at_desk.get_by_role("heading", name=one.name)).to_be_visible()


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_faces_names_and_chips_are_one_choice(company, device, request):
    """Chosen by link, by face and by name; taken away by face, by cross and by Backspace."""
    # Each run has colleagues of its own.
    mark = request.node.callspec.id.title()
    names = (
        "Олеся Громова",
        f"Савва Хромов{mark}",
        f"Аполлинария Константинопольская{mark}",
        f"Тимофей Котов{mark}",
    )
    giver, near, far, third = company.employ(*names)
    with company.data():
        shop = factories.shop()
        for each in (
            giver,
            near,
            third,
            *(employed(factories.person(f"Сосед Номер{mark}{n}")) for n in range(6)),
        ):
            company.person(each).shop_id = shop.id
        db.session.commit()
    page = company.seat(giver, device)
    prepare(page)
    page.goto(f"/thanks/new?to={near.handle}&to={far.handle}")
    wait_for_scripts(page)
    field, face = page.get_by_role("combobox", name="Whom?"), page.get_by_role("checkbox", name=near.name)
    expect(face).to_be_checked()
    expect(chips(page)).to_have_text([near.name, far.name])
    assert sent(page) == [f"@{far.handle}", [near.handle]]

    face.uncheck(force=True)
    expect(chips(page)).to_have_text([far.name])
    page.get_by_role("checkbox", name=third.name).check(force=True)
    expect(chips(page)).to_have_text([far.name, third.name])
    assert sent(page) == [f"@{far.handle}", [third.handle]]
    page.get_by_role("button", name=f"Remove: {third.name}").click()
    expect(page.get_by_role("checkbox", name=third.name)).not_to_be_checked()

    # By the keyboard alone: a name of two words, the arrows, Enter; Enter by itself sends nothing.
    field.press_sequentially("тимоф кот")
    option = page.get_by_role("option", name=third.name)
    expect(option.first).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    field.press("ArrowUp")
    field.press("Enter")
    expect(chips(page)).to_have_count(2)
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    field.press("Enter")
    expect(field).to_be_focused()
    # Who is chosen is not offered again, and what nobody is called is said.
    field.press_sequentially(f"{far.handle}")
    expect(page.get_by_text("Nobody is found by that")).to_be_visible()
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.fill("")
    field.press("Backspace")
    field.press("Backspace")
    expect(chips(page)).to_have_count(0)
    assert sent(page) == ["", []]
    # Several that are pasted become chips, with their names.
    field.fill(f"@{near.handle}, @{far.handle}")
    expect(chips(page)).to_have_text([near.name, far.name])
    expect(face).to_be_checked()
    assert faults(page) == []
    assert not scrolls_sideways(page)
    room = page.locator(".picked-x").first.evaluate(
        "(one) => Math.min(one.offsetWidth, one.offsetHeight) - 2 * parseFloat(getComputedStyle(one, '::after').top)"
    )
    assert room >= 44


def test_the_card_is_shown_as_it_will_be(company):
    giver, *others = company.employ("Олеся Громова", *(f"Фёдор Примеров{letter}" for letter in "абвгд"))
    page = company.seat(giver, DESK, at="/thanks/new?" + "&".join(f"to={each.handle}" for each in others))
    wait_for_scripts(page)
    page.get_by_role("radio", name="Rocket").check()
    page.get_by_label("What for?").fill("За ночную приёмку")
    shown = page.locator("[data-preview]")
    listed = ", ".join(each.name for each in others[:3])
    expect(shown).to_contain_text(f"{giver.name} says thanks ▸ {listed} and 2 others")
    expect(shown).to_contain_text("За ночную приёмку")
    page.get_by_role("button", name=f"Remove: {others[0].name}").click()
    page.get_by_role("button", name=f"Remove: {others[1].name}").click()
    listed = ", ".join(each.name for each in others[2:])
    expect(shown).to_contain_text(f"{giver.name} says thanks ▸ {listed}")
    expect(shown).not_to_contain_text("others")


def test_a_refused_form_comes_back_with_its_chips(company):
    giver, one = company.employ("Олеся Громова", "Илья Рогов")
    page = company.seat(giver, DESK, at=f"/thanks/new?to={one.handle}")
    wait_for_scripts(page)
    page.get_by_role("combobox", name="Whom?").press_sequentially("Никто Никакой")
    page.get_by_label("What for?").fill("За смену")
    page.get_by_role("button", name="Say thanks").click()
    field = page.get_by_role("combobox", name="Whom?")
    expect(page.get_by_text("Nobody here is called Никто Никакой.").first).to_be_visible()
    expect(chips(page)).to_have_text([one.name])
    expect(field).to_have_value("Никто Никакой")
    expect(field).to_have_attribute("aria-invalid", "true")


def test_thanks_are_said_without_scripts(company):
    giver, one = company.employ("Олеся Громова", "Илья Рогов")
    page = company.seat(giver, PHONE, at=f"/thanks/new?to={one.handle}", java_script_enabled=False)
    page.get_by_role("radio", name="Superhero").check()
    words = f"Спас выдачу заказов {giver.number}"
    page.get_by_label("What for?").fill(words)
    page.get_by_role("button", name="Say thanks").click()
    expect(page.get_by_text(words).first).to_be_visible()


def test_badges_stand_in_the_first_window_of_a_phone(company):
    """On one's own page, too; how to get on stands folded where the profile begins."""
    giver, me = company.employ("Олеся Громова", "Илья Рогов")
    with company.data():
        thank(company.person(giver), company.person(me), badge="rocket")
    page = company.seat(me, PHONE, at=f"/people/{me.handle}/badges")
    worn = page.get_by_role("listitem").filter(has_text="Rocket").first
    box = worn.bounding_box()
    assert box["y"] + box["height"] < 660
    page.get_by_role("link", name="Publications").click()
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="Your reputation")).to_be_hidden()
    main.locator("summary", has_text="How to raise your reputation").click()
    expect(main.get_by_role("heading", name="Your reputation")).to_be_visible()
