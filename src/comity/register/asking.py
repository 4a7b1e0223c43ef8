"""What every question to a register needs: its connection, the day as of which it is asked, and the decisions that stand."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, FromClause, Select, select

from comity.register.as_then import as_then
from comity.register.aside import IN_MEMORY, from_aside, put_aside
from comity.register.decisions import Action, decision_of, undone
from comity.register.faults import told_clearly
from comity.register.rejections import rejecting
from comity.register.schema import decisions
from comity.register.scope import Scope

BATCH = 500
HELD = 2.0
"""Seconds for which a question may hold its place in the database."""


class Asking:
    """One register, asked as of one day."""

    def __init__(self, engine: Engine, name: str, scope: Scope) -> None:
        self.engine = engine
        self.name = name
        self.scope = scope

    @property
    def documents(self) -> FromClause:
        """The documents that are seen, with the newest reading and the family they had."""
        return self.scope.documents

    def rows(self, query: Select[Any]) -> Iterator[Any]:
        """The rows of an answer, fetched a batch at a time. Of what takes longer to work through than HELD the rest is put aside: whoever
        reads holds what the database was when he began, and meanwhile SQLite's log of what others write can't be emptied."""
        until = monotonic() + HELD
        with SpooledTemporaryFile(IN_MEMORY) as file:
            with told_clearly(self.name), self.engine.connect() as connection:
                asked = self.as_then(connection, query)
                left = connection.execution_options(yield_per=BATCH).execute(asked)
                for row in left:
                    yield row
                    if monotonic() > until:
                        break
                else:
                    return
                names = left.keys()
                put_aside(left, file, BATCH)
            yield from from_aside(file, names)

    def all(self, query: Select[Any]) -> list[Any]:
        """A short answer at once."""
        with told_clearly(self.name), self.engine.connect() as connection:
            return list(connection.execute(self.as_then(connection, query)).all())

    def as_then(self, connection: Connection, query: Select[Any]) -> Select[Any]:
        """The query over findings as they were known on the day."""
        return as_then(connection, query, self.scope.before)

    def rejecting(self) -> set[int]:
        """The decisions that reject a finding and stand."""
        with told_clearly(self.name), self.engine.connect() as connection:
            return rejecting(connection, self.scope.decided())

    def undone(self) -> set[int]:
        """The numbers of the decisions that were taken back."""
        query = select(decisions).where(decisions.c.action == Action.UNDO, self.scope.decided())
        return undone(decision_of(row._mapping) for row in self.rows(query))
