"""Signing in with name and password, with a code, by a one-time link, or at the identity provider; and signing out.

What somebody was writing when their session ended is carried along and shown again afterwards, to be sent by them.
"""

import logging

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from comity.portal.accounts.door import Door, Opened, Refused
from comity.portal.accounts.provider import NotVouched
from comity.portal.form import Form, Kept, is_here, kept_in
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.register.sessions import Stage

LOG = logging.getLogger("comity.portal")
STATUS = {"sign_in_wait": 429, "sign_in_wrong": 403, "code_wrong": 403, "factor_lost": 403, "sign_in_late": 403, "invitation_over": 410}


@get("/{language:str}/sign-in", include_in_schema=False)
@threaded
def sign_in_page(visit: NamedDependency[Visit]) -> Response[str]:
    return visit.page("sign_in.html", section="sign-in", kept=None, following=_following(visit.first("next")), why="", login="")


@post("/{language:str}/sign-in", include_in_schema=False, status_code=200)
@threaded
def sign_in(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    outcome = door.sign_in(sent.text("login"), sent.typed("password"), visit.visitor, visit.agent)
    following, kept = _following(sent.text("next")), kept_in(sent)
    if isinstance(outcome, Refused):
        status, why, login = STATUS[outcome.reason], _why(visit, outcome), sent.text("login")
        return visit.page("sign_in.html", section="sign-in", status=status, kept=kept, following=following, why=why, login=login)
    return let_in(visit, outcome, following, kept)


@get("/{language:str}/sign-in/code", include_in_schema=False)
@threaded
def code_page(visit: NamedDependency[Visit]) -> Response[str]:
    if visit.visitor.half is None:
        return visit.go(visit.address.page("sign-in"))
    return visit.page("code.html", section="sign-in", kept=None, following=_following(visit.first("next")), why="")


@post("/{language:str}/sign-in/code", include_in_schema=False, status_code=200)
@threaded
def code(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    following, kept, half = _following(sent.text("next")), kept_in(sent), visit.visitor.half
    outcome = door.second_step(half, sent.text("code"), visit.visitor, visit.agent) if half else Refused("sign_in_late")
    if isinstance(outcome, Opened):
        return let_in(visit, outcome, following, kept)
    why = _why(visit, outcome)
    if outcome.reason == "sign_in_late":
        return visit.page("sign_in.html", section="sign-in", status=403, kept=kept, following=following, why=why, login="")
    return visit.page("code.html", section="sign-in", status=STATUS[outcome.reason], kept=kept, following=following, why=why)


@get("/{language:str}/sign-in/provider", include_in_schema=False)
@threaded
def to_provider(visit: NamedDependency[Visit], door: NamedDependency[Door]) -> Response[str]:
    """Off to the identity provider."""
    if door.provider is None:
        raise NotFoundException
    try:
        address = door.provider.begin(back=_back(visit), browser=visit.key(), following=_following(visit.first("next")))
    except NotVouched as fault:
        return _not_vouched(visit, fault)
    return visit.go(address)


@get("/{language:str}/sign-in/back", include_in_schema=False)
@threaded
def from_provider(visit: NamedDependency[Visit], door: NamedDependency[Door]) -> Response[str]:
    """Back from the identity provider."""
    provider, chosen = door.provider, visit.settings.provider
    if provider is None or chosen is None:
        raise NotFoundException
    state, code = visit.first("state") or "", visit.first("code") or ""
    try:
        person = provider.finish(back=_back(visit), browser=visit.visitor.key, state=state, code=code)
    except NotVouched as fault:
        return _not_vouched(visit, fault)
    outcome = door.vouched(person.subject, login=person.login, name=person.name, role=chosen.role, visitor=visit.visitor, agent=visit.agent)
    if isinstance(outcome, Refused):
        return visit.page("sign_in.html", section="sign-in", status=403, kept=None, following="", why=_why(visit, outcome), login="")
    return let_in(visit, outcome, person.following, None)


@post("/{language:str}/sign-out", include_in_schema=False, status_code=200)
@threaded
def sign_out(visit: NamedDependency[Visit], door: NamedDependency[Door]) -> Response[str]:
    door.sign_out(visit.visitor)
    visit.use_key(None)
    return visit.go(visit.address.page())


@get("/{language:str}/invitation/{key:str}", include_in_schema=False)
@threaded
def invitation_page(visit: NamedDependency[Visit], door: NamedDependency[Door], key: FromPath[str]) -> Response[str]:
    return _invitation(visit, door, key, login="", name="", why="")


@post("/{language:str}/invitation/{key:str}", include_in_schema=False, status_code=200)
@threaded
def join(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form], key: FromPath[str]) -> Response[str]:
    login, name, password = sent.text("login"), sent.text("name"), sent.typed("password")
    if password != sent.typed("again"):
        return _invitation(visit, door, key, login=login, name=name, why="password_differs")
    outcome = door.redeem(key, login=login, name=name, password=password, visitor=visit.visitor, agent=visit.agent)
    if isinstance(outcome, Refused):
        return _invitation(visit, door, key, login=login, name=name, why=outcome.reason)
    return let_in(visit, outcome, visit.address.page("account"), None)


def let_in(visit: Visit, opened: Opened, following: str, kept: Kept | None) -> Response[str]:
    """On to the code, to what was being written, or to where the person wanted to go."""
    visit.use_key(opened.key)
    if opened.stage is Stage.HALF:
        return visit.page("code.html", section="sign-in", kept=kept, following=following, why="")
    if kept:
        return visit.page("again.html", kept=kept, why=visit.words.say("kept_say"))
    return visit.go(following or visit.address.page())


def _invitation(visit: Visit, door: Door, key: str, *, login: str, name: str, why: str) -> Response[str]:
    one = door.invitation(key)
    if one is None:
        sentence = visit.words.say("invitation_over")
        return visit.page("fault.html", status=410, key="invitation_over_title", sentence=sentence, english="")
    known = door.accounts.by_key(one.account) if one.account is not None else None
    if one.account is not None and known is None:
        raise NotFoundException
    return visit.page(
        "invitation.html", section="sign-in", status=422 if why else 200, one=one, known=known, key=key, login=login, name=name, why=why
    )


def _back(visit: Visit) -> str:
    """The one address that the provider sends people back to, whatever their language."""
    return visit.whole(f"/{visit.desk.language}/sign-in/back")


def _not_vouched(visit: Visit, fault: NotVouched) -> Response[str]:
    LOG.warning("the identity provider: %s", fault)
    why = visit.words.say("sign_in_provider_failed")
    return visit.page("sign_in.html", section="sign-in", status=502, kept=None, following="", why=why, login="")


def _following(asked: str | None) -> str:
    return asked if asked and is_here(asked) else ""


def _why(visit: Visit, refused: Refused) -> str:
    if refused.seconds:
        return visit.words.count(refused.reason, refused.seconds)
    return visit.words.say(refused.reason)
