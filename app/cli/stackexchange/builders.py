"""One function per table, from a row's attributes to its typed value; each may raise `RowUnreadable`."""

from app.cli.stackexchange.fields import Fields, RowUnreadable
from app.cli.stackexchange.rows import Badge, Comment, HistoryEntry, Post, PostKind, PostLink, Tag, User, Vote

_POST_KINDS = frozenset(map(int, PostKind))


def user(row: Fields) -> User:
    """A row of Users.xml. An empty display name is kept: the importer names such people by their number."""
    return User(
        id=row.needed_number("Id"),
        name=row.text("DisplayName"),
        reputation=row.count("Reputation"),
        created=row.needed_moment("CreationDate"),
        last_seen=row.moment("LastAccessDate"),
        location=row.text("Location"),
        about_html=row.text("AboutMe"),
        website=row.text("WebsiteUrl"),
        account_id=row.number("AccountId"),
    )


def post(row: Fields) -> Post:
    """A row of Posts.xml. An empty body is kept; tag wikis often have one."""
    kind = row.needed_number("PostTypeId")
    if kind not in _POST_KINDS:
        raise RowUnreadable("PostTypeId is of a kind that is not known")
    parent_id = row.number("ParentId")
    if kind == PostKind.ANSWER and parent_id is None:
        raise RowUnreadable("the answer does not say which question it belongs to")
    return Post(
        id=row.needed_number("Id"),
        kind=PostKind(kind),
        created=row.needed_moment("CreationDate"),
        body_html=row.text("Body"),
        score=row.count("Score"),
        parent_id=parent_id,
        accepted_answer_id=row.number("AcceptedAnswerId"),
        owner_id=row.number("OwnerUserId"),
        owner_name=row.text("OwnerDisplayName"),
        editor_id=row.number("LastEditorUserId"),
        edited=row.moment("LastEditDate"),
        last_activity=row.moment("LastActivityDate"),
        title=row.text("Title"),
        tags=row.tags("Tags"),
        views=row.count("ViewCount"),
        licence=row.text("ContentLicense"),
        closed=row.moment("ClosedDate"),
        community_owned=row.moment("CommunityOwnedDate"),
    )


def comment(row: Fields) -> Comment:
    """A row of Comments.xml."""
    return Comment(
        id=row.needed_number("Id"),
        post_id=row.needed_number("PostId"),
        text=row.needed_text("Text"),
        score=row.count("Score"),
        created=row.needed_moment("CreationDate"),
        user_id=row.number("UserId"),
        user_name=row.text("UserDisplayName"),
        licence=row.text("ContentLicense"),
    )


def vote(row: Fields) -> Vote:
    """A row of Votes.xml."""
    return Vote(
        id=row.needed_number("Id"),
        post_id=row.needed_number("PostId"),
        kind=row.needed_number("VoteTypeId"),
        day=row.needed_moment("CreationDate").date(),
        user_id=row.number("UserId"),
        bounty=row.number("BountyAmount"),
    )


def tag(row: Fields) -> Tag:
    """A row of Tags.xml."""
    return Tag(
        id=row.needed_number("Id"),
        name=row.needed_text("TagName"),
        count=row.count("Count"),
        excerpt_post_id=row.number("ExcerptPostId"),
        wiki_post_id=row.number("WikiPostId"),
    )


def post_link(row: Fields) -> PostLink:
    """A row of PostLinks.xml."""
    return PostLink(
        id=row.needed_number("Id"),
        post_id=row.needed_number("PostId"),
        related_id=row.needed_number("RelatedPostId"),
        kind=row.needed_number("LinkTypeId"),
        created=row.needed_moment("CreationDate"),
    )


def history_entry(row: Fields) -> HistoryEntry:
    """A row of PostHistory.xml. Without a revision id the row is an edit of its own."""
    number = row.needed_number("Id")
    return HistoryEntry(
        id=number,
        post_id=row.needed_number("PostId"),
        kind=row.needed_number("PostHistoryTypeId"),
        revision=row.text("RevisionGUID") or f"row-{number}",
        created=row.needed_moment("CreationDate"),
        user_id=row.number("UserId"),
        user_name=row.text("UserDisplayName"),
        comment=row.text("Comment"),
        text=row.text("Text"),
        licence=row.text("ContentLicense"),
    )


def badge(row: Fields) -> Badge:
    """A row of Badges.xml. Dumps before 2016 have no class; those count as bronze."""
    return Badge(
        id=row.needed_number("Id"),
        user_id=row.needed_number("UserId"),
        name=row.needed_text("Name"),
        given=row.needed_moment("Date"),
        badge_class=row.number("Class") or 3,
        tag_based=row.flag("TagBased"),
    )
