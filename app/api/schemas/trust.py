"""How far something may be trusted, as programs see and set it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.base import Body
from app.api.schemas.content import Trust
from app.api.schemas.people import Person
from app.trust.schemas import Seen, TrustPage

Names = Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=100)]


Version = Annotated[int | None, Field(ge=1)]


class SeenBody(Body):
    """Which versions the person has read who vouches. What is left out is not compared."""

    may_be_left_out = True

    revision: Annotated[
        Version,
        Field(description="`revision` of the text that was read; 409 when it reads otherwise by now."),
    ] = None
    question_revision: Annotated[
        Version,
        Field(description="`revision` of the question that was read; 409 when it asks otherwise by now."),
    ] = None

    def seen(self) -> Seen:
        """The versions."""
        return Seen(self.revision, self.question_revision)


class AcceptBody(SeenBody):
    """Whether an answer is to be the accepted one, and which versions were read; to take back, that is not compared."""

    may_be_left_out = False

    accepted: bool = True


class ItemTrust(Trust):
    """Everything that is known of how far something may be trusted, and what the person may do about it.

    Of something to be checked: `because` is the address of what has changed, if the person may see that;
    `changes` that of the comparison with what was vouched for, when its own text or its question was rewritten.
    `revision` and `question_revision` (null of an article) are what is sent with an act that vouches for it.
    """

    revision: int
    question_revision: int | None

    owner: Person | None
    confirmed_by: tuple[Person, ...]
    confirmed_before: tuple[Person, ...]
    because: str | None
    changes: str | None
    not_valid: Literal["over", "not_yet", "elsewhere"] | None
    may: tuple[str, ...]

    @classmethod
    def of_page(cls, page: TrustPage) -> ItemTrust:
        """What the page of an item's trust shows."""
        known = Trust.of(page.mark, accepted=page.state != "opinion")
        return cls.model_validate(
            {
                **dict(known),
                "owner": Person.of(page.owner) if page.owner else None,
                "confirmed_by": tuple(Person.of(person) for person in page.confirmed_by),
                "confirmed_before": tuple(Person.of(person) for person in page.confirmed_before),
                "revision": page.revision,
                "question_revision": page.question_revision,
                "changes": page.changes,
                "because": page.because[0] if page.because else None,
                "not_valid": page.verdict or None,
                "may": page.actions,
            }
        )


class LimitsBody(Body):
    """Until when and for whom something is to be valid, and who answers for it: all of it, in the place of what was."""

    valid_from: date | None = None
    valid_until: date | None = None
    regions: Annotated[Names, Field(description="Names of regions; none for all.")] = ()
    shop_formats: Annotated[
        tuple[Literal["standard", "flagship", "island", "franchise", "office"], ...],
        Field(description="None for all.", max_length=5),
    ] = ()
    positions: Annotated[Names, Field(description="Names of positions; none for all.")] = ()
    owner: Annotated[
        str,
        Field(description="Handle of who is asked when it ends; empty: who owns the topic.", max_length=80),
    ] = ""


class ExtendBody(SeenBody):
    """The answer "still true" to something that has ended."""

    may_be_left_out = False

    months: Literal[1, 3, 12]
    valid_until: Annotated[
        date,
        Field(description="The last day that is answered about; when it is another by now, nothing changes."),
    ]
