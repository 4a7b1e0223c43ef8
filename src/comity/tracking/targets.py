"""What can be linked to, laid out for comparing: plan lines and other targets with their vectors, entries and concepts, each language of their words.

In come targets (id, words by language, themes, responsible bodies, period); out comes `Compared`, which gives for a clause and every target at once
how far their meanings agree. A line whose official words are in one language only is compared across languages by the static table.
"""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from comity.intervals import IsoDate
from comity.knowledge.folded import Folded
from comity.records import ActorId, LanguageCode, LinkKind, ThemeId
from comity.tracking.concepts import ConceptId, load_concepts
from comity.tracking.embedding import Floats, Table

Bools = NDArray[np.bool_]


class Target(Struct, frozen=True, kw_only=True):
    """Something that a clause can be tied to."""

    kind: LinkKind
    id: str
    words: dict[LanguageCode, str]
    themes: tuple[ThemeId, ...] = ()
    responsible: tuple[ActorId, ...] = ()
    period: IsoDate | None = None


class Clause(NamedTuple):
    """A clause without the names in it: its vector, its entries' vectors and weights, its concepts with their words."""

    vector: Floats
    rows: list[int]
    concepts: dict[ConceptId, str]


class _View(NamedTuple):
    """All targets' words in one language."""

    vectors: Floats
    entries: Floats
    weights: Floats
    starts: NDArray[np.intp]
    totals: Floats
    known: Bools


class Compared:
    """Targets laid out; `features(clause)` gives a row of numbers for each."""

    def __init__(self, targets: Sequence[Target], table: Table) -> None:
        self.targets = tuple(targets)
        self._table = table
        languages = sorted({language for target in targets for language in target.words})
        self._views = [_view([target.words.get(language, "") for target in targets], language, table) for language in languages]
        self.concepts = [_concepts(target) for target in targets]
        every = sorted({concept for concepts in self.concepts for concept in concepts})
        self._column = {concept: number for number, concept in enumerate(every)}
        has = np.zeros((len(targets), len(every)), dtype=np.float32)
        for row, concepts in enumerate(self.concepts):
            has[row, [self._column[concept] for concept in concepts]] = 1
        self._rarity = np.array([log((len(targets) + 1) / (count + 0.5)) for count in has.sum(axis=0)], dtype=np.float32)
        self._has = has * self._rarity
        self._whole = np.maximum(self._has.sum(axis=1), 1e-6)

    def features(self, clause: Clause) -> Floats:
        """One row a target; the columns are FEATURES."""
        whole, covered, covering = (np.max(parts, axis=0) for parts in zip(*(self._compared(view, clause) for view in self._views), strict=True))
        columns = [self._column[concept] for concept in clause.concepts if concept in self._column]
        strange = len(clause.concepts) - len(columns)
        shared = self._has[:, columns].sum(axis=1)
        rarest = self._has[:, columns].max(axis=1) if columns else np.zeros(len(self.targets), dtype=np.float32)
        asked = float(self._rarity[columns].sum()) + 3.0 * strange
        best = np.sort(whole)[::-1]
        rivals = np.where(whole >= best[0], best[min(1, len(best) - 1)], best[0])
        table = np.stack(
            [
                whole, covered, covering, whole - rivals, shared / self._whole, shared / max(asked, 1e-6), np.minimum(shared, 6) / 4, rarest / 4,
                (shared > 0).astype(np.float32), shared - np.max(shared),
            ],
            axis=1,
        )  # fmt: skip
        return table.astype(np.float32)

    def nearest(self, clause: Clause, number: int, most: int = 2) -> tuple[str, ...]:
        """The entries of the clause that lie nearest to those of a target, in the order of their likeness."""
        best: dict[int, float] = {}
        for view in self._views:
            end = view.starts[number + 1] if number + 1 < len(view.starts) else len(view.entries)
            likeness = (view.entries[view.starts[number] : end] @ self._table.vectors[clause.rows].T).max(axis=0) * self._table.weights[clause.rows]
            for row, value in zip(clause.rows, likeness, strict=True):
                best[row] = max(best.get(row, 0.0), float(value))
        return tuple(self._table.entries[row] for row in sorted(best, key=lambda row: -best[row])[:most])

    def _compared(self, view: _View, clause: Clause) -> tuple[Floats, Floats, Floats]:
        """Likeness as wholes, how much of the target the clause covers, and how much of the clause the target covers."""
        vectors, weights = self._table.vectors[clause.rows], self._table.weights[clause.rows]
        likeness = np.maximum(view.entries @ vectors.T, 0)
        covered = np.add.reduceat(likeness.max(axis=1) * view.weights, view.starts) / view.totals
        covering = np.maximum.reduceat(likeness, view.starts, axis=0) @ weights / weights.sum()
        return np.where(view.known, view.vectors @ clause.vector, -1), np.where(view.known, covered, 0), np.where(view.known, covering, 0)


FEATURES = ("whole", "covered", "covering", "lead", "concepts", "asked", "shared", "rarest", "any", "behind")


def _concepts(target: Target) -> frozenset[ConceptId]:
    """What the target's words show, in any of its languages."""
    return frozenset(concept for language, words in target.words.items() for concept in load_concepts(language).find(Folded(words)))


def _view(words: Sequence[str], language: LanguageCode, table: Table) -> _View:
    vectors, rows, starts = [], [], []
    known = np.zeros(len(words), dtype=np.bool_)
    nothing = np.zeros(table.vectors.shape[1], dtype=np.float32)
    for number, text in enumerate(words):
        folded = Folded(text).folded
        vector = table.vector(folded, language)
        known[number] = vector is not None
        vectors.append(nothing if vector is None else vector)
        starts.append(len(rows))
        rows.extend([entry.index for entry in table.entries_in(folded)] or [0])
    weights = table.weights[rows]
    first = np.array(starts, dtype=np.intp)
    return _View(np.array(vectors), table.vectors[rows], weights, first, np.add.reduceat(weights, first), known)
