"""When two ids, two places, two sets of parties or two figures are the same for the purpose of scoring."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from comity.evaluation.gold import Place

BLANKS = re.compile(r"\s+")
NO_ID = re.compile(r"[^a-z0-9]+")


def surface(words: str) -> str:
    """Words with each run of blanks as one space."""
    return BLANKS.sub(" ", unicodedata.normalize("NFC", words)).strip()


def fold_id(name: str | None) -> str:
    """An id in small letters without accents, its parts joined by hyphens."""
    plain = unicodedata.normalize("NFD", (name or "").lower().replace("đ", "d"))
    return NO_ID.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def same_actor(a: str | None, b: str | None) -> bool:
    """Equal, or all parts of the shorter id are in the longer: two parts at least, or one where both ids are longer than three letters."""
    x, y = fold_id(a), fold_id(b)
    if not x or not y:
        return False
    parts_x, parts_y = set(x.split("-")), set(y.split("-"))
    fewer = min(len(parts_x), len(parts_y))
    shared = len(parts_x & parts_y)
    return x == y or (shared == fewer and (shared > 1 or (fewer == 1 and len(x) > 3 and len(y) > 3)))


def share_of_parties(a: Sequence[str], b: Sequence[str]) -> float:
    """The smaller of two shares: of `a` that are in `b`, of `b` that are in `a`. 1 where both are empty."""
    if not a or not b:
        return float(not a and not b)
    return min(sum(any(same_actor(x, y) for y in b) for x in a) / len(a), sum(any(same_actor(x, y) for x in a) for y in b) / len(b))


def overlap(a: Place, b: Place) -> float:
    """Shared length over joint length, 0 to 1."""
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared else 0.0


def one_holds_the_other(a: str, b: str, *, least: float) -> float:
    """2 for the same words, 1 where one is inside the other and has at least that share of its length, else 0."""
    if a == b:
        return 2.0
    return float((a in b or b in a) and min(len(a), len(b)) >= least * max(len(a), len(b)))


def same_day(a: str, b: str | None) -> bool:
    """The starts of two dates agree as far as both are given."""
    x, y = a.split("/")[0], (b or "?").split("/")[0]
    return x.startswith(y) or y.startswith(x)


def figures(record: dict[str, Any]) -> tuple[float | bool | None, ...]:
    """Numerator, denominator and percentage to one decimal place, and whether they count what remains."""
    return (*(None if record.get(k) is None else round(float(record[k]), 1) for k in ("num", "den", "pct")), bool(record.get("remaining")))
