"""The ledger of a site: what its votes, acceptances, bounties and edits brought its people, with their own dates.

Computed from what is kept of the dump and compared with what the ledger holds: what is new is given, what no longer
stands is taken back by an entry that points at the one it reverses. So the same dump again writes nothing, and after a
later one the sums are those of a fresh import. Imported entries name no item: people's own acts are settled by item,
and what a source says must not be taken for them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from app.cli.bulk import in_chunks, insert_rows
from app.cli.stackexchange.arithmetic import Event, replay_towards
from app.cli.stackexchange.evidence import ACCOUNT, COUNTED
from app.cli.stackexchange.memory import Memory, fingerprint
from app.cli.stackexchange.outline import user_key
from app.cli.stackexchange.rows import VoteKind
from app.cli.stackexchange.run import Outcome, Run
from app.cli.stackexchange.site_rules import (
    ACCEPTED,
    ACCEPTING,
    ANSWER_UP,
    BOUNTY_OFFERED,
    BOUNTY_WON,
    DOWN,
    EDIT,
    QUESTION_UP,
    TAKING,
    ensure_rules,
    pays_points,
    rules_at,
)
from app.cli.stackexchange.suggested import EDITED
from app.content.models import QUESTION, ContentItem, ContentOrigin, PersonOrigin
from app.core import clock
from app.core.clock import as_moment
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.reputation.models import ISSUE, REPUTATION, Balance, Entry

#: Entries written in one transaction.
_BATCH = 2000
#: The account on the other side of points that were taken.
_TAKEN = "penalty"
_EPOCH = date(1970, 1, 1).toordinal()
#: Longer host names are cut: a fact has room for eighty characters.
_LONGEST_LABEL = 40

#: Fact, rule and person: what there is at most one standing entry of.
_Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class _Post:
    """What votes on a post need to know. `owner` and `asker` are users with an account, or None."""

    owner: int | None
    asker: int | None
    is_question: bool
    #: From which day on it belongs to everybody, so that nobody has points from it.
    wiki_since: int | None


@dataclass(frozen=True, slots=True)
class _Wanted:
    rule_id: int
    delta: int
    limited: str
    happened_at: int


def label_of(site: str) -> str:
    """How a site is called in facts and sources."""
    return site if len(site) <= _LONGEST_LABEL else f"{site[: _LONGEST_LABEL - 13]}~{fingerprint(site)[:12]}"


def import_ledger(run: Run) -> None:
    """Bring the ledger to what is kept of the site. About seven SELECTs, and a transaction for each 2000 entries."""
    with unit_of_work():
        ensure_rules()
    wanted = dict(_wanted(run)) if pays_points(run.site) else {}
    chains = _chains(run.site)
    rows = list(_differences(run, wanted, chains))
    for chunk in in_chunks(run.steps("Points", rows, len(rows)), _BATCH):
        with unit_of_work():
            insert_rows(Entry, chunk)
            _add_to_balances(chunk)


def _wanted(run: Run) -> Iterator[tuple[_Key, _Wanted]]:
    """Every entry that the site's people should have."""
    accounts = Memory(run.source_id, ACCOUNT)
    votes = Memory(run.source_id, "vote:")
    rules = rules_at(max((_day(votes[key]["CreationDate"]) for key in votes), default=0) * clock.DAY)
    points = {rule.code: rule.points for rule in rules.values()}
    people = people_of(run.source_id, accounts)
    events: defaultdict[int, list[Event]] = defaultdict(list)
    for user, event in _events(run.source_id, votes, people):
        if user in people:
            events[user].append(event)
    for user, person_id in people.items():
        account = accounts[f"{ACCOUNT}{user}"]
        joined_at = as_moment(datetime.fromisoformat(account["CreationDate"]).astimezone(UTC))
        joined = Event(joined_at // clock.DAY, 0, "", user_key(user))
        for paid in replay_towards(events[user], points, joined, account["Reputation"]):
            at = joined_at if paid.event.key == joined.key else paid.event.day * clock.DAY
            rule = rules[paid.event.rule]
            fact = f"{label_of(run.site)}:{paid.event.key}"
            yield (fact, rule.code, person_id), _Wanted(rule.id, paid.delta, paid.limited, at)


def people_of(source_id: int, accounts: Memory) -> dict[int, int]:
    """The people who have an account there, by user id. One SELECT; `accounts` are what is kept of accounts."""
    rows = db.session.execute(
        select(PersonOrigin.key, PersonOrigin.person_id)
        .where(PersonOrigin.source_id == source_id)
        .order_by(PersonOrigin.person_id)
    )
    numbers = ((key.removeprefix("user:"), person_id) for key, person_id in rows)
    return {int(number): person_id for number, person_id in numbers if f"{ACCOUNT}{number}" in accounts}


def _events(source_id: int, votes: Memory, people: dict[int, int]) -> Iterator[tuple[int | None, Event]]:
    """Who is concerned by what was counted on the site."""
    posts = _posts(source_id, people)
    for key in votes:
        yield from _events_of(key, votes[key], posts.get(votes[key]["PostId"]))
    edits = Memory(source_id, EDITED)
    for key in edits:
        fields = edits[key]
        yield fields["UserId"], Event(_day(fields["CreationDate"]), _number(key), EDIT, key)


def _events_of(key: str, fields: Any, post: _Post | None) -> Iterator[tuple[int | None, Event]]:
    """What one vote is to the people of its post. Nobody has points from accepting what they wrote themselves."""
    day, number, kind = _day(fields["CreationDate"]), _number(key), fields["VoteTypeId"]
    amount = fields.get("BountyAmount") or 0
    if kind == VoteKind.BOUNTY_START and amount:
        yield fields.get("UserId"), Event(day, number, BOUNTY_OFFERED, key, amount)
    if post is None:
        return
    if kind == VoteKind.BOUNTY_CLOSE and amount:
        yield post.owner, Event(day, number, BOUNTY_WON, key, amount)
    if post.wiki_since is not None and day >= post.wiki_since:
        return
    if kind == VoteKind.UP:
        yield post.owner, Event(day, number, QUESTION_UP if post.is_question else ANSWER_UP, key)
    elif kind == VoteKind.DOWN:
        yield post.owner, Event(day, number, DOWN, key)
    elif kind == VoteKind.ACCEPTED and not post.is_question and post.owner != post.asker:
        yield post.owner, Event(day, number, ACCEPTED, key)
        yield post.asker, Event(day, number, ACCEPTING, key)


def _posts(source_id: int, people: dict[int, int]) -> dict[int, _Post]:
    """Questions and answers by their number there."""
    counted = Memory(source_id, COUNTED)
    users = {person_id: user for user, person_id in people.items()}
    rows = db.session.execute(
        select(
            ContentOrigin.key, ContentItem.id, ContentItem.kind, ContentItem.author_id, ContentItem.root_id
        )
        .join(ContentItem, ContentItem.id == ContentOrigin.content_id)
        .where(ContentOrigin.source_id == source_id, ContentOrigin.key.startswith("post:"))
    ).all()
    author_of = {row.id: row.author_id for row in rows}
    posts = {}
    for row in rows:
        number = _number(row.key)
        wiki = counted[f"{COUNTED}{number}"].get("CommunityOwnedDate")
        posts[number] = _Post(
            owner=users.get(row.author_id),
            asker=users.get(author_of.get(row.root_id or row.id, 0)),
            is_question=row.kind == QUESTION,
            wiki_since=_day(wiki) if wiki else None,
        )
    return posts


def _chains(site: str) -> dict[_Key, list[Any]]:
    """Every entry of the site, by what it is about, in the order they were written. One SELECT."""
    chains: defaultdict[_Key, list[Any]] = defaultdict(list)
    rows = db.session.execute(
        select(
            Entry.id, Entry.person_id, Entry.delta, Entry.gives, Entry.rule_id, Entry.rule, Entry.fact,
            Entry.limited, Entry.against, Entry.happened_at,
        )
        .where(Entry.fact.startswith(f"{label_of(site)}:", autoescape=True), Entry.source.startswith("import:"))
        .order_by(Entry.id)
    )  # fmt: skip
    for row in rows:
        chains[row.fact, row.rule, row.person_id].append(row)
    return chains


def _differences(
    run: Run, wanted: dict[_Key, _Wanted], chains: dict[_Key, list[Any]]
) -> Iterator[dict[str, Any]]:
    """The entries that bring the ledger to what is wanted; reversals first."""
    for key, chain in chains.items():
        last, want = chain[-1], wanted.get(key)
        if last.gives and (want is None or not _same(last, want, last.delta)):
            yield _reversal(key, last, len(chain))
            run.tally.add("points", Outcome.UPDATED if want else Outcome.REMOVED)
    for key, want in wanted.items():
        chain = chains.get(key, [])
        last = chain[-1] if chain else None
        if last is not None and last.gives and _same(last, want, last.delta):
            run.tally.add("points", Outcome.UNCHANGED)
        elif last is not None and not last.gives and _same(last, want, -last.delta):
            yield _reversal(key, last, len(chain))
            run.tally.add("points", Outcome.ADDED)
        else:
            yield _gift(key, want, len(chain) + (last is not None and last.gives))
            run.tally.add("points", Outcome.ADDED, int(last is None or not last.gives))


def _same(entry: Any, want: _Wanted, delta: int) -> bool:
    return (entry.rule_id, delta, entry.limited) == (want.rule_id, want.delta, want.limited)


def _gift(key: _Key, want: _Wanted, number: int) -> dict[str, Any]:
    against = _TAKEN if key[1] in TAKING else ISSUE
    return _row(key, number, want.rule_id, want.delta, against, want.limited, want.happened_at, gives=True)


def _reversal(key: _Key, last: Any, number: int) -> dict[str, Any]:
    row = _row(
        key, number, last.rule_id, -last.delta, last.against, last.limited, last.happened_at, gives=not last.gives
    )  # fmt: skip
    return {**row, "reverses_id": last.id}


def _row(
    key: _Key, number: int, rule_id: int, delta: int, against: str, limited: str, at: int, *, gives: bool
) -> dict[str, Any]:
    """An entry; `number` counts those about the same, and keeps their sources apart."""
    fact, rule, person_id = key
    return {
        "person_id": person_id, "account": REPUTATION, "against": against, "delta": delta, "gives": gives,
        "rule_id": rule_id, "rule": rule, "fact": fact, "source": f"import:{fact}" + (f"#{number}" if number else ""),
        "reverses_id": None, "limited": limited, "actor_id": None, "content_id": None, "topic_id": None,
        "priority": False, "happened_at": at, "day": at // clock.DAY, "recorded_at": clock.now(),
    }  # fmt: skip


def _add_to_balances(rows: Iterable[dict[str, Any]]) -> None:
    """Add what was written to the balances, in order of people, as everybody does who writes entries."""
    sums: defaultdict[int, int] = defaultdict(int)
    for row in rows:
        sums[row["person_id"]] += row["delta"]
    more = insert(Balance)
    db.session.execute(
        more.on_conflict_do_update(
            index_elements=["person_id", "account"], set_={"points": Balance.points + more.excluded.points}
        ),
        [
            {"person_id": person_id, "account": REPUTATION, "points": points}
            for person_id, points in sorted(sums.items())
        ],
    )


def _day(text: str) -> int:
    """The day of an ISO date, in days since the epoch."""
    return date.fromisoformat(text[:10]).toordinal() - _EPOCH


def _number(key: str) -> int:
    return int(key.rpartition(":")[2])
