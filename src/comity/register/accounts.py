"""Who may use the portal: accounts with their roles, second factors and failed tries, and one-time links to a new account or password.

Passwords, codes and links come in as hashes and never leave; who makes and checks them is the portal. Times are seconds since 1970.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from comity.errors import BadInputError
from comity.register.account_tables import accounts, attempts, invitations, recovery_codes, sessions, tokens
from comity.register.backend import write_alone
from comity.register.faults import told_clearly

FORGOTTEN = 24 * 3600
"""Seconds after the last failed try when the tries are forgotten."""


class Role(StrEnum):
    """What a person may do; each may all that those before it may."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"

    def covers(self, other: "Role") -> bool:
        order = list(Role)
        return order.index(self) >= order.index(other)


class Account(Struct, frozen=True, kw_only=True):
    """A person. `login` is what they type, folded; `name` is how they are shown; `totp` is the sealed key of their second factor."""

    key: int
    login: str
    name: str
    role: Role
    password: str | None
    totp: str | None
    totp_step: int
    subject: str | None
    disabled: bool
    made: int


class Invitation(Struct, frozen=True, kw_only=True):
    """A one-time link. `account` is set where it gives a new password, not a new account."""

    hash: str
    role: Role
    account: int | None
    note: str
    by: str
    made: int
    until: int


class Accounts:
    """Accounts and invitations of one register."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def all(self) -> list[Account]:
        """Everybody, by login."""
        with told_clearly(self._name), self._engine.connect() as connection:
            return [_account(row) for row in connection.execute(select(accounts).order_by(accounts.c.login))]

    def by_key(self, key: int) -> Account | None:
        return self._one(accounts.c.key == key)

    def by_login(self, login: str) -> Account | None:
        return self._one(accounts.c.login == login)

    def by_subject(self, subject: str) -> Account | None:
        return self._one(accounts.c.subject == subject)

    def has_administrator(self) -> bool:
        return self._one((accounts.c.role == Role.ADMINISTRATOR) & ~accounts.c.disabled) is not None

    def invite(self, *, hash: str, role: Role, note: str, by: str, now: int, until: int, account: int | None = None) -> None:
        """Adds a one-time link. Those that are over are swept away."""
        row = {"hash": hash, "role": role.value, "account": account, "note": note, "by": by, "made": now, "until": until}
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            connection.execute(delete(invitations).where(invitations.c.until <= now))
            connection.execute(insert(invitations), [row])

    def invitations(self, now: int) -> list[Invitation]:
        """Those that are still good, the newest first."""
        query = select(invitations).where(invitations.c.until > now).order_by(invitations.c.made.desc(), invitations.c.hash)
        with told_clearly(self._name), self._engine.connect() as connection:
            return [_invitation(row) for row in connection.execute(query)]

    def invitation(self, hash: str, now: int) -> Invitation | None:
        return next((one for one in self.invitations(now) if one.hash == hash), None)

    def withdraw(self, hash: str) -> None:
        with told_clearly(self._name), self._engine.begin() as connection:
            connection.execute(delete(invitations).where(invitations.c.hash == hash))

    def withdraw_all_by(self, by: str) -> None:
        with told_clearly(self._name), self._engine.begin() as connection:
            connection.execute(delete(invitations).where(invitations.c.by == by))

    def redeem(self, *, hash: str, login: str, name: str, password: str, now: int) -> Account:
        """Uses a link up: a new account, or a new password that ends the second factor. Raises BadInputError where it is no good any
        more or the login is taken; the link stays good then."""
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            row = connection.execute(select(invitations).where(invitations.c.hash == hash, invitations.c.until > now)).first()
            if row is None:
                raise BadInputError("This link was used already or is over; ask for a new one.")
            one = _invitation(row)
            if one.account is None:
                key = _add(connection, login=login, name=name, role=one.role, password=password, subject=None, now=now)
            else:
                key = one.account
                connection.execute(update(accounts).where(accounts.c.key == key).values(password=password, totp=None))
                connection.execute(delete(recovery_codes).where(recovery_codes.c.account == key))
                connection.execute(delete(sessions).where(sessions.c.account == key))
            connection.execute(delete(invitations).where(invitations.c.hash == hash))
            return _account(connection.execute(select(accounts).where(accounts.c.key == key)).one())

    def add(self, *, login: str, name: str, role: Role, subject: str, now: int) -> Account:
        """A person whom the identity provider vouches for. Raises BadInputError where the login is taken."""
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            key = _add(connection, login=login, name=name, role=role, password=None, subject=subject, now=now)
            return _account(connection.execute(select(accounts).where(accounts.c.key == key)).one())

    def set_password(self, key: int, password: str) -> None:
        self._change(key, password=password)

    def set_role(self, key: int, role: Role) -> None:
        """Another role ends the person's sessions; the last administrator keeps theirs."""
        self._restrict(key, role=role.value)

    def set_disabled(self, key: int, disabled: bool) -> None:
        """Who is shut out has no session and no token any more."""
        self._restrict(key, disabled=disabled)

    def set_totp(self, key: int, totp: str | None, codes: Iterable[str]) -> None:
        """Another second factor, or none; `codes` are the hashes of its recovery codes, the older ones are void."""
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            connection.execute(update(accounts).where(accounts.c.key == key).values(totp=totp, totp_step=0))
            connection.execute(delete(recovery_codes).where(recovery_codes.c.account == key))
            if rows := [{"hash": code, "account": key} for code in codes]:
                connection.execute(insert(recovery_codes), rows)

    def seal_factors(self, close: Callable[[str], str], is_sealed: Callable[[str], bool]) -> None:
        """Seals the keys of second factors that are kept openly, as older versions kept them."""
        with told_clearly(self._name), self._engine.begin() as connection:
            found = connection.execute(select(accounts.c.key, accounts.c.totp).where(accounts.c.totp.is_not(None))).all()
            for row in found:
                if not is_sealed(row.totp):
                    connection.execute(update(accounts).where(accounts.c.key == row.key).values(totp=close(row.totp)))

    def take_step(self, key: int, step: int) -> bool:
        """Notes the time step of a code; false where it, or a later one, was taken already."""
        with told_clearly(self._name), self._engine.begin() as connection:
            later = update(accounts).where(accounts.c.key == key, accounts.c.totp_step < step).values(totp_step=step)
            return bool(connection.execute(later).rowcount)

    def take_recovery_code(self, key: int, hash: str) -> bool:
        """Uses a recovery code up; false where there is none."""
        with told_clearly(self._name), self._engine.begin() as connection:
            mine = (recovery_codes.c.account == key, recovery_codes.c.hash == hash)
            return bool(connection.execute(delete(recovery_codes).where(*mine)).rowcount)

    def count_recovery_codes(self, key: int) -> int:
        query = select(func.count()).select_from(recovery_codes).where(recovery_codes.c.account == key)
        with told_clearly(self._name), self._engine.connect() as connection:
            return int(connection.execute(query).scalar() or 0)

    def try_once(self, login: str, now: int, wait: Callable[[int], int]) -> int:
        """Counts a try as failed before it is made, so that no two are made at once. Gives the seconds still to wait, 0 where it may be
        made; `wait` tells the seconds between tries after so many failures."""
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            connection.execute(delete(attempts).where(attempts.c.last <= now - FORGOTTEN))
            row = connection.execute(select(attempts.c.failures, attempts.c.last).where(attempts.c.login == login)).first()
            if row is None:
                connection.execute(insert(attempts), [{"login": login, "failures": 1, "last": now}])
                return 0
            if (left := row.last + wait(row.failures) - now) > 0:
                return int(left)
            connection.execute(update(attempts).where(attempts.c.login == login).values(failures=row.failures + 1, last=now))
            return 0

    def forget_failures(self, login: str) -> None:
        with told_clearly(self._name), self._engine.begin() as connection:
            connection.execute(delete(attempts).where(attempts.c.login == login))

    def _one(self, condition: Any) -> Account | None:
        with told_clearly(self._name), self._engine.connect() as connection:
            row = connection.execute(select(accounts).where(condition).order_by(accounts.c.key).limit(1)).first()
        return _account(row) if row else None

    def _change(self, key: int, **values: Any) -> None:
        with told_clearly(self._name), self._engine.begin() as connection:
            connection.execute(update(accounts).where(accounts.c.key == key).values(**values))

    def _restrict(self, key: int, **values: Any) -> None:
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            connection.execute(update(accounts).where(accounts.c.key == key).values(**values))
            others = select(func.count()).select_from(accounts).where(accounts.c.role == Role.ADMINISTRATOR, ~accounts.c.disabled)
            if not connection.execute(others).scalar():
                raise BadInputError("Nothing was changed: this is the last administrator; make another one first.")
            connection.execute(delete(sessions).where(sessions.c.account == key))
            if values.get("disabled"):
                connection.execute(delete(tokens).where(tokens.c.account == key))


def _add(connection: Connection, *, login: str, name: str, role: Role, password: str | None, subject: str | None, now: int) -> int:
    if connection.execute(select(accounts.c.key).where(accounts.c.login == login)).first():
        raise BadInputError(f"The name {login} is taken; choose another one.")
    key = int(connection.execute(select(func.max(accounts.c.key))).scalar() or 0) + 1
    row = {"key": key, "login": login, "name": name, "role": role.value, "password": password, "totp": None, "totp_step": 0}
    connection.execute(insert(accounts), [{**row, "subject": subject, "disabled": False, "made": now}])
    return key


def _account(row: Any) -> Account:
    return Account(**{**row._mapping, "role": Role(row.role)})


def _invitation(row: Any) -> Invitation:
    return Invitation(**{**row._mapping, "role": Role(row.role)})
