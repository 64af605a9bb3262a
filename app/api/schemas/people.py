"""People as programs get them."""

from __future__ import annotations

from collections.abc import Sequence

from app.api.schemas.base import Answer
from app.badges.schemas import WornBadge
from app.core.actor import Actor
from app.expertise.schemas import ExpertLine, ExpertsPage, Known
from app.notifications.schemas import UnreadCounts
from app.people.schemas import AboutPage, DirectoryPage, PersonLine

#: Titles of experts as programs get them.
TITLES = ("", "learner", "connoisseur", "master")


class Person(Answer):
    """A person in short."""

    handle: str
    name: str
    url: str
    position: str
    shop: str
    photo_url: str | None

    @classmethod
    def of(cls, line: PersonLine) -> Person:
        """The person of a line."""
        return cls(
            handle=line.handle,
            name=line.name,
            url=line.url,
            position=line.position,
            shop=line.shop,
            photo_url=line.photo_url,
        )


class ListedPerson(Person):
    """A person in the directory."""

    followed: bool


class People(Answer):
    """A page of the directory, by name."""

    items: tuple[ListedPerson, ...]
    next: str | None

    @classmethod
    def of(cls, page: DirectoryPage) -> People:
        """The people of a page of the directory."""
        items = (ListedPerson(**dict(Person.of(row.person)), followed=row.followed) for row in page.people)
        return cls(items=tuple(items), next=page.next)


class Badge(Answer):
    """A badge that a person wears, how often, and the name of its drawing."""

    code: str
    name: str
    picture: str
    count: int

    @classmethod
    def of(cls, worn: WornBadge) -> Badge:
        """The badge of a cabinet."""
        return cls(code=worn.badge.code, name=worn.badge.name, picture=worn.badge.picture, count=worn.count)


class Expertise(Answer):
    """A topic in which a person has a title: "learner", "connoisseur" or "master", with the score it rests on."""

    topic: str
    url: str
    title: str
    score: float
    #: Acts of praise by kind, and how many different colleagues they came from.
    acts: dict[str, int]
    colleagues: int

    @classmethod
    def of(cls, known: Known) -> Expertise:
        """The expertise of a profile."""
        return cls(
            topic=known.topic.key,
            url=known.topic.url,
            title=TITLES[known.title],
            score=round(known.score, 2),
            acts=dict(known.reason.acts),
            colleagues=known.reason.givers,
        )


class Expert(Person):
    """One of the experts of a topic."""

    title: str
    score: float
    acts: dict[str, int]
    colleagues: int

    @classmethod
    def of_line(cls, expert: ExpertLine) -> Expert:
        """The expert of a list."""
        return cls(
            **dict(Person.of(expert.person)),
            title=TITLES[expert.person.title],
            score=round(expert.score, 2),
            acts=dict(expert.reason.acts),
            colleagues=expert.reason.givers,
        )


class Experts(Answer):
    """The experts of a topic, the best first."""

    items: tuple[Expert, ...]

    @classmethod
    def of(cls, listing: ExpertsPage) -> Experts:
        """The experts of a page."""
        return cls(items=tuple(Expert.of_line(each) for each in listing.experts))


class Profile(Person):
    """A person's page."""

    full_name: str
    works_here: bool
    about_html: str
    email: str | None
    phone: str | None
    region: str
    manager: Person | None
    followers: int
    publications: int
    followed: bool
    badges: tuple[Badge, ...]
    expertise: tuple[Expertise, ...]

    @classmethod
    def of_page(cls, page: AboutPage, worn: Sequence[WornBadge], known: Sequence[Known]) -> Profile:
        """The profile in the page "About"."""
        head = page.head
        return cls(
            **dict(Person.of(head.person)),
            full_name=head.full_name,
            works_here=head.works_here,
            about_html=str(page.about_html),
            email=page.email,
            phone=page.phone,
            region=page.region,
            manager=Person.of(page.manager) if page.manager else None,
            followers=head.followers,
            publications=head.publications,
            followed=head.followed,
            badges=tuple(Badge.of(each) for each in worn),
            expertise=tuple(Expertise.of(each) for each in known if each.title),
        )


class Unread(Answer):
    """What the bell counts."""

    notifications: int
    mentions: int

    @classmethod
    def of(cls, counts: UnreadCounts) -> Unread:
        """The counters."""
        return cls(notifications=counts.notifications, mentions=counts.mentions)


class Me(Answer):
    """Who the token acts for."""

    handle: str
    name: str
    url: str
    roles: tuple[str, ...]
    locale: str
    time_zone: str
    feed_order: str
    unread: Unread

    @classmethod
    def of(cls, actor: Actor, url: str, unread: UnreadCounts) -> Me:
        """The actor and their counters."""
        return cls(
            handle=actor.handle,
            name=actor.name,
            url=url,
            roles=tuple(sorted(actor.roles)),
            locale=actor.locale,
            time_zone=actor.time_zone,
            feed_order=actor.feed_order,
            unread=Unread.of(unread),
        )
