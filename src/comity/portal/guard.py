"""What holds for every answer, whatever made it: who may ask, headers that keep a page alone, and "not changed since" by the answer's hash.

It stands before the application: addresses that are too long, other methods than GET and HEAD, and other hosts than this machine are
turned away before anything is read. (A page elsewhere may point its own name at 127.0.0.1; it then asks under a strange host.)
"""

import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

LONGEST = 8000
"""Bytes of path and query together."""
LOCAL = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")

HEADERS = {
    b"content-security-policy": b"default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; "
    b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
REFUSED = "comity.refused"
"""The key of the scope under which a reason to refuse is handed to the application, which words it."""


class Guard:
    """Wraps an application."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = _refused(scope)
        answer = _Answer(scope, send, keep=refused is None)
        inner = {**scope, "method": "GET"}
        if refused:
            inner |= {
                "path": f"/refused/{refused}",
                "raw_path": f"/refused/{refused}".encode(),
                "query_string": b"",
                REFUSED: scope["path"],
            }
        await self._app(inner, receive, answer.take)


def _refused(scope: Scope) -> str | None:
    """Why a request is turned away, as a word of the portal's words, or None."""
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    if not LOCAL.fullmatch(host):
        return "host"
    if scope["method"] not in ("GET", "HEAD"):
        return "method"
    if len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"]) > LONGEST:
        return "long"
    if CONTROL.search(scope["path"]):
        return "signs"
    return None


class _Answer:
    """Collects an answer and sends it with its headers, or "not changed" where the visitor has it already."""

    def __init__(self, scope: Scope, send: Send, *, keep: bool) -> None:
        self._scope = scope
        self._send = send
        self._keep = keep
        self._start: Message = {}
        self._body: list[bytes] = []

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body.append(message.get("body", b""))
        if not message.get("more_body"):
            await self._finish(b"".join(self._body))

    async def _finish(self, body: bytes) -> None:
        status = self._start["status"]
        headers = [
            (name, value) for name, value in self._start["headers"] if name.lower() not in HEADERS and name.lower() != b"content-length"
        ]
        headers += HEADERS.items()
        if self._keep and status == 200:
            tag = b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
            headers.append((b"etag", tag))
            if not any(name.lower() == b"cache-control" for name, _ in headers):
                headers.append((b"cache-control", b"no-cache"))
            if tag in self._known_tags():
                status, body = 304, b""
                headers = [(name, value) for name, value in headers if name.lower() != b"content-type"]
        if status != 304:
            headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**self._start, "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": b"" if self._scope["method"] == "HEAD" else body})

    def _known_tags(self) -> list[bytes]:
        asked = b",".join(value for name, value in self._scope["headers"] if name == b"if-none-match")
        return [tag.strip().removeprefix(b"W/") for tag in asked.split(b",")]
