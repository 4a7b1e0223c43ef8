"""Feeds and sitemaps, round after round, from a real server on this machine."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.errors import BadInputError
from comity.intake import Unreadable
from comity.intake.web.address import Hosts
from comity.intake.web.feed import feed_of
from comity.intake.web.states import States
from comity.intake.web.watch import Remark, Watcher, widened
from comity.records import DateSource, Document
from local_server import LocalServer, endless, serving

PARAGRAPH = "<p>The two Secretariats reviewed the plan of action in round {} and agreed to report on health and disasters, item {}.</p>"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Gazette</title><link>{0}</link>{1}</channel></rss>"""
ITEM = "<item><title>Round {1}</title><link>{0}/round-{1}</link><guid>{1}</guid><pubDate>Fri, 31 Jan 2020 01:30:00 +0700</pubDate></item>"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title><entry><id>1</id><title>Round 1</title>
<link href="round-1"/><published>2020-01-31T23:30:00-05:00</published></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{0}/round-1</loc><lastmod>2020-02-01</lastmod><news:news><news:publication_date>2020-01-31</news:publication_date>
<news:title>Round 1</news:title></news:news></url><url><loc>{0}/round-2</loc><lastmod>2020-03-01</lastmod></url></urlset>"""


@pytest.fixture(scope="module")
def running() -> Iterator[LocalServer]:
    with serving() as server:
        yield server


@pytest.fixture
def server(running: LocalServer, monkeypatch: pytest.MonkeyPatch) -> LocalServer:
    running.pages.clear()
    running.asked.clear()
    monkeypatch.setenv("COMITY_WEB_SECONDS", "2")
    for number in range(1, 6):
        put_page(running, number)
    return running


def put_page(server: LocalServer, number: int, **fields: object) -> None:
    body = "".join(PARAGRAPH.format(number, item) for item in range(5))
    server.put(f"/round-{number}", f"<html><head><title>Round {number} was held</title></head><body>{body}</body></html>", **fields)


def put_feed(server: LocalServer, *numbers: int, **fields: object) -> str:
    items = "".join(ITEM.format(server.address, number) for number in numbers)
    return server.put("/feed.xml", RSS.format(server.address, items), kind="application/rss+xml", **fields)


class Desk:
    """A watcher whose time is what the test says; each watcher made is a new run of the program."""

    def __init__(self, server: LocalServer, folder: Path) -> None:
        self.now = 1_600_000_000.0
        self.slept: list[float] = []
        self._folder = folder
        self._hosts = widened(Hosts((), (server.host,)), [server.address])

    def look(self, feed: str) -> list[Document | Unreadable | Remark]:
        return list(self.watcher().round(feed))

    def watcher(self) -> Watcher:
        return Watcher(States(self._folder, "register"), self._hosts, clock=lambda: self.now, sleep=self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def desk(server: LocalServer, tmp_path: Path) -> Desk:
    return Desk(server, tmp_path)


def names(found: list[Document | Unreadable | Remark]) -> list[str]:
    return [one.name.rsplit("/", 1)[-1] if isinstance(one, Document) else type(one).__name__ for one in found]


def test_what_is_new_becomes_documents_with_what_the_feed_says(server: LocalServer, desk: Desk) -> None:
    found = desk.look(put_feed(server, 2, 1))
    assert names(found) == ["round-2", "round-1"]
    document = found[0]
    assert isinstance(document, Document)
    assert (document.published, document.published_from) == ("2020-01-31", DateSource.FEED)
    assert (document.publisher, document.source) == ("Harbour Gazette", f"{server.address}/round-2")
    assert "round 2" in document.text


def test_the_next_run_asks_only_for_what_is_new(server: LocalServer, desk: Desk) -> None:
    feed = put_feed(server, 1, 2, etag='"a"')
    desk.look(feed)
    server.asked.clear()
    assert desk.look(feed) == []
    assert server.asked == ["/robots.txt", "/feed.xml"]
    put_feed(server, 1, 2, 3, etag='"b"')
    assert names(desk.look(feed)) == ["round-3"]


def test_a_stop_between_two_pages_loses_nothing(server: LocalServer, desk: Desk) -> None:
    feed = put_feed(server, 1, 2, 3, etag='"a"')
    stopped = desk.watcher().round(feed)
    assert names([next(stopped), next(stopped)]) == ["round-1", "round-2"]
    stopped.close()  # the second was handed out; whether it was kept, nobody knows
    assert names(desk.look(feed)) == ["round-2", "round-3"]


def test_atom_and_the_day_where_the_publisher_is(server: LocalServer, desk: Desk) -> None:
    [document] = desk.look(server.put("/atom.xml", ATOM, kind="application/atom+xml"))
    assert isinstance(document, Document)
    assert (document.published, document.title) == ("2020-01-31", "Round 1 was held")


def test_an_entry_without_a_page_is_read_from_the_feed(server: LocalServer, desk: Desk) -> None:
    text = "".join(PARAGRAPH.format(9, item) for item in range(3)).replace("<", "&lt;")
    item = f"<item><title>Only here</title><guid isPermaLink='false'>x</guid><description>{text}</description></item>"
    [document] = desk.look(server.put("/feed.xml", RSS.format(server.address, item)))
    assert isinstance(document, Document)
    assert "in round 9" in document.text
    assert document.title == "Only here"


def test_sitemaps_and_their_index_newest_first(server: LocalServer, desk: Desk) -> None:
    server.put("/pages.xml", SITEMAP.format(server.address), kind="application/xml")
    index = f"<sitemapindex><sitemap><loc>{server.address}/pages.xml</loc><lastmod>2020-03-01</lastmod></sitemap></sitemapindex>"
    address = server.put("/sitemap.xml", index, kind="application/xml")
    found = desk.look(address)
    assert names(found) == ["round-2", "round-1"]
    assert [one.published_from for one in found if isinstance(one, Document)] == [None, DateSource.FEED]
    server.asked.clear()
    assert desk.look(address) == []
    assert "/pages.xml" not in server.asked


def test_robots_txt_is_held_to(server: LocalServer, desk: Desk) -> None:
    server.put("/robots.txt", "User-agent: *\nDisallow: /*-2$\nCrawl-delay: 7\n", kind="text/plain")
    found = desk.look(put_feed(server, 1, 2, 3))
    assert names(found) == ["round-1", "round-3", "Remark"]
    assert "/round-2" not in server.asked
    assert max(desk.slept) == pytest.approx(7)
    server.put("/robots.txt", "User-agent: comity\nDisallow: /\n", kind="text/plain")
    [refused] = desk.look(put_feed(server, 1))
    assert isinstance(refused, Unreadable)
    assert "robots.txt does not let programs fetch it" in refused.sentence


def test_a_host_whose_robots_txt_cant_be_had_is_left_alone(server: LocalServer, desk: Desk) -> None:
    server.put("/robots.txt", status=503)
    [fault] = desk.look(put_feed(server, 1))
    assert isinstance(fault, Unreadable)
    assert "robots.txt" in fault.sentence
    assert "answered 503" in fault.sentence
    assert server.asked == ["/robots.txt"]


def test_pages_of_one_host_are_asked_for_slowly(server: LocalServer, desk: Desk) -> None:
    desk.look(put_feed(server, 1, 2, 3))
    assert len(desk.slept) == 3
    assert sum(desk.slept) == pytest.approx(3)


def test_other_hosts_are_named_and_not_asked(server: LocalServer, desk: Desk) -> None:
    item = "<item><link>http://tracker.example/1</link></item><item><link>http://tracker.example/2</link></item>"
    [remark] = desk.look(server.put("/feed.xml", RSS.format(server.address, item)))
    assert isinstance(remark, Remark)
    assert "2 pages lie on tracker.example" in remark.sentence
    assert "--allow tracker.example" in remark.sentence


def test_after_errors_a_feed_is_asked_less_and_less(server: LocalServer, desk: Desk) -> None:
    feed = server.put("/feed.xml", status=500)
    waits = []
    for _ in range(9):
        [fault] = desk.look(feed)
        assert isinstance(fault, Unreadable)
        assert isinstance(desk.look(feed)[0], Remark)
        started = desk.now
        while isinstance(desk.look(feed)[0], Remark):
            desk.now += 450
        waits.append(desk.now - started)
        desk.now += 2 * 86_400
    assert waits == sorted(waits)
    assert waits[0] < waits[3]
    assert waits[-1] <= 86_400 + 450
    put_feed(server, 1)
    assert names(desk.look(feed)) == ["round-1"]


def test_a_server_that_says_when_to_come_again(server: LocalServer, desk: Desk) -> None:
    feed = server.put("/feed.xml", status=429, headers={"Retry-After": "7200"})
    desk.look(feed)
    desk.now += 7_000
    assert isinstance(desk.look(feed)[0], Remark)
    desk.now += 300
    put_feed(server, 1)
    assert names(desk.look(feed)) == ["round-1"]


def test_a_clock_that_went_back_does_not_close_a_feed_for_years(server: LocalServer, desk: Desk) -> None:
    feed = server.put("/feed.xml", status=500)
    desk.look(feed)
    desk.now -= 3 * 365 * 86_400
    put_feed(server, 1)
    assert names(desk.look(feed)) == ["round-1"]


def test_a_page_that_fails_is_tried_in_three_rounds(server: LocalServer, desk: Desk) -> None:
    feed = put_feed(server, 1, 2, etag='"a"')
    server.put("/round-2", status=500)
    assert [names(desk.look(feed)) for _ in range(4)] == [["round-1", "Unreadable"], ["Unreadable"], ["Unreadable"], []]


def test_a_page_that_comes_later(server: LocalServer, desk: Desk) -> None:
    feed = put_feed(server, 1, 2, etag='"a"')
    server.put("/round-2", status=500)
    desk.look(feed)
    put_page(server, 2)
    assert names(desk.look(feed)) == ["round-2"]


def test_a_busy_server_is_not_asked_on(server: LocalServer, desk: Desk) -> None:
    feed = put_feed(server, 1, 2, 3, etag='"a"')
    server.put("/round-2", status=503, headers={"Retry-After": "3600"})
    assert names(desk.look(feed)) == ["round-1", "Unreadable", "Remark"]
    assert "/round-3" not in server.asked
    desk.now += 3_500
    assert names(desk.look(feed)) == ["Remark"]
    desk.now += 200
    put_page(server, 2)
    assert names(desk.look(feed)) == ["round-2", "round-3"]


def test_a_server_in_trouble_is_left_alone(server: LocalServer, desk: Desk) -> None:
    feed = put_feed(server, *range(10, 30))
    assert names(desk.look(feed)) == ["Unreadable"] * 5 + ["Remark"]
    assert names(desk.look(feed)) == ["Remark"]


def test_addresses_that_mean_nothing_cost_no_other(server: LocalServer, desk: Desk) -> None:
    items = "<item><link>http://[bad</link></item><item><link>javascript:alert(1)</link></item>" + ITEM.format(server.address, 1)
    server.put("/feed.xml", RSS.format(server.address, items))
    assert names(desk.look(f"{server.address}/feed.xml"))[-1] == "round-1"
    server.put("/round-2", status=302, headers={"Location": "http://[bad"})
    assert names(desk.look(put_feed(server, 2, 3))) == ["Unreadable", "round-3"]


def test_a_part_of_a_sitemap_that_failed_is_asked_for_again(server: LocalServer, desk: Desk) -> None:
    index = f"<sitemapindex><sitemap><loc>{server.address}/pages.xml</loc><lastmod>2020-03-01</lastmod></sitemap></sitemapindex>"
    address = server.put("/sitemap.xml", index, kind="application/xml")
    assert names(desk.look(address)) == ["Unreadable"]
    desk.now += 1_000
    server.put("/pages.xml", SITEMAP.format(server.address), kind="application/xml")
    assert names(desk.look(address)) == ["round-2", "round-1"]


def test_many_pages_are_spread_over_rounds(server: LocalServer, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_FEED_PAGES", "2")
    feed = put_feed(server, 1, 2, 3, 4, 5, etag='"a"')
    rounds = [desk.look(feed) for _ in range(4)]
    assert [names(one) for one in rounds] == [["round-1", "round-2", "Remark"], ["round-3", "round-4", "Remark"], ["round-5"], []]
    assert isinstance(rounds[0][2], Remark)
    assert "3 more wait for the next round" in rounds[0][2].sentence


def test_a_feed_that_moved_for_good_says_so(server: LocalServer, desk: Desk) -> None:
    put_feed(server, 1)
    old = server.put("/old.xml", status=301, headers={"Location": "/feed.xml"})
    found = desk.look(old)
    assert names(found) == ["Remark", "round-1"]
    assert isinstance(found[0], Remark)
    assert f"has moved to {server.address}/feed.xml" in found[0].sentence


def test_a_feed_that_leads_into_the_local_network(server: LocalServer, desk: Desk) -> None:
    item = "<item><link>http://127.0.0.1:22/</link></item><item><link>http://localhost/</link></item>"
    found = desk.look(server.put("/feed.xml", RSS.format(server.address, item)))
    assert all("127.0.0.1:22/: leads to" in one.sentence or "localhost" in one.sentence for one in found if not isinstance(one, Document))
    assert names(found) == ["Unreadable", "Remark"]


def test_a_feed_that_never_ends(server: LocalServer, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_WEB_MB", "1")
    started = time.monotonic()
    [fault] = desk.look(server.put("/feed.xml", handler=endless))
    assert isinstance(fault, Unreadable)
    assert "larger than the limit of 1 MB" in fault.sentence
    assert time.monotonic() - started < 3


def test_a_feed_with_no_end_of_entries_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_FEED_ENTRIES", "10")
    items = "".join(ITEM.format("http://a.example", number) for number in range(50))
    assert len(feed_of(RSS.format("http://a.example", items).encode(), "http://a.example/feed").entries) == 10


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    + "<rss><channel><title>&b;</title></channel></rss>"
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (BOMB.encode(), "declares entities"),
        (BOMB.encode("utf-16"), "declares entities"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><urlset><url><loc>&e;</loc></url></urlset>', "declares entities"),
        (b"", "is no feed"),
        (b"The two sides met.", "is no feed"),
        (b"/etc/hostname", "is no feed"),
        (b"<html><head></head><body>News</body></html>", "it names no feed"),
        (b"<html><head><link rel=alternate type='application/rss+xml' href='/rss'></head></html>", "its feeds are http://a.example/rss"),
        (b"\x00\xff\x00", "is no feed"),
        (b"<rss><channel><title>&#55296;</title><item>", "is broken and can't be read as a feed"),
    ],
)
def test_what_is_no_feed(content: bytes, says: str) -> None:
    with pytest.raises(BadInputError, match=says) as caught:
        feed_of(content, "http://a.example/feed")
    assert "\n" not in str(caught.value)


def test_a_state_that_was_damaged_is_begun_anew(server: LocalServer, desk: Desk, tmp_path: Path) -> None:
    feed = put_feed(server, 1)
    desk.look(feed)
    for file in tmp_path.glob("*.json"):
        file.write_bytes(b"{half")
    assert names(desk.look(feed)) == ["round-1"]
