"""Documents that somebody gave and nobody accepted yet. They stand outside the register's documents, so nothing public can show them."""

import msgspec
from msgspec import Struct
from sqlalchemy import Engine, delete, func, insert, select

from comity.records import Reading
from comity.register.account_tables import held
from comity.register.backend import write_alone
from comity.register.faults import told_clearly


class Held(Struct, frozen=True, kw_only=True):
    """A document that waits, without its text."""

    document: str
    title: str
    who: str
    at: int


class Holding:
    """The documents held beside one register."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def hold(self, reading: Reading, *, who: str, now: int) -> bool:
        """Keeps a document with its reading; false where it waits already."""
        document = reading.document
        title = document.title or document.name or document.id
        row = {"document": document.id, "title": title, "reading": msgspec.json.encode(reading).decode(), "who": who, "at": now}
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            there = connection.execute(select(held.c.document).where(held.c.document == document.id)).first()
            if there is None:
                connection.execute(insert(held), [row])
            return there is None

    def all(self, limit: int = 200) -> list[Held]:
        """Those that wait, the longest waiting first."""
        query = select(held.c.document, held.c.title, held.c.who, held.c.at).order_by(held.c.at, held.c.document).limit(limit)
        with told_clearly(self._name), self._engine.connect() as connection:
            return [Held(**row._mapping) for row in connection.execute(query)]

    def find(self, document: str) -> Held | None:
        """One that waits."""
        query = select(held.c.document, held.c.title, held.c.who, held.c.at).where(held.c.document == document)
        with told_clearly(self._name), self._engine.connect() as connection:
            row = connection.execute(query).first()
        return Held(**row._mapping) if row else None

    def count(self) -> int:
        with told_clearly(self._name), self._engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(held)).scalar() or 0)

    def reading(self, document: str) -> Reading | None:
        """A waiting document with all that was found in it."""
        with told_clearly(self._name), self._engine.connect() as connection:
            text = connection.execute(select(held.c.reading).where(held.c.document == document)).scalar()
        return msgspec.json.decode(text, type=Reading) if text else None

    def drop(self, document: str) -> bool:
        """Lets a document go; false where it does not wait any more."""
        with told_clearly(self._name), self._engine.begin() as connection:
            return bool(connection.execute(delete(held).where(held.c.document == document)).rowcount)
