"""Where the demo company has shops: regions, cities with their time zones, streets and formats."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegionName:
    """A region: its stable code and its names."""

    code: str
    name: str
    english: str


@dataclass(frozen=True, slots=True)
class City:
    """A city: its forms (nominative, genitive, prepositional), time zone, region, and its share of the shops."""

    name: str
    genitive: str
    prepositional: str
    english: str
    region: str
    zone: str
    weight: int

    @property
    def letter(self) -> str:
        """The letter that begins the codes of its shops."""
        return self.name[0]


REGIONS = (
    RegionName("moscow", "Москва", "Moscow"),
    RegionName("centre", "Центр", "Centre"),
    RegionName("north-west", "Северо-Запад", "North-West"),
    RegionName("south", "Юг", "South"),
    RegionName("volga", "Волга", "Volga"),
    RegionName("ural", "Урал", "Ural"),
    RegionName("west-siberia", "Западная Сибирь", "Western Siberia"),
    RegionName("east-siberia", "Восточная Сибирь", "Eastern Siberia"),
    RegionName("far-east", "Дальний Восток", "Far East"),
)

# name / genitive / prepositional / English / region / zone / weight
_CITIES = """
Москва/Москвы/Москве/Moscow/moscow/Europe/Moscow/60
Химки/Химок/Химках/Khimki/moscow/Europe/Moscow/6
Подольск/Подольска/Подольске/Podolsk/moscow/Europe/Moscow/6
Тверь/Твери/Твери/Tver/centre/Europe/Moscow/7
Тула/Тулы/Туле/Tula/centre/Europe/Moscow/8
Рязань/Рязани/Рязани/Ryazan/centre/Europe/Moscow/8
Калуга/Калуги/Калуге/Kaluga/centre/Europe/Moscow/6
Ярославль/Ярославля/Ярославле/Yaroslavl/centre/Europe/Moscow/8
Владимир/Владимира/Владимире/Vladimir/centre/Europe/Moscow/6
Воронеж/Воронежа/Воронеже/Voronezh/centre/Europe/Moscow/12
Липецк/Липецка/Липецке/Lipetsk/centre/Europe/Moscow/6
Санкт-Петербург/Санкт-Петербурга/Санкт-Петербурге/Saint Petersburg/north-west/Europe/Moscow/32
Великий Новгород/Великого Новгорода/Великом Новгороде/Veliky Novgorod/north-west/Europe/Moscow/4
Псков/Пскова/Пскове/Pskov/north-west/Europe/Moscow/4
Мурманск/Мурманска/Мурманске/Murmansk/north-west/Europe/Moscow/5
Архангельск/Архангельска/Архангельске/Arkhangelsk/north-west/Europe/Moscow/5
Калининград/Калининграда/Калининграде/Kaliningrad/north-west/Europe/Kaliningrad/9
Ростов-на-Дону/Ростова-на-Дону/Ростове-на-Дону/Rostov-on-Don/south/Europe/Moscow/14
Краснодар/Краснодара/Краснодаре/Krasnodar/south/Europe/Moscow/15
Сочи/Сочи/Сочи/Sochi/south/Europe/Moscow/9
Ставрополь/Ставрополя/Ставрополе/Stavropol/south/Europe/Moscow/7
Волгоград/Волгограда/Волгограде/Volgograd/south/Europe/Moscow/11
Астрахань/Астрахани/Астрахани/Astrakhan/south/Europe/Samara/7
Нижний Новгород/Нижнего Новгорода/Нижнем Новгороде/Nizhny Novgorod/volga/Europe/Moscow/13
Казань/Казани/Казани/Kazan/volga/Europe/Moscow/15
Самара/Самары/Самаре/Samara/volga/Europe/Samara/14
Тольятти/Тольятти/Тольятти/Tolyatti/volga/Europe/Samara/7
Саратов/Саратова/Саратове/Saratov/volga/Europe/Saratov/9
Ульяновск/Ульяновска/Ульяновске/Ulyanovsk/volga/Europe/Ulyanovsk/7
Ижевск/Ижевска/Ижевске/Izhevsk/volga/Europe/Samara/8
Пенза/Пензы/Пензе/Penza/volga/Europe/Moscow/6
Уфа/Уфы/Уфе/Ufa/ural/Asia/Yekaterinburg/14
Пермь/Перми/Перми/Perm/ural/Asia/Yekaterinburg/12
Екатеринбург/Екатеринбурга/Екатеринбурге/Yekaterinburg/ural/Asia/Yekaterinburg/18
Челябинск/Челябинска/Челябинске/Chelyabinsk/ural/Asia/Yekaterinburg/13
Тюмень/Тюмени/Тюмени/Tyumen/ural/Asia/Yekaterinburg/11
Оренбург/Оренбурга/Оренбурге/Orenburg/ural/Asia/Yekaterinburg/7
Сургут/Сургута/Сургуте/Surgut/ural/Asia/Yekaterinburg/6
Магнитогорск/Магнитогорска/Магнитогорске/Magnitogorsk/ural/Asia/Yekaterinburg/5
Омск/Омска/Омске/Omsk/west-siberia/Asia/Omsk/13
Новосибирск/Новосибирска/Новосибирске/Novosibirsk/west-siberia/Asia/Novosibirsk/18
Барнаул/Барнаула/Барнауле/Barnaul/west-siberia/Asia/Barnaul/7
Томск/Томска/Томске/Tomsk/west-siberia/Asia/Tomsk/7
Кемерово/Кемерова/Кемерове/Kemerovo/west-siberia/Asia/Novokuznetsk/6
Красноярск/Красноярска/Красноярске/Krasnoyarsk/east-siberia/Asia/Krasnoyarsk/12
Абакан/Абакана/Абакане/Abakan/east-siberia/Asia/Krasnoyarsk/4
Иркутск/Иркутска/Иркутске/Irkutsk/east-siberia/Asia/Irkutsk/9
Улан-Удэ/Улан-Удэ/Улан-Удэ/Ulan-Ude/east-siberia/Asia/Irkutsk/6
Чита/Читы/Чите/Chita/east-siberia/Asia/Chita/5
Якутск/Якутска/Якутске/Yakutsk/far-east/Asia/Yakutsk/5
Благовещенск/Благовещенска/Благовещенске/Blagoveshchensk/far-east/Asia/Yakutsk/4
Хабаровск/Хабаровска/Хабаровске/Khabarovsk/far-east/Asia/Vladivostok/8
Владивосток/Владивостока/Владивостоке/Vladivostok/far-east/Asia/Vladivostok/9
Находка/Находки/Находке/Nakhodka/far-east/Asia/Vladivostok/3
Южно-Сахалинск/Южно-Сахалинска/Южно-Сахалинске/Yuzhno-Sakhalinsk/far-east/Asia/Sakhalin/4
Магадан/Магадана/Магадане/Magadan/far-east/Asia/Magadan/3
Петропавловск-Камчатский/Петропавловска-Камчатского/Петропавловске-Камчатском/Petropavlovsk-Kamchatsky/far-east/Asia/Kamchatka/3
"""


def _city(line: str) -> City:
    name, genitive, prepositional, english, region, area, place, weight = line.split("/")
    return City(name, genitive, prepositional, english, region, f"{area}/{place}", int(weight))


CITIES = tuple(_city(line) for line in _CITIES.split("\n") if line)

STREETS = (
    "ул. Центральная", "пр. Октября", "ул. Садовая", "ул. Первомайская", "пр. Мира", "ул. Молодёжная", "ул. Лесная",
    "ул. Набережная", "ул. Вокзальная", "ул. Заречная", "ул. Победы", "пр. Строителей", "ул. Зелёная", "ул. Полевая",
    "ул. Школьная", "бул. Юности", "ул. Советская", "ул. Ясная", "ул. Восточная", "пр. Космонавтов", "ул. Тополиная",
    "ул. Южная", "пл. Привокзальная", "ул. Рябиновая",
)  # fmt: skip

MALLS = (
    "Планета", "Горизонт", "Июнь", "Апельсин", "Меридиан", "Радуга", "Северное сияние", "Парус", "Аквилон", "Мозаика",
    "Весна", "Компас", "Галс", "Орбита", "Каскад", "Созвездие", "Маяк", "Пассаж", "Ярмарка", "Речной",
)  # fmt: skip

#: Formats with their share of the shops.
FORMATS = (("standard", 62), ("island", 18), ("flagship", 5), ("franchise", 15))
