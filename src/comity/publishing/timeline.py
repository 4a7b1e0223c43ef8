"""The ledger as a chart: where each claim, its whisker, each plan's period and each meeting stand on a drawing of fixed size.

Only geometry: x is the date, y the share of lines. The words and the SVG are the template's.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.tracking.ledger import Claim, PlanLedger
from comity.tracking.meetings import Meeting

WIDTH, LEFT, RIGHT = 920, 52, 20
TOP, BOTTOM, MEETINGS, HEIGHT = 40, 320, 366, 384
MARGIN = timedelta(days=150)
RADIUS = 9
APART = 2 * RADIUS + 2
BAND_LABEL = 150
"""Least width of a plan's period that its name is written over."""


class Mark(Struct, frozen=True, kw_only=True):
    """A claim at x, y, with its whisker from `low` to `high` (y of the ends). `circle` is the y of its circle, which stands aside where
    another claim has the same place; a thin line then joins it to its own."""

    number: int
    claim: Claim
    x: float
    y: float
    circle: float
    low: float
    high: float


class Period(Struct, frozen=True, kw_only=True):
    """A plan's years as a band, and its claims in order."""

    ledger: PlanLedger
    start: float
    end: float
    marks: tuple[Mark, ...]

    @property
    def series(self) -> list[list[Mark]]:
        """The claims of the plan's time that count by the same verb: only these may be joined by a line."""
        by_verb: dict[str, list[Mark]] = {}
        for mark in self.marks:
            if mark.claim.verb and last_day(mark.claim.when or "") >= first_day(self.ledger.plan.period):
                by_verb.setdefault(mark.claim.verb, []).append(mark)
        return [marks for marks in by_verb.values() if len(marks) > 1]

    @property
    def middle(self) -> float:
        return round((self.start + self.end) / 2, 1)


class Tick(Struct, frozen=True):
    at: float
    value: int


class Sat(Struct, frozen=True):
    """A meeting on the second band."""

    at: float
    meeting: Meeting


class Timeline(Struct, frozen=True, kw_only=True):
    """The chart of a ledger: what stands where, in units of the drawing. `first` and `last` are the days at both ends, `floor` is the
    percent at the foot."""

    periods: tuple[Period, ...]
    years: tuple[Tick, ...]
    shares: tuple[Tick, ...]
    meetings: tuple[Sat, ...]
    first: date
    last: date
    floor: int


def draw_timeline(ledgers: Iterable[PlanLedger], meetings: Iterable[Meeting], *, width: int = WIDTH) -> Timeline | None:
    """The chart of all claims that are dated and can be counted; None where there are none. Claims are numbered through all plans."""
    ledgers = tuple(ledgers)
    dated = [claim for ledger in ledgers for claim in ledger.claims if claim.when and claim.done]
    if not dated:
        return None
    days = [day for claim in dated for day in (first_day(claim.when or ""), last_day(claim.when or ""))]
    scale = _Scale(min(days) - MARGIN, max(days) + MARGIN, floor=_floor(dated), width=width)
    return Timeline(
        periods=tuple(_periods(ledgers, scale)),
        years=tuple(Tick(scale.x(date(year, 1, 1)), year) for year in range(scale.first.year + 1, scale.last.year + 1)),
        shares=tuple(Tick(scale.y(share / 100), share) for share in range(scale.floor, 101, 10)),
        meetings=tuple(Sat(scale.x(middle(m.sitting.date)), m) for m in meetings if scale.first <= middle(m.sitting.date) <= scale.last),
        first=scale.first,
        last=scale.last,
        floor=scale.floor,
    )


def middle(when: IsoDate) -> date:
    """The day in the middle of a date that may be a month or a range."""
    return first_day(when) + (last_day(when) - first_day(when)) / 2


class _Scale(Struct, frozen=True, kw_only=False):
    first: date
    last: date
    floor: int = 0
    width: int = WIDTH

    def x(self, day: date) -> float:
        share = (day - self.first) / (self.last - self.first)
        return round(LEFT + share * (self.width - LEFT - RIGHT), 1)

    def y(self, share: float) -> float:
        above = (share * 100 - self.floor) / (100 - self.floor)
        return round(BOTTOM - above * (BOTTOM - TOP), 1)


def _floor(claims: list[Claim]) -> int:
    """The axis begins at a round share under the least claim."""
    least = min(float(claim.done.low) for claim in claims if claim.done)
    return max(0, min(90, int(least * 10) * 10 - 10))


def _periods(ledgers: Iterable[PlanLedger], scale: _Scale) -> Iterable[Period]:
    number = 0
    taken: list[tuple[float, float]] = []
    for ledger in ledgers:
        marks = []
        for claim in ledger.claims:
            number += 1
            if claim.when and claim.done:
                marks.append(_mark(number, claim, scale, taken))
        start, end = max(first_day(ledger.plan.period), scale.first), min(last_day(ledger.plan.period), scale.last)
        if start < end or marks:
            yield Period(ledger=ledger, start=scale.x(start), end=max(scale.x(start), scale.x(end)), marks=tuple(marks))


def _mark(number: int, claim: Claim, scale: _Scale, taken: list[tuple[float, float]]) -> Mark:
    """The claim stands on the figure as written."""
    assert claim.when is not None
    assert claim.done is not None
    low, high = float(claim.done.low), float(claim.done.high)
    x, y = scale.x(middle(claim.when)), scale.y(min(max(_written(claim, low, high), low), high))
    circle = _free_place(x, y, taken)
    taken.append((x, circle))
    return Mark(number=number, claim=claim, x=x, y=y, circle=circle, low=scale.y(low), high=scale.y(high))


def _free_place(x: float, y: float, taken: list[tuple[float, float]]) -> float:
    """The nearest height, by steps of a circle up and down, where no other circle stands."""
    for step in range(2 * len(taken) + 1):
        place = y - APART * ((step + 1) // 2) * (1 if step % 2 else -1)
        if TOP - RADIUS <= place <= BOTTOM and not any(abs(x - other) < APART and abs(place - height) < APART for other, height in taken):
            return round(place, 1)
    return y


def _written(claim: Claim, low: float, high: float) -> float:
    """The share that the figure names, without its bound."""
    percent = claim.figure.percent
    if percent is None or claim.figure.numerator is not None:
        return (
            low if claim.figure.bound in ("over", "at-least") else high if claim.figure.bound in ("at-most", "nearly") else (low + high) / 2
        )
    return 1 - percent / 100 if claim.figure.remaining else percent / 100
