"""Adds readings to a register: a document with all its findings in one transaction, so that a crash leaves it whole or absent.

What documents are added with is imported when one is: a decision starts without it.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from sqlalchemy import Connection, Engine, exists, select

from comity.records import Reading
from comity.register.amended import amend_documents
from comity.register.backend import in_bulk, write_alone
from comity.register.deciding import append
from comity.register.decisions import Action, Decision, OfDecision, OfFinding, Subject, decision_of
from comity.register.famous import NOBODY, Famous
from comity.register.faults import told_clearly
from comity.register.findable import index_anew
from comity.register.long_log import Log
from comity.register.overtaken import check_seen
from comity.register.pairs import OfFamily
from comity.register.rejections import rejecting
from comity.register.repeats import mark_repeats
from comity.register.schema import decisions, documents, readings
from comity.register.tagging import tag_documents
from comity.register.tags import ThemeWords
from comity.register.uncollected import uncollected
from comity.register.verdicts import MOVED, OfLink
from comity.register.withdrawals import OfDocument

if TYPE_CHECKING:
    from comity.register.batch import Added
    from comity.register.prepared import Prepared

MANY = 100
"""Documents in one transaction that are a build, no single article."""


class Writer:
    """The only object that writes into a register."""

    def __init__(self, engine: Engine, name: str, themes: Callable[[], ThemeWords]) -> None:
        self._engine = engine
        self._name = name
        self._log = Log(engine, name)
        self._remarks: list[str] = []
        self._themes = themes

    @cached_property
    def themes(self) -> ThemeWords:
        """What findings are listed by."""
        return self._themes()

    def has(self, document: str, reader: str) -> bool:
        """Whether this reader version's reading of the document with this id is there."""
        query = select(exists().where(readings.c.document == documents.c.key, documents.c.id == document, readings.c.reader == reader))
        with told_clearly(self._name), self._engine.connect() as connection:
            return bool(connection.execute(query).scalar())

    def add(self, reading: Reading) -> "Added":
        """Adds the document if it is new, and the reading if this reader version has not read it before."""
        return self.add_all([reading])[0]

    def add_all(self, several: Sequence[Reading], *, famous: Famous = NOBODY) -> "list[Added]":
        """Adds several readings in one transaction, which is many times faster: all of them are there afterwards, or none.

        `famous` are persons that are known before reading, and so are one each whatever they are called and whatever office they hold.
        """
        from comity.register.prepared import prepare

        return self.add_prepared([prepare(reading, self.themes, famous) for reading in several], famous=famous)

    def add_prepared(self, several: "Sequence[Prepared]", *, famous: Famous = NOBODY) -> "list[Added]":
        """The same for readings that another process has made ready with `prepare(reading, writer.themes, famous)`."""
        from comity.register.batch import Batch

        with (
            told_clearly(self._name),
            self._engine.connect() as connection,
            in_bulk(connection) if len(several) >= MANY else nullcontext(),
            connection.begin(),
            uncollected(),
        ):
            write_alone(connection)
            added = Batch(connection, famous, several).write()
        if remark := self._log.shorten():
            self._remarks.append(remark)
        return added

    def remarks(self) -> list[str]:
        """What came up while writing that is no fault and that a person should know: one sentence each, given once."""
        given, self._remarks = self._remarks, []
        return given

    def decide(self, *, who: str, action: Action, subject: Subject, value: dict[str, Any] | None = None, why: str = "") -> Decision:
        """Adds a decision. Raises BadInputError where it can't be meant, such as a finding that is not there."""
        return self.decide_together([subject], who=who, action=action, value=value, why=why)[0]

    def decide_together(
        self,
        subjects: Sequence[Subject],
        *,
        who: str,
        action: Action,
        value: dict[str, Any] | None = None,
        why: str = "",
        seen: int | None = None,
    ) -> list[Decision]:
        """The same decision on several things, all or none. `seen` is the last decision that whoever decides knew of: raises Overtaken
        where somebody decided about one of the things since."""
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            if seen is not None:
                check_seen(connection, [*subjects, *_moved(subjects, value or {})], seen)
            taken = [append(connection, who=who, action=action, subject=subject, value=value or {}, why=why) for subject in subjects]
            self._list_anew(connection, taken)
            return taken

    def _list_anew(self, connection: Connection, taken: Sequence[Decision]) -> None:
        """Rejected findings leave the lists, accepted ones come back, corrected ones are listed by what they say now; families are as
        people decided."""
        named, withdrawn, families = set(), set(), False
        for decision in taken:
            subject = decision.subject
            while isinstance(subject, OfDecision):
                row = connection.execute(select(decisions).where(decisions.c.number == subject.number)).one()
                subject = decision_of(row._mapping).subject
            if isinstance(subject, OfFinding) and decision.action is not Action.NOTE:
                named.add(subject.document)
            if isinstance(subject, OfDocument) and decision.action is not Action.NOTE:
                withdrawn.add(subject.document)
            families = families or isinstance(subject, OfFamily)
        if named:
            amend_documents(connection, named)
            index_anew(connection, named)
            keys = connection.execute(select(documents.c.key).where(documents.c.id.in_(sorted(named)))).scalars()
            tag_documents(connection, list(keys), rejecting(connection))
        if withdrawn:
            _relist(connection, withdrawn)
        if families:
            from comity.register.regrouping import regroup

            regroup(connection, taken[-1].made)


def _relist(connection: Connection, withdrawn: set[str]) -> None:
    """Withdrawn documents leave the lists, or come back; what they said first is said first by their near copies then."""
    rows = connection.execute(select(documents.c.key, documents.c.family).where(documents.c.id.in_(sorted(withdrawn)))).all()
    changed = mark_repeats(connection, {row.family for row in rows})
    tag_documents(connection, {row.key for row in rows} | set(changed), rejecting(connection))


def _moved(subjects: Sequence[Subject], value: dict[str, Any]) -> list[Subject]:
    """The ties that moving ends: somebody may have decided about them meanwhile."""
    from_line = value.get(MOVED)
    return [replace(one, target=from_line) for one in subjects if isinstance(one, OfLink) and isinstance(from_line, str)]
