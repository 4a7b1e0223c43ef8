"""Ties clauses to plan lines, with a score, the words that made the tie, and the right to abstain.

In come a clause in Vietnamese or English, who acts in it and when; out come at most three links, best first, or none where nothing fits.
Three layers, each of them data: the concepts that clause and line both show, the static bilingual table (embedding.py), and who is
responsible for the line and for which years it holds. A small trained model weighs them; its score is how often a careful reader makes
such a tie (docs/links.md).
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import exp

import numpy as np
from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Knowledge, Plan
from comity.knowledge.folded import Folded
from comity.records import ActorId, Evidence, LanguageCode, Link, LinkKind
from comity.tracking.clause_view import Clause, name_matcher, shows_something, view_clause, view_clauses
from comity.tracking.embedding import Floats, load_table
from comity.tracking.link_model import load_link_model
from comity.tracking.partnership_scope import PartnershipScope, of_length
from comity.tracking.targets import Compared, Target

MOST = 3
WORTH_KEEPING = 0.1
"""A link under this score is noise: nothing that a person decides moves a line's least score so low."""
RESPONSIBLE, OUT_OF_PERIOD = 0.7, -1.0
"""What is added to the log odds where a body responsible for the line acts, and where the clause is dated before the plan begins or long
after."""
SUREST = 3.5
"""The log odds of a clause to fit some line are cut off here: its words alone never outweigh whom its document is about."""
DATES = 4096
"""Dates for which it is kept which plans' periods they are outside of."""
TOGETHER = 256
"""Clauses that are compared at once."""


class Asked(Struct, frozen=True):
    """A clause with its words as evidence, who acts or speaks in it, and when; `scope` is what its document adds to the log odds that it
    fits any line."""

    evidence: Evidence
    view: Clause
    actors: frozenset[ActorId] = frozenset()
    date: IsoDate | None = None
    scope: float = 0.0


class Tie(Struct, frozen=True):
    """A line that a clause may be about, and how likely that is; `number` is the line's place among those compared."""

    target: Target
    number: int
    score: float


class Linker:
    """Ties clauses to the lines of plans, in any language that both have words in."""

    def __init__(self, knowledge: Knowledge, plans: Sequence[Plan]) -> None:
        self._table = load_table()
        self._model = load_link_model()
        self._names = name_matcher(knowledge)
        self._compared = Compared(line_targets(plans), self._table, self._model)
        bodies = {body for target in self._compared.targets for body in target.responsible}
        self._responsible = {
            body: np.array([body in target.responsible for target in self._compared.targets], dtype=np.float32) for body in bodies
        }
        self._outside = lru_cache(maxsize=DATES)(self._dated_outside)

    def links(
        self, clause: str | Evidence, language: LanguageCode, actors: Iterable[ActorId] = (), date: IsoDate | None = None
    ) -> tuple[Link, ...]:
        """At most three links to lines, best first; none where nothing fits. `actors` are who acts or speaks, `date` is when."""
        evidence = clause if isinstance(clause, Evidence) else Evidence("", 0, max(1, len(clause)), clause)
        asked = self.asked(evidence, language, actors, date)
        if asked is None:
            return ()
        (ties,) = self.ties([asked])
        return tuple(self.link(asked, tie) for tie in ties) if ties and ties[0].score >= self._model.least else ()

    def asked(self, evidence: Evidence, language: LanguageCode, actors: Iterable[ActorId], date: IsoDate | None) -> Asked | None:
        """A clause made ready, or None where the table knows none of its words."""
        view = view_clause(evidence.quote, language, table=self._table, names=self._names)
        return None if view is None else Asked(evidence, view, view.named.union(actors), date)

    def asked_of(
        self,
        text: str,
        clauses: Sequence[tuple[Evidence, frozenset[ActorId], IsoDate | None]],
        language: LanguageCode,
        scope: PartnershipScope,
    ) -> list[Asked | None]:
        """The same for clauses of one text, with what its other words say of the partnership; quicker than one by one."""
        whole = Folded(text)
        names = self._names.find(whole)
        spans = [evidence.span for evidence, _, _ in clauses]
        added = scope.added(names, spans)
        # What is of another partnership can be tied to goals alone, and only by a word that shows a matter of cooperation.
        kept = [
            span if _is_hopeful(more) or shows_something(whole, span, language) else None for span, more in zip(spans, added, strict=True)
        ]
        views = view_clauses(whole, kept, language, table=self._table, names=names)
        return [
            None if view is None else Asked(evidence, view, view.named.union(actors), date, more + of_length(view.words))
            for (evidence, actors, date), view, more in zip(clauses, views, added, strict=True)
        ]

    def ties(self, clauses: Sequence[Asked]) -> list[list[Tie]]:
        """For each clause at most three lines, best first, whatever their score as long as it is worth keeping."""
        if not self._compared.targets:
            return [[] for _ in clauses]
        found: list[list[Tie]] = [[] for _ in clauses]
        hopeful = [place for place, asked in enumerate(clauses) if _is_hopeful(asked.scope)]
        for start in range(0, len(hopeful), TOGETHER):
            part = hopeful[start : start + TOGETHER]
            for place, scores in zip(part, self._scores([clauses[place] for place in part]), strict=True):
                found[place] = self._best(scores)
        return found

    def link(self, asked: Asked, tie: Tie) -> Link:
        """A tie as a link, with the words that made it."""
        return Link(
            evidence=asked.evidence,
            kind=tie.target.kind,
            target=tie.target.id,
            score=round(tie.score, 3),
            words=self._words(asked.view, tie.number),
        )

    def _scores(self, clauses: Sequence[Asked]) -> Floats:
        views = [asked.view for asked in clauses]
        pairs = self._compared.pairs(views)
        odds = self._model.pair.odds(pairs)
        scope = np.array([asked.scope for asked in clauses], dtype=np.float32)
        fits = _probability(np.minimum(self._model.fits.odds(self._compared.whether(views, pairs, odds)), SUREST) + scope)
        added = np.array([self._context(asked) for asked in clauses], dtype=np.float32)
        scores: Floats = fits[:, None] * _probability(odds + added)
        return scores

    def _context(self, asked: Asked) -> Floats:
        """What who acts and when says for or against each line."""
        responsible = [self._responsible[actor] for actor in asked.actors if actor in self._responsible]
        outside: Floats = self._outside(asked.date) * np.float32(OUT_OF_PERIOD)
        return outside + np.max(responsible, axis=0) * np.float32(RESPONSIBLE) if responsible else outside

    def _dated_outside(self, date: IsoDate | None) -> Floats:
        """One for each line whose plan's period the date is outside of."""
        return np.array([date is not None and _is_outside(target.period, date) for target in self._compared.targets], dtype=np.float32)

    def _best(self, scores: Floats) -> list[Tie]:
        ranked = [int(number) for number in np.argsort(-scores, kind="stable")[:MOST]]
        return [Tie(self._compared.targets[number], number, float(scores[number])) for number in ranked if scores[number] >= WORTH_KEEPING]

    def _words(self, clause: Clause, number: int) -> tuple[str, ...]:
        """The words that show a concept of the line, or else the entries nearest to the line's."""
        shared = [words for concept, words in clause.concepts.items() if concept in self._compared.concepts[number]]
        return tuple(dict.fromkeys(shared)) or self._compared.nearest(clause, number)


def line_targets(plans: Sequence[Plan]) -> list[Target]:
    """All lines of the plans as targets."""
    return [
        Target(
            kind=LinkKind.LINE,
            plan=plan.id,
            id=line.id,
            words=line.words,
            themes=line.themes,
            responsible=line.responsible,
            period=plan.period,
        )
        for plan in plans
        for section in plan.sections
        for line in section.lines
    ]


def _is_hopeful(scope: float) -> bool:
    """Whether a clause can reach a score worth keeping, whatever its words."""
    return 1 / (1 + exp(-(SUREST + scope))) >= WORTH_KEEPING


def _is_outside(period: IsoDate | None, date: IsoDate) -> bool:
    """Before the period or after it. A text that names one year only sets no term: it holds from that year on."""
    if period is None:
        return False
    return last_day(date) < first_day(period) or ("/" in period and first_day(date) > last_day(period))


def _probability(odds: Floats) -> Floats:
    values: Floats = (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
    return values
