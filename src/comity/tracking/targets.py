"""What can be linked to, laid out for comparing: plan lines and other targets with their vectors, entries and concepts, each language of
their words.

In come targets (id, words by language, themes, responsible bodies, period); out comes `Compared`, which gives for a clause and every
target at once how far their meanings agree. A line whose official words are in one language only is compared across languages by the
static table.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import log

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from comity.intervals import IsoDate
from comity.knowledge.folded import Folded
from comity.records import ActorId, LanguageCode, LinkKind, ThemeId
from comity.tracking.clause_view import WORD, Clause
from comity.tracking.concepts import ConceptId, load_concepts
from comity.tracking.embedding import Floats, Table, product
from comity.tracking.link_model import LinkModel

Bools = NDArray[np.bool_]


class Target(Struct, frozen=True, kw_only=True):
    """Something that a clause can be tied to."""

    kind: LinkKind
    id: str
    words: dict[LanguageCode, str]
    themes: tuple[ThemeId, ...] = ()
    responsible: tuple[ActorId, ...] = ()
    period: IsoDate | None = None


class Compared:
    """Targets laid out; `features(clause)` gives a row of numbers for each."""

    def __init__(self, targets: Sequence[Target], table: Table, model: LinkModel) -> None:
        self.targets = tuple(targets)
        self._model = model
        self._table = table
        languages = sorted({language for target in targets for language in target.words})
        self._views = [_View([target.words.get(language, "") for target in targets], language, table) for language in languages]
        self.concepts = [_concepts(target) for target in targets]
        every = sorted({concept for concepts in self.concepts for concept in concepts})
        self._column = {concept: number for number, concept in enumerate(every)}
        has = np.zeros((len(targets), len(every)), dtype=np.float32)
        for row, concepts in enumerate(self.concepts):
            has[row, [self._column[concept] for concept in concepts]] = 1
        self._rarity = np.array([log((len(targets) + 1) / (count + 0.5)) for count in has.sum(axis=0)], dtype=np.float32)
        self._has = has * self._rarity
        self._any = self._has.sum(axis=1) > 0
        column = {concept: number for number, concept in enumerate(model.concepts)}
        self._places = np.array([column[concept] for concept in every], dtype=np.intp)
        self._not = np.where(has > 0, 0, -99).astype(np.float32)
        self._whole = np.maximum(self._has.sum(axis=1), 1e-6)

    def pairs(self, clause: Clause) -> Floats:
        """How clause and target agree, one row a target; the columns are PAIR."""
        whole, covered, covering = (
            np.max(parts, axis=0) for parts in zip(*(self._compared(view, clause) for view in self._views), strict=True)
        )
        columns = [self._column[concept] for concept in clause.concepts if concept in self._column]
        strange = len(clause.concepts) - len(columns)
        shared = self._has[:, columns].sum(axis=1)
        rarest = self._has[:, columns].max(axis=1) if columns else np.zeros(len(self.targets), dtype=np.float32)
        asked = float(self._rarity[columns].sum()) + 3.0 * strange
        best = np.sort(whole)[::-1]
        rivals = np.where(whole >= best[0], best[min(1, len(best) - 1)], best[0])
        most, mean = self._soft(self._model.shown(clause.vector))
        places = np.empty(len(self.targets), dtype=np.float32)
        places[np.argsort(-mean, kind="stable")] = np.arange(len(self.targets))
        anything = (shared > 0).astype(np.float32)
        return np.stack(
            [
                whole, covered, covering, whole - rivals, shared / self._whole, shared / max(asked, 1e-6), np.minimum(shared, 6) / 4,
                rarest / 4, anything, shared - np.max(shared), most, mean, np.clip(mean - mean.max(), -6, 0), np.full_like(mean,
                most.max()), 1 / (1 + places), anything * mean,
            ],
            axis=1,
        ).astype(np.float32)  # fmt: skip

    def clause(self, clause: Clause, pairs: Floats, odds: Floats) -> Floats:
        """Whether the clause fits any target at all, in one row; the columns are FITS. `odds` are those of the pairs."""
        ranked = np.sort(odds)[::-1]
        hits = [shown for shown in clause.shown if any(concept in self._column for concept in shown.concepts)]
        held = sum(len(WORD.findall(clause.bare[hit.start : hit.end])) for hit in hits)
        shown = self._model.shown(clause.vector)
        lines = len(self._model.concepts)
        nothing = float(not hits)
        others = np.log1p(clause.elsewhere)
        row = [
            float(np.clip(ranked[0], -8, 4)), float(np.clip(ranked[min(1, len(ranked) - 1)], -8, 4)), float(np.log1p(len(hits))),
            min(1.0, held / clause.words), float(np.log(clause.words)), float(clause.deed), others, nothing * others,
            float(shown[:lines].max() - shown[lines:].max()), nothing, min([hit.start for hit in hits], default=len(clause.bare)) / max(1,
            len(clause.bare)), float(pairs[:, 0].max()), float(clause.words > LONG and not clause.deed), min(3.0, 3 * clause.capitals /
            clause.words),
        ]  # fmt: skip
        return np.array([row], dtype=np.float32)

    def nearest(self, clause: Clause, number: int, most: int = 2) -> tuple[str, ...]:
        """The entries of the clause that lie nearest to those of a target, in the order of their likeness."""
        best: dict[int, float] = {}
        for view in self._views:
            for row in clause.rows:
                best[row] = max(best.get(row, 0.0), float(view.likeness(row)[1][number] * self._table.weights[row]))
        return tuple(self._table.entries[row] for row in sorted(best, key=lambda row: -best[row])[:most])

    def _soft(self, shown: Floats) -> tuple[Floats, Floats]:
        """How strongly the vector shows the targets' concepts: the strongest of each target's, and their mean, rare concepts counting for
        more."""
        values = np.clip(shown[self._places], -6, 6)
        most = (values + self._not).max(axis=1, initial=-6)
        mean = np.where(self._any, product(self._has, values) / self._whole, -5)
        return np.where(self._any, most, -5).astype(np.float32), mean.astype(np.float32)

    def _compared(self, view: "_View", clause: Clause) -> tuple[Floats, Floats, Floats]:
        """Likeness as wholes, how much of the target the clause covers, and how much of the clause the target covers."""
        likeness = [view.likeness(row) for row in clause.rows]
        nearest = np.max([entries for entries, _ in likeness], axis=0)
        covered = np.add.reduceat(nearest * view.weights, view.starts) / view.totals
        weights = self._table.weights[clause.rows]
        covering = product(np.array([best for _, best in likeness]).T, weights) / weights.sum()
        return (
            np.where(view.known, product(view.vectors, clause.vector), -1),
            np.where(view.known, covered, 0),
            np.where(view.known, covering, 0),
        )


class _View:
    """All targets' words in one language. What has been compared once is kept: few words make most of all clauses."""

    def __init__(self, words: Sequence[str], language: LanguageCode, table: Table) -> None:
        folded = [Folded(text).folded for text in words]
        vectors = [table.vector(text, language) for text in folded]
        rows = [[entry.row for entry in table.entries_in(text)] or [0] for text in folded]
        self.known = np.array([vector is not None for vector in vectors])
        nothing = np.zeros(table.vectors.shape[1], dtype=np.float32)
        self.vectors = np.array([nothing if vector is None else vector for vector in vectors])
        flat = [row for target in rows for row in target]
        self.entries, self.weights = table.vectors[flat], table.weights[flat]
        self.starts = np.cumsum([0, *map(len, rows[:-1])])
        self.totals = np.add.reduceat(self.weights, self.starts)
        self._all = table.vectors
        self.likeness = lru_cache(maxsize=KEPT)(self._likeness)

    def _likeness(self, row: int) -> tuple[Floats, Floats]:
        """Of one entry of the table to each entry of the targets, and to the nearest of each target's."""
        likeness = np.maximum(product(self.entries, self._all[row]), 0)
        return likeness, np.maximum.reduceat(likeness, self.starts)


PAIR = ("whole", "covered", "covering", "lead", "concepts", "asked", "shared", "rarest", "any", "behind", "soft-most", "soft-mean",
"soft-behind", "soft-best",
        "soft-place", "any-soft")  # fmt: skip
FITS = (
    "best",
    "second",
    "hits",
    "density",
    "words",
    "deed",
    "elsewhere",
    "nothing-elsewhere",
    "margin",
    "nothing",
    "first",
    "whole",
    "long",
    "capitals",
)
LONG = 12
KEPT = 8192


def _concepts(target: Target) -> frozenset[ConceptId]:
    """What the target's words show, in any of its languages."""
    return frozenset(concept for language, words in target.words.items() for concept in load_concepts(language)[0].find(Folded(words)))
