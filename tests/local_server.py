"""A web server on this machine with the pages a test gives it; it remembers what was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Handler = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Page:
    """`etag` makes it answer "not modified" to whoever has it; `handler` writes the whole answer by itself."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    handler: Handler | None = None


class LocalServer:
    """Its `pages` may be changed at any time."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.address = f"http://{self.host}"
        self.pages: dict[str, Page] = {}
        self.asked: list[str] = []

    def put(self, path: str, body: str | bytes = b"", *, kind: str = "text/html; charset=utf-8", **fields: object) -> str:
        """Serves a page; gives its address."""
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(body=content, headers={"Content-Type": kind, **fields.pop("headers", {})}, **fields)  # type: ignore[arg-type, dict-item]
        return self.address + path

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        page = self.pages.get(request.path, Page(status=404))
        if page.handler:
            page.handler(request)
            return
        known = page.etag and request.headers.get("If-None-Match") == page.etag
        request.send_response(304 if known else page.status)
        for name, value in page.headers.items():
            request.send_header(name, value)
        if page.etag:
            request.send_header("ETag", page.etag)
        request.send_header("Content-Length", "0" if known else str(len(page.body)))
        request.end_headers()
        if not known:
            request.wfile.write(page.body)


def endless(request: BaseHTTPRequestHandler) -> None:
    """A handler of a feed that never ends."""
    request.send_response(200)
    request.send_header("Content-Type", "application/rss+xml")
    request.end_headers()
    request.wfile.write(b"<rss version='2.0'><channel><title>Endless</title>")
    while True:
        request.wfile.write(b"<item><link>http://127.0.0.1/1</link><title>again and again</title></item>" * 100)


@contextmanager
def serving() -> Iterator[LocalServer]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                local.answer(self)
            except OSError:
                self.close_connection = True  # whoever asked has gone

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    local = LocalServer(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield local
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
