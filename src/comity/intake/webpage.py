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
from comity.records import LanguageCode

AGREED = 1.5
"""One text may have half as much prose again before the extractors are said to disagree."""
PROSE = 40
LINE_ENDING = {"br", "p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "div", "figcaption", "tr", "pre"}
UNSEEN = "//script|//style|//noscript|//template|//svg|//iframe|//object"
DEPTH_LIMIT = 200
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
    """`captions` are the words of the page's picture captions, one blank between words."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: IsoDate | None = None
    source: str | None = None
    language: LanguageCode | None = None
    captions: frozenset[str] = frozenset()


def article_of(html: str, name: str) -> Article:
    """The page's article. Raises BadInputError where there is none."""
    root = _parsed(html)
    if root is None:
        raise BadInputError(f"{name}: holds no HTML that can be read; save the page again, or its text as .txt.")
    captions = frozenset(_squashed(caption.text_content()) for caption in root.iter("figcaption"))
    language = _language(root)
    clean = lxml.html.tostring(root, encoding="unicode")
    known = _metadata(clean)
    body = _safer(_by_trafilatura(clean), _by_readability(clean))
    if not body.strip():
        raise BadInputError(f"{name}: holds no article text; save the article's text as .txt, or the page once it is fully loaded.")
    title = _squashed(known.get("title") or "") or None
    return Article(
        text=body if title is None else f"{title}\n\n{_without_first(body, title)}",
        title=title,
        publisher=known.get("sitename") or known.get("author"),
        published=known["date"] if known.get("date") and is_iso(known["date"]) else None,
        source=known.get("url"),
        language=language,
        captions=captions - {""},
    )


def _parsed(html: str) -> Any | None:
    """The page as a tree without scripts and styles. Entities other than HTML's own are not expanded, nothing is fetched."""
    html = _shallow(re.sub(r"^\s*<\?xml[^>]*>", "", html.lstrip("\ufeff")).replace("\0", " "))
    try:
        root = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(encoding=None, huge_tree=False, recover=True))
    except EXTRACTOR_FAULTS:
        return None
    for element in root.xpath(UNSEEN):
        # JSON-LD stays for the metadata: it is where most newspapers give the date.
        if element.getparent() is not None and element.get("type") != "application/ld+json":
            element.drop_tree()
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


def _language(root: Any) -> LanguageCode | None:
    """What the page says, where it is a language Comity could read; a page's template often says `en` whatever the article's language."""
    named = str(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
    return None if not named or named.startswith("en") or not re.fullmatch(r"[a-z]{2}([-_].*)?", named) else named[:2]


def _metadata(html: str) -> dict[str, Any]:
    try:
        known = trafilatura.extract_metadata(html, date_config=dict(DATE_OPTIONS))
    except EXTRACTOR_FAULTS:
        return {}
    return {key: getattr(known, key, None) for key in ("title", "sitename", "author", "date", "url")} if known else {}


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
