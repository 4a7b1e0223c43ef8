"""Signing in and out: password, then a code where the person has a second factor; one-time links; a new key at every step up.

A name that nobody has is answered in the same time and words as a wrong password, and waits as long after many tries.
"""

from collections.abc import Callable

from msgspec import Struct

from comity.errors import BadInputError
from comity.portal.accounts import totp
from comity.portal.accounts.names import login_of, shown_name
from comity.portal.accounts.passwords import Hasher, fault_in
from comity.portal.accounts.provider import SingleSignOn
from comity.portal.accounts.seal import Seal, is_sealed, new_seal_key
from comity.portal.accounts.secrets import hash_of, new_key
from comity.portal.accounts.visitor import Visitor
from comity.portal.settings import DAY, Settings
from comity.register import Register
from comity.register.accounts import Account, Invitation, Role
from comity.register.sessions import Session, Stage

FREE = 5
"""Tries before one has to wait."""
FIRST_WAIT, LONGEST_WAIT = 30, 15 * 60
HALF_OPEN = 10 * 60
"""Seconds for typing the code."""
LINK_GOOD = 7 * DAY
LONGEST_AGENT = 300
"""Of what a browser says of itself: its name stands at the end."""
FIRST_START = "first start"
"""Who invites the first administrator."""


class Opened(Struct, frozen=True):
    """A new session: the key for the cookie, and how far it is open."""

    key: str
    stage: Stage


class Refused(Struct, frozen=True):
    """Why there is no session, as a key of the portal's words; `seconds` to wait, where one has to."""

    reason: str
    seconds: int = 0


def wait_after(failures: int) -> int:
    """30 seconds after the fifth failed try, then twice as long each time, a quarter of an hour at most."""
    return 0 if failures < FREE else int(min(FIRST_WAIT * 2 ** (failures - FREE), LONGEST_WAIT))


class Door:
    """Lets people in. `clock` is given by tests."""

    def __init__(self, register: Register, settings: Settings, clock: Callable[[], float], hasher: Hasher | None = None) -> None:
        self.accounts = register.accounts()
        self.sessions = register.sessions()
        self.settings = settings
        self.hasher = hasher or Hasher()
        self.provider = SingleSignOn(settings.provider, self.sessions, clock) if settings.provider else None
        self.seal = Seal(settings.seal_key or new_seal_key())
        self._audit = register.audit()
        self._clock = clock
        if settings.accounts:
            self.accounts.seal_factors(self.seal.close, is_sealed)

    def now(self) -> int:
        return int(self._clock())

    def sign_in(self, typed: str, password: str, visitor: Visitor, agent: str) -> Opened | Refused:
        """The first step."""
        login = login_of(typed)
        if left := self.accounts.try_once(login or "?", self.now(), wait_after):
            self.note("locked", who=login or "?", visitor=visitor)
            return Refused("sign_in_wait", left)
        account = self.accounts.by_login(login) if login else None
        fits = self.hasher.checks(password, account.password if account and not account.disabled else None)
        if account is None or not fits:
            self.note("sign_in_failed", who=login or "?", visitor=visitor)
            return Refused("sign_in_wrong")
        if account.password and self.hasher.is_old(account.password):
            self.accounts.set_password(account.key, self.hasher.hash(password))
        if account.totp:
            return self.open(account, Stage.HALF, visitor, agent)
        self.accounts.forget_failures(account.login)
        return self.let_in(account, visitor, agent)

    def second_step(self, half: Session, code: str, visitor: Visitor, agent: str) -> Opened | Refused:
        """The code of the app, or a recovery code."""
        account = half.account
        if half.opened < self.now() - HALF_OPEN:
            return Refused("sign_in_late")
        if left := self.accounts.try_once(account.login, self.now(), wait_after):
            self.note("locked", who=account.login, visitor=visitor)
            return Refused("sign_in_wait", left)
        if not self.takes_code(account, code, visitor):
            self.note("code_failed", who=account.login, visitor=visitor)
            return Refused("factor_lost" if self.is_lost(account) else "code_wrong")
        self.accounts.forget_failures(account.login)
        return self.let_in(account, visitor, agent)

    def takes_code(self, account: Account, code: str, visitor: Visitor) -> bool:
        """Whether a code is right, which uses it up."""
        typed = totp.plain(code)
        secret = self.seal.open(account.totp) if account.totp else None
        step = totp.step_of(secret, typed, self.now()) if secret and typed.isascii() else None
        if step is not None:
            return self.accounts.take_step(account.key, step)
        if self.accounts.take_recovery_code(account.key, hash_of(typed)):
            self.note("recovery_used", who=account.login, visitor=visitor)
            return True
        return False

    def is_lost(self, account: Account) -> bool:
        """Whether a second factor was sealed with a key that this portal does not have: only a recovery code lets its person in."""
        return bool(account.totp) and self.seal.open(account.totp or "") is None

    def count_lost(self) -> int:
        """How many have to set up their second factor anew."""
        return sum(self.is_lost(account) for account in self.accounts.all())

    def let_in(self, account: Account, visitor: Visitor, agent: str) -> Opened:
        self.note("sign_in", who=account.login, visitor=visitor)
        return self.open(account, Stage.FULL, visitor, agent)

    def open(self, account: Account, stage: Stage, visitor: Visitor, agent: str) -> Opened:
        """A session under a new key; the one before it is closed, so that a key known before signing in opens nothing."""
        key, now = new_key(), self.now()
        if visitor.session:
            self.sessions.close(visitor.session.hash)
        oldest = now - self.settings.longest
        self.sessions.open(
            hash=hash_of(key), account=account.key, stage=stage, agent=shown_name(agent, longest=LONGEST_AGENT), now=now, oldest=oldest
        )
        return Opened(key, stage)

    def sign_out(self, visitor: Visitor) -> None:
        if visitor.session:
            self.sessions.close(visitor.session.hash)
            self.note("sign_out", who=visitor.session.account.login, visitor=visitor)

    def invite(self, *, role: Role, note: str, visitor: Visitor) -> str:
        """The key of a one-time link to a new account."""
        self.note("invited", who=visitor.login, about=f"{role.value} {note}".strip(), visitor=visitor)
        return self._link(role=role, note=note, by=visitor.name, account=None)

    def invite_anew(self, account: Account, visitor: Visitor) -> str:
        """The key of a one-time link to a new password."""
        self.note("reset_offered", who=visitor.login, about=account.login, visitor=visitor)
        return self._link(role=account.role, note=account.login, by=visitor.name, account=account.key)

    def first_link(self) -> str | None:
        """The key of the link that makes the first administrator, None where there is one; a link printed before is void then."""
        if self.accounts.has_administrator():
            return None
        self.accounts.withdraw_all_by(FIRST_START)
        return self._link(role=Role.ADMINISTRATOR, note="", by=FIRST_START, account=None)

    def invitation(self, key: str) -> Invitation | None:
        return self.accounts.invitation(hash_of(key), self.now())

    def redeem(self, key: str, *, login: str, name: str, password: str, visitor: Visitor, agent: str) -> Opened | Refused:
        """Uses a one-time link up."""
        one = self.invitation(key)
        if one is None:
            return Refused("invitation_over")
        known = self.accounts.by_key(one.account) if one.account is not None else None
        folded, shown = (known.login, known.name) if known else (login_of(login), shown_name(name))
        if folded is None:
            return Refused("login_odd")
        if not shown:
            return Refused("name_empty")
        if fault := fault_in(password, login=folded, name=shown):
            return Refused(fault)
        hashed = self.hasher.hash(password)
        try:
            account = self.accounts.redeem(hash=hash_of(key), login=folded, name=shown, password=hashed, now=self.now())
        except BadInputError:  # taken meanwhile, the login or the link
            return Refused("invitation_over" if known else "login_taken")
        self.accounts.forget_failures(account.login)
        self.note("password_reset" if known else "joined", who=account.login, about=account.role.value, visitor=visitor)
        return self.let_in(account, visitor, agent)

    def vouched(self, subject: str, *, login: str, name: str, role: Role, visitor: Visitor, agent: str) -> Opened | Refused:
        """Somebody whom the identity provider vouches for, with an account from the first time on."""
        account = self.accounts.by_subject(subject)
        if account is None:
            folded = login_of(login)
            if folded is None:
                return Refused("login_odd")
            try:
                account = self.accounts.add(login=folded, name=shown_name(name) or folded, role=role, subject=subject, now=self.now())
            except BadInputError:
                return Refused("provider_taken")
            self.note("provider_joined", who=account.login, about=role.value, visitor=visitor)
        if account.disabled:
            return Refused("sign_in_wrong")
        return self.let_in(account, visitor, agent)

    def note(self, event: str, *, who: str, visitor: Visitor, about: str = "") -> None:
        """Adds to the log."""
        self._audit.add(at=self.now(), who=who, event=event, about=about, address=visitor.address)

    def _link(self, *, role: Role, note: str, by: str, account: int | None) -> str:
        key, now = new_key(), self.now()
        self.accounts.invite(hash=hash_of(key), role=role, note=note, by=by, now=now, until=now + LINK_GOOD, account=account)
        return key
