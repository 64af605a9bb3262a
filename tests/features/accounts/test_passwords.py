"""Passwords: strong in the table, free in their choice, but not the ones that are tried first."""

import pytest
from argon2 import PasswordHasher

from app.accounts import service
from app.accounts.models import Credential
from app.accounts.service.passwords import is_common
from app.core.db import db
from app.core.errors import Invalid
from app.core.unit_of_work import unit_of_work
from tests import factories


@pytest.fixture
def anna(database):
    return factories.person(
        "Анна Петрова", personnel_number="004211", handle="анна.петрова", email="anna@shop.example"
    )


def test_the_hash_is_argon2id_with_our_parameters():
    assert service.hash_password("зелёный чайник").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize(
    "password", ["корова летит боком", "        пробелы  ", "🔑🔑🔑🐌🐌🐌🌵🌵", "x" * 64 + "yz", "a1!B" * 200]
)  # fmt: skip
def test_any_unicode_and_any_length_is_welcome(anna, password):
    service.choose_password(anna.id, password, by=None)

    assert service.check_password("004211", password) is not None
    assert service.check_password("004211", password + "x") is None


def test_the_same_keys_on_another_device_give_the_same_password(anna):
    service.choose_password(anna.id, "café olé nº 5", by=None)  # letters with their accents in one

    assert service.check_password("004211", "cafe\u0301 ole\u0301 nº 5") is not None


@pytest.mark.parametrize("password", ["", "1234567", "чайник!", "x" * 1025])
def test_too_short_and_absurdly_long_ones_are_refused(anna, password):
    with pytest.raises(Invalid) as refused:
        service.choose_password(anna.id, password, by=None)

    assert "new" in refused.value.errors


@pytest.mark.parametrize(
    "password",
    [
        "password", "Password123!", "пароль123", "ПАРОЛЬ2025", "qwertyuiop", "йцукенгш", "12345678", "87654321",
        "aaaaaaaa", "1q2w3e4r", "gfhjkm123", "abcdefgh", "anna@shop.example", "Петрова004211", "анна.петрова1",
        "АннаПетрова",
    ],
)  # fmt: skip
def test_what_is_tried_first_is_refused(anna, password):
    with pytest.raises(Invalid) as refused:
        service.choose_password(anna.id, password, by=None)

    assert "new" in refused.value.errors
    assert db.session.get(Credential, anna.id) is None


@pytest.mark.parametrize("password", ["tr0ub4dor&3x", "синий верблюд", "летоВпортуосень", "7h!s is fine"])
def test_the_blocklist_is_not_a_nuisance(password):
    assert not is_common(password)


def test_changing_asks_for_the_present_one(anna):
    service.choose_password(anna.id, "тихий вечер в депо", by=None)
    actor = factories.actor(anna)

    with pytest.raises(Invalid) as refused:
        service.change_password(actor, "не тот", "громкое утро в порту")

    assert "present" in refused.value.errors
    assert service.check_password("004211", "тихий вечер в депо") is not None


def test_a_one_time_password_is_marked_as_such(anna):
    one_time = service.set_one_time_password(anna.id, by=None)

    assert service.check_password("004211", one_time).must_change is True


def test_a_hash_with_older_parameters_is_renewed_on_signing_in(anna):
    with unit_of_work():
        hashed = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("тихий вечер в депо")
        db.session.add(Credential(person_id=anna.id, password_hash=hashed, changed_at=1, must_change=False))

    service.check_password("004211", "тихий вечер в депо")

    db.session.expire_all()
    kept = db.session.get(Credential, anna.id)
    assert kept.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert kept.changed_at == 1
    assert service.check_password("004211", "тихий вечер в депо") is not None


def test_a_broken_hash_lets_nobody_in(anna):
    with unit_of_work():
        db.session.add(Credential(person_id=anna.id, password_hash="", changed_at=1, must_change=False))

    assert service.check_password("004211", "") is None


def test_a_personnel_number_goes_before_somebody_elses_phone(database):
    """A number typed without a plus may be both."""
    by_number = factories.person(personnel_number="89161234567")
    by_phone = factories.person(phone="+79161234567")
    for person in (by_number, by_phone):
        service.choose_password(person.id, "тихий вечер в депо", by=None)

    assert service.check_password("89161234567", "тихий вечер в депо").person_id == by_number.id
    assert service.check_password("+79161234567", "тихий вечер в депо").person_id == by_phone.id
