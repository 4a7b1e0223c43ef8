"""Numbers as a text writes them, in digits and in words: a pattern that finds them, and what each is worth."""

import re
from collections.abc import Iterable, Mapping

from comity.knowledge.folded import fold


class Numbers:
    """Numbers in digits and in words."""

    def __init__(self, decimal_mark: str, units: Mapping[str, int], multipliers: Mapping[str, int], joins: Iterable[str]) -> None:
        self._decimal = decimal_mark
        self._units = {fold(word): value for word, value in units.items()}
        self._multipliers = {fold(word): value for word, value in multipliers.items()}
        self._joins = frozenset(fold(word) for word in joins)
        word = alternatives([*self._units, *self._multipliers])
        join = rf"(?:(?:{alternatives(self._joins)})[\s-]+)?" if self._joins else ""
        first = alternatives(self._units)
        self.pattern = rf"(?:\d+(?:[.,]\d+)*|(?:{first})(?:[\s-]+{join}(?:{word}))*)"

    def value(self, text: str) -> float | None:
        """ "1,203", "81,4", "ninety-four", "một trăm linh ba"; None where it is no number."""
        text = text.strip()
        if text[:1].isdigit():
            return self._digits(text)
        total = last = 0
        for word in re.split(r"[\s-]+", text):
            if word in self._multipliers:
                total, last = total + max(1, last) * self._multipliers[word], 0
            elif word in self._units:
                total, last = total + last, self._units[word]
            elif word not in self._joins:
                return None
        return float(total + last)

    def _digits(self, text: str) -> float | None:
        thousands = "." if self._decimal == "," else ","
        if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(self._decimal)}\d+)?", text):
            return float(text.replace(thousands, "").replace(self._decimal, "."))
        if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
            return float(text.replace(",", "."))
        return None


def alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(map(fold, words), key=len, reverse=True))
