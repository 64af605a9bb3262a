"""Who, where, about what: me, people, topics, groups, and what was published there."""

from __future__ import annotations

from app.api.endpoint import endpoint
from app.api.schemas.asked import DirectoryQuery, PageQuery, PeopleQuery, StreamQuery
from app.api.schemas.content import Publications
from app.api.schemas.people import Experts, Me, People, Profile
from app.api.schemas.places import GroupPage, Groups, TopicPage, Topics
from app.api.views import cards
from app.badges import queries as badges
from app.content.queries import streams
from app.core.actor import Actor
from app.expertise.queries import shown as experts_of
from app.expertise.schemas import ExpertsPage
from app.groups import queries as groups_of
from app.notifications import queries as notifications_of
from app.people import queries as people_of
from app.people.schemas import DirectoryFilter, person_url
from app.reputation.queries import goes_without
from app.topics import queries as topics_of


@endpoint("GET", "/me")
def me(me: Actor) -> Me:
    """Whom the token acts for, and what is unread."""
    return Me.of(me, person_url(me.handle), notifications_of.unread(me))


@endpoint("GET", "/people")
def people(me: Actor, query: PeopleQuery) -> People:
    """The directory, by name."""
    wanted = DirectoryFilter(query.q, query.region, query.shop)
    return People.of(people_of.directory(me, wanted, after=query.after))


@endpoint("GET", "/people/<handle>")
def person(me: Actor, handle: str) -> Profile:
    """A person."""
    page = people_of.about(me, handle)
    worn = () if goes_without(page.head.id) else badges.worn(page.head.id)
    return Profile.of_page(
        page, worn, experts_of.known_of(me, page.head.id) if page.head.person.title else ()
    )


@endpoint("GET", "/people/<handle>/publications")
def publications_of_person(me: Actor, handle: str, query: PageQuery) -> Publications:
    """What a person wrote and what stands on their page, newest first."""
    head = people_of.head(me, handle)
    return cards.publications(me, streams.person(me, head.id, before=query.before))


@endpoint("GET", "/topics")
def topics(me: Actor, query: DirectoryQuery) -> Topics:
    """Topics with most publications first, or by words of their names."""
    return Topics.of(topics_of.directory(me, q=query.q, before=query.before))


@endpoint("GET", "/topics/<name>")
def topic(me: Actor, name: str) -> TopicPage:
    """A topic, in any spelling of its name.

    A name nobody has written is a topic without publications.
    """
    return TopicPage.of_head(topics_of.head(me, name))


@endpoint("GET", "/topics/<name>/experts")
def experts_of_topic(me: Actor, name: str) -> Experts:
    """Who has a title in a topic, the best first."""
    head = topics_of.head(me, name)
    return Experts.of(experts_of.experts(head.id) if head.id is not None and head.known else ExpertsPage(()))


@endpoint("GET", "/topics/<name>/publications")
def publications_of_topic(me: Actor, name: str, query: StreamQuery) -> Publications:
    """What is about a topic."""
    head = topics_of.head(me, name)
    if head.id is None:
        return cards.publications(me, streams.EMPTY)
    order = query.order or me.feed_order
    found = streams.topic(me, head.id, order=order, before=query.before, publications=head.publications)
    return cards.publications(me, found)


@endpoint("GET", "/groups")
def groups(me: Actor, query: DirectoryQuery) -> Groups:
    """Groups with most members first, or by words of their names."""
    return Groups.of(groups_of.directory(me, q=query.q, before=query.before))


@endpoint("GET", "/groups/<handle>")
def group(me: Actor, handle: str) -> GroupPage:
    """A group."""
    return GroupPage.of_head(groups_of.head(me, handle))


@endpoint("GET", "/groups/<handle>/publications")
def publications_of_group(me: Actor, handle: str, query: StreamQuery) -> Publications:
    """What stands in a group; nothing for who may not look inside."""
    head = groups_of.head(me, handle)
    order = query.order or me.feed_order
    inside = head.can_see_inside
    found = streams.group(me, head.id, order=order, before=query.before) if inside else streams.EMPTY
    return cards.publications(me, found)
