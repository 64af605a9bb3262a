"""A company where nothing gives bonus points is offered rules that do; the statement says where each row came from."""

from sqlalchemy import select

from app.content.service.changing import delete
from app.core import clock, outbox
from app.core.db import db
from app.groups.service import leave
from app.questions.service import accept
from app.reputation.models import Rule
from app.reputation.queries import bonus_balance, pays_bonus
from app.reputation.service import verify
from app.rewards.service import order_reward
from tests.factories import content, groups, people
from tests.features.badges.test_thanking import thank
from tests.features.rewards.conftest import reward


def test_one_button_lets_bonus_points_be_earned(client, editor, frozen_clock):
    client.sign_in(people.person())
    assert client.post("/desk/rewards/offered").status_code == 403
    client.sign_in(editor)
    assert "/desk/rewards/offered" in client.get("/desk/rewards").text
    assert not pays_bonus()
    for _again in range(2):
        assert client.post("/desk/rewards/offered").status_code == 303
    assert "/desk/rewards/offered" not in client.get("/desk/rewards").text
    made = db.session.scalars(select(Rule.code).where(Rule.account == "bonus", Rule.points > 0)).all()
    assert sorted(made) == ["accepted_bonus", "thanks_bonus"]

    clock.advance(clock.HOUR)
    asker, helper = people.person(), people.person()
    accept(people.actor(asker), content.answer(content.question(asker), helper).public_id, on=True)
    thank(people.person(), helper)
    outbox.run_due()
    assert bonus_balance(helper.id) == 60 + 40
    assert list(verify()) == []


def test_rows_lead_to_what_earned_them(client, editor, frozen_clock):
    client.sign_in(editor)
    client.post("/desk/rewards/offered")
    clock.advance(clock.HOUR)
    asker, helper = people.person(), people.person()
    secret = groups.group(owner=asker, visibility="secret")
    groups.join(secret, helper)
    open_, hidden = content.question(asker, "Про возврат?"), content.question(asker, place=secret)
    answers = [content.answer(each, helper, "По паспорту") for each in (open_, hidden)]
    for each in answers:
        accept(people.actor(asker), each.public_id, on=True)
    said = thank(people.person(), helper, body="За субботу")
    outbox.run_due()
    order_reward(people.actor(helper), reward(editor), 50)
    client.sign_in(helper)
    page = client.get("/rewards/points").text
    for address in (
        f"/p/{open_.public_id}#c-{answers[0].public_id}", f"/p/{hidden.public_id}#c-", f"/p/{said.public_id}",
        '"/rewards/orders"',
    ):  # fmt: skip
        assert address in page
    assert "За субботу" in page

    leave(people.actor(helper), secret.handle)
    delete(people.actor(asker), open_.public_id)
    outbox.run_due()
    page = client.get("/rewards/points").text
    assert hidden.public_id not in page
    assert open_.public_id not in page
    assert said.public_id in page
