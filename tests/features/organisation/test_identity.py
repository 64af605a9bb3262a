"""Whose network this is: set by administrators alone, seen by everybody, and never illegible."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from app.core.audit import AuditEntry
from app.core.db import db
from app.core.identity import identity
from app.core.storage import the_storage
from app.files.service.clearing import forget_orphans
from tests import factories
from tests.support.statements import counting

PAGE = "/administration/organisation"
RIGHT = {"name": "Маяк", "short": "", "accent": "#1d5fbf"}


@pytest.fixture
def admin(client):
    return client.sign_in(factories.person("Наталья Щукина", roles=["administrator"]))


def picture(size=(300, 120), colour="red"):
    data = BytesIO()
    Image.new("RGBA", size, colour).save(data, "PNG")
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
