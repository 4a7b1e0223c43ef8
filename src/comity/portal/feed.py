"""An Atom feed (RFC 4287) of findings and documents, for a search that somebody wants to follow."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from msgspec import Struct

from comity.intervals import IsoDate, last_day

ATOM = "http://www.w3.org/2005/Atom"
NO_DATE = "1970-01-01"
"""RFC 4287 wants a date of every entry; this one stands for "not known"."""


class Item(Struct, frozen=True, kw_only=True):
    """An entry. `id` never changes for the same words of the same document; `address` is whole, with its host."""

    id: str
    title: str
    address: str
    published: IsoDate | None
    author: str
    summary: str
    language: str


def atom(items: Sequence[Item], *, title: str, address: str, page: str, language: str) -> bytes:
    """The feed at `address` of what `page` shows, in the order given."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language})
    SubElement(feed, "id").text = address
    SubElement(feed, "title").text = title
    SubElement(feed, "updated").text = _moment(max((item.published or NO_DATE for item in items), default=NO_DATE))
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=address)
    SubElement(feed, "link", rel="alternate", type="text/html", href=page)
    for item in items:
        entry = SubElement(feed, "entry", {"xml:lang": item.language})
        SubElement(entry, "id").text = item.id
        SubElement(entry, "title").text = item.title
        SubElement(entry, "updated").text = _moment(item.published or NO_DATE)
        SubElement(SubElement(entry, "author"), "name").text = item.author
        SubElement(entry, "link", rel="alternate", type="text/html", href=item.address)
        SubElement(entry, "summary").text = item.summary
    content: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _moment(date: IsoDate) -> str:
    return f"{last_day(date).isoformat()}T00:00:00Z"
