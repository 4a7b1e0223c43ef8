"""A web page to its article: title, text and what the page says of itself.

Two extractors read it, trafilatura and readability; where they agree, trafilatura's text is taken, and where they differ by far, the one
with more running prose, for a lost paragraph is worse than a teaser too many (those are marked afterwards).
"""

import logging
import re
from typing import Any

import lxml.etree
import lxml.html
import readability
import trafilatura
from msgspec import Struct

from comity.errors import BadInputError
from comity.intervals import IsoDate, is_iso

AGREED = 1.5
"""One text may have half as much prose again before the extractors are said to disagree."""
PROSE = 40
LONGEST_LEAD, LONGEST_DATE_LINE = 1500, 100
SENTENCE_ENDS = (".", "!", "?", "…", ".”", '."')
BLOCKS = ("p", "h1", "h2", "h3", "h4", "div", "li")
INLINE = ("span", "time")
LINE_ENDING = {"br", "p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "div", "figcaption", "tr", "pre"}
UNSEEN = "//script|//style|//noscript|//template|//svg|//iframe|//object"
DEPTH_LIMIT = 200
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#0*(?:[0-8]|1[124-9]|2\\d|3[01]);|&#x0*(?:[0-8bcef]|1[0-9a-f]);", re.IGNORECASE
)
"""Signs that no XML may hold, as they are or by their numbers."""
TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-zA-Z][\w:-]*)[^<>]*>")
CLOSED_BY_THEMSELVES = frozenset(
    "area base br col dd dt embed hr img input li link meta option p source tbody td tfoot th thead tr track wbr".split()  # noqa: SIM905
)
EXTRACTOR_FAULTS = (
    lxml.etree.LxmlError,
    readability.readability.Unparseable,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    RecursionError,
)
"""What the two libraries are known to raise on broken pages."""
for noisy in ("trafilatura", "htmldate", "readability.readability"):
    logging.getLogger(noisy).addHandler(logging.NullHandler())  # their warnings are for their developers; ours is one sentence
DATE_OPTIONS = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d", "max_date": "2199-12-31"}


class Article(Struct, frozen=True, kw_only=True):
    """`captions` are the words of the page's picture captions, one blank between words; `head` the short lines above the article, where
    many pages give their date."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: IsoDate | None = None
    source: str | None = None
    captions: frozenset[str] = frozenset()
    head: str = ""


def article_of(html: str, name: str) -> Article:
    """The page's article. Raises BadInputError where there is none."""
    root = _parsed(html)
    if root is None:
        raise BadInputError(f"{name}: holds no HTML that can be read; save the page again, or its text as .txt.")
    captions = frozenset(_squashed(caption.text_content()) for caption in root.iter("figcaption"))
    blocks = _blocks(root)
    clean = lxml.html.tostring(root, encoding="unicode")
    known = _metadata(clean)
    body = _safer(_by_trafilatura(clean), _by_readability(clean))
    if not body.strip():
        raise BadInputError(f"{name}: holds no article text; save the article's text as .txt, or the page once it is fully loaded.")
    title = _squashed(known.get("title") or "") or None
    above = _above(blocks, body)
    body = "\n".join([*_lead(above, title, body), _without_first(body, title or "")])
    return Article(
        text=body if title is None else f"{title}\n\n{body}",
        title=title,
        publisher=known.get("sitename") or known.get("hostname"),
        published=known["date"] if known.get("date") and is_iso(known["date"]) else None,
        source=known.get("url"),
        captions=captions - {""},
        head="\n".join(line for line in above if len(line) <= LONGEST_DATE_LINE),
    )


def _parsed(html: str) -> Any | None:
    """The page as a tree without scripts and styles. Entities other than HTML's own are not expanded, nothing is fetched."""
    html = _shallow(CONTROL.sub(" ", re.sub(r"^\s*<\?xml[^>]*>", "", html.lstrip("\ufeff"))))
    try:
        root = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(encoding=None, huge_tree=False, recover=True))
        for element in root.xpath(UNSEEN):
            # JSON-LD stays for the metadata: it is where most newspapers give the date.
            if element.getparent() is not None and element.get("type") != "application/ld+json":
                element.drop_tree()
    except EXTRACTOR_FAULTS:
        return None
    return root


def _shallow(html: str) -> str:
    """The page without the tags (not the words) of elements nested deeper than any article needs; libxml2 stops reading at 256."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag["name"].lower() in CLOSED_BY_THEMSELVES:
            return tag.group()
        depth = max(0, depth - 1) if tag["closing"] else depth + 1
        return tag.group() if depth + (tag["closing"] == "/") <= DEPTH_LIMIT else " "

    return TAG.sub(kept, html)


def _blocks(root: Any) -> list[str]:
    """The page's lines in order: the words of every block that holds no other, and of short inline elements; mostly links: empty."""
    lines = []
    for element in root.iter(*BLOCKS, *INLINE):
        if element.tag in BLOCKS and next(element.iterdescendants(*BLOCKS), None) is not None:
            continue
        words = _squashed(element.text_content())
        if words and len(words) <= (LONGEST_LEAD if element.tag in BLOCKS else LONGEST_DATE_LINE):
            linked = sum(len(link.text_content()) for link in element.iter("a"))
            lines.append(words if 2 * linked <= len(words) else "")
    return lines


def _above(blocks: list[str], body: str) -> list[str]:
    """The page's lines before the first long line of the body."""
    first = next((_squashed(line) for line in body.split("\n") if len(line) >= PROSE), "")
    if first and first in blocks:
        return [line for line in blocks[: blocks.index(first)] if line]
    return [line for line in blocks if line]


def _lead(above: list[str], title: str | None, body: str) -> list[str]:
    """The paragraph between headline and body that newspapers set apart (sapo), where the extractor lost it."""
    if title is None or title not in above:
        return []
    after = above[len(above) - above[::-1].index(title) :]
    return [line for line in after if len(line) >= PROSE and line.endswith(SENTENCE_ENDS) and line not in body][:2]


def _metadata(html: str) -> dict[str, Any]:
    try:
        known = trafilatura.extract_metadata(html, date_config=dict(DATE_OPTIONS))
    except EXTRACTOR_FAULTS:
        return {}
    return {key: getattr(known, key, None) for key in ("title", "sitename", "hostname", "date", "url")} if known else {}


def _by_trafilatura(html: str) -> str:
    try:
        return trafilatura.extract(html, include_comments=False, include_tables=True, favor_recall=False, deduplicate=False) or ""
    except EXTRACTOR_FAULTS:
        return ""


def _by_readability(html: str) -> str:
    try:
        tree = lxml.html.document_fromstring(readability.Document(html).summary(html_partial=True))
    except EXTRACTOR_FAULTS:
        return ""
    for element in tree.xpath(UNSEEN):
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.iter():
        if element.tag in LINE_ENDING:
            element.tail = "\n" + (element.tail or "")
    lines = (_squashed(line) for line in tree.text_content().split("\n"))
    return "\n".join(line for line in lines if line)


def _safer(first: str, second: str) -> str:
    ours, other = _prose(first), _prose(second)
    if not first.strip():
        return second
    return second if other > AGREED * ours and other > PROSE else first


def _prose(text: str) -> int:
    """Characters in lines that are sentences: long enough, and with a full stop."""
    return sum(
        len(line) for line in text.split("\n") if len(line) >= PROSE and line.rstrip("\"'”’») ").endswith((".", "!", "?", "…", ":", ";"))
    )


def _without_first(body: str, title: str) -> str:
    """The body without its first line, where that is the title again."""
    first, _, rest = body.lstrip().partition("\n")
    return rest.lstrip() if _squashed(first) == title and rest.strip() else body


def _squashed(text: str) -> str:
    return " ".join(text.split())
