from app.core.frames import Frames
from app.core.overlay import lay, overlay, split


class Renderer:
    """Counts how often a page is rendered."""

    def __init__(self, html="text"):
        self.html = html
        self.times = 0

    def __call__(self):
        self.times += 1
        return self.html


def test_equal_values_are_rendered_once():
    frames, render = Frames(10), Renderer()

    for _ in range(3):
        frames.of(1, "page.html", {"counter": 5, "groups": ("a", "b")}, render)

    assert render.times == 1


def test_other_values_readers_and_templates_are_rendered_anew():
    frames, render = Frames(10), Renderer()

    frames.of(1, "page.html", {"counter": 5}, render)
    frames.of(1, "page.html", {"counter": 6}, render)
    frames.of(2, "page.html", {"counter": 6}, render)
    frames.of(1, "other.html", {"counter": 6}, render)

    assert render.times == 4


def test_only_so_many_are_kept():
    frames, render = Frames(2), Renderer()

    for reader in (1, 2, 3, 1):
        frames.of(reader, "page.html", {}, render)

    assert render.times == 4


def test_what_is_late_is_laid_into_a_kept_frame():
    frames = Frames(10)
    render = Renderer(f"<p>{overlay('late', 'now')}</p>")

    shown = [
        lay(frames.of(1, "page.html", {}, render), {"late": lambda name, moment=moment: moment})
        for moment in (b"one", b"two")
    ]

    assert shown == [b"<p>one</p>", b"<p>two</p>"]
    assert render.times == 1


def test_taking_apart_and_laying_together_is_the_identity_around_marks():
    html = f"{overlay('a', 'x:y')}mid{overlay('b', '')}"

    assert (
        lay(split(html), {"a": lambda value: f"[{value}]".encode(), "b": lambda value: b"end"})
        == b"[x:y]midend"
    )
    assert lay(split("no marks"), {}) == b"no marks"
