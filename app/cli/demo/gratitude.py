# ruff: noqa: E501 - whole sentences stand on one line
"""The plan of thanks: who thanks whom, when, with which badge, and for what. Knows no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from app.cli.demo.cast import place_of
from app.cli.demo.company import Company
from app.cli.demo.rhythm import Rhythm
from app.cli.demo.society import Crowd, Society

#: Badges worn in a company of 47,000 publications.
AT_1X = 7_000

_Choices = Mapping[str, tuple[int, tuple[str, ...]]]

#: Badges that anyone gives, with how often, and what for.
_ANYONE: _Choices = {
    "thank_you": (40, (
        "Подменил меня в субботу, хотя сам отработал всю неделю.", "Помогла закрыть инвентаризацию до ночи.",
        "Нашёл терминал, который все уже списали.", "Терпеливо объяснила возврат по частям, теперь я и сам объясню.",
        "Привёз ценники из соседнего салона в обеденный перерыв.", "Ответил за две минуты, покупатель даже не заметил паузы.",
    )),
    "idea_generator": (8, ("Придумал, как не терять коробки от витринных телефонов.", "Список вопросов для первой смены теперь висит у нас всех.")),
    "achiever": (8, ("План квартала закрыт за десять дней до срока.", "Сто анкет без единой ошибки.")),
    "heart_of_the_company": (7, ("С её приходом в салоне стало теплее даже зимой.", "Помнит дни рождения всех, и никого не забыл поздравить.")),
    "team_player": (12, ("Вышли вместе в самый трудный день, справились вместе.", "Взял на себя витрину, чтобы остальные успели на обучение.")),
    "rocket": (9, ("Перенёс данные с трёх телефонов, пока я искал кабель.", "Заявка закрыта раньше, чем я положил трубку.")),
    "superhero": (5, ("Спас выдачу заказов, когда упала касса.", "Вернула потерянную посылку за час до закрытия.")),
    "teacher": (8, ("Объяснил рассрочку так, что поняли даже мы с напарником.", "Провела разбор звонков, после которого стало легко.")),
    "woollen_medal": (3, ("Собирал стенд три часа. Стенд упал, но мы тобой гордимся.",)),
    "best_boss": (3, ("За то, что сначала спрашивает, а потом решает.",)),
}  # fmt: skip
_MANAGERS: _Choices = {
    "hard_worker": (4, ("Месяц без единого опоздания и с лучшим порядком на складе.", "Две смены подряд, и улыбка в конце второй.")),
    "black_belt": (2, ("Разбирается в часах лучше инструкции.",)),
    "career_growth": (2, ("С новой должностью! Заслужено каждым днём.",)),
    "best_mentor": (2, ("Три стажёра за лето, и все трое остались.",)),
    "quality_leader": (2, ("Ни одной жалобы за полгода.",)),
}  # fmt: skip
_EDITORS: _Choices = {
    "volunteer": (2, ("Собрали игрушки для детского отделения. Спасибо всем, кто принёс.",)),
    "best_ideas": (1, ("Идея с подсказками на ценниках идёт во все салоны.",)),
    "best_shop": (1, ("Лучший салон месяца: чисто, быстро, по делу.",)),
    "mark_of_quality": (1, ("Проверка прошла без единого замечания.",)),
    "league": (1, ("В лиге лучших продавцов этого квартала.",)),
}  # fmt: skip
_ENGLISH: _Choices = {
    "thank_you": (6, ("Stayed late so that the report could go out on time.", "Answered before I had finished asking.")),
    "rocket": (2, ("Fixed the dashboard in ten minutes flat.",)),
    "teacher": (2, ("Explained the data model without a single sigh.",)),
    "team_player": (2, ("Took the early call so that the rest of us could sleep.",)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gratitude:
    """Thanks; people are indexes in the plan."""

    giver: int
    people: tuple[int, ...]
    badge: str
    words: str
    at: int


def plan_thanks(company: Company, society: Society, rhythm: Rhythm, publications: int) -> list[Gratitude]:
    """Thanks of the five months in the order of time, with as many badges as fit so many publications."""
    rng = Random(f"{company.seed}/thanks")
    left = AT_1X * publications // 47_000
    found: list[Gratitude] = []
    for giver in _givers(company, society, rng):
        if left <= 0:
            break
        made = _one(company, giver, rhythm, rng)
        if made is not None:
            found.append(made)
            left -= len(made.people)
    return sorted(found, key=lambda one: (one.at, one.giver, one.people))


def _givers(company: Company, society: Society, rng: Random) -> Iterator[int]:
    """Who thanks: people who write, and now and then an editor."""
    crowd, editor = (
        Crowd([each for each in society.writers if company.people[each].left is None]),
        place_of("Соколова"),
    )
    while True:
        yield editor if rng.random() < 0.02 else crowd.pick(rng)


def _one(company: Company, giver: int, rhythm: Rhythm, rng: Random) -> Gratitude | None:
    """Thanks by this person, or None when nobody is near who could be thanked."""
    me = company.people[giver]
    reports = [each for each in _near(company, giver) if company.people[each].manager == giver]
    near = [each for each in _near(company, giver) if company.people[each].english == me.english]
    if giver == place_of("Соколова") and rng.random() < 0.8:
        choices, crowd = (
            _EDITORS,
            [each for each in range(len(company.people)) if company.people[each].shop is not None],
        )
    elif reports and rng.random() < 0.4:
        choices, crowd = _MANAGERS, reports
    else:
        choices, crowd = (_ENGLISH if me.english else _ANYONE), near
    crowd = [each for each in crowd if each != giver and company.people[each].left is None]
    if choices is _ANYONE and me.manager in crowd and rng.random() < 0.05:
        badge, crowd = "best_boss", [me.manager]
    else:
        names = [name for name in choices if name != "best_boss"]
        badge = rng.choices(names, [choices[name][0] for name in names])[0]
    if not crowd:
        return None
    number = min(len(crowd), rng.choices((1, 2, 3, 6), (80, 11, 6, 3))[0])
    people = tuple(sorted(rng.sample(crowd, number)))
    at = rhythm.fit(rhythm.moment(rng, me.city.zone))
    return Gratitude(giver, people, badge, rng.choice(choices[badge][1]), at)


def _near(company: Company, giver: int) -> list[int]:
    """Colleagues of one's shop or department."""
    me = company.people[giver]
    if me.shop is not None:
        return company.by_shop[me.shop]
    return company.by_department[company.departments[me.department].code] if me.department is not None else []
