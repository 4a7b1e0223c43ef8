"""Fetching pages: from a real server on this machine, which a setting allows; what is refused, and that every fault is one sentence."""

import gzip
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from comity.errors import BadInputError
from comity.intake.known import Given
from comity.intake.web import FetchError, Hosts, fetch_page
from comity.intake.web.address import target_of
from comity.intake.web.fetch import fetch
from comity.intake.web.page import document_of_answer
from local_server import LocalServer, serving

PARAGRAPH = (
    "<p>The two Secretariats reviewed the plan of action in round {} and agreed to report on disaster management and public health.</p>"
)
PAGE = (
    "<html><head><title>Secretariats meet</title><link rel=canonical href='/meet'></head><body><h1>Secretariats meet</h1>{}</body></html>"
)
ARTICLE = PAGE.format("".join(PARAGRAPH.format(number) for number in range(6)))


@pytest.fixture(scope="module")
def running() -> Iterator[LocalServer]:
    with serving() as server:
        yield server


@pytest.fixture
def server(running: LocalServer, monkeypatch: pytest.MonkeyPatch) -> LocalServer:
    running.pages.clear()
    running.asked.clear()
    monkeypatch.setenv("COMITY_LOCAL_HOSTS", running.host)
    monkeypatch.setenv("COMITY_WEB_SECONDS", "2")
    monkeypatch.setenv("COMITY_WEB_MB", "1")
    return running


def test_a_page_is_a_document_with_its_address(server: LocalServer) -> None:
    page = ARTICLE.replace("href='/meet'", f"href='{server.address}/meet'")
    document = fetch_page(server.put("/meet?utm_source=x", page))
    assert "in round 5" in document.text
    assert (document.title, document.source, document.shifts) == ("Secretariats meet", f"{server.address}/meet", None)
    assert document.name == f"{server.address}/meet?utm_source=x"


def test_text_and_packed_pages(server: LocalServer) -> None:
    text = fetch_page(server.put("/2019-05-12-note", "The two sides met in Jakarta.", kind="text/plain"))
    assert (text.text, text.published) == ("The two sides met in Jakarta.", "2019-05-12")
    packed = server.put("/packed", gzip.compress(ARTICLE.encode()), headers={"Content-Encoding": "gzip"})
    assert "in round 5" in fetch_page(packed).text


def test_another_encoding_named_by_the_server(server: LocalServer) -> None:
    words = "Hai bên nhất trí tăng cường hợp tác tại Hà Nội."
    address = server.put("/vn", words.encode("utf-16"), kind="text/plain; charset=utf-16")
    assert fetch_page(address).text == words


def test_redirects_are_followed_and_the_last_address_counts(server: LocalServer) -> None:
    server.put("/meet", ARTICLE)
    address = server.put("/old", status=301, headers={"Location": "/older"})
    server.put("/older", status=302, headers={"Location": f"{server.address}/meet"})
    assert fetch_page(address).name == f"{server.address}/meet"


def test_a_page_may_not_pass_itself_off_as_anothers(server: LocalServer) -> None:
    page = ARTICLE.replace("href='/meet'", "href='https://un.example/meet'")
    address = server.put("/false", page)
    assert fetch_page(address).source == address


@pytest.mark.parametrize(
    "location",
    [
        "http://localhost:{port}/secret",
        "http://127.0.0.1:22/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0:{port}/secret",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://192.168.1.1/",
        "http://[fe80::1]/",
        "http://224.0.0.1/",
    ],
)
def test_a_redirect_into_the_local_network_is_refused(server: LocalServer, location: str) -> None:
    server.put("/secret", ARTICLE)
    address = server.put("/old", status=302, headers={"Location": location.format(port=server.host.split(":")[1])})
    with pytest.raises(FetchError, match=r"address of the local network|there is no host"):
        fetch_page(address)
    assert server.asked == ["/old"]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("file:///etc/passwd", "no address of a page"),
        ("ftp://example.org/a", "no address of a page"),
        ("gopher://example.org/", "no address of a page"),
        ("https://", "no address of a page"),
        ("un.org/news", "no address of a page"),
        ("http://user:secret@example.org/", "holds a user name"),
        ("http://exa mple.org/", "no address of a page"),
        ("http://[::1", "no address of a page"),
        ("http://example.org:99999/", "no address of a page"),
        ("http://no-such-host.invalid/", "there is no host"),
        ("http://127.0.0.1/", "address of the local network"),
    ],
)
def test_addresses_that_are_none(address: str, says: str) -> None:
    with pytest.raises(FetchError, match=says) as caught:
        fetch_page(address)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_name_is_looked_up_once_and_the_connection_goes_there(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that points to a public address when it is checked and to a local one a moment later (DNS rebinding)."""
    port = int(server.host.split(":")[1])
    answers = iter(["93.184.215.14", "127.0.0.1"])

    def resolve(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert target_of(f"http://rebinding.example:{port}/", Hosts()).ips == ("93.184.215.14",)
    with pytest.raises(FetchError, match="local network"):
        target_of(f"http://rebinding.example:{port}/", Hosts())


def test_only_hosts_that_are_allowed(server: LocalServer) -> None:
    address = server.put("/meet", ARTICLE)
    local = (server.host,)
    assert fetch_page(address, hosts=Hosts(("127.0.0.1",), local))
    with pytest.raises(FetchError, match="none of the hosts that may be asked"):
        fetch_page(address, hosts=Hosts(("un.org",), local))
    assert Hosts(("un.org",)).allows("news.un.org")
    assert not Hosts(("un.org",)).allows("notun.org")


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b"<p>The two sides met.</p>" * 4000)


def dripping(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(60):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.2)


def dripping_head(request: BaseHTTPRequestHandler) -> None:
    for _ in range(60):
        request.wfile.write(b"H")
        request.wfile.flush()
        time.sleep(0.2)


def cut(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"<p>The two")


def nonsense(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"\x00\x01\x02 no HTTP at all\r\n\r\n")


@pytest.mark.parametrize(
    ("handler", "says"),
    [
        (endless, "larger than the limit of 1 MB"),
        (dripping, "took longer than 1 seconds"),
        (dripping_head, "took longer than 1 seconds"),
        (cut, "can't be fetched"),
        (nonsense, "can't be fetched"),
    ],
)
def test_servers_that_mean_no_good(server: LocalServer, monkeypatch: pytest.MonkeyPatch, handler: object, says: str) -> None:
    monkeypatch.setenv("COMITY_WEB_SECONDS", "1")
    address = server.put("/page", handler=handler)
    started = time.monotonic()
    with pytest.raises(FetchError, match=says) as caught:
        fetch_page(address)
    assert time.monotonic() - started < 3
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"status": 404}, r"answered 404 \(Not Found\)"),
        ({"status": 500}, "answered 500"),
        ({"status": 302, "headers": {"Location": "/page"}}, "redirects more than 5 times"),
        ({"body": b"x" * 1_000_001}, "larger than the limit"),
        ({"body": gzip.compress(b"x" * 50_000_000), "headers": {"Content-Encoding": "gzip"}}, "larger than the limit"),
        ({"body": gzip.compress(b"x" * 5_000)[:-20], "headers": {"Content-Encoding": "gzip"}}, "can't be fetched"),
        ({"body": b"no gzip", "headers": {"Content-Encoding": "gzip"}}, "can't be unpacked"),
        ({"body": b"x", "headers": {"Content-Encoding": "br"}}, "isn't read"),
        ({"body": b"PK\x03\x04x", "kind": "application/zip"}, "may hold several documents"),
        ({"body": b"", "kind": "text/plain"}, "is empty"),
    ],
)
def test_answers_that_are_no_page(server: LocalServer, fields: dict, says: str) -> None:
    address = server.put("/page", **fields)
    with pytest.raises(BadInputError, match=says) as caught:
        fetch_page(address)
    assert str(caught.value).startswith(server.address)


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(FetchError, match="can't be fetched"):
        fetch_page(f"http://{address}/", hosts=Hosts((), (address,)))


def test_what_the_server_remembers_of_us(server: LocalServer) -> None:
    heard: dict[str, str] = {}

    def listen(request: BaseHTTPRequestHandler) -> None:
        heard.update(request.headers.items())
        request.send_response(200)
        request.send_header("Content-Length", "0")
        request.end_headers()

    fetch(server.put("/page", handler=listen), Hosts((), (server.host,)))
    assert heard["User-Agent"].startswith("Comity/")
    assert "Cookie" not in heard
    assert heard["Host"] == server.host


def test_an_answer_without_a_name_is_told_by_its_bytes(server: LocalServer) -> None:
    answer = fetch(server.put("/get?id=3", ARTICLE, kind="application/octet-stream"), Hosts((), (server.host,)))
    assert document_of_answer(answer, given=Given()).title == "Secretariats meet"
