"""Documents that may be one release in two languages: published within two days, with the same actors, dates and figures. Suggestions only:
a person joins them (`comity decide merge family DOCUMENT DOCUMENT`).

In: a view. Out: pairs with a score from 0 to 1 and what they share, the likeliest first. An actor that few documents name weighs more.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from math import log

from msgspec import Struct

from comity.register.heads import DocumentHead
from comity.register.view import View

NEAR = timedelta(days=2)
LEAST = 0.45
"""Least score to propose a pair: of 500 random pairs of two languages, taken as of one day, none reaches it (docs/manual.md)."""

FEWEST = 3
"""Fewest figures, dates and actors that both must have in common."""

NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")


class Signs(Struct, frozen=True):
    """What of a document is the same in every language."""

    actors: frozenset[str]
    dates: frozenset[str]
    figures: frozenset[str]


class Translation(Struct, frozen=True, kw_only=True):
    """Two documents and what they share."""

    first: DocumentHead
    second: DocumentHead
    score: float
    shared: Signs


def translations(view: View) -> list[Translation]:
    """The pairs that no family holds yet."""
    by_day: defaultdict[date, list[DocumentHead]] = defaultdict(list)
    for head in view.documents():
        if head.published and len(head.published) == len("2020-01-30"):
            by_day[date.fromisoformat(head.published)].append(head)
    total = view.count_documents()
    named = {one.actor: one.documents for one in view.mentions()}
    signs: dict[str, Signs] = {}
    found = []
    for one, other in _near_pairs(by_day):
        a, b = (signs.setdefault(head.id, signs_of(view, head.id)) if head.id not in signs else signs[head.id] for head in (one, other))
        shared = Signs(a.actors & b.actors, a.dates & b.dates, a.figures & b.figures)
        score = likeness(a, b, named, total)
        if score >= LEAST and sum(map(len, (shared.actors, shared.dates, shared.figures))) >= FEWEST:
            found.append(Translation(first=one, second=other, score=round(score, 3), shared=shared))
    return sorted(found, key=lambda pair: (-pair.score, pair.first.id, pair.second.id))


def signs_of(view: View, document: str) -> Signs:
    """The actors, dates and figures of a document; years and small numbers are too common to tell by."""
    text = view.document(document)
    figures = {match[0].replace(".", "").replace(",", "") for match in NUMBER.finditer(text.text if text else "")}
    return Signs(
        frozenset(found.finding.actor for found in view.findings_in("actors", document)),
        frozenset(found.finding.iso for found in view.findings_in("dates", document) if found.finding.iso and len(found.finding.iso) > 4),
        frozenset(figure for figure in figures if len(figure) > 1 and not (len(figure) == 4 and figure[:2] in ("19", "20"))),
    )


def likeness(a: Signs, b: Signs, named: Mapping[str, int], total: int) -> float:
    """How much of what either has both have: half by actors, a quarter each by dates and figures where there are any."""
    weight = {actor: log((1 + total) / named.get(actor, 1)) + 0.1 for actor in a.actors | b.actors}
    parts = [(0.5, sum(weight[actor] for actor in a.actors & b.actors), sum(weight.values()))]
    parts += [(0.25, float(len(one & other)), float(len(one | other))) for one, other in ((a.dates, b.dates), (a.figures, b.figures))]
    counted = [(share, same / all_of) for share, same, all_of in parts if all_of]
    return sum(share * same for share, same in counted) / sum(share for share, _ in counted) if counted else 0.0


def _near_pairs(by_day: Mapping[date, Collection[DocumentHead]]) -> Iterator[tuple[DocumentHead, DocumentHead]]:
    for day, heads in sorted(by_day.items()):
        later = [head for days in range(NEAR.days + 1) for head in by_day.get(day + timedelta(days=days), ())]
        for one in heads:
            for other in later:
                same_day_again = other.published == one.published and other.id < one.id
                if one.language != other.language and one.family != other.family and not same_day_again:
                    yield one, other
