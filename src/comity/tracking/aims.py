"""Ties clauses to what partnerships serve: Sustainable Development Goals and targets, elements of visions, priority areas of roadmaps.

In come a clause and its language, and the lines it is tied to; out come links to goals by the classifier (sdg.py) with the nearest target,
and through the knowledge's table of alignments to the elements and areas that serve these goals or are aligned with these lines. A goal's
score is shared out evenly among the elements of its row: the table does not say which of them is meant.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from msgspec import Struct

from comity.knowledge import Knowledge
from comity.knowledge.matcher import Matcher
from comity.records import ActorId, Evidence, LanguageCode, Link, LinkKind
from comity.register import Tail, tail_of
from comity.tracking.clause_view import Clause, name_matcher, vectors_of, view_clause
from comity.tracking.embedding import load_table
from comity.tracking.memory import Memory
from comity.tracking.sdg import nearest_targets
from comity.tracking.sdg_model import goal_odds, load_sdg_model, probabilities

LEAST = 0.3
"""A clause says less than a text: a goal under this score is no link."""
MOST = 3
TOGETHER = 2000
"""Clauses that are weighed at once."""
REMEMBERED = 60_000
"""Clauses of which it is kept which goals they are about."""
KINDS = tuple(LinkKind)
Served = tuple[LinkKind, str]


class Goals(Struct, frozen=True, dict=True):
    """The goals and targets of a clause, the best of them, and the words in it that show matters of cooperation."""

    scores: tuple[tuple[Served, float], ...]
    best: tuple[tuple[Served, float], ...]
    words: tuple[str, ...]

    @cached_property
    def alone(self) -> tuple[Tail, ...]:
        """The links of a clause that is tied to goals alone, as they are written: what a document says that is of no partnership serves no
        vision of one. The best are in the order of their kinds."""
        ranks: Counter[LinkKind] = Counter()
        tails = []
        for (kind, target), score in self.best:
            ranks[kind] += 1
            tails.append(tail_of(kind, "", target, rank=ranks[kind], score=score, words=self.words))
        return tuple(tails)


class AimLinker:
    """Goals, elements and areas by the alignments that the knowledge holds."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._model = load_sdg_model()
        rows = [row for row in knowledge.alignments if row.plan is None]
        self._by_goal: dict[str, list[tuple[Served, float]]] = defaultdict(list)
        for row in rows:
            for goal in row.sdgs:
                self._by_goal[goal] += [((LinkKind.ELEMENT, one), 1 / len(row.elements)) for one in row.elements]
                self._by_goal[goal] += [((LinkKind.AREA, one), 1 / len(row.areas)) for one in row.areas]
        self._by_line: dict[tuple[str, str], list[Served]] = defaultdict(list)
        self._seen = Memory[bytes, Goals | None](REMEMBERED)
        for row in knowledge.alignments:
            if row.plan is not None and row.line is not None:
                served = [(kind, one) for kind, named in _named(row.sdgs, row.elements, row.areas) for one in named]
                self._by_line[row.plan, row.line] += served

    def links(self, clause: str | Evidence, language: LanguageCode) -> tuple[Link, ...]:
        """At most three links of each kind, best first; none where nothing is sure enough."""
        evidence = clause if isinstance(clause, Evidence) else Evidence("", 0, max(1, len(clause)), clause)
        view = view_clause(evidence.quote, language, table=load_table(), names=self._names)
        return () if view is None else self.links_of(evidence, self.goals([view])[0], ())

    def goals(self, views: Sequence[Clause]) -> "list[Goals | None]":
        """The goals of clauses; None for a clause without a word that shows a matter of cooperation."""
        shown = [place for place, view in enumerate(views) if view.shown]
        found: list[Goals | None] = [None] * len(views)
        for start in range(0, len(shown), TOGETHER):
            part = shown[start : start + TOGETHER]
            for place, goals in zip(part, self._goals([views[place] for place in part]), strict=True):
                found[place] = goals
        return found

    def links_of(self, evidence: Evidence, goals: "Goals | None", lines: Iterable[tuple[str, str, float]]) -> tuple[Link, ...]:
        """All links of a clause with these goals, tied to `lines` (plan, line, score)."""
        if goals is None:
            return ()
        whole = [(goal, score) for (_, goal), score in goals.scores if goal.isdecimal()]  # a target, such as 7.2, has no row of its own
        serving = [(served, score * share) for goal, score in whole for served, share in self._by_goal.get(goal, ())]
        return _links(evidence, goals.words, _best((*goals.scores, *serving, *self._aligned(lines))))

    def goal_links(self, evidence: Evidence, goals: "Goals | None") -> tuple[Link, ...]:
        """Goals alone: what a document says that is of no partnership serves no vision of one."""
        return _links(evidence, goals.words, goals.best) if goals else ()

    @cached_property
    def _names(self) -> Matcher[ActorId]:
        return name_matcher(self._knowledge)

    def _goals(self, views: Sequence[Clause]) -> list[Goals | None]:
        """Those of clauses that show something, each clause weighed once."""
        new = {view.key: view for view in views if view.key not in self._seen}
        found: dict[bytes, Goals | None] = {view.key: self._seen[view.key] for view in views if view.key not in new}
        known = [view for view in new.values() if view.is_known]
        found |= dict.fromkeys(new)
        for view, scores in zip(known, self._scores(known) if known else (), strict=True):
            found[view.key] = Goals(scores, _best(scores), tuple(dict.fromkeys(view.concepts.values())))
        for key in new:
            self._seen[key] = found[key]
        return [found[view.key] for view in views]

    def _scores(self, views: Sequence[Clause]) -> list[tuple[tuple[Served, float], ...]]:
        """For each clause the goals that are sure enough, each with the target whose words are most like the clause's."""
        vectors, languages = vectors_of(views), [view.language for view in views]
        odds = goal_odds([view.text.folded for view in views], languages, vectors, [view.concepts for view in views], self._model)
        scores = probabilities(odds)
        found: list[list[tuple[Served, float]]] = [[] for _ in views]
        for place, number in zip(*(at.tolist() for at in np.nonzero(scores >= LEAST)), strict=True):
            score, goal = float(scores[place, number]), str(number + 1)
            found[place].append(((LinkKind.GOAL, goal), score))
            for target in nearest_targets(vectors[place], languages[place], goal)[:1]:
                found[place].append(((LinkKind.GOAL, target.id), score * target.likeness))
        return [tuple(several) for several in found]

    def _aligned(self, lines: Iterable[tuple[str, str, float]]) -> Iterator[tuple[Served, float]]:
        for plan, line, score in lines:
            for served in self._by_line.get((plan, line), ()):
                yield served, score


def _links(evidence: Evidence, words: tuple[str, ...], best: Iterable[tuple[Served, float]]) -> tuple[Link, ...]:
    return tuple([Link(evidence=evidence, kind=kind, target=target, score=score, words=words) for (kind, target), score in best])


def _best(found: Iterable[tuple[Served, float]]) -> tuple[tuple[Served, float], ...]:
    """At most MOST of each kind with their scores, best first."""
    best: dict[Served, float] = {}
    for served, score in found:
        best[served] = max(best.get(served, 0.0), score)
    by_kind: dict[LinkKind, list[tuple[Served, float]]] = {kind: [] for kind in KINDS}
    for served, score in sorted(best.items(), key=lambda one: (-one[1], one[0])):
        if len(several := by_kind[served[0]]) < MOST:
            several.append((served, round(score, 3)))
    return tuple(chain.from_iterable(by_kind.values()))


def _named(sdgs: tuple[str, ...], elements: tuple[str, ...], areas: tuple[str, ...]) -> Iterator[tuple[LinkKind, tuple[str, ...]]]:
    yield from ((LinkKind.GOAL, sdgs), (LinkKind.ELEMENT, elements), (LinkKind.AREA, areas))
