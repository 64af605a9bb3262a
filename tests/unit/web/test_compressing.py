import gzip

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from app.web.compressing import LEAST, Compressed

PAGE = "<p>Возврат без чека</p>" * 200


def answers(body=PAGE, **options):
    """A client of an application that always answers so."""
    return Client(Compressed(Response(body, **{"mimetype": "text/html", **options})))


def ask(client, path="/", *, encodings="gzip, deflate, br", **headers):
    return client.get(path, headers={"Accept-Encoding": encodings, **headers})


def test_text_is_compressed_for_who_takes_it_and_is_the_same_text():
    for mimetype in ("text/html", "text/css", "text/javascript", "application/problem+json", "image/svg+xml"):
        answer = ask(answers(mimetype=mimetype, status=404, headers={"Set-Cookie": "a=b", "Vary": "Cookie"}))
        assert answer.status_code == 404
        assert answer.headers["Content-Encoding"] == "gzip"
        assert int(answer.headers["Content-Length"]) == len(answer.data) < len(PAGE.encode()) / 4
        assert gzip.decompress(answer.data).decode() == PAGE
        assert answer.headers.getlist("Vary") == ["Cookie", "Accept-Encoding"]
        assert answer.headers["Set-Cookie"] == "a=b"


@pytest.mark.parametrize("encodings", ["", "br", "gzip;q=0", "identity"])
def test_nobody_gets_what_they_do_not_take(encodings):
    answer = ask(answers(), encodings=encodings)
    assert "Content-Encoding" not in answer.headers
    assert answer.text == PAGE


@pytest.mark.parametrize(
    ("body", "options"),
    [
        ("а" * (LEAST // 2 - 1), {}),
        (PAGE, {"mimetype": "image/webp"}),
        (PAGE, {"headers": {"Content-Encoding": "br"}}),
        (PAGE, {"status": 206}),
        ((part for part in ("streamed ", PAGE)), {"mimetype": "text/csv"}),
    ],
    ids=["short", "picture", "compressed", "part", "streamed"],
)
def test_what_gains_nothing_passes_as_it_is(body, options):
    answer = ask(answers(body, **options))
    assert answer.headers.get("Content-Encoding") == options.get("headers", {}).get("Content-Encoding")
    assert answer.data


def test_the_size_of_a_page_tells_nothing_exactly():
    client = answers()
    assert len({len(ask(client).data) for _ in range(30)}) > 3


def test_a_socket_is_left_alone():
    answer = ask(answers(), Upgrade="websocket")
    assert "Content-Encoding" not in answer.headers
    assert answer.text == PAGE


def test_the_body_is_closed():
    closed = []
    response = Response(PAGE, mimetype="text/html")
    response.call_on_close(lambda: closed.append(True))
    assert ask(Client(Compressed(response))).status_code == 200
    assert closed == [True]
