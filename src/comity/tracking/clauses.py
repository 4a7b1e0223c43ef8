"""Cuts a stretch of text into clauses, each about one thing, so that each can be tied to a plan line of its own.

In come a text and a span of it (the words of a statement, commitment, claim, or the sentence of an event); out come spans of the text, in
order. A sentence of diplomacy often carries five proposals: "to strengthen preventive diplomacy, fight trafficking in persons, promote
human rights and respond to disasters" is four clauses. The words that open a clause are data of the languages.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, pairwise

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.records import LanguageCode, Span

LEAST_WORDS = 2
"""A part with fewer words stays with the one before it."""
LIST_ITEM_WORDS = 9
"""The items of a list are short; three of them, or two and a last after "and", make a list."""
LEAST_ITEMS = 3
REMEMBERED = 60_000
"""Stretches of which it is kept where they are cut."""
SENTENCE_END = re.compile(r"(?<=[^.\s]{2}[.!?;])[\"'”’)]*\s+(?=[\"'“(]*\S)|\s*;\s*|\n\s*\n|\n\s*(?:[-–•*+]|\(?[0-9a-z]{1,2}[.)])\s+")
MARK = re.compile(r"[.!?;\n]")
"""Without one of these no sentence ends."""
NUMERAL = re.compile(r"\s\(?(?:[ivx]{1,4}|[0-9]|[a-e])\)\s")
WORD = re.compile(r"\w+(?:[-'’.&/]\w+)*")
EDGE = " \n\r\t,;:.–—\"'“”"


class ClauseWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`joints` part two clauses wherever they stand; `openers` are verbs that open a new clause after a comma or an `and`; `ands` join
    the last two."""

    joints: tuple[str, ...]
    openers: tuple[str, ...]
    ands: tuple[str, ...]


class _Cuts(Struct, frozen=True):
    joints: re.Pattern[str]
    openings: re.Pattern[str]
    items: re.Pattern[str]
    joining: re.Pattern[str]


def clauses_in(text: str, span: Span, language: LanguageCode) -> tuple[Span, ...]:
    """The clauses of a stretch, in order; together they hold all its words but joints and marks."""
    return tuple(Span(span.start + start, span.start + end) for start, end in _cut(text[span.start : span.end], language))


@lru_cache(REMEMBERED)
def _cut(words: str, language: LanguageCode) -> tuple[tuple[int, int], ...]:
    """Where the clauses of some words begin and end."""
    cuts, folded = _cuts(language), fold(words)
    found = [(0, len(folded))]
    for cut in (SENTENCE_END, NUMERAL, cuts.joints, cuts.openings):
        if cut is SENTENCE_END and not MARK.search(folded):  # most stretches are within a sentence; the mark alone is found fast
            continue
        if cut.search(folded):
            found = [part for start, end in found for part in _parts(folded, start, end, cut)]
    if "," in folded:
        found = [item for start, end in found for item in _listed(folded, start, end, cuts)]
    trimmed = (_trimmed(folded, start, end) for start, end in _without_crumbs(folded, found))
    return tuple((start, end) for start, end in trimmed if start < end and not cuts.joining.fullmatch(folded, start, end))


@cache
def _cuts(language: LanguageCode) -> _Cuts:
    words = load_words(language, "clauses", ClauseWords)
    joints, openers, ands = (_any(group) for group in (words.joints, words.openers, words.ands))
    return _Cuts(
        joints=re.compile(rf",?\s+{joints}\s+"),
        openings=re.compile(rf"(?:,\s+(?:{ands}\s+)?|\s+{ands}\s+)(?={openers}\s)"),
        items=re.compile(rf",\s+(?:{ands}\s+)?|\s+{ands}\s+"),
        joining=re.compile(rf"{joints}|{ands}"),
    )


def _any(words: tuple[str, ...]) -> str:
    """A pattern for any of the words, the longest first; a line end may stand for a blank."""
    return "(?:" + "|".join(re.escape(fold(word)).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True)) + ")"


def _parts(folded: str, start: int, end: int, cut: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in cut.finditer(folded, start, end):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end


def _listed(folded: str, start: int, end: int, cuts: _Cuts) -> Iterator[tuple[int, int]]:
    """The items of a list, each alone; the first keeps the words before it. What is no list stays whole."""
    if folded.count(",", start, end) < LEAST_ITEMS - 2:
        yield start, end
        return
    items = list(_parts(folded, start, end, cuts.items))
    if len(items) >= LEAST_ITEMS and all(len(WORD.findall(folded, *item)) <= LIST_ITEM_WORDS for item in items[1:]):
        yield from items
    else:
        yield start, end


def _without_crumbs(folded: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts, one of too few words joined to the part before it; a single long word is enough ("counter-terrorism")."""
    kept: list[tuple[int, int]] = []
    for start, end in parts:
        if kept and _is_crumb(folded, start, end):
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    assert all(before[1] <= after[0] for before, after in pairwise(kept))
    return kept


def _is_crumb(folded: str, start: int, end: int) -> bool:
    words = [match.group() for match in islice(WORD.finditer(folded, start, end), LEAST_WORDS)]
    return len(words) < LEAST_WORDS and not any("-" in word or len(word) > 8 for word in words)


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start] in EDGE:
        start += 1
    while end > start and folded[end - 1] in EDGE:
        end -= 1
    return start, end
