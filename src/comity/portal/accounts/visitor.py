"""Who asks: a person by the cookie of their session, a program by its token, or anybody.

Without accounts everybody on this machine may do what an editor may, under the name they gave themselves.
"""

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import unquote

from msgspec import Struct

from comity.errors import RegisterError
from comity.portal.accounts.names import shown_name
from comity.portal.accounts.secrets import hash_of
from comity.portal.settings import Settings
from comity.register import Register
from comity.register.accounts import Account, Role
from comity.register.sessions import Scope, Session, Stage, Token

NAME = "comity-name"
"""The cookie in which somebody without an account keeps the name to decide under."""

AT_MOST = {Scope.READ: Role.READER, Scope.WRITE: Role.EDITOR, Scope.ADMIN: Role.ADMINISTRATOR}


class Visitor(Struct, frozen=True, kw_only=True):
    """`key` is the value of the cookie, `role` None for somebody not signed in, `name` what their decisions carry."""

    address: str
    key: str | None = None
    account: Account | None = None
    session: Session | None = None
    token: Token | None = None
    role: Role | None = None
    name: str = ""

    def may(self, role: Role | None) -> bool:
        """Whether they may what a role may; None is anybody."""
        return role is None or (self.role is not None and self.role.covers(role))

    @property
    def signature(self) -> str:
        """What a decision carries as who took it: with the sign-in name, as two people may have one name."""
        account = self.account
        return f"{account.name} ({account.login})" if account and account.name != account.login else self.name

    @property
    def login(self) -> str:
        """By whom the log knows them."""
        return self.account.login if self.account else self.name

    @property
    def half(self) -> Session | None:
        """The session of somebody who still owes a code."""
        return self.session if self.session and self.session.stage is Stage.HALF else None


class Visitors:
    """Tells who asks."""

    def __init__(self, register: Register, settings: Settings, clock: Callable[[], float]) -> None:
        self._sessions = register.sessions()
        self._settings = settings
        self._clock = clock

    def who(self, headers: list[tuple[bytes, bytes]], address: str) -> Visitor:
        """The visitor of a request."""
        given = {name: value.decode("latin-1") for name, value in headers if name in (b"authorization", b"cookie")}
        cookies = _cookies(given.get(b"cookie", ""))
        key = cookies.get(self._settings.cookie)
        if not self._settings.accounts:
            name = shown_name(unquote(cookies.get(NAME, "")))
            return Visitor(address=address, key=key, role=Role.EDITOR, name=name or "local")
        if authorization := given.get(b"authorization"):
            return self._program(authorization, address)
        return self._person(key, address) if key else Visitor(address=address)

    def _program(self, authorization: str, address: str) -> Visitor:
        kind, _, key = authorization.partition(" ")
        token = self._sessions.find_token(hash_of(key.strip())) if kind.lower() == "bearer" else None
        if token is None:
            return Visitor(address=address)
        _noted(lambda: self._sessions.use_token(token, int(self._clock())))
        most = AT_MOST[token.scope]
        role = token.account.role if most.covers(token.account.role) else most
        return Visitor(address=address, account=token.account, token=token, role=role, name=token.account.name)

    def _person(self, key: str, address: str) -> Visitor:
        now = int(self._clock())
        session = self._sessions.find(hash_of(key), opened_after=now - self._settings.longest, seen_after=now - self._settings.idle)
        if session is None:
            return Visitor(address=address, key=key)
        _noted(lambda: self._sessions.see(session, now))
        full = session.stage is Stage.FULL
        return Visitor(
            address=address,
            key=key,
            account=session.account if full else None,
            session=session,
            role=session.account.role if full else None,
            name=session.account.name if full else "",
        )


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: one.value for name, one in SimpleCookie(header).items()}
    except CookieError:
        return {}


def _noted(write: Callable[[], None]) -> None:
    """Noting when somebody was seen can wait where the register is being written: nobody is turned away for it."""
    try:
        write()
    except RegisterError:
        return
