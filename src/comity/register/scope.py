"""As of which day a view speaks: what the register knew by then (knowledge date), and what had happened by then (event date).

The documents of a scope stand for the table `documents`, with the newest reading and the family as they were known on that day.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, func, literal, select, true

from comity.intervals import last_day, one_date
from comity.register.schema import FINDINGS, decisions, documents, families, fits, readings, withdrawals
from comity.register.withdrawals import is_withdrawn

WHEN = {"events": "when", "progress": "as_of", "dates": "iso"}
"""The column that says when a finding's matter was; the others are of the day their document was published."""


class Scope:
    """The documents a view sees, and the conditions on findings that come with it."""

    def __init__(self, known: str | None = None, happened_by: str | None = None, among: Collection[int] | None = None) -> None:
        """`among` are the readings that are looked at, where not all that were known then are."""
        self.before = day_after(known)
        self.happened_by = None if happened_by is None else _day(happened_by)
        self.documents: FromClause = documents if self.before is None else _documents_before(self.before, among)

    def decided(self) -> ColumnElement[bool]:
        """The decisions that were taken by then."""
        return true() if self.before is None else decisions.c.made < self.before

    def is_of_documents(self) -> ColumnElement[bool]:
        """The documents published by the event date."""
        return true() if self.happened_by is None else self.documents.c.published <= self.happened_by

    def is_read(self) -> ColumnElement[bool]:
        """The documents that nobody withdrew; as of a day, only those are there."""
        standing = select(withdrawals.c.document).where(withdrawals.c.undone.is_(None))
        return documents.c.key.not_in(standing) if self.before is None else true()

    def is_of(self, kind: str, rejecting: set[int]) -> ColumnElement[bool]:
        """The findings of a kind that belong to the scope; those that a person rejected do not."""
        table = FINDINGS[kind]
        conditions = [table.c.reading == self.documents.c.reading]
        if self.happened_by is not None:
            column = WHEN.get(kind)
            when = func.coalesce(table.c[column], self.documents.c.published) if column else self.documents.c.published
            conditions.append(when <= self.happened_by)
        if rejecting:
            conditions.append(~is_rejected(kind, table.c.reading, table.c.number, rejecting))
        return and_(*conditions)


def is_rejected(kind: str, reading: Any, number: Any, rejecting: set[int]) -> ColumnElement[bool]:
    """Whether one of these decisions is about the finding with this place in its reading."""
    return exists().where(
        fits.c.reading == reading, fits.c.kind == literal(kind), fits.c.number == number, fits.c.decision.in_(sorted(rejecting))
    )


def day_after(known: str | None) -> str | None:
    """The first day of which a view as of `known` knows nothing any more."""
    return None if known is None else (last_day(one_date(known)) + timedelta(days=1)).isoformat()


def _day(given: str) -> str:
    return last_day(one_date(given)).isoformat()


def _documents_before(before: str, among: Collection[int] | None) -> FromClause:
    """The documents that had a reading by then, each with its newest one: a join, so that a finding leads to its document as well as a
    document to its findings. (No reading is older than its document.)"""
    later = readings.alias("later")
    overtaken = exists().where(later.c.document == readings.c.document, later.c.key > readings.c.key, later.c.added < before)
    latest = select(families.c.family).where(families.c.document == documents.c.key, families.c.since < before)
    columns = [column for column in documents.c if column.name not in ("reading", "family")]
    query = select(
        *columns,
        readings.c.key.label("reading"),
        latest.order_by(families.c.since.desc()).limit(1).correlate(documents).scalar_subquery().label("family"),
    )
    query = query.select_from(documents.join(readings, readings.c.document == documents.c.key))
    if among is not None:
        query = query.where(readings.c.key.in_(among))
    # not by the index on `added`: it leads to half of all readings, which a list that shows twenty would have to sort
    return query.where(readings.c.added + "" < before, ~overtaken.correlate(readings), ~is_withdrawn(documents.c.key, before)).subquery(
        "known"
    )
