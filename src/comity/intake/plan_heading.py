"""Which blocks of a plan are headings, and in which series a label stands, given what is open above them."""

from collections.abc import Sequence

from msgspec import Struct

from comity.intake.blocks.block import Block, Kind
from comity.intake.blocks.labels import Reading, countof, is_bullet, readings
from comity.intake.plan_words import plan_cues
from comity.knowledge.folded import fold

HEADING_LENGTH = 160
STYLED_LENGTH = 250
PLAIN_LENGTH = 90
STOPS = (".", ";", ",", ":")


class Heading(Struct, frozen=True):
    """A heading with its number as printed, if any."""

    text: str
    label: str | None = None


class Open(Struct):
    """A heading or item that is open: `style` and `ordinal` of its label, its words, and what has come under it."""

    style: str
    ordinal: int
    is_heading: bool
    heading: Heading | None = None
    text: str = ""
    number: str | None = None
    line: int | None = None
    children: int = 0


def heading_of(block: Block, following: Sequence[Block], stack: Sequence[Open]) -> tuple[str, int, Heading] | None:
    """Style, place in its series and words, where the block is a heading."""
    text = block.text
    if len(text) > (STYLED_LENGTH if block.kind is Kind.HEADING else HEADING_LENGTH) or text.rstrip().endswith((";", ",")):
        return None
    if block.kind is Kind.HEADING:
        return f"h{block.level}", 0, Heading(text.rstrip(" :"), block.label and countof(block.label))
    if block.label and is_bullet(block.label):
        return None
    if part := _part(block):
        return part
    bare = not text.rstrip("*").rstrip().endswith(STOPS)
    capitals = text.isupper() and len(text) > 3
    if block.label:
        reading = fitting_reading(block, stack)
        deeper = bool(following) and _is_deeper(following[0], reading, stack)
        if bare and (capitals or block.strong or (deeper and len(text) <= PLAIN_LENGTH)):
            return reading.style, reading.ordinal, Heading(text, countof(block.label))
        return None
    if plan_cues().preamble.match(fold(text)) and block.strong and len(text.split()) < 4:
        return None
    if (block.strong and (bare or text.endswith(":"))) or (capitals and bare):
        return "capitals" if capitals else "strong", 0, Heading(text.rstrip(" :"))
    if bare and len(text) <= PLAIN_LENGTH and text[0].isupper() and following and following[0].kind is Kind.ITEM:
        return "plain", 0, Heading(text)
    return None


def _part(block: Block) -> tuple[str, int, Heading] | None:
    """`Part I. Political cooperation`, `Pillar 2: ...`: a word of the language with a number."""
    match = plan_cues().part.match(fold(block.text)) if block.label is None else None
    if not match or (not block.strong and block.text.rstrip().endswith(STOPS)) or len(block.text) > HEADING_LENGTH:
        return None
    rest = block.text[match.end() :].strip()
    if rest and not (rest[0].isupper() or rest[0].isdigit()):
        return None
    number = block.text[match.start("number") : match.end("number")]
    return f"part {match['word']}", readings(f"{number}.")[0].ordinal, Heading(rest or block.text, number)


def _is_deeper(block: Block, reading: Reading, stack: Sequence[Open]) -> bool:
    if block.kind is Kind.ROW:
        return True
    if block.kind is Kind.HEADING or block.label is None:
        return False
    styles = {other.style for other in readings(block.label)}
    open_styles = [entry.style for entry in stack]
    above = open_styles[: open_styles.index(reading.style)] if reading.style in open_styles else open_styles
    return reading.style not in styles and not styles & set(above)


def fitting_reading(block: Block, stack: Sequence[Open]) -> Reading:
    """The way to read a label that fits what is open: the next of a series first, then the first of a new one."""
    assert block.label
    found = [
        Reading(f"{reading.style}@{block.level}" if block.level else reading.style, reading.ordinal) for reading in readings(block.label)
    ]
    last = {entry.style: entry.ordinal for entry in stack}
    for reading in found:
        if reading.style in last and reading.ordinal == last[reading.style] + 1:
            return reading
    return next((r for r in found if r.ordinal == 1), None) or next((r for r in found if r.style in last), None) or found[0]
