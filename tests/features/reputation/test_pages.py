"""What people read of points: the rules in words, and each point of their own with its reason."""

import re

import pytest
from sqlalchemy import select

from app.accounts.service.preferences import keep_first_locale
from app.content.service.changing import delete as remove
from app.content.service.moderating import hide, restore
from app.core import clock, outbox
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.groups.models import GroupMember
from app.questions.service import accept
from app.reputation import queries
from app.reputation.models import Rule
from app.reputation.schemas import RuleChange
from app.reputation.service import change_rule
from tests.factories import content, groups, people
from tests.support.statements import counting

PAGE_BUDGET = 12


def words(response):
    """The text of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


def english(**given):
    """Somebody who reads the words of the code."""
    made = people.person(**given)
    keep_first_locale(made.id, "en")
    return made


@pytest.fixture
def reader(client, database):
    me = english()
    client.sign_in(me)
    client.me = me
    return client


def test_every_rule_explains_itself(reader):
    page = words(reader.get("/reputation"))
    assert "Your answer is accepted less and less between the same two people +25" in page
    assert "Publish news at most 50 points a day +10" in page
    comment = "+3 in priority topics · at most 20 points a day · less and less between the same two people +2"
    assert ("Comment on what a colleague published " + comment) in page
    assert "3 × 40, 3 × 20, 3 × 10, 3 × 5" in page


def test_a_changed_rule_is_announced_before_and_explained_after(reader, frozen_clock):
    editor = people.actor(people.person(roles=["editor"]))
    begins = clock.now() + 2 * clock.DAY
    change_rule(editor, "news_published", _terms(points=3, daily_cap=6, valid_from=begins))
    page = words(reader.get("/reputation"))
    assert "What changes soon Publish news from 20 November · at most 6 points a day +3" in page
    assert "Publish news at most 50 points a day +10" in page
    clock.advance(2 * clock.DAY)
    page = words(reader.get("/reputation"))
    assert "Publish news at most 6 points a day +3" in page
    assert "What changes soon" not in page
    assert "+10" not in page


def test_a_rule_that_is_switched_off_or_over_is_not_offered(reader, frozen_clock):
    editor = people.actor(people.person(roles=["editor"]))
    change_rule(editor, "question_asked", _terms(points=0))
    change_rule(editor, "photo_added", _terms(points=5, valid_until=clock.now() + clock.HOUR))
    assert "Add a photo" in words(reader.get("/reputation"))
    clock.advance(clock.DAY)
    page = words(reader.get("/reputation"))
    assert "Ask a question" not in page
    assert "Add a photo" not in page


def test_levels_name_what_comes_with_them_and_where_one_is(reader):
    content.publication(reader.me)
    content.publication(reader.me, "#акция")
    outbox.run_due()
    page = words(reader.get("/reputation"))
    assert "Level 2 27 / 60 17 % 33 points to the next level" in page
    assert "Level 2 You are here 20" in page
    assert "Level 3 60 Add topics to what others published" in page


def test_points_have_their_reason_and_a_link(reader):
    asker = people.person("Лиана Гареева")
    reply = content.answer(content.question(asker, "Как вернуть чек?"), reader.me, "По паспорту.")
    accept(people.actor(asker), reply.public_id, on=True)
    outbox.run_due()
    response = reader.get("/reputation/points")
    page = words(response)
    assert "Your answer was accepted По паспорту. Лиана Гареева · just now +25" in page
    assert "Answer to a colleague’s question По паспорту. just now +4" in page
    question = db.session.get_one(type(reply), reply.root_id)
    assert f'href="/p/{question.public_id}#c-{reply.public_id}"' in response.get_data(as_text=True)


def test_a_reversal_is_shown_as_one(reader):
    item = content.publication(reader.me, "Новость дня")
    moderator = people.person()
    for change in (hide, restore):
        with unit_of_work():
            change(item, item, moderator.id)
    outbox.run_due()
    with unit_of_work():
        hide(item, item, moderator.id)
    outbox.run_due()
    with unit_of_work():
        restore(item, item, moderator.id)
    outbox.run_due()
    page = words(reader.get("/reputation/points"))
    assert "taken back · just now −10" in page
    assert "given again · just now +10" in page


def test_what_was_worth_less_says_why(reader):
    fan = people.person("Ян Фёдоров")
    for number in range(4):
        content.like(content.publication(reader.me, f"Новость {number}"), fan)
    for _ in range(3):
        content.publication(reader.me)
    outbox.run_due()
    page = words(reader.get("/reputation/points"))
    assert "2 acts gave nothing more: a limit was reached" in page
    assert page.count("the limit of the day was reached") == 2


def test_a_text_one_may_no_longer_see_is_neither_quoted_nor_linked_nor_is_anybody_named(reader):
    owner = people.person("Тайный Хозяин")
    group = groups.group("Секретный проект", owner=owner, visibility="secret", members=[reader.me])
    reply = content.answer(content.question(owner, "Где КАНАРЕЙКА?", place=group), reader.me, "КАНАРЕЙКА тут")
    accept(people.actor(owner), reply.public_id, on=True)
    outbox.run_due()
    assert "КАНАРЕЙКА" in words(reader.get("/reputation/points"))
    with unit_of_work():
        mine = db.session.scalars(select(GroupMember).where(GroupMember.person_id == reader.me.id)).all()
        for each in mine:
            db.session.delete(each)
    response = reader.get("/reputation/points")
    page = words(response)
    assert "Your answer was accepted just now +25" in page
    for secret in ("КАНАРЕЙКА", "Тайный Хозяин", "Секретный проект"):
        assert secret not in page
    assert reply.public_id not in response.get_data(as_text=True)


def test_a_deleted_text_leaves_its_points_but_not_its_words(reader):
    item = content.publication(reader.me, "Лишние слова")
    outbox.run_due()
    remove(people.actor(reader.me), item.public_id)
    outbox.run_due()
    response = reader.get("/reputation/points")
    assert "News published taken back · just now −10" in words(response)
    assert "Лишние" not in response.get_data(as_text=True)
    assert item.public_id not in response.get_data(as_text=True)


def test_one_sees_only_ones_own_points(reader):
    content.publication(people.person(), "Чужая новость")
    outbox.run_due()
    assert "No points yet" in words(reader.get("/reputation/points"))


def test_what_waits_is_shown_until_it_counts(client, database, frozen_clock):
    author = english()
    newcomer = english(name="Новый Человек", created_at=clock.now())
    content.like(content.publication(author), newcomer)
    content.publication(newcomer)
    outbox.run_due()
    client.sign_in(newcomer)
    page = words(client.get("/reputation/points"))
    assert "A colleague’s text liked counts from" in page
    assert "News published counts from" in page
    client.sign_in(author)
    page = words(client.get("/reputation/points"))
    assert "Your text was liked counts from" in page
    assert newcomer.name not in page


def test_a_long_list_comes_in_pages_that_neither_skip_nor_repeat(reader, monkeypatch):
    monkeypatch.setattr("app.reputation.queries.own.PAGE", 3)
    for number in range(5):
        content.publication(reader.me, f"Новость номер {number}")
    outbox.run_due()
    found, address = [], "/reputation/points"
    for _ in range(2):
        text = reader.get(address, headers={"HX-Request": "true"} if "before" in address else {}).text
        found += re.findall(r"Новость номер (\d)", text)
        [address] = re.findall(r'hx-get="(/reputation/points[^"]+)"', text) or [""]
    assert found == ["4", "3", "2", "1", "0"]
    assert reader.get("/reputation/points?before=nonsense").status_code == 422


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/reputation", "/reputation/points"])
def test_pages_keep_to_the_budget_however_much_there_is(reader, address):
    counts = []
    for some in (2, 8):
        for _ in range(some):
            content.like(content.publication(reader.me, "#акция"), people.person(created_at=clock.now()))
            content.like(content.publication(reader.me), people.person())
        outbox.run_due()
        reader.get(address)
        with counting() as statements:
            assert reader.get(address).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= PAGE_BUDGET


def test_guides_choice_of_versions_is_that_of_settling(database, frozen_clock):
    """The page and the ledger choose the version in force by two ways; they agree."""
    editor = people.actor(people.person(roles=["editor"]))
    change_rule(editor, "news_published", _terms(points=3, valid_from=clock.now() + 5 * clock.DAY))
    change_rule(editor, "news_published", _terms(points=4, valid_from=clock.now() + 2 * clock.DAY))
    change_rule(editor, "useful_like", _terms(points=2, valid_until=clock.now() + clock.DAY))
    for _ in range(7):
        shown = {each.current.id for each in queries.histories() if each.current}
        assert shown == {rule.id for rule in queries.rules_in_force(clock.now())}
        clock.advance(clock.DAY)
    assert db.session.scalars(select(Rule.points).where(Rule.code == "news_published")).all() == [10, 3, 4]


def _terms(points, **others):
    given = {
        "daily_cap": None, "priority_percent": 100, "only_priority": False, "account": "reputation",
        "valid_from": None, "valid_until": None, **others,
    }  # fmt: skip
    return RuleChange(points=points, **given)
