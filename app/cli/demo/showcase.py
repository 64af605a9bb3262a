# ruff: noqa: E501 - whole sentences stand on one line
"""The first threads a visitor sees: written out, minutes old, with the people one can sign in as."""

from __future__ import annotations

from random import Random

from app.cli.demo.cast import CAST, place_of
from app.cli.demo.company import Company
from app.cli.demo.phrases import Text, compose, fill
from app.cli.demo.shelving import shelve
from app.cli.demo.society import Society
from app.cli.demo.stories import NEWS, QUESTION, AddedTopics, Complaint, Like, Place, Remark, Story
from app.core.clock import MINUTE


class _Member:
    """A cast member speaking: mentions are last names of the cast."""

    def __init__(self, company: Company, person: int) -> None:
        self.rng = Random(person)
        self.company = company
        self.person = person

    @property
    def woman(self) -> bool:
        """Whether past tenses are feminine."""
        return CAST[self.person].woman

    def word(self, slot: str) -> str:
        """No written-out text has word slots."""
        raise KeyError(slot)

    def handle(self, slot: str) -> str:
        """The handle of the cast member with this last name, or of a group by its handle."""
        if slot.startswith("group "):
            return slot.removeprefix("group ")
        return self.company.people[place_of(slot)].handle


class _Stage:
    """Builds the written-out stories; minutes count back from now."""

    def __init__(self, company: Company, society: Society, now: int) -> None:
        self.company = company
        self.society = society
        self.now = now
        self.rng = Random(f"{company.seed}/showcase")

    def text(self, author: str, *blocks: str) -> Text:
        speaker = _Member(self.company, place_of(author))
        pieces = [fill(block, speaker) for block in blocks]
        said = [piece for piece in pieces if piece is not None]
        return Text(tuple((piece,) for piece in said)) if len(said) > 1 else compose(said)

    def at(self, minutes: float) -> int:
        return self.now - int(minutes * MINUTE)

    def story(
        self, minutes: float, author: str, kind: str, *blocks: str, place: Place | None = None, likes: int = 0,
        attachments: tuple[str, ...] = (),
    ) -> Story:  # fmt: skip
        story = Story(place_of(author), self.at(minutes), kind, self.text(author, *blocks), place or Place())
        story.likes = self.likes(story.author, minutes, likes, story.place)
        story.attachments = attachments
        return story

    def likes(self, author: int, minutes: float, count: int, place: Place) -> list[Like]:
        group = self.society.groups[place.index] if place.kind == "group" else None
        crowd = group.members if group is not None and group.inside_only else self.society.likers
        people = self.rng.sample(crowd, min(count + len(CAST), len(crowd)))
        cast = [one for one in range(len(CAST)) if one in crowd and self.rng.random() < 0.5]
        chosen = [
            one
            for one in dict.fromkeys((*cast, *people))
            if one != author and not self.company.people[one].left
        ]
        return [Like(person, self.at(minutes * self.rng.random() * 0.9)) for person in chosen[:count]]

    def readers(self, count: int, minutes: float) -> list[tuple[int, int]]:
        """People who opened something, and when; most of them lately."""
        crowd = self.society.likers
        people = self.rng.sample(crowd, min(count, len(crowd)))
        return [(one, self.at(minutes * self.rng.random() ** 1.6)) for one in people]

    def remark(
        self, story: Story, minutes: float, author: str, block: str, *, answer: bool = False, reply_to: int | None = None,
        likes: int = 0, accepted: float = 0,
    ) -> None:  # fmt: skip
        remark = Remark(place_of(author), self.at(minutes), self.text(author, block), answer, reply_to)
        remark.likes = self.likes(remark.author, minutes, likes, story.place)
        story.remarks.append(remark)
        if accepted:
            story.accepted, story.accepted_at = len(story.remarks) - 1, self.at(accepted)

    def group(self, handle: str) -> Place:
        return Place(
            "group", next(index for index, one in enumerate(self.society.groups) if one.handle == handle)
        )

    def add_topics(self, story: Story, minutes: float, author: str, *topics: str) -> None:
        story.added = AddedTopics(place_of(author), self.at(minutes), topics)


def showcase(company: Company, society: Society, now: int) -> list[Story]:
    """The written-out stories, the oldest first. The same at every size; needs the cast and the core groups."""
    stage = _Stage(company, society, now)
    stories = [*_news(stage), *_questions(stage), *_inside(stage), *_days_ago(stage)]
    stories += shelve(stage, stories)
    return sorted(stories, key=lambda story: story.at)


def _questions(stage: _Stage) -> list[Story]:
    dms = stage.story(
        51, "Гареева", QUESTION, "К кому обратиться по поводу полиса ДМС? Регион Урал. Карта должна была прийти ещё в прошлом месяце.",
        place=stage.group("персонал"), likes=21,
    )  # fmt: skip
    stage.add_topics(dms, 46, "Дорохов", "дмс", "вопрос-ответ")
    stage.remark(dms, 45, "Дорохов", "@{Ахметова} сможет помочь.", likes=3)
    stage.remark(
        dms, 38, "Ахметова", "Карта у вашего управляющего с четырнадцатого числа, он подпишет акт и передаст. Если его нет на "
        "смене, звоните мне: **внутренний 4-112**.", answer=True, likes=23, accepted=31,
    )  # fmt: skip
    stage.remark(
        dms, 33, "Дорохов", "Карта в сейфе, забирай в любую минуту. Прости, закрутился с поставкой.", likes=6
    )
    stage.remark(
        dms, 30, "Гареева", "@{Ахметова}, спасибо! Забрала, уже записалась к врачу.", reply_to=1, likes=4
    )

    receipt = stage.story(
        6, "Касымов", QUESTION, "Клиент возвращает аксессуар без чека, но оплата была картой через наш эквайринг. Принимаю?",
        "#эквайринг #возврат",
    )  # fmt: skip
    totals = stage.story(
        19, "Гареева", QUESTION, "Терминал принимает карты, а сверка итогов не сходится на одну операцию. Где её искать?",
        "#эквайринг #касса",
    )  # fmt: skip
    region = stage.story(
        34, "Whitfield", QUESTION, "Why does the sales dashboard show returns on a different day than the till report? "
        "The gap is largest on Mondays. @{Щукина}, is it the till update?", "#analytics #help-desk", likes=7,
    )  # fmt: skip
    stage.remark(
        region, 22, "Щукина", "Not the till. The dashboard books a return on the day of the *original sale*. Switch “Return date” in "
        "the filter, and both agree to the rouble.", answer=True, likes=9, accepted=15,
    )  # fmt: skip
    stage.remark(
        region, 14, "Whitfield", "They do. Thank you, I would have searched for a week!", reply_to=0, likes=2
    )
    tablet = stage.story(
        128, "Никитин", QUESTION, "Планшет в подсобке не видит сканер после ночного обновления. Сканер заряжен, пара создана заново. "
        "@{Гареева}, у вас в Уфе было такое же, чем кончилось?", "#планшет #help-desk", likes=4,
    )  # fmt: skip
    stage.remark(tablet, 119, "Гареева", "Было! Надо забыть устройство *на сканере*, а не на планшете: держать курок десять секунд.",
                 answer=True, likes=8)  # fmt: skip
    stage.remark(tablet, 104, "Щукина", "Подтверждаю, так и есть. Допишем в инструкцию.", likes=5)
    return [dms, receipt, totals, region, tablet]


def _news(stage: _Stage) -> list[Story]:
    rules = stage.story(
        190, "Соколова", NEWS, "**Новые правила обмена с понедельника.** Аксессуары можно обменять в течение тридцати дней, даже если "
        "упаковка вскрыта, но товар цел.", "Коротко:\n\n- чек не обязателен, хватит номера телефона;\n- заявление клиент "
        "подписывает на планшете;\n- внутриканальные наушники по-прежнему не возвращаются.",
        "Прочтите до конца смены: это две минуты. Вопросы задавайте прямо здесь.", "#важное #возврат", likes=48,
        place=stage.group("новости-компании"),
    )  # fmt: skip
    rules.pinned_at = rules.at
    stage.remark(
        rules, 171, "Яшина", "Прочитали всей сменой. Тридцать дней снимут половину споров у кассы.", likes=11
    )
    stage.remark(rules, 150, "Касымов", "А если планшет разряжен?", likes=2)
    stage.remark(rules, 141, "Соколова", "Есть кнопка «подписать позже», заявление дождётся. Бумага остаётся запасным вариантом.",
                 reply_to=1, likes=9)  # fmt: skip
    stage.remark(rules, 132, "Ильина", "@{Хрулёв}, закрепите, пожалуйста, наверху до конца недели.", likes=3)
    thanks = stage.story(
        122, "Яшина", NEWS, "@{Никитин}, спасибо за инвентаризацию, закрытую за одну ночь, и за то, что утром все открылись вовремя. "
        "Горжусь сменой!", "#спасибо #команда", place=Place("shop", stage.company.people[place_of("Яшина")].shop or 0), likes=31,
    )  # fmt: skip
    stage.remark(thanks, 100, "Никитин", "Мы все вместе. И музыка правильная была.", likes=12)
    stage.remark(thanks, 88, "Гареева", "Поздравляю! Расскажите про музыку, у нас скоро тоже.", likes=3)
    outage = stage.story(
        24, "Щукина", NEWS, "Регион Урал: после грозы рвётся основной канал. Включайте запасной, серая коробочка, **порт 2**, касса "
        "перейдёт сама минуты за три. @{group help-desk} на связи до утра.", "#help-desk #интернет", likes=14,
    )  # fmt: skip
    stage.remark(outage, 19, "Дорохов", "У112 на запасном, касса работает. Спасибо!", likes=4)
    stage.remark(outage, 12, "Гареева", "@{Щукина}, у нас даже очередь не заметила.", likes=6)
    shelf = stage.story(
        265, "Гареева", NEWS, "Переделали витрину под сезон: тёплый свет, меньше ценников, больше воздуха. Останавливаются даже те, "
        "кто шёл мимо. Что поменяли бы вы?", "#витрина #лайфхак", likes=57, attachments=("shelf", "price-tag"),
    )  # fmt: skip
    stage.remark(
        shelf, 240, "Ильина", "Как дома, хочется зайти. Можно взять фото в курс о выкладке?", likes=8
    )
    stage.remark(shelf, 233, "Гареева", "Конечно, берите!", reply_to=0, likes=2)
    stage.remark(shelf, 205, "Никитин", "Верхнюю полку поднял бы на ладонь: дети достают.", likes=15)
    course = stage.story(
        83, "Ильина", NEWS, "Вебинар «Как говорить о цене» в четверг в 11:00 по Москве, повтор для восточных регионов в пятницу утром. "
        "Запись и текст останутся здесь. @{Дорохов}, @{Яшина}, жду ваших новичков.", "#обучение #вебинары", likes=19,
    )  # fmt: skip
    stage.remark(course, 70, "Дорохов", "Приведу двоих. Можно вопросы заранее?", likes=3)
    stage.remark(
        course, 52, "Касымов", "Не по теме, но срочно: продам велосипед, почти новый, пишите в личные."
    )
    course.complaints.append(Complaint(1, place_of("Яшина"), stage.at(43), "spam", "open"))
    welcome = stage.story(
        74, "Whitfield", NEWS, "Spent a day behind the counter in Ufa. I learned that our best instruction fits on a sticky note, and "
        "that a queue of four is a long one. Thank you, @{Гареева} and @{Дорохов}!", "#shop-visits #stories", likes=26,
        attachments=("counter",),
    )  # fmt: skip
    stage.remark(welcome, 61, "Гареева", "Come again! The sticky note is framed now.", likes=13)
    return [rules, thanks, outage, shelf, course, welcome]


def _inside(stage: _Stage) -> list[Story]:
    """Threads of closed and secret groups: whoever is not a member must never meet a word of them."""
    plan = stage.story(
        155, "Дорохов", NEWS, "Коллеги, график на праздники собираю до пятницы. Кто меняется сменами между салонами, пишите здесь, "
        "чтобы никто не потерялся.", "#график", place=stage.group("управляющие"), likes=6,
    )  # fmt: skip
    pilot = stage.story(
        98, "Соколова", NEWS, "Черновик текста о новой схеме премий во вложении. @{Дорохов}, посмотрите глазами управляющего: что "
        "спросят первым?", "#схема-премирования", place=stage.group("пилот-премий"), likes=2, attachments=("bonus-scheme",),
    )  # fmt: skip
    stage.remark(
        pilot,
        66,
        "Дорохов",
        "Первым спросят, что с корректировками за прошлый квартал. Добавил бы пример с цифрами.",
        likes=2,
    )
    return [plan, pilot]


def _days_ago(stage: _Stage) -> list[Story]:
    """Threads of the last days in the priority topics."""
    scheme = stage.story(
        2 * 1_440 + 300, "Соколова", NEWS, "Как устроена #схема-премирования с этого квартала, в трёх строках.",
        "- Порог снизили до 90 %, платим с первого процента.\n- Коэффициент перешёл с аксессуаров на услуги.\n- Расчёт по "
        "строкам виден в кабинете в день выплаты.", "Примеры с цифрами разберём на вебинаре. Что непонятно, спрашивайте.",
        likes=64, attachments=("results",),
    )  # fmt: skip
    stage.remark(scheme, 3_070, "Касымов", "Если половину месяца на больничном, план уменьшают?", likes=5)
    stage.remark(
        scheme,
        3_020,
        "Соколова",
        "Да, по отработанным сменам. Процент от этого не страдает.",
        reply_to=0,
        likes=14,
    )
    stage.remark(scheme, 2_900, "Гареева", "Спасибо, что коротко. Повесили в подсобке.", likes=9)
    bonus = stage.story(
        1_440 + 90, "Никитин", QUESTION, "Возвраты прошлого месяца вычитают из этого или пересчитывают прошлый? Сумма не сходится.",
        "#схема-премирования #премия", likes=5,
    )  # fmt: skip
    stage.remark(bonus, 1_480, "Дорохов", "Вычитают из текущего, строка «Корректировки» в подробном расчёте. Там и номер чека есть.",
                 answer=True, likes=7, accepted=1_400)  # fmt: skip
    phones = stage.story(
        3 * 1_440 + 40, "Гареева", NEWS, "Перенос данных идёт втрое быстрее, если взять кабель, а не «по воздуху». Лежит в ящике у кассы, "
        "мы подписали «не продавать».", "#настройка-телефонов #лайфхак", likes=72,
    )  # fmt: skip
    stage.remark(phones, 4_200, "Касымов", "Проверил сегодня: сорок минут вместо двух часов.", likes=11)
    stage.remark(phones, 4_090, "Щукина", "Добавила в статью с вашим именем.", likes=8)
    watch = stage.story(
        4 * 1_440 + 510, "Касымов", QUESTION, "Часы не сопрягаются с Nova 12, приложение просит обновление, а оно не ставится. Что проверить?",
        "#настройка-телефонов", likes=3,
    )  # fmt: skip
    stage.remark(watch, 6_150, "Гареева", "Заряд! Меньше половины, и обновление молча не ставится. Полчаса на зарядке, и всё пойдёт.",
                 answer=True, likes=12, accepted=6_100)  # fmt: skip
    stage.remark(
        watch, 6_080, "Касымов", "Было тридцать процентов. @{Гареева}, вы волшебница.", reply_to=0, likes=6
    )
    return [scheme, bonus, phones, watch]
