"""What can be linked to, laid out for comparing: plan lines and other targets with their vectors, entries and concepts, each language of
their words.

In come targets (id, words by language, themes, responsible bodies, period); out comes `Compared`, which gives for a clause and every
target at once how far their meanings agree. A line whose official words are in one language only is compared across languages by the
static table.
"""

from collections.abc import Collection, Sequence
from functools import cached_property
from math import log, log1p

import numpy as np
from msgspec import Struct

from comity.intervals import IsoDate
from comity.knowledge.folded import Folded
from comity.records import ActorId, LanguageCode, LinkKind, ThemeId
from comity.tracking.clause_view import WORD, Clause, vectors_of
from comity.tracking.concepts import ConceptId, load_concepts
from comity.tracking.embedding import Table
from comity.tracking.link_model import NEAR, LinkModel
from comity.tracking.partnership_scope import SCOPE
from comity.tracking.products import Factor, Floats, product
from comity.tracking.target_words import TargetWords
from comity.tracking.taught import TaughtLines


class Target(Struct, frozen=True, kw_only=True):
    """Something that a clause can be tied to."""

    kind: LinkKind
    plan: str = ""
    id: str
    words: dict[LanguageCode, str]
    themes: tuple[ThemeId, ...] = ()
    responsible: tuple[ActorId, ...] = ()
    period: IsoDate | None = None


class Looked(Struct, frozen=True, dict=True):
    """Some clauses with their vectors, the concepts that these show, and those that their other words show; `ours` are the concepts of the
    targets."""

    clauses: Sequence[Clause]
    vectors: Floats
    shown: Floats
    rests: Floats
    ours: Collection[ConceptId]

    def alone(self, row: int) -> "Looked":
        """One of the clauses."""
        vectors, shown, rests = (every[row : row + 1].copy() for every in (self.vectors, self.shown, self.rests))
        return Looked([self.clauses[row]], vectors, shown, rests, self.ours)

    @cached_property
    def told(self) -> Floats:
        """What the clauses' own words tell, a row each; the columns are CLAUSE."""
        return np.array([_told(clause, self.ours) for clause in self.clauses], dtype=np.float32)

    @property
    def style(self) -> Floats:
        """What tells how they are written: CLAUSE and the vector."""
        return np.column_stack([self.told, self.vectors])


class Compared:
    """Targets laid out; `pairs` gives for each clause a row of numbers for each of them."""

    def __init__(self, targets: Sequence[Target], table: Table, model: LinkModel) -> None:
        self.targets = tuple(targets)
        self._weighing = model.weighing
        self._table = table
        self._memory = model.taught
        languages = sorted({language for target in targets for language in target.words})
        plans = [target.plan for target in targets]
        words = {language: [target.words.get(language, "") for target in targets] for language in languages}
        self._views = [TargetWords(texts, language, table, plans) for language, texts in words.items()]
        self._of_plan = [np.array([place for place, one in enumerate(plans) if one == plan]) for plan in sorted(set(plans))]
        self.concepts = [_concepts(target) for target in targets]
        every = sorted({concept for concepts in self.concepts for concept in concepts})
        self._column = {concept: number for number, concept in enumerate(every)}
        has = np.zeros((len(targets), len(every)), dtype=np.float32)
        for row, concepts in enumerate(self.concepts):
            has[row, [self._column[concept] for concept in concepts]] = 1
        self._rarity = np.array([log((len(targets) + 1) / (count + 0.5)) for count in has.sum(axis=0)], dtype=np.float32)
        self._has = has * self._rarity
        self._by_having = Factor(self._has.T)
        self._any = self._has.sum(axis=1) > 0
        column = {concept: number for number, concept in enumerate(model.concepts)}
        self._places = np.array([column[concept] for concept in every], dtype=np.intp)
        self._having = [np.flatnonzero(row) for row in has]
        self._whole = np.maximum(self._has.sum(axis=1), 1e-6)
        self.concept_count = len(model.concepts)
        self._concepts_end = len(model.concepts) + len(model.elsewhere)
        known = model.lines.places({language: view.vectors for language, view in zip(languages, self._views, strict=True)})
        self._known = np.flatnonzero(known >= 0)
        self._known_at = self._concepts_end + known[self._known]
        self._guess = model.lines.guess

    @cached_property
    def taught(self) -> TaughtLines:
        """The targets beside the lines that clauses were judged for, by the table alone."""
        return TaughtLines([view.vectors for view in self._views], self._memory)

    def looked_at(self, clauses: Sequence[Clause]) -> "Looked":
        """What all that follows is worked out from."""
        vectors = vectors_of(clauses)
        shown = self._weighing.shown(vectors)
        return Looked(clauses, vectors, shown, self._rests(clauses, shown), self._column)

    def pairs(self, looked: "Looked") -> Floats:
        """How clauses and targets agree: for each clause a row a target; the columns are PAIR."""
        clauses, vectors = looked.clauses, looked.vectors
        parts = [view.compared(vectors, clauses, self._table) for view in self._views]
        whole, covered, covering, telling = (np.max([part[number] for part in parts], axis=0) for number in range(4))
        shared, rarest, asked = self._shared(clauses)
        best = np.sort(whole, axis=1)[:, ::-1]
        second = best[:, min(1, best.shape[1] - 1)]
        rivals = np.where(whole >= best[:, :1], second[:, None], best[:, :1])
        most, mean = self.soft(looked.shown)
        places = np.empty_like(mean)
        np.put_along_axis(places, np.argsort(-mean, axis=1, kind="stable"), np.arange(mean.shape[1], dtype=np.float32)[None], axis=1)
        anything = (shared > 0).astype(np.float32)
        rest_most, rest_mean = self.soft(looked.rests)
        line = self._line(looked.shown, most, mean)
        return np.stack(
            [
                whole, covered, covering, whole - rivals, shared / self._whole, shared / np.maximum(asked, 1e-6)[:, None],
                np.minimum(shared, 6) / 4, rarest / 4, anything, shared - shared.max(axis=1, keepdims=True), most, mean,
                np.clip(mean - mean.max(axis=1, keepdims=True), -6, 0), np.broadcast_to(most.max(axis=1, keepdims=True), mean.shape),
                1 / (1 + places), anything * mean, telling, self.ahead(telling), self.ahead(covering), self.ahead(whole),
                rest_mean, rest_most, np.clip(rest_mean - rest_mean.max(axis=1, keepdims=True), -6, 0), anything * rest_mean,
                anything * rest_most, line, np.clip(line - line.max(axis=1, keepdims=True), -6, 0), self.ahead(line),
            ],
            axis=2,
        ).astype(np.float32)  # fmt: skip

    def whether(self, looked: "Looked", pairs: Floats, odds: Floats) -> Floats:
        """Whether each clause fits any target at all, in a row; the columns are FITS and then the clause's vector. `odds` are those of the
        pairs, whose columns may be followed by others."""
        vectors, pairs = looked.vectors, pairs[:, :, : len(PAIR)]
        ranked = np.sort(odds, axis=1)[:, ::-1]
        best, second = np.clip(ranked[:, 0], -8, 4), np.clip(ranked[:, min(1, ranked.shape[1] - 1)], -8, 4)
        told = looked.told
        margins, rest_margins = self._margins(looked.shown), self._margins(looked.rests)
        of_best = pairs[np.arange(len(pairs)), odds.argmax(axis=1)]
        some = 1 - told[:, [CLAUSE.index("nothing")]]
        return np.column_stack([
            best, second, margins, pairs[:, :, 0].max(axis=1), rest_margins, some[:, 0] * rest_margins,
            pairs[:, :, _REST_MEAN].max(axis=1), of_best, some * of_best[:, [_REST_MEAN, _REST_MOST]], told,
            self._weighing.near.near(vectors), pairs[:, :, _LINE].max(axis=1), looked.shown[:, -1], looked.rests[:, -1], vectors,
        ]).astype(np.float32)  # fmt: skip

    def _line(self, shown: Floats, most: Floats, mean: Floats) -> Floats:
        """What each clause says of each target as a line that clauses were judged for, or else by the concepts that it shows."""
        start, of_most, of_mean = self._guess
        line = start + of_most * most + of_mean * mean
        line[:, self._known] = shown[:, self._known_at]
        return np.clip(line, -8, 8)

    def _margins(self, shown: Floats) -> Floats:
        """How far the concepts of lines are ahead of all others."""
        others = shown[:, self.concept_count : self._concepts_end]
        margins: Floats = shown[:, : self.concept_count].max(axis=1) - others.max(axis=1)
        return margins

    def _rests(self, clauses: Sequence[Clause], shown: Floats) -> Floats:
        """The concepts that the other words of the clauses show: those that are in no word of a concept. Where no word is, all of them."""
        found = shown.copy()
        found[[number for number, clause in enumerate(clauses) if not clause.rest]] = UNSHOWN
        left = [number for number, clause in enumerate(clauses) if clause.shown and clause.rest]
        rests, languages = [clauses[number].rest for number in left], [clauses[number].language for number in left]
        if left:
            found[left] = self._weighing.shown(self._table.vectors_of(rests, languages))
        return found

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
        return self._by_having.of(flags), rarest, product(flags, self._rarity) + 3.0 * strange

    def soft(self, shown: Floats) -> tuple[Floats, Floats]:
        """How strongly the vectors show the targets' concepts: the strongest of each target's, and their mean, rare concepts counting for
        more."""
        values = np.clip(shown[:, self._places], -6, 6)
        most = np.full((len(values), len(self.targets)), -5, dtype=np.float32)
        for number, concepts in enumerate(self._having):
            if len(concepts):
                most[:, number] = values[:, concepts].max(axis=1)
        mean = np.where(self._any, self._by_having.of(values) / self._whole, -5)
        return most, mean.astype(np.float32)


PAIR = ("whole", "covered", "covering", "lead", "concepts", "asked", "shared", "rarest", "any", "behind", "soft-most", "soft-mean",
"soft-behind", "soft-best",
        "soft-place", "any-soft", "telling", "telling-ahead", "covering-ahead", "whole-ahead", "rest-mean", "rest-most", "rest-behind",
        "any-rest-mean", "any-rest-most", "line", "line-behind", "line-ahead")  # fmt: skip
_REST_MEAN, _REST_MOST, _LINE = PAIR.index("rest-mean"), PAIR.index("rest-most"), PAIR.index("line")
CLAUSE = ("hits", "density", "words", "deed", "elsewhere", "nothing-elsewhere", "nothing", "first", "long", "capitals", "hit-length",
          "named")  # fmt: skip
FITS = ("best", "second", "margin", "whole", "rest-margin", "some-rest-margin", "rest-mean", *(f"best-{name}" for name in PAIR),
"some-best-rest-mean", "some-best-rest-most", *CLAUSE, *NEAR, "line", "any", "rest-any")  # fmt: skip
LONG = 12
UNSHOWN = -6.0
"""The log odds of a concept in a clause that has no words left."""
SUREST = 3.5
"""The log odds of a clause to fit some line are cut off here."""
TRUST = ("words", "whole", "any", "sentence", "sentence-behind", "deed", *SCOPE)
_TOLD = [PAIR.index(name) for name in TRUST if name in PAIR]


def _told(clause: Clause, ours: Collection[ConceptId]) -> list[float]:
    """What the clause's own words tell; the columns are CLAUSE."""
    hits = [shown for shown in clause.shown if any(concept in ours for concept in shown.concepts)]
    held = sum(len(WORD.findall(clause.bare[hit.start : hit.end])) for hit in hits)
    nothing, others, size = float(not hits), log1p(clause.elsewhere), max(1, len(clause.bare))
    return [
        log1p(len(hits)), min(1.0, held / clause.words), log(clause.words), float(clause.deed), others, nothing * others, nothing,
        min([hit.start for hit in hits], default=len(clause.bare)) / size, float(clause.words > LONG and not clause.deed),
        min(3.0, 3 * clause.capitals / clause.words), log1p(max([hit.end - hit.start for hit in hits], default=0)), clause.named,
    ]  # fmt: skip


def any_right(fits: float, scores: Floats) -> float:
    """How likely one of some lines is right, by the chances of each (`by_words`) of a clause that fits with these log odds: where two near
    twins share what is sure, neither is sure alone."""
    whole = float(_chance(np.minimum(np.array([fits], dtype=np.float32), SUREST))[0])
    return whole * (1 - float(np.prod(1 - scores / whole)))


def by_words(fits: Floats | float, odds: Floats) -> Floats:
    """How likely clauses are about each of some lines by their words alone: a clause fits any line, and this is the one."""
    likely: Floats = _chance(np.minimum(np.asarray(fits, dtype=np.float32), SUREST)) * _chance(odds)
    return likely


def trust_features(words: Floats, told: Floats, sentences: Floats, documents: Floats) -> Floats:
    """What tells how sure some lines are for each clause of a known document; the last axis is TRUST. `words` by `by_words`, `told` by
    `told_of`; `sentences` have what the clauses' sentences say of each line, `documents` whether a deed is told and SCOPE."""
    same = np.broadcast_to(documents[:, None], (*words.shape, documents.shape[1]))
    return np.concatenate([words[:, :, None], told, sentences, same], axis=2).astype(np.float32)


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
