"""A figure with its shape and bound, and the joining of two that say the same: "114 of 140 lines (81.4 per cent)" are one.

What comes in are a sentence's figures in order; what goes out are the same with each percentage joined to the fraction that it tells.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from comity.reading.figure_numbers import alternatives
from comity.records import Bound

LONGEST_GAP = 60
OTHER_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
"""A number, but no year, between a fraction and a percentage: the percentage is that one's ("12/2013 tăng 26,8 USD (2%)")."""
FAR_GAP, ROUNDED = 160, 0.6
"""How far a percentage may stand behind a fraction that it is, to this many points ("532/611 biện pháp trong Lộ trình ..., chiếm 87%")."""
OWN_WORDS = 2
"""Between a percentage and a fraction that is not the same may stand this many words besides lines; more are another subject ("2%, các đô
thị vẫn chiếm 2/3")."""


class Shape(StrEnum):
    """How a figure is written; it says which other signs of progress must stand beside it."""

    PERCENT = "percent"
    FRACTION = "fraction"
    ALL = "all"
    COUNT = "count"
    WORDS = "words"
    """A fraction in words ("two thirds")."""


class Figure(Struct, frozen=True, kw_only=True):
    """`start` to `end` hold the bound word and the figure. `remaining` where the very words say so ("all but four of the 61"), `counted`
    where they hold the lines too ("of the 61 measures, 57"), `moved` for one of two figures of a change ("from 80 to 93 per cent"),
    `listed` where a count has only its state behind it ("12 ongoing"), `own_start` where the total stands apart before it."""

    start: int
    end: int
    shape: Shape
    numerator: int | None = None
    denominator: int | None = None
    percent: float | None = None
    bound: Bound = Bound.EXACTLY
    remaining: bool = False
    moved: bool = False
    counted: bool = False
    listed: bool = False
    own_end: int | None = None
    own_start: int | None = None

    @property
    def counts_from(self) -> int:
        """Where the words of what is counted begin: in "114 of 140 lines (81.4 per cent)" they stand inside the figure."""
        return self.end if self.own_end is None else self.own_end


class FigurePairs:
    """Joins the figures of one language. `same` are words between two that say the same, `bounds` stand before a figure, `lines` are what
    is counted."""

    def __init__(self, same: Iterable[str], bounds: Iterable[str], lines: Iterable[str]) -> None:
        same, bounds = tuple(same), tuple(bounds)
        self._fillers = re.compile(rf"(?<!\w)(?:{alternatives([*bounds, *same, *lines])})(?!\w)")
        self._same = re.compile(rf"(?:\(|\b(?:{alternatives(same)})\b)[^\d\w]*(?:{alternatives([*bounds, *same])}|\s)*$")

    def joined(self, text: str, figures: list[Figure]) -> list[Figure]:
        """ "114 of 140 lines (81.4 per cent)" and "gần 99% (964 hoạt động)" are one figure each."""
        result: list[Figure] = []
        for figure in figures:
            last = result[-1] if result else None
            if last and (one := self._one_of(text, last, figure)):
                result[-1] = one
            else:
                result.append(figure)
        return result

    def _one_of(self, text: str, first: Figure, second: Figure) -> Figure | None:
        if Shape.WORDS in (first.shape, second.shape):
            return None
        gap = text[first.end : second.start]
        if (first.percent is None) == (second.percent is None) or re.search(r"[.;]\s", gap) or not self._same.search(gap):
            return None
        fraction, share = (second, first) if first.percent is not None else (first, second)
        fits = fraction.denominator and abs(100 * (fraction.numerator or 0) / fraction.denominator - (share.percent or 0)) < ROUNDED
        if len(gap) > (FAR_GAP if fits else LONGEST_GAP):
            return None
        if not fits and (")" in gap or OTHER_NUMBER.search(gap) or (share is first and fraction.denominator and self._has_own_words(gap))):
            return None
        return replace(
            first,
            end=second.end + ("(" in gap and text.startswith(")", second.end)),
            own_end=first.end,
            percent=first.percent if first.percent is not None else second.percent,
            numerator=fraction.numerator,
            denominator=fraction.denominator,
            bound=first.bound if first.bound is not Bound.EXACTLY else second.bound,
        )

    def _has_own_words(self, gap: str) -> bool:
        """Whether words of another subject stand between two figures; brackets hold no subject."""
        return "(" not in gap and len(re.findall(r"[^\W\d_]+", self._fillers.sub(" ", gap))) > OWN_WORDS
