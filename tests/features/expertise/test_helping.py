"""Who can help now: lately active, with similar answers, about the topics; from what was known at a moment alone."""

import json

import pytest
from sqlalchemy import select

from app.content.models import ContentOrigin, PersonOrigin, Source, TopicOrigin
from app.content.schemas import Edit
from app.content.service import changing
from app.core import clock, outbox
from app.core.db import db
from app.expertise import service
from app.expertise.queries.helping import AskedQuestion, who_can_help
from app.people import service as people
from app.questions.service import accept
from app.topics.models import Topic
from tests import factories
from tests.factories.saving import saved


def answered(person, question, answer="Так: откройте настройки и выберите сеть.", *, accepted=False):
    asker = factories.person()
    asked = factories.question(asker, question)
    given = factories.answer(asked, person, answer)
    if accepted:
        accept(factories.actor(asker), given.public_id, on=True)
    clock.advance(clock.HOUR)
    return asked, given


def helpers(text, *, topics=(), **more):
    asked = AskedQuestion(text, tuple(each.id for each in topics))
    return [each.person_id for each in who_can_help(asked, now=clock.now(), limit=5, **more)]


@pytest.fixture
def sergey(database, frozen_clock):
    return factories.person("Сергей Мальцев")


def test_who_answered_such_questions_comes_before_who_is_only_active(sergey):
    olga = factories.person("Ольга Зимина")
    answered(sergey, "Не ловит сеть после замены сим-карты, что проверить?", accepted=True)
    answered(olga, "Где взять бланк отпуска?", "На портале, раздел «Кадры».")
    answered(olga, "Когда аванс?", "Двадцатого числа.")

    found = who_can_help(AskedQuestion("Сим-карту заменили, сети нет"), now=clock.now(), limit=5)

    assert [each.person_id for each in found] == [sergey.id, olga.id]
    assert found[0].why.similar_id is not None
    assert found[0].why.similar > found[1].why.similar
    assert helpers("Сим-карту заменили, сети нет", only=[olga.id]) == [olga.id]


def test_nobody_is_asked_who_left_is_away_or_hides_the_topic(sergey):
    olga, maya = factories.person("Ольга Зимина"), factories.person("Майя Гладкова")
    for person in (sergey, olga, maya):
        answered(person, "Как принять карту? #эквайринг", accepted=True)
    outbox.run_due()
    service.be_away(factories.actor(sergey), clock.now() + clock.DAY)
    service.hide(factories.actor(olga), "эквайринг", on=True)
    topic = db.session.scalars(select(Topic).where(Topic.name == "эквайринг")).one()

    assert helpers("Карта", topics=[topic]) == [maya.id]
    people.mark_left(maya.id, on=clock.today())
    assert helpers("Карта", topics=[topic]) == []
    clock.advance(2 * clock.DAY)
    assert helpers("Карта", topics=[topic]) == [sergey.id]


def test_nothing_later_than_the_moment_counts(sergey):
    olga = factories.person("Ольга Зимина")
    _asked, theirs = answered(sergey, "Как настроить телефон?", "Через меню.")
    before = clock.now()
    answered(olga, "Как настроить телефон?", accepted=True)
    changing.edit(
        factories.actor(sergey), theirs.public_id, Edit("Сеть, сим-карта, терминал.", theirs.revision)
    )
    asked = AskedQuestion("терминал и сеть")

    found = who_can_help(asked, now=before, limit=5)

    assert [each.person_id for each in found] == [sergey.id]
    assert found[0].why.similar == 0
    assert len(who_can_help(asked, now=clock.now(), limit=5)) == 2


def test_a_site_is_measured_with_what_was_known_before_each_cut(flask_app, sergey, tmp_path):
    olga = factories.person("Ольга Зимина")
    for _time in range(4):
        answered(sergey, "Как принять карту? #эквайринг", accepted=True)
    seldom = factories.person("Майя Гладкова")
    answered(seldom, "Где скотч?", "На складе.")
    cut = clock.now()
    asked, _given = answered(olga, "Карта не проходит #эквайринг", accepted=True)
    source = saved(Source(code="stackexchange:site", name="site", url="", imported_at=0))
    for person, number in ((sergey, 7), (olga, 9), (seldom, 11)):
        saved(PersonOrigin(person_id=person.id, source_id=source.id, key=f"user:{number}", url=""))
    saved(ContentOrigin(content_id=asked.id, source_id=source.id, key="post:12", url="", licence=""))
    topic = db.session.scalars(select(Topic).where(Topic.name == "эквайринг")).one()
    saved(TopicOrigin(source_id=source.id, key="acquiring", topic_id=topic.id))
    case = {
        "site": "site", "cut": clock.as_datetime(cut).replace(tzinfo=None).isoformat(), "question": 12,
        "title": "Карта", "tags": ["acquiring", "unknown"], "best_user": 7, "asker": 9,
    }  # fmt: skip
    cases, out = tmp_path / "cases.jsonl", tmp_path / "rankings.jsonl"
    others = [case | {"best_user": number} for number in (9, 11)]
    cases.write_text("".join(json.dumps(each) + "\n" for each in (case, *others)), encoding="utf-8")
    runner = flask_app.test_cli_runner()

    done = runner.invoke(args=["expertise", "evaluate", str(cases), "--out", str(out)])

    assert json.loads(out.read_text().splitlines()[0]) == {"question": 12, "ranking": [7, 11]}
    result = json.loads(done.output.strip().splitlines()[-1])
    assert (result["cases"], result["hit@1"], result["MRR"]) == (3, 0.3333, 0.5)
    assert result["baselines"]["answers_per_tag"]["hit@5"] == 0.6667
    # Who answered first after the cut cannot be found.
    assert {best: (part["cases"], part["MRR"]) for best, part in result["best_answerer"].items()} == {
        "around": (1, 1.0), "seldom": (1, 0.5), "unknown": (1, 0),
    }  # fmt: skip
    cases.write_text('{"site": "site"}')
    assert runner.invoke(args=["expertise", "evaluate", str(cases), "--out", str(out)]).exit_code == 1
