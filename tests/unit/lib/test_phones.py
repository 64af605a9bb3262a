"""A phone number has one spelling, however it was written."""

import pytest

from app.lib.phones import likeliest_country, normal_phone


@pytest.mark.parametrize(
    ("written", "country", "normal"),
    [
        ("8 (916) 123-45-67", "RU", "+79161234567"),
        ("916 123 45 67", "RU", "+79161234567"),
        ("+1 320-555-0195", "RU", "+13205550195"),
        ("320-555-0195", "US", "+13205550195"),
        ("8-916-123-45-67 доб. 12", "RU", "+79161234567"),
        ("12", "RU", None),
        ("no phone", "RU", None),
        ("", "RU", None),
        ("1" * 400, "RU", None),
    ],
)
def test_normal_phone(written, country, normal):
    assert normal_phone(written, country) == normal


def test_the_country_that_fits_the_most_numbers_is_likeliest():
    assert likeliest_country(["212-555-0187", "206-555-0180"], ("RU", "US")) == "US"
    assert likeliest_country(["9161234567", "212-555-0187"], ("RU", "US")) == "RU"
    assert likeliest_country([], ("RU", "US")) == "RU"
