"""Notifications for the people one can sign in as, as the product would have told them: see `app.notifications`."""

from __future__ import annotations

from collections import defaultdict, deque

from app.cli.demo.cast import SIGN_INS
from app.cli.demo.loader.sink import Sink
from app.cli.demo.society import Society
from app.cli.demo.stories import Like, Story
from app.core.clock import HOUR
from app.notifications.models import Notification

#: Kept for each person, the newest.
_KEPT = 80
#: What is older has been read.
_UNREAD_FOR = 5 * HOUR

#: When, the reason, the key of its line, who did it, content and group (ids).
_Notice = tuple[int, str, str, int, int, int]
_NOBODY = -1
_NOTHING = 0


class Attention:
    """Gathers what concerns the people one can sign in as, and writes the newest of it at the end."""

    def __init__(self, society: Society, sink: Sink) -> None:
        self.society = society
        self._people = frozenset(range(len(SIGN_INS)))
        self._notices: dict[int, deque[_Notice]] = defaultdict(lambda: deque(maxlen=_KEPT * 5))
        self._bin = sink.bin(
            Notification,
            "person_id event_id reason group_key actor_id content_id group_id created_at read_at",
        )

    def published(self, story: Story, root: int, mentioned: list[int]) -> None:
        """A publication appeared: who is mentioned is told, and whose page it stands on; its author of the rest."""
        for person in mentioned:
            self._tell(person, story.at, "mentioned", root, story.author)
        if story.place.kind == "person" and story.place.index not in mentioned:
            self._tell(story.place.index, story.at, "wrote_on_page", root, story.author)
        if story.added is not None:
            self._tell(story.author, story.added.at, "topics_added", root, story.added.person)
        self._liked(story.author, story.likes, root)

    def remarked(self, story: Story, root: int, index: int, row: int, mentioned: list[int]) -> None:
        """A remark appeared: one notice a person, for the strongest reason."""
        remark = story.remarks[index]
        if index == story.accepted and story.accepted_at is not None:
            self._tell(remark.author, story.accepted_at, "accepted", row, story.author)
        self._liked(remark.author, remark.likes, row)
        takes_part = {story.author, *mentioned, *(earlier.author for earlier in story.remarks[:index])}
        if takes_part.isdisjoint(self._people):
            return
        reasons = dict.fromkeys(mentioned, "mentioned")
        if remark.answer:
            reasons.setdefault(story.author, "answered")
        if remark.reply_to is not None:
            reasons.setdefault(story.remarks[remark.reply_to].author, "replied")
        reasons.setdefault(story.author, "commented")
        for earlier in story.remarks[:index]:
            reasons.setdefault(earlier.author, "also_commented")
        for person, reason in reasons.items():
            line = row if reason == "mentioned" else root
            self._tell(person, remark.at, reason, row, remark.author, key=f"{reason}:item:{line}")

    def hidden(self, author: int, row: int, at: int) -> None:
        """A moderator hid what a person wrote."""
        self._tell(author, at, "hidden", row, _NOBODY)

    def thanked(self, person: int, giver: int, row: int, at: int) -> None:
        """A colleague says thanks."""
        self._tell(person, at, "thanked", row, giver)

    def followed(self, person: int, follower: int, at: int) -> None:
        """Somebody follows a person."""
        self._tell(person, at, "followed", _NOTHING, follower, key="followed:me")

    def asked_still_true(self, person: int, row: int, at: int) -> None:
        """What somebody answers for has ended."""
        self._tell(person, at, "still_true", row, _NOBODY)

    def asked_in(self, group: int, asker: int, at: int) -> None:
        """Somebody asks to be let into a group: its two keepers are told."""
        for keeper in self.society.groups[group].members[:2]:
            key = f"requested:group:{group + 1}"
            self._tell(keeper, at, "requested", _NOTHING, asker, key=key, group=group + 1)

    def invited(self, group: int, person: int, at: int) -> None:
        """A person is invited to a group."""
        owner = self.society.groups[group].members[0]
        self._tell(person, at, "invited", _NOTHING, owner, key=f"invited:group:{group + 1}", group=group + 1)

    def write(self, now: int) -> None:
        """Write the newest notices of each person; what is fresh is unread. The open unit of work commits them."""
        event = 0
        for person, notices in sorted(self._notices.items()):
            for at, reason, key, actor, content, group in sorted(notices)[-_KEPT:]:
                event -= 1  # negative, so that no event of the outbox ever has the same
                read = None if at > now - _UNREAD_FOR else min(now, at + HOUR)
                by = None if actor == _NOBODY else actor + 1
                self._bin.add(person + 1, event, reason, key, by, content or None, group or None, at, read)

    def _liked(self, author: int, likes: list[Like], row: int) -> None:
        for one in likes if author in self._people else ():
            self._tell(author, one.at, "liked", row, one.person)

    def _tell(
        self,
        person: int,
        at: int,
        reason: str,
        content: int,
        actor: int,
        *,
        key: str = "",
        group: int = _NOTHING,
    ) -> None:
        if person in self._people and actor != person:
            line = key or f"{reason}:item:{content}"
            self._notices[person].append((at, reason, line, actor, content, group))
