"""Answers what anybody may see: a page that was kept where nothing has changed since, else the application's, which is kept then.

The forms of such a page must each carry a proof that only its visitor could have (`secrets.proof_for`). So the application makes the page
for a stand-in that is nobody, and on its way out each visitor's own proof takes the place of the stand-in's: nothing of one visitor is
kept for another.
"""

from collections.abc import Awaitable, Callable, Hashable, MutableMapping
from typing import Any

from anyio import to_thread
from litestar.datastructures import Cookie
from msgspec.structs import replace

from comity.errors import ComityError
from comity.portal.accounts.secrets import new_key, proof_for
from comity.portal.accounts.visitor import NAME, Visitor
from comity.portal.addresses import OF_TODAY
from comity.portal.kept_pages import KeptPages
from comity.portal.rights import rule_for
from comity.portal.settings import Settings

Scope = dict[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]
Version = Callable[[], Hashable]


class Anybody:
    """Stands before the application for those whom nobody knows. `version` may take a while and gives None where nothing may be kept;
    `known_version` answers at once, None where it would take longer. `visitor` is the key of the scope for who asks."""

    def __init__(self, app: App, settings: Settings, pages: KeptPages, version: Version, known_version: Version, visitor: str) -> None:
        self._app = app
        self._settings = settings
        self._pages = pages
        self._version = version
        self._known_version = known_version
        self._visitor = visitor
        self._nobody = new_key()
        self._stand_in = proof_for(self._nobody).encode()

    def takes(self, scope: Scope) -> bool:
        """Whether what is asked for is the same for everybody who asks in this way: no person who signed in or gave a name, no program
        with a token, no place where work is done."""
        visitor: Visitor = scope[self._visitor]
        if scope["method"] != "GET" or visitor.session or visitor.token or any(NAME.encode() in one for one in _cookies(scope)):
            return False
        steps, rule = scope["path"].split("/"), rule_for("GET", scope["path"])
        return rule is not None and rule.role is None and not (len(steps) > 2 and steps[2] in OF_TODAY)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        version = self._known_version()
        if version is None:
            version = await self._looked_up()
        name = (_host(scope), scope["path"], scope["query_string"])
        if version is not None and (page := self._pages.find(name, version)):
            await self._send(scope[self._visitor], page.start, page.body, send)
            return
        visitor: Visitor = scope[self._visitor]
        start: Message = {}
        parts: list[bytes] = []

        async def take(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                parts.append(message.get("body", b""))

        await self._app({**scope, self._visitor: replace(visitor, key=self._nobody)}, receive, take)
        body = b"".join(parts)
        if version is not None and start:
            self._pages.keep(name, version, start, body)
        await self._send(visitor, start, body, send)

    async def _looked_up(self) -> Hashable:
        try:
            return await to_thread.run_sync(self._version)
        except ComityError:
            return None

    async def _send(self, visitor: Visitor, start: Message, body: bytes, send: Send) -> None:
        if self._stand_in in body:
            key = visitor.key or new_key()
            body = body.replace(self._stand_in, proof_for(key).encode())
            if visitor.key is None:
                start = {**start, "headers": [*start["headers"], key_cookie(self._settings, key).to_encoded_header()]}
        await send(start)
        await send({"type": "http.response.body", "body": body})


def key_cookie(settings: Settings, value: str | None, name: str | None = None) -> Cookie:
    """The cookie of a visitor's key, or another one as careful; None takes it away."""
    age = 0 if value is None else None
    return Cookie(key=name or settings.cookie, value=value or "", path="/", httponly=True, samesite="lax", secure=settings.tls, max_age=age)


def _cookies(scope: Scope) -> list[bytes]:
    return [value for key, value in scope["headers"] if key == b"cookie"]


def _host(scope: Scope) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == b"host"), "")
