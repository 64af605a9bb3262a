"""Recognition is switched off for one shop, by its code."""

from tests.factories import people
from tests.features.reputation.standing import earn, names


def test_recognition_is_switched_off_for_one_shop(client, frozen_clock):
    region, editor = people.region(), people.person(roles=["editor"])
    shop = people.shop("У112", region=region)
    away = people.person("Далёкий Человек", shop=shop)
    here = people.person("Здешний Человек", shop=people.shop(region=region))
    earn(away, news=3)
    earn(here)
    client.sign_in(editor)
    wrong = client.post("/desk/recognition", data={"unit": "", "shop": "У999", "on": "0"})
    assert (wrong.status_code, 'value="У999"' in wrong.text) == (422, True)
    assert client.post("/desk/recognition", data={"shop": "у112", "on": "0"}).status_code == 303
    assert "У112" in client.get("/desk").text
    assert names(client.get("/reputation/leaders").text) == ["Здешний Человек"]
    client.sign_in(away)
    assert "rep-step" not in client.get("/reputation/widget").text
    client.sign_in(editor)
    client.post("/desk/recognition", data={"unit": f"shop:{shop.id}", "on": "1"})
    client.sign_in(away)
    assert "rep-step" in client.get("/reputation/widget").text
