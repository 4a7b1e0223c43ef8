"""What a pattern can begin with: the words (or "0" for a figure, "(" for a bracket) of which one must stand where it matches.

A text is mostly words that open no date, so a pattern is only tried where one of its first words stands. Knows the part of the regular
expression syntax that `dates.yaml` uses: letters, groups, alternatives, classes, `?`, `*`, `+`, `{}` and lookarounds.
"""

import re
from itertools import chain

FIGURE = "0"
BRACKET = "("
TOKEN = re.compile(r"\(\?P<\w+>|\(\?:|\(\?<?[=!]|\\.|\[[^\]]*\]|\{\d*,?\d*\}|.", re.DOTALL)
GROUPS = ("(?:", "(?P", "(?=", "(?!", "(?<", "(")
OPTIONAL = ("?", "*")
BREAK = "\0"
"""Ends a word; a text without it may go on."""


def first_words(pattern: str) -> frozenset[str]:
    """The words a match can begin with. Raises ValueError where the pattern may begin with nothing."""
    tokens = TOKEN.findall(pattern)
    beginnings, _ = _alternatives(tokens, 0)
    words = {FIGURE if text[0].isdigit() else text.rstrip(BREAK) for text in beginnings if text}
    if "" in beginnings or "" in words:
        raise ValueError(f"may match nothing: {pattern}")
    return frozenset(words)


def _alternatives(tokens: list[str], at: int) -> tuple[set[str], int]:
    """The beginnings of alternatives up to their closing bracket, and where that stands."""
    found: set[str] = set()
    while True:
        one, at = _sequence(tokens, at)
        found |= one
        if at >= len(tokens) or tokens[at] == ")":
            return found, at
        at += 1


def _sequence(tokens: list[str], at: int) -> tuple[set[str], int]:
    beginnings = {""}
    while at < len(tokens) and tokens[at] not in ("|", ")"):
        piece, at = _piece(tokens, at)
        if at < len(tokens) and (tokens[at] in OPTIONAL or tokens[at].startswith(("{0", "{,"))):
            piece = piece | {""}
        while at < len(tokens) and (tokens[at] in ("?", "*", "+") or tokens[at][0] == "{"):
            at += 1
        beginnings = set(chain.from_iterable(_grown(text, piece) for text in beginnings))
    return beginnings, at


def _grown(text: str, piece: set[str]) -> set[str]:
    """`text` with each of the pieces after it, unless its first word has ended."""
    if text and not text.isalpha():
        return {text}
    return {text + more if not text or not more or more[0].isalpha() else text + BREAK for more in piece}


def _piece(tokens: list[str], at: int) -> tuple[set[str], int]:
    token = tokens[at]
    if token.startswith(GROUPS):
        inner, at = _alternatives(tokens, at + 1)
        return ({""} if token.startswith(("(?=", "(?!", "(?<")) else inner), at + 1
    if token == r"\d" or token.isdigit() or (token[0] == "[" and token[1:2].isdigit()):
        return {FIGURE}, at + 1
    if len(token) == 1 and token.isalpha():
        return {token}, at + 1
    return {BRACKET if token == r"\(" else BREAK}, at + 1
