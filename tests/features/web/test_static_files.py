"""Static files come compressed, the same for everyone, and only once."""

import gzip

import brotli


def test_a_script_comes_compressed_and_is_not_sent_again(client):
    asked = {"Accept-Encoding": "gzip"}
    first = client.get("/static/js/main.js", headers=asked)
    plain = client.get("/static/js/main.js")
    assert first.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(first.data) == plain.data
    assert client.get("/static/js/main.js", headers=asked).data == first.data
    assert first.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    # Where nobody works on them, none of a page's sixty files is asked for again on the next page.
    assert first.headers["Cache-Control"] == "max-age=86400, public"

    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    again = client.get("/static/js/main.js", headers={**asked, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_who_takes_brotli_gets_a_sixth_less(client):
    first = client.get("/static/css/app.css", headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    packed = client.get("/static/css/app.css", headers={"Accept-Encoding": "gzip, br;q=0"})
    assert first.headers["Content-Encoding"] == "br"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert brotli.decompress(first.data) == gzip.decompress(packed.data)
    assert len(first.data) < 0.9 * len(packed.data)
    assert client.get("/static/css/app.css", headers={"Accept-Encoding": "br"}).data == first.data
