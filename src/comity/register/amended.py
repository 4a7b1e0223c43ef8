"""Carries corrections out: the tables of findings hold what counts now, `amended` what counted before, so that lists and counts of now ask
no more tables than before, and views as of an earlier day still say what was read.

In: the places of findings that decisions are about. Out: their rows and parties as the standing corrections make them, with all earlier
states. Worked out from what was read and the decisions each time, so that taking back, another order or a second run give the same.
The words of a finding (start, end, quote) stay those that were read: decisions and searches name a finding by them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, and_, delete, func, insert, select, update

from comity.register.amended_tables import amended, amended_parties
from comity.register.decisions import Action, Decision, OfDecision, corrected, decision_of, undone
from comity.register.rows import COLUMN_OF, ROLES, STRUCTS, WORDS, finding_of
from comity.register.schema import FINDINGS, decisions, fits, identities, parties, resolutions

TOGETHER = 500
AS_READ = ("evidence", *WORDS)
"""Fields whose columns no correction changes."""


class State(Struct, frozen=True):
    """The correctable columns of a finding, and who takes part: (role, position, actor)."""

    fields: dict[str, Any]
    parties: tuple[tuple[str, int, str], ...]


Place = tuple[int, str, int]
"""The reading, the kind, and the number of a finding."""


def amend_all(connection: Connection) -> None:
    """Carries all corrections out."""
    _amend(connection, [tuple(row) for row in connection.execute(_corrected_places())])


def amend_documents(connection: Connection, ids: Collection[str]) -> None:
    """Carries the corrections of some documents out, in all their readings."""
    _amend(connection, [tuple(row) for row in connection.execute(_corrected_places().where(decisions.c.document.in_(sorted(ids))))])


def columns_of(kind: str) -> dict[str, str]:
    """The fields of a kind that a correction may change in its table, each with its column."""
    fields = (name for name in STRUCTS[kind].__struct_fields__ if name not in AS_READ and name not in ROLES.get(kind, ()))
    return {name: COLUMN_OF.get((kind, name), name) for name in fields}


def _corrected_places() -> Any:
    query = select(fits.c.reading, fits.c.kind, fits.c.number).join(decisions, decisions.c.number == fits.c.decision)
    return query.where(decisions.c.action == Action.CORRECT).distinct().order_by(fits.c.reading, fits.c.kind, fits.c.number)


def _amend(connection: Connection, places: Sequence[Place]) -> None:
    if not places:
        return
    undoings = [
        decision_of(row._mapping)
        for row in connection.execute(select(decisions).where(decisions.c.action == Action.UNDO).order_by(decisions.c.number))
    ]
    for place in places:
        before = _as_read(connection, place)
        _write(connection, place, _states(place[1], before, _corrections(connection, place), undoings))
    _resolve(connection, {place[0] for place in places if place[1] == "actors"})


def _corrections(connection: Connection, place: Place) -> list[Decision]:
    here = and_(fits.c.reading == place[0], fits.c.kind == place[1], fits.c.number == place[2])
    query = select(decisions).join(fits, fits.c.decision == decisions.c.number).where(here, decisions.c.action == Action.CORRECT)
    return [decision_of(row._mapping) for row in connection.execute(query.order_by(decisions.c.number))]


def _as_read(connection: Connection, place: Place) -> State:
    """What the reader found: the earliest state that was kept, or what the tables hold."""
    here = _at(amended, place)
    first = connection.execute(select(amended.c.until, amended.c.fields).where(here).order_by(amended.c.until).limit(1)).first()
    if first is not None:
        rows = connection.execute(select(amended_parties).where(_at(amended_parties, place), amended_parties.c.until == first.until))
        return State(first.fields, tuple(sorted((row.role, row.position, row.actor) for row in rows)))
    reading, kind, number = place
    table = FINDINGS[kind]
    found = connection.execute(select(table).where(table.c.reading == reading, table.c.number == number)).one()
    rows = connection.execute(select(parties).where(_at(parties, place)))
    taking_part = tuple(sorted((row.role, row.position, row.actor) for row in rows))
    return State({column: found._mapping[column] for column in columns_of(kind).values()}, taking_part)


def _states(kind: str, read: State, corrections: Sequence[Decision], undoings: Sequence[Decision]) -> list[tuple[str, State]]:
    """What counted from when on: first what was read, then the state after each correction and each taking back."""
    states = [("", read)]
    turns = sorted([*corrections, *_about(corrections, undoings)], key=lambda decision: decision.number)
    for turn in turns:
        so_far = [one for one in turns if one.number <= turn.number]
        gone = undone(so_far)
        state = _corrected(kind, read, [one for one in so_far if one.number not in gone])
        if state != states[-1][1]:
            states.append((turn.made, state))
    return states


def _about(corrections: Iterable[Decision], undoings: Iterable[Decision]) -> list[Decision]:
    """Those that take back one of the corrections, or such a taking back."""
    named, found = {decision.number for decision in corrections}, []
    for undoing in undoings:
        if isinstance(undoing.subject, OfDecision) and undoing.subject.number in named:
            named.add(undoing.number)
            found.append(undoing)
    return found


def _corrected(kind: str, read: State, standing: Iterable[Decision]) -> State:
    roles: defaultdict[str, list[str]] = defaultdict(list)
    for role, _, actor in read.parties:
        roles[role].append(actor)
    row = {**read.fields, "start": 0, "end": 1, "quote": "", **dict.fromkeys(WORDS)}
    finding = corrected(kind, finding_of(kind, row, "", roles), standing)
    fields = {column: _plain(getattr(finding, name)) for name, column in columns_of(kind).items()}
    taking_part = [(role, place, actor) for role in ROLES.get(kind, ()) for place, actor in enumerate(getattr(finding, role))]
    return State(fields, tuple(sorted(taking_part)))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def _write(connection: Connection, place: Place, states: Sequence[tuple[str, State]]) -> None:
    """The last state into the tables of findings, the others into those of earlier states. Of several states that ended in the same second
    the first is kept: a day sees either none or all of them."""
    for table in (amended, amended_parties):
        connection.execute(delete(table).where(_at(table, place)))
    reading, kind, number = place
    ended: dict[str, State] = {}
    for (_, state), (until, _) in pairwise(states):
        ended.setdefault(until, state)
    for until, state in ended.items():
        of = {"reading": reading, "kind": kind, "number": number, "until": until}
        connection.execute(insert(amended), [{**of, "fields": state.fields}])
        if state.parties:
            connection.execute(insert(amended_parties), [{**of, **_party(party)} for party in state.parties])
    last, findings = states[-1][1], FINDINGS[kind]
    if last.fields:
        connection.execute(update(findings).where(findings.c.reading == reading, findings.c.number == number).values(**last.fields))
    connection.execute(delete(parties).where(_at(parties, place)))
    if last.parties:
        of = {"reading": reading, "kind": kind, "number": number}
        connection.execute(insert(parties), [{**of, **_party(party)} for party in last.parties])


def _party(party: tuple[str, int, str]) -> dict[str, Any]:
    role, position, actor = party
    return {"role": role, "position": position, "actor": actor}


def _at(table: Any, place: Place) -> Any:
    return and_(table.c.reading == place[0], table.c.kind == place[1], table.c.number == place[2])


def _resolve(connection: Connection, corrected_readings: Collection[int]) -> None:
    """Whoever a corrected mention names is somebody in the register, the first of that id where there are several."""
    mentions = FINDINGS["actors"]
    for reading in sorted(corrected_readings):
        named = connection.execute(select(mentions.c.actor, mentions.c.type, mentions.c.quote).where(mentions.c.reading == reading))
        there = set(connection.execute(select(resolutions.c.actor).where(resolutions.c.reading == reading)).scalars())
        for row in {row.actor: row for row in named if row.actor not in there}.values():
            known = connection.execute(select(identities.c.id).where(identities.c.actor == row.actor).order_by(identities.c.id)).scalars()
            identity = next(iter(known), None) or _make(connection, row)
            connection.execute(insert(resolutions), [{"reading": reading, "actor": row.actor, "identity": identity}])


def _make(connection: Connection, mention: Any) -> str:
    moment = connection.execute(select(func.max(decisions.c.made))).scalar_one()
    row = {"id": mention.actor, "actor": mention.actor, "type": mention.type, "name": mention.quote, "body": None, "added": moment}
    connection.execute(insert(identities), [row])
    return str(mention.actor)
