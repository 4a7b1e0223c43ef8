"""Ties clauses to plan lines, with a score, the words that made the tie, and the right to abstain.

In come a clause in Vietnamese or English, who acts in it and when; out come at most three links, best first, or none where nothing fits. Three layers,
each of them data: the concepts that clause and line both show, the static bilingual table (embedding.py), and who is responsible for the line and
for which years it holds. A small trained model weighs them; its score is how often a careful reader makes such a tie (docs/links.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from math import exp
from pathlib import Path

import msgspec
import numpy as np

from comity.errors import KnowledgeError
from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Knowledge, Plan
from comity.knowledge.folded import Folded
from comity.knowledge.matcher import Match, Matcher
from comity.records import ActorId, Evidence, LanguageCode, Link, LinkKind
from comity.tracking.concepts import load_concepts
from comity.tracking.embedding import Floats, load_table
from comity.tracking.targets import Clause, Compared, Target

MODEL = Path(__file__).parent / "models" / "links.msgpack"
MOST = 3
RESPONSIBLE, OUT_OF_PERIOD = 0.7, -1.0
"""What is added to the log odds where a body responsible for the line acts, and where the clause is dated before the plan begins or long after."""


class LinkModel(msgspec.Struct, frozen=True):
    """Weights for the features less `mean` over `spread`, the `bias`, and the least score that is shown as a link."""

    mean: list[float]
    spread: list[float]
    weights: list[float]
    bias: float
    least: float

    def scores(self, features: Floats) -> Floats:
        """The log odds of each row."""
        odds: Floats = (features - np.array(self.mean)) / np.array(self.spread) @ np.array(self.weights) + self.bias
        return odds


class Linker:
    """Ties clauses to the lines of plans, in any language that both have words in."""

    def __init__(self, knowledge: Knowledge, plans: Sequence[Plan]) -> None:
        self._table = load_table()
        self._model = load_link_model()
        self._names = _name_matcher(knowledge)
        self._compared = Compared(line_targets(plans), self._table)

    def links(
        self, clause: str | Evidence, language: LanguageCode, actors: Iterable[ActorId] = (), date: IsoDate | None = None
    ) -> tuple[Link, ...]:
        """At most three links to lines, best first; none where nothing fits. `actors` are who acts or speaks, `date` is when."""
        evidence = clause if isinstance(clause, Evidence) else Evidence("", 0, max(1, len(clause)), clause)
        prepared, named = self._prepared(evidence.quote, language)
        if prepared is None:
            return ()
        odds = self._model.scores(self._compared.features(prepared))
        acting = {*actors, *named}
        ranked = sorted(
            ((_probability(float(value) + _context(target, acting, date)), number) for number, (value, target) in enumerate(zip(odds, self._compared.targets, strict=True))),
            key=lambda one: (-one[0], one[1]),
        )
        return tuple(
            Link(evidence=evidence, kind=LinkKind.LINE, target=self._compared.targets[number].id, score=round(score, 3), words=self._words(prepared, evidence, number))
            for score, number in ranked[:MOST]
            if score >= self._model.least
        )

    def _prepared(self, text: str, language: LanguageCode) -> tuple[Clause | None, set[ActorId]]:
        """The clause without the names of actors, and whom it names."""
        whole = Folded(text)
        concepts = load_concepts(language).find(whole)
        names: list[Match[ActorId]] = self._names.find(whole)
        bare = whole.masked([(match.start, match.end) for match in names]).folded
        vector = self._table.vector(bare, language)
        if vector is None and concepts:
            bare, vector = whole.folded, self._table.vector(whole.folded, language)
        if vector is None:
            return None, set()
        rows = [entry.index for entry in self._table.entries_in(bare)]
        return Clause(vector, rows, concepts), {actor for match in names for actor in match.values}

    def _words(self, clause: Clause, evidence: Evidence, number: int) -> tuple[str, ...]:
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


def load_link_model() -> LinkModel:
    """The trained weights. Raises KnowledgeError where their file is missing or broken."""
    try:
        return msgspec.msgpack.decode(MODEL.read_bytes(), type=LinkModel)
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(f"{MODEL}: the model can't be read ({error}); install Comity again, or train it with tools/train_links.py.") from error


def _name_matcher(knowledge: Knowledge) -> Matcher[ActorId]:
    return Matcher((name, actor.id) for actor in knowledge.actors.values() for name in _names(actor.names, actor.acronyms, actor.adjectives))


def _names(*groups: dict[LanguageCode, tuple[str, ...]] | tuple[str, ...]) -> Iterator[str]:
    for group in groups:
        if isinstance(group, dict):
            for names in group.values():
                yield from names
        else:
            yield from group


def _context(target: Target, acting: set[ActorId], date: IsoDate | None) -> float:
    added = RESPONSIBLE if acting.intersection(target.responsible) else 0.0
    if date and target.period and (last_day(date) < first_day(target.period) or first_day(date) > last_day(target.period)):
        added += OUT_OF_PERIOD
    return added


def _probability(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
