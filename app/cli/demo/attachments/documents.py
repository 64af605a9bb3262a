"""Made files: tables and lists as head office and shops send them around."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random

from app.cli.demo.attachments.canvas import Canvas
from app.cli.demo.attachments.made import Document
from app.cli.demo.vocabulary import places, slots


def _results(seed: int) -> Document:
    rng = Random(seed)
    lines = ["Регион;План, %;Услуги, %;Оценка клиентов"]
    for region in places.REGIONS:
        score = f"{rng.uniform(4.2, 4.9):.1f}".replace(".", ",")
        lines.append(f"{region.name};{rng.randint(94, 118)};{rng.randint(80, 125)};{score}")
    return _table("Итоги месяца.csv", lines)


def _stock_list(seed: int) -> Document:
    rng = Random(seed)
    lines = ["Зона;Позиция;По учёту;По факту"]
    for number, phone in enumerate(slots.PHONES, 1):
        counted = rng.randint(1, 14)
        lines.append(f"{number % 4 + 1};{phone};{counted};{counted - (rng.random() < 0.15)}")
    return _table("Ведомость пересчёта.csv", lines)


def _table(name: str, lines: list[str]) -> Document:
    # The mark at the beginning lets spreadsheet programs read Cyrillic.
    return Document("\r\n".join(lines).encode("utf-8-sig"), name, "text/csv")


def _first_day(seed: int) -> Document:
    text = """ПАПКА ПЕРВОГО ДНЯ

1. Где свет, вода, аптечка и чай.
2. Кому звонить: управляющий, поддержка, охрана.
3. Что говорить, когда не знаешь ответа: «Давайте посмотрим вместе».
4. Касса: смотрим сегодня, пробуем завтра, сами через пять смен.
5. Приёмка: считаем места, потом содержимое, потом подписываем.
6. Спросить не стыдно. Стыдно не спросить.
"""
    return Document(text.encode(), "Папка первого дня.txt", "text/plain")


def _bonus_scheme(seed: int) -> Document:
    page = Canvas(1240, 1754, "#ffffff")
    page.text((120, 140), "Схема премирования", 64, "#26221e", weight=700)
    page.text((120, 230), "Черновик для обсуждения в группе", 32, "#8a8178")
    rows = (("Продажи", "55 %"), ("Услуги", "25 %"), ("Оценка клиентов", "12 %"), ("Обучение", "8 %"))
    for place, (name, share) in enumerate(rows):
        top = 360 + place * 120
        page.box((120, top, 1120, top + 92), "#f6f3ee", radius=20)
        page.text((156, top + 26), name, 36, "#26221e")
        page.text((980, top + 26), share, 36, "#c8430f", weight=700)
    page.text((120, 900), "Вопросы задавайте в комментариях. Наружу не пересылать.", 30, "#8a8178")
    output = BytesIO()
    page.finished().save(output, "PDF", resolution=150)
    return Document(output.getvalue(), "Схема премирования, черновик.pdf", "application/pdf")


DOCUMENTS: dict[str, Callable[[int], Document]] = {
    "results": _results,
    "stock-list": _stock_list,
    "first-day": _first_day,
    "bonus-scheme": _bonus_scheme,
}
