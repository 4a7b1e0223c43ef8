"""One page by HTTP: GET, redirects followed with every hop checked, never more than the limits of size and time, no cookies, no proxy.

The connection goes to the very machine that was checked; the certificate is held against the name.
"""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from importlib.metadata import version

from msgspec import Struct

from comity.intake.web.address import FetchError, Hosts, Target, joined, target_of
from comity.settings import limit_of

REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
UNPACKED = ("gzip", "x-gzip", "deflate")
PIECE = 1 << 16
BUSY = (429, 503)
SOME_WAIT, LONGEST_WAIT = 900.0, 7 * 86_400.0
FAULTS = (OSError, http.client.HTTPException, ValueError)
"""What a connection is known to raise: names, sockets, TLS, and answers that are no HTTP."""


class Answer(Struct, frozen=True, kw_only=True):
    """What came back: `address` is where it came from in the end, `moved` the new address where the old one is given up for good."""

    address: str
    status: int
    headers: dict[str, str]
    content: bytes = b""
    moved: str | None = None


def fetch(address: str, hosts: Hosts, headers: Mapping[str, str] | None = None) -> Answer:
    """The answer, whatever its status. Raises FetchError where there is none, or it may not be asked for, is too large or too slow."""
    deadline = time.monotonic() + limit_of("COMITY_WEB_SECONDS")
    most = limit_of("COMITY_WEB_REDIRECTS")
    at, for_good = address, True
    for _ in range(most + 1):
        target = target_of(at, hosts)
        answer = _asked(target, headers or {}, deadline)
        onward = answer.headers.get("location") if answer.status in REDIRECTS else None
        if not onward:
            moved = at if for_good and at != address else None
            return Answer(address=at, status=answer.status, headers=answer.headers, content=answer.content, moved=moved)
        for_good = for_good and answer.status in PERMANENT
        at = joined(at, onward)
    raise FetchError(f"{address}: redirects more than {most} times; give the address it should lead to.")


def fetched(address: str, hosts: Hosts) -> Answer:
    """The answer, if it is a page. Raises FetchError."""
    answer = fetch(address, hosts)
    if answer.status != http.client.OK:
        raise FetchError(f"{address}: {said(answer.status)}; check the address in a browser.", retry_after=retry_after(answer))
    return answer


def retry_after(answer: Answer) -> float:
    """The seconds for which a server that is busy asks to be left alone; 0 where it does not."""
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return min(float(asked[:9]), LONGEST_WAIT)
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return min(max(0.0, parsedate_to_datetime(asked).timestamp() - time.time()), LONGEST_WAIT)
    return SOME_WAIT if answer.status in BUSY else 0.0


def said(status: int) -> str:
    """What an answer without a page means."""
    return f"the server answered {status} ({http.client.responses.get(status, 'unknown')})"


def _asked(target: Target, headers: Mapping[str, str], deadline: float) -> Answer:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(_too_slow(target))
    connection = _Pinned(target, left)
    try:
        connection.request("GET", target.path, headers={**_own_headers(), **headers})
        response = connection.getresponse()
        content = _body(response, target) if response.status == http.client.OK else b""
    except FAULTS as error:
        if time.monotonic() >= deadline - 0.05 or isinstance(error, TimeoutError):
            raise FetchError(_too_slow(target)) from error
        raise FetchError(f"{target.address}: can't be fetched ({_reason(error)}); check the address, and try again later.") from error
    finally:
        connection.end()
    if time.monotonic() > deadline:
        raise FetchError(_too_slow(target))
    return Answer(
        address=target.address,
        status=response.status,
        headers={name.lower(): value for name, value in response.getheaders()},
        content=content,
    )


def _body(response: http.client.HTTPResponse, target: Target) -> bytes:
    """The body, unpacked, up to the limit."""
    limit = limit_of("COMITY_WEB_MB") * 1_000_000
    encoding = response.getheader("Content-Encoding", "").strip().lower()
    if encoding and encoding != "identity" and encoding not in UNPACKED:
        raise FetchError(f"{target.address}: is packed in a way that isn't read ({encoding}); save the page and give the file.")
    unpacker = zlib.decompressobj(47) if encoding in UNPACKED else None
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(PIECE):
        try:
            unpacked = unpacker.decompress(piece, limit + 1 - size) if unpacker else piece
        except zlib.error as error:
            raise FetchError(f"{target.address}: is broken and can't be unpacked ({error}); try again later.") from error
        size += len(unpacked)
        if size > limit:
            raise FetchError(
                f"{target.address}: is larger than the limit of {limit // 1_000_000} MB; save it and give the file, or raise COMITY_WEB_MB."
            )
        pieces.append(unpacked)
    if response.length or (unpacker and pieces and not unpacker.eof):  # the connection ended before all that was promised had come
        raise http.client.IncompleteRead(b"", response.length or None)
    return b"".join(pieces)


class _Pinned(http.client.HTTPConnection):
    """Connects to the machine that was checked, whatever its name means by now, and ends at its time: a server that sends a byte now and
    then would never let the socket's own time limit pass."""

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self._target = target
        self.default_port = 443 if target.is_secure else 80
        self._seconds = seconds
        self._raw: socket.socket | None = None
        self._alarm: threading.Timer | None = None

    def connect(self) -> None:
        self.sock = self._connected()
        self._raw = self.sock.dup()
        self._alarm = threading.Timer(self._seconds, _end, (self._raw,))
        self._alarm.daemon = True
        self._alarm.start()
        if self._target.is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._target.host)

    def end(self) -> None:
        """Closes it and stops the clock. (`close` is called by the library itself as soon as the head of the answer has come.)"""
        self.close()
        if self._alarm is not None and self._raw is not None:
            self._alarm.cancel()
            self._raw.close()

    def _connected(self) -> socket.socket:
        faults: list[OSError] = []
        for ip in self._target.ips:
            try:
                return socket.create_connection((ip, self._target.port), self.timeout)
            except OSError as error:
                faults.append(error)
        raise faults[0] if faults else OSError("no address")


def _end(raw: socket.socket) -> None:
    with suppress(OSError):  # it ended by itself
        raw.shutdown(socket.SHUT_RDWR)


def _own_headers() -> dict[str, str]:
    return {
        "User-Agent": f"Comity/{version('comity')}",
        "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _too_slow(target: Target) -> str:
    seconds = limit_of("COMITY_WEB_SECONDS")
    return f"{target.address}: took longer than {seconds} seconds; try again later, or raise the limit with COMITY_WEB_SECONDS."


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    return " ".join(str(getattr(error, "strerror", None) or error).split())[:200] or type(error).__name__
