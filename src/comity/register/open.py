"""Opens a register: a SQLite file or a PostgreSQL database, by path or URL. Writing and reading are different objects got from it.

What writes is imported when something is written: most commands only ask, and start without it.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Engine, insert, inspect, select

from comity.errors import RegisterError
from comity.knowledge import Theme, load_knowledge
from comity.records import ActorId, InstrumentId
from comity.register.accounts import Accounts
from comity.register.audit import Audit
from comity.register.backend import engine_of, file_of, is_sqlite, make_alone, write_alone
from comity.register.backup import back_up
from comity.register.changes import Changes
from comity.register.clock import now
from comity.register.faults import told_clearly
from comity.register.findings import Found
from comity.register.frames import to_polars
from comity.register.heads import DocumentHead
from comity.register.holding import Holding
from comity.register.learned import Learned, day_before, learned
from comity.register.link_writer import LinkWriter
from comity.register.links import LinkView
from comity.register.long_log import Log
from comity.register.migrations import mark_first, migrate
from comity.register.narrow import EVERYTHING, OPEN, Between, Narrow
from comity.register.occurrence_store import OccurrenceStore
from comity.register.review import Review
from comity.register.saved import SavedSearches
from comity.register.schema import SCHEMA, meta
from comity.register.scope import Scope
from comity.register.sessions import Sessions
from comity.register.tags import DOCUMENTS, ThemeWords
from comity.register.view import View

if TYPE_CHECKING:
    from polars import DataFrame

    from comity.register.writer import Writer

PACK = "pack"


class Register:
    """An open register. Use it in a `with` block, or close it."""

    def __init__(self, engine: Engine, name: str, known: str | None = None) -> None:
        self.name = name
        self._engine = engine
        self._known = known
        self._changes: list[Changes] = []

    @property
    def address(self) -> str:
        """Where another process opens it, with the password that `name` has not."""
        return self._engine.url.render_as_string(hide_password=False)

    def as_known(self, day: str) -> "Register":
        """The same register, which answers by what it knew at the end of a day where no other is asked for. Close the first one only."""
        return Register(self._engine, self.name, day)

    def writer(self, themes: Iterable[Theme] | None = None) -> "Writer":
        """What adds documents and readings. `themes` are those that findings are listed by, the world's where none are given."""
        from comity.register.writer import Writer

        if themes is None:
            return Writer(self._engine, self.name, _themes_of_the_world)
        words = ThemeWords(themes)
        return Writer(self._engine, self.name, lambda: words)

    def view(self, *, known: str | None = None, happened_by: str | None = None) -> View:
        """What answers questions: with `known`, by what the register knew at the end of that day; with `happened_by`, only about what had
        happened by then."""
        return View(self._engine, self.name, Scope(self._known if known is None else known, happened_by))

    def documents(self, *, theme: str | None = None, publisher: str | None = None, between: Between = OPEN) -> Iterator[DocumentHead]:
        """The documents as they are known now, by date; `view()` answers more and of any day."""
        return self.view().documents(theme=theme, publisher=publisher, between=between)

    def statements(
        self, *, actor: ActorId | None = None, theme: str | None = None, act: str | None = None, between: Between = OPEN
    ) -> Iterator[Found]:
        """What was said, the newest first."""
        return self.view().statements(actor=actor, theme=theme, act=act, between=between)

    def events(
        self, *, actor: ActorId | None = None, theme: str | None = None, type: str | None = None, between: Between = OPEN
    ) -> Iterator[Found]:
        """What documents report to have happened or to be planned, the newest first."""
        return self.view().events(actor=actor, theme=theme, type=type, between=between)

    def commitments(
        self, *, by: ActorId | None = None, theme: str | None = None, due_before: str | None = None, between: Between = OPEN
    ) -> Iterator[Found]:
        """What was promised, agreed, proposed or asked, the newest first."""
        return self.view().commitments(by=by, theme=theme, due_before=due_before, between=between)

    def claims(self, plan: InstrumentId) -> Iterator[Found]:
        """What is said of a plan's progress, by date."""
        return self.view().claims(plan)

    def to_polars(self, kind: str = "statements", narrow: Narrow = EVERYTHING) -> "DataFrame":
        """Findings of a kind, or `documents`, as a table. Raises BadInputError where polars is not installed."""
        view = self.view()
        return to_polars(view.documents() if kind == DOCUMENTS else view.listed(kind, narrow))

    def links(self, *, known: str | None = None, happened_by: str | None = None) -> LinkView:
        """What answers questions about links, in the same way."""
        return LinkView(self._engine, self.name, Scope(self._known if known is None else known, happened_by))

    def link_writer(self) -> LinkWriter:
        """What takes in links."""
        return LinkWriter(self._engine, self.name)

    def occurrence_store(self) -> OccurrenceStore:
        """What takes in occurrences."""
        return OccurrenceStore(self._engine, self.name)

    def review(self) -> Review:
        """What waits for a person's word."""
        return Review(self._engine, self.name)

    def accounts(self) -> Accounts:
        """Who may use the portal."""
        return Accounts(self._engine, self.name)

    def sessions(self) -> Sessions:
        """Who is signed in."""
        return Sessions(self._engine, self.name)

    def audit(self) -> Audit:
        """What happened with accounts."""
        return Audit(self._engine, self.name)

    def saved(self) -> SavedSearches:
        """The searches that people keep."""
        return SavedSearches(self._engine, self.name)

    def holding(self) -> Holding:
        """Documents that wait for somebody to accept them."""
        return Holding(self._engine, self.name)

    def learned(self, since: str) -> Learned:
        """What it learned from a day on. Raises BadInputError for what is no date."""
        return learned(self.view(known=day_before(since)), self.view(), since)

    def changes(self) -> Changes:
        """What tells at once whether anything was written; closed with the register."""
        self._changes.append(Changes(self._engine))
        return self._changes[-1]

    def log(self) -> Log:
        """The log of what is written, which whoever writes much keeps short."""
        return Log(self._engine, self.name)

    def created(self) -> str:
        """The moment it was made, which tells it from another in its place."""
        with told_clearly(self.name), self._engine.connect() as connection:
            return str(connection.execute(select(meta.c.value).where(meta.c.key == "created")).scalar() or "")

    def pack(self) -> str | None:
        """The name or folder of the pack that it was built with; None where none is kept."""
        with told_clearly(self.name), self._engine.connect() as connection:
            return connection.execute(select(meta.c.value).where(meta.c.key == PACK)).scalar()

    def keep_pack(self, pack: str) -> None:
        """Keeps the name or folder of the pack that it is built with; a pack that is kept stays."""
        with told_clearly(self.name), self._engine.begin() as connection:
            write_alone(connection)
            if connection.execute(select(meta.c.value).where(meta.c.key == PACK)).scalar() is None:
                connection.execute(insert(meta), [{"key": PACK, "value": pack}])

    def export_to(self, file: Path) -> int:
        """Writes all it holds into a ZIP of JSON lines; gives the number of documents."""
        from comity.register.archive import export_register

        return export_register(self._engine, self.name, file)

    def import_from(self, file: Path) -> int:
        """Fills this register, which must be empty, from such a ZIP; gives the number of documents."""
        from comity.register.archive import import_register

        return import_register(self._engine, self.name, file)

    def back_up_to(self, file: Path) -> None:
        """Copies its file while others use it. Raises RegisterError where it is in a server, which has tools of its own for that."""
        if not is_sqlite(self._engine):
            raise RegisterError(f"{self.name} is in PostgreSQL; use pg_dump, or `comity export-register FILE.zip`.")
        back_up(Path(self.name), file)

    def close(self) -> None:
        for one in self._changes:
            one.close()
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open_register(url: str | Path, *, create: bool = True) -> Register:
    """The register at a path, `sqlite:///FILE` or `postgresql://USER@HOST/DATABASE`, made where there is none, brought to this version
    where it is older. With `create=False` a missing one is an error.

    Raises RegisterError where it is another program's file, from a newer Comity, locked or out of reach.
    """
    file = file_of(url)
    if not create and file is not None and not file.exists():
        raise RegisterError(f"There is no register {file}; make one with `comity build FOLDER --register {file}`.")
    with told_clearly(str(file) if file else "in PostgreSQL"):
        engine, name = engine_of(url)
    with told_clearly(name):
        try:
            _check(engine, name, create=create)
        except BaseException:
            engine.dispose()
            raise
    return Register(engine, name)


@cache
def _themes_of_the_world() -> ThemeWords:
    """A process that opens many registers reads the world's knowledge for them once."""
    return ThemeWords(load_knowledge(()).themes.values())


def _check(engine: Engine, name: str, *, create: bool) -> None:
    """Fills an empty file with tables, brings older ones up to date; refuses what is no register, or one from a newer version."""
    tables = inspect(engine).get_table_names()
    if not tables:
        if not create:
            raise RegisterError(f"{name} holds no register; make one with `comity build FOLDER --register {name}`.")
        _fill(engine)
        return
    with engine.connect() as connection:
        found = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar() if "meta" in tables else None
    if found is None or not found.isdigit():
        raise RegisterError(f"{name} is the database of another program, no register of Comity; give another one.")
    if int(found) > SCHEMA:
        raise RegisterError(
            f"The register {name} was written by a newer Comity (schema {found}, here {SCHEMA}); install the newer version."
        )
    if int(found) < SCHEMA:
        _bring_up_to_date(engine, int(found))


def _fill(engine: Engine) -> None:
    """Makes the tables, unless another program made them in the meantime."""
    with engine.begin() as connection:
        make_alone(connection)
        if not inspect(connection).get_table_names():
            migrate(connection)
            connection.execute(insert(meta), [{"key": "created", "value": now()}])


def _bring_up_to_date(engine: Engine, schema: int) -> None:
    """Adds what newer versions added, unless another program did so in the meantime. What follows from the rest is made anew, which takes
    minutes for 100,000 documents, only where a step since has changed it."""
    from comity.register.derived import DERIVED_ANEW, derive

    with engine.begin() as connection:
        write_alone(connection)
        if "alembic_version" not in inspect(connection).get_table_names():
            mark_first(connection)
        migrate(connection)
        if schema < DERIVED_ANEW:
            derive(connection)
