"""Searches that people keep under a name, and what is new in them since a moment: hits in documents that the register got then or later."""

from typing import Any

from msgspec import Struct
from sqlalchemy import Engine, delete, func, insert, select, update

from comity.errors import BadInputError
from comity.register.account_tables import saved_searches
from comity.register.backend import write_alone
from comity.register.faults import told_clearly
from comity.register.schema import documents
from comity.register.scope import Scope
from comity.register.view import View

MOST = 100
"""Of one person."""
LONGEST = 80


class SavedSearch(Struct, frozen=True, kw_only=True):
    """A search of one person. `fields` is what its address asks for, with actors by id."""

    key: int
    account: int
    name: str
    fields: dict[str, str]
    made: int
    looked: str


class SavedSearches:
    """The saved searches of one register."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def of(self, account: int) -> list[SavedSearch]:
        """A person's, by name."""
        query = select(saved_searches).where(saved_searches.c.account == account).order_by(saved_searches.c.name, saved_searches.c.key)
        with told_clearly(self._name), self._engine.connect() as connection:
            return [SavedSearch(**row._mapping) for row in connection.execute(query)]

    def one(self, account: int, key: int) -> SavedSearch | None:
        return next((search for search in self.of(account) if search.key == key), None)

    def save(self, account: int, *, name: str, fields: dict[str, str], now: int, looked: str) -> SavedSearch:
        """Keeps a search; one of the same name is replaced. Raises BadInputError where there are too many."""
        row: dict[str, Any] = {"account": account, "name": named(name), "fields": fields, "made": now, "looked": looked}
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            mine = saved_searches.c.account == account
            connection.execute(delete(saved_searches).where(mine, saved_searches.c.name == row["name"]))
            if int(connection.execute(select(func.count()).where(mine)).scalar() or 0) >= MOST:
                raise BadInputError(f"{MOST} searches are kept at most; delete one first.")
            key = int(connection.execute(select(func.max(saved_searches.c.key))).scalar() or 0) + 1
            connection.execute(insert(saved_searches), [{"key": key, **row}])
        return SavedSearch(key=key, **row)

    def rename(self, account: int, key: int, name: str) -> None:
        """Raises BadInputError where another has that name."""
        new, mine = named(name), saved_searches.c.account == account
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            other = select(saved_searches.c.key).where(mine, saved_searches.c.name == new, saved_searches.c.key != key)
            if connection.execute(other).first():
                raise BadInputError(f"You have a search called {new} already; choose another name.")
            connection.execute(update(saved_searches).where(mine, saved_searches.c.key == key).values(name=new))

    def look(self, account: int, key: int, moment: str) -> None:
        """Notes that its person has seen what there was at a moment."""
        with told_clearly(self._name), self._engine.begin() as connection:
            mine = (saved_searches.c.account == account, saved_searches.c.key == key)
            connection.execute(update(saved_searches).where(*mine).values(looked=moment))

    def drop(self, account: int, key: int) -> None:
        with told_clearly(self._name), self._engine.begin() as connection:
            connection.execute(delete(saved_searches).where(saved_searches.c.account == account, saved_searches.c.key == key))

    def view_since(self, moment: str) -> View:
        """What answers questions about the documents added then or later only."""
        scope = Scope()
        scope.documents = select(documents).where(documents.c.added >= moment).subquery("new")
        return View(self._engine, self._name, scope)


def named(name: str) -> str:
    """A name as it is kept. Raises BadInputError where there is none."""
    shown = " ".join(name.split())[:LONGEST]
    if not shown:
        raise BadInputError("A saved search needs a name.")
    return shown
