"""What a person wants to be told, and when nothing announces itself."""

import re

from sqlalchemy import select

from app.accounts import service as accounts
from app.core import clock, outbox
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.notifications import queries, service
from app.notifications.models import Notification, NotificationSetting
from app.notifications.schemas import ALWAYS, KIND_OF, KINDS, REASONS, NotificationSettings
from tests.factories import content, people
from tests.support.statements import counting


def told(person) -> list[str]:
    """The reasons a person was told, after everything was delivered."""
    outbox.run_due()
    query = select(Notification.reason).where(Notification.person_id == person.id).order_by(Notification.id)
    return list(db.session.scalars(query))


def mute(person, *kinds, **quiet):
    """Switch kinds off for somebody."""
    service.save_settings(people.actor(person), NotificationSettings(frozenset(kinds), **quiet))


def test_every_reason_is_one_s_own_choice_or_told_to_everybody():
    assert sorted([*KIND_OF, *ALWAYS]) == sorted(REASONS)


def test_what_is_switched_off_is_not_told_and_the_next_reason_counts(database):
    author, fan, calm = people.person(), people.person(), people.person()
    mute(calm, "mentions", "likes")
    item = content.publication(author)
    mine = content.comment(item, calm)
    content.like(mine, fan)
    content.publication(author, f"Привет, @{calm.handle}")
    content.comment(item, fan, f"@{calm.handle}, согласен", to=mine)

    assert told(calm) == ["replied"]
    assert told(author)[:2] == ["commented", "commented"]


def test_a_thread_is_one_line_and_a_mention_in_it_another(database):
    author, fan, other = people.person(), people.person(), people.person()
    item = content.publication(author)
    content.comment(item, fan)
    content.comment(item, other)
    content.comment(item, other, f"@{author.handle}")
    outbox.run_due()

    lines = [(line.reason, line.people) for line in queries.page(people.actor(author)).lines]
    assert [each for each in lines if each[0] != "level"] == [("mentioned", 1), ("commented", 2)]


def test_a_recall_and_a_decision_are_told_whatever_is_switched_off(database):
    person, item = people.person(), content.publication(people.person())
    mute(person, *KINDS)
    with unit_of_work():
        for number, reason in enumerate(REASONS, 1):
            service.tell(-number, {person.id: reason}, actor_id=None, content=item)

    assert sorted(told(person)) == sorted(ALWAYS)


def test_telling_many_costs_no_statement_more(database):
    item, crowd = content.publication(people.person()), [people.person() for _ in range(3)]
    outbox.run_due()
    mute(crowd[0], "likes")
    reasons = {person.id: ["liked", "level"] for person in crowd}
    with unit_of_work():
        assert item.audience == "company"
        with counting() as statements:
            service.tell(-1, reasons, actor_id=None, content=item)

    assert len([each for each in statements if "outbox" not in each]) == 2
    assert told(crowd[0]) == ["level"]
    assert told(crowd[1]) == ["liked"]


def test_the_page_keeps_what_was_chosen_in_both_languages(client):
    person = people.person()
    client.sign_in(person)
    page = client.get("/settings/notifications").text
    assert (
        page.count('name="tell"') == len(re.findall(r'name="tell" value="\w+" checked', page)) == len(KINDS)
    )

    wanted = [kind for kind in KINDS if kind != "likes"]
    form = {"tell": wanted, "quiet": "hours", "quiet_from": "21:30", "quiet_until": "7:05"}
    assert client.post("/settings/notifications", data=form).status_code == 303

    assert queries.settings(people.actor(person)) == NotificationSettings(
        frozenset({"likes"}), "hours", 21 * 60 + 30, 7 * 60 + 5
    )
    accounts.set_locale(people.actor(person), "en")
    page = client.get("/settings/notifications").text
    assert "What the bell tells you" in page
    assert 'value="likes">' in page
    assert 'value="21:30"' in page
    assert 'value="07:05"' in page


WRONG = (
    ({"quiet_from": "ночью"}, "quiet_from"),
    ({"quiet_until": "24:00"}, "quiet_until"),
    ({"quiet_until": "22:00"}, "quiet_until"),
    ({"quiet": "always"}, "quiet"),
)


def test_a_wrong_time_is_said_at_its_field_and_nothing_typed_is_lost(client):
    person = people.person()
    client.sign_in(person)
    for wrong, field in WRONG:
        form = {"tell": ["likes"], "quiet": "hours", "quiet_from": "22:00", "quiet_until": "08:00", **wrong}
        answer = client.post("/settings/notifications", data=form)

        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}-error-1"' in answer.text
        assert 'value="likes" checked' in answer.text
        assert f'value="{form["quiet_from"]}"' in answer.text
    assert db.session.get(NotificationSetting, person.id) is None


#: What was chosen, the hour of the person's day, and whether the bell is silent then.
TIMES = (
    ("never", 3, False), ("hours", 7, True), ("off_duty", 7, True), ("hours", 8, False), ("off_duty", 12, False),
    ("off_duty", 21, True), ("hours", 21, False), ("hours", 23, True),
)  # fmt: skip


def test_in_quiet_hours_the_bell_fills_and_says_that_it_is_silent(client, frozen_clock):
    """By the clock of the person, which in Vladivostok is ten hours ahead."""
    shop = people.shop(time_zone="Asia/Vladivostok")
    shop.opening_hours = "Mo-Su 10:00-20:00"
    person, fan = people.person(shop=shop), people.person()
    content.like(content.publication(person), fan)
    outbox.run_due()
    now = frozen_clock.now()
    midnight = now - now % clock.DAY + clock.DAY - 10 * clock.HOUR
    found = []
    for quiet, hour, _silent in TIMES:
        mute(person, quiet=quiet)
        frozen_clock.advance(midnight + hour * clock.HOUR - frozen_clock.now())
        client.sign_in(person)
        with counting() as statements:
            panel = client.get("/notifications/menu").text
        assert len(statements) <= 6
        assert 'data-unread-notifications="1"' in panel
        found.append((quiet, hour, " data-quiet>" in panel))

    assert found == list(TIMES)
    assert "#moon" in client.get("/notifications").text


def test_who_is_erased_leaves_no_wishes(database):
    person = people.person()
    mute(person, "likes")
    service.forget_person(person.id)

    assert db.session.get(NotificationSetting, person.id) is None
