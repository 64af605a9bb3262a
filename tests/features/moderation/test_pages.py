"""Reporting and moderating in a browser."""

import pytest

from app.moderation import service
from tests import factories
from tests.factories.content import comment, publication
from tests.support.statements import counting


@pytest.fixture
def browsers(new_client, cast):
    """A signed-in browser for everyone in the cast."""
    return {name: new_client().sign_in(person) for name, person in vars(cast).items()}


def after(browser, answer):
    """The page the browser goes on to."""
    assert answer.status_code == 303, answer.text[:300]
    return browser.get(answer.location)


def test_reporting_thanks_and_returns(cast, browsers):
    root = publication(cast.anna, "Все покупатели одинаковы")
    talk = comment(root, cast.anna, "Особенно этот")
    bob = browsers["bob"]

    form = bob.get(f"/items/{talk.public_id}/report")
    assert "Особенно этот" in form.text
    assert 'value="customer_data"' in form.text

    answer = bob.post(f"/items/{talk.public_id}/report", data={"reason": "rude", "note": "Про покупателей"})
    assert answer.location == f"/p/{root.public_id}#c-{talk.public_id}"
    thanked = after(bob, answer)
    again = after(bob, bob.post(f"/items/{talk.public_id}/report", data={"reason": "rude"}))
    assert 'class="toast"' in thanked.text
    assert 'class="toast"' in again.text


def test_a_report_without_a_reason_keeps_what_was_typed(cast, browsers):
    item = publication(cast.anna)

    answer = browsers["bob"].post(f"/items/{item.public_id}/report", data={"note": "Моё объяснение"})

    assert answer.status_code == 422
    assert "Моё объяснение" in answer.text
    assert "form-summary" in answer.text
    assert "field-error" in answer.text.partition('<fieldset class="picks')[2].partition("</fieldset>")[0]


def test_the_report_form_comes_as_a_fragment_too(cast, browsers):
    item = publication(cast.anna)

    answer = browsers["bob"].get(f"/items/{item.public_id}/report", headers={"HX-Request": "true"})

    assert answer.text.lstrip().startswith("<form")
    assert "<html" not in answer.text


def test_a_program_reports_too(cast, browsers):
    item = publication(cast.anna)
    as_program = {"Accept": "application/json"}

    good = browsers["bob"].post(
        f"/items/{item.public_id}/report", data={"reason": "spam"}, headers=as_program
    )
    bad = browsers["bob"].post(f"/items/{item.public_id}/report", data={"reason": "?"}, headers=as_program)

    assert good.json["reported"] is True
    assert bad.status_code == 422
    assert bad.json["errors"][0]["field"] == "reason"


def test_the_queue_shows_text_reporters_and_reasons(cast, browsers, places):
    item = publication(cast.anna, "Пароль от сейфа 1234", place=places["secret"])
    service.report(factories.actor(cast.bob), item.public_id, "confidential", "Это же <b>секрет</b>")

    shown = browsers["mara"].get("/moderation")

    assert shown.status_code == 200
    for words in ("Пароль от сейфа 1234", "Борис Коллега", "Анна Автор", "Это же &lt;b&gt;секрет&lt;/b&gt;"):
        assert words in shown.text
    assert f"/p/{item.public_id}" not in shown.text, "the group is not open to the company's moderators"


def test_files_of_a_reported_text_are_disclosed_with_it(cast, browsers, places):
    from io import BytesIO

    from app.content.schemas import Place, Publish
    from app.content.service.publishing import publish
    from app.files import service as files
    from tests.features.files.conftest import PDF

    anna = factories.actor(cast.anna)
    sent = files.upload(anna, BytesIO(PDF), "секрет.pdf")
    made = publish(anna, Publish("news", "Вот", Place("group", places["secret"].handle), file_ids=(sent.id,)))
    assert browsers["mara"].get(sent.url).status_code == 404

    service.report(factories.actor(cast.bob), made.public_id, "confidential")

    assert browsers["mara"].get(sent.url).status_code == 200
    assert browsers["charlie"].get(sent.url).status_code == 404
    assert browsers["edgar"].get(sent.url).status_code == 404


def test_hiding_from_a_dialog(cast, browsers):
    item, mara = publication(cast.anna), browsers["mara"]
    path, as_script = f"/items/{item.public_id}/hide", {"Accept": "application/json"}

    form = mara.get(path, headers={"HX-Request": "true"})
    assert form.text.lstrip().startswith("<form")
    assert "<html" not in form.text

    refused = mara.post(path, data={"reason": ""}, headers=as_script)
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "reason"
    assert mara.post(path, data={"reason": "Так не пишут"}, headers=as_script).json["changed"] is True
    assert mara.post(path, data={"reason": "Так не пишут"}, headers=as_script).json["changed"] is False


def test_hiding_from_the_queue(cast, browsers):
    item = publication(cast.anna, "Неприличное")
    service.report(factories.actor(cast.bob), item.public_id, "rude")
    mara = browsers["mara"]

    form = mara.get(f"/items/{item.public_id}/hide?next=/moderation")
    assert 'name="next" value="/moderation"' in form.text
    refused = mara.post(f"/items/{item.public_id}/hide", data={"reason": " ", "next": "/moderation"})
    assert refused.status_code == 422
    assert 'name="next" value="/moderation"' in refused.text

    answer = mara.post(
        f"/items/{item.public_id}/hide", data={"reason": "Так не пишут", "next": "/moderation"}
    )
    assert answer.location == "/moderation"
    assert "Неприличное" not in after(mara, answer).text

    assert browsers["bob"].get(f"/p/{item.public_id}").status_code == 404
    assert "Так не пишут" in browsers["anna"].get(f"/p/{item.public_id}").text
    assert "Так не пишут" in mara.get("/moderation/decided").text


def test_restoring_from_the_case(cast, browsers):
    item = publication(cast.anna, "Спорное")
    mara = browsers["mara"]
    hidden = mara.post(f"/items/{item.public_id}/hide", data={"reason": "Проверяем"})
    case = after(mara, hidden)
    assert hidden.location == f"/moderation/{item.public_id}"
    assert f"/items/{item.public_id}/restore" in case.text

    restored = after(mara, mara.post(f"/items/{item.public_id}/restore", data={"reason": "Всё верно"}))

    assert "Проверяем" in restored.text
    assert "Всё верно" in restored.text
    assert browsers["bob"].get(f"/p/{item.public_id}").status_code == 200


def test_leaving_it_as_it_is(cast, browsers):
    item = publication(cast.anna, "Ничего особенного")
    service.report(factories.actor(cast.bob), item.public_id, "spam")

    answer = browsers["mara"].post(f"/items/{item.public_id}/keep", data={"next": "/moderation"})

    assert "Ничего особенного" not in after(browsers["mara"], answer).text
    assert browsers["bob"].get(f"/p/{item.public_id}").status_code == 200


@pytest.mark.parametrize("address", ["/moderation", "/moderation/decided"])
def test_the_desk_is_for_moderators(browsers, groups, address):
    assert browsers["mara"].get(address).status_code == 200
    assert browsers["ada"].get(address).status_code == 200
    assert browsers["gleb"].get(address).status_code == 200
    for name in ("bob", "charlie", "edgar"):
        assert browsers[name].get(address).status_code == 403


def test_forms_are_refused_where_the_act_would_be(cast, browsers, places):
    item = publication(cast.anna, place=places["secret"])
    for act in ("hide", "restore"):
        assert browsers["bob"].get(f"/items/{item.public_id}/{act}").status_code == 403
        assert browsers["charlie"].get(f"/items/{item.public_id}/{act}").status_code == 404
        assert browsers["bob"].post(f"/items/{item.public_id}/{act}", data={"reason": "x"}).status_code == 403
        assert (
            browsers["charlie"].post(f"/items/{item.public_id}/{act}", data={"reason": "x"}).status_code
            == 404
        )
    for name, status in (("bob", 403), ("charlie", 404), ("mara", 404), ("gleb", 200)):
        assert browsers[name].get(f"/moderation/{item.public_id}").status_code == status, name
    assert browsers["anna"].get(f"/items/{item.public_id}/report").status_code == 403
    assert browsers["charlie"].get(f"/items/{item.public_id}/report").status_code == 404


def test_next_leads_nowhere_else(cast, browsers):
    item = publication(cast.anna)

    answer = browsers["mara"].post(
        f"/items/{item.public_id}/hide", data={"reason": "x", "next": "//evil.example"}
    )

    assert "evil" not in answer.location


@pytest.mark.parametrize("address", ["/moderation", "/moderation/decided", "/moderation/{item}"])
def test_pages_keep_to_their_statements(cast, browsers, address):
    items = [publication(cast.anna) for _ in range(8)]
    for item in items:
        service.report(factories.actor(cast.bob), item.public_id, "rude")
    for item in items[:3]:
        service.hide(factories.actor(cast.mara), item.public_id, "Грубо")
    address = address.format(item=items[0].public_id)

    with counting() as statements:
        assert browsers["mara"].get(address).status_code == 200

    assert len(statements) <= 12
