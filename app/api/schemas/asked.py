"""What programs ask and send."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.base import Body, Query
from app.content.schemas import Place

Cursor = Annotated[
    str | None, Field(description="`next` of the page before; absent for the first page.", max_length=60)
]
Files = Annotated[
    tuple[Annotated[str, Field(max_length=40)], ...],
    Field(
        description="Ids of uploaded files, each uploaded by the same person and not yet used.", max_length=20
    ),
]
Words = Annotated[str, Field(description="Words to look for.", max_length=300)]


class FeedQuery(Query):
    """Which feed, and how much of it."""

    feed: Literal["mine", "company"] = "mine"
    order: Annotated[
        Literal["activity", "useful"] | None, Field(description="Default: the person's own preference.")
    ] = None
    before: Cursor = None
    limit: Annotated[int, Field(ge=1, le=50)] = 20


class StreamQuery(Query):
    """How to go on in a stream of publications."""

    order: Annotated[
        Literal["activity", "useful"] | None, Field(description="Default: the person's own preference.")
    ] = None
    before: Cursor = None


class QuestionsQuery(Query):
    """Which questions."""

    which: Literal["waiting", "answered", "all", "mine"] = "waiting"
    before: Cursor = None


class SimilarQuery(Query):
    """A question that somebody is about to ask."""

    q: Annotated[str, Field(description="The question, at least three words.", max_length=1000)]
    place: Annotated[
        str,
        Field(
            description="Where it would be asked, as in `POST /publications`; topics used there come first.",
            max_length=140,
        ),
    ] = "company"


class SearchQuery(Query):
    """What to look for."""

    q: Words
    kind: Annotated[
        Literal["", "person", "publication", "comment", "topic", "group", "file"],
        Field(description="Empty: everything."),
    ] = ""
    order: Literal["relevance", "newest"] = "relevance"
    page: Annotated[int, Field(ge=1, le=50)] = 1
    state: Annotated[
        Literal["", "question", "answered", "unanswered", "official", "article"],
        Field(description="Only such texts. Empty: any."),
    ] = ""
    period: Annotated[
        Literal["", "day", "week", "month", "year"], Field(description="Only what was written so lately.")
    ] = ""
    group: Annotated[
        str,
        Field(
            description='Only in this group, by its handle; "mine": in the groups of the person.',
            max_length=120,
        ),
    ] = ""
    person: Annotated[str, Field(description="Only from this person, by their handle.", max_length=120)] = ""
    topic: Annotated[str, Field(description="Only about this topic, by its name.", max_length=200)] = ""
    exact: Annotated[
        bool, Field(description="Search the words as they are, and nothing else in their place.")
    ] = False


class PeopleQuery(Query):
    """Whom to look for in the directory."""

    q: Words = ""
    region: Annotated[str, Field(description="Code of a region.", max_length=40)] = ""
    shop: Annotated[str, Field(description="Code of a shop.", max_length=40)] = ""
    after: Annotated[str, Field(description="`next` of the page before.", max_length=80)] = ""


class DirectoryQuery(Query):
    """What to look for in a list."""

    q: Words = ""
    before: Cursor = None


class PageQuery(Query):
    """How to go on."""

    before: Cursor = None


class NotificationsQuery(Query):
    """Which notifications."""

    unread: Annotated[bool, Field(description="Only what is unread.")] = False
    before: Cursor = None


class PlaceBody(Body):
    """Where to publish."""

    kind: Literal["company", "group", "person", "shop", "department"]
    key: Annotated[
        str,
        Field(
            description="Handle of a group or person, code of a shop, number of a department.", max_length=120
        ),
    ] = ""


class PublishBody(Body):
    """A publication to be made."""

    kind: Annotated[str, Field(description='"news" or "question".', max_length=20)] = "news"
    title: Annotated[str, Field(max_length=1000)] = ""
    body: Annotated[str, Field(description="Markdown-light; # makes topics and @ mentions.")] = ""
    place: Annotated[
        PlaceBody | Annotated[str, Field(max_length=140)],
        Field(
            description='An object, or "company", "group:help-desk", "person:anna", "shop:M12", "department:7".'
        ),
    ] = "company"
    files: Files = ()

    def where(self) -> Place:
        """The place, however it was written."""
        if isinstance(self.place, str):
            return Place.parse(self.place)
        return Place(self.place.kind, self.place.key)


class ThanksBody(Body):
    """Thanks to be said."""

    people: Annotated[
        tuple[str, ...], Field(description="Handles of the colleagues, one or many.", max_length=50)
    ]
    badge: Annotated[str, Field(description='Code of a badge, as "thank_you".', max_length=40)]
    body: Annotated[str, Field(description="What for: a sentence, Markdown-light.")]
    about: Annotated[
        str, Field(description="Id of the publication or answer it is for, or empty.", max_length=40)
    ] = ""
    files: Files = ()


class ArticleBody(Body):
    """An article to be published."""

    title: Annotated[str, Field(max_length=1000)]
    body: Annotated[str, Field(description="Markdown-light; # begins a heading.")]
    topics: Annotated[
        str, Field(description='As typed: "#acquiring #returns", or empty.', max_length=2000)
    ] = ""
    place: Annotated[
        str, Field(description='"company", "group:help-desk", "department:7".', max_length=140)
    ] = "company"
    review_by: Annotated[
        date | None, Field(description="The last day on which it counts as checked, or null.")
    ] = None
    files: Files = ()


class CommentBody(Body):
    """A comment or answer to be made."""

    body: Annotated[str, Field(description="Markdown-light.")] = ""
    parent: Annotated[
        str, Field(description="Id of the comment this replies to, or empty.", max_length=40)
    ] = ""
    answer: Annotated[bool, Field(description="Whether it answers the question.")] = False
    files: Files = ()
