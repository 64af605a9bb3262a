"""Hand-made dumps: a folder of XML files, as small as the case at hand needs."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

Rows = Sequence[Mapping[str, object]]

DAY = "2014-01-21T20:26:05.383"


def xml(root: str, rows: Rows) -> str:
    """One file of a dump."""
    lines = [
        "  <row " + " ".join(f"{name}={quoteattr(str(value))}" for name, value in row.items()) + " />"
        for row in rows
    ]
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', f"<{root}>", *lines, f"</{root}>", ""])


def write_dump(folder: Path, **tables: Rows | str) -> Path:
    """Write `folder` with one file for each table: Users, Posts, … as rows, or as the very text of the file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {"Users": (), "Posts": (), **tables}.items():
        text = content if isinstance(content, str) else xml(name.lower(), content)
        (folder / f"{name}.xml").write_text("\ufeff" + text, encoding="utf-8")
    return folder


def user(number: int, name: str, **more: object) -> dict[str, object]:
    """A row of Users.xml."""
    return {"Id": number, "Reputation": 101, "CreationDate": DAY, "DisplayName": name, **more}


def question(number: int, owner: int | None, title: str = "Why?", **more: object) -> dict[str, object]:
    """A question of Posts.xml."""
    row: dict[str, object] = {
        "Id": number,
        "PostTypeId": 1,
        "CreationDate": DAY,
        "Score": 0,
        "Body": "<p>Because?</p>",
        "Title": title,
        "Tags": "<hops>",
        "ContentLicense": "CC BY-SA 3.0",
    }
    return row | ({"OwnerUserId": owner} if owner is not None else {}) | more


def answer(number: int, parent: int, owner: int | None, **more: object) -> dict[str, object]:
    """An answer of Posts.xml."""
    row: dict[str, object] = {
        "Id": number,
        "PostTypeId": 2,
        "ParentId": parent,
        "CreationDate": "2014-01-22T08:00:00.000",
        "Score": 0,
        "Body": "<p>Because.</p>",
        "ContentLicense": "CC BY-SA 3.0",
    }
    return row | ({"OwnerUserId": owner} if owner is not None else {}) | more


def comment(
    number: int, post: int, author: int | None, text: str = "Indeed so.", **more: object
) -> dict[str, object]:
    """A row of Comments.xml."""
    row: dict[str, object] = {
        "Id": number,
        "PostId": post,
        "Score": 0,
        "Text": text,
        "CreationDate": "2014-01-23T09:00:00",
    }
    return row | ({"UserId": author} if author is not None else {}) | more


def vote(number: int, post: int, kind: int = 2, **more: object) -> dict[str, object]:
    """A row of Votes.xml."""
    return {
        "Id": number,
        "PostId": post,
        "VoteTypeId": kind,
        "CreationDate": "2014-01-24T00:00:00.000",
        **more,
    }


def link(number: int, post: int, related: int, kind: int = 1) -> dict[str, object]:
    """A row of PostLinks.xml."""
    return {"Id": number, "CreationDate": DAY, "PostId": post, "RelatedPostId": related, "LinkTypeId": kind}


def tag(number: int, name: str, **more: object) -> dict[str, object]:
    """A row of Tags.xml."""
    return {"Id": number, "TagName": name, "Count": 1, **more}


def history(
    number: int, post: int, kind: int, text: str, edit: int, editor: int | None = 1, **more: object
) -> dict[str, object]:
    """A row of PostHistory.xml; rows of one `edit` belong together, and edits follow each other by the hour."""
    row: dict[str, object] = {
        "Id": number,
        "PostHistoryTypeId": kind,
        "PostId": post,
        "RevisionGUID": f"edit-{edit}",
        "CreationDate": f"2014-01-25T{edit:02}:00:00",
        "Text": text,
    }
    return row | ({"UserId": editor} if editor is not None else {}) | more


def badge(number: int, user_id: int, name: str = "Teacher") -> dict[str, object]:
    """A row of Badges.xml."""
    return {"Id": number, "UserId": user_id, "Name": name, "Date": DAY, "Class": 3, "TagBased": "False"}
