"""Who is signed in, with what token a program asks, and which sign-ins are under way at the identity provider.

Keys come in as hashes. Times are seconds since 1970.
"""

from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import Engine, delete, func, insert, select, update

from comity.register.account_tables import accounts, pending, sessions, tokens
from comity.register.accounts import Account, Role
from comity.register.backend import write_alone
from comity.register.faults import told_clearly

SEEN_EVERY = 60
"""Seconds after which a session is noted as seen again, so that a click is no write."""


class Stage(StrEnum):
    """A session is half open between the password and the code."""

    HALF = "half"
    FULL = "full"


class Scope(StrEnum):
    """What a token may do at most."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


class Session(Struct, frozen=True, kw_only=True):
    """A signed-in browser."""

    hash: str
    account: Account
    stage: Stage
    agent: str
    opened: int
    seen: int


class Token(Struct, frozen=True, kw_only=True):
    """A program's key."""

    key: int
    account: Account
    name: str
    scope: Scope
    made: int
    used: int | None


class Pending(Struct, frozen=True, kw_only=True):
    """What was kept when somebody was sent to the identity provider."""

    browser: str
    nonce: str
    verifier: str
    following: str


class Sessions:
    """Sessions, tokens and pending sign-ins of one register."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def open(self, *, hash: str, account: int, stage: Stage, agent: str, now: int, oldest: int) -> None:
        """A new session; those opened before `oldest` are swept away."""
        row = {"hash": hash, "account": account, "stage": stage.value, "agent": agent, "opened": now, "seen": now}
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            connection.execute(delete(sessions).where(sessions.c.opened < oldest))
            connection.execute(insert(sessions), [row])

    def find(self, hash: str, *, opened_after: int, seen_after: int) -> Session | None:
        """The session with a key, unless it is over or its person is shut out."""
        good = (sessions.c.hash == hash, sessions.c.opened > opened_after, sessions.c.seen > seen_after, ~accounts.c.disabled)
        found = self._sessions(*good)
        return found[0] if found else None

    def of(self, account: int, *, opened_after: int, seen_after: int) -> list[Session]:
        """A person's sessions, the newest first."""
        good = (sessions.c.account == account, sessions.c.opened > opened_after, sessions.c.seen > seen_after)
        return self._sessions(*good, sessions.c.stage == Stage.FULL)

    def see(self, session: Session, now: int) -> None:
        if now - session.seen >= SEEN_EVERY:
            with told_clearly(self._name), self._engine.begin() as connection:
                connection.execute(update(sessions).where(sessions.c.hash == session.hash).values(seen=now))

    def close(self, hash: str) -> None:
        with told_clearly(self._name), self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.hash == hash))

    def close_all_of(self, account: int, *, but: str = "") -> None:
        with told_clearly(self._name), self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.account == account, sessions.c.hash != but))

    def add_token(self, *, hash: str, account: int, name: str, scope: Scope, now: int) -> None:
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            key = int(connection.execute(select(func.max(tokens.c.key))).scalar() or 0) + 1
            row = {"key": key, "hash": hash, "account": account, "name": name, "scope": scope.value, "made": now, "used": None}
            connection.execute(insert(tokens), [row])

    def find_token(self, hash: str) -> Token | None:
        """The token with a key, unless its person is shut out."""
        found = self._tokens(tokens.c.hash == hash, ~accounts.c.disabled)
        return found[0] if found else None

    def tokens_of(self, account: int) -> list[Token]:
        return self._tokens(tokens.c.account == account)

    def use_token(self, token: Token, now: int) -> None:
        if token.used is None or now - token.used >= SEEN_EVERY:
            with told_clearly(self._name), self._engine.begin() as connection:
                connection.execute(update(tokens).where(tokens.c.key == token.key).values(used=now))

    def drop_token(self, account: int, key: int) -> None:
        with told_clearly(self._name), self._engine.begin() as connection:
            connection.execute(delete(tokens).where(tokens.c.account == account, tokens.c.key == key))

    def wait_for(self, *, state: str, kept: Pending, now: int, until: int) -> None:
        """Keeps what a sign-in at the identity provider needs when it comes back."""
        row = {"state": state, "browser": kept.browser, "nonce": kept.nonce, "verifier": kept.verifier, "following": kept.following}
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            connection.execute(delete(pending).where(pending.c.until <= now))
            connection.execute(insert(pending), [{**row, "until": until}])

    def take_pending(self, state: str, now: int) -> Pending | None:
        """What was kept under a state, once."""
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            row = connection.execute(select(pending).where(pending.c.state == state, pending.c.until > now)).first()
            connection.execute(delete(pending).where(pending.c.state == state))
        return Pending(browser=row.browser, nonce=row.nonce, verifier=row.verifier, following=row.following) if row else None

    def _sessions(self, *conditions: Any) -> list[Session]:
        own = ("hash", "stage", "agent", "opened", "seen")
        query = select(*[sessions.c[name] for name in own], *_account_columns()).join(accounts, accounts.c.key == sessions.c.account)
        with told_clearly(self._name), self._engine.connect() as connection:
            rows = connection.execute(query.where(*conditions).order_by(sessions.c.opened.desc(), sessions.c.hash)).all()
        return [
            Session(hash=row.hash, account=_account(row), stage=Stage(row.stage), agent=row.agent, opened=row.opened, seen=row.seen)
            for row in rows
        ]

    def _tokens(self, *conditions: Any) -> list[Token]:
        own = [tokens.c[name].label(f"token_{name}") for name in ("key", "name", "scope", "made", "used")]
        query = select(*own, *_account_columns()).join(accounts, accounts.c.key == tokens.c.account)
        with told_clearly(self._name), self._engine.connect() as connection:
            rows = connection.execute(query.where(*conditions).order_by(tokens.c.key)).all()
        return [
            Token(
                key=row.token_key,
                account=_account(row),
                name=row.token_name,
                scope=Scope(row.token_scope),
                made=row.token_made,
                used=row.token_used,
            )
            for row in rows
        ]


def _account_columns() -> list[Any]:
    return [accounts.c[name].label(f"account_{name}") for name in Account.__struct_fields__]


def _account(row: Any) -> Account:
    values = {name: row._mapping[f"account_{name}"] for name in Account.__struct_fields__}
    return Account(**{**values, "role": Role(values["role"])})
