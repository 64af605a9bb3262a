# ruff: noqa: E501 - whole sentences stand on one line
"""Groups of the demo company: departments, regions, professions and what people love beside work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GroupName:
    """A group: how it is called and who belongs to it.

    `audience` is "all", "office", "english", "managers", "shops" or "position:<name>".
    """

    name: str
    handle: str
    description: str
    visibility: str = "open"
    who_posts: str = "members"
    audience: str = "all"
    #: Share of the audience that joined, in percent.
    joined: int = 10


#: The group everybody belongs to, by decision of the editors.
MANDATORY_GROUP = "новости-компании"

#: Present at every size.
CORE_GROUPS = (
    GroupName("Новости компании", "новости-компании", "Официально и коротко. Пишут редакторы.", "open", "moderators", "all", 100),
    GroupName("Вопрос — ответ", "вопрос-ответ", "Любой рабочий вопрос. Тема через решётку, и эксперт найдётся.", joined=35),
    GroupName("Первые десять смен", "новички", "Для тех, кто только пришёл, и тех, кто помогает.", audience="shops", joined=15),
    GroupName(
        "Управляющие салонами", "управляющие", "Планы, команды, графики. Только для управляющих.", "closed",
        audience="managers", joined=85,
    ),
    GroupName("Наставники", "наставники", "Опыт тех, кто учит.", audience="shops", joined=8),
    GroupName("Бегуны", "бегуны", "Утренние пробежки и старты во всех городах.", joined=7),
    GroupName("Родители", "родители", "Садик, школа, больничные и смешное.", "closed", joined=9),
    GroupName("International Office", "international", "Everything for colleagues who work in English.", audience="english", joined=95),
    GroupName(
        "Пилот: новая схема премий", "пилот-премий", "Обсуждаем до запуска. Наружу не выносим.", "secret", audience="managers",
        joined=12,
    ),
    GroupName("Служба безопасности", "разбор-случаев", "Разбор случаев. Только для участников.", "secret", audience="office", joined=8),
)  # fmt: skip

PROFESSIONS = (
    GroupName(
        "Кассиры", "кассиры", "Касса, сверка, размен, взаимовыручка.", audience="position:Кассир", joined=60
    ),
    GroupName(
        "Старшие продавцы",
        "старшие",
        "Смена, план, витрина.",
        "closed",
        audience="position:Старший продавец",
        joined=50,
    ),
    GroupName("Стажёры", "стажёры", "Спрашивать не страшно.", audience="position:Стажёр", joined=60),
    GroupName("Книжная полка", "книги", "Читаем и советуем.", joined=4),
    GroupName("Дизайн и тексты", "дизайн", "Макеты, ценники, слова.", "closed", audience="office", joined=15),
    GroupName("Language club", "language-club", "English, Russian and tea.", audience="office", joined=20),
    GroupName(
        "Совет директоров регионов",
        "совет-регионов",
        "Закрытая повестка.",
        "secret",
        audience="managers",
        joined=4,
    ),
    GroupName(
        "Конкурс витрин",
        "конкурс-витрин",
        "Фото до и после, голосование в пятницу.",
        audience="shops",
        joined=12,
    ),
)

#: Loves that give a group in many cities: name, handle, description.
INTERESTS = (
    ("Футбол", "футбол", "Играем раз в неделю, вратарь нужен всегда."),
    ("Бег", "бег", "Темп разговорный."),
    ("Рыбалка", "рыбалка", "Места, снасти, тишина."),
    ("Настольные игры", "настолки", "По пятницам после закрытия."),
    ("Велосипед", "вело", "Катаем, чиним, меняемся."),
    ("Кино", "кино", "Смотрим и спорим."),
    ("Фотография", "фото", "Город, витрины, люди."),
    ("Волонтёры", "волонтёры", "Добрые дела рядом."),
    ("Автомобили", "авто", "Зимняя резина и не только."),
    ("Рукоделие", "рукоделие", "Вяжем, шьём, печём."),
    ("Волейбол", "волейбол", "Сетка есть."),
    ("Горы и походы", "походы", "Рюкзак, чай, закат."),
    ("Собаки и коты", "хвосты", "Фото обязательны."),
    ("Шахматы", "шахматы", "Блиц в обед."),
    ("Сад и дача", "дача", "Рассада, кабачки, шашлык."),
    ("Подмена смен", "подмены", "Ищем и предлагаем смены."),
    ("Новинки и гаджеты", "гаджеты", "Щупаем первыми."),
    ("Йога", "йога", "Спина скажет спасибо."),
    ("Лыжи", "лыжи", "От первого снега до последнего."),
    ("Молодые родители", "малыши", "Коляски, садики, поддержка."),
)
