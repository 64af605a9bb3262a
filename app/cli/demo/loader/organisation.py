"""Whose network the demo is: a name, a drawn logo, and a text of consent to which all who were here agreed."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw
from sqlalchemy import insert, literal, select

from app.accounts.models import Arrival
from app.core import identity, settings
from app.core.clock import DAY
from app.core.db import db
from app.core.storage import new_key, the_storage
from app.lib.logo import open_logo
from app.lib.pictures import MAX_BYTES
from app.organisation.models import Consent, ConsentText

NAME = "Маяк"
#: The text is older than the five months of the demo.
_TEXT_BEFORE = 200 * DAY

_RUSSIAN = """Сеть «Маяк» — для тех, кто здесь работает. Чтобы она работала, мы храним:

- **из кадров:** имя, табельный номер, должность, салон или отдел, руководителя;
- **от вас:** фото, рассказ о себе, почту и телефон, если вы их укажете;
- **из того, что вы делаете:** публикации, ответы, отметки «нравится», подписки, баллы и значки.

Имя, должность, фото и публикации видят коллеги. Что вы ищете и читаете, видите только вы. Руководителю и отделу
коммуникаций показываются числа, а не кто и что читал, кроме обязательных объявлений.

Данные лежат на серверах компании и никому не передаются. После увольнения вход закрывается сразу; тексты остаются
подписанными, пока вы не попросите их обезличить. Получить свои данные, исправить или стереть их можно через
администратора сети или по адресу privacy@mayak.example.

Здесь не пишут о клиентах по имени и не выкладывают их данные.
"""
_ENGLISH = """The network of Mayak is for those who work here. To make it work we keep:

- **from the staff file:** name, personnel number, position, shop or department, manager;
- **from you:** a photo, what you say about yourself, e-mail and phone if you give them;
- **from what you do:** publications, answers, likes, subscriptions, points and badges.

Colleagues see name, position, photo and publications. What you search and read only you see. Managers and
communications see numbers, not who read what, but for announcements that must be confirmed.

The data are on the company's own servers and are given to nobody. Whoever leaves is signed out at once; their texts
keep the name until they ask for it to be removed. To get, correct or erase your data, ask an administrator of the
network or write to privacy@mayak.example.

Nobody writes about customers by name here, or shows their data.
"""


def load_organisation(now: int) -> None:
    """Name, logo and consent, in the open unit of work; people and their arrivals are there."""
    settings.put(identity.NAME, NAME)
    logo = open_logo(_drawn())
    key = new_key()
    for variant, data in ((identity.LOGO_WIDE, logo.wide), (identity.LOGO_SQUARE, logo.square)):
        the_storage().write(key, variant, BytesIO(data), limit=MAX_BYTES)
    settings.put(identity.LOGO, {"key": key, "width": logo.width, "height": logo.height})
    db.session.execute(
        insert(ConsentText).values(
            version=1, text_ru=_RUSSIAN, text_en=_ENGLISH, made_by=None, made_at=now - _TEXT_BEFORE
        )
    )
    agreed = select(Arrival.person_id, literal(1), Arrival.arrived_at, literal("ru")).where(
        Arrival.arrived_at.is_not(None)
    )
    db.session.execute(insert(Consent).from_select(["person_id", "version", "agreed_at", "locale"], agreed))


def forget_logo() -> None:
    """Remove the logo's bytes, before the database that names them goes."""
    key = (settings.get(identity.LOGO) or {}).get("key")
    if key:
        the_storage().delete(key)


def _drawn() -> bytes:
    """A lighthouse with its beam, drawn large and made smaller, so that its edges are smooth."""
    side = 1024
    image = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=300, fill="#bf3d09")
    draw.polygon([(480, 330), (900, 200), (900, 450)], fill="#f6a56f")
    draw.polygon([(360, 420), (600, 420), (660, 830), (300, 830)], fill="#ffffff")
    draw.polygon([(344, 530), (616, 530), (630, 630), (330, 630)], fill="#bf3d09")
    draw.rectangle((370, 270, 590, 390), fill="#ffffff")
    draw.rectangle((430, 300, 530, 390), fill="#ffd9a8")
    draw.polygon([(350, 270), (610, 270), (480, 170)], fill="#ffffff")
    output = BytesIO()
    image.resize((256, 256), Image.Resampling.LANCZOS).save(output, "PNG")
    return output.getvalue()
