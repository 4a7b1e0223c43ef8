"""An answer on its way out: with the headers that keep it alone, and "not changed" where the visitor has it already."""

import hashlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]

HEADERS = {
    b"content-security-policy": b"default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; "
    b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
TLS_ONLY = (b"strict-transport-security", b"max-age=31536000")
"""For a year, browsers ask for this host by TLS only."""


class Answer:
    """Collects an answer and sends it. `keep` lets the visitor keep it; `alone` is one that nobody else may be shown."""

    def __init__(
        self, scope: MutableMapping[str, Any], send: Callable[[Message], Awaitable[None]], *, keep: bool, alone: bool, tls: bool
    ) -> None:
        self._scope = scope
        self._send = send
        self._keep = keep and scope["method"] != "POST"
        self._alone = alone
        self._tls = tls
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
        headers = [(name, value) for name, value in self._start["headers"] if name.lower() not in (*HEADERS, b"content-length")]
        headers += HEADERS.items()
        if self._tls:
            headers.append(TLS_ONLY)
        told = {name.lower() for name, _ in headers}
        alone = self._alone or b"set-cookie" in told
        if self._keep and status == 200:
            tag = b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
            headers.append((b"etag", tag))
            if b"cache-control" not in told:
                headers += [(b"cache-control", b"private, no-cache"), (b"vary", b"cookie")] if alone else [(b"cache-control", b"no-cache")]
            if tag in self._known_tags():
                status, body = 304, b""
                headers = [(name, value) for name, value in headers if name.lower() != b"content-type"]
        elif alone and b"cache-control" not in told:
            headers.append((b"cache-control", b"no-store"))
        if status != 304:
            headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**self._start, "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": b"" if self._scope["method"] == "HEAD" else body})

    def _known_tags(self) -> list[bytes]:
        asked = b",".join(value for name, value in self._scope["headers"] if name == b"if-none-match")
        return [tag.strip().removeprefix(b"W/") for tag in asked.split(b",")]
