"""The numbers Word prints before a paragraph, which stand nowhere in its text: counted from the numbering definitions as Word does."""

from typing import Any

from docx.oxml.ns import qn
from msgspec import Struct

from comity.intake.blocks.labels import LETTERS

VALUE = qn("w:val")
ROMANS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
LEVELS = 9
MOST = 4000
"""Larger counts are shown in digits, whatever the format: a hostile file could start a list at a billion in Roman numerals."""


class Level(Struct, frozen=True):
    """How one level of a list is numbered: `(%1)` with `lowerLetter` prints (a)."""

    format: str
    text: str
    start: int


class WordNumbers:
    """Counts through a document: `label` must be asked of every paragraph in order."""

    def __init__(self, document: Any, styles: dict[str, Any]) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._abstract_of: dict[str, str] = {}
        part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None)
        if part is not None:
            self._read(part.element)

    def label(self, paragraph: Any) -> tuple[str, int] | None:
        """The label printed before the paragraph and its depth from 0; None where there is none."""
        number, depth = self._countof(paragraph)
        levels = self._levels.get(number or "")
        if not number or not levels or depth not in levels:
            return None
        counts = self._counts.setdefault(self._abstract_of[number], [None] * LEVELS)
        before = counts[depth]
        counts[depth] = levels[depth].start if before is None else before + 1
        counts[depth + 1 :] = [None] * (LEVELS - depth - 1)
        level = levels[depth]
        if level.format == "none":
            return None
        if level.format == "bullet":
            return "•", depth
        text = level.text
        for above in range(depth + 1):
            shown = levels.get(above, level)
            text = text.replace(f"%{above + 1}", _shown(counts[above] or shown.start, shown.format))
        return (text.strip(), depth) if text.strip() else None

    def _countof(self, paragraph: Any) -> tuple[str | None, int]:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None, 0
        number, depth = _numbering(properties)
        named = properties.find(qn("w:pStyle"))
        style = self._styles.get(named.get(VALUE)) if named is not None else None
        for _ in range(10):  # styles are based on one another; a circle of them ends here
            if style is None or number is not None:
                break
            below = style.element.find(qn("w:pPr"))
            if below is not None:
                number, own = _numbering(below)
                depth = depth or own
            style = style.base_style
        return (None if number == "0" else number), depth or 0

    def _read(self, root: Any) -> None:
        abstract = {
            item.get(qn("w:abstractNumId")): {int(level.get(qn("w:ilvl"), "0")): _level(level) for level in item.iter(qn("w:lvl"))}
            for item in root.iter(qn("w:abstractNum"))
        }
        for number in root.iter(qn("w:num")):
            identity = number.get(qn("w:numId"))
            link = number.find(qn("w:abstractNumId"))
            base = link.get(VALUE) if link is not None else ""
            levels = dict(abstract.get(base, {}))
            overridden = False
            for change in number.iter(qn("w:lvlOverride")):
                depth = int(change.get(qn("w:ilvl"), "0"))
                start = change.find(qn("w:startOverride"))
                if start is not None and depth in levels:
                    levels[depth] = Level(levels[depth].format, levels[depth].text, int(start.get(VALUE, "1")))
                    overridden = True
            self._levels[identity] = levels
            self._abstract_of[identity] = f"own {identity}" if overridden else base


def _numbering(properties: Any) -> tuple[str | None, int]:
    found = properties.find(qn("w:numPr"))
    if found is None:
        return None, 0
    number, depth = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    return (number.get(VALUE) if number is not None else None), int(depth.get(VALUE, "0")) if depth is not None else 0


def _level(element: Any) -> Level:
    values = {tag: element.find(qn(f"w:{tag}")) for tag in ("numFmt", "lvlText", "start")}
    format, text, start = (values[tag].get(VALUE) if values[tag] is not None else None for tag in ("numFmt", "lvlText", "start"))
    return Level(format or "decimal", text or "", int(start or "1"))


def _shown(count: int, format: str) -> str:
    if not 0 < count < MOST:
        return str(count)
    if format in ("lowerLetter", "upperLetter"):
        letters = LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)
        return letters.upper() if format == "upperLetter" else letters
    if format in ("lowerRoman", "upperRoman"):
        return roman(count).upper() if format == "upperRoman" else roman(count)
    return f"{count:02}" if format == "decimalZero" else str(count)


def roman(count: int) -> str:
    """The count in small Roman numerals."""
    signs = ""
    if count > MOST:
        return str(count)
    for value, sign in ROMANS:
        signs += sign * (count // value)
        count %= value
    return signs
