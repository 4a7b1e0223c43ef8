"""What the linker takes out of a register and puts into it: readings that are not linked yet, and the links of each.

A reading is linked once by each version of the linker and pack. Its links then replace those of an earlier version: they follow from
what was read, and what people decided about them stands in the decisions.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, and_, delete, exists, func, insert, select

from comity.intervals import IsoDate
from comity.records import ActorId, Evidence, LanguageCode, Link
from comity.register.backend import write_alone
from comity.register.decisions import Action, corrected, decision_of, rejected, undone
from comity.register.faults import told_clearly
from comity.register.rows import finding_of
from comity.register.schema import FINDINGS, clause_findings, decisions, documents, fits, linkings, links, parties, verdicts
from comity.register.verdicts import BY_PERSONS, persons_link

LINKED_KINDS = ("statements", "events", "commitments", "progress")
"""The findings whose words are tied to something."""


class Unlinked(Struct, frozen=True, kw_only=True):
    """A reading to link: its key, its document, and the findings by kind, each with its number; rejected ones are left out, corrected ones
    as corrected."""

    reading: int
    document: str
    text: str
    language: LanguageCode
    published: IsoDate | None
    findings: dict[str, list[tuple[int, Any]]]


class NewLink(Struct, frozen=True, kw_only=True):
    """A link of a clause to write: which clause of the reading, its place among the clause's links, what it shows, and when."""

    clause: int
    link: Link
    plan: str
    rank: int
    shows: str
    dated: IsoDate | None


class Linked(Struct, frozen=True, kw_only=True):
    """What was found for a reading. `findings` say in which findings a clause stands: (clause, kind, number)."""

    reading: int
    links: list[NewLink]
    findings: list[tuple[int, str, int]]


class LinkWriter:
    """Takes readings out and puts links in."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def to_link(self, pack: str, version: str) -> list[int]:
        """The keys of the newest readings that this version has not linked, in order."""
        done = exists().where(linkings.c.reading == documents.c.reading, linkings.c.pack == pack, linkings.c.version == version)
        query = select(documents.c.reading).where(documents.c.reading.is_not(None), ~done).order_by(documents.c.reading)
        with told_clearly(self._name), self._engine.connect() as connection:
            return [int(key) for key in connection.execute(query).scalars()]

    def take(self, readings: Sequence[int]) -> list[Unlinked]:
        """Some readings with what is to be linked in them."""
        with told_clearly(self._name), self._engine.connect() as connection:
            heads = connection.execute(
                select(documents.c.reading, documents.c.id, documents.c.text, documents.c.language, documents.c.published)
                .where(documents.c.reading.in_(readings))
                .order_by(documents.c.reading)
            ).all()
            found = {kind: _findings(connection, kind, readings, {row.reading: row.id for row in heads}) for kind in LINKED_KINDS}
        return [
            Unlinked(
                reading=row.reading,
                document=row.id,
                text=row.text,
                language=row.language,
                published=row.published,
                findings={kind: found[kind].get(row.reading, []) for kind in LINKED_KINDS},
            )
            for row in heads
        ]

    def write(self, pack: str, version: str, linked: Sequence[Linked]) -> None:
        """Puts in the links of some readings in place of those that an earlier version made, all or none."""
        if not linked:
            return
        keys = [one.reading for one in linked]
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            for table in (links, clause_findings, linkings):
                connection.execute(delete(table).where(table.c.reading.in_(keys), table.c.pack.in_([pack, BY_PERSONS])))
            key = int(connection.execute(select(func.max(links.c.key))).scalar() or 0)
            of = dict(map(tuple, connection.execute(select(documents.c.reading, documents.c.key).where(documents.c.reading.in_(keys)))))
            rows = [
                {"key": number, "reading": one.reading, "document": of[one.reading], "pack": pack, **_row(new)}
                for number, (one, new) in enumerate(((one, new) for one in linked for new in one.links if one.reading in of), key + 1)
            ]
            held = [
                {"reading": one.reading, "kind": kind, "number": number, "pack": pack, "clause": clause}
                for one in linked
                for clause, kind, number in one.findings
            ]
            for table, values in ((links, rows), (clause_findings, held)):
                if values:
                    connection.execute(insert(table), values)
            connection.execute(insert(linkings), [{"reading": reading, "pack": pack, "version": version} for reading in keys])
            _add_persons(connection, of)


def _findings(connection: Connection, kind: str, readings: Sequence[int], of: dict[int, str]) -> dict[int, list[tuple[int, Any]]]:
    """The findings of a kind by reading, each with its number, as people left them."""
    table = FINDINGS[kind]
    roles: dict[tuple[int, int], dict[str, list[ActorId]]] = {}
    query = select(parties.c.reading, parties.c.number, parties.c.role, parties.c.actor)
    query = query.where(parties.c.reading.in_(readings), parties.c.kind == kind).order_by(parties.c.position)
    for reading, number, role, actor in connection.execute(query):
        roles.setdefault((reading, number), {}).setdefault(role, []).append(actor)
    decided = _decided(connection, kind, readings)
    found: dict[int, list[tuple[int, Any]]] = {}
    rows = connection.execute(select(table).where(table.c.reading.in_(readings)).order_by(table.c.reading, table.c.number))
    for row in rows:
        place = (row.reading, row.number)
        taken = decided.get(place, [])
        if row.reading in of and not rejected(taken):
            finding = finding_of(kind, row._mapping, of[row.reading], roles.get(place, {}))
            found.setdefault(row.reading, []).append((row.number, corrected(kind, finding, taken)))
    return found


def _decided(connection: Connection, kind: str, readings: Sequence[int]) -> dict[tuple[int, int], list[Any]]:
    """The decisions that stand on findings of some readings, in order."""
    query = select(decisions, fits.c.reading, fits.c.number.label("place")).join(fits, fits.c.decision == decisions.c.number)
    rows = connection.execute(query.where(fits.c.kind == kind, fits.c.reading.in_(readings)).order_by(decisions.c.number)).all()
    undoing = select(decisions).where(decisions.c.action == Action.UNDO)
    gone = undone(decision_of(row._mapping) for row in connection.execute(undoing)) if rows else set()
    found: dict[tuple[int, int], list[Any]] = {}
    for row in rows:
        if row.number not in gone:
            found.setdefault((row.reading, row.place), []).append(decision_of(row._mapping))
    return found


def _row(new: NewLink) -> dict[str, Any]:
    evidence: Evidence = new.link.evidence
    return {
        "clause": new.clause,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "kind": new.link.kind.value,
        "plan": new.plan,
        "target": new.link.target,
        "rank": new.rank,
        "score": new.link.score,
        "words": list(new.link.words),
        "shows": new.shows,
        "dated": new.dated,
    }


def _add_persons(connection: Connection, of: dict[int, int]) -> None:
    """Links that people made and the linker does not make stay, also in a new reading of the document."""
    reading_of = {document: reading for reading, document in of.items()}
    same = and_(links.c.document == verdicts.c.document, links.c.plan == verdicts.c.plan, links.c.target == verdicts.c.target)
    overlap = and_(links.c.start < verdicts.c.end, links.c.end > verdicts.c.start)
    there = exists().where(same, overlap, links.c.reading.in_(list(of)))
    query = select(verdicts).where(verdicts.c.document.in_(list(reading_of)), verdicts.c.verdict == Action.ACCEPT.value, ~there)
    for row in connection.execute(query.order_by(verdicts.c.decision)).all():
        size = row.end - row.start
        words = select(func.substr(documents.c.text, row.start + 1, size)).where(documents.c.key == row.document)
        quote = str(connection.execute(words).scalar())
        new = {**persons_link(connection, row._mapping, quote), "reading": reading_of[row.document]}
        connection.execute(insert(links), [new])
