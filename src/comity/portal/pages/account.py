"""One's own account: password, second factor, where one is signed in, tokens for programs.

Whoever raises or lowers what protects the account types the password again; every such change puts the session under a new key.
"""

import io
import re

import segno
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotAuthorizedException

from comity.portal.accounts import totp
from comity.portal.accounts.door import Door, wait_after
from comity.portal.accounts.names import shown_name
from comity.portal.accounts.passwords import fault_in
from comity.portal.accounts.secrets import hash_of, new_key
from comity.portal.form import Form
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.register.accounts import Account
from comity.register.sessions import Scope, Stage

BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "HeadlessChrome", "Safari")
"""As they name themselves, those first that also name others."""
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


@get("/{language:str}/account", include_in_schema=False)
@threaded
def account_page(visit: NamedDependency[Visit], door: NamedDependency[Door]) -> Response[str]:
    done = visit.first("done")
    return _page(visit, door, said=done if done in ("password", "factor_off", "sessions", "token_gone") else "")


@post("/{language:str}/account/password", include_in_schema=False, status_code=200)
@threaded
def change_password(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    own = _own(visit)
    new = sent.typed("new")
    if why := _wrong_password(door, own, sent):
        return _page(visit, door, why=why, status=403)
    fault = fault_in(new, login=own.login, name=own.name) or ("password_differs" if new != sent.typed("again") else None)
    if fault:
        return _page(visit, door, why=fault, status=422)
    door.accounts.set_password(own.key, door.hasher.hash(new))
    door.note("password_changed", who=own.login, visitor=visit.visitor)
    _renew(visit, door, own)
    return visit.go(visit.address.page("account", query=[("done", "password")]))


@post("/{language:str}/account/factor", include_in_schema=False, status_code=200)
@threaded
def begin_factor(visit: NamedDependency[Visit]) -> Response[str]:
    """Shows a new key to the app; nothing changes before a code of it comes back with the password."""
    return _factor(visit, _own(visit), totp.new_secret(), why="")


@post("/{language:str}/account/factor/confirm", include_in_schema=False, status_code=200)
@threaded
def confirm_factor(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    own, secret = _own(visit), sent.text("secret")
    if not totp.is_secret(secret):
        return _factor(visit, own, totp.new_secret(), why="code_wrong")
    if why := _wrong_password(door, own, sent):
        return _factor(visit, own, secret, why=why)
    typed = totp.plain(sent.text("code"))
    step = totp.step_of(secret, typed, door.now()) if typed.isascii() else None
    if step is None:
        return _factor(visit, own, secret, why="code_wrong")
    codes = totp.new_recovery_codes()
    door.accounts.set_totp(own.key, door.seal.close(secret), [hash_of(code) for code in codes])
    door.accounts.take_step(own.key, step)
    door.note("factor_on", who=own.login, visitor=visit.visitor)
    _renew(visit, door, own)
    return visit.page("codes.html", section="account", codes=codes)


@post("/{language:str}/account/factor/end", include_in_schema=False, status_code=200)
@threaded
def end_factor(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    own = _own(visit)
    if why := _wrong_password(door, own, sent):
        return _page(visit, door, why=why, status=403)
    door.accounts.set_totp(own.key, None, [])
    door.note("factor_off", who=own.login, visitor=visit.visitor)
    _renew(visit, door, own)
    return visit.go(visit.address.page("account", query=[("done", "factor_off")]))


@post("/{language:str}/account/sessions/end", include_in_schema=False, status_code=200)
@threaded
def end_sessions(visit: NamedDependency[Visit], door: NamedDependency[Door]) -> Response[str]:
    own = _own(visit)
    door.note("sessions_ended", who=own.login, visitor=visit.visitor)
    _renew(visit, door, own)
    return visit.go(visit.address.page("account", query=[("done", "sessions")]))


@post("/{language:str}/account/tokens", include_in_schema=False, status_code=200)
@threaded
def make_token(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    own, name, scope = _own(visit), shown_name(sent.text("name")), sent.text("scope")
    if not name or scope not in set(Scope):
        return _page(visit, door, why="token_name_empty", status=422)
    key = f"comity_{new_key()}"
    door.sessions.add_token(hash=hash_of(key), account=own.key, name=name, scope=Scope(scope), now=door.now())
    door.note("token_made", who=own.login, about=f"{name} ({scope})", visitor=visit.visitor)
    return _page(visit, door, token=key)


@post("/{language:str}/account/tokens/drop", include_in_schema=False, status_code=200)
@threaded
def drop_token(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    own, key = _own(visit), sent.number("token")
    if key is not None:
        door.sessions.drop_token(own.key, key)
        door.note("token_dropped", who=own.login, about=str(key), visitor=visit.visitor)
    return visit.go(visit.address.page("account", query=[("done", "token_gone")]))


def _page(visit: Visit, door: Door, *, why: str = "", said: str = "", token: str | None = None, status: int = 200) -> Response[str]:
    own, now, settings = _own(visit), door.now(), visit.settings
    return visit.page(
        "account.html",
        section="account",
        status=status,
        own=own,
        why=why,
        said=said,
        token=token,
        tokens=door.sessions.tokens_of(own.key),
        scopes=[scope.value for scope in Scope],
        sessions=door.sessions.of(own.key, opened_after=now - settings.longest, seen_after=now - settings.idle),
        this=visit.visitor.session.hash if visit.visitor.session else "",
        browser=_browser,
        lost=door.is_lost(own),
        codes_left=door.accounts.count_recovery_codes(own.key),
    )


def _factor(visit: Visit, own: Account, secret: str, *, why: str) -> Response[str]:
    address = totp.address_of(secret, login=own.login, issuer="Comity")
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=5, border=3, xmldecl=False, svgns=True, svgclass=None, lineclass=None)
    return visit.page(
        "factor.html",
        section="account",
        status=422 if why else 200,
        secret=secret,
        address_of=address,
        picture=out.getvalue().decode(),
        why=why,
    )


def _browser(agent: str) -> str:
    """ "Firefox 128, Linux" from what a browser says of itself, which is long and begins with old names."""
    program = next((match for name in BROWSERS if (match := re.search(rf"({name})/(\d+)", agent))), None)
    system = next((name for name in SYSTEMS if name in agent), "")
    return ", ".join(part for part in (f"{program[1]} {program[2]}" if program else agent[:40], system) if part)


def _own(visit: Visit) -> Account:
    """The account of who asks; a token has no page."""
    if visit.visitor.account is None or visit.visitor.session is None:
        raise NotAuthorizedException(detail="session")
    return visit.visitor.account


def _wrong_password(door: Door, own: Account, sent: Form) -> str | None:
    """Whether the password typed again is wrong; one who has only the identity provider has none to type."""
    if own.password is None:
        return None
    if door.accounts.try_once(own.login, door.now(), wait_after):
        return "password_later"
    if not door.hasher.checks(sent.typed("password"), own.password):
        return "password_wrong"
    door.accounts.forget_failures(own.login)
    return None


def _renew(visit: Visit, door: Door, own: Account) -> None:
    """A new key for this session, and an end to all others."""
    opened = door.open(own, Stage.FULL, visit.visitor, visit.agent)
    door.sessions.close_all_of(own.key, but=hash_of(opened.key))
    visit.use_key(opened.key)
