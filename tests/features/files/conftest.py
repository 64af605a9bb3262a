"""Pictures and documents that people might send."""

from io import BytesIO

import pytest
from PIL import ExifTags, Image

from app.content.schemas import Publish
from app.content.service.publishing import publish
from app.core.storage import the_storage
from app.files import service
from tests import factories
from tests.factories.content import written

MOSCOW = {1: "N", 2: (55.0, 45.0, 7.0), 3: "E", 4: (37.0, 37.0, 0.0)}


def jpeg(width: int = 800, height: int = 600, *, located: bool = False, turned: int = 1) -> bytes:
    """A photo, with the place it was taken at when `located`."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    if located:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(MOSCOW)
        exif[ExifTags.Base.Make] = "Camera of Anna"
    output = BytesIO()
    Image.new("RGB", (width, height), "darkorange").save(output, "JPEG", exif=exif)
    return output.getvalue()


def png(width: int = 40, height: int = 30) -> bytes:
    output = BytesIO()
    Image.new("RGBA", (width, height), (200, 80, 20, 128)).save(output, "PNG")
    return output.getvalue()


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def storage(database):
    """What the storage in force keeps, whatever the clock says; the test's own objects are removed afterwards."""

    class Kept:
        @staticmethod
        def keys() -> set[str]:
            return set(the_storage().keys(older_than_seconds=-1e10))

    before = Kept.keys()
    yield Kept
    for key in Kept.keys() - before:
        the_storage().delete(key)


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова")


@pytest.fixture
def bob(database):
    return factories.person("Борис Иванов")


@pytest.fixture
def charlie(database):
    return factories.person("Чарли Чужой")


@pytest.fixture
def send(storage):
    """Uploads as a person; the outcome."""

    def send(person, data=PDF, name="план.pdf", alt=""):
        return service.upload(factories.actor(person), BytesIO(data), name, alt)

    return send


@pytest.fixture
def photo(anna, send):
    """One that Anna has sent."""
    return send(anna, jpeg(), "полка.jpg")


@pytest.fixture
def item(anna, photo):
    """Anna's publication with the photo."""
    made = publish(factories.actor(anna), Publish("news", "Новая полка", file_ids=(photo.id,)))
    return written(made.public_id)
