"""Notifications for the people one can sign in as, as their colleagues' acts would have made them."""

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

_Notice = tuple[int, str, str, int, int | None]


class Attention:
    """Gathers what concerns the people one can sign in as, and writes the newest of it at the end."""

    def __init__(self, society: Society, sink: Sink) -> None:
        self.society = society
        self._people = range(len(SIGN_INS))
        self._notices: dict[int, deque[_Notice]] = defaultdict(lambda: deque(maxlen=_KEPT * 5))
        self._sink = sink
        self._bin = sink.bin(
            Notification, "person_id event_id reason group_key actor_id content_id created_at read_at"
        )

    def published(self, story: Story, root: int, mentioned: list[int]) -> None:
        """A publication appeared: who is mentioned is told, and its author of likes."""
        for person in mentioned:
            self._tell(person, story.at, "mentioned", f"mentioned:{root}", story.author, root)
        self._liked(story.author, story.likes, root)
        if story.accepted is not None and story.accepted_at is not None:
            helper = story.remarks[story.accepted].author
            self._tell(helper, story.accepted_at, "accepted", f"accepted:{root}", story.author, root)

    def remarked(self, story: Story, root: int, index: int, row: int, mentioned: list[int]) -> None:
        """A remark appeared: one notice a person, for the strongest reason."""
        remark = story.remarks[index]
        told = set()
        for person in mentioned:
            self._tell(person, remark.at, "mentioned", f"mentioned:{row}", remark.author, row)
            told.add(person)
        if remark.reply_to is not None:
            person = story.remarks[remark.reply_to].author
            if person not in told:
                self._tell(person, remark.at, "replied", f"replied:{root}", remark.author, row)
                told.add(person)
        if story.author not in told:
            reason = "answered" if remark.answer else "commented"
            self._tell(story.author, remark.at, reason, f"{reason}:{root}", remark.author, row)
        self._liked(remark.author, remark.likes, row)

    def followed(self, person: int, follower: int, at: int) -> None:
        """Somebody follows a person."""
        self._tell(person, at, "followed", "followed", follower, None)

    def write(self, now: int) -> None:
        """Write the newest notices of each person; what is fresh is unread. The open unit of work commits them."""
        event = 0
        for person, notices in sorted(self._notices.items()):
            for at, reason, key, actor, content in sorted(notices)[-_KEPT:]:
                event -= 1  # negative, so that no event of the outbox ever has the same
                read = None if at > now - _UNREAD_FOR else min(now, at + HOUR)
                self._bin.add(person + 1, event, reason, key, actor + 1, content, at, read)

    def _liked(self, author: int, likes: list[Like], row: int) -> None:
        for one in likes:
            self._tell(author, one.at, "liked", f"liked:{row}", one.person, row)

    def _tell(self, person: int, at: int, reason: str, key: str, actor: int, content: int | None) -> None:
        if person in self._people and actor != person:
            self._notices[person].append((at, reason, key, actor, content))
