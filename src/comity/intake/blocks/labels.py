"""The numbering at the start of a paragraph: told from the words after it, and read as a style and a place in its series.

`1.`, `1.1`, `I.A.3`, `A.`, `(a)`, `iv)`, `1/`, `•`. A year, a decimal in a sentence (`1.5 million`) and initials (`U.S.`) are none.
"""

import re
from typing import NamedTuple

BULLETS = "•●▪◦■□▫‣⁃∙·*–—-➢✓❖§\uf0b7\uf0a7\uf0d8"
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
ROMAN_NUMBER = re.compile(r"(?=.)c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LABEL = re.compile(
    rf"""(?:
    (?P<bullet>[{re.escape(BULLETS)}]|o(?=\s+[A-Z]))
  | (?P<bracketed>[(\[]\s?(?:\d{{1,3}}|[ivxlc]{{1,6}}|[IVXLC]{{1,6}}|[a-zđA-ZĐ])\s?[)\]])
  | (?P<several>(?:\d{{1,3}}|[IVX]{{1,5}}|[A-Z])(?:\.(?:\d{{1,3}}|[A-Z]|[ivx]{{1,5}}|[a-z])){{1,5}})
    (?P<close>[.):]?)(?:\([a-z]{{1,4}}\))*
  | (?P<single>(?:\d{{1,4}}|[IVXLC]{{1,6}}|[ivxlc]{{1,6}}|[A-ZĐa-zđ])(?:[.)/]|\s?[.)]))
  )\s+(?=\S)""",
    re.VERBOSE,
)
YEAR = re.compile(r"(?:19|20)\d\d[.)]")
"""The end of a sentence that a page's end has cut, rather than a number."""
WRAPPERS = "()[]./: "


class Reading(NamedTuple):
    """One way to read a label: `style` tells series apart, `ordinal` is the place in the series."""

    style: str
    ordinal: int


def split_label(text: str) -> tuple[str | None, str]:
    """The label at the start of `text` and the words after it; None and the text where there is none."""
    match = LABEL.match(text)
    if not match:
        return None, text
    rest = text[match.end() :]
    if match["several"] and not _is_several(match["several"], match["close"], rest):
        return None, text
    return match.group().strip().replace("( ", "(").replace(" )", ")"), rest


def is_bullet(label: str) -> bool:
    """Whether the label carries no number."""
    return label == "o" or label in BULLETS


def countof(label: str) -> str:
    """The number as people cite it: `3.` is 3, `(a)` stays (a)."""
    return label if label.startswith(("(", "[")) else label.rstrip(".)/: ")


def readings(label: str) -> list[Reading]:
    """Every way to read a label: `C.` is the third letter or a hundred, `(i)` the ninth letter or one."""
    if is_bullet(label):
        return [Reading(f"bullet {label}", 0)]
    wrapper = "(" if label[0] in "([" else ("" if label[-1].isalnum() else label[-1])
    core = label.strip(WRAPPERS)
    parts = re.split(r"[.()\s]+", core)
    if len(parts) > 1:
        return [Reading(f"parts {len(parts)}", _ordinals(parts[-1])[0][1])]
    return [Reading(f"{style} {wrapper}", ordinal) for style, ordinal in _ordinals(core)]


def _ordinals(word: str) -> list[tuple[str, int]]:
    if word.isdecimal():
        return [("number", int(word))]
    case = "upper" if word.isupper() else "lower"
    small = word.lower()
    found = []
    if ROMAN_NUMBER.fullmatch(small):
        values = [ROMAN[letter] for letter in small]
        found.append((f"roman {case}", sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))))
    if len(word) == 1:
        # The Vietnamese series goes a, b, c, d, đ, e.
        found.append((f"letter {case}", LETTERS.index("d") + 1 if small == "đ" else LETTERS.find(small) + 1))
    if small in ("c", "l"):
        found.reverse()  # the third letter rather than a hundred, where nothing before it tells
    return found or [(f"letter {case}", 0)]


def _is_several(parts: str, close: str, rest: str) -> bool:
    pieces = parts.split(".")
    if all(piece.isalpha() for piece in pieces):
        return bool(re.fullmatch(r"[IVX]+", pieces[0])) and len(pieces[-1]) == 1 and rest[0].isupper()
    if close or not pieces[-1].isdecimal():
        return True
    return rest[0].isupper() or not rest[0].isalpha()  # `1.1 Strengthen` but not `1.5 million`
