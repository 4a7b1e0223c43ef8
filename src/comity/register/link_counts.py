"""Counts of links by target and state, and by year: in come the links that count, as a query, and whoever runs it."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Integer, Select, case, cast, func, select

from comity.register.link_records import LinkCount, LinkState, YearCount
from comity.register.verdicts import SHOWN

Run = Callable[[Select[Any]], Iterator[Any]]


def link_counts(run: Run, counted: Select[Any]) -> list[LinkCount]:
    """How many links each target has in each state, in how many sources, what they show, and the latest dates."""
    rows = counted.subquery("counted")
    showing = [
        (
            status,
            func.sum(cast(rows.c.shown == status.value, Integer)).label(f"n_{number}"),
            func.max(case((rows.c.shown == status.value, rows.c.dated))).label(f"last_{number}"),
        )
        for number, status in enumerate(SHOWN)
    ]
    by = (rows.c.plan, rows.c.target, rows.c.state)
    totals = (func.count().label("number"), func.count(rows.c.family.distinct()).label("sources"), func.max(rows.c.dated).label("last"))
    query = select(*by, *totals, *(column for _, *pair in showing for column in pair))
    return [
        LinkCount(
            plan=row.plan,
            target=row.target,
            state=LinkState(row.state),
            links=row.number,
            sources=row.sources,
            last=row.last,
            shown={
                status: (row._mapping[f"n_{number}"], row._mapping[f"last_{number}"])
                for number, status in enumerate(SHOWN)
                if row._mapping[f"n_{number}"]
            },
        )
        for row in run(query.group_by(*by).order_by(*by))
    ]


def year_counts(run: Run, counted: Select[Any]) -> list[YearCount]:
    """The same counts by year."""
    rows = counted.subquery("counted")
    by = (rows.c.plan, rows.c.target, rows.c.state, func.substr(rows.c.dated, 1, 4).label("year"))
    query = select(*by, func.count().label("number"), func.count(rows.c.family.distinct()).label("sources"))
    return [
        YearCount(
            plan=row.plan,
            target=row.target,
            state=LinkState(row.state),
            year=int(row.year) if row.year else None,
            links=row.number,
            sources=row.sources,
        )
        for row in run(query.group_by(*by).order_by(*by))
    ]
