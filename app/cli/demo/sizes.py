"""How large a demo company is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """What a company of this size has; numbers of people include the head office."""

    name: str
    people: int
    shops: int
    groups: int
    publications: int
    comments: int
    #: Publications with a drawn picture or an attached file.
    attachments: int

    @property
    def office_people(self) -> int:
        """People of the head office, the English-speaking part included."""
        return max(60, self.people // 15)


SIZES = {
    size.name: size
    for size in (
        Size("small", people=200, shops=20, groups=15, publications=600, comments=2_500, attachments=18),
        Size(
            "1x", people=16_000, shops=2_500, groups=500, publications=47_000, comments=220_000, attachments=0
        ),
        Size(
            "10x",
            people=160_000,
            shops=25_000,
            groups=5_000,
            publications=470_000,
            comments=2_200_000,
            attachments=0,
        ),
    )
}
