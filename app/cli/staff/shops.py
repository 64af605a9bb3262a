"""Shops that are there already, compared with what a staff file says of them now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.cli.staff.people import Shop

#: What a file corrects. Opening hours are not among them: once they are known, who runs the shop says them.
CORRECTED = ("name", "city", "address", "region", "format", "time_zone")


@dataclass(frozen=True, slots=True)
class ShopChange:
    """One value of a shop, before and after."""

    code: str
    field: str
    before: str
    after: str


def compare_shops(stated: Iterable[Shop], known: Mapping[str, Shop]) -> tuple[ShopChange, ...]:
    """What the file says otherwise of shops that are known; where it says nothing, what is known stays."""
    return tuple(
        ShopChange(shop.code, field, before, after)
        for shop in stated
        if shop.code in known
        for field in CORRECTED
        for before, after in [(getattr(known[shop.code], field), getattr(shop, field))]
        if after and after != before
    )
