"""Who looks after topics: set by editors, and on the manager's list when somebody leaves or moves."""

import pytest
from sqlalchemy import select

from app.accounts.service import erase
from app.articles.schemas import ArticleText, WriteArticle
from app.articles.service import write
from app.core import clock, outbox
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.notifications import queries as bell
from app.people.schemas import Workplace
from app.people.service import mark_left, move_person
from app.routing.models import TopicCurator
from app.routing.queries import care_form, keepers, looked_after
from app.routing.schemas import CareForm, Plan, Wave
from app.routing.service import hand_over, keep, set_care
from app.topics import queries as topics
from app.topics.service import merge
from tests import factories
from tests.support.outbox import deliver_twice


def topics_of(person):
    """Names of the topics a person looks after, with who did before."""
    return {line.name: line.handed_by for line in looked_after(factories.actor(person))}


@pytest.fixture
def editor(database):
    return factories.actor(factories.person("Елена Редакторова", roles=["editor"]))


@pytest.fixture
def curator(database, editor):
    """Somebody who looks after two topics, with a manager."""
    manager = factories.person("Марина Начальникова")
    person = factories.person("Вера Кураторова", manager=manager)
    for topic in ("касса", "акции"):
        set_care(editor, topic, CareForm((person.handle,), None, None))
    return person


def test_editors_say_who_looks_after_a_topic(editor, curator):
    department = factories.department("Кассовый центр")
    other = factories.person("Игорь Второй")
    set_care(editor, "касса", CareForm((curator.handle, f"@{other.handle}"), department.id, None))
    set_care(editor, "касса", CareForm((curator.handle, f"@{other.handle}"), department.id, None))
    shown = keepers(editor, "касса")
    assert [person.name for person in shown.curators] == ["Вера Кураторова", "Игорь Второй"]
    assert shown.department == "Кассовый центр"
    set_care(editor, "касса", CareForm((other.handle,), None, None))
    assert topics_of(curator) == {"акции": ""}
    assert db.session.scalars(select(AuditEntry.action)).all().count("topic.care_changed") == 5


def test_wrong_names_are_refused_and_nothing_changes(editor, curator):
    for form, field in (
        (CareForm(("никто",), None, None), "curators"),
        (CareForm((), 999, None), "department"),
        (CareForm(tuple(f"имя{number}" for number in range(11)), None, None), "curators"),
    ):
        with pytest.raises(Invalid) as error:
            set_care(editor, "касса", form)
        assert error.value.field == field
    assert topics_of(curator) == {"акции": "", "касса": ""}
    with pytest.raises(Forbidden):
        set_care(factories.actor(curator), "касса", CareForm((), None, None))
    with pytest.raises(NotFound):
        set_care(editor, "!", CareForm((), None, None))


@pytest.mark.parametrize("why", ["left", "moved"])
def test_topics_land_on_the_managers_list_at_once(curator, why):
    manager = curator.manager_id
    if why == "left":
        mark_left(curator.id, on=clock.today())
        deliver_twice("routing.left")
    else:
        move_person(curator.id, Workplace(position_id=factories.position("Товаровед").id))
        deliver_twice("routing.moved")
    deliver_twice("notifications.on_topics_handed")
    boss = db.session.get_one(type(curator), manager)
    assert topics_of(boss) == {"акции": "Вера Кураторова", "касса": "Вера Кураторова"}
    assert not db.session.scalars(select(TopicCurator).where(TopicCurator.person_id == curator.id)).all()
    (line,) = bell.page(factories.actor(boss)).lines
    assert (line.reason, line.person.name) == ("topics_handed", "Вера Кураторова")

    keep(factories.actor(boss), "касса")
    new = factories.person("Новая Хозяйка")
    hand_over(factories.actor(boss), "акции", f"@{new.handle}")
    assert topics_of(boss) == {"касса": ""}
    assert topics_of(new) == {"акции": ""}


def test_topics_and_articles_of_who_moves_go_to_one_manager_of_the_place_they_leave(client, editor):
    before, after = factories.person("Прежний Начальник"), factories.person("Новый Начальник")
    person = factories.person("Вера Кураторова", shop=factories.shop(manager=before), manager=after)
    set_care(editor, "касса", CareForm((person.handle,), None, None))
    write(factories.actor(person), WriteArticle(ArticleText("Возврат", "Без чека.")))
    move_person(person.id, Workplace(person.position_id, factories.shop(manager=after).id))
    outbox.run_due()
    assert topics_of(before) == {"касса": "Вера Кураторова"}
    assert topics_of(after) == {}
    client.sign_in(before)
    assert 'href="/care"' in client.get("/knowledge/care").text
    assert "Возврат" in client.get("/knowledge/care").text
    assert 'href="/knowledge/care"' in client.get("/care").text


def test_the_next_manager_who_works_here_or_who_runs_the_shop(editor):
    top = factories.person("Высший Начальник")
    gone = factories.person("Ушедший Начальник", manager=top, state="left")
    first = factories.person("Первая Кураторова", manager=gone)
    keeper = factories.person("Заведующий Салоном")
    second = factories.person("Вторая Кураторова", shop=factories.shop(manager=keeper))
    alone = factories.person("Третья Кураторова")
    for person, topic in ((first, "касса"), (second, "акции"), (alone, "склад")):
        set_care(editor, topic, CareForm((person.handle,), None, None))
        mark_left(person.id, on=clock.today())
    deliver_twice("routing.left")
    assert topics_of(top) == {"касса": "Первая Кураторова"}
    assert topics_of(keeper) == {"акции": "Вторая Кураторова"}
    assert keepers(editor, "склад") is None
    assert topics_of(db.session.get_one(type(alone), editor.person_id)) == {"склад": "Третья Кураторова"}


def test_without_a_manager_the_head_of_the_department_or_the_editors_decide(client, editor):
    above = factories.department("Коммерция")
    here = factories.department("Касса", parent=above)
    head, deputy = factories.person("Глава Отдела"), factories.person("Зам Главы")
    for manager in (head, head, deputy):
        factories.person(department=above, manager=manager)
    lone = factories.person("Вера Одинокова", department=here)
    left = factories.person("Пётр Уходящий")
    other = factories.person("Игорь Второй")
    set_care(editor, "касса", CareForm((lone.handle,), None, None))
    set_care(editor, "склад", CareForm((left.handle,), None, None))
    set_care(editor, "акции", CareForm((left.handle, other.handle), None, None))
    set_care(editor, "доставка", CareForm((left.handle,), None, None))
    for person in (lone, left):
        mark_left(person.id, on=clock.today())
    deliver_twice("routing.left")
    deliver_twice("notifications.on_topics_handed")
    assert topics_of(head) == {"касса": "Вера Одинокова"}
    assert topics_of(other) == {"акции": ""}
    me = db.session.get_one(type(left), editor.person_id)
    assert topics_of(me) == {"доставка": "Пётр Уходящий", "склад": "Пётр Уходящий"}
    assert [line.reason for line in bell.page(editor).lines] == ["topics_left"]

    client.sign_in(me)
    assert "2 темы ушедших сотрудников" in client.get("/desk/routing").text
    assert client.get("/notifications").text.count("ждут решения") == 1
    assert "Пётр Уходящий" in client.get("/care").text
    with pytest.raises(NotFound):
        keep(factories.actor(other), "склад")
    erase(left.id, by=None, texts=False)
    outbox.run_due()
    assert topics_of(me) == {"доставка": "", "склад": ""}
    client.post("/care/склад/keep")
    assert client.post("/care/доставка/hand-over", data={"to": "@никто"}).status_code == 422
    client.post("/care/доставка/hand-over", data={"to": f"@{other.handle}"})
    assert topics_of(other) == {"акции": "", "доставка": ""}
    assert [person.name for person in keepers(editor, "склад").curators] == [me.name]
    assert "ушедших сотрудников" not in client.get("/desk/routing").text


def test_a_topic_that_waits_and_becomes_one_with_another_waits_only_if_nobody_looks_after_that(
    editor, curator
):
    left = factories.person("Пётр Уходящий")
    for topic in ("склад", "остатки"):
        set_care(editor, topic, CareForm((left.handle,), None, None))
    mark_left(left.id, on=clock.today())
    outbox.run_due()
    me = db.session.get_one(type(left), editor.person_id)
    merge(editor, "склад", "касса")
    merge(editor, "остатки", "запасы")
    assert topics_of(me) == {"запасы": "Пётр Уходящий"}


def test_who_moves_and_has_no_manager_keeps_the_topics(editor):
    person = factories.person("Вера Кураторова")
    set_care(editor, "касса", CareForm((person.handle,), None, None))
    move_person(person.id, Workplace(position_id=factories.position().id))
    deliver_twice("routing.moved")
    assert topics_of(person) == {"касса": ""}


def test_topics_that_become_one_are_looked_after_by_both(editor, curator):
    bank, tills = factories.department("Банк"), factories.department("Кассы")
    other = factories.person("Игорь Второй")
    plan = Plan((Wave("near", 0, 2),))
    set_care(editor, "оплата", CareForm((other.handle, curator.handle), bank.id, plan))
    set_care(editor, "касса", CareForm((curator.handle,), tills.id, None))
    merge(editor, "оплата", "касса")
    form = care_form(editor, topics.head(editor, "касса").id)
    assert (sorted(form.curators), form.department_id, form.plan) == (
        sorted([curator.handle, other.handle]),
        tills.id,
        plan,
    )
    assert topics_of(other) == {"касса": ""}


def test_others_topics_can_not_be_kept_or_handed_over(curator):
    other = factories.actor(factories.person())
    for act in (lambda: keep(other, "касса"), lambda: hand_over(other, "касса", other.handle)):
        with pytest.raises(NotFound):
            act()
    for to in ("никто", ""):
        with pytest.raises(Invalid) as error:
            hand_over(factories.actor(curator), "касса", to)
        assert error.value.field == "to"


def test_a_topic_of_a_secret_group_shows_nobody_to_outsiders(editor, curator):
    assert keepers(factories.actor(factories.person()), "касса") is None  # nothing open is about it
    factories.publication(body="Открыто про #касса")
    outbox.run_due()
    assert keepers(factories.actor(factories.person()), "касса") is not None
