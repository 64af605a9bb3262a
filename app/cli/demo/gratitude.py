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
    "thank_you": (40, ("За подмену в субботу без единого лишнего вопроса.", "За помощь с инвентаризацией до самой ночи.", "За терминал, который все уже списали, а он работает.", "За терпеливое объяснение возврата по частям. Теперь и я смогу объяснить.", "За ценники из соседнего салона в обеденный перерыв.", "За ответ через две минуты: покупатель даже не заметил паузы.")),
    "idea_generator": (8, ("За идею, благодаря которой коробки от витринных телефонов больше не теряются.", "За список вопросов для первой смены: теперь он висит у всех.")),
    "achiever": (8, ("За план квартала на десять дней раньше срока.", "За сто анкет без единой ошибки.")),
    "heart_of_the_company": (7, ("За тепло в салоне даже в самую холодную смену.", "За дни рождения: никто не остался без поздравления.")),
    "team_player": (12, ("За самый трудный день, который прошли вместе.", "За витрину: благодаря этому остальные успели на обучение.")),
    "rocket": (9, ("За перенос данных с трёх телефонов, пока искался один кабель.", "За заявку, закрытую раньше, чем закончился звонок.")),
    "superhero": (5, ("За спасённую выдачу заказов, когда упала касса.", "За посылку, которая нашлась за час до закрытия.")),
    "teacher": (8, ("За рассказ о рассрочке, после которого стало понятно всем.", "За разбор звонков: после него работать легче.")),
    "woollen_medal": (3, ("За стенд. Три часа сборки, он упал, но было весело и тепло.",)),
    "best_boss": (3, ("За привычку сначала спросить, а потом решать.",)),
}  # fmt: skip
_MANAGERS: _Choices = {
    "hard_worker": (4, ("За месяц без опозданий и порядок на складе.", "За две смены подряд и улыбку в конце второй.")),
    "black_belt": (2, ("За знание часов лучше любой инструкции.",)),
    "career_growth": (2, ("С новой должностью! Заслужено каждым днём.",)),
    "best_mentor": (2, ("За трёх летних стажёров: остались все трое.",)),
    "quality_leader": (2, ("За полгода без единой жалобы.",)),
}  # fmt: skip
_EDITORS: _Choices = {
    "volunteer": (2, ("За игрушки для детского отделения. Спасибо всем, кто принёс.",)),
    "best_ideas": (1, ("За подсказки на ценниках: идея идёт во все салоны.",)),
    "best_shop": (1, ("За лучший салон месяца: чисто, быстро, по делу.",)),
    "mark_of_quality": (1, ("За проверку без единого замечания.",)),
    "league": (1, ("За место в лиге лучших продавцов этого квартала.",)),
}  # fmt: skip
_ENGLISH: _Choices = {
    "thank_you": (6, ("Stayed late so that the report could go out on time.", "Answered before I had finished asking.")),
    "rocket": (2, ("Fixed the dashboard in ten minutes flat.",)),
    "teacher": (2, ("Explained the data model without a single sigh.",)),
    "team_player": (2, ("Took the early call so that the rest of us could sleep.",)),
}  # fmt: skip

#: What follows the sentence, or nothing.
_CLOSINGS = {
    "ru": ("", "", "", "Это очень выручило.", "Так держать!", "Без этого смена была бы другой.", "Запомнили всем салоном.", "С таким коллегой легко.", "Покупатели тоже заметили.", "Пример для нас всех.", "Должок за мной!", "Пусть об этом знают все."),
    "en": ("", "", "It made my week.", "Much appreciated.", "I owe you one.", "More people should know."),
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
    closing = rng.choice(_CLOSINGS["en" if choices is _ENGLISH else "ru"])
    words = f"{rng.choice(choices[badge][1])} {closing}".strip()
    return Gratitude(giver, people, badge, words, at)


def _near(company: Company, giver: int) -> list[int]:
    """Colleagues of one's shop or department."""
    me = company.people[giver]
    if me.shop is not None:
        return company.by_shop[me.shop]
    return company.by_department[company.departments[me.department].code] if me.department is not None else []
