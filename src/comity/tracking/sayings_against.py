"""Sayings of documents that can't both be right: an instrument adopted and signed, two parties each called the other's partner.

In come what the documents say (sayings.py); out come pairs that contradict each other, each with its words.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import product

from comity.knowledge import Knowledge
from comity.register import DocumentHead, View
from comity.tracking.contradiction import Contradiction, ContradictionKind, Side, publication, within
from comity.tracking.sayings import PartnerOf, Ratified

DECIDED_ONCE = ("plan", "declaration", "statement", "resolution", "roadmap", "vision", "communique", "outlook", "agenda", "framework")
"""Kinds of instrument that are adopted or signed, not both: a treaty is adopted by a conference and signed by states."""

ONE_OCCASION = timedelta(days=7)


def adopted_and_signed(said: Sequence[Ratified], knowledge: Knowledge, heads: dict[str, DocumentHead]) -> Iterator[Contradiction]:
    """One pair an instrument: the first document to say each, where no document says both of it."""
    by_instrument: defaultdict[str, list[Ratified]] = defaultdict(list)
    for one in said:
        known = knowledge.instruments.get(one.instrument)
        if known and any(kind in known.kind for kind in DECIDED_ONCE):
            by_instrument[one.instrument].append(one)
    for instrument, several in by_instrument.items():
        verbs: defaultdict[str, set[str]] = defaultdict(set)
        for one in several:
            verbs[heads[one.evidence.document].family].add(one.verb)
        sure = sorted(
            (one for one in several if len(verbs[heads[one.evidence.document].family]) == 1),
            key=lambda one: (*publication(heads[one.evidence.document]), one.evidence.start),
        )
        firsts = {verb: next((one for one in sure if one.verb == verb), None) for verb in ("adopted", "signed")}
        a, b = firsts["adopted"], firsts["signed"]
        if a and b:
            yield Contradiction(
                kind=ContradictionKind.ADOPTED_SIGNED,
                subject=instrument,
                a=Side(a.verb, heads[a.evidence.document], a.evidence),
                b=Side(b.verb, heads[b.evidence.document], b.evidence),
            )


def turned_round(said: Sequence[PartnerOf], view: View, heads: dict[str, DocumentHead]) -> Iterator[Contradiction]:
    """The same speaker, within a week, in two documents of which neither says both."""
    ways = {(one.evidence.document, one.of, one.to) for one in said}
    both = {(document, frozenset((of, to))) for document, of, to in ways if (document, to, of) in ways}
    alone = [one for one in said if (one.evidence.document, frozenset((one.of, one.to))) not in both]
    by_pair: defaultdict[tuple[str, str], list[PartnerOf]] = defaultdict(list)
    for one in alone:
        by_pair[one.of, one.to].append(one)
    for (of, to), several in sorted(by_pair.items()):
        if of > to:
            continue
        for a, b in product(several, by_pair.get((to, of), ())):
            first, second = heads[a.evidence.document], heads[b.evidence.document]
            if first.family != second.family and within(first, second, ONE_OCCASION) and _speakers(a, view) & _speakers(b, view):
                yield Contradiction(
                    kind=ContradictionKind.REVERSED,
                    subject="",
                    a=Side(a.evidence.quote, first, a.evidence),
                    b=Side(b.evidence.quote, second, b.evidence),
                    details={"of": of, "to": to},
                )
                break


def _speakers(said: PartnerOf, view: View) -> frozenset[str]:
    statements = [found.finding for found in view.findings_in("statements", said.evidence.document)]
    return frozenset(actor for one in statements if one.evidence.span.overlaps(said.evidence.span) for actor in one.speaker)
