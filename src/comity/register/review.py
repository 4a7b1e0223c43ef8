"""What waits for a person's word: findings and links that nobody decided about yet, the most worth deciding first, one page at a time.

What a decision is worth follows from the kind: claims on plans first, then ties to plan lines, then the kinds that the reader gets wrong
most often (docs/accuracy.md). Within a kind the newest document comes first. What a near copy repeats waits only once.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Engine, and_, exists, func, literal, select, tuple_

from comity.intervals import IsoDate
from comity.records import Evidence, LineStatus, Link, LinkKind
from comity.register.decisions import Action, Decision, OfFinding, Subject, corrected, decision_of, undone
from comity.register.faults import told_clearly
from comity.register.heads import DocumentHead
from comity.register.link_records import USUAL
from comity.register.rows import ROLES, finding_of
from comity.register.schema import FINDINGS, decisions, documents, fits, parties, readings, repeats
from comity.register.tracked_tables import links, verdicts
from comity.register.verdicts import OfLink, is_about

LINK = "link"
KINDS = ("progress", LINK, "commitments", "events", "statements", "slips")
VERDICTS = (Action.ACCEPT, Action.REJECT, Action.CORRECT)
LEAST = USUAL
"""The least score of a link that waits for a word."""


class Place(Struct, frozen=True):
    """Where one begins to look: behind the suggestion of this kind, in the document of this day and id, with this number."""

    kind: str
    day: str
    document: str
    number: int


class Suggestion(Struct, frozen=True, kw_only=True):
    """A finding or link, as people corrected it, with what they decided. `subject` is what a decision on it names."""

    place: Place
    document: DocumentHead
    subject: OfFinding | OfLink
    finding: Any
    decisions: tuple[Decision, ...] = ()
    plan: str = ""
    shows: LineStatus | None = None

    @property
    def differ(self) -> bool:
        """Whether two people said opposite things of it."""
        last = {decision.who: decision.action for decision in self.decisions if decision.action in VERDICTS}
        return Action.REJECT in last.values() and len(set(last.values())) > 1


class Review:
    """Suggestions of one register."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def waiting(self, kinds: Sequence[str], *, after: Place | None = None, limit: int = 1) -> list[Suggestion]:
        """The next suggestions of some kinds, in the order of KINDS; `after` is the place of the last one seen."""
        found: list[Suggestion] = []
        left = [kind for kind in KINDS if kind in kinds]
        if after and after.kind in left:
            left = left[left.index(after.kind) :]
        with told_clearly(self._name), self._engine.connect() as connection:
            gone = _gone(connection)
            for kind in left:
                if len(found) < limit:
                    behind = after if after and after.kind == kind else None
                    found += self._of_kind(connection, kind, gone, behind, limit - len(found))
        return found

    def find(self, subject: OfFinding | OfLink) -> Suggestion | None:
        """The finding or link that a decision names, with what was decided about it; None where it is not there any more."""
        with told_clearly(self._name), self._engine.connect() as connection:
            gone = _gone(connection)
            if isinstance(subject, OfLink):
                here = (links.c.plan == subject.plan, links.c.target == subject.target, documents.c.id == subject.document)
                there = (links.c.start == subject.start, links.c.end == subject.end, links.c.kind == subject.kind.value)
                return next(iter(self._links(connection, and_(*here, *there), gone, 1)), None)
            if subject.kind not in FINDINGS:
                return None
            table = FINDINGS[subject.kind]
            here = (documents.c.id == subject.document, table.c.start == subject.start, table.c.end == subject.end)
            return next(iter(self._findings(connection, subject.kind, and_(*here), gone, 1)), None)

    def in_document(self, document: str, kinds: Iterable[str]) -> list[Suggestion]:
        """The findings of some kinds in a document, also those that people rejected, in the order of the text."""
        found: list[Suggestion] = []
        with told_clearly(self._name), self._engine.connect() as connection:
            gone = _gone(connection)
            for kind in kinds:
                found += self._findings(connection, kind, documents.c.id == document, gone, 10_000)
        return found

    def alike(self, subject: OfFinding, *, actor: str | None, limit: int) -> list[Suggestion]:
        """Waiting findings of the same kind with the very same words, or, with `actor`, those in which that actor takes part."""
        table = FINDINGS[subject.kind]
        if actor is None:
            same: ColumnElement[bool] = table.c.quote == subject.quote
        else:
            same = exists().where(
                parties.c.reading == table.c.reading,
                parties.c.kind == literal(subject.kind),
                parties.c.number == table.c.number,
                parties.c.actor == actor,
            )
        with told_clearly(self._name), self._engine.connect() as connection:
            gone = _gone(connection)
            return self._findings(connection, subject.kind, and_(same, ~_decided(subject.kind, table, gone)), gone, limit)

    def differing(self, limit: int = 100) -> list[Suggestion]:
        """What people disagree about, the latest first."""
        with told_clearly(self._name), self._engine.connect() as connection:
            gone = _gone(connection)
            query = select(decisions).where(decisions.c.action.in_([one.value for one in VERDICTS])).order_by(decisions.c.number.desc())
            said: dict[Subject, dict[str, Action]] = {}
            for row in connection.execute(query):
                decision = decision_of(row._mapping)
                if decision.number not in gone:
                    said.setdefault(decision.subject, {}).setdefault(decision.who, decision.action)
        differing = [subject for subject, words in said.items() if Action.REJECT in words.values() and len(set(words.values())) > 1]
        found = [self.find(subject) for subject in differing[:limit] if isinstance(subject, OfFinding | OfLink)]
        return [one for one in found if one]

    def last(self) -> int:
        """The number of the newest decision: what whoever is shown a page has seen."""
        with told_clearly(self._name), self._engine.connect() as connection:
            return int(connection.execute(select(func.max(decisions.c.number))).scalar() or 0)

    def done_since(self, who: str, day: IsoDate) -> int:
        """How many verdicts of a person since a day stand."""
        query = select(decisions).where(decisions.c.made >= day, decisions.c.who == who).order_by(decisions.c.number)
        with told_clearly(self._name), self._engine.connect() as connection:
            gone = _gone(connection)
            mine = [decision_of(row._mapping) for row in connection.execute(query)]
        return sum(one.number not in gone and one.action in VERDICTS for one in mine)

    def log(self, limit: int, *, before: int | None = None, who: str | None = None) -> list[tuple[Decision, bool]]:
        """The latest decisions, each with whether it stands."""
        query = select(decisions).order_by(decisions.c.number.desc()).limit(limit)
        query = query if before is None else query.where(decisions.c.number < before)
        query = query if who is None else query.where(decisions.c.who == who)
        with told_clearly(self._name), self._engine.connect() as connection:
            gone = _gone(connection)
            return [
                (decision, decision.number not in gone) for decision in (decision_of(row._mapping) for row in connection.execute(query))
            ]

    def decision(self, number: int) -> tuple[Decision, bool] | None:
        """One decision, and whether it stands."""
        found = self.log(1, before=number + 1)
        return found[0] if found and found[0][0].number == number else None

    def _of_kind(self, connection: Connection, kind: str, gone: set[int], after: Place | None, limit: int) -> list[Suggestion]:
        if kind == LINK:
            behind = links.c.key < after.number if after else literal(True)
            waits = and_(behind, links.c.kind == LinkKind.LINE.value, links.c.rank == 1, links.c.score >= LEAST, ~_has_verdict())
            return self._links(connection, waits, gone, limit)
        table = FINDINGS[kind]
        conditions = [~_decided(kind, table, gone), ~_repeated(kind, table)]
        if not self._any(connection, table, and_(*conditions)):
            return []  # else every document would be looked through in vain
        if after:
            place = (documents.c.day, documents.c.id, -table.c.number)
            conditions.append(tuple_(*place) < tuple_(literal(after.day), literal(after.document), literal(-after.number)))
            conditions.append(documents.c.day <= after.day)  # the index on days can use this one
        return self._findings(connection, kind, and_(*conditions), gone, limit)

    def _any(self, connection: Connection, table: Any, condition: ColumnElement[bool]) -> bool:
        """Whether anything waits at all: asked from the findings, which is quick where there are few."""
        newest = and_(documents.c.key == readings.c.document, documents.c.reading == readings.c.key)
        query = select(literal(1)).select_from(table).join(readings, readings.c.key == table.c.reading).join(documents, newest)
        return connection.execute(query.where(condition).limit(1)).first() is not None

    def _findings(self, connection: Connection, kind: str, condition: ColumnElement[bool], gone: set[int], limit: int) -> list[Suggestion]:
        table = FINDINGS[kind]
        query = select(table, documents.c.day, *_head_columns()).join(documents, documents.c.reading == table.c.reading).where(condition)
        rows = connection.execute(query.order_by(documents.c.day.desc(), documents.c.id.desc(), table.c.number).limit(limit)).all()
        keys = sorted({row.reading for row in rows})
        roles: dict[tuple[int, int], dict[str, list[str]]] = {}
        if kind in ROLES:
            taking_part = select(parties).where(parties.c.kind == kind, parties.c.reading.in_(keys)).order_by(parties.c.position)
            for party in connection.execute(taking_part):
                roles.setdefault((party.reading, party.number), {}).setdefault(party.role, []).append(party.actor)
        decided: dict[tuple[int, int], list[Decision]] = {}
        about = select(decisions, fits.c.reading, fits.c.number.label("place")).join(fits, fits.c.decision == decisions.c.number)
        for row in connection.execute(about.where(fits.c.kind == kind, fits.c.reading.in_(keys)).order_by(decisions.c.number)):
            if row.number not in gone:
                decided.setdefault((row.reading, row.place), []).append(decision_of(row._mapping))
        found = []
        for row in rows:
            head, place = _head(row), (row.reading, row.number)
            finding = finding_of(kind, row._mapping, head.id, roles.get(place, {}))
            taken = tuple(decided.get(place, ()))
            subject = OfFinding(kind, head.id, row.start, row.end, row.quote)
            at = Place(kind, row.day, head.id, row.number)
            found.append(Suggestion(place=at, document=head, subject=subject, finding=corrected(kind, finding, taken), decisions=taken))
        return found

    def _links(self, connection: Connection, condition: ColumnElement[bool], gone: set[int], limit: int) -> list[Suggestion]:
        query = select(links, documents.c.day, *_head_columns()).join(documents, documents.c.reading == links.c.reading).where(condition)
        found = []
        for row in connection.execute(query.order_by(links.c.key.desc()).limit(limit)).all():
            head = _head(row)
            evidence = Evidence(head.id, row.start, row.end, row.quote)
            link = Link(evidence=evidence, kind=LinkKind(row.kind), target=row.target, score=row.score, words=tuple(row.words))
            subject = OfLink(LinkKind(row.kind), row.plan, row.target, head.id, row.start, row.end, row.quote)
            about = select(decisions).join(verdicts, verdicts.c.decision == decisions.c.number).where(_verdict_on(row))
            taken = [decision_of(one._mapping) for one in connection.execute(about.order_by(decisions.c.number))]
            found.append(
                Suggestion(
                    place=Place(LINK, row.day, head.id, row.key),
                    document=head,
                    subject=subject,
                    finding=link,
                    decisions=tuple(one for one in taken if one.number not in gone),
                    plan=row.plan,
                    shows=LineStatus(row.shows),
                )
            )
        return found


def _gone(connection: Connection) -> set[int]:
    query = select(decisions).where(decisions.c.action == Action.UNDO)
    return undone(decision_of(row._mapping) for row in connection.execute(query))


def _decided(kind: str, table: Any, gone: set[int]) -> ColumnElement[bool]:
    """Whether a word of somebody on a finding stands."""
    word = and_(fits.c.reading == table.c.reading, fits.c.kind == literal(kind), fits.c.number == table.c.number)
    stands = and_(decisions.c.number == fits.c.decision, decisions.c.action.in_([one.value for one in VERDICTS]))
    return exists().where(word, stands, fits.c.decision.not_in(sorted(gone)) if gone else literal(True))


def _repeated(kind: str, table: Any) -> ColumnElement[bool]:
    here = (repeats.c.reading == table.c.reading, repeats.c.kind == literal(kind), repeats.c.number == table.c.number)
    return exists().where(*here)


def _has_verdict() -> ColumnElement[bool]:
    return exists().where(is_about(links.c), verdicts.c.undone.is_(None))


def _verdict_on(row: Any) -> ColumnElement[bool]:
    return and_(is_about(row), verdicts.c.undone.is_(None))


def _head_columns() -> list[Any]:
    return [documents.c[name].label(f"document_{name}") for name in DocumentHead.__struct_fields__]


def _head(row: Any) -> DocumentHead:
    return DocumentHead(**{name: row._mapping[f"document_{name}"] for name in DocumentHead.__struct_fields__})
