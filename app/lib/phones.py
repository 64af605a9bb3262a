"""Phone numbers: one spelling for comparing and signing in, whatever way they were written."""

from collections.abc import Iterable

import phonenumbers

#: Where a number without a country code is taken to be from, unless something else is known.
HOME_COUNTRY = "RU"


def normal_phone(written: str, country: str = HOME_COUNTRY) -> str | None:
    """The number in E.164 (+79161234567), or None when it can be no phone number.

    `country` is an ISO code; it is asked only for numbers that lack a country code. An extension is dropped.
    """
    try:
        number = phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def likeliest_country(written: Iterable[str], countries: Iterable[str]) -> str:
    """The country, of `countries`, in which the most of the numbers are valid; the first of them when none fits best.

    Raises `ValueError` when `countries` is empty.
    """
    numbers = list(written)

    def fitting(country: str) -> int:
        return sum(_is_valid(number, country) for number in numbers)

    return max(countries, key=fitting)


def _is_valid(written: str, country: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, country))
    except phonenumbers.NumberParseException:
        return False
