"""Drawn pictures and made files are what the product would accept from people."""

from io import BytesIO

import pytest
from PIL import Image

from app.cli.demo.attachments import FITTING, VARIANTS, Document, make
from app.cli.demo.attachments.documents import DOCUMENTS
from app.cli.demo.attachments.scenes import SCENES
from app.lib.filetypes import identify


@pytest.mark.parametrize("name", sorted(SCENES | DOCUMENTS))
def test_the_product_accepts_it(name):
    made = make(name, 0)
    extension = made.name.rpartition(".")[2]
    assert identify(made.name, BytesIO(made.data)).extension == extension
    assert isinstance(made, Document) or made.alt


@pytest.mark.parametrize("name", sorted(SCENES))
def test_pictures_have_many_colours_and_a_sane_size(name):
    picture = Image.open(BytesIO(make(name, 1).data))
    assert picture.size == (1080, 810)
    assert len(set(picture.resize((64, 48)).get_flattened_data())) > 100
    assert len(make(name, 1).data) < 500_000


def test_variants_of_a_price_tag_differ():
    assert len({make("price-tag", variant).data for variant in range(VARIANTS)}) > 1


def test_whatever_hangs_on_a_topic_exists():
    assert all(name in SCENES | DOCUMENTS for _, names in FITTING for name in names)
