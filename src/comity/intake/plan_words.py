"""The words by which the parts of a plan are told, of every language at once: a table's header may be in another than its lines."""

import re
from functools import cache

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import languages, load_words

MARKS = " \t*:.;,()[]\"'-–—/"


class PlanWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`preamble`: first words of clauses before the operative text. `declare`: phrases that open it. `front`: headings of sections without
    action lines. `parts`: words that stand before a part's number. `columns`: names of table columns by field."""

    preamble: tuple[str, ...] = ()
    declare: tuple[str, ...] = ()
    front: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = {}


class PlanCues(Struct, frozen=True):
    """The words as patterns over folded text; `columns` gives the field of a folded column name."""

    preamble: re.Pattern[str]
    declare: re.Pattern[str]
    part: re.Pattern[str]
    front: frozenset[str]
    columns: dict[str, str]


@cache
def plan_cues() -> PlanCues:
    """The cues of all languages."""
    words = [load_words(language, "plans", PlanWords) for language in languages()]
    number = r"(?P<number>[ivxlc]{1,6}|\d{1,3}|[a-z])"
    return PlanCues(
        preamble=re.compile(rf"(?:{_any(word for part in words for word in part.preamble)})\b"),
        declare=re.compile(rf"\b(?:{_any(word for part in words for word in part.declare)})\b"),
        part=re.compile(rf"(?P<word>{_any(word for part in words for word in part.parts)})\s+{number}(?:\s*[.:)\-]+\s*|\s*$|\s+(?=\S))"),
        front=frozenset(folded_name(word) for part in words for word in part.front),
        columns={folded_name(name): field for part in words for field, names in part.columns.items() for name in names},
    )


def folded_name(text: str) -> str:
    """A heading or column name without case, marks at its ends and double blanks."""
    return " ".join(fold(text).split()).strip(MARKS) or fold(text).strip()


def _any(words: object) -> str:
    return "|".join(re.escape(fold(str(word))) for word in sorted(words, key=len, reverse=True)) or r"(?!)"  # type: ignore[call-overload]
