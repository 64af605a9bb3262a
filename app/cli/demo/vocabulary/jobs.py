"""Departments and positions of the demo company, with the share of people in each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DepartmentName:
    """A department: its code in the texts' headers, its name, its group's handle and what its experts are called."""

    code: str
    name: str
    group: str
    specialists: tuple[str, ...]
    weight: int


SELLER = "Продавец"
SENIOR = "Старший продавец"
CASHIER = "Кассир"
TRAINEE = "Стажёр"
SHOP_MANAGER = "Управляющий салоном"
AREA_MANAGER = "Территориальный управляющий"
REGIONAL_DIRECTOR = "Региональный директор"
CHIEF_EXECUTIVE = "Генеральный директор"
DEPARTMENT_HEAD = "Руководитель отдела"
RETAIL = "retail"
INTERNATIONAL = "international"

#: Positions in a shop besides its manager, with their weights.
SHOP_POSITIONS = ((SELLER, 60), (SENIOR, 14), (CASHIER, 14), (TRAINEE, 12))

DEPARTMENTS = (
    DepartmentName(
        "comms",
        "Отдел коммуникаций",
        "коммуникации",
        ("Редактор внутренних коммуникаций", "Модератор сообщества", "Дизайнер", "Видеограф"),
        5,
    ),
    DepartmentName(
        "hr",
        "Отдел персонала",
        "персонал",
        ("Специалист по льготам", "Специалист по кадрам", "Специалист по подбору", "Партнёр по персоналу"),
        14,
    ),
    DepartmentName(
        "it",
        "Служба поддержки салонов",
        "help-desk",
        ("Инженер поддержки", "Ведущий инженер поддержки", "Системный администратор", "Аналитик систем"),
        18,
    ),
    DepartmentName(
        "cash",
        "Отдел кассовых операций",
        "кассы",
        ("Специалист кассовых операций", "Ревизор", "Специалист казначейства"),
        7,
    ),
    DepartmentName(
        "bank",
        "Отдел банковских продуктов",
        "банковские-продукты",
        ("Специалист по рассрочке", "Менеджер банковских продуктов", "Аналитик банковских продуктов"),
        7,
    ),
    DepartmentName(
        "services",
        "Отдел услуг связи",
        "услуги-связи",
        ("Специалист по услугам связи", "Менеджер продукта", "Эксперт по настройкам"),
        7,
    ),
    DepartmentName("tariffs", "Отдел тарифов", "тарифы", ("Менеджер тарифов", "Аналитик тарифов"), 4),
    DepartmentName(
        "marketing",
        "Отдел маркетинга",
        "маркетинг",
        ("Менеджер акций", "Маркетолог", "Менеджер лояльности"),
        7,
    ),
    DepartmentName(
        "trade",
        "Отдел торговли",
        "торговля",
        ("Менеджер категории", "Специалист по выкладке", "Менеджер trade-in"),
        8,
    ),
    DepartmentName(
        "logistics",
        "Отдел логистики",
        "логистика",
        ("Специалист по логистике", "Диспетчер", "Специалист по запасам"),
        9,
    ),
    DepartmentName("service", "Сервисный центр", "сервис", ("Инженер сервиса", "Приёмщик сервиса"), 6),
    DepartmentName(
        "training", "Отдел обучения", "обучение", ("Тренер", "Методист", "Куратор наставников"), 7
    ),
    DepartmentName(
        "bonus", "Отдел мотивации", "мотивация", ("Специалист по мотивации", "Аналитик премирования"), 4
    ),
    DepartmentName("finance", "Финансовый отдел", "финансы", ("Бухгалтер", "Экономист", "Контролёр"), 8),
    DepartmentName("legal", "Юридический отдел", "юристы", ("Юрист", "Специалист по претензиям"), 5),
    DepartmentName(
        "security", "Служба безопасности", "безопасность", ("Специалист по безопасности", "Аналитик"), 4
    ),
    DepartmentName(
        "care", "Служба заботы о клиентах", "забота", ("Специалист заботы", "Редактор ответов"), 6
    ),
    DepartmentName(
        "supplies", "Отдел снабжения", "снабжение", ("Специалист по снабжению", "Инженер эксплуатации"), 5
    ),
)

#: The English-speaking part of the head office.
ENGLISH_OFFICE = DepartmentName(
    INTERNATIONAL,
    "International Office",
    "international",
    (
        "Retail Analyst",
        "Category Manager",
        "Product Designer",
        "Data Engineer",
        "Supply Planner",
        "Learning Designer",
        "Communications Editor",
        "Security Engineer",
    ),
    0,
)
