"""The words of all targets in one language, laid out for comparing with many clauses at once.

In come texts and the static table; out come numbers: how near each clause is to each text as a whole, and
how much of either the other covers.
"""

from collections.abc import Sequence

import numpy as np

from comity.knowledge.folded import Folded
from comity.records import LanguageCode
from comity.tracking.clause_view import Clause
from comity.tracking.embedding import Table
from comity.tracking.products import Factor, Floats


class TargetWords:
    """All targets' words in one language."""

    def __init__(self, words: Sequence[str], language: LanguageCode, table: Table, plans: Sequence[str]) -> None:
        folded = [Folded(text).folded for text in words]
        vectors = [table.vector(text, language) for text in folded]
        rows = [[entry.row for entry in table.entries_in(text)] or [0] for text in folded]
        self.known = np.array([vector is not None for vector in vectors])
        nothing = np.zeros(table.vectors.shape[1], dtype=np.float32)
        self.vectors = np.array([nothing if vector is None else vector for vector in vectors])
        flat = [row for target in rows for row in target]
        self.entries, self.weights = table.vectors[flat], table.weights[flat]
        self._by_entries, self._by_vectors = Factor(self.entries.T), Factor(self.vectors.T)
        self.starts = np.cumsum([0, *map(len, rows[:-1])])
        self.totals = np.add.reduceat(self.weights, self.starts)
        self._ends = [*self.starts[1:], len(flat)]
        self._telling = self.weights * self._rarity(plans)
        self._tellings = np.maximum(np.add.reduceat(self._telling, self.starts), 1e-6)

    def _rarity(self, plans: Sequence[str]) -> Floats:
        """How few lines of its plan have an entry like each: the words by which near twins are told apart."""
        likeness = np.maximum(np.maximum.reduceat(self.entries @ self.entries.T, self.starts, axis=1), 0) ** 2
        of = np.repeat(np.arange(len(plans)), np.diff([*self.starts, len(self.entries)]))
        same = np.array([[one == other for other in plans] for one in plans], dtype=np.float32)[of]
        rarity: Floats = np.log((same.sum(axis=1) + 1) / ((likeness * same).sum(axis=1) + 0.5)).astype(np.float32)
        return np.maximum(rarity, 0.05)

    def entries_of(self, number: int) -> Floats:
        """The vectors of a target's entries."""
        return self.entries[self.starts[number] : self._ends[number]]

    def compared(self, vectors: Floats, clauses: Sequence[Clause], table: Table) -> tuple[Floats, Floats, Floats, Floats]:
        """Likeness as wholes, how much of each target each clause covers, how much of the clause the target covers, and how much of what
        tells the target from its twins the clause covers."""
        rows = [row for clause in clauses for row in clause.rows]
        unique, places = np.unique(rows, return_inverse=True)
        likeness = np.maximum(self._by_entries.of(table.vectors[unique]).T, 0)
        begins = np.cumsum([0, *(len(clause.rows) for clause in clauses)])[:-1]
        nearest = np.maximum.reduceat(likeness[:, places], begins, axis=1)
        covered = np.add.reduceat(nearest * self.weights[:, None], self.starts, axis=0) / self.totals[:, None]
        weights = table.weights[rows]
        best = np.maximum.reduceat(likeness, self.starts, axis=0)[:, places] * weights
        covering = np.add.reduceat(best, begins, axis=1) / np.add.reduceat(weights, begins)
        telling = np.add.reduceat(nearest * self._telling[:, None], self.starts, axis=0) / self._tellings[:, None]
        known = self.known
        return (
            np.where(known, self._by_vectors.of(vectors), -1),
            np.where(known, covered.T, 0),
            np.where(known, covering.T, 0),
            np.where(known, telling.T, 0),
        )
