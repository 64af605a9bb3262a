"""Pages of routing: for those who are asked, for curators and for editors; what wrong input gets; their budgets."""

from urllib.parse import unquote

import pytest

from app.core import outbox
from app.routing.queries import care_form, terms
from app.routing.schemas import Plan, Wave
from app.routing.service import claim
from app.topics import queries as topics
from tests import factories
from tests.features.routing.conftest import TOPIC, asks, names
from tests.support.statements import counting

PAGE_BUDGET = 12
FRAGMENT_BUDGET = 6

PLAN = {
    "on_near": "1", "wait_near": "0", "most_near": "4", "on_experts": "", "wait_experts": "15", "most_experts": "5",
    "on_curators": "1", "wait_curators": "45", "most_curators": "2", "wait_department": "60", "most_department": "5",
}  # fmt: skip


def test_a_question_is_claimed_from_the_bell_and_from_questions_for_me(client, cast):
    asked = cast.ask()
    client.sign_in(cast.helper)
    for address in ("/notifications", "/notifications/menu", "/questions/for-me"):
        html = client.get(address).text
        assert f'action="/p/{asked.public_id}/claim"' in html
        assert f'href="/p/{asked.public_id}/pass"' in html
        assert f"#{TOPIC}" in html
    assert f'hx-get="/p/{asked.public_id}/routing"' in client.get(f"/p/{asked.public_id}").text
    client.get(f"/p/{asked.public_id}/routing")  # which its page asks for counts as seen
    assert asks(asked)["Анна Петрова"].seen_at is not None

    answer = client.post(f"/p/{asked.public_id}/claim")
    assert (answer.status_code, answer.location) == (303, f"/p/{asked.public_id}#reply")
    assert "/claim" not in client.get("/notifications").text
    client.sign_in(cast.asker)
    html = client.get(f"/p/{asked.public_id}/routing").text
    assert "Анна Петрова" in html


def test_passing_on_by_the_form(client, cast):
    asked = cast.ask()
    client.sign_in(cast.helper)
    assert f'action="/p/{asked.public_id}/pass"' in client.get(f"/p/{asked.public_id}/pass").text
    wrong = client.post(f"/p/{asked.public_id}/pass", data={"to": "@никого"})
    assert wrong.status_code == 422
    assert 'value="@никого"' in wrong.text
    assert client.post(f"/p/{asked.public_id}/pass", data={"to": f"@{cast.clerk.handle}"}).status_code == 303
    assert "Олег Банков" in names(asked)
    late = client.sign_in(cast.neighbour)
    claim(factories.actor(cast.clerk), asked.public_id)
    assert (
        late.post(f"/p/{asked.public_id}/claim").status_code == 303
    )  # a toast says that a colleague was first
    assert late.post(f"/p/{asked.public_id}/claim", headers={"Accept": "application/json"}).status_code == 409


def test_editors_set_the_usual_plan_and_read_it_in_words(client, cast):
    client.sign_in(cast.editor)
    assert client.get("/desk/routing").status_code == 200
    typed = {**PLAN, "a_day": "3", "hold": "20"}
    words = client.post("/desk/routing/preview", data=typed).text
    assert words.count("<li>") == 2
    assert client.post("/desk/routing", data=typed).status_code == 303
    assert terms().plan == Plan((Wave("near", 0, 4), Wave("curators", 45, 2)))
    assert (terms().a_day, terms().hold) == (3, 20)

    for name, value in (
        ("wait_curators", "0"),
        ("most_near", "завтра"),
        ("a_day", "0"),
        ("hold", "99999999"),
    ):
        wrong = client.post("/desk/routing", data={**typed, name: value})
        assert wrong.status_code == 422, name
        assert f'value="{value}"' in wrong.text
        assert f'id="{name}-error-1"' in wrong.text
    assert client.post("/desk/routing", data={"a_day": "3", "hold": "20"}).status_code == 422
    assert terms().a_day == 3


def test_editors_say_who_looks_after_a_topic(client, cast):
    client.sign_in(cast.editor)
    address = f"/topics/{TOPIC}/care"
    assert f"@{cast.curator.handle}" in client.get(address).text
    wrong = client.post(address, data={"curators": "@никто", "own": "1", **PLAN})
    assert wrong.status_code == 422
    assert "@никто" in wrong.text
    data = {"curators": f"@{cast.expert.handle}, @{cast.clerk.handle}", "department": "", "own": "1", **PLAN}
    assert client.post(address, data=data).status_code == 303
    editor = factories.actor(cast.editor)
    form = care_form(editor, topics.head(editor, TOPIC).id)
    assert form.curators == (cast.expert.handle, cast.clerk.handle)
    assert form.plan == Plan((Wave("near", 0, 4), Wave("curators", 45, 2)))
    shown = client.sign_in(cast.clerk).get(f"/topics/{TOPIC}/keepers").text
    assert "Олег Банков" in shown


def test_who_looks_after_topics_hands_them_over(client, cast):
    client.sign_in(cast.curator)
    assert f"#{TOPIC}" in client.get("/care").text
    wrong = client.post(f"/care/{TOPIC}/hand-over", data={"to": "@никто"})
    assert wrong.status_code == 422
    assert 'value="@никто"' in wrong.text
    assert client.post(f"/care/{TOPIC}/keep").status_code == 303
    assert client.post(f"/care/{TOPIC}/hand-over", data={"to": f"@{cast.clerk.handle}"}).status_code == 303
    assert f"#{TOPIC}" not in client.get("/care").text


@pytest.mark.parametrize("roles", [[], ["manager"], ["moderator"]])
def test_the_desk_is_for_editors(client, cast, roles):
    client.sign_in(factories.person(roles=roles))
    for path in ("/desk/routing", f"/topics/{TOPIC}/care"):
        assert client.get(path).status_code == 403
        assert client.post(path, data={**PLAN, "a_day": "3", "hold": "3"}).status_code == 403
    assert client.post("/desk/routing/preview", data=PLAN).status_code == 403


def test_who_runs_a_shop_says_when_it_is_open(client, database):
    keeper = factories.person("Заведующая Салоном")
    shop = factories.shop("У112", manager=keeper)
    assert client.sign_in(factories.person(shop=shop)).get("/shops/У112/hours").status_code == 403
    assert client.post("/shops/У112/hours", data={"hours": "9-18"}).status_code == 403
    client.sign_in(keeper)
    assert "10:00–21:00" in client.get("/shops/У112").text
    wrong = client.post("/shops/У112/hours", data={"hours": "по настроению"})
    assert wrong.status_code == 422
    assert 'value="по настроению"' in wrong.text
    assert client.post("/shops/У112/hours", data={"hours": "пн-пт 10-20; сб-вс 11-18"}).status_code == 303
    assert 'value="Mo-Fr 10:00-20:00; Sa-Su 11:00-18:00"' in client.get("/shops/У112/hours").text
    assert client.get("/shops/нет/hours").status_code == 404


def test_who_manages_those_who_work_in_a_shop_sets_its_hours(client, database):
    """Staff files name people's managers, and not those who run a shop."""
    shop, manager = factories.shop("У112"), factories.person()
    factories.person(shop=shop, manager=factories.person(manager=manager))
    client.sign_in(manager)

    assert "/shops/У112/hours" in unquote(client.get("/shops/У112/people").text)
    assert client.post("/shops/У112/hours", data={"hours": "10-20"}).status_code == 303
    factories.shop("У113")
    assert client.post("/shops/У113/hours", data={"hours": "10-20"}).status_code == 403


def test_pages_stay_within_their_budgets_however_much_there_is(client, cast):
    for number in range(4):
        cast.ask(f"Вопрос {number} #{TOPIC}")
    asked = cast.ask("Последний вопрос без темы?")
    pages = {
        "/questions/for-me?show=all": (cast.neighbour, PAGE_BUDGET),
        "/notifications": (cast.neighbour, PAGE_BUDGET),
        "/notifications/menu": (cast.neighbour, FRAGMENT_BUDGET),
        f"/p/{asked.public_id}": (cast.neighbour, PAGE_BUDGET),
        f"/p/{asked.public_id}/routing": (cast.asker, FRAGMENT_BUDGET),
        f"/topics/{TOPIC}/keepers": (cast.neighbour, FRAGMENT_BUDGET),
        f"/topics/{TOPIC}/care": (cast.editor, PAGE_BUDGET),
        "/desk/routing": (cast.editor, PAGE_BUDGET),
        "/care": (cast.curator, PAGE_BUDGET),
    }
    outbox.run_due()
    for address, (person, budget) in pages.items():
        client.sign_in(person)
        asking = {"HX-Request": "true"} if budget == FRAGMENT_BUDGET else {}
        client.get(address, headers=asking)
        with counting() as statements:
            assert client.get(address, headers=asking).status_code == 200
        assert len(statements) <= budget, (address, statements)
