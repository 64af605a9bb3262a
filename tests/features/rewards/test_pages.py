"""What people and editors see of rewards, what it costs, and that nothing is lost of what is typed."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from app.core import clock
from app.core.audit import AuditEntry
from app.core.db import db
from app.files.models import File
from app.files.service import forget_unclaimed
from app.reputation.queries import terms as bonus_terms
from app.rewards.models import Order, Reward
from app.rewards.queries import loyalty, terms
from app.rewards.service import order_reward
from tests.factories import people
from tests.features.rewards.conftest import earn, reward
from tests.support.outbox import deliver_twice
from tests.support.statements import counting

ENGLISH = {"Accept-Language": "en"}
FORM = {
    "title_ru": "Худи", "title_en": "Hoodie", "terms_ru": "Размер любой", "terms_en": "", "drawing": "hoodie",
    "picture": "", "price": "300", "total": "5", "region_id": "", "shop_format": "", "level": "0",
    "active_from": "", "active_until": "",
}  # fmt: skip
PAGES = ("/rewards", "/rewards/orders", "/rewards/points", "/rewards/levels", "/reputation/points")
DESK = (
    "/desk/rewards",
    "/desk/rewards/new",
    "/desk/rewards/orders",
    "/desk/rewards/loyalty",
    "/desk/rewards/export",
)


def photo():
    data = BytesIO()
    Image.new("RGB", (80, 60), "orange").save(data, "PNG")
    return BytesIO(data.getvalue()), "hoodie.png"


@pytest.fixture
def desk(client, editor):
    return client.sign_in(editor)


def test_pages_cost_the_same_with_few_and_many(client, editor, buyer):
    earn(buyer.id, 900)
    wanted = reward(editor, total=None, price=10)
    client.sign_in(buyer)
    costs = []
    for number in (3, 27):
        for _ in range(number):
            reward(editor)
            order_reward(people.actor(buyer), wanted, 10)
        cost = {}
        for address in (*PAGES, f"/rewards/{wanted}", "/reputation/widget"):
            with counting() as statements:
                assert client.get(address).status_code == 200
            cost[address] = len(statements)
        costs.append(cost)
    assert costs[0] == costs[1]
    assert max(costs[1].values()) <= 12
    assert costs[1]["/reputation/widget"] <= 6


def test_an_order_by_its_button(client, editor, buyer):
    wanted = reward(editor)
    client.sign_in(buyer)
    page = client.get(f"/rewards/{wanted}", headers=ENGLISH)
    assert 'name="price" value="50"' in page.text
    key = page.text.split('name="idempotency_key" value="')[1].split('"')[0]
    for _ in range(2):
        sent = client.post(f"/rewards/{wanted}/order", data={"price": 50, "idempotency_key": key})
        assert (sent.status_code, sent.location) == (303, "/rewards/orders")
    (made,) = db.session.scalars(select(Order.public_id)).all()
    assert client.post(f"/rewards/{wanted}/order", data={"price": 49}).status_code == 422
    program = client.post(
        f"/rewards/{wanted}/order", data={"price": 49}, headers={"Accept": "application/json"}
    )
    assert [each["field"] for each in program.json["errors"]] == ["price"]
    assert client.post(f"/rewards/orders/{made}/cancel").status_code == 303
    assert client.post(f"/rewards/orders/{made}/close").status_code == 409
    assert client.post(f"/rewards/orders/{made}/steal").status_code == 404


def test_what_is_lacking_is_said_in_words(client, editor, buyer):
    client.sign_in(buyer)
    said = {
        "points": client.get(f"/rewards/{reward(editor, price=200)}").text,
        "gone": client.get(f"/rewards/{reward(editor, total=0)}").text,
        "level": client.get(f"/rewards/{reward(editor, level=3)}").text,
    }
    elsewhere = reward(editor, region_id=people.region().id)
    assert client.get(f"/rewards/{elsewhere}").status_code == 404
    client.sign_in(editor)
    said["others"] = client.get(f"/rewards/{elsewhere}").text
    assert all('/order"' not in text for text in said.values())
    assert "80" in said["points"]
    assert "/rewards/levels" in said["level"]


def test_nobody_is_led_to_an_empty_place(client, database, editor):
    person = people.person()
    client.sign_in(person)
    assert 'href="/rewards"' not in client.get("/reputation/points").text
    assert 'href="/rewards"' not in client.get("/reputation/widget").text
    earn(person.id, 10)
    assert 'href="/rewards"' in client.get("/reputation/points").text
    reward(editor)
    assert 'href="/rewards"' in client.get("/reputation/points").text
    assert 'href="/rewards"' in client.get("/reputation/widget").text


def test_the_statement_goes_on(client, buyer):
    for number in range(60):
        earn(buyer.id, number + 1)
    client.sign_in(buyer)
    first = client.get("/rewards/points")
    more = first.text.split('hx-get="')[1].split('"')[0]
    rest = client.get(more, headers={"HX-Request": "true"})
    assert first.text.count("statement-sums") + rest.text.count("statement-sums") == 61
    assert "<html" not in rest.text


@pytest.mark.parametrize("roles", [[], ["manager"], ["moderator"]])
def test_only_editors_come_to_the_desk(client, editor, roles):
    wanted = reward(editor)
    number = db.session.scalar(select(Reward.id).where(Reward.public_id == wanted))
    client.sign_in(people.person(roles=roles))
    for address in (*DESK, f"/desk/rewards/{number}", "/desk/rewards/export.csv"):
        assert client.get(address).status_code == 403, address
    for address in (
        "/desk/rewards",
        f"/desk/rewards/{number}",
        f"/desk/rewards/{number}/retire",
        "/desk/rewards/loyalty",
    ):
        assert client.post(address, data={**FORM, "on": "1"}).status_code == 403, address
    assert client.post("/desk/rewards/orders/unknown/approve").status_code == 404


def test_a_reward_is_made_with_a_photo_changed_and_retired(desk, new_client, editor):
    sent = {**FORM, "photo": photo()}
    assert desk.post("/desk/rewards", data=sent, content_type="multipart/form-data").status_code == 303
    made = db.session.scalars(select(Reward)).one()
    file = db.session.get_one(File, made.picture_id)
    with clock.frozen(clock.now() + 3 * clock.DAY):
        assert forget_unclaimed() == 0
    reader = new_client().sign_in(people.person())
    assert reader.get(f"/files/{file.public_id}/medium").status_code == 200
    for address in (*DESK, f"/desk/rewards/{made.id}"):
        with counting() as statements:
            assert desk.get(address).status_code == 200
        assert len(statements) <= 12
    changed = {**FORM, "picture": file.public_id, "price": "250", "active_until": "2099-01-01"}
    assert desk.post(f"/desk/rewards/{made.id}", data=changed).status_code == 303
    assert (made.price, made.picture_id) == (250, file.id)
    desk.post(f"/desk/rewards/{made.id}/retire", data={"on": "1"})
    assert reader.get(f"/rewards/{made.public_id}").status_code == 404
    assert reader.get(f"/files/{file.public_id}/medium").status_code == 404
    desk.post(f"/desk/rewards/{made.id}", data={**changed, "no_picture": "1"})
    db.session.expire_all()
    assert made.picture_id is None
    actions = set(
        db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("reward.")))
    )
    assert actions == {"reward.made", "reward.changed", "reward.retired"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_ru", " "), ("title_en", "x" * 81), ("drawing", "../secret"), ("price", "0"), ("price", "free"),
        ("total", "-1"), ("region_id", "999999"), ("shop_format", "castle"), ("level", "4"), ("active_from", "soon"),
        ("picture", "somebody-elses"), ("terms_ru", "x" * 2001),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, field, value):
    page = desk.post("/desk/rewards", data={**FORM, "terms_en": "Typed before", field: value})
    assert (page.status_code, "Typed before" in page.text) == (422, True)
    program = desk.post("/desk/rewards", data={**FORM, field: value}, headers={"Accept": "application/json"})
    assert [each["field"] for each in program.json["errors"]] == [field]
    assert db.session.scalars(select(Reward)).all() == []


def test_there_are_never_fewer_than_are_ordered(desk, editor, buyer):
    wanted = reward(editor, total=5)
    for _ in range(2):
        order_reward(people.actor(buyer), wanted, 50)
    number = db.session.scalar(select(Reward.id).where(Reward.public_id == wanted))
    assert desk.post(f"/desk/rewards/{number}", data={**FORM, "total": "1"}).status_code == 422
    assert desk.post(f"/desk/rewards/{number}", data={**FORM, "total": "2"}).status_code == 303


def test_orders_are_handled_at_the_desk(desk, editor, buyer):
    made = order_reward(people.actor(buyer), reward(editor), 50).public_id
    page = desk.get("/desk/rewards/orders?state=ordered")
    assert f'href="/people/{buyer.handle}"' in page.text
    assert f"{made}/approve" in page.text
    sent = desk.post(f"/desk/rewards/orders/{made}/approve?state=ordered", data={"note": "Кабинет 12"})
    assert sent.location == "/desk/rewards/orders?state=ordered"
    assert made not in desk.get("/desk/rewards/orders?state=ordered").text
    assert "Кабинет 12" in desk.get("/desk/rewards/orders?state=approved").text
    assert desk.post(f"/desk/rewards/orders/{made}/close").status_code == 409


def test_a_note_that_is_too_long_is_told_beside_its_order_and_kept(desk, editor, buyer):
    offered, long = reward(editor), "x" * 301
    made = [order_reward(people.actor(buyer), offered, 50).public_id for _ in range(2)]
    refused = desk.post(f"/desk/rewards/orders/{made[0]}/cancel", data={"note": long})

    assert refused.status_code == 422
    assert refused.text.count("Знаков — не больше 300.") == refused.text.count(long) == 1
    assert f'aria-describedby="note-{made[0]}-error-1"' in refused.text
    elsewhere = desk.post(f"/desk/rewards/orders/{made[0]}/cancel?state=closed", data={"note": long})
    assert elsewhere.text.count("Знаков — не больше 300.") == 1


def test_levels_and_terms_are_set(desk, buyer):
    typed = {
        "months": "6",
        "silver": "100",
        "gold": "200",
        "platinum": "900",
        "gold_en": "A cup with your name",
    }
    page = desk.post("/desk/rewards/loyalty", data={**typed, "gold": "50"})
    assert (page.status_code, "A cup with your name" in page.text) == (422, True)
    assert desk.post("/desk/rewards/loyalty", data={**typed, "months": "0"}).status_code == 422
    assert terms().thresholds != (100, 200, 900)
    assert desk.post("/desk/rewards/loyalty", data=typed).status_code == 303
    assert (loyalty(buyer.id).code, loyalty(buyer.id).percent, bonus_terms()[-1][1]) == ("silver", 20, 6)
    assert terms().benefits["gold"]["en"] == "A cup with your name"


def test_the_report_can_be_opened_by_a_spreadsheet(frozen_clock, desk, flask_app, editor, buyer):
    odd = people.person()
    odd.personnel_number = "=cmd|'/c calc'!A1"
    db.session.commit()
    earn(odd.id, 30, clock.now() - 40 * clock.DAY)
    made = order_reward(people.actor(buyer), reward(editor), 50)
    assert made.fresh
    answer = desk.get("/desk/rewards/export.csv?from=2025-11-01&to=2025-11-30")
    assert answer.headers["Content-Type"].startswith("text/csv")
    header, *rows = answer.data.decode("utf-8-sig").splitlines()
    assert header == "from,to,personnel_number,earned,spent,expired,balance,orders"
    assert sorted(rows) == sorted(
        [
            f"2025-11-01,2025-11-30,{buyer.personnel_number},120,50,0,70,1",
            "2025-11-01,2025-11-30,'=cmd|'/c calc'!A1,0,0,0,30,0",
        ]
    )
    assert desk.get("/desk/rewards/export.csv?from=2025-11-01&to=nonsense").status_code == 422
    assert desk.get("/desk/rewards/export.csv?from=2025-11-02&to=2025-11-01").status_code == 422
    printed = flask_app.test_cli_runner().invoke(
        args=["rewards", "export", "--from", "2025-11-01", "--to", "2025-11-30"]
    )
    assert sorted(printed.output.removeprefix("\ufeff").splitlines()[1:]) == sorted(rows)


def test_the_bell_names_the_reward_and_leads_there(client, editor, buyer):
    order_reward(people.actor(buyer), reward(editor), 50)
    deliver_twice("notifications.on_ordered")
    client.sign_in(editor)
    bell = client.get("/notifications")
    assert "Термокружка" in bell.text or "Thermos" in bell.text
    opened = client.get(bell.text.split('class="note-link" href="')[1].split('"')[0])
    assert opened.location == "/desk/rewards/orders?state=ordered"
