"""What can be linked to, laid out for comparing: plan lines and other targets with their vectors, entries and concepts, each language of
their words.

In come targets (id, words by language, themes, responsible bodies, period); out comes `Compared`, which gives for a clause and every
target at once how far their meanings agree. A line whose official words are in one language only is compared across languages by the
static table.
"""

from collections.abc import Sequence
from math import log, log1p

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from comity.intervals import IsoDate
from comity.knowledge.folded import Folded
from comity.records import ActorId, LanguageCode, LinkKind, ThemeId
from comity.tracking.clause_view import WORD, Clause
from comity.tracking.concepts import ConceptId, load_concepts
from comity.tracking.embedding import Floats, Table
from comity.tracking.link_model import NEAR, LinkModel
from comity.tracking.partnership_scope import SCOPE

Bools = NDArray[np.bool_]


class Target(Struct, frozen=True, kw_only=True):
    """Something that a clause can be tied to."""

    kind: LinkKind
    plan: str = ""
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
        plans = [target.plan for target in targets]
        self._views = [_View([target.words.get(language, "") for target in targets], language, table, plans) for language in languages]
        self._of_plan = [np.array([place for place, one in enumerate(plans) if one == plan]) for plan in sorted(set(plans))]
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
        self._having = [np.flatnonzero(row) for row in has]
        self._whole = np.maximum(self._has.sum(axis=1), 1e-6)
        self.concept_count = len(model.concepts)

    def pairs(self, clauses: Sequence[Clause]) -> Floats:
        """How clauses and targets agree: for each clause a row a target; the columns are PAIR."""
        vectors = np.array([clause.vector for clause in clauses], dtype=np.float32)
        parts = [view.compared(vectors, clauses, self._table) for view in self._views]
        whole, covered, covering, telling = (np.max([part[number] for part in parts], axis=0) for number in range(4))
        shared, rarest, asked = self._shared(clauses)
        best = np.sort(whole, axis=1)[:, ::-1]
        second = best[:, min(1, best.shape[1] - 1)]
        rivals = np.where(whole >= best[:, :1], second[:, None], best[:, :1])
        most, mean = self.soft(self._model.shown(vectors))
        places = np.empty_like(mean)
        np.put_along_axis(places, np.argsort(-mean, axis=1, kind="stable"), np.arange(mean.shape[1], dtype=np.float32)[None], axis=1)
        anything = (shared > 0).astype(np.float32)
        return np.stack(
            [
                whole, covered, covering, whole - rivals, shared / self._whole, shared / np.maximum(asked, 1e-6)[:, None],
                np.minimum(shared, 6) / 4, rarest / 4, anything, shared - shared.max(axis=1, keepdims=True), most, mean,
                np.clip(mean - mean.max(axis=1, keepdims=True), -6, 0), np.broadcast_to(most.max(axis=1, keepdims=True), mean.shape),
                1 / (1 + places), anything * mean, telling, self.ahead(telling), self.ahead(covering), self.ahead(whole),
            ],
            axis=2,
        ).astype(np.float32)  # fmt: skip

    def whether(self, clauses: Sequence[Clause], pairs: Floats, odds: Floats) -> Floats:
        """Whether each clause fits any target at all, in a row; the columns are FITS. `odds` are those of the pairs."""
        ranked = np.sort(odds, axis=1)[:, ::-1]
        vectors = np.array([clause.vector for clause in clauses], dtype=np.float32)
        shown = self._model.shown(vectors)
        lines = len(self._model.concepts)
        margins = shown[:, :lines].max(axis=1) - shown[:, lines:].max(axis=1)
        rows = []
        for clause in clauses:
            hits = [shown for shown in clause.shown if any(concept in self._column for concept in shown.concepts)]
            held = sum(len(WORD.findall(clause.bare[hit.start : hit.end])) for hit in hits)
            nothing, others, size = float(not hits), log1p(clause.elsewhere), max(1, len(clause.bare))
            rows.append([
                log1p(len(hits)), min(1.0, held / clause.words), log(clause.words), float(clause.deed), others, nothing * others, nothing,
                min([hit.start for hit in hits], default=len(clause.bare)) / size, float(clause.words > LONG and not clause.deed),
                min(3.0, 3 * clause.capitals / clause.words), log1p(max([hit.end - hit.start for hit in hits], default=0)),
            ])  # fmt: skip
        told = np.array(rows, dtype=np.float32).reshape(len(clauses), -1)
        best, second = np.clip(ranked[:, 0], -8, 4), np.clip(ranked[:, min(1, ranked.shape[1] - 1)], -8, 4)
        return np.column_stack([
            best, second, told[:, 0:6], margins, told[:, 6:8], pairs[:, :, 0].max(axis=1), told[:, 8:], self._model.near.near(vectors),
        ]).astype(np.float32)  # fmt: skip

    def nearest(self, clause: Clause, number: int, most: int = 2) -> tuple[str, ...]:
        """The entries of the clause that lie nearest to those of a target, in the order of their likeness."""
        best: dict[int, float] = {}
        for view in self._views:
            likeness = self._table.vectors[clause.rows] @ view.entries_of(number).T
            for row, value in zip(clause.rows, likeness.max(axis=1), strict=True):
                best[row] = max(best.get(row, 0.0), float(value * self._table.weights[row]))
        return tuple(self._table.entries[row] for row in sorted(best, key=lambda row: -best[row])[:most])

    def ahead(self, values: Floats) -> Floats:
        """How far each target of a plan is ahead of the best other one of it, or behind it."""
        ahead = np.zeros_like(values)
        for numbers in self._of_plan:
            if len(numbers) > 1:
                of_plan = values[:, numbers]
                best = np.sort(of_plan, axis=1)[:, ::-1]
                ahead[:, numbers] = of_plan - np.where(of_plan >= best[:, :1], best[:, 1:2], best[:, :1])
        return ahead

    def behind(self, values: Floats) -> Floats:
        """How far each target is behind the best of its plan."""
        found = np.zeros_like(values)
        for numbers in self._of_plan:
            found[:, numbers] = values[:, numbers] - values[:, numbers].max(axis=1, keepdims=True)
        return found

    def _shared(self, clauses: Sequence[Clause]) -> tuple[Floats, Floats, Floats]:
        """How rare the concepts are that clause and target share, all together and the rarest, and those that the clause has."""
        flags = np.zeros((len(clauses), len(self._column)), dtype=np.float32)
        strange = np.zeros(len(clauses), dtype=np.float32)
        rarest = np.zeros((len(clauses), len(self.targets)), dtype=np.float32)
        for number, clause in enumerate(clauses):
            columns = [self._column[concept] for concept in clause.concepts if concept in self._column]
            flags[number, columns] = 1
            strange[number] = len(clause.concepts) - len(columns)
            if columns:
                rarest[number] = self._has[:, columns].max(axis=1)
        return flags @ self._has.T, rarest, flags @ self._rarity + 3.0 * strange

    def soft(self, shown: Floats) -> tuple[Floats, Floats]:
        """How strongly the vectors show the targets' concepts: the strongest of each target's, and their mean, rare concepts counting for
        more."""
        values = np.clip(shown[:, self._places], -6, 6)
        most = np.full((len(values), len(self.targets)), -5, dtype=np.float32)
        for number, concepts in enumerate(self._having):
            if len(concepts):
                most[:, number] = values[:, concepts].max(axis=1)
        mean = np.where(self._any, values @ self._has.T / self._whole, -5)
        return most, mean.astype(np.float32)


class _View:
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
        likeness = np.maximum(self.entries @ table.vectors[unique].T, 0)
        begins = np.cumsum([0, *(len(clause.rows) for clause in clauses)])[:-1]
        nearest = np.maximum.reduceat(likeness[:, places], begins, axis=1)
        covered = np.add.reduceat(nearest * self.weights[:, None], self.starts, axis=0) / self.totals[:, None]
        weights = table.weights[rows]
        best = np.maximum.reduceat(likeness, self.starts, axis=0)[:, places] * weights
        covering = np.add.reduceat(best, begins, axis=1) / np.add.reduceat(weights, begins)
        telling = np.add.reduceat(nearest * self._telling[:, None], self.starts, axis=0) / self._tellings[:, None]
        known = self.known
        return (
            np.where(known, vectors @ self.vectors.T, -1),
            np.where(known, covered.T, 0),
            np.where(known, covering.T, 0),
            np.where(known, telling.T, 0),
        )


PAIR = ("whole", "covered", "covering", "lead", "concepts", "asked", "shared", "rarest", "any", "behind", "soft-most", "soft-mean",
"soft-behind", "soft-best",
        "soft-place", "any-soft", "telling", "telling-ahead", "covering-ahead", "whole-ahead")  # fmt: skip
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
    "hit-length",
    *NEAR,
)
LONG = 12
SUREST = 3.5
"""The log odds of a clause to fit some line are cut off here."""
TRUST = ("words", "whole", "any", "sentence", "sentence-behind", "deed", *SCOPE)
_TOLD = [PAIR.index(name) for name in TRUST if name in PAIR]


def by_words(fits: float, odds: Floats) -> Floats:
    """How likely a clause is about each of some lines by its words alone: it fits any line, and this is the one."""
    likely: Floats = _chance(np.minimum(np.full_like(odds, fits), SUREST)) * _chance(odds)
    return likely


def trust_features(words: Floats, told: Floats, sentence: Floats, deed: bool, scope: Floats) -> Floats:
    """What tells how sure lines are for a clause of a known document, a row each; the columns are TRUST. `words` by `by_words`, `told` by
    `told_of`; `sentence` has what the clause's sentence says of each line."""
    same = np.r_[np.float32(deed), scope]
    return np.column_stack([words, told, sentence, np.tile(same, (len(words), 1))]).astype(np.float32)


def told_of(pairs: Floats) -> Floats:
    """The columns of `Compared.pairs` that tell how sure a line is."""
    told: Floats = pairs[..., _TOLD]
    return told


def _chance(odds: Floats) -> Floats:
    values: Floats = (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
    return values


def _concepts(target: Target) -> frozenset[ConceptId]:
    """What the target's words show, in any of its languages."""
    return frozenset(concept for language, words in target.words.items() for concept in load_concepts(language)[0].find(Folded(words)))
