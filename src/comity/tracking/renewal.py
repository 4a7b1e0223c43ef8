"""What a new plan makes of the old one: lines carried over, reworded, merged, split, dropped and new, as proposals with scores.

A person confirms them. Lines are compared only where they share rare words, so that plans of thousands of lines stay quick. Words that
every line has weigh next to nothing: two lines alike but for "rice" and "fish" are two lines. What is left on both sides is compared by
meaning where that is asked for (restated.py): a line said in other words, or in another language.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from rapidfuzz import fuzz

from comity.knowledge import Knowledge, Plan
from comity.knowledge.folded import fold
from comity.knowledge.schema import Line
from comity.records import LanguageCode
from comity.tracking.restated import restated

WORD = re.compile(r"[^\W_]+")
YEAR = re.compile(r"(?:19|20)\d\d")
SAME = 1.0
REWORDED = 0.5
SHARED = 0.4
"""Below this share of weighed words two lines are two, however alike their common words are."""
PART = 0.6
"""A line may be part of another where this share of its weight stands in it."""
WHOLE = 0.65
"""The parts together say this share of the whole, and say more of it than the largest by GAIN."""
GAIN = 0.15
LONGER = 1.25
"""One line that says what two said is longer than either."""
CANDIDATES = 8
COMMON = 60
"""A word in more lines than this brings no two together."""
RARE_WORDS = 10
LEAST_WEIGHT = 0.1
MOST_BY_MEANING = 1000


class Change(StrEnum):
    """What became of a line."""

    CARRIED = "carried over"
    REWORDED = "reworded"
    RESTATED = "restated"
    MERGED = "merged"
    SPLIT = "split"
    DROPPED = "dropped"
    NEW = "new"


class Renewal(Struct, frozen=True, kw_only=True):
    """Lines of the old plan and what they became in the new; `score` is 0 to 1, None where there is nothing to compare."""

    change: Change
    old: tuple[Line, ...] = ()
    new: tuple[Line, ...] = ()
    score: float | None = None


class _Pair(Struct, frozen=True):
    """An old and a new line by their places; `forward` and `back` are the shares of each one's weight that the other has."""

    old: int
    new: int
    score: float
    forward: float
    back: float

    def turned(self) -> "_Pair":
        return _Pair(self.new, self.old, self.score, self.back, self.forward)


class _Words(Struct, frozen=True):
    """A line's folded text and its words, with the weight of all of them."""

    text: str
    words: frozenset[str]
    total: float


class _Group(Struct, frozen=True):
    """Parts that together are one whole, by their places."""

    parts: tuple[int, ...]
    whole: int
    score: float


def compare_plans(old: Plan, new: Plan) -> tuple[Renewal, ...]:
    """Proposals in the order of the new plan, then what was dropped, in the order of the old."""
    before, after = lines_of(old), lines_of(new)
    language = _shared_language(before, after)
    texts = [[_text(line, language) for line in lines] for lines in (before, after)]
    weights = _weights(*texts)
    words_before, words_after = ([_weighed(text, weights) for text in side] for side in texts)
    pairs = _pairs(before, after, words_before, words_after, weights)
    taken = _one_to_one(pairs, words_before, words_after)
    merged = _wholes(pairs, taken, words_before, words_after, weights)
    turned = [pair.turned() for pair in pairs]
    split = _wholes(turned, {pair.new: pair.turned() for pair in taken.values()}, words_after, words_before, weights)
    return tuple(_ordered(before, after, taken, merged, split))


def compare_plans_by_meaning(old: Plan, new: Plan, knowledge: Knowledge) -> tuple[Renewal, ...]:
    """The same, and new and dropped lines that say one thing in other words are one item, at the new line's place. That takes the time of
    every pair (1,000 lines against 1,000: 7 s); of plans with more than MOST_BY_MEANING lines left over, the first are compared so."""
    found = compare_plans(old, new)
    dropped = [item.old[0] for item in found if item.change is Change.DROPPED][:MOST_BY_MEANING]
    added = [item.new[0] for item in found if item.change is Change.NEW][:MOST_BY_MEANING]
    pairs = {pair.new.id: pair for pair in restated(dropped, added, _shared_language(lines_of(old), lines_of(new)), knowledge)}
    gone = {pair.old.id for pair in pairs.values()}
    return tuple(
        Renewal(change=Change.RESTATED, old=(pairs[item.new[0].id].old,), new=item.new, score=pairs[item.new[0].id].score)
        if item.change is Change.NEW and item.new[0].id in pairs
        else item
        for item in found
        if item.change is not Change.DROPPED or item.old[0].id not in gone
    )


def lines_of(plan: Plan) -> list[Line]:
    """All lines of a plan in order."""
    return [line for section in plan.sections for line in section.lines]


def _shared_language(before: Sequence[Line], after: Sequence[Line]) -> LanguageCode:
    """The language that most lines of both plans have."""
    have = [Counter(language for line in lines for language in line.words) for lines in (before, after)]
    return max(sorted(have[0].keys() | have[1].keys()) or ["en"], key=lambda language: min(have[0][language], have[1][language]))


def _pairs(
    before: Sequence[Line], after: Sequence[Line], old: Sequence[_Words], new: Sequence[_Words], weights: Mapping[str, float]
) -> list[_Pair]:
    """The likeliest pairs, best first; of equals, those at the same height of their plans."""
    by_word = _index(new)
    by_text: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(new):
        by_text[words.text].append(place)
    pairs = []
    for place, words in enumerate(old):
        near: dict[int, float] = defaultdict(float)
        for word in sorted(words.words, key=lambda word: (-weights[word], word))[:RARE_WORDS]:
            for other in by_word.get(word, ()):
                near[other] += weights[word]
        likeliest = sorted(near, key=lambda other: (-near[other], other))[:CANDIDATES]
        same = by_text.get(words.text, ())[:CANDIDATES]
        for other in dict.fromkeys([*same, *likeliest]):
            pairs.append(_pair(place, other, words, new[other], weights, _kinship(before[place], after[other])))
    height = max(1, len(after)) / max(1, len(before))
    return sorted(pairs, key=lambda pair: (-pair.score, abs(pair.old * height - pair.new), pair.old, pair.new))


def _text(line: Line, language: LanguageCode) -> str:
    words = line.words.get(language) or next(iter(line.words.values()), "")
    return " ".join(fold(words).split())


def _weights(before: Sequence[str], after: Sequence[str]) -> dict[str, float]:
    """Rare words weigh most. The lines of each plan are counted apart, so that a word is not rarer for being new. Years weigh little: a
    new plan has new ones everywhere."""
    counts = [Counter(word for text in side for word in set(WORD.findall(text))) for side in (before, after)]
    lines = 1 + max(len(before), len(after))
    return {
        word: LEAST_WEIGHT if YEAR.fullmatch(word) else max(LEAST_WEIGHT, math.log(lines / max(counts[0][word], counts[1][word])))
        for word in counts[0].keys() | counts[1].keys()
    }


def _weighed(text: str, weights: Mapping[str, float]) -> _Words:
    words = frozenset(WORD.findall(text))
    return _Words(text, words, _weight(words, weights) or 1.0)


def _weight(words: Iterable[str], weights: Mapping[str, float]) -> float:
    return math.fsum(weights[word] for word in words)


def _index(lines: Sequence[_Words]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        for word in line.words:
            index[word].append(place)
    return {word: places for word, places in index.items() if len(places) <= COMMON}


def _pair(place: int, other: int, a: _Words, b: _Words, weights: Mapping[str, float], kinship: float) -> _Pair:
    if a.text == b.text:
        return _Pair(place, other, SAME, 1.0, 1.0)
    shared = _weight(a.words & b.words, weights)
    overlap = 2 * shared / (a.total + b.total)
    likeness = (fuzz.token_set_ratio(a.text, b.text) + fuzz.ratio(a.text, b.text)) / 200
    score = 0.6 * overlap + 0.32 * likeness + 0.08 * kinship if overlap >= SHARED else 0.0
    return _Pair(place, other, min(round(score, 4), 0.999), shared / a.total, shared / b.total)


def _kinship(a: Line, b: Line) -> float:
    """How far two lines share bodies and themes: 0.5 where neither tells."""
    shares = [
        len(set(one) & set(other)) / len(set(one) | set(other))
        for one, other in ((a.responsible, b.responsible), (a.themes, b.themes))
        if one and other
    ]
    return sum(shares) / len(shares) if shares else 0.5


def _one_to_one(pairs: Sequence[_Pair], old: Sequence[_Words], new: Sequence[_Words]) -> dict[int, _Pair]:
    """Each old line with the new line it fits best, the best pairs first; no line stands in two."""
    of_old: dict[int, list[int]] = defaultdict(list)
    of_new: dict[int, list[int]] = defaultdict(list)
    for pair in pairs:
        of_old[pair.old].append(pair.new)
        of_new[pair.new].append(pair.old)
    taken: dict[int, _Pair] = {}
    used: set[int] = set()
    for pair in pairs:
        if pair.score < REWORDED:
            break
        if pair.old in taken or pair.new in used:
            continue
        shared = old[pair.old].words & new[pair.new].words
        twins = any(shared <= old[other].words for other in of_new[pair.new] if other != pair.old) or any(
            shared <= new[other].words for other in of_old[pair.old] if other != pair.new
        )
        # "forms for goods by land" and "by sea" are twins: "forms for goods by air" is neither, for all it shares with them they share too.
        if pair.score == SAME or not twins:
            taken[pair.old] = pair
            used.add(pair.new)
    return taken


def _wholes(
    pairs: Sequence[_Pair], taken: Mapping[int, _Pair], parts: Sequence[_Words], wholes: Sequence[_Words], weights: Mapping[str, float]
) -> list[_Group]:
    """Lines on the pairs' old side that became one on the new. Each stands mostly in the whole and in no other line better; together they
    say more of it than any alone, which near twins do not."""
    best: dict[int, _Pair] = {}
    for pair in pairs:
        if pair.forward >= PART and (pair.old not in best or pair.forward > best[pair.old].forward):
            best[pair.old] = pair
    by_whole: dict[int, list[_Pair]] = defaultdict(list)
    for pair in best.values():
        other = taken.get(pair.old)
        if other is None or other.new == pair.new:
            by_whole[pair.new].append(pair)
    groups = []
    for whole, found in sorted(by_whole.items()):
        found.sort(key=lambda pair: (-pair.back, pair.old))
        kept: list[_Pair] = []
        covered: frozenset[str] = frozenset()
        for pair in found:
            wider = covered | (parts[pair.old].words & wholes[whole].words)
            if not kept or _weight(wider - covered, weights) >= GAIN * wholes[whole].total:
                kept.append(pair)
                covered = wider
        share = _weight(covered, weights) / wholes[whole].total
        longest = max((parts[pair.old].total for pair in kept), default=0.0)
        if len(kept) > 1 and share >= WHOLE and wholes[whole].total >= LONGER * longest:
            groups.append(_Group(tuple(sorted(pair.old for pair in kept)), whole, round(share, 3)))
    return groups


def _ordered(
    before: Sequence[Line], after: Sequence[Line], taken: Mapping[int, _Pair], merged: Sequence[_Group], split: Sequence[_Group]
) -> Iterable[Renewal]:
    joined = {group.whole: group for group in merged}
    gone = {old for group in merged for old in group.parts}
    parted = {part: group for group in split if group.whole not in gone for part in group.parts if part not in joined}
    gone |= {group.whole for group in parted.values()}
    pair_of = {pair.new: pair for old, pair in taken.items() if old not in gone}
    for place, line in enumerate(after):
        if place in joined:
            group = joined[place]
            yield Renewal(change=Change.MERGED, old=tuple(before[old] for old in group.parts), new=(line,), score=group.score)
        elif place in parted:
            group = parted[place]
            if place == min(part for part in group.parts if parted.get(part) is group):
                new = tuple(after[part] for part in group.parts if parted.get(part) is group)
                yield Renewal(change=Change.SPLIT, old=(before[group.whole],), new=new, score=group.score)
        elif pair := pair_of.get(place):
            change = Change.CARRIED if pair.score == SAME else Change.REWORDED
            yield Renewal(change=change, old=(before[pair.old],), new=(line,), score=round(pair.score, 3))
        else:
            yield Renewal(change=Change.NEW, new=(line,))
    kept = gone | {pair.old for new, pair in pair_of.items() if new not in joined and new not in parted}
    yield from (Renewal(change=Change.DROPPED, old=(line,)) for place, line in enumerate(before) if place not in kept)
