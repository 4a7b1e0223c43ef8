"""Markdown to blocks: CommonMark with tables, read by markdown-it.

Numbered lines that Markdown does not know as lists (`(a) ...`) are told by their labels.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from comity.intake.blocks.block import Block, Kind, clean
from comity.intake.blocks.labels import split_label

FOOTNOTE = re.compile(r"\[\^[^\]]+\]:")
FOOTNOTE_MARK = re.compile(r"\[\^[^\]]+\]")
TAG = re.compile(r"<[^<>]*>")
LEFTOVER = re.compile(r"\*\*|__(?=\W|$)|(?:(?<=\W)|^)__")
"""Bold marks that a blank inside keeps from closing (`**NOTING **that`), which exported pages are full of."""


def markdown_blocks(text: str, *, first_line: int = 0) -> list[Block]:
    """The blocks of a Markdown text; `first_line` is the number of lines before it in its file."""
    tokens = MarkdownIt("commonmark").enable("table").disable("code").parse(text)
    return list(_walk(tokens, first_line))


def _walk(tokens: list[Token], before: int) -> Iterator[Block]:
    lists: list[list[str | int]] = []  # of each open list: "" for bullets, else the closing sign of its numbers; then the next number
    label: str | None = None
    heading = 0
    table = 0
    cells: list[str] | None = None
    for token in tokens:
        place = f"line {token.map[0] + 1 + before}" if token.map else ""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append([token.markup or "•"])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            label = f"{token.info}{token.markup}" if token.info else "•"
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "table_open":
            table += 1
        elif token.type == "tr_open":
            cells = []
            row_place = place
        elif token.type == "tr_close" and cells is not None:
            yield Block(kind=Kind.ROW, cells=tuple(cells), table=table, place=row_place)
            cells = None
        elif token.type == "html_block":
            if words := clean(TAG.sub(" ", token.content)):
                yield Block(kind=Kind.PARAGRAPH, text=words, place=place)
        elif token.type == "inline" and cells is not None:
            cells.append(clean(" ".join(_lines(token))))
        elif token.type == "inline":
            yield from _paragraphs(token, heading, label, len(lists), before)
            label = None


def _paragraphs(token: Token, heading: int, label: str | None, depth: int, before: int) -> Iterator[Block]:
    if FOOTNOTE.match(token.content):
        return
    strong = _is_strong(token)
    first = (token.map[0] if token.map else 0) + 1 + before
    for offset, text in _split_at_labels(_lines(token)):
        words = clean(text)
        if not words:
            continue
        own, rest = (label, words) if label else split_label(words)
        kind = Kind.HEADING if heading else Kind.ITEM if own or depth else Kind.PARAGRAPH
        yield Block(kind=kind, text=rest, label=own, level=heading or max(0, depth - 1), strong=strong, place=f"line {first + offset}")
        label = None


def _split_at_labels(lines: list[str]) -> Iterator[tuple[int, str]]:
    """A paragraph in pieces: `(a) one;` and `(b) two.` on lines of their own are two."""
    start, kept = 0, ""
    for index, line in enumerate(lines):
        labelled = split_label(line.strip())[0]
        if kept and labelled and kept.rstrip().endswith((".", ";", ":", ",")):
            yield start, kept
            start, kept = index, line
        else:
            kept = f"{kept} {line}" if kept else line
    yield start, kept


def _lines(token: Token) -> list[str]:
    """The words line by line, without marks, tags and footnote signs."""
    pieces = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif child.type in ("text", "code_inline", "text_special"):
            pieces.append(child.content)
    text = FOOTNOTE_MARK.sub("", LEFTOVER.sub("", "".join(pieces)))
    return text.split("\n")


def _is_strong(token: Token) -> bool:
    content = " ".join(token.content.split())
    return (
        len(content) > 4
        and content.startswith("**")
        and content.rstrip(" :.").endswith("**")
        and "**" not in content[2:].rstrip(" :.")[:-2]
    )
