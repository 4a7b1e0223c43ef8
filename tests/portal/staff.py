"""A portal with accounts over the small partnership, people with each role in it, and a browser-like client that fills in forms."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import httpx
from lxml import html as trees
from served import QUICK, serving

from comity.knowledge import Knowledge, Pack
from comity.portal.accounts.secrets import hash_of
from comity.portal.app import create_portal
from comity.portal.desk import Desk
from comity.portal.guard import Guard
from comity.portal.settings import Settings
from comity.register import Register
from comity.register.accounts import Role
from made import small_pack
from small_register import small_knowledge

PASSWORD = "seven grey herons wade"
HASHED = QUICK.hash(PASSWORD)
START = 1_700_000_000


class Clock:
    """A clock that a test sets on."""

    def __init__(self) -> None:
        self.now = float(START)

    def __call__(self) -> float:
        return self.now


def staffed(register: Register, clock: Clock, *, pack: Pack | None = None, known: Knowledge | None = None, **settings: Any) -> Guard:
    """The portal, of the small partnership or another, with an account named after each role."""
    pack, known = pack or small_pack(), known or small_knowledge()
    accounts = register.accounts()
    for role in Role:
        if accounts.by_login(role.value) is None:
            hash = hash_of(role.value)
            accounts.invite(hash=hash, role=role, note="", by="test", now=START, until=START + 1)
            accounts.redeem(hash=hash, login=role.value, name=role.value.title(), password=HASHED, now=START)
    desk = Desk(register, pack, known, today=lambda: date(2020, 12, 1))
    return create_portal(register, pack, known, desk=desk, settings=Settings(accounts=True, **settings), clock=clock, hasher=QUICK)


class Person(httpx.Client):
    """Somebody at a browser: keeps cookies, finds forms by their action, sends them as they stand with some fields changed."""

    def form(self, page: httpx.Response, action: str) -> dict[str, Any]:
        forms = [form for form in trees.fromstring(page.text).forms if re.split("[?#]", form.action or "")[0].endswith(action)]
        assert forms, f"no form for {action} on {page.url}"
        return {**{name: value for name, value in forms[0].fields.items() if value is not None}, "_to": forms[0].action}

    def fill(self, path: str, to: str, /, files: Any = None, **fields: Any) -> httpx.Response:
        """Opens a page and sends its form."""
        return self.fill_in(self.get(path), to, files=files, **fields)

    def fill_in(self, page: httpx.Response, to: str, /, files: Any = None, **fields: Any) -> httpx.Response:
        filled = {**self.form(page, to), **fields}
        return self.post(filled.pop("_to"), data=filled, files=files)

    def sign_in(self, login: str, password: str = PASSWORD) -> httpx.Response:
        return self.fill("/en/sign-in", "/sign-in", login=login, password=password)


@contextmanager
def visiting(portal: object) -> Iterator[str]:
    with serving(portal) as address:
        yield address


def person(address: str, login: str | None = None) -> Person:
    one = Person(base_url=address, timeout=30)
    if login:
        assert one.sign_in(login).status_code == 303
    return one


def said(page: httpx.Response) -> str:
    return " ".join(trees.fromstring(page.text).xpath("//main")[0].text_content().split())


def finished(one: Person, sent: httpx.Response) -> httpx.Response:
    """The list of what was given, once all is read."""
    assert sent.status_code == 303, said(sent)
    for _ in range(300):
        page = one.get(sent.headers["location"])
        if "data-again" not in page.text:
            return page
        time.sleep(0.1)
    raise AssertionError(said(page))
