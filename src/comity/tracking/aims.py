"""Ties clauses to what partnerships serve: Sustainable Development Goals, elements of visions, priority areas of roadmaps.

In come a clause and its language; out come links to goals by the classifier (sdg.py), and through the knowledge's table of alignments to
the elements and areas that serve these goals. A goal's score is shared out evenly among the elements of its row: the table does not say
which of them is meant.
"""

from collections.abc import Iterator

from comity.knowledge import Knowledge
from comity.records import Evidence, LanguageCode, Link, LinkKind
from comity.tracking.sdg import GoalFound, sdg

LEAST = 0.3
"""A clause says less than a text: a goal under this score is no link."""
MOST = 3


class AimLinker:
    """Goals, elements and areas by the alignments that the knowledge holds."""

    def __init__(self, knowledge: Knowledge) -> None:
        rows = [row for row in knowledge.alignments if row.plan is None]
        self._elements = {goal: row.elements for row in rows for goal in row.sdgs}
        self._areas = {goal: row.areas for row in rows for goal in row.sdgs}

    def links(self, clause: str | Evidence, language: LanguageCode) -> tuple[Link, ...]:
        """At most three links of each kind, best first; none where nothing is sure enough."""
        evidence = clause if isinstance(clause, Evidence) else Evidence("", 0, max(1, len(clause)), clause)
        if not any(letter.isalpha() for letter in evidence.quote):
            return ()
        goals = [found for found in sdg(evidence.quote, language=language) if found.score >= LEAST]
        ties = [
            *((LinkKind.GOAL, found.goal, found.score, found) for found in goals),
            *shared(LinkKind.ELEMENT, self._elements, goals),
            *shared(LinkKind.AREA, self._areas, goals),
        ]
        return tuple(
            Link(evidence=evidence, kind=kind, target=target, score=round(score, 3), words=found.words)
            for of_kind in LinkKind
            for kind, target, score, found in sorted((tie for tie in ties if tie[0] is of_kind), key=lambda tie: (-tie[2], tie[1]))[:MOST]
        )


def shared(
    kind: LinkKind, served_by: dict[str, tuple[str, ...]], goals: list[GoalFound]
) -> Iterator[tuple[LinkKind, str, float, GoalFound]]:
    """Each element or area once, by the goal that gives it the most."""
    best: dict[str, tuple[float, GoalFound]] = {}
    for found in goals:
        serving = served_by.get(found.goal, ())
        for target in serving:
            score = found.score / len(serving)
            if score > best.get(target, (0.0, found))[0]:
                best[target] = score, found
    for target, (score, found) in best.items():
        yield kind, target, score, found
