"""The first steps: offered once to who is here for the first time, left off and taken up anywhere, never a nuisance."""

from io import BytesIO

import pytest
from PIL import Image

from app.core import outbox
from app.core.storage import the_storage
from app.people.models import Person
from app.topics.service import subscribe
from tests import factories
from tests.support.statements import counting

PASSWORD = "четыре синих кита"


@pytest.fixture
def newcomer(client):
    """Somebody who has just signed in for the first time, with colleagues who read something."""
    place = factories.region()
    shop = factories.shop(region=place)
    seller = factories.position("Продавец")
    beside = factories.person("Илья Рогов", shop=shop, position=seller)
    far = factories.person("Даль Далёкий")
    for reader, topic in ((beside, "касса"), (far, "бухгалтерия")):
        subscribe(factories.actor(reader), topic)
        factories.content.publication(reader, f"О #{topic}")
    subscribe(factories.actor(beside), "тайна")  # nothing open is about it
    outbox.run_due()
    person = factories.person("Новая Сотрудница", shop=shop, position=seller, password=PASSWORD, new=True)
    arrived = client.post("/sign-in", data={"login": person.personnel_number, "password": PASSWORD})
    assert arrived.location == "/welcome"
    return person


def photo():
    data = BytesIO()
    picture = Image.new("RGB", (600, 300), "blue")
    picture.paste("red", (300, 0, 600, 300))
    picture.save(data, "JPEG")
    return BytesIO(data.getvalue()), "me.jpg"


def reminds(client):
    return 'href="/welcome"' in client.get("/").text


def test_they_come_in_order_and_end(client, newcomer):
    assert client.get("/welcome").location == "/welcome/photo"
    client.post("/welcome/photo", data={"photo": photo()})
    assert "cutter-circle" in client.get("/welcome/photo").text
    assert (
        client.post("/welcome/photo", data={"across": "100", "down": "0", "zoom": "100"}).location
        == "/welcome"
    )
    assert client.get("/welcome").location == "/welcome/interests"
    assert client.post("/welcome/interests").location == "/"

    assert client.get("/welcome").location == "/"
    assert not reminds(client)


def test_what_is_skipped_is_reminded_of_and_taken_up_where_one_was_on_another_device(
    client, newcomer, new_client
):
    assert client.post("/welcome/photo/skip").location == "/welcome/interests"
    other = new_client()
    second = other.post("/sign-in", data={"login": newcomer.personnel_number, "password": PASSWORD})
    assert second.location == "/"
    assert other.get("/welcome").location == "/welcome/interests"
    other.post("/welcome/interests")

    assert reminds(client)
    assert client.get("/welcome").location == "/welcome/photo"
    client.post("/welcome/photo/skip")
    assert reminds(client)
    client.post("/welcome/away")
    assert not reminds(client)


def test_topics_and_people_fit_the_work(client, newcomer):
    page = client.get("/welcome/interests").text

    assert page.index("#касса") < page.index("#бухгалтерия")
    assert page.index("Илья Рогов") < page.index("Даль Далёкий")
    after = client.post("/topics/касса/subscribe?next=/welcome/interests", data={"on": "1"})
    assert after.location == "/welcome/interests"
    assert "✓ касса" in client.get("/welcome/interests").text


def test_a_topic_nobody_may_know_of_is_not_offered(client, newcomer):
    """Its name may be the secret, even where a colleague beside one reads it."""
    assert "тайна" not in client.get("/welcome/interests").text


def test_a_photo_is_cut_from_the_whole_one_each_time(client, newcomer, database, new_client):
    client.post("/welcome/photo", data={"photo": photo()})
    for across, is_red in (("100", True), ("0", False)):
        client.post("/settings/photo/cut", data={"across": across, "down": "50", "zoom": "200"})
        person = database.session.get_one(Person, newcomer.id, populate_existing=True)
        with the_storage().open(person.photo_key, "medium") as kept, Image.open(kept) as shown:
            assert shown.width == shown.height
            red, _green, blue = shown.convert("RGB").getpixel((20, 20))
        assert (red > blue) is is_red
    assert 'name="zoom" min="100" max="300" value="200"' in client.get("/settings/photo/cut").text
    colleague = new_client().sign_in(factories.person())
    assert colleague.get(f"/people/{newcomer.handle}/photo/medium").status_code == 200
    for hidden in ("whole", "cut"):
        assert colleague.get(f"/people/{newcomer.handle}/photo/{hidden}").status_code == 404
    assert client.get("/settings/photo/whole").mimetype == "image/webp"
    assert client.get("/settings/photo/part?across=0&down=0&zoom=100").mimetype == "image/png"


def test_no_photo_says_what_to_do(client, newcomer):
    answer = client.post("/welcome/photo", data={"photo": (BytesIO(b""), "")})
    broken = client.post("/welcome/photo", data={"photo": (BytesIO(b"no picture"), "me.jpg")})

    assert (answer.status_code, broken.status_code) == (422, 415)
    assert 'id="photo-error-1"' in answer.text
    assert client.get("/settings/photo/part").status_code == 404


def test_whoever_was_on_the_way_goes_on(client):
    person = factories.person(password=PASSWORD, new=True)
    answer = client.post(
        "/sign-in", data={"login": person.personnel_number, "password": PASSWORD, "next": "/people"}
    )

    assert answer.location == "/people"
    assert reminds(client)


def test_who_has_been_here_before_is_left_alone(client):
    person = factories.person(password=PASSWORD)
    answer = client.post("/sign-in", data={"login": person.personnel_number, "password": PASSWORD})

    assert answer.location == "/"
    assert not reminds(client)
    assert client.get("/welcome").location == "/"


def test_the_steps_are_frugal_and_the_reminder_costs_nothing(client, newcomer):
    for address in ("/welcome", "/welcome/photo", "/welcome/interests"):
        with counting() as statements:
            client.get(address)
        assert len(statements) <= 6
    client.get("/")
    with counting() as reminded:
        client.get("/")
    client.post("/welcome/away")
    with counting() as quiet:
        client.get("/")
    assert len(reminded) == len(quiet)
