"""Subscribing, describing, listing and completing topics; names that may be secrets."""

import pytest
from sqlalchemy import select, update

from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.unit_of_work import unit_of_work
from app.topics import queries, service
from app.topics.jobs import repair_subscriber_counts
from app.topics.models import Topic, TopicSubscription
from app.topics.schemas import TopicDetails
from app.web.mine import mine as frame
from tests import factories
from tests.support.statements import counting


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова")


@pytest.fixture
def editor(database):
    return factories.person("Вера Власова", roles=["editor"])


def public(title, publications=1):
    """A topic of publications that are open to the whole company."""
    topic = factories.topic(title)
    with unit_of_work():
        db.session.execute(update(Topic).where(Topic.id == topic.id).values(publications_count=publications))
    return topic


def names(listing):
    return [topic.name for topic in listing.topics]


def head(person, name):
    return queries.head(factories.actor(person), name)


def test_subscribing_twice_counts_once(anna):
    public("Акции")
    for name in ("акции", "#АКЦИИ"):
        service.subscribe(factories.actor(anna), name)
    assert (head(anna, "акции").subscribed, head(anna, "Акции").subscribers) == (True, 1)

    for _ in range(2):
        service.unsubscribe(factories.actor(anna), "акции")
    assert (head(anna, "акции").subscribed, head(anna, "акции").subscribers) == (False, 0)


def test_a_mandatory_subscription_cannot_be_ended(anna):
    factories.subscribe(anna, public("Акции"), mandatory=True)
    with pytest.raises(Conflict):
        service.unsubscribe(factories.actor(anna), "акции")


def test_what_cannot_be_a_topic_is_missing(anna):
    for name in ("2024", "а,б", "\x00", ""):
        with pytest.raises(NotFound):
            head(anna, name)
        with pytest.raises(NotFound):
            service.subscribe(factories.actor(anna), name)


def test_a_name_written_only_in_secret_looks_like_one_nobody_wrote(anna):
    """The topic of a secret group: same head, spelled as asked for, in no list and no completion."""
    insider = factories.person()
    factories.subscribe(insider, factories.topic("Сделка-Века"))
    secret, unwritten = head(anna, "Сделка-века"), head(anna, "Сделка-дня")

    assert (secret.name, unwritten.name) == ("сделка-века", "сделка-дня")
    assert (secret.known, secret.publications, secret.subscribers) == (False, 0, 0)
    assert (unwritten.known, unwritten.publications, unwritten.subscribers) == (False, 0, 0)
    actor = factories.actor(anna)
    assert names(queries.directory(actor)) == names(queries.directory(actor, q="сделка")) == []
    assert queries.complete(actor, "сделка") == ()


def test_guessing_a_secret_name_and_subscribing_tells_nothing(anna):
    factories.subscribe(factories.person(), factories.topic("Сделка-Века"))
    for name in ("сделка-века", "сделка-дня"):
        service.subscribe(factories.actor(anna), name)

    mine = queries.mine(factories.actor(anna)).topics
    assert [(topic.name, topic.publications, topic.subscribers) for topic in mine] == [
        ("сделка-века", 0, 0),
        ("сделка-дня", 0, 0),
    ]
    assert [link.name for link in frame(factories.actor(anna), most_groups=5, most_topics=5).topics] == [
        "сделка-века",
        "сделка-дня",
    ]


def test_the_directory_shows_the_largest_first_and_goes_on(anna):
    for number in range(60):
        public(f"Тема-{number:02}", publications=number + 1)
    actor = factories.actor(anna)
    first = queries.directory(actor)
    rest = queries.directory(actor, before=first.next)

    assert names(first) + names(rest) == [f"Тема-{number:02}" for number in reversed(range(60))]
    assert rest.next is None


@pytest.mark.parametrize("q", ["акц", "АКЦ", "#акц", "frw", "распродажи"])
def test_a_topic_is_found_by_a_part_of_its_name_in_either_layout(anna, q):
    public("Акции-и-распродажи")
    public("Возврат")

    assert names(queries.directory(factories.actor(anna), q=q)) == ["Акции-и-распродажи"]


def test_signs_of_the_search_mean_themselves(anna):
    public("Акции")

    for q in ("%", "_", "а%и", "\\"):
        assert names(queries.directory(factories.actor(anna), q=q)) == []


def test_completion_prefers_what_one_reads_then_what_many_write(anna):
    public("возврат-без-чека", 5)
    public("возврат", 9)
    public("без-возврата", 50)
    factories.subscribe(anna, public("возвраты-онлайн", 1))

    found = [topic.name for topic in queries.complete(factories.actor(anna), "возв")]
    assert found == ["возвраты-онлайн", "возврат", "возврат-без-чека", "без-возврата"]
    in_the_other_layout = [topic.name for topic in queries.complete(factories.actor(anna), "djpdh")]
    assert in_the_other_layout == ["возвраты-онлайн", "возврат", "возврат-без-чека"]


def test_an_editor_describes_a_topic_safely(editor, anna):
    public("Акции")
    service.change_topic(
        factories.actor(editor),
        "акции",
        TopicDetails("АКЦИИ", "Скидки. <script>alert(1)</script> **Сроки** здесь."),
    )
    shown = head(anna, "акции")

    assert shown.name == "АКЦИИ"
    assert "<strong>Сроки</strong>" in shown.description_html
    assert "<script" not in shown.description_html


def test_only_editors_describe(anna):
    public("Акции")
    with pytest.raises(Forbidden):
        service.change_topic(factories.actor(anna), "акции", TopicDetails("Акции", "Скидки"))


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (TopicDetails("Скидки"), "title"),
        (TopicDetails(""), "title"),
        (TopicDetails("Акции", "а" * 4001), "description"),
    ],
)
def test_a_topic_keeps_its_name(editor, details, field):
    public("Акции")
    with pytest.raises(Invalid) as caught:
        service.change_topic(factories.actor(editor), "акции", details)
    assert list(caught.value.errors) == [field]


def test_counters_that_went_wrong_are_repaired(anna):
    topic = public("Акции")
    factories.subscribe(anna, topic)
    with unit_of_work():
        db.session.execute(update(Topic).values(subscribers_count=9))

    assert repair_subscriber_counts() == 1
    assert db.session.scalar(select(Topic.subscribers_count)) == 1


def test_pages_and_acts(client, anna, editor):
    public("Акции", 3)
    client.sign_in(anna)
    assert "#Акции" in client.get("/topics").text
    assert (
        client.post("/topics/акции/subscribe", data={"on": "1", "next": "/topics?show=mine"}).status_code
        == 303
    )
    assert "#Акции" in client.get("/topics?show=mine").text
    assert client.get("/topics/акции/card").status_code == 200
    assert client.get("/completion/topics?q=ак").json == [{"name": "Акции", "detail": "3 публикации"}]
    assert client.get("/topics/акции/edit").status_code == 403
    asked = client.post("/topics/акции/subscribe", data={"on": "0"}, headers={"Accept": "application/json"})
    assert asked.json == {"on": False}

    client.sign_in(editor)
    assert client.get("/topics/акции/edit").status_code == 200
    wrong = client.post("/topics/акции/edit", data={"title": "Скидки", "description": "Сроки и условия"})
    assert (wrong.status_code, "Сроки и условия" in wrong.text) == (422, True)
    assert (
        client.post("/topics/акции/edit", data={"title": "АКЦИИ", "description": "Сроки"}).status_code == 303
    )
    assert db.session.scalars(select(Topic.description)).one() == "Сроки"


@pytest.mark.parametrize(
    ("path", "budget"), [("/topics", 12), ("/topics?show=mine", 12), ("/topics/акции/card", 6)]
)
def test_pages_stay_in_budget_however_long(client, anna, path, budget):
    client.sign_in(anna)
    factories.subscribe(anna, public("Акции"))
    client.get(path)
    with counting() as few:
        assert client.get(path).status_code == 200
    for number in range(20):
        factories.subscribe(anna, public(f"Тема-{number}"))
    with counting() as many:
        client.get(path)

    assert len(few) == len(many) <= budget


def test_subscriptions_are_one_row_a_person(anna):
    service.subscribe(factories.actor(anna), "новинки")

    assert db.session.scalars(select(TopicSubscription.person_id)).all() == [anna.id]
