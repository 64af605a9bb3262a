"""Topics and groups as programs get them."""

from __future__ import annotations

from app.api.schemas.base import Answer
from app.groups.schemas import GroupHead, GroupLine, GroupListing
from app.topics.schemas import TopicHead, TopicLine, TopicListing


class Topic(Answer):
    """A topic in a list. `key` is its folded name, as in addresses."""

    key: str
    name: str
    url: str
    publications: int
    subscribers: int
    subscribed: bool
    mandatory: bool
    priority: bool

    @classmethod
    def of(cls, topic: TopicLine | TopicHead) -> Topic:
        """The topic of a line or of a page's head."""
        return cls(
            key=topic.key,
            name=topic.name,
            url=topic.url,
            publications=topic.publications,
            subscribers=topic.subscribers,
            subscribed=topic.subscribed,
            mandatory=topic.mandatory,
            priority=topic.priority,
        )


class TopicPage(Topic):
    """A topic with its description."""

    description_html: str

    @classmethod
    def of_head(cls, head: TopicHead) -> TopicPage:
        """The topic of a page's head."""
        return cls(**dict(Topic.of(head)), description_html=str(head.description_html))


class Topics(Answer):
    """A page of topics, the largest first."""

    items: tuple[Topic, ...]
    next: str | None

    @classmethod
    def of(cls, listing: TopicListing) -> Topics:
        """The topics of a page."""
        return cls(items=tuple(Topic.of(line) for line in listing.topics), next=listing.next)


class Group(Answer):
    """A group in a list. `role` is the person's own in it, or null."""

    handle: str
    name: str
    url: str
    visibility: str
    description: str
    members: int
    role: str | None

    @classmethod
    def of(cls, group: GroupLine | GroupHead) -> Group:
        """The group of a line or of a page's head."""
        return cls(
            handle=group.handle,
            name=group.name,
            url=group.url,
            visibility=group.visibility,
            description=group.description,
            members=group.members,
            role=group.role,
        )


class GroupPage(Group):
    """A group, and what the person may do in it."""

    publications: int
    can_see_inside: bool
    can_post: bool

    @classmethod
    def of_head(cls, head: GroupHead) -> GroupPage:
        """The group of a page's head."""
        return cls(
            **dict(Group.of(head)),
            publications=head.publications,
            can_see_inside=head.can_see_inside,
            can_post=head.can_post,
        )


class Groups(Answer):
    """A page of groups, the largest first."""

    items: tuple[Group, ...]
    next: str | None

    @classmethod
    def of(cls, listing: GroupListing) -> Groups:
        """The groups of a page."""
        return cls(items=tuple(Group.of(line) for line in listing.groups), next=listing.next)
