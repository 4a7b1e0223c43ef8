"""A feed (RSS, Atom) or sitemap to its entries: an address each, with title and day where they are given."""

import email.utils
import io
import re
from typing import Any

import feedparser
import lxml.etree
import lxml.html
from msgspec import Struct

from comity.errors import BadInputError
from comity.intake.web.address import FetchError, joined
from comity.intervals import IsoDate, is_iso
from comity.settings import limit_of

ENTITIES = re.compile(rb"<!ENTITY|<!\x00E\x00N\x00T\x00I\x00T\x00Y|\x00<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y", re.IGNORECASE)
SITEMAP = re.compile(rb"<(?:\w+:)?(urlset|sitemapindex)\b")
HTML = re.compile(rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL)
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
FEED_TYPES = ("application/rss+xml", "application/atom+xml")
HEAD = 4096
FAULTS = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, OverflowError)
"""What feedparser is known to raise on broken feeds, though it means to raise nothing."""


class Entry(Struct, frozen=True, kw_only=True):
    """One page that is announced. `key` tells it from others, and one that changed from what it was; `html` is its text where the feed
    holds it and there is no page."""

    key: str
    address: str
    title: str | None = None
    published: IsoDate | None = None
    html: str = ""


class Feed(Struct, frozen=True, kw_only=True):
    """`maps` are the sitemaps that a sitemap index names, the newest first, each with the day of its last change."""

    title: str | None = None
    entries: tuple[Entry, ...] = ()
    maps: tuple[tuple[str, str], ...] = ()


def feed_of(content: bytes, address: str, content_type: str = "") -> Feed:
    """The feed or sitemap. Raises BadInputError where it is none, or may do harm."""
    if ENTITIES.search(content):
        raise BadInputError(f"{address}: declares entities of its own, as an XML bomb does, and is not read; name another feed.")
    root = SITEMAP.search(content[:HEAD])
    if root:
        return _sitemap(content, address, is_index=root.group(1) == b"sitemapindex")
    # From a stream: feedparser takes bytes for the name of a file, if there is one of that name.
    try:
        parsed = feedparser.parse(io.BytesIO(content), response_headers={"content-type": content_type, "content-location": address})
    except FAULTS as error:
        raise BadInputError(f"{address}: is broken and can't be read as a feed ({type(error).__name__}); try again later.") from error
    if not parsed.entries and not parsed.get("version"):
        raise BadInputError(_no_feed(content, address))
    most = limit_of("COMITY_FEED_ENTRIES")
    entries = (_entry(entry, address) for entry in parsed.entries[:most])
    return Feed(title=_words(parsed.feed.get("title")), entries=tuple(entry for entry in entries if entry.address or entry.html))


def _entry(entry: Any, base: str) -> Entry:
    address = _whole(base, str(entry.get("link") or ""))
    parts = [str(part.get("value") or "") for part in entry.get("content") or ()]
    html = max(parts, key=len, default="") or str(entry.get("summary") or "")
    return Entry(
        key=str(entry.get("id") or address or html[:200]),
        address=address,
        title=_words(entry.get("title")),
        published=_day(entry.get("published")),
        html="" if address else html,
    )


def _whole(base: str, address: str) -> str:
    """The whole address of one that may be given in part; nonsense stays, and is told when it is asked for."""
    try:
        return joined(base, address) if address.strip() else ""
    except FetchError:
        return address


def _day(said: str | None) -> IsoDate | None:
    """The day where the publisher is: the date as written, not turned to Greenwich."""
    text = (said or "").strip()
    if ISO_DAY.match(text):
        return text[:10] if is_iso(text[:10]) else None
    try:
        return email.utils.parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _sitemap(content: bytes, address: str, *, is_index: bool) -> Feed:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=True)
    try:
        root = lxml.etree.fromstring(content, parser)
        rows = [] if root is None else [_row(element) for element in root if isinstance(element.tag, str)]
    except (lxml.etree.LxmlError, ValueError) as error:  # UnicodeDecodeError: what was recovered is no text
        raise BadInputError(f"{address}: is no whole sitemap ({error}); try again later, or name a feed.") from error
    named = [row for row in rows if row.get("loc")]
    newest = sorted(named, key=lambda row: row.get("lastmod", ""), reverse=True)
    if is_index:
        return Feed(maps=tuple((_whole(address, row["loc"]), row.get("lastmod", "")) for row in newest[: limit_of("COMITY_FEED_MAPS")]))
    return Feed(
        entries=tuple(
            Entry(
                key=f"{row['loc']} {row.get('lastmod', '')}".strip(),
                address=_whole(address, row["loc"]),
                title=_words(row.get("title")),
                published=_day(row.get("publication_date")),
            )
            for row in newest[: limit_of("COMITY_FEED_ENTRIES")]
        )
    )


def _row(element: Any) -> dict[str, str]:
    """The words of the elements below, by their names without namespace; `news:title` is under `title`."""
    return {
        re.split("[}:]", below.tag)[-1]: (below.text or "").strip()
        for below in element.iterdescendants()
        if isinstance(below.tag, str) and (below.text or "").strip()
    }


def _no_feed(content: bytes, address: str) -> str:
    if not HTML.match(content[:HEAD]):
        return f"{address}: is no feed and no sitemap; give the address of one (RSS, Atom or sitemap.xml)."
    try:
        root = lxml.html.document_fromstring(content)
        root.make_links_absolute(address)
        feeds = [link.get("href") for link in root.iter("link") if link.get("type") in FEED_TYPES and link.get("href")]
    except (lxml.etree.LxmlError, ValueError):
        feeds = []
    named = f"its feeds are {', '.join(feeds[:5])}" if feeds else "it names no feed; look for RSS on it, or try its /sitemap.xml"
    return f"{address}: is a web page, not a feed; {named}."


def _words(text: str | None) -> str | None:
    return " ".join(re.sub(r"<[^<>]*>", " ", text or "").split()) or None
