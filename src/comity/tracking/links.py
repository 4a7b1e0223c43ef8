"""Ties clauses to plan lines, with a score, the words that made the tie, and the right to abstain.

In come a clause in Vietnamese or English, who acts in it and when; out come at most three links, best first, or none where nothing fits.
Three layers, each of them data: the concepts that clause and line both show, the static bilingual table (embedding.py), and who is
responsible for the line and for which years it holds. A small trained model weighs them; its score is how often a careful reader makes
such a tie (docs/links.md).
"""

from collections.abc import Iterable, Sequence
from math import exp

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Knowledge, Plan
from comity.records import ActorId, Evidence, LanguageCode, Link, LinkKind
from comity.tracking.clause_view import Clause, name_matcher, view_clause
from comity.tracking.embedding import load_table
from comity.tracking.link_model import load_link_model
from comity.tracking.targets import Compared, Target

MOST = 3
WORTH_SHOWING = 0.02
"""A second or third line under this score is noise."""
RESPONSIBLE, OUT_OF_PERIOD = 0.7, -1.0
"""What is added to the log odds where a body responsible for the line acts, and where the clause is dated before the plan begins or long
after."""


class Linker:
    """Ties clauses to the lines of plans, in any language that both have words in."""

    def __init__(self, knowledge: Knowledge, plans: Sequence[Plan]) -> None:
        self._table = load_table()
        self._model = load_link_model()
        self._names = name_matcher(knowledge)
        self._compared = Compared(line_targets(plans), self._table, self._model)

    def links(
        self, clause: str | Evidence, language: LanguageCode, actors: Iterable[ActorId] = (), date: IsoDate | None = None
    ) -> tuple[Link, ...]:
        """At most three links to lines, best first; none where nothing fits. `actors` are who acts or speaks, `date` is when."""
        evidence = clause if isinstance(clause, Evidence) else Evidence("", 0, max(1, len(clause)), clause)
        view = view_clause(evidence.quote, language, table=self._table, names=self._names)
        if view is None or not self._compared.targets:
            return ()
        pairs = self._compared.pairs(view)
        odds = self._model.pair.odds(pairs)
        fits = _probability(float(self._model.fits.odds(self._compared.clause(view, pairs, odds))[0]))
        if fits < self._model.least:
            return ()
        acting = view.named.union(actors)
        scores = [
            fits * _probability(float(value) + _context(target, acting, date))
            for value, target in zip(odds, self._compared.targets, strict=True)
        ]
        ranked = sorted(range(len(scores)), key=lambda number: (-scores[number], number))[:MOST]
        return tuple(
            Link(
                evidence=evidence,
                kind=self._compared.targets[number].kind,
                target=self._compared.targets[number].id,
                score=round(scores[number], 3),
                words=self._words(view, number),
            )
            for place, number in enumerate(ranked)
            if place == 0 or scores[number] >= WORTH_SHOWING
        )

    def _words(self, clause: Clause, number: int) -> tuple[str, ...]:
        """The words that show a concept of the line, or else the entries nearest to the line's."""
        shared = [words for concept, words in clause.concepts.items() if concept in self._compared.concepts[number]]
        return tuple(dict.fromkeys(shared)) or self._compared.nearest(clause, number)


def line_targets(plans: Sequence[Plan]) -> list[Target]:
    """All lines of the plans as targets."""
    return [
        Target(kind=LinkKind.LINE, id=line.id, words=line.words, themes=line.themes, responsible=line.responsible, period=plan.period)
        for plan in plans
        for section in plan.sections
        for line in section.lines
    ]


def _context(target: Target, acting: frozenset[ActorId], date: IsoDate | None) -> float:
    added = RESPONSIBLE if acting.intersection(target.responsible) else 0.0
    if date and target.period and (last_day(date) < first_day(target.period) or first_day(date) > last_day(target.period)):
        added += OUT_OF_PERIOD
    return added


def _probability(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
