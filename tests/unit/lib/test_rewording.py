"""What is a correction, and what says something else."""

import pytest

from app.lib.rewording import is_slight

SAID = "Возрат без чека, возможен 14 дней: нужен паспорт."


@pytest.mark.parametrize(
    "now",
    [
        SAID,
        "Возврат без чека, возможен 14 дней: нужен паспорт.",
        "возрат без чека возможен, 14 дней; нужен Паспорт",
        "Возврат без чека -\n\n**возможен** 14 дней. Нужен пасопрт",
        "Возврат без чека, __возможен__ 14 дней: _нужен_ паспорт.",
    ],
)
def test_a_correction(now):
    assert is_slight(SAID, now)
    assert is_slight(now, SAID)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (SAID, SAID.replace("14", "15")),
        (SAID, SAID.replace("14", "1,4")),
        (SAID, SAID.replace("возможен", "невозможен")),
        (SAID, SAID.replace("возможен", "не возможен")),
        (SAID, SAID + " И копия."),
        (SAID, SAID.replace("14 дней: нужен", "нужен 14 дней:")),
        (SAID, SAID.replace("нужен паспорт", "нужен паспорт?")),
        ("Включить и нажать", "Выключить и нажать"),
        ("До 5 июня", "До 5 июля"),
        ("Это 5%", "Это 5"),
        ("От 1-5 штук", "От 15 штук"),
        ("Минус -5", "Минус 5"),
        ("От -5", "От +5"),
        ("да", "нет"),
        ("", "да"),
        ("The employer pays", "The employee pays"),
        ("Спроси @alex.ivanov", "Спроси @alex.ivanova"),
        ("Смотри https://www.mybanking.ru/pay", "Смотри https://www.mybankng.ru/pay"),
        ("Смотри [здесь](https://my-bank.ru/x).", "Смотри [здесь](https://my.bank.ru/x)."),
        ("Пиши в https://t.me/AbCd", "Пиши в https://t.me/aBcD"),
        ("Пиши на kassa@mayak.example", "Пиши на kasssa@mayak.example"),
        ("один первый второй третий", "одна первая вторая третья"),
    ],
)
def test_another_text(before, now):
    assert not is_slight(before, now)
    assert not is_slight(now, before)
