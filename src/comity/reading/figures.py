"""Figures as a text writes them: percentages, fractions, "all 35", "two thirds", ranges, each with its bound ("over", "nearly").

What comes in is a folded text; what goes out are figures with their place. Whether a figure is about progress is for others to say.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from comity.knowledge.folded import fold
from comity.reading.figure_numbers import Numbers, alternatives
from comity.reading.figure_pairs import Figure, FigurePairs, Shape
from comity.reading.late_pattern import LatePattern
from comity.records import Bound

GAP = r"[^.;!?\n]{0,60}?"
"""What may stand between the two figures of "from 80 per cent in 2017 to 93 per cent"."""
SHORT_GAP = r"(?:[^.,;!?\n\d]|\b(?:19|20)\d\d-(?:19|20)\d\d\b){0,60}?"
"""What may stand behind "of the 88 measures" and before the figure that is of them: no figure but a plan's years."""
GAPS = {"...": GAP, "..": SHORT_GAP}
OWNER = r"(?:[\w'’-]+\s+){0,5}?[\w-]+['’]s?"
PLACE = re.compile(r"\{(\w+|%|\.\.\.?)\}")
LARGEST_RATIO = 100
"""A ratio picks some out of a few ("nine in ten"); behind a larger number "in" names a year ("41 in 2021")."""


OF_PERCENT = frozenset({"percents", "ranges", "moves"})
"""The kinds of patterns that hold a percent sign."""


class FigureWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words and patterns of a language for figures.

    Patterns hold `{n}` (numerator), `{d}` (denominator), `{p}` and `{q}` (percentages), `{l}` (what plans count), `{o}` (an owner), `{%}`
    (the percent sign or word), `{...}` and `{..}` (a gap). `parted` name the total in a clause before the figure's own ("140 activities, of
    which 114"), `ranges` give a lower and an upper figure, `moves` an earlier and a later one, `ratios` may pick one out of a few ("one in
    five"), `whole` is all of a number, `every` all of what plans count without their number, `all_but` what is left of it, `none` none of
    it, `states` what a bare number of lines may be ("12 ongoing").
    `parts` are fractions in words: numerator, denominator. `units` and `multipliers` are numbers as words; `number_joins` stand inside
    them. `bounds` stand before a figure, `bounds_after` after it.
    `same` are the words between a percentage and its own fraction.
    """

    decimal_mark: str
    percent: tuple[str, ...]
    percents: tuple[str, ...]
    fractions: tuple[str, ...]
    parted: tuple[str, ...]
    ratios: tuple[str, ...]
    whole: tuple[str, ...]
    every: tuple[str, ...]
    all_but: tuple[str, ...]
    none: tuple[str, ...]
    ranges: tuple[str, ...]
    moves: tuple[str, ...]
    states: tuple[str, ...]
    parts: dict[str, tuple[int, int]]
    units: dict[str, int]
    multipliers: dict[str, int]
    number_joins: tuple[str, ...] = ()
    bounds: dict[Bound, tuple[str, ...]]
    bounds_after: dict[Bound, tuple[str, ...]]
    same: tuple[str, ...]


class FigureGrammar:
    """Finds the figures of one language."""

    def __init__(self, words: FigureWords, counted: Iterable[str], lines: Iterable[str]) -> None:
        self._lines = alternatives(lines)
        self._numbers = Numbers(words.decimal_mark, words.units, words.multipliers, words.number_joins)
        self._percent_signs = tuple(fold(word) for word in words.percent)
        self._percent = "|".join(re.escape(fold(word)) for word in words.percent)
        self._percent_behind = re.compile(rf"\s*(?:{self._percent})")
        self._patterns: list[tuple[str, LatePattern, bool, tuple[str, ...]]] = [
            (kind, self._pattern(pattern), "{l}" in pattern, _words_of(pattern))
            for kind, patterns in (
                ("moves", words.moves),
                ("ranges", words.ranges),
                ("all_but", words.all_but),
                ("none", words.none),
                ("fractions", words.fractions),
                ("parted", words.parted),
                ("ratios", words.ratios),
                ("percents", words.percents),
                ("whole", words.whole),
                ("every", words.every),
            )
            for pattern in patterns
        ]
        self._parts = {fold(word): fraction for word, fraction in words.parts.items()}
        self._part = _any_of(self._parts)
        small = [*self._parts, *(word for word in words.percent if word[0].isalpha())]
        after = {pattern.removeprefix("{n} ").split()[0] for pattern in words.fractions if pattern.startswith("{n} ")}
        named = rf"(?<!\w)(?:{alternatives(words.units)})\s+(?:{alternatives(after)}|{alternatives(counted)})\b"
        whole = alternatives(pattern.split(" {")[0] for pattern in (*words.whole, *words.every, *words.all_but, *words.none))
        self._sign = re.compile(rf"\d\s*%|\d\s*/\s*\d|\d\D{{1,24}}\d|\d\s|{named}|{alternatives(small)}|{whole}")
        self._count = re.compile(rf"(?<![\w/.,-])({self._numbers.pattern})(?=\s+(?:{alternatives(counted)})\b)")
        self._state = re.compile(rf"(?<![\w/.,-])({self._numbers.pattern})(?=\s+(?:{alternatives(words.states)})(?![\w-]))")
        before = {fold(word): bound for bound, group in words.bounds.items() for word in group}
        self._before_bounds = before
        self._before = re.compile(rf"(?:^|(?<=[^\w]))({alternatives(before)})\s+$")
        self._after_bounds = {fold(word): bound for bound, group in words.bounds_after.items() for word in group}
        self._after = re.compile(rf"\s+({alternatives(self._after_bounds)})(?!\w)")
        self._pairs = FigurePairs(words.same, before, lines)

    def may_hold(self, words: str) -> bool:
        """Whether a sentence may hold a figure at all: a quick look before the patterns are tried."""
        return bool(self._sign.search(words))

    def has_percent(self, words: str) -> bool:
        return any(sign in words for sign in self._percent_signs)

    def find(self, text: str, first: int, last: int) -> list[Figure]:
        """All figures of a sentence, in order; none overlaps another; a percentage and its own fraction are one. `text` is folded and has
        blanks for line ends."""
        found: list[Figure] = []
        taken = bytearray(last - first)
        for figures in self._candidates(text, first, last):
            start, end = figures[0].start - first, figures[-1].end - first
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * (end - start)
                found += [self._bounded(text, _from_own_start(figure)) for figure in figures]
        return self._pairs.joined(text, sorted(found, key=lambda figure: figure.start))

    def _candidates(self, text: str, first: int, last: int) -> Iterator[list[Figure]]:
        """Fractions in words ("hai phần ba" is no three of what follows), then the richest patterns, each only where its words stand."""
        for match in self._part.finditer(text, first, last):
            numerator, denominator = self._parts[match.group(1)]
            yield [Figure(start=match.start(), end=match.end(), shape=Shape.WORDS, numerator=numerator, denominator=denominator)]
        words = text[first:last]
        has_percent = self.has_percent(words)
        for kind, pattern, counted, needed in self._patterns:
            if (kind in OF_PERCENT and not has_percent) or not all(word in words for word in needed):
                continue
            for match in pattern.compiled.finditer(text, first, last):
                if figures := self._read(kind, match):
                    yield [replace(figure, counted=counted) for figure in figures] if counted else figures
        for match in self._count.finditer(text, first, last):
            if (number := self._numbers.value(match.group(1))) is not None and number > 1:
                yield [Figure(start=match.start(), end=match.end(), shape=Shape.COUNT, numerator=int(number))]
        for match in self._state.finditer(text, first, last):
            if (number := self._numbers.value(match.group(1))) is not None:
                yield [Figure(start=match.start(), end=match.end(), shape=Shape.COUNT, numerator=int(number), listed=True)]

    def _read(self, kind: str, match: re.Match[str]) -> list[Figure]:
        values = {name: self._numbers.value(text) for name, text in match.groupdict().items() if text}
        if any(value is None for value in values.values()):
            return []
        n, d, p, q = (values.get(name) for name in "ndpq")
        if n is not None and (d is None or n > d or d < 2 or n != int(n) or d != int(d)):
            return []
        if kind == "ratios" and d is not None and d > LARGEST_RATIO:
            return []
        if n == 1 and kind == "fractions" and not match.group("n")[0].isdigit():  # "one of the 17 goals" picks one out
            return []
        if any(value is not None and value > 100 for value in (p, q)):
            return []
        start, end = match.span()
        if kind == "percents":
            return [Figure(start=start, end=end, shape=Shape.PERCENT, percent=p, denominator=int(d) if d else None)]
        if kind in ("fractions", "parted", "ratios") and n is not None and d is not None:
            own = match.start("n") if kind == "parted" else None
            return [Figure(start=start, end=end, shape=Shape.FRACTION, numerator=int(n), denominator=int(d), percent=p, own_start=own)]
        if kind == "all_but" and n is not None and d is not None:
            return [Figure(start=start, end=end, shape=Shape.FRACTION, numerator=int(n), denominator=int(d), remaining=True)]
        if kind == "none" and d is not None:
            return [Figure(start=start, end=end, shape=Shape.FRACTION, numerator=0, denominator=int(d))]
        if kind == "whole" and d is not None and d > 2:
            return [Figure(start=start, end=end, shape=Shape.ALL, numerator=int(d), denominator=int(d))]
        if kind == "every":
            return [Figure(start=start, end=end, shape=Shape.ALL, numerator=1, denominator=1)]
        if kind == "ranges" and p is not None and q is not None and p < q:
            low = Figure(start=start, end=match.end("p"), own_end=end, shape=Shape.PERCENT, percent=p, bound=Bound.AT_LEAST)
            return [low, Figure(start=match.start("q"), end=end, shape=Shape.PERCENT, percent=q, bound=Bound.AT_MOST)]
        if kind == "moves" and p is not None and q is not None:
            sign = self._percent_behind.match(match.string, match.end("p"))
            early = Figure(start=start, end=sign.end() if sign else match.end("p"), shape=Shape.PERCENT, percent=p, moved=True)
            return [early, Figure(start=match.start("q"), end=end, shape=Shape.PERCENT, percent=q, moved=True)]
        return []

    def _bounded(self, text: str, figure: Figure) -> Figure:
        if figure.bound is not Bound.EXACTLY:
            return figure
        if before := self._before.search(text, max(0, figure.start - 40), figure.start):
            return replace(figure, start=before.start(1), bound=self._before_bounds[before.group(1)])
        if after := self._after.match(text, figure.end):
            return replace(figure, end=after.end(1), bound=self._after_bounds[after.group(1)])
        return figure

    def _pattern(self, pattern: str) -> LatePattern:
        def piece(match: re.Match[str]) -> str:
            name = match.group(1)
            if name == "%":
                return rf"(?:{self._percent})"
            if name == "l":
                return rf"(?:{self._lines})"
            if name == "o":
                return OWNER
            if name in GAPS:
                return GAPS[name]
            return rf"(?P<{name}>{self._numbers.pattern})"

        parts, position = [], 0
        for match in PLACE.finditer(pattern):
            parts += [_spaced(pattern[position : match.start()]), piece(match)]
            position = match.end()
        parts.append(_spaced(pattern[position:]))
        body = "".join(parts)
        no_share = "" if "{%}" in pattern else rf"(?!\s*(?:{self._percent}))"  # "of the 80 lines, 39 per cent" is no 39 of 80
        return LatePattern(rf"(?<![\w/.,%-]){body}(?![\w/]|[.,]\d){no_share}")


def _from_own_start(figure: Figure) -> Figure:
    """A figure whose total stands apart begins with its own number, so that the clause around it is its own."""
    return figure if figure.own_start is None else replace(figure, start=figure.own_start)


def _words_of(pattern: str) -> tuple[str, ...]:
    """The words and marks that any text fitting a pattern holds ("of the {d} {l}, {n}": "of", "the", ",")."""
    return tuple(word for piece in PLACE.sub("\n", pattern).split("\n") for word in fold(piece).split())


def _spaced(text: str) -> str:
    """Blanks as any run of blanks; a blank before the percent sign may be missing."""
    return re.sub(r"(?:\\ )+", r"\\s*" if text.strip() == "" else r"\\s+", re.escape(fold(text)))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({alternatives(words)})(?![\w-])")
