# ruff: noqa: E501 - whole sentences stand on one line
"""The catalogue of rewards of the demo company, and what gives bonus points there. Knows no database."""

from __future__ import annotations

from dataclasses import dataclass

#: Rules that pay bonus points: code, act, points, most of it a day.
BONUS_RULES = (("accepted_bonus", "accepted", 60, 180), ("thanks_bonus", "thanked", 40, 120))

#: How many orders there are for a thousand people, and how they stand: state and weight.
ORDERS_PER_1000 = 60
STATES = (("closed", 50), ("handed_out", 10), ("approved", 12), ("ordered", 18), ("cancelled", 10))
#: What the person is told with a state.
NOTES = {
    "approved": (
        "Приедет с ближайшей поставкой в ваш салон.",
        "Заберите в офисе, кабинет 204, с 10 до 18.",
        "",
    ),
    "handed_out": ("Передано с курьером салона.", "", ""),
    "closed": ("",),
    "cancelled": ("Этот цвет закончился у поставщика, извините.", "Отменено по просьбе сотрудника."),
    "ordered": ("",),
}


@dataclass(frozen=True, slots=True)
class Treat:
    """A reward of the catalogue. `total` None is without limit; a `region` or `shop_format` narrows for whom it is."""

    drawing: str
    title_ru: str
    title_en: str
    terms_ru: str
    terms_en: str
    price: int
    total: int | None
    level: int = 0
    shop_format: str | None = None


TREATS = (
    Treat("coffee", "Кофе с собой на неделю", "Coffee to go for a week", "Пять стаканов в кофейне рядом с салоном. Сертификат придёт на рабочий телефон в день одобрения и действует 60 дней.", "Five cups at the coffee shop next door. The voucher comes to the work phone on the day of approval and is good for 60 days.", 60, None),
    Treat("mug", "Кружка с логотипом", "Mug with the logo", "Керамика, 350 мл, можно в посудомойку. Привезём в салон с ближайшей поставкой.", "Ceramic, 350 ml, safe in the dishwasher. Comes to the shop with the next delivery.", 80, 400),
    Treat("book", "Книга на выбор", "A book of your choice", "Любая бумажная книга до 900 рублей из нашего списка. В комментарии напишут, где забрать.", "Any printed book up to 900 roubles from our list. You will be told where to fetch it.", 120, None),
    Treat("tickets", "Два билета в кино", "Two cinema tickets", "На любой сеанс в будни. Коды придут в день одобрения и действуют 90 дней.", "For any show on weekdays. The codes come on the day of approval and are good for 90 days.", 160, 250),
    Treat("thermos", "Термокружка", "Thermos mug", "Сталь, 450 мл, держит тепло шесть часов. Цвет на выбор из того, что есть на складе.", "Steel, 450 ml, keeps warm for six hours. Colours as far as they are in stock.", 200, 4),
    Treat("powerbank", "Внешний аккумулятор", "Power bank", "10 000 мАч, два выхода, быстрая зарядка. Гарантия год.", "10,000 mAh, two outlets, fast charging. A year of warranty.", 240, 90),
    Treat("backpack", "Рюкзак для смены", "Backpack", "18 литров, отделение для планшета. Для сотрудников островков: хранить вещи там негде, мы помним.", "18 litres, with room for a tablet. For those who work on islands: we know there is nowhere to keep things.", 260, 60, 0, "island"),
    Treat("hoodie", "Худи с вышивкой", "Embroidered hoodie", "Плотный хлопок, размеры от XS до 3XL. Размер спросим после одобрения.", "Heavy cotton, sizes from XS to 3XL. We ask for the size after approval.", 320, 80, 1),
    Treat("headphones", "Беспроводные наушники", "Wireless headphones", "Шумоподавление, до 30 часов работы. Выдаются в офисе региона под подпись.", "Noise cancelling, up to 30 hours. Handed out at the regional office against a signature.", 480, 25, 1),
    Treat("course", "Онлайн-курс на выбор", "An online course", "Любой курс до 20 000 рублей. Согласуйте с руководителем, когда учиться.", "Any course up to 20,000 roubles. Agree with your manager when to learn.", 600, None, 2),
    Treat("day-off", "Дополнительный выходной", "A day off", "Один оплаченный день. День согласуют с руководителем салона, не в последнюю неделю квартала.", "One paid day, agreed with the manager of the shop, not in the last week of a quarter.", 700, 3, 2),
    Treat("gift", "Ужин для двоих", "Dinner for two", "Сертификат на 10 000 рублей в ресторан вашего города.", "A voucher of 10,000 roubles for a restaurant in your town.", 1200, 10, 3),
)  # fmt: skip
