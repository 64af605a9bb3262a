"""What pages are given of notifications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.badges.schemas import BadgeLine
from app.core.i18n import locale_code
from app.people.schemas import PersonLine
from app.routing.schemas import AskLine

#: Reasons, the strongest first: of several reasons for one event a person is told the first.
REASONS = (
    "thanked",
    "mentioned",
    "routed",
    "official",
    "recalled",
    "still_true",
    "to_check",
    "reworded",
    "accepted",
    "answered",
    "replied",
    "wrote_on_page",
    "commented",
    "group_mentioned",
    "also_commented",
    "liked",
    "helped",
    "topics_added",
    "followed",
    "came",
    "invited",
    "requested",
    "let_in",
    "reported",
    "hidden",
    "restored",
    "level",
    "badge",
    "reward_ordered",
    "reward_approved",
    "reward_handed_out",
    "reward_closed",
    "reward_cancelled",
    "bonus_expiring",
    "topics_handed",
    "topics_left",
    "articles_handed",
    "article_passed",
    "article_due",
    "article_soon",
)


#: What the key of a line names when a question was rewritten and not its answer.
OF_QUESTION = "question"

#: What a person may switch off, and the reasons that each stands for.
KINDS: Mapping[str, tuple[str, ...]] = {
    "mentions": ("mentioned",),
    "group_mentions": ("group_mentioned",),
    "answers": ("answered",),
    "replies": ("replied",),
    "comments": ("commented", "wrote_on_page"),
    "threads": ("also_commented",),
    "likes": ("liked",),
    "topics": ("topics_added",),
    "routed": ("routed",),
    "helped": ("accepted", "helped"),
    "thanks": ("thanked", "badge"),
    "levels": ("level",),
    "rewards": (
        "reward_approved", "reward_handed_out", "reward_closed", "reward_cancelled", "bonus_expiring",
    ),
    "people": ("followed", "came"),
    "groups": ("invited", "let_in"),
}  # fmt: skip
#: What everybody is told, as others rely on it: what was official and is not any more, and what waits for a person.
ALWAYS = (
    "official", "recalled", "still_true", "to_check", "reworded", "requested", "reported", "hidden", "restored",
    "reward_ordered", "topics_handed", "topics_left", "articles_handed", "article_passed", "article_due",
    "article_soon",
)  # fmt: skip
#: The kind of each reason that can be switched off.
KIND_OF: Mapping[str, str] = {reason: kind for kind, reasons in KINDS.items() for reason in reasons}

#: When nothing announces itself: at no time, between two times of every day, or while one is not at work.
QUIET = ("never", "hours", "off_duty")


@dataclass(frozen=True, slots=True)
class NotificationSettings:
    """What a person wants to be told, and when nothing announces itself."""

    muted: frozenset[str] = frozenset()
    quiet: str = "never"
    #: Minutes of the person's day.
    quiet_from: int = 22 * 60
    quiet_until: int = 8 * 60


@dataclass(frozen=True, slots=True)
class UnreadCounts:
    """What the frame's counters show."""

    notifications: int
    mentions: int


@dataclass(frozen=True, slots=True)
class NotificationLine:
    """One line of the bell: everything of one reason about one thing, together."""

    #: Of the latest notification in the line; opening it reads them all.
    id: int
    reason: str
    #: Who did it last, or None for a decision of the moderators.
    person: PersonLine | None
    #: How many different people did it.
    people: int
    at: int
    unread: bool
    #: "news", "question", "thanks", "article", "comment" or "answer" of what it is about; "" when it is about no text.
    kind: str
    #: First words of what it is about.
    quote: str
    #: Name of the group it is about, or "".
    group: str
    #: The level that was reached, or 0.
    level: int = 0
    #: Of a recall or a rewritten text: the revision that was official or vouched for until then, or 0.
    revision: int = 0
    #: Whether the question was rewritten and not the answer that it is about.
    of_question: bool = False
    #: Bonus points that expire, or 0, and a moment of the last day on which they count.
    points: int = 0
    last_day: int = 0
    #: The reward that was ordered, by language.
    thing: Mapping[str, str] = field(default_factory=dict)
    #: The badge that was earned, or that came with thanks.
    badge: BadgeLine | None = None
    #: What was asked of the reader, where the line is a question put to them.
    ask: AskLine | None = None
    #: Articles that were handed over, or 0.
    articles: int = 0

    @property
    def about(self) -> str:
        """First words of what it is about, in the reader's language."""
        earned = self.badge.name if self.badge and self.reason == "badge" else ""
        return self.thing.get(locale_code(), "") or earned or self.quote


@dataclass(frozen=True, slots=True)
class NotificationPage:
    """A page of the bell."""

    lines: tuple[NotificationLine, ...]
    next: str | None
    unread: UnreadCounts
    #: Whether nothing announces itself now.
    quiet: bool = False
