"""What changed between two versions of a text, as a reader wants to see it: paragraph by paragraph, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME = "same"
GONE = "gone"
ADDED = "added"

#: Paragraphs shown around a change; what is further away is folded.
CONTEXT = 1
#: Paragraphs with more words, one's multiplied by the other's, are shown whole: aligning takes that much time.
_MOST_WORK = 250_000
#: Two paragraphs with less in common are two paragraphs.
_ALIKE = 0.3

_PARAGRAPH = re.compile(r"\n[ \t]*\n+|\n")
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one kind: "same", "gone" or "added"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with what changed in it; or, with `folded`, that so many follow that did not change."""

    kind: str
    stretches: tuple[Stretch, ...] = ()
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions beside each other in one text, and how many words went and came."""

    blocks: tuple[Block, ...]
    gone: int
    added: int

    @property
    def is_empty(self) -> bool:
        """Whether both say the same; a sign that went is a difference, though no word did."""
        stretches = (each for block in self.blocks for each in block.stretches)
        return not any(each.kind != SAME and each.text.strip() for each in stretches)


def compare(before: str, after: str) -> Comparison:
    """Compare two texts. Pure; at most some tenths of a second for texts of 10,000 characters, whatever they are."""
    old, new = _paragraphs(before), _paragraphs(after)
    blocks: list[Block] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            blocks += [Block(SAME, (Stretch(SAME, text),)) for text in old[i1:i2]]
        else:
            blocks += _changed(old[i1:i2], new[j1:j2])
    stretches = [each for block in blocks for each in block.stretches]
    return Comparison(tuple(_fold(blocks)), _count(stretches, GONE), _count(stretches, ADDED))


def _paragraphs(text: str) -> list[str]:
    return [part.rstrip() for part in _PARAGRAPH.split(text) if part.strip()]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Paragraphs that were replaced: like ones word by word, in their order; the others whole."""
    waiting = list(old)
    for text in new:
        place = next((at for at, each in enumerate(waiting[:3]) if _are_alike(each, text)), None)
        if place is None:
            yield Block(ADDED, (Stretch(ADDED, text),))
            continue
        yield from (Block(GONE, (Stretch(GONE, each),)) for each in waiting[:place])
        yield Block(SAME, tuple(_words(waiting[place], text)))
        waiting = waiting[place + 1 :]
    yield from (Block(GONE, (Stretch(GONE, each),)) for each in waiting)


def _are_alike(one: str, other: str) -> bool:
    """Whether so much of both is the same that comparing their words helps."""
    words, others = _split(one), _split(other)
    if len(words) * len(others) > _MOST_WORK:
        return False
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _words(before: str, after: str) -> Iterator[Stretch]:
    """Words that went and came, one after the other; changes with nothing but a space between them are one."""
    old, new = _split(before), _split(after)
    gone = added = ""
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        said = "".join(old[i1:i2])
        if tag != "equal":
            gone, added = gone + said, added + "".join(new[j1:j2])
        elif said.isspace() and gone and added and place + 1 < len(opcodes):
            gone, added = gone + said, added + said
        else:
            yield from _change(gone, added)
            gone = added = ""
            yield Stretch(SAME, said)
    yield from _change(gone, added)


def _change(gone: str, added: str) -> Iterator[Stretch]:
    if gone:
        yield Stretch(GONE, gone)
    if added:
        yield Stretch(ADDED, added)


def _split(text: str) -> list[str]:
    return _WORD.findall(text)


def _fold(blocks: Sequence[Block]) -> Iterator[Block]:
    """What did not change and stands far from what did, as one line."""
    changed = [at for at, block in enumerate(blocks) if any(each.kind != SAME for each in block.stretches)]
    near = {place for at in changed for place in range(at - CONTEXT, at + CONTEXT + 1)}
    hidden = 0
    for at, block in enumerate(blocks):
        if at not in near:
            hidden += 1
            continue
        if hidden:
            yield Block(SAME, folded=hidden)
            hidden = 0
        yield block
    if hidden:
        yield Block(SAME, folded=hidden)


def _count(stretches: Sequence[Stretch], kind: str) -> int:
    return sum(len(re.findall(r"\w+", each.text)) for each in stretches if each.kind == kind)
