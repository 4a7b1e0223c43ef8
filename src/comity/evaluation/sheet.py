"""One document under correction: gold and what was read side by side, paired, counted, and mistakes noted. Each kind of finding says in
`scores.py` what is right."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from comity.evaluation.counts import Scores
from comity.evaluation.gold import GoldDocument
from comity.evaluation.mistakes import Errors, Mistake

Record = dict[str, Any]


class Sheet(Struct):
    """One document under correction."""

    gold: GoldDocument
    reading: Record
    scores: Scores
    errors: Errors

    def golds(self, kind: str) -> list[Record]:
        return [record for record in self.gold.records.get(kind, []) if record["place"]]

    def found(self, kind: str) -> list[Record]:
        """What was read inside the main article, each with its place and words."""
        related = self.gold.related()
        rows = [r for r in self.reading.get(kind, []) if not any(start <= r["start"] < end for start, end in related)]
        return [{**r, "place": (r["start"], r["end"]), "words": self.gold.text[r["start"] : r["end"]]} for r in rows]

    def note(self, kind: str, missed: Sequence[Record], wrong: Sequence[Record], what: Callable[[Record], str]) -> None:
        text = self.gold.text
        self.errors.missed[kind] = [
            Mistake(text[slice(*r["place"])] if r.get("place") else r.get("quote", ""), what(r), r.get("place")) for r in missed
        ]
        self.errors.wrong[kind] = [Mistake(r["words"], what(r), r["place"]) for r in wrong]

    def note_other(self, kind: str, gold: Sequence[Record], found: Sequence[Record], pairs: Sequence[tuple[int, int]], name: str) -> None:
        """What was found at the right place with another value in a field than gold has."""
        self.errors.wrong[kind] = [
            Mistake(found[j]["words"], f"{found[j].get(name)}, not {gold[i].get(name)}", found[j]["place"]) for i, j in pairs
        ]


def tally(
    sheet: Sheet,
    kind: str,
    gold: Sequence[Record],
    found: Sequence[Record],
    right: Callable[[Record, Record], float],
    what: Callable[[Record], str],
) -> list[tuple[int, int]]:
    """The pairs of gold and found, counted, with what was missed and wrong noted."""
    pairs = matched(gold, found, right)
    sheet.scores.add(kind, len(pairs), len(gold), len(found))
    taken_gold, taken_found = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [r for i, r in enumerate(gold) if i not in taken_gold]
    sheet.note(kind, missed, [r for j, r in enumerate(found) if j not in taken_found], what)
    return pairs


def matched(gold: Sequence[Record], found: Sequence[Record], right: Callable[[Record, Record], float]) -> list[tuple[int, int]]:
    """One gold to one found, the best-fitting pairs first."""

    def scored() -> Iterator[tuple[float, int, int]]:
        for i, a in enumerate(gold):
            for j, b in enumerate(found):
                if (score := right(a, b)) > 0:
                    yield score, i, j

    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in sorted(scored(), reverse=True):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs
