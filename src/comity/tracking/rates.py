"""How many lines are done: by plan, pillar, section, responsible body, theme and year; and how far two coders agree.

In comes the status of a plan's lines; out come rates. A rate is never one number: it has a numerator, a denominator, what counts as done,
and as of when. The lines that Comity knows may be fewer than those that the plan has: both are told.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from comity.intervals import IsoDate, last_day
from comity.records import LineStatus
from comity.tracking.status import LineState, PlanStatus

COMPLETED = (LineStatus.COMPLETED,)
BEGUN = (LineStatus.COMPLETED, LineStatus.UNDER_WAY)
"""The two meanings of "done" that are counted side by side; claims mix them up."""


class By(StrEnum):
    PLAN = "plan"
    PILLAR = "pillar"
    SECTION = "section"
    BODY = "body"
    THEME = "theme"
    YEAR = "year"


class Rate(Struct, frozen=True, kw_only=True):
    """`numerator` of `denominator` lines known have a status among `done` on the day `as_of`; `suggested` would have if the suggestions
    were right. `published` is the number of lines that the plan is said to have."""

    by: By
    key: str
    numerator: int
    suggested: int
    denominator: int
    done: tuple[LineStatus, ...]
    as_of: IsoDate
    published: int | None = None


class Agreement(Struct, frozen=True, kw_only=True):
    """How far two coders agree on the lines that both scored; `kappa` is Cohen's, None where both always gave one and the same score."""

    coders: tuple[str, str]
    lines: int
    agreed: int
    kappa: float | None


def rates(status: PlanStatus, done: tuple[LineStatus, ...] = COMPLETED) -> list[Rate]:
    """The plan's rate, then those of its pillars, sections, bodies, themes; then year by year what was done by its end."""
    lines = status.lines
    found = [_rate(By.PLAN, status.plan.id, lines, done, status.as_of, status.plan.lines_total)]
    for by, keys in (
        (By.PILLAR, {state.section.pillar: None for state in lines if state.section.pillar}),
        (By.SECTION, {state.section.id: None for state in lines}),
        (By.BODY, dict.fromkeys(sorted(body for state in lines for body in state.line.responsible))),
        (By.THEME, dict.fromkeys(sorted(theme for state in lines for theme in state.line.themes))),
    ):
        found += [_rate(by, key, [state for state in lines if key in _keys(by, state)], done, status.as_of) for key in keys if key]
    return found + list(_by_year(status, done))


def agreement(states: Iterable[LineState]) -> list[Agreement]:
    """For each two coders who scored the same lines, how far they agree."""
    given: dict[str, dict[str, int]] = {}
    for state in states:
        for score in state.scores:
            given.setdefault(score.who, {})[state.line.id] = score.score
    coders = sorted(given)
    pairs = [(first, second) for place, first in enumerate(coders) for second in coders[place + 1 :]]
    return [
        _agreement(
            (first, second), [(given[first][line], given[second][line]) for line in sorted(given[first].keys() & given[second].keys())]
        )
        for first, second in pairs
        if given[first].keys() & given[second].keys()
    ]


def kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Cohen's kappa: how much oftener two agree than chance would have it, by how often each gives each score."""
    size = len(pairs)
    observed = sum(first == second for first, second in pairs) / size
    values = {value for pair in pairs for value in pair}
    expected = sum(sum(first == value for first, _ in pairs) * sum(second == value for _, second in pairs) for value in values) / size**2
    return None if expected == 1 else round((observed - expected) / (1 - expected), 3)


def _agreement(coders: tuple[str, str], pairs: list[tuple[int, int]]) -> Agreement:
    return Agreement(coders=coders, lines=len(pairs), agreed=sum(first == second for first, second in pairs), kappa=kappa(pairs))


def _rate(by: By, key: str, lines: Sequence[LineState], done: tuple[LineStatus, ...], as_of: IsoDate, published: int | None = None) -> Rate:
    return Rate(
        by=by,
        key=key,
        numerator=sum(state.status in done for state in lines),
        suggested=sum((state.status if state.decided else state.suggested.status) in done for state in lines),
        denominator=len(lines),
        done=done,
        as_of=as_of,
        published=published,
    )


def _keys(by: By, state: LineState) -> tuple[str | None, ...]:
    match by:
        case By.PILLAR:
            return (state.section.pillar,)
        case By.SECTION:
            return (state.section.id,)
        case By.BODY:
            return state.line.responsible
        case _:
            return state.line.themes


def _by_year(status: PlanStatus, done: tuple[LineStatus, ...]) -> Iterable[Rate]:
    """By the end of each year from the first done line on; a line done on an unknown day counts in none."""
    dated = [(last_day(state.date).year, state) for state in status.lines if state.date and state.status in done]
    if not dated:
        return
    last = last_day(status.as_of).year
    for year in range(min(year for year, _ in dated), last + 1):
        numerator = sum(when <= year for when, _ in dated)
        as_of = min(f"{year}-12-31", last_day(status.as_of).isoformat())
        yield Rate(
            by=By.YEAR,
            key=str(year),
            numerator=numerator,
            suggested=numerator,
            denominator=len(status.lines),
            done=done,
            as_of=as_of,
        )
