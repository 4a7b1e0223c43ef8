"""What happened with accounts and held documents: who, what, about whom, from which address. Only added, never changed."""

from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import Engine, func, insert, select

from comity.register.account_tables import audit
from comity.register.backend import write_alone
from comity.register.faults import told_clearly


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that happened; `event` is a key of the portal's words."""

    number: int
    at: int
    who: str
    event: str
    about: str
    address: str


class Audit:
    """The log of one register."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def add(self, *, at: int, who: str, event: str, about: str = "", address: str = "") -> None:
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            number = int(connection.execute(select(func.max(audit.c.number))).scalar() or 0) + 1
            row = {"number": number, "at": at, "who": who, "event": event, "about": about, "address": address}
            connection.execute(insert(audit), [row])

    def last_about(self, events: Collection[str], about: str) -> Entry | None:
        """The latest of some events whose words begin with others, such as the id of a document."""
        query = select(audit).where(audit.c.event.in_(events), audit.c.about.startswith(about, autoescape=True))
        with told_clearly(self._name), self._engine.connect() as connection:
            row = connection.execute(query.order_by(audit.c.number.desc()).limit(1)).first()
        return Entry(**row._mapping) if row else None

    def newest(self, limit: int, *, before: int | None = None) -> list[Entry]:
        """The latest entries; `before` is the number of the last one already seen."""
        query = select(audit).order_by(audit.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(audit.c.number < before)
        with told_clearly(self._name), self._engine.connect() as connection:
            return [Entry(**row._mapping) for row in connection.execute(query)]
