"""The words an index in PostgreSQL knows, how rare they are, and which are nearly the same.

Frequencies are counted over what the whole company may see: what stands in a closed group changes the order of nobody's
results. A word said in closed groups alone is known to those who may see one of its documents, and to nobody else.
Words are looked up many at a time, before they are asked about one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.core.fulltext.analysis import TEXT, TITLE, fold_words, stem
from app.core.fulltext.arrays import COMPANY
from app.core.fulltext.postgres_words import any_of, clean, lexeme
from app.core.fulltext.spelling import meant
from app.core.fulltext.vocabulary import is_word

#: Of the words that go on from a prefix, the most frequent ones count.
MAX_EXPANSIONS = 64
#: How alike two forms have to be to be compared, and how many are compared at most.
_ALIKE = 0.33
_MOST = 48
#: Comes after everything that goes on from a prefix.
_END = "\U0010ffff"

_SEEN = """EXISTS (
    SELECT FROM {schema}.documents
    WHERE documents.words @@ concat('''', replace(replace(word, '\\', '\\\\'), '''', ''''''), '''')::tsquery
    AND place = ANY (%(groups)s::bigint[])
)"""
_LOOK_UP = """
SELECT word, titles, texts, threads FROM {schema}.words
WHERE word = ANY (%(words)s::text[]) AND anywhere > 0 AND (titles + texts > 0 OR {seen})
"""
_GO_ON = """
SELECT word, titles, texts, threads FROM {schema}.words
WHERE word >= %(begin)s AND word < %(end)s AND titles > 0 ORDER BY titles DESC, word LIMIT %(most)s
"""
_RARITY = "SELECT run, forms FROM {schema}.runs WHERE run = ANY (%(runs)s::text[])"
#: The forms that share enough runs of letters with a word. Those that do have one of the word's rarest, so only those
#: are looked for in the index; `ts_rank` of what has no places tells how many of all runs a form has.
_NEAR = """
SELECT form, companywide, alike FROM (
    SELECT form, companywide,
        2 * 1.64493406685 * {count} * ts_rank('{{1,1,1,1}}', runs, {all}) / ({letters} + length(form)) AS alike
    FROM {schema}.forms
    WHERE runs @@ {rare} AND anywhere > 0 AND length(form) BETWEEN {letters} / 2 AND {letters} * 2
) AS compared
WHERE alike >= {alike} ORDER BY alike DESC, companywide DESC, form LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Known:
    """In how many titles, texts and threads that everybody may see a word stands."""

    titles: int
    texts: int
    threads: int


class Lexicon:
    """The words one person may know of, as of one moment."""

    def __init__(self, connection: Connection, schema: str, size: int, groups: Sequence[int] = ()) -> None:
        """``size`` is how many documents the whole company may see, ``groups`` are those of one person."""
        self._connection = connection
        self._schema = schema
        self._groups = list(groups)
        self.size = max(1, size)
        self._known: dict[str, Known | None] = {}
        self._alike: dict[str, dict[str, tuple[int, float]]] = {}
        self._expanded: dict[str, list[str]] = {}

    def learn(self, words: Iterable[str]) -> None:
        """Look up words that will be asked about. One statement."""
        new = [word for word in dict.fromkeys(map(clean, words)) if word not in self._known]
        if new:
            self._known |= dict.fromkeys(new)
            self._note(self._run(_LOOK_UP, words=new, groups=self._groups))

    def known(self, word: str) -> Known | None:
        """What is known of a word, None for one that nobody used as far as this person may see."""
        if clean(word) not in self._known:
            self.learn([word])
        return self._known[clean(word)]

    def frequency(self, field: str, word: str) -> int:
        """In how many documents the field has the word; one where only closed groups say it."""
        known = self.known(word)
        if known is None:
            return 0
        return (known.titles if field == TITLE else known.texts) or int(known.titles + known.texts == 0)

    def expand(self, prefix: str) -> list[str]:
        """The most frequent words of titles that go on from a prefix. One statement, the first time."""
        if prefix not in self._expanded:
            rows = self._run(_GO_ON, begin=clean(prefix), end=clean(prefix) + _END, most=MAX_EXPANSIONS)
            self._note(rows)
            self._expanded[prefix] = [row.word for row in rows]
        return self._expanded[prefix]

    def learn_alike(self, words: Iterable[str]) -> None:
        """Look up what is nearly the same as these words, and the stems of that. Three statements."""
        new = {word: letter_runs(word) for word in words if word not in self._alike and is_word(word)}
        if not new:
            return
        every = list({run for runs in new.values() for run in runs})
        rarity = {row.run: row.forms for row in self._run(_RARITY, runs=every)}
        values: dict[str, Any] = {}
        parts = []
        for at, (word, runs) in enumerate(new.items()):
            values |= {f"all{at}": any_of([lexeme(run) for run in runs])}
            rarest = sorted(runs, key=lambda run: (rarity.get(run, 0), run))[: len(runs) - _shared(word) + 1]
            values |= {f"rare{at}": any_of([lexeme(run) for run in rarest])}
            near = _NEAR.format(
                schema=self._schema, count=len(runs), letters=len(word), alike=_ALIKE, most=_MOST,
                all=f"%(all{at})s::tsquery", rare=f"%(rare{at})s::tsquery",
            )  # fmt: skip
            parts.append(f"(SELECT {at} AS place, near.* FROM ({near}) AS near)")  # noqa: S608 -- our own names
        asked = list(new)
        self._alike |= {word: {} for word in asked}
        for row in self._connection.exec_driver_sql(" UNION ALL ".join(parts), values):
            self._alike[asked[row.place]][row.form] = (row.companywide, min(1.0, float(row.alike)))
        self.learn(stem(form) for word in asked for form in self._alike[word])

    def alike(self, word: str) -> Mapping[str, tuple[int, float]]:
        """The forms most like a word: in how many documents everybody may see, and how much they are alike."""
        if word not in self._alike:
            self.learn_alike([word])
        return self._alike.get(word, {})

    def says(self, form: str) -> bool:
        """Whether a document this person may see has the word just as it is.

        One statement for a word that closed groups alone have.
        """
        if any(found[form][0] for found in self._alike.values() if form in found):
            return True
        statement = (
            f"SELECT EXISTS (SELECT FROM {self._schema}.documents JOIN {self._schema}.written USING (kind, id) "  # noqa: S608
            "WHERE words @@ %(word)s::tsquery AND written @@ %(form)s::tsquery AND place = ANY (%(places)s::bigint[]))"
        )
        word = f"({lexeme(stem(form))} | {lexeme(form)})"
        values = {"word": word, "form": lexeme(form), "places": [COMPANY, *self._groups]}
        return bool(self._connection.exec_driver_sql(statement, values).scalar())

    def _note(self, rows: Iterable[Any]) -> None:
        self._known |= {row.word: Known(row.titles, row.texts, row.threads) for row in rows}

    def _run(self, statement: str, **values: Any) -> Sequence[Any]:
        seen = _SEEN.format(schema=self._schema) if self._groups else "false"
        return self._connection.exec_driver_sql(
            statement.format(schema=self._schema, seen=seen), values
        ).all()


def letter_runs(word: str) -> list[str]:
    """The different runs of three letters of a word, its two ends included."""
    padded = f" {word} "
    return list(dict.fromkeys(padded[at : at + 3] for at in range(len(word))))


def _shared(word: str) -> int:
    """How many runs a word has to share with one that is compared with it."""
    return max(1, round(len(word) * _ALIKE))


def correct(lexicon: Lexicon, words: Sequence[str]) -> tuple[str, ...]:
    """See SearchBackend. One statement, two more when a word is unknown."""
    folded = [fold_words(word) for word in words]
    lexicon.learn(form for word in folded for form in (word, stem(word)) if word)
    seen = _Seen(lexicon)
    lexicon.learn_alike(word for word in folded if word and not seen.frequency(word))
    return tuple(meant(lexicon, word, seen) for word in words)


class _Seen:
    """What one person may see, as `spelling.meant` asks for it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def frequency(self, word: str) -> int:
        """About how many documents have some form of the word."""
        return max(self._lexicon.frequency(TEXT, stem(word)), self._lexicon.frequency(TITLE, word))

    def says(self, word: str) -> bool:
        """Whether the word stands in any, just as it is."""
        return self._lexicon.says(word)
