"""What holds for every request, whatever answers it: which host, who asks and may they, how much, from a page of ours; headers that keep
an answer alone; and "not changed since" by the answer's hash.

It stands before the application. A reason to refuse is handed on as a word, which the application turns into a page or record.
(A page elsewhere may point its own name at 127.0.0.1; it then asks under a strange host.)
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast
from urllib.parse import urlsplit

from anyio import to_thread
from litestar import Request

from comity.errors import ComityError
from comity.portal.accounts.visitor import Visitor, Visitors
from comity.portal.answer import Answer
from comity.portal.anybody import Anybody
from comity.portal.limits import Limiting
from comity.portal.rights import is_open_when_private, rule_for
from comity.portal.settings import Settings
from comity.register.accounts import Role

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

LONGEST = 8000
"""Bytes of path and query together."""
FORM = 400_000
"""Bytes of a form without files."""
LOCAL = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?", re.IGNORECASE)
PORT = re.compile(r":\d+$")
HEAD = 64_000
"""Bytes of all headers together."""
HEARD = ("session", "often", "busy")
"""Refused for these reasons, what somebody wrote is read all the same, to be shown again."""
CONTROL = re.compile(r"[\x00-\x1f\x7f]")

REFUSED = "comity.refused"
"""The key of the scope under which a reason to refuse is handed to the application, which words it."""
VISITOR = "comity.visitor"
"""The key under which the application finds who asks."""
WAIT = "comity.wait"
FAULT = "comity.fault"


class Guard:
    """Wraps an application."""

    def __init__(self, app: App, settings: Settings, visitors: Visitors, limits: Limiting, anybody: Anybody) -> None:
        self._app = app
        self._anybody = anybody
        self._settings = settings
        self._visitors = visitors
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        inner: dict[str, Any] = {**scope, "method": "POST" if scope["method"] == "POST" else "GET"}
        inner[VISITOR] = Visitor(address=_address(scope))
        reason = self._strange(scope) or await self._unwelcome(inner)
        if reason is None or reason in HEARD:
            body, too_large = await self._body(inner, receive)
            receive = _replayed(body, receive)
            reason = "large" if too_large else reason
        answer = Answer(scope, send, keep=reason is None, alone=self._is_alone(inner), tls=self._settings.tls)
        if reason is None and self._anybody.takes(inner):
            await self._anybody.answer(inner, receive, answer.take)
        else:
            await self._app(_refused(inner, reason) if reason else inner, receive, answer.take)

    def _strange(self, scope: Scope) -> str | None:
        """Why a request is turned away whoever asks, as a word of the portal's words, or None."""
        host = _header(scope, b"host")
        if not LOCAL.fullmatch(host) and PORT.sub("", host).lower() not in self._settings.hosts:
            return "host"
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return "method"
        if len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"]) > LONGEST:
            return "long"
        if sum(len(name) + len(value) for name, value in scope["headers"]) > HEAD:
            return "head"
        if CONTROL.search(scope["path"]):
            return "signs"
        if scope["method"] == "POST" and not _header(scope, b"authorization") and _is_from_elsewhere(scope, host):
            return "origin"
        return None

    async def _unwelcome(self, scope: dict[str, Any]) -> str | None:
        """Why this visitor may not ask this, or None."""
        path, changes = scope["path"], scope["method"] == "POST"
        try:
            visitor = await self._who(scope)
        except ComityError as fault:
            scope[FAULT] = fault
            return "busy"
        scope[VISITOR] = visitor
        if wait := self._wait(visitor, path, changes=changes):
            scope[WAIT] = wait
            return "often"
        rule = rule_for(scope["method"], path)
        if rule is None:
            return "method"
        if rule.with_accounts and not self._settings.accounts:
            return "missing"
        role = rule.role or (Role.READER if self._settings.private and not is_open_when_private(path) else None)
        if changes and path.startswith("/api/") and visitor.token is None:
            return "session"  # a cookie could be used by another site's page, a token can't
        if visitor.may(role):
            return None
        return "session" if visitor.role is None else "role"

    async def _who(self, scope: dict[str, Any]) -> Visitor:
        """Who asks. Only where there are accounts and something was shown is the register looked into, which may take a while."""
        shows = self._settings.accounts and any(name in (b"authorization", b"cookie") for name, _ in scope["headers"])
        who, asked = self._visitors.who, (scope["headers"], _address(scope))
        return await to_thread.run_sync(who, *asked) if shows else who(*asked)

    def _wait(self, visitor: Visitor, path: str, *, changes: bool) -> int:
        """The seconds to wait, 0 where the visitor may ask now. Without accounts only this machine asks."""
        if not self._settings.accounts or path.startswith("/static/"):
            return 0
        steps = path.split("/")
        if changes and len(steps) > 2 and steps[2] in ("sign-in", "invitation"):
            return self._limits.wait(f"in {visitor.address}", self._settings.sign_in_rate)
        if visitor.token:
            return self._limits.wait(f"token {visitor.token.key}", self._settings.token_rate)
        return self._limits.wait(visitor.address, self._settings.rate)

    async def _body(self, scope: dict[str, Any], receive: Receive) -> tuple[bytes, bool]:
        """The whole body, or that it is too large; what is too large is read on for a while, so that the answer is heard."""
        if scope["method"] != "POST":
            return b"", False
        takes_files = rule_for("POST", scope["path"]) is not None and scope["path"].rstrip("/").endswith(("/upload", "/documents"))
        most = self._settings.largest * 2 + FORM if takes_files and scope[VISITOR].role else FORM
        parts, size, more = [], 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            part, more = message.get("body", b""), message.get("more_body", False)
            size += len(part)
            if size <= most:
                parts.append(part)
            elif size > most * 4:
                break
        return (b"", True) if size > most else (b"".join(parts), False)

    def _is_alone(self, scope: dict[str, Any]) -> bool:
        """Whether an answer is for this visitor only."""
        visitor: Visitor = scope[VISITOR]
        return bool(visitor.session or visitor.token or visitor.key or scope["method"] == "POST")


def scope_of(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """The scope of a request with what the guard wrote into it."""
    return cast("dict[str, Any]", request.scope)


def _refused(scope: dict[str, Any], reason: str) -> dict[str, Any]:
    path = f"/refused/{reason}"
    return {**scope, "path": path, "raw_path": path.encode(), REFUSED: scope["path"]}


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Hands a body that was read already on as one message."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again


def _is_from_elsewhere(scope: Scope, host: str) -> bool:
    """Whether another site's page sent the form, by what the browser says about it. A browser that says nothing is not trusted by that: the
    form must carry its proof all the same."""
    site = _header(scope, b"sec-fetch-site")
    if site:
        return site not in ("same-origin", "none")
    origin = _header(scope, b"origin")
    return bool(origin) and origin != "null" and urlsplit(origin).netloc.lower() != host.lower()


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""
