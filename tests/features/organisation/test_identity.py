"""Whose network this is: set by administrators alone, seen by everybody, and never illegible."""

import re
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from app.core.audit import AuditEntry
from app.core.db import db
from app.core.identity import identity
from app.core.storage import the_storage
from app.files.service.clearing import forget_orphans
from app.lib.accent import palette
from tests import factories
from tests.support.statements import counting

PAGE = "/administration/organisation"
PREFERENCES = {"locale": "ru", "time_zone": "Europe/Moscow", "feed_order": "activity"}
RIGHT = {"name": "Маяк", "short": "", "accent": "#1d5fbf"}


@pytest.fixture
def admin(client):
    return client.sign_in(factories.person("Наталья Щукина", roles=["administrator"]))


def picture(size=(300, 120), colour="red"):
    data = BytesIO()
    Image.new("RGBA", size, colour).save(data, "PNG")
    return BytesIO(data.getvalue()), "logo.png"


def white_bar():
    data, drawing = BytesIO(), Image.new("RGBA", (300, 120))
    drawing.paste("white", (20, 20, 280, 100))
    drawing.save(data, "PNG")
    return BytesIO(data.getvalue()), "logo.png"


def test_name_logo_and_colour_are_everywhere(admin, new_client):
    answer = admin.post(PAGE, data={**RIGHT, "logo": picture()})
    assert answer.status_code == 303

    stranger = new_client()
    for page in (admin.get("/").text, stranger.get("/sign-in").text, stranger.get("/sign-in/nowhere").text):
        assert "Маяк" in page
        assert identity().logo_url in page.replace("&amp;", "&")
        assert 'href="/brand.css?v=11d5fbf"' in page
    logo = stranger.get(identity().logo_url)
    assert (logo.status_code, logo.mimetype) == (200, "image/webp")
    assert "immutable" in logo.headers["Cache-Control"]
    assert Image.open(BytesIO(stranger.get("/brand/logo/square").data)).size == (192, 192)
    assert stranger.get("/api/v1/openapi.json").json["info"]["title"] == "Маяк"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "organisation.changed")).one()
    assert entry.details["name"] == "Маяк"


def test_the_style_sheet_is_kept_for_good_only_under_its_own_address(admin):
    admin.post(PAGE, data=RIGHT)
    right, other = admin.get("/brand.css?v=11d5fbf"), admin.get("/brand.css?v=older")

    assert right.mimetype == "text/css"
    assert "--accent: #1d5fbf" in right.text
    assert ':root[data-theme="dark"]' in right.text
    assert "immutable" in right.headers["Cache-Control"]
    assert other.headers["Cache-Control"] == "no-cache"


def test_the_app_on_the_phone_is_the_organisations(admin, new_client):
    usual = admin.get("/app-ru.webmanifest").json
    assert 'href="/app-ru.webmanifest"' in admin.get("/").text
    assert all(icon["src"].startswith("/static/icons/") for icon in usual["icons"])
    admin.post(PAGE, data={**RIGHT, "name": "Маяк и сыновья", "short": "Маяк", "logo": white_bar()})

    stranger = new_client()
    page = stranger.get("/sign-in").text
    address = re.search(r'rel="manifest" href="([^"]+)', page)[1]
    manifest = stranger.get(address)
    assert manifest.headers["Cache-Control"] == "public, max-age=3600"
    assert stranger.get("/app-ru.webmanifest?v=older").headers["Cache-Control"] == "no-cache"
    said = manifest.json
    assert (said["id"], said["name"], said["short_name"]) == ("/", "Маяк и сыновья", "Маяк")
    assert said["theme_color"] == "#1d5fbf"
    touch = {"src": re.search(r'rel="apple-touch-icon" href="([^"]+)', page)[1], "sizes": "180x180"}
    tab = {"src": re.search(r'rel="icon" href="([^"]+)', page)[1], "sizes": "48x48"}
    for icon in [*said["icons"], *(each["icons"][0] for each in said["shortcuts"]), touch, tab]:
        answer = stranger.get(icon["src"])
        assert (answer.status_code, answer.mimetype) == (200, "image/png")
        assert "immutable" in answer.headers["Cache-Control"]
        drawn = Image.open(BytesIO(answer.data)).convert("RGBA")
        assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
        colours = {(red // 16, green // 16, blue // 16) for red, green, blue, _ in drawn.get_flattened_data()}
        assert {(1, 5, 11), (15, 15, 15)} <= colours
    assert stranger.get("/brand/icon/nothing").status_code == 404
    # Another colour is another icon, and another address.
    before = said["icons"][0]["src"]
    admin.post(PAGE, data={**RIGHT, "accent": "#1c7039"})
    assert admin.get("/app-ru.webmanifest").json["icons"][0]["src"] != before


def test_phones_paint_their_own_bars_by_day_and_by_night(admin):
    bar = '<meta name="theme-color" content='
    page = admin.get("/").text
    assert f'{bar}"#f6f4ef" media="(prefers-color-scheme: light)">' in page
    assert f'{bar}"#141312" media="(prefers-color-scheme: dark)">' in page

    admin.post(PAGE, data=RIGHT)
    night = palette("#1d5fbf").night.soft
    page = admin.get("/").text
    assert f'{bar}"#1d5fbf" media="(prefers-color-scheme: light)">' in page
    assert f'{bar}"{night}" media="(prefers-color-scheme: dark)">' in page
    # Who has chosen a theme has its bar, whatever the phone thinks of the hour.
    admin.post("/settings/preferences", data={**PREFERENCES, "theme": "dark"})
    page = admin.get("/").text
    assert page.count(bar) == 1
    assert f'{bar}"{night}">' in page


def test_the_usual_colour_needs_no_style_sheet(admin):
    admin.post(PAGE, data={**RIGHT, "preset": "#bf3d09"})

    assert "/brand.css" not in admin.get("/").text
    assert admin.get("/brand.css").text == ""


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"accent": "#ffcc00"}, "#896c06 would do"),
        ({"accent": "reddish"}, "six digits"),
        ({"name": "  "}, "Give the network a name."),
        ({"name": "М" * 61}, "at most 60"),
        ({"short": "М" * 21}, "at most 20"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_changes_nothing(admin, wrong, says):
    admin.post("/language", data={"locale": "en"})
    answer = admin.post(PAGE, data={**RIGHT, "name": "Другое", **wrong})

    assert answer.status_code == 422
    assert says in answer.text
    assert "aria-invalid" in answer.text
    assert "name" in wrong or 'value="Другое"' in answer.text
    assert identity().name == "Shopfloor"


@pytest.mark.parametrize("bytes_", [b"<svg/>", b"%!PS-Adobe EPSF", b"GIF89a broken"])
def test_a_logo_that_is_no_picture_is_refused(admin, bytes_):
    answer = admin.post(PAGE, data={**RIGHT, "logo": (BytesIO(bytes_), "logo.png")})

    assert answer.status_code == 422
    assert identity().logo_url == ""
    assert identity().name == "Shopfloor"


def test_a_new_logo_takes_the_place_of_the_former_one_and_the_sweep_leaves_it(admin, monkeypatch):
    admin.post(PAGE, data={**RIGHT, "logo": picture()})
    former = identity().logo_key
    admin.post(PAGE, data={**RIGHT, "logo": picture(colour="blue")})
    kept = identity().logo_key
    monkeypatch.setattr("app.files.service.clearing.ORPHANED_FOR_SECONDS", 0.0)
    forget_orphans()

    assert former != kept
    assert list(the_storage().keys()).count(kept) == 1
    assert former not in set(the_storage().keys())
    admin.post(f"{PAGE}/logo/remove")
    assert identity().logo_url == ""
    assert admin.get("/brand/logo/wide").status_code == 404


@pytest.mark.parametrize("roles", [[], ["manager"], ["editor"], ["moderator"]])
def test_only_administrators_set_it(client, roles):
    client.sign_in(factories.person(roles=roles))
    asked = [
        client.get(PAGE), client.post(PAGE, data=RIGHT), client.post(f"{PAGE}/logo/remove"),
        client.get(f"{PAGE}/accent?accent=%23000000"), client.get(f"{PAGE}/accent.css"),
        client.get("/administration/consent"), client.post("/administration/consent", data={"text_ru": "Да"}),
    ]  # fmt: skip

    assert [answer.status_code for answer in asked] == [403] * 7
    assert identity().name == "Shopfloor"


def test_a_colour_is_tried_without_being_kept(admin):
    sample = admin.get(f"{PAGE}/accent?accent=%234547c4")
    pale = admin.get(f"{PAGE}/accent?accent=%23ffff00")
    tones = admin.get(f"{PAGE}/accent.css?accent=%234547c4").text

    assert "accent.css?accent=%234547c4" in sample.text
    assert 'role="alert"' in pale.text
    assert ".sample--day" in tones
    assert ".sample--night" in tones
    assert identity().accent == ""


def test_the_pages_are_frugal(admin):
    for address in (PAGE, "/administration/consent", "/settings/data"):
        with counting() as statements:
            assert admin.get(address).status_code == 200
        assert len(statements) <= 12
