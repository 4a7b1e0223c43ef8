"""What the linker takes out of a register and puts into it: readings that are not linked yet, and the links of each.

A reading is linked once by each version of the linker and pack. Its links then replace those of an earlier version: they follow from
what was read, and what people decided about them stands in the decisions.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import lru_cache
from itertools import chain
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, Select, and_, delete, exists, func, insert, literal, select

from comity.intervals import IsoDate
from comity.records import ActorId, LanguageCode, Link, LinkKind
from comity.register.backend import in_bulk, write_alone
from comity.register.bulk import Row, insert_rows
from comity.register.decisions import Action, corrected, decision_of, rejected, undone
from comity.register.faults import told_clearly
from comity.register.rows import ROLES, finding_of
from comity.register.schema import FINDINGS, decisions, documents, fits, parties
from comity.register.tracked_tables import clause_findings, linkings, links, verdicts
from comity.register.verdicts import BY_PERSONS, persons_link

LINKED_KINDS = ("statements", "events", "commitments", "progress")
"""The findings whose words are tied to something."""

MANY = 100
"""Readings whose links are written as those of a whole register are: with memory for it, and no look at the rows that they refer to."""

SHOWN = 4096
"""Words that made a tie of which the JSON is kept: all links of a clause have the same."""


Place = tuple[int, str, int]
"""Where a finding stands: reading, kind, number."""


class ToLink(Struct, frozen=True):
    """What the linker asks of a finding: where it stands, who takes part, and what it says of how far things have come."""

    kind: str
    number: int
    start: int
    end: int
    actors: tuple[ActorId, ...] = ()
    type: str | None = None
    status: str | None = None
    when: IsoDate | None = None
    verb: str | None = None
    remaining: bool | None = None


TOLD = ToLink.__struct_fields__[-5:]
"""What only some kinds of findings say."""


class Unlinked(Struct, frozen=True, kw_only=True):
    """A reading to link: its key, its document, and the findings; rejected ones are left out, corrected ones as corrected. Of a document
    that is not `of_partnership` it is not known who takes part in what."""

    reading: int
    document: str
    text: str
    language: LanguageCode
    published: IsoDate | None
    findings: list[ToLink]
    title: str | None = None
    of_partnership: bool = True


class NewLink(Struct, frozen=True, kw_only=True, array_like=True):
    """A link of a clause to write: which clause of the reading, its place among the clause's links, what it shows, and when."""

    clause: int
    link: Link
    plan: str
    rank: int
    shows: str
    dated: IsoDate | None


class Linked(Struct, frozen=True, kw_only=True, array_like=True):
    """What was found for a reading. `findings` say in which findings a clause stands: (clause, kind, number)."""

    reading: int
    links: list[NewLink]
    findings: list[tuple[int, str, int]]


class LinkRows(Struct, frozen=True, array_like=True):
    """The same as it is written: of each link the columns of its row from `clause` on. What stands in plain rows comes from one process to
    another twice as fast, and whoever writes has only to put it in."""

    reading: int
    links: list[tuple[Any, ...]]
    findings: list[tuple[str, int, int]]


Tail = tuple[str, str, str, int, float, str]
"""The columns of a link that follow from its clause's words alone: kind, plan, target, rank, score, and as JSON the words that made it."""


def tail_of(kind: LinkKind, plan: str, target: str, *, rank: int, score: float, words: tuple[str, ...]) -> Tail:
    return (kind.value, plan, target, rank, score, _as_json(words))


def rows_of(linked: Linked) -> LinkRows:
    """What was found for a reading as it is written."""
    findings = sorted((kind, number, clause) for clause, kind, number in linked.findings)
    return LinkRows(linked.reading, [_row(new) for new in linked.links], findings)


class LinkWriter:
    """Takes readings out and puts links in."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def address(self) -> str:
        """Where the register is, for another process of this program."""
        return self._engine.url.render_as_string(hide_password=False)

    def to_link(self, pack: str, version: str) -> list[int]:
        """The keys of the newest readings that this version has not linked, in order."""
        # what is linked is taken together: to look for each document in an index, and then in the table, takes half as long again
        done = select(linkings.c.reading).where(linkings.c.pack == pack, linkings.c.version == version)
        query = select(documents.c.reading).where(documents.c.reading.is_not(None), documents.c.reading.not_in(done))
        return self._keys(query.order_by(documents.c.reading))

    def to_link_in(self, document: str, pack: str, version: str) -> list[int]:
        """The key of a document's newest reading, unless this version has linked it or there is none."""
        done = exists().where(linkings.c.reading == documents.c.reading, linkings.c.pack == pack, linkings.c.version == version)
        return self._keys(select(documents.c.reading).where(documents.c.id == document, documents.c.reading.is_not(None), ~done))

    def _keys(self, query: Select[Any]) -> list[int]:
        with told_clearly(self._name), self._engine.connect() as connection:
            return [int(key) for key in connection.execute(query).scalars()]

    def take(
        self, readings: Sequence[int], of_partnership: Callable[[str, LanguageCode], bool] = lambda text, language: True
    ) -> list[Unlinked]:
        """Some readings with what is to be linked in them. Who takes part is asked only of documents that may be of a partnership by their
        text: there are ten times as many others."""
        with told_clearly(self._name), self._engine.connect() as connection:
            heads = connection.execute(
                select(*(documents.c[name] for name in ("reading", "id", "text", "language", "published", "title")))
                .where(documents.c.reading.in_(readings))
                .order_by(documents.c.reading)
            ).all()
            found: dict[int, list[ToLink]] = {row.reading: [] for row in heads}
            ours = {row.reading for row in heads if of_partnership(row.text, row.language)}
            taking_part = _taking_part(connection, sorted(ours)) if ours else {}
            decided = _decided(connection, readings)
            for kind in LINKED_KINDS:
                for reading, finding in _findings(connection, kind, readings, taking_part, decided):
                    found[reading].append(finding)
        return [
            Unlinked(
                reading=row.reading,
                document=row.id,
                text=row.text,
                language=row.language,
                published=row.published,
                findings=found[row.reading],
                title=row.title,
                of_partnership=row.reading in ours,
            )
            for row in heads
        ]

    def write(self, pack: str, version: str, linked: Sequence[LinkRows]) -> None:
        """Puts in the links of some readings in place of those that an earlier version made, all or none."""
        if not linked:
            return
        keys = [one.reading for one in linked]
        with (
            told_clearly(self._name),
            self._engine.connect() as connection,
            in_bulk(connection) if len(keys) >= MANY else nullcontext(),
            connection.begin(),
        ):
            write_alone(connection)
            for table in (links, clause_findings, linkings):
                connection.execute(delete(table).where(table.c.reading.in_(keys), table.c.pack.in_([pack, BY_PERSONS])))
            key = int(connection.execute(select(func.max(links.c.key))).scalar() or 0)
            of = dict(map(tuple, connection.execute(select(documents.c.reading, documents.c.key).where(documents.c.reading.in_(keys)))))
            written = ((one, new) for one in linked if one.reading in of for new in one.links)
            rows = [(number, one.reading, of[one.reading], pack, *new) for number, (one, new) in enumerate(written, key + 1)]
            held = [(one.reading, kind, number, pack, clause) for one in linked for kind, number, clause in one.findings]
            insert_rows(connection, links, rows)
            insert_rows(connection, clause_findings, held)
            insert_rows(connection, linkings, [(reading, pack, version) for reading in keys])
            _add_persons(connection, of)


def _taking_part(connection: Connection, readings: Sequence[int]) -> dict[Place, dict[str, list[ActorId]]]:
    """Who takes part in the findings of some readings, by role."""
    query = select(parties.c.reading, parties.c.kind, parties.c.number, parties.c.role, parties.c.actor)
    found: dict[Place, dict[str, list[ActorId]]] = {}
    for reading, kind, number, role, actor in connection.execute(
        query.where(parties.c.reading.in_(readings)).order_by(*parties.primary_key)
    ):
        found.setdefault((reading, kind, number), {}).setdefault(role, []).append(actor)
    return found


def _findings(
    connection: Connection,
    kind: str,
    readings: Sequence[int],
    taking_part: dict[Place, dict[str, list[ActorId]]],
    decided: dict[Place, list[Any]],
) -> Iterator[tuple[int, ToLink]]:
    """The findings of a kind with the reading of each, as people left them."""
    table = FINDINGS[kind]
    columns = [table.c[name] if name in table.c else literal(None) for name in TOLD]
    query = select(*(table.c[name] for name in ("reading", "number", "start", "end")), *columns)
    query = query.where(table.c.reading.in_(readings)).order_by(table.c.reading, table.c.number)
    for reading, number, start, end, *told in connection.execute(query).all():
        place = (reading, kind, number)
        roles = taking_part.get(place)
        if taken := decided.get(place):
            if rejected(taken):
                continue
            whole = select(table).where(table.c.reading == reading, table.c.number == number)
            roles = _taking_part(connection, [reading]).get(place, {})
            now: Any = corrected(kind, finding_of(kind, connection.execute(whole).one()._mapping, "", roles), taken)
            roles, told = {role: getattr(now, role) for role in ROLES[kind]}, [getattr(now, name, None) for name in TOLD]
        actors = tuple(chain.from_iterable(roles.values())) if roles else ()
        yield reading, ToLink(kind, number, start, end, actors, *told)


def _decided(connection: Connection, readings: Sequence[int]) -> dict[Place, list[Any]]:
    """The decisions that stand on findings of some readings, in order."""
    columns = (fits.c.reading, fits.c.kind.label("found"), fits.c.number.label("place"))
    query = select(decisions, *columns).join(fits, fits.c.decision == decisions.c.number)
    rows = connection.execute(query.where(fits.c.reading.in_(readings)).order_by(decisions.c.number)).all()
    undoing = select(decisions).where(decisions.c.action == Action.UNDO)
    gone = undone(decision_of(row._mapping) for row in connection.execute(undoing)) if rows else set()
    found: dict[Place, list[Any]] = {}
    for row in rows:
        if row.number not in gone:
            found.setdefault((row.reading, row.found, row.place), []).append(decision_of(row._mapping))
    return found


def _row(new: NewLink) -> Row:
    """A link in the order of the table's columns, without those that tell whose it is."""
    link = new.link
    tail = tail_of(link.kind, new.plan, link.target, rank=new.rank, score=link.score, words=link.words)
    return (new.clause, link.evidence.start, link.evidence.end, link.evidence.quote, *tail, new.shows, new.dated)


@lru_cache(SHOWN)
def _as_json(words: tuple[str, ...]) -> str:
    return json.dumps(words)


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
