"""Drawn pictures: a shelf, a price tag, a counter, a terminal."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random

from app.cli.demo.attachments.canvas import Canvas
from app.cli.demo.attachments.made import Drawing
from app.cli.demo.vocabulary import slots

_WIDTH, _HEIGHT = 1080, 810
_SCREENS = (
    ("#ff9a6b", "#c8430f"), ("#7fc4c4", "#1f6f78"), ("#8fa8ff", "#2f4bc9"), ("#c9a2ff", "#6b3fc0"),
    ("#ffd27a", "#d08a1d"), ("#a8d8a0", "#2e7d46"),
)  # fmt: skip
_BOXES = ("#e9dfd1", "#d9c7ae", "#f4ece0", "#c8430f", "#2c6e6e", "#3b4b8f")


def _shelf(seed: int) -> Drawing:
    rng = Random(seed)
    canvas = Canvas(_WIDTH, _HEIGHT, "#f3ece2")
    canvas.gradient((0, 0, _WIDTH, _HEIGHT), "#f8f2e9", "#e6d9c6")
    for x in (220, 540, 860):
        canvas.glow((x, 20), 330, "#ffe3b0", 0.75)
        canvas.box((x - 34, 0, x + 34, 26), "#5b4a3a", radius=8)
    for board in (300, 530, 760):
        canvas.box((60, board, 1020, board + 20), "#b98d5e", radius=5, shadow=True)
        canvas.box((60, board + 14, 1020, board + 20), "#96703f", radius=3)
        _stand_on(canvas, board, rng)
    return _drawing(
        canvas, "Витрина.png", "Витрина с телефонами на трёх деревянных полках, тёплый свет сверху."
    )


def _stand_on(canvas: Canvas, board: int, rng: Random) -> None:
    """Phones, boxes and now and then a plant, side by side on a board."""
    x = 100.0
    while x < 930:
        draw = rng.random()
        if draw < 0.6:
            x += _phone(canvas, x, board, rng) + 34
        elif draw < 0.88:
            width, height = rng.randint(70, 120), rng.randint(60, 110)
            canvas.box((x, board - height, x + width, board), rng.choice(_BOXES), radius=6, shadow=True)
            canvas.box(
                (x + 12, board - height + 14, x + width - 12, board - height + 24), "#ffffff", radius=4
            )
            x += width + 30
        else:
            canvas.polygon(
                [(x + 10, board - 44), (x + 70, board - 44), (x + 60, board), (x + 20, board)], "#c46a3f"
            )
            for leaf in range(7):
                canvas.disc(
                    (x + 16 + leaf * 8, board - 66 - 22 * (leaf % 3)), 17, ("#4f8a55", "#6aa86b")[leaf % 2]
                )
            x += 106


def _phone(canvas: Canvas, x: float, board: int, rng: Random) -> float:
    width, height = rng.choice(((76, 150), (84, 164), (70, 138)))
    top, bottom = rng.choice(_SCREENS)
    canvas.box((x, board - height, x + width, board), "#211d1a", radius=14, shadow=True)
    canvas.gradient((x + 6, board - height + 6, x + width - 6, board - 6), top, bottom, radius=9)
    canvas.disc((x + width / 2, board - height + 16), 4, "#211d1a")
    canvas.box((x + 16, board - 40, x + width - 16, board - 32), "#ffffff", radius=4)
    return width


def _price_tag(seed: int) -> Drawing:
    rng = Random(seed)
    phone, price = rng.choice(slots.PHONES), rng.choice(slots.SUMS[6:])
    canvas = Canvas(_WIDTH, _HEIGHT, "#d8c7b0")
    canvas.gradient((0, 0, _WIDTH, _HEIGHT), "#e9dcc8", "#cbb592")
    canvas.box((150, 130, 930, 680), "#ffffff", radius=28, shadow=True)
    canvas.gradient((150, 130, 930, 250), "#e25a22", "#c8430f", radius=28)
    canvas.box((150, 220, 930, 250), "#c8430f")
    canvas.text((196, 160), "Неделя акций", 46, "#ffffff", weight=700)
    canvas.text((196, 290), phone, 52, "#26221e", weight=600)
    canvas.text((196, 362), "128 ГБ, ночная камера", 30, "#8a8178")
    was = _money(price + rng.choice((2_000, 3_000, 5_000)))
    width = canvas.text((196, 430), was, 38, "#8a8178")
    canvas.line((190, 456), (202 + width, 448), "#c8430f", 4)
    canvas.text((196, 486), _money(price), 104, "#26221e", weight=800)
    x = 690.0
    while x < 880:
        bar = rng.choice((3, 3, 5, 8))
        canvas.box((x, 440, x + bar, 600), "#26221e")
        x += bar + rng.choice((4, 4, 7))
    canvas.text((692, 612), str(4_600_000_000_000 + seed * 7_919 % 99_999_999)[:13], 22, "#26221e")
    return _drawing(canvas, "Ценник.png", f"Ценник: {phone}, {_money(price)}.")


def _counter(seed: int) -> Drawing:
    canvas = Canvas(_WIDTH, _HEIGHT, "#efe6d8")
    canvas.gradient((0, 0, _WIDTH, 520), "#f6efe4", "#e3d4bd")
    canvas.glow((820, 120), 380, "#ffe0a8", 0.8)
    for x in (80, 330, 580):
        canvas.box((x, 90, x + 200, 330), "#fbf7f0", radius=14, shadow=True)
        top, bottom = _SCREENS[(seed + x) % len(_SCREENS)]
        canvas.gradient((x + 20, 110, x + 180, 250), top, bottom, radius=8)
        canvas.box((x + 20, 272, x + 130, 286), "#cdbfae", radius=6)
    canvas.gradient((0, 520, _WIDTH, _HEIGHT), "#b58455", "#8c6238")
    canvas.box((0, 512, _WIDTH, 536), "#cf9d6b")
    canvas.box((130, 360, 470, 590), "#26221e", radius=20, shadow=True)
    canvas.gradient((146, 376, 454, 574), "#fdf9f3", "#efe3d2", radius=10)
    for row, length in enumerate((210, 260, 150)):
        canvas.box(
            (176, 410 + row * 42, 176 + length, 428 + row * 42),
            ("#c8430f", "#cdbfae", "#cdbfae")[row],
            radius=8,
        )
    canvas.box((560, 470, 800, 690), "#ffe58a", shadow=True)
    canvas.text((586, 500), "Сначала", 40, "#5b4a1c", weight=600)
    canvas.text((586, 550), "телефон.", 40, "#5b4a1c", weight=600)
    canvas.text((586, 610), "Потом вдох.", 32, "#5b4a1c")
    canvas.box((880, 470, 990, 610), "#ffffff", radius=18, shadow=True)
    canvas.box((972, 500, 1030, 572), "#ffffff", radius=26)
    canvas.box((986, 516, 1014, 556), "#a97b4e", radius=12)
    canvas.box((880, 470, 990, 610), "#ffffff", radius=18)
    canvas.box((888, 476, 982, 494), "#7a4a2a", radius=9)
    return _drawing(
        canvas, "Стойка.png", "Стойка салона: планшет, кружка и жёлтый листок «Сначала телефон. Потом вдох.»"
    )


def _terminal(seed: int) -> Drawing:
    error = slots.RUSSIAN["error"][seed % len(slots.RUSSIAN["error"])]
    canvas = Canvas(_WIDTH, _HEIGHT, "#cbb592")
    canvas.gradient((0, 0, _WIDTH, _HEIGHT), "#dccbb0", "#b3976c")
    canvas.box((360, 60, 720, 760), "#3a3f46", radius=44, shadow=True)
    canvas.box((380, 80, 700, 740), "#474d55", radius=34)
    canvas.gradient((410, 116, 670, 316), "#fff3e8", "#ffd9c0", radius=14)
    canvas.text((440, 146), "Нет связи", 40, "#8f2d07", weight=700)
    canvas.text((440, 206), error, 56, "#26221e", weight=800)
    for row in range(4):
        for column in range(3):
            x, y = 420 + column * 86, 350 + row * 78
            colour = ("#d64545", "#e0b03a", "#3f9b5c")[column] if row == 3 else "#e9e4dc"
            canvas.box((x, y, x + 68, y + 56), colour, radius=12)
            if row < 3:
                canvas.text((x + 24, y + 10), str(row * 3 + column + 1), 32, "#26221e", weight=600)
    return _drawing(canvas, "Терминал.png", f"Платёжный терминал, на экране «Нет связи», {error}.")


def _drawing(canvas: Canvas, name: str, alt: str) -> Drawing:
    output = BytesIO()
    canvas.finished().save(output, "PNG")
    return Drawing(output.getvalue(), name, alt)


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", " ") + " ₽"


SCENES: dict[str, Callable[[int], Drawing]] = {
    "shelf": _shelf,
    "price-tag": _price_tag,
    "counter": _counter,
    "terminal": _terminal,
}
