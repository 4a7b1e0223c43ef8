"""A web page to blocks: headings, paragraphs, list items with the numbers a browser shows, and table rows.

Menus, scripts and footnotes are left out.
"""

import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html

from comity.errors import BadInputError
from comity.intake.blocks.block import Block, Kind, clean
from comity.intake.blocks.labels import LETTERS, split_label
from comity.intake.blocks.word_numbers import roman

LEFT_OUT = {"script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "svg", "iframe", "button", "head"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
INLINE = {
    "a",
    "abbr",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "span",
    "font",
    "sub",
    "sup",
    "small",
    "mark",
    "code",
    "q",
    "cite",
    "time",
    "ins",
    "s",
    "label",
}
FOOTNOTE = re.compile(r"(?:^|[-_ ])(?:fn|footnote|endnote|ftn)s?(?:$|[-_ \d])", re.IGNORECASE)
DEPTH_LIMIT = 200


def webpage_blocks(html: str, name: str) -> list[Block]:
    """The blocks of a page. Raises BadInputError."""
    try:
        root = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", html).replace("\0", " "))
    except (lxml.etree.LxmlError, ValueError) as error:
        raise BadInputError(f"{name}: holds no HTML that can be read; save the page again.") from error
    main, body = root.find(".//main"), root.find("body")
    start = main if main is not None else body
    try:
        return list(_Walk().blocks(start, 0)) if start is not None else []
    except RecursionError as error:
        raise BadInputError(f"{name}: is nested too deeply; save the page's text as .txt.") from error


class _Walk:
    """The page being walked; counts its tables and remembers the label of the item it is in."""

    def __init__(self) -> None:
        self._tables = 0
        self._label: str | None = None
        self._depth = 0

    def blocks(self, element: Any, deep: int) -> Iterator[Block]:
        """The blocks below an element: runs of inline words are paragraphs, block elements are entered."""
        run: list[str] = [element.text or ""]
        strong: list[bool] = [not (element.text or "").strip()]
        line = element.sourceline or 0
        for child in element:
            if not isinstance(child.tag, str) or child.tag in LEFT_OUT or _is_footnote(child):
                run.append(child.tail or "")
            elif child.tag == "br":
                run.append("\n" + (child.tail or "").lstrip())
            elif child.tag in INLINE and not _holds_blocks(child):
                run += [_inline(child), child.tail or ""]
                strong += [child.tag in ("b", "strong") or not _inline(child).strip(), not (child.tail or "").strip()]
            else:
                yield from self._paragraphs("".join(run), all(strong), line)
                yield from self._element(child, deep + 1)
                run, strong = [child.tail or ""], [not (child.tail or "").strip()]
                line = child.sourceline or line
        yield from self._paragraphs("".join(run), all(strong), line)

    def _element(self, element: Any, deep: int) -> Iterator[Block]:
        if deep > DEPTH_LIMIT:
            yield from self._paragraphs(element.text_content(), False, element.sourceline or 0)
        elif element.tag in HEADINGS:
            words = clean(_inline(element))
            label, rest = split_label(words)
            if words:
                yield Block(kind=Kind.HEADING, text=rest, label=label, level=HEADINGS[element.tag], place=_place(element.sourceline))
        elif element.tag in ("ol", "ul"):
            yield from self._list(element, deep)
        elif element.tag == "table":
            yield from self._table(element, deep)
        else:
            yield from self.blocks(element, deep)

    def _list(self, element: Any, deep: int) -> Iterator[Block]:
        count = _whole(element.get("start"), 1) - 1
        self._depth += 1
        for item in element:
            if item.tag != "li":
                if isinstance(item.tag, str) and item.tag not in LEFT_OUT:
                    yield from self._element(item, deep + 1)
                continue
            if _is_footnote(item):
                continue
            count = _whole(item.get("value"), count + 1)
            self._label = _shown(count, element.get("type", "1")) if element.tag == "ol" else "•"
            yield from self.blocks(item, deep + 1)
            self._label = None
        self._depth -= 1

    def _table(self, element: Any, deep: int) -> Iterator[Block]:
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
        if all(len(row) <= 1 for row in rows):  # a table of one column only lays out
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell, deep + 1)
            return
        self._tables += 1
        down: dict[int, tuple[int, str]] = {}
        for row in rows:
            cells: list[str] = []
            merged: list[int] = []
            for cell in [cell for cell in row if cell.tag in ("td", "th")]:
                _fill_down(cells, down)
                column, text = len(cells), _cell(cell)
                if (rows_over := min(_whole(cell.get("rowspan"), 1), len(rows))) > 1:
                    down[column] = (rows_over - 1, text)
                width = min(_whole(cell.get("colspan"), 1), 50)
                merged += range(column, column + width - 1)
                cells += [text, *[""] * (width - 1)]
            _fill_down(cells, down)
            yield Block(kind=Kind.ROW, cells=tuple(cells), table=self._tables, merged=tuple(merged), place=_place(row.sourceline))

    def _paragraphs(self, text: str, strong: bool, line: int) -> Iterator[Block]:
        """A run of words: one paragraph, or more where blank lines (`<br><br>`) or labels at a line's start part it."""
        for part in re.split(r"\n(?=[^\S\n]*\n)", _labels_apart(text)):
            words = clean(part)
            if not words:
                continue
            label, rest = (self._label, words) if self._label else split_label(words)
            self._label = None
            kind = Kind.ITEM if label or self._depth else Kind.PARAGRAPH
            yield Block(kind=kind, text=rest, label=label, level=max(0, self._depth - 1), strong=strong, place=_place(line))


def _fill_down(cells: list[str], down: dict[int, tuple[int, str]]) -> None:
    """Cells that reach down from a row above take their columns."""
    while (column := len(cells)) in down:
        left, text = down.pop(column)
        cells.append(text)
        if left > 1:
            down[column] = (left - 1, text)
            if column + 1 not in down:
                break


def _labels_apart(text: str) -> str:
    lines = text.split("\n")
    return "".join(
        ("\n\n" if index and split_label(line.strip())[0] and _after_break(lines, index) else "\n" if index else "") + line
        for index, line in enumerate(lines)
    )


def _after_break(lines: list[str], index: int) -> bool:
    return lines[index - 1].rstrip().endswith((".", ";", ":", ","))


def _inline(element: Any) -> str:
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in LEFT_OUT and not _is_footnote(child):
            pieces.append("\n" if child.tag == "br" else _inline(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _cell(cell: Any) -> str:
    """A cell's paragraphs, a line each."""
    lines = [block.text if block.label is None else f"{block.label} {block.text}" for block in _Walk().blocks(cell, 0)]
    return "\n".join(lines)


def _holds_blocks(element: Any) -> bool:
    return any(
        isinstance(below.tag, str) and below.tag not in INLINE and below.tag not in ("br", "img", "wbr")
        for below in element.iterdescendants()
    )


def _is_footnote(element: Any) -> bool:
    """A footnote, or the sign that points to one: `<sup><a href="#fn1">1</a></sup>`."""
    named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    if FOOTNOTE.search(named):
        return True
    links = element.findall("a") if element.tag == "sup" else []
    return any((link.get("href") or "").startswith("#") for link in links)


def _shown(count: int, style: str) -> str:
    if style in ("a", "A"):
        letters = LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)
        return f"{letters if style == 'a' else letters.upper()}."
    if style in ("i", "I"):
        return f"{roman(count) if style == 'i' else roman(count).upper()}."
    return f"{count}."


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) < 6 else default


def _place(line: int | None) -> str:
    return f"line {line or 1}"
