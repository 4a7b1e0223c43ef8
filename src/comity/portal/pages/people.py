"""Everybody with an account and their role; one-time links to new accounts and new passwords. For administrators."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException

from comity.portal.accounts.door import Door
from comity.portal.accounts.names import shown_name
from comity.portal.form import Form
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.register.accounts import Account, Role


@get("/{language:str}/people", include_in_schema=False)
@threaded
def people_page(visit: NamedDependency[Visit], door: NamedDependency[Door]) -> Response[str]:
    return _page(visit, door)


@post("/{language:str}/people/invite", include_in_schema=False, status_code=200)
@threaded
def invite(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    key = door.invite(role=_role(sent), note=shown_name(sent.text("note")), visitor=visit.visitor)
    return _page(visit, door, given=key)


@post("/{language:str}/people/withdraw", include_in_schema=False, status_code=200)
@threaded
def withdraw(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    door.accounts.withdraw(sent.text("invitation"))
    door.note("withdrawn", who=visit.visitor.login, visitor=visit.visitor)
    return visit.go(visit.address.page("people"))


@post("/{language:str}/people/role", include_in_schema=False, status_code=200)
@threaded
def set_role(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    account, role = _account(door, sent), _role(sent)
    if role is not account.role:
        door.accounts.set_role(account.key, role)
        door.note(
            "role_changed", who=visit.visitor.login, about=f"{account.login}: {account.role.value} → {role.value}", visitor=visit.visitor
        )
    return visit.go(visit.address.page("people"))


@post("/{language:str}/people/shut", include_in_schema=False, status_code=200)
@threaded
def shut(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    """Shuts a person out, or lets them in again."""
    account = _account(door, sent)
    door.accounts.set_disabled(account.key, not account.disabled)
    door.note("let_in_again" if account.disabled else "shut_out", who=visit.visitor.login, about=account.login, visitor=visit.visitor)
    return visit.go(visit.address.page("people"))


@post("/{language:str}/people/reset", include_in_schema=False, status_code=200)
@threaded
def reset(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    key = door.invite_anew(_account(door, sent), visit.visitor)
    return _page(visit, door, given=key)


def _page(visit: Visit, door: Door, *, given: str | None = None) -> Response[str]:
    return visit.page(
        "people.html",
        section="people",
        people=door.accounts.all(),
        invitations=door.accounts.invitations(door.now()),
        roles=[role.value for role in Role],
        given=visit.whole(visit.address.page("invitation", given)) if given else None,
    )


def _account(door: Door, sent: Form) -> Account:
    key = sent.number("account")
    found = door.accounts.by_key(key) if key is not None else None
    if found is None:
        raise NotFoundException
    return found


def _role(sent: Form) -> Role:
    if sent.text("role") not in set(Role):
        raise NotFoundException
    return Role(sent.text("role"))
