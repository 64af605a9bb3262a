"""Rendering by sentences gives what rendering the whole text would."""

from app.cli.demo.loader.rendering import TextRenderer
from app.cli.demo.phrases import Piece, Text
from app.lib import markup


def test_every_text_is_rendered_as_the_product_would(plan):
    names = {person.handle: person.name for person in plan.company.people}
    names.update((group.handle, group.name) for group in plan.society.groups)
    renderer = TextRenderer(names)
    for text in plan.texts():
        done = renderer.render(text)
        whole = markup.render(text.source, names=names)
        assert done.source == text.source
        assert done.html == whole.html
        assert done.topics == whole.topics
        assert tuple(done.handles) == whole.mentions
        assert done.excerpt == whole.excerpt


def test_values_are_escaped():
    renderer = TextRenderer({"анна": "Анна & Ко"})
    text = Text(((Piece("Цена zqv0z, @zqm1z!", ("<b>5</b> & 6", "анна")),),))
    done = renderer.render(text)
    assert "&lt;b&gt;5&lt;/b&gt; &amp; 6" in done.html
    assert "@Анна &amp; Ко</a>!" in done.html
    assert done.excerpt == "Цена <b>5</b> & 6, @Анна & Ко!"
