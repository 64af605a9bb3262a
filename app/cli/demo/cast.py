# ruff: noqa: E501 - whole sentences stand on one line
"""The people one can sign in as, and a few colleagues they meet in the first threads of the feed."""

from __future__ import annotations

from dataclasses import dataclass

from app.cli.demo.vocabulary import jobs

#: The password of everybody in `SIGN_INS`. Only the demo loader ever sets it.
PASSWORD = "green-counter-12"  # noqa: S105 -- printed on purpose, for invented people


@dataclass(frozen=True, slots=True)
class CastMember:
    """A person who is the same in every demo company."""

    number: str
    first: str
    last: str
    middle: str
    woman: bool
    position: str
    #: Code of the shop, or of the department for people of the head office.
    shop: str = ""
    department: str = ""
    #: "employee", "manager", "editor", "moderator" or "administrator" for people one can sign in as.
    role: str = ""
    locale: str = "ru"
    about: str = ""


CAST = (
    CastMember(
        "100112", "Лиана", "Гареева", "Маратовна", True, jobs.SELLER, shop="У112", role="employee",
        about="Три года за стойкой в Уфе. Настраиваю часы и терпеливо объясняю роуминг. Спрашивайте про #настройка-телефонов.",
    ),
    CastMember(
        "100120", "Максим", "Дорохов", "Игоревич", False, jobs.SHOP_MANAGER, shop="У112", role="manager",
        about="Управляю салоном на проспекте Октября. Начинал стажёром, помню каждую первую смену.",
    ),
    CastMember(
        "100201", "Вера", "Соколова", "Андреевна", True, "Редактор внутренних коммуникаций", department="comms",
        role="editor", about="Новости, темы, важное. Если что-то непонятно написано, скажите, перепишу.",
    ),
    CastMember(
        "100301", "Даниил", "Хрулёв", "Павлович", False, "Модератор сообщества", department="comms", role="moderator",
        about="Слежу, чтобы здесь было спокойно и по делу.",
    ),
    CastMember(
        "100401", "Наталья", "Щукина", "Олеговна", True, "Системный администратор", department="it", role="administrator",
        about="Учётные записи, доступы, терминалы. Выключали из розетки?",
    ),
    CastMember(
        "100501", "Nora", "Whitfield", "", True, "Retail Analyst", department=jobs.INTERNATIONAL, role="employee",
        locale="en", about="Numbers about shops, and the people behind them. Ask me why two dashboards differ.",
    ),
    CastMember(
        "100610", "Фарида", "Ахметова", "Ринатовна", True, "Специалист по льготам", department="hr",
        about="ДМС, отпуска, справки. Внутренний 4-112.",
    ),
    CastMember("100631", "Тимур", "Касымов", "Русланович", False, jobs.CASHIER, shop="С031"),
    CastMember("100607", "Олеся", "Яшина", "Викторовна", True, jobs.SHOP_MANAGER, shop="К007"),
    CastMember("100608", "Илья", "Никитин", "Сергеевич", False, jobs.SENIOR, shop="К007"),
    CastMember(
        "100640", "Ксения", "Ильина", "Дмитриевна", True, "Тренер", department="training",
        about="Учу и учусь. Веду курс о разговоре про цену.",
    ),
)  # fmt: skip

#: People one can sign in as, in the order they are printed.
SIGN_INS = tuple(member for member in CAST if member.role)


#: Groups (by handle) that cast members keep, belong to, or are never in, whatever chance says.
KEEPERS = {"управляющие": ("Дорохов",), "футбол-уфа": ("Дорохов",), "новички": ("Ильина",)}
MEMBERS = {
    "вопрос-ответ": tuple(member.last for member in CAST),
    "персонал": ("Гареева", "Ахметова"),
    "пилот-премий": ("Дорохов", "Соколова"),
    "разбор-случаев": ("Щукина", "Хрулёв"),
    "бегуны": ("Гареева", "Whitfield"),
    "регион-урал": ("Гареева", "Дорохов"),
    "international": ("Whitfield",),
    "help-desk": ("Щукина", "Гареева"),
    "родители": ("Гареева",),
}
OUTSIDERS = {
    "пилот-премий": ("Гареева",),
    "разбор-случаев": ("Гареева", "Дорохов"),
    "управляющие": ("Гареева",),
}


def place_of(name: str) -> int:
    """Index in the plan's people of the cast member with this last name. Raises `StopIteration` for a stranger."""
    return next(index for index, member in enumerate(CAST) if member.last == name)
