"""All that was found in one document, asked for at once: a page that shows the whole of it would else ask six times for each kind.

In: a view, kinds of finding and a document's id. Out: the same findings as the view's own, kind by kind.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, bindparam, select

from comity.register.asking import Asking
from comity.register.decisions import Action, Decision, decision_of
from comity.register.faults import told_clearly
from comity.register.findings import Found, built_with
from comity.register.heads import head_columns
from comity.register.schema import FINDINGS, decisions, documents, finding_themes, fits, parties
from comity.register.view import View

Place = tuple[int, int]

HERE: BindParameter[int] = bindparam("reading")
OF_KIND = {
    kind: select(table, *head_columns(documents)).join(documents, documents.c.reading == table.c.reading).where(table.c.reading == HERE)
    for kind, table in FINDINGS.items()
}
IN_ORDER = {kind: query.order_by(FINDINGS[kind].c.number) for kind, query in OF_KIND.items()}
PARTIES = select(parties).where(parties.c.reading == HERE).order_by(parties.c.position)
THEMES = select(finding_themes).where(finding_themes.c.reading == HERE).order_by(finding_themes.c.theme)
DECIDED = select(decisions, fits.c.kind.label("of"), fits.c.number.label("place")).join(fits, fits.c.decision == decisions.c.number)
DECIDED = DECIDED.where(fits.c.reading == HERE).order_by(decisions.c.number)
"""Put together once: writing a question costs as much as asking it."""


def findings_of(view: View, kinds: Sequence[str], document: str) -> dict[str, list[Found]]:
    """The findings of some kinds in one document, in the order of the text; what a person rejected is left out."""
    asking = view.asking
    if asking.scope.before is not None or asking.scope.happened_by is not None:
        return {kind: view.findings_in(kind, document) for kind in kinds}
    with told_clearly(asking.name), asking.engine.connect() as connection:
        reading = connection.execute(select(documents.c.reading).where(documents.c.id == document)).scalar()
        here = {"reading": reading}
        rows = {kind: connection.execute(IN_ORDER[kind], here).all() for kind in kinds}
        taking_part, named = connection.execute(PARTIES, here).all(), connection.execute(THEMES, here).all()
        taken = connection.execute(DECIDED, here).all()
    roles: defaultdict[str, dict[Place, dict[str, list[str]]]] = defaultdict(dict)
    for row in taking_part:
        roles[row.kind].setdefault((row.reading, row.number), {}).setdefault(row.role, []).append(row.actor)
    themes: defaultdict[str, dict[Place, list[str]]] = defaultdict(dict)
    for row in named:
        themes[row.kind].setdefault((row.reading, row.number), []).append(row.theme)
    decided, rejected = _decided(asking, reading, taken)
    return {
        kind: [
            found
            for found in built_with(kind, rows[kind], roles[kind], themes[kind], decided[kind])
            if (kind, found.number) not in rejected
        ]
        for kind in kinds
    }


def _decided(
    asking: Asking, reading: int | None, taken: Sequence[Any]
) -> tuple[defaultdict[str, dict[Place, list[Decision]]], set[tuple[str, int]]]:
    """The decisions that stand, by kind and place, and the kinds and numbers of what is rejected."""
    decided: defaultdict[str, dict[Place, list[Decision]]] = defaultdict(dict)
    gone = asking.undone() if taken else set()
    rejecting = asking.rejecting() if any(row.action == Action.REJECT for row in taken) else set()
    for row in taken:
        if reading is not None and row.number not in gone:
            decided[row.of].setdefault((reading, row.place), []).append(decision_of(row._mapping))
    return decided, {(row.of, row.place) for row in taken if row.number in rejecting}
