"""What photos show, in words; and photos and files that come with a form, without scripts."""

from io import BytesIO

from sqlalchemy import select

from app.content.schemas import FILES_CHANGED
from app.core import audit
from app.core.db import db
from app.files import queries
from app.files.models import File
from tests.features.files.conftest import PDF, jpeg


def form(item, *files, **typed):
    db.session.refresh(item)
    return {
        "body": "Новая полка",
        "title": "",
        "files_shown": "1",
        "files": list(files),
        "version": item.revision,
        **typed,
    }


def names(item):
    return [each.name for each in queries.attached(item.id)]


def test_a_description_is_asked_for_kept_and_shown(client, anna, photo):
    client.sign_in(anna)
    said = {f"alt-{photo.id}": "  Новая полка\nсо стёклами "}
    client.post("/publications", data={"body": "Смотрите", "kind": "news", "files": photo.id, **said})
    assert 'alt="Новая полка со стёклами"' in client.get("/").text
    assert db.session.scalars(select(File.alt)).one() == "Новая полка со стёклами"


def test_it_changes_with_an_edit_and_nobody_else_says_it(client, anna, bob, send, item, photo):
    address = f"/items/{item.public_id}/edit"
    client.sign_in(anna)
    client.get("/")
    assert client.post(address, data=form(item, photo.id, **{f"alt-{photo.id}": "Полка"})).status_code == 303
    assert 'alt="Полка"' in client.get("/").text
    assert 'value="Полка"' in client.get(address).text

    client.sign_in(bob)
    theirs = {"body": "Моё", "kind": "news", "files": [send(bob).id], f"alt-{photo.id}": "Чужие слова"}
    client.post("/publications", data=theirs)
    assert db.session.scalars(select(File.alt).where(File.public_id == photo.id)).one() == "Полка"


def test_what_was_said_stays_when_the_form_comes_back(client, anna, item, photo):
    client.sign_in(anna)
    wrong = form(item, photo.id, body="слово " * 3000, **{f"alt-{photo.id}": "Полка <у> входа"})
    answer = client.post(f"/items/{item.public_id}/edit", data=wrong)
    assert answer.status_code == 422
    assert 'value="Полка &lt;у&gt; входа"' in answer.text


def test_files_come_with_the_form_where_no_script_sends_them(client, anna, item):
    client.sign_in(anna)
    files = [(BytesIO(jpeg()), "полка.jpg"), (BytesIO(PDF), "план.pdf")]
    client.post("/publications", data={"body": "С файлами", "kind": "news", "upload": files})
    assert "план.pdf" in client.get("/").text
    client.post(f"/p/{item.public_id}/comments", data={"body": "Вот", "upload": (BytesIO(PDF), "список.pdf")})
    assert "список.pdf" in client.get(f"/p/{item.public_id}").text


def test_a_file_that_is_refused_takes_nothing_along(client, anna):
    client.sign_in(anna)
    files = [(BytesIO(PDF), "план.pdf"), (BytesIO(b"MZ\x90"), "игра.exe")]
    answer = client.post("/publications", data={"body": "С файлами", "kind": "news", "upload": files})
    assert answer.status_code == 422
    assert "игра.exe" in answer.text
    kept = db.session.scalars(select(File.public_id)).one()
    assert f'name="files" value="{kept}" checked' in answer.text
    assert "С файлами" in answer.text


def test_an_edit_adds_moves_and_removes_without_scripts(client, anna, send, item, photo):
    client.sign_in(anna)
    address, plan = f"/items/{item.public_id}/edit", send(anna, name="план.pdf")
    sent = form(item, photo.id, plan.id, upload=[(BytesIO(jpeg()), "вид.jpg")])
    assert client.post(address, data=sent).status_code == 303
    assert names(item) == ["полка.jpg", "план.pdf", "вид.jpg"]

    view = queries.attached(item.id)[2]
    order = {f"order-{photo.id}": 3, f"order-{plan.id}": 2, f"order-{view.id}": 1}
    client.post(address, data=form(item, photo.id, plan.id, view.id, **order))
    assert names(item) == ["вид.jpg", "план.pdf", "полка.jpg"]
    client.post(address, data=form(item, view.id, photo.id))
    assert names(item) == ["вид.jpg", "полка.jpg"]

    entries = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.action == FILES_CHANGED))
    said = [tuple(each.details.values()) for each in entries]
    assert said == [(2, 0, False, 2), (0, 0, True, 3), (0, 1, False, 4)]
    history = client.get(f"/items/{item.public_id}/history").text
    assert all(words in history for words in ("добавлено: 2", "изменён порядок", "убрано: 1"))
