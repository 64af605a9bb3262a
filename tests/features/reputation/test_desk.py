"""The desk of rules: editors set them from a date on, see before what would come of it, and never touch the past."""

import pytest
from sqlalchemy import func, select

from app.core import clock, outbox, settings
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Forbidden
from app.core.unit_of_work import unit_of_work
from app.questions.service import accept
from app.reputation import queries
from app.reputation.models import ELSEWHERE, Entry, Rule
from app.reputation.queries import standing
from app.reputation.schemas import RuleChange
from app.reputation.service import change_rule, preview, set_levels, verify
from app.topics.service import choose
from tests.factories import content, people
from tests.support.statements import counting

PAGE_BUDGET = 12
TERMS = {"points": "3", "daily_cap": "9", "priority_percent": "100", "account": "reputation"}


@pytest.fixture
def desk(client, database, frozen_clock):
    client.me = people.person("Вера Власова", roles=["editor"])
    return client.sign_in(client.me)


def versions(code):
    return db.session.scalars(select(Rule).where(Rule.code == code).order_by(Rule.version)).all()


@pytest.mark.parametrize("roles", [[], ["manager"], ["moderator"]])
def test_rules_are_set_by_editors_alone(client, database, roles):
    somebody = people.person(roles=roles)
    client.sign_in(somebody)
    for path in ("/desk/rules", "/desk/rules/news_published", "/desk/rules/nothing"):
        assert client.get(path).status_code == 403
    for path in ("/desk/rules/levels", "/desk/rules/news_published", "/desk/rules/news_published/preview"):
        assert client.post(path, data=TERMS).status_code == 403
    change = RuleChange(3, None, 100, False, "reputation", None, None)
    for use in (change_rule, preview):
        with pytest.raises(Forbidden):
            use(people.actor(somebody), "news_published", change)
    with pytest.raises(Forbidden):
        set_levels(people.actor(somebody), (1,), {})
    assert len(versions("news_published")) == 1


def test_a_rule_that_there_is_not_is_not_found(desk):
    assert desk.get("/desk/rules/nothing").status_code == 404
    for path in ("/desk/rules/nothing", "/desk/rules/nothing/preview"):
        assert desk.post(path, data=TERMS).status_code == 404


def test_a_change_is_a_new_version_from_now_and_audited(desk):
    author = people.person()
    content.publication(author)
    outbox.run_due()
    clock.advance(clock.HOUR)
    assert desk.post("/desk/rules/news_published", data=TERMS).status_code == 303
    content.publication(author)
    outbox.run_due()
    first, second = versions("news_published")
    assert (first.points, second.points, second.daily_cap, second.made_by) == (10, 3, 9, desk.me.id)
    assert (second.act, second.pays, second.valid_from) == ("published", "doer", clock.now())
    assert standing(author.id).points == 10  # the day's nine are used up already
    clock.advance(clock.DAY)
    content.publication(author)
    outbox.run_due()
    assert standing(author.id).points == 13
    assert list(verify()) == []
    [noted] = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "reputation.rule_changed"))
    assert (noted.subject, noted.actor_id) == ("rule:news_published", desk.me.id)
    assert (noted.details["before"]["points"], noted.details["after"]["points"]) == (10, 3)


def test_a_planned_change_begins_with_its_day_in_the_editors_time_zone(desk):
    """12:00 in Moscow on 18 November."""
    desk.post(
        "/desk/rules/news_published", data={**TERMS, "valid_from": "2025-11-20", "valid_until": "2025-11-21"}
    )
    made = versions("news_published")[-1]
    assert made.valid_from == clock.now() + 36 * clock.HOUR
    assert made.valid_until == clock.now() + 84 * clock.HOUR - 1
    page = desk.get("/desk/rules").text
    assert "20 ноября" in page
    history = queries.history("news_published")
    assert [history.state(each, clock.now()) for each in history.versions] == ["planned", "now"]
    desk.post("/desk/rules/news_published", data={**TERMS, "points": "4", "valid_from": "2025-11-19"})
    history = queries.history("news_published")
    assert [history.state(each, clock.now()) for each in history.versions] == ["planned", "never", "now"]


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("points", "-1"),
        ("points", ""),
        ("points", "много"),
        ("points", "1001"),
        ("daily_cap", "0"),
        ("daily_cap", "²"),
        ("priority_percent", "1e3"),
        ("account", "gold"),
        ("valid_from", "2025-11-17"),
        ("valid_from", "завтра"),
        ("valid_until", "2025-11-17"),
        ("valid_until", "9999-12-31"),
    ],
)
@pytest.mark.parametrize("path", ["/desk/rules/news_published", "/desk/rules/news_published/preview"])
def test_what_was_typed_wrong_stays_beside_its_message(desk, path, field, written):
    response = desk.post(path, data={**TERMS, field: written})
    assert response.status_code == 422
    assert f'href="#{field}"' in response.text
    assert f'id="{field}-error-1"' in response.text or field == "account"
    assert f'value="{written}"' in response.text or field == "account"
    assert len(versions("news_published")) == 1


def test_the_last_day_comes_after_the_first(desk):
    data = {**TERMS, "valid_from": "2025-12-02", "valid_until": "2025-12-01"}
    response = desk.post("/desk/rules/news_published", data=data)
    assert (response.status_code, 'id="valid_until-error-1"' in response.text) == (422, True)


def test_what_changes_nothing_makes_no_version(desk):
    same = {"points": "10", "daily_cap": "50", "priority_percent": "100", "account": "reputation"}
    assert desk.post("/desk/rules/news_published", data=same).status_code == 422
    assert len(versions("news_published")) == 1


def test_what_is_planned_can_be_had_earlier(desk):
    for wanted, status in (("2025-11-20", 303), ("2025-11-20", 422), ("", 303), ("", 422)):
        answer = desk.post("/desk/rules/news_published", data={**TERMS, "valid_from": wanted})
        assert answer.status_code == status
    assert [each.valid_from - clock.now() for each in versions("news_published")[1:]] == [36 * clock.HOUR, 0]


def test_programs_are_told_what_is_wrong(desk):
    response = desk.post(
        "/desk/rules/news_published", data={**TERMS, "points": "x"}, headers={"Accept": "application/json"}
    )
    assert response.status_code == 422
    assert response.json["errors"][0]["field"] == "points"


def test_the_preview_says_who_would_gain_and_lose_and_saves_nothing(desk):
    busy, calm = people.person("Много Пишет"), people.person("Мало Пишет")
    for number in range(3):
        content.publication(busy, f"Новость {number}")
    content.publication(calm)
    outbox.run_due()
    entries = db.session.scalar(select(func.count()).select_from(Entry))
    clock.advance(clock.HOUR)
    shown = preview(
        people.actor(desk.me), "news_published", RuleChange(20, 30, 100, False, "reputation", None, None)
    )
    assert (shown.acts, shown.people, shown.before, shown.after) == (4, 1, 40, 50)
    assert [(each.name, each.before, each.after) for each in shown.gain] == [("Мало Пишет", 10, 20)]
    assert shown.lose == ()
    less = preview(
        people.actor(desk.me), "news_published", RuleChange(1, None, 100, False, "reputation", None, None)
    )
    assert [(each.name, each.before, each.after) for each in less.lose] == [
        ("Много Пишет", 30, 3),
        ("Мало Пишет", 10, 1),
    ]
    response = desk.post("/desk/rules/news_published/preview", data={**TERMS, "points": "20"})
    assert response.status_code == 200
    assert "Много Пишет" in response.text
    assert 'value="20"' in response.text
    assert len(versions("news_published")) == 1
    assert db.session.scalar(select(func.count()).select_from(Entry)) == entries


def test_the_preview_under_todays_rules_is_what_was_given(desk):
    """Damping between two people and the limit of a day included, over all that praise is given for."""
    one, other = people.person(), people.person()
    for number in range(8):
        asker, helper = (one, other) if number % 3 else (other, one)
        reply = content.answer(content.question(asker), helper)
        accept(people.actor(asker), reply.public_id, on=True)
        content.like(reply, asker)
        outbox.run_due()
        clock.advance(clock.HOUR)
    for code in ("answer_accepted", "useful_like", "answer_written", "question_asked"):
        rule = queries.history(code).latest
        same = RuleChange(
            rule.points, rule.daily_cap, rule.priority_percent, rule.only_priority, rule.account, None, None
        )
        shown = preview(people.actor(desk.me), code, same)
        given = db.session.scalar(select(func.sum(Entry.delta)).where(Entry.rule == code))
        assert (shown.before, shown.after, shown.people) == (given, given, 0)


def test_acts_of_long_ago_are_not_in_the_preview(desk):
    content.publication(people.person())
    clock.advance(31 * clock.DAY)
    change = RuleChange(20, None, 100, False, "reputation", None, None)
    assert preview(people.actor(desk.me), "news_published", change).acts == 0


def test_levels_are_set_and_audited(desk):
    somebody = people.person()
    content.publication(somebody)
    outbox.run_due()
    typed = {"thresholds": "5, 9;  2250", "add_topics": "2", "confirm_answers": "4", "merge_topics": "4"}
    response = desk.post("/desk/rules/levels", data=typed)
    assert response.status_code == 303
    assert settings.get("reputation.levels") == [5, 9, 2250]
    assert standing(somebody.id).level == 3
    assert settings.get("reputation.rights") == {"add_topics": 2, "confirm_answers": 4, "merge_topics": 4}
    [noted] = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "reputation.levels_changed"))
    assert noted.details["after"] == {
        "ends": [5, 9, 2250],
        "add_topics": 2,
        "confirm_answers": 4,
        "merge_topics": 4,
    }
    assert 'value="5, 9, 2250"' in desk.get("/desk/rules").text


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("thresholds", "20, 60, 60"),
        ("thresholds", "60, 20"),
        ("thresholds", "0, 20"),
        ("thresholds", "20, -60"),
        ("thresholds", ""),
        ("thresholds", "двадцать"),
        ("thresholds", ", ".join(map(str, range(1, 60)))),
        ("thresholds", "99999999"),
        ("add_topics", "0"),
        ("add_topics", "5"),
        ("confirm_answers", "x"),
    ],
)
def test_levels_that_make_no_sense_stay_to_be_corrected(desk, field, written):
    typed = {
        "thresholds": "20, 60",
        "add_topics": "2",
        "confirm_answers": "3",
        "merge_topics": "3",
        field: written,
    }
    response = desk.post("/desk/rules/levels", data=typed)
    assert response.status_code == 422
    assert f'id="{field}-error-1"' in response.text
    assert f'value="{written}"' in response.text
    assert settings.get("reputation.levels") is None


def test_pages_of_the_desk_keep_to_the_budget(desk):
    for points in range(1, 6):
        clock.advance(clock.HOUR)
        desk.post("/desk/rules/news_published", data={**TERMS, "points": str(points)})
    for path in ("/desk/rules", "/desk/rules/news_published"):
        desk.get(path)
        with counting() as statements:
            assert desk.get(path).status_code == 200
        assert len(statements) <= PAGE_BUDGET


def test_rules_of_imported_sites_are_not_ours_to_set(desk):
    with unit_of_work():
        db.session.add(
            Rule(
                code="se.answer", version=1, act=ELSEWHERE, pays="other", points=10, valid_from=0, made_at=0,
            )
        )  # fmt: skip
    assert "se.answer" not in desk.get("/desk/rules").text
    assert desk.get("/desk/rules/se.answer").status_code == 404
    assert desk.post("/desk/rules/se.answer", data=TERMS).status_code == 404
    assert "+10" in desk.get("/reputation").text
    assert "se." not in desk.get("/reputation").text


# Further rules ----------------------------------------------------------------------------------------------------

DOUBLE = {
    "title": "В декабре вдвое", "what": "answered:doer", "points": "6", "daily_cap": "", "priority_percent": "100",
    "only_priority": "1", "account": "reputation", "valid_from": "2025-12-01", "valid_until": "2025-12-31",
}  # fmt: skip


def test_a_further_rule_pays_besides_in_its_period_and_topics(desk):
    author, asker = people.person(), people.person()
    choose(people.actor(desk.me), "акции")
    made = desk.post("/desk/rules", data=DOUBLE)
    assert made.status_code == 303
    code = made.location.rpartition("/")[2]
    [rule] = versions(code)
    assert (rule.title, rule.act, rule.pays, rule.only_priority) == (
        "В декабре вдвое",
        "answered",
        "doer",
        True,
    )
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.action == "reputation.rule_made")).one()

    def earned(body):
        before = standing(author.id).points
        content.answer(content.question(asker, body), author)
        outbox.run_due()
        return standing(author.id).points - before

    usual = earned("Когда #акции?")
    assert "В декабре вдвое" in desk.get("/reputation").text  # among what changes soon
    clock.advance(30 * clock.DAY)
    assert earned("Ещё про #акции?") == usual + 6
    assert earned("Как включить свет?") < usual
    desk.sign_in(author)
    assert "В декабре вдвое" in desk.get("/reputation/points").text
    clock.advance(30 * clock.DAY)
    assert earned("Опять про #акции?") == usual
    assert list(verify()) == []
    assert len(list(db.session.scalars(select(Entry).where(Entry.rule == code)))) == 1


def test_rules_are_made_and_changed_from_now_on_while_time_goes_on(client, database):
    client.sign_in(people.person(roles=["editor"]))
    made = client.post("/desk/rules", data={**DOUBLE, "valid_from": "", "valid_until": ""})
    assert made.status_code == 303
    assert client.post("/desk/rules/news_published", data=TERMS).status_code == 303
    changed = client.post(made.location, data={**TERMS, "title": "Иначе"})
    assert changed.status_code == 303
    assert "Иначе" in client.get(made.location).text


def test_a_further_rule_is_tried_on_the_last_month_and_refused_beside_its_fields(desk):
    author = people.person("Павел Первый")
    content.answer(content.question(people.person()), author)
    outbox.run_due()
    clock.advance(clock.HOUR)
    typed = {**DOUBLE, "only_priority": "", "valid_from": ""}
    tried = desk.post("/desk/rules/preview", data=typed)
    assert tried.status_code == 200
    assert all(word in tried.text for word in ("0 → 6", "Павел Первый", 'value="В декабре вдвое"'))
    assert db.session.query(Rule).filter(Rule.title != "").count() == 0
    for path in ("/desk/rules", "/desk/rules/preview"):
        wrong = desk.post(path, data={**DOUBLE, "points": "много", "what": "slept:doer", "title": "x" * 81})
        assert wrong.status_code == 422
        assert all(f'id="{name}-error-1"' in wrong.text for name in ("points", "title"))
        assert 'id="what-error-1"' in desk.post(path, data={**DOUBLE, "what": "slept:doer"}).text
    assert 'id="title-error-1"' in desk.post("/desk/rules", data={**DOUBLE, "title": "  "}).text
    desk.sign_in(people.person())
    assert desk.get("/desk/rules/new").status_code == 403
    for path in ("/desk/rules", "/desk/rules/preview"):
        assert desk.post(path, data=DOUBLE).status_code == 403
