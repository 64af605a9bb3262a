"""Words of documents that nobody types: where a text stands, and the last digits of a phone."""

from __future__ import annotations

from app.lib.typedquery import LEAST_TAIL, WHOLE_TAIL


def shop_label(shop_id: int) -> str:
    """What stands among the topics of everything on a shop's page. No topic is called so: names have no slash."""
    return f"shop/{shop_id}"


def department_label(department_id: int) -> str:
    """The same of a department's page."""
    return f"department/{department_id}"


def phone_word(digits: str) -> str:
    """The word under which a phone number's last digits are found; empty for none.

    It begins with letters, so that digits in a question find no phone by accident.
    """
    return f"phone{digits}" if digits else ""


def phone_words(phone: str | None) -> str:
    """The words of every tail of a phone number, as long as people type them."""
    digits = "".join(filter(str.isdecimal, phone or ""))[-WHOLE_TAIL:]
    return " ".join(phone_word(digits[-length:]) for length in range(LEAST_TAIL, len(digits) + 1))
