"""What programs read, and what it costs."""

from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest

from app.core import clock, outbox
from app.questions.service import accept
from app.search import service as search
from app.trust.schemas import Limits, SetLimits
from app.trust.service import make_official, set_limits
from tests import factories
from tests.support.statements import counting

#: Statements of a list.
BUDGET = 10


def test_the_feed_holds_what_the_person_sees(program, frozen_clock):
    anna, boris = factories.person("Анна Петрова"), factories.person()
    asked = factories.question(anna, "Как вернуть #возврат без чека?")
    answered = factories.answer(asked, boris, "По паспорту")
    factories.like(asked, boris)

    feed = program(boris).get("/feed").get_json()

    (item,) = feed["items"]
    assert (item["id"], item["kind"], item["author"]["name"]) == (asked.public_id, "question", "Анна Петрова")
    assert (item["likes"], item["liked"], item["answers"]) == (1, True, 1)
    assert datetime.fromisoformat(item["published_at"]) == datetime.fromtimestamp(clock.now() / 1e6, UTC)
    assert item["published_at"].endswith("Z")
    assert [topic["name"] for topic in item["topics"]] == ["возврат"]
    assert [comment["id"] for comment in item["last_comments"]] == [answered.public_id]
    assert (item["place"]["kind"], feed["next"]) == ("company", None)


def test_the_feed_goes_on_in_pages_of_the_wanted_size(program, frozen_clock):
    made = []
    for _ in range(5):
        made.append(factories.publication().public_id)
        frozen_clock.advance(frozen_clock.SECOND)
    mine = program(factories.person())

    seen, address = [], "/feed?feed=company&limit=2"
    while address:
        page = mine.get(address).get_json()
        assert len(page["items"]) <= 2
        seen += [item["id"] for item in page["items"]]
        address = page["next"] and f"/feed?feed=company&limit=2&before={page['next']}"

    assert seen == made[::-1]


def test_long_texts_come_whole(program):
    body = "Длинный рассказ о поставке. " * 60
    factories.publication(body=body)

    (item,) = program(factories.person()).get("/feed").get_json()["items"]

    assert item["body_html"].count("Длинный рассказ") == 60


def test_a_publication_comes_with_its_thread(program):
    anna, boris = factories.person(), factories.person()
    asked = factories.question(anna)
    answered = factories.answer(asked, boris)
    reply = factories.comment(asked, anna, to=answered)
    accepted = program(anna).post(f"/comments/{answered.public_id}/accept", {})

    page = program(boris).get(f"/publications/{asked.public_id}").get_json()

    assert accepted.get_json() == {"publication": asked.public_id, "accepted": True}
    assert (page["question_state"], page["accepted_answer"]["id"]) == ("answered", answered.public_id)
    (top,) = page["thread"]
    assert (top["kind"], top["accepted"], top["publication"]) == ("answer", True, asked.public_id)
    assert [(each["id"], each["parent"]) for each in top["replies"]] == [
        (reply.public_id, answered.public_id)
    ]


def test_questions_are_told_apart_by_state(program):
    anna = factories.person()
    waiting, answered = factories.question(anna), factories.question(anna)
    answer = factories.answer(answered)
    mine = program(anna)
    mine.post(f"/comments/{answer.public_id}/accept", {"accepted": True})

    def listed(which):
        return {item["id"] for item in mine.get(f"/questions?which={which}").get_json()["items"]}

    assert listed("waiting") == {waiting.public_id}
    assert listed("answered") == {answered.public_id}
    assert listed("all") == listed("mine") == {waiting.public_id, answered.public_id}


def test_who_the_token_acts_for(program):
    editor = factories.person("Елена Редактор", roles=["editor"])
    factories.publication(body=f"Спросите @{editor.handle}")

    me = program(editor).get("/me").get_json()

    assert (me["handle"], me["roles"]) == (editor.handle, ["editor"])


def test_people_and_profiles(program):
    boss = factories.person("Пётр Главный")
    shop = factories.shop(region=factories.region("Урал"))
    anna = factories.person("Анна Петрова", shop=shop, manager=boss, email="anna@example.org")
    mine = program(factories.person("Борис Седов"))

    found = mine.get("/people?q=петрова").get_json()
    profile = mine.get(f"/people/{anna.handle}").get_json()

    assert [each["handle"] for each in found["items"]] == [anna.handle]
    assert (profile["manager"]["handle"], profile["region"]) == (boss.handle, "Урал")
    assert profile["email"] == "anna@example.org"
    assert "personnel_number" not in profile


def test_topics_and_groups_with_what_stands_there(program):
    anna = factories.person()
    group = factories.group("Витрины", owner=anna)
    inside = factories.publication(anna, "О #витринах", place=group)
    outbox.run_due()
    mine = program(anna)

    assert [each["handle"] for each in mine.get("/groups?q=витрин").get_json()["items"]] == [group.handle]
    assert mine.get(f"/groups/{group.handle}").get_json()["role"] == "owner"
    assert [each["key"] for each in mine.get("/topics").get_json()["items"]] == ["витринах"]
    assert mine.get("/topics/ВИТРИНАХ").get_json()["publications"] == 1
    for path in (f"/groups/{group.handle}", "/topics/витринах", f"/people/{anna.handle}"):
        items = mine.get(f"{path}/publications").get_json()["items"]
        assert [each["id"] for each in items] == [inside.public_id]


def test_experts_of_a_topic_and_what_a_person_knows(program):
    ilya = factories.person("Илья Борисов")
    for _number in range(6):
        asker = factories.person()
        answer = factories.answer(factories.question(asker, "Как принять карту? #эквайринг"), ilya)
        accept(factories.actor(asker), answer.public_id, on=True)
    outbox.run_due()

    mine = program(factories.person())
    (expert,) = mine.get("/topics/эквайринг/experts").get_json()["items"]
    (known,) = mine.get(f"/people/{ilya.handle}").get_json()["expertise"]

    assert (expert["handle"], expert["title"], expert["colleagues"]) == (ilya.handle, "learner", 6)
    assert (known["topic"], known["title"], known["acts"]) == ("эквайринг", "learner", {"accepted": 6})
    assert mine.get("/topics/неведомое/experts").get_json() == {"items": []}


def test_search_finds_people_texts_topics_and_groups(program, index):
    anna = factories.person("Анна Скидкина")
    asked = factories.question(anna, "Когда начнутся #скидки на чехлы?")
    answered = factories.answer(asked, body="Скидки будут в пятницу")
    group = factories.group("Скидки и акции", owner=anna)
    outbox.run_due()
    search.rebuild()

    found = program(anna).get("/search?q=скидка").get_json()
    only_comments = program(anna).get("/search?q=скидка&kind=comment").get_json()

    names = {each["type"]: each for each in found["items"]}
    assert set(names) == {"topic", "group", "publication", "comment"}
    assert (names["publication"]["id"], names["publication"]["kind"]) == (asked.public_id, "question")
    assert (names["comment"]["id"], names["group"]["group"]["handle"]) == (answered.public_id, group.handle)
    assert [each["id"] for each in only_comments["items"]] == [answered.public_id]
    assert program(anna).get("/search?q=скидкина").get_json()["items"][0]["person"]["handle"] == anna.handle
    assert (names["publication"]["answer"]["id"], names["publication"]["answer"]["trust"]) == (
        answered.public_id,
        None,
    )
    assert {"value": "day", "count": 2} in found["filters"]["period"]
    narrowed = program(anna).get("/search?q=скидка&period=week&person=" + quote(anna.handle)).get_json()
    assert [each["id"] for each in narrowed["items"]] == [asked.public_id]
    for field, value in (
        ("group", "нет-такой"),
        ("person", "нет.такого"),
        ("topic", "нет_такой"),
        ("topic", "!"),
    ):
        refused = program(anna).get(f"/search?q=скидка&{field}={value}")
        assert (refused.status_code, refused.get_json()["field"]) == (422, field)
    for field in ("kind", "state", "period", "order"):
        refused = program(anna).get(f"/search?q=скидка&{field}=иное")
        assert (refused.status_code, [each["field"] for each in refused.get_json()["errors"]]) == (
            422,
            [field],
        )


def test_a_topic_nobody_wrote_has_nothing(program):
    mine = program(factories.person())

    assert mine.get("/topics/нет-такой/publications").get_json() == {"items": [], "next": None}


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    ["/feed", "/feed?feed=company&order=useful", "/questions?which=all", "/topics", "/groups", "/people"],
)
def test_lists_cost_the_same_for_three_and_for_thirty(program, path):
    anna = factories.person()
    mine = program(anna)
    costs = []
    for many in (3, 27):
        for number in range(many):
            asked = factories.question(anna, f"Вопрос о #тема{number}-{many}")
            factories.comment(asked, anna, to=factories.answer(asked, anna))
            factories.group(owner=anna)
        mine.get(path)
        with counting() as statements:
            mine.get(path)
        assert len(statements) <= BUDGET, "\n".join(statements)
        costs.append(len(statements))

    assert costs[0] == costs[1]


def test_programs_look_before_they_ask(program, index, database):
    anna = factories.person("Анна Петрова")
    question = factories.question(body="Как вернуть товар без чека? #возвраты")
    factories.answer(question, anna, "По паспорту, срок 14 дней.")
    outbox.run_due()
    mine = program(factories.person())

    with counting() as statements:
        found = mine.get("/questions/similar?q=вернуть товар без чека").get_json()

    assert len(statements) <= BUDGET, statements
    assert [topic["key"] for topic in found["topics"]] == ["возвраты"]
    (item,) = found["items"]
    assert (item["id"], item["kind"], item["answers"], item["helped"]) == (
        question.public_id, "question", 1, 0,
    )  # fmt: skip
    assert (item["answer"]["text"], item["answer"]["accepted"]) == ("По паспорту, срок 14 дней.", False)
    assert item["answer"]["author"]["name"] == "Анна Петрова"
    assert mine.get("/questions/similar?q=чек").get_json()["items"] == []


def test_the_state_and_the_limits_of_an_answer(program):
    editor = factories.person("Елена Редактор", roles=["editor"])
    asked = factories.question()
    right, other = factories.answer(asked), factories.answer(asked)
    make_official(factories.actor(editor), right.public_id, on=True)
    limits = SetLimits(Limits(valid_until=date(2030, 5, 20), shop_formats=frozenset({"island"})))
    set_limits(factories.actor(editor), right.public_id, limits)
    shown = program(factories.person()).get(f"/publications/{asked.public_id}").get_json()
    assert shown["accepted_answer"]["trust"] == {
        "state": "official", "official": True, "official_by": "Елена Редактор", "valid_from": None,
        "valid_until": "2030-05-20", "expired": False, "regions": [], "shop_formats": ["island"], "positions": [],
    }  # fmt: skip
    states = {each["id"]: each["trust"]["state"] for each in shown["thread"]}
    assert states[other.public_id] == "opinion"
