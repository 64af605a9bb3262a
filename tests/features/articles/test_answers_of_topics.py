"""The answers of a topic and the start page say how far to trust what stands there, and tell nothing of secrets."""

from datetime import date, timedelta

from app.articles.queries import knowledge
from app.core import clock, outbox
from app.core.unit_of_work import unit_of_work
from app.questions.service import accept
from app.trust.schemas import Limits, SetLimits
from app.trust.service import drop_to_check, make_official, set_limits
from tests import factories
from tests.factories import content, people
from tests.support.statements import counting


def answered(body, said, *, official=False, limits=None):
    """A question about #возврат with its answer; the answer."""
    asked = content.question(body=f"{body} #возврат")
    answer = content.answer(asked, body=said)
    accept(people.actor(people.db.session.get(people.Person, asked.author_id)), answer.public_id, on=True)
    editor = people.actor(people.person(roles=["editor"]))
    if official:
        make_official(editor, answer.public_id, on=True)
    if limits is not None:
        set_limits(editor, answer.public_id, SetLimits(limits))
    return answer


def test_the_answers_of_a_topic_say_how_far_to_trust_them(client, article):
    ural = people.region("Урал")
    ended = answered("Сколько дней раньше?", "Тридцать", limits=Limits(valid_until=date(2020, 1, 1)))
    answered("Сколько дней на Урале?", "Двадцать", limits=Limits(region_ids=frozenset({ural.id})))
    answered("Сколько дней?", "Четырнадцать", official=True)
    doubtful = answered("Нужен ли чек?", "Не нужен")
    with unit_of_work():
        drop_to_check([doubtful.id], ended.id)
    old = article(title="Старые правила", topics="#возврат")
    set_limits(
        people.actor(people.person(roles=["editor"])),
        old.public_id,
        SetLimits(Limits(valid_until=date(2020, 1, 1))),
    )
    outbox.run_due()
    client.sign_in(people.person())
    with counting() as statements:
        page = client.get("/topics/возврат/answers").text
    assert len(statements) <= 12

    def said_of(text):
        """The line of an answer or article, to the next one."""
        return page.partition(text)[2].partition("</details>" if "?" in text else "</li>")[0]

    assert "Больше не действует" in said_of("Старые правила")
    assert "Больше не действует" in said_of("Сколько дней раньше?")
    assert "Не действует там, где вы работаете" in said_of("Сколько дней на Урале?")
    assert "Урал" in said_of("Сколько дней на Урале?")
    assert "Официально" in said_of("Сколько дней?")
    assert "Проверить заново" in said_of("Нужен ли чек?")
    assert page.index("Сколько дней?") < page.index("Сколько дней раньше?"), "what is not valid comes last"
    assert page.count("is-beyond") == 3
    start = client.get("/knowledge").text
    assert "Больше не действует" in start.partition("Старые правила")[2].partition("</li>")[0]
    there = client.sign_in(people.person(shop=people.shop(region=ural))).get("/topics/возврат/answers").text
    assert there.count("is-beyond") == 2


def test_a_name_of_a_secret_group_looks_like_one_that_nobody_wrote(client, article):
    keeper = people.person()
    group = factories.group(visibility="secret", owner=keeper)
    article(keeper, "Тайное", place=group, topics="#слияние")
    client.sign_in(people.person())
    secret, unwritten = client.get("/topics/слияние/answers"), client.get("/topics/поглощение/answers")
    assert secret.status_code == unwritten.status_code == 200
    assert secret.text.replace("слияние", "…").count("…") == unwritten.text.replace("поглощение", "…").count(
        "…"
    )
    assert "Тайное" not in secret.text
    assert "Тайное" in client.sign_in(keeper).get("/topics/слияние/answers").text


def test_what_has_an_answer_is_not_asked_without_one(database):
    content.answer(content.question(body="Где ценники? #склад"))
    content.question(body="Где чехлы? #склад")
    content.answer(content.question(body="Как списать? #брак"))
    outbox.run_due()
    found = knowledge(people.actor(people.person())).asked
    assert [(line.topic, line.questions, line.title) for line in found] == [("склад", 1, "Где чехлы? #склад")]


def test_what_expires_first_stands_first_whether_it_has_to_be_checked_or_ends(article, frozen_clock):
    today = clock.today()
    article(title="Проверить через неделю", review_by=today + timedelta(days=7))
    article(title="Просрочена", review_by=today + timedelta(days=1))
    article(title="Нескоро", review_by=today + timedelta(days=200))
    ends = article(title="Кончится через три дня", review_by=today + timedelta(days=200))
    limits = SetLimits(Limits(valid_until=today + timedelta(days=5)))
    set_limits(people.actor(people.person(roles=["editor"])), ends.public_id, limits)
    clock.advance(2 * clock.DAY)
    found = knowledge(people.actor(people.person())).expiring
    assert [line.title for line in found] == [
        "Кончится через три дня",
        "Проверить через неделю",
        "Просрочена",
    ]
    assert found[0].ends == today + timedelta(days=5)
