"""What every file format is brought to before a plan is looked for in it: a flat sequence of blocks, each with its place in the file."""

import re
import unicodedata
from enum import StrEnum

from msgspec import Struct

UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f]")


class Kind(StrEnum):
    """What a block looks like in its file; whether an item is a heading or an action line is for the plan to say."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


class Block(Struct, frozen=True, kw_only=True):
    """One heading, paragraph, list item or table row.

    `label` is the numbering as printed (`I.A.3`, `(iv)`, `•`), without it in `text`; an item without one goes on with the item before it.
    `level` is the heading's level from 1, or the list's depth from 0. `strong`: all in bold. `table` tells the rows of one table from those
    of the next; `merged` names the cells of a row that are one with their neighbour to the right.
    """

    kind: Kind
    place: str
    text: str = ""
    label: str | None = None
    level: int = 0
    strong: bool = False
    cells: tuple[str, ...] = ()
    table: int = 0
    merged: tuple[int, ...] = ()


def clean(text: str) -> str:
    """One blank between words, composed letters, no invisible characters: the words themselves are left alone."""
    return " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())
