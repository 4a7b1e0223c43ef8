"""A published figure as what it can mean: the least and the greatest share of a plan that is done, in whole lines where these are known.

"Over 90 %" of 103 lines is 93 to 103; "7 % remaining" is 95 or 96 done; 114 of 140 is 114. A percentage may be rounded or cut off, so that
"81.4 %" is 81.35 up to 81.5. "Nearly" and "about" have no sharp edge in any language; SLACK is the edge that Comity gives them.
"""

from fractions import Fraction
from math import ceil, floor

from msgspec import Struct

from comity.records import Bound, ProgressClaim

SLACK = Fraction(3, 100)
"""How far under (nearly) or around (about) the figure the truth may lie: three points of a hundred. "Nearly 99 %" is 96 to 99. So far
around it too for a fraction in words: "two thirds" is 63.7 to 69.7 %."""

LARGEST_PART = 10
"""A fraction whose denominator is no larger ("over half", "9/10 of the lines") is a share of the plan, unless the plan has just as many
lines; no plan of two lines is meant."""

WIDER = (Bound.AT_LEAST, Bound.AT_MOST, Bound.ABOUT)
"""Bounds that can mean everything that the bare figure can mean, and more."""


class Lines(Struct, frozen=True):
    """`low` to `high` of `total` action lines, both included."""

    low: int
    high: int
    total: int


class Done(Struct, frozen=True):
    """Shares from 0 to 1, both included; `lines` where the number of lines is known."""

    low: Fraction
    high: Fraction
    lines: Lines | None = None

    def meets(self, other: "Done") -> bool:
        """Whether both can be true at once."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, other: "Done") -> bool:
        return self.low <= other.low and other.high <= self.high


def lines_done(claim: ProgressClaim, total: int | None) -> Done | None:
    """What a claim says is done of a plan with `total` lines (None: not known). None where it gives no figure that can be counted."""
    lines = total if is_share(claim, total) else claim.denominator or total
    exact = _share(claim) if is_share(claim, total) else _figure(claim, lines)
    if exact is None:
        return None
    done = _done(*_with_bound(exact, claim.bound), lines=lines, remaining=claim.remaining)
    if claim.bound not in WIDER:
        return done
    narrow = _done(exact.low, exact.high, lines=lines, remaining=claim.remaining)
    return _both(done, narrow)


def is_share(claim: ProgressClaim, total: int | None) -> bool:
    """Whether a claim's fraction tells a part of a plan with `total` lines (None: not known), and counts none of its lines."""
    if claim.numerator is None or claim.denominator is None:
        return False
    return claim.denominator <= LARGEST_PART and claim.denominator != total


class _Figure(Struct, frozen=True):
    """The figure itself and the least and the greatest share that would be written so."""

    share: Fraction
    low: Fraction
    high: Fraction
    step: Fraction


def _share(claim: ProgressClaim) -> _Figure | None:
    """A part; in words ("two thirds") as loosely as it is meant, but all is all."""
    if claim.numerator is None or not claim.denominator or claim.numerator > claim.denominator:
        return None
    share = Fraction(claim.numerator, claim.denominator)
    in_words = not any(sign.isdigit() for sign in claim.evidence.quote)
    slack = SLACK if in_words and share < 1 and claim.bound is Bound.EXACTLY else Fraction(0)
    return _Figure(share, share - slack, share + slack, Fraction(1, 1000))


def _figure(claim: ProgressClaim, lines: int | None) -> _Figure | None:
    """A fraction is exact; a percentage stands for all shares that are rounded or cut off to it."""
    if claim.numerator is not None and lines and claim.numerator <= lines:
        share = Fraction(claim.numerator, lines)
        return _Figure(share, share, share, Fraction(1, lines))
    if claim.percent is None or not 0 <= claim.percent <= 100:
        return None
    written = f"{claim.percent:.6f}".rstrip("0").rstrip(".")
    unit = Fraction(1, 10 ** len(written.partition(".")[2]))
    percent = Fraction(written)
    tiny = unit / 1000  # the next figure itself is not cut off to this one
    return _Figure(percent / 100, (percent - unit / 2) / 100, (percent + unit - tiny) / 100, tiny / 100)


def _with_bound(figure: _Figure, bound: Bound) -> tuple[Fraction, Fraction]:
    if bound is Bound.OVER:
        return figure.share + figure.step, Fraction(1)
    if bound is Bound.AT_LEAST:
        return figure.low, Fraction(1)
    if bound is Bound.AT_MOST:
        return Fraction(0), figure.high
    if bound is Bound.NEARLY:
        return figure.low - SLACK, figure.share
    if bound is Bound.ABOUT:
        return figure.low - SLACK, figure.high + SLACK
    return figure.low, figure.high


def _done(low: Fraction, high: Fraction, *, lines: int | None, remaining: bool) -> Done:
    """What is done, between nothing and all, in whole lines where their number is known."""
    if remaining:
        low, high = 1 - high, 1 - low
    high = min(max(high, Fraction(0)), Fraction(1))
    low = min(max(low, Fraction(0)), high)
    return _in_lines(low, high, lines) if lines else Done(low, high)


def _in_lines(low: Fraction, high: Fraction, total: int) -> Done:
    """The whole numbers of lines inside; the two around it where none is inside (93 % of 10 lines: 9 or 10)."""
    first, last = ceil(low * total), floor(high * total)
    if first > last:
        first, last = last, first
    return Done(Fraction(first, total), Fraction(last, total), Lines(first, last, total))


def _both(a: Done, b: Done) -> Done:
    """The least stretch that holds both."""
    low, high = min(a.low, b.low), max(a.high, b.high)
    lines = Lines(min(a.lines.low, b.lines.low), max(a.lines.high, b.lines.high), a.lines.total) if a.lines and b.lines else None
    return Done(low, high, lines)
