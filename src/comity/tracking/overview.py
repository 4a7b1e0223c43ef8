"""Everything a register can say about one partnership on one page: the ledger, what does not fit, what is newest, and what it rests on."""

from collections.abc import Iterable

from msgspec import Struct

from comity.knowledge import Pack
from comity.records import LanguageCode
from comity.register import DocumentHead, Found, View
from comity.tracking.conflicts import Conflict, Verbs, conflicts_in, verbs_of
from comity.tracking.judgements import Judgement, judgements
from comity.tracking.ledger import PlanLedger, build_ledgers
from comity.tracking.meetings import Meeting, Moved, build_meetings
from comity.tracking.passages import Passage, Passages

NEWEST = 8
DOCUMENTS = 500
"""So many documents are held, the newest, so that a large register can be overlooked at once."""
SLIPS = 50
UNTIED = 50
COUNTED = ("statements", "events", "commitments", "progress", "slips")


class Quoted(Struct, frozen=True):
    """A finding with the sentence it stands in."""

    found: Found
    passage: Passage


class Overview(Struct, frozen=True, kw_only=True):
    """`conflicts`, `verbs` and `judgements` (without conflicts) go with `ledgers`, plan by plan. `counts` is the number of findings by
    kind; what near copies repeat counts once, as in the lists. `untied` are the newest figures that no plan of the pack has, of
    `untied_total`. `documents` are the newest, by their dates; `documents_total` says how many
    there are in all, in which `languages`."""

    pack: Pack
    ledgers: tuple[PlanLedger, ...]
    conflicts: tuple[tuple[Conflict, ...], ...]
    verbs: tuple[Verbs | None, ...]
    judgements: tuple[tuple[Judgement, ...], ...]
    meetings: tuple[Meeting, ...]
    moved: tuple[Moved, ...]
    statements: tuple[Quoted, ...]
    commitments: tuple[Quoted, ...]
    slips: tuple[Quoted, ...]
    untied: tuple[Quoted, ...]
    untied_total: int
    documents: tuple[DocumentHead, ...]
    documents_total: int
    languages: frozenset[LanguageCode]
    sources: int
    counts: dict[str, int]


def build_overview(pack: Pack, view: View) -> Overview:
    """The state of a partnership by the newest reading of every document in the register."""
    ledgers = build_ledgers(pack, view)
    meetings, moved = build_meetings(pack, view)
    passages, plans = Passages(view), [plan.id for plan in pack.plans]
    return Overview(
        pack=pack,
        ledgers=ledgers,
        conflicts=tuple(conflicts_in(ledger, pack) for ledger in ledgers),
        verbs=tuple(verbs_of(ledger) for ledger in ledgers),
        judgements=tuple(tuple(one for one in judgements(ledger.claims) if one.conflict is None) for ledger in ledgers),
        meetings=meetings,
        moved=moved,
        statements=_newest("statements", view, passages),
        commitments=_newest("commitments", view, passages),
        slips=_quoted(view.listed("slips", limit=SLIPS), passages),
        untied=_quoted(view.claims_untied(plans, limit=UNTIED), passages),
        untied_total=view.count_untied(plans),
        documents=tuple(view.documents(newest_first=True, limit=DOCUMENTS))[::-1],
        documents_total=view.count_of("documents"),
        languages=frozenset(view.counts("documents", "language")),
        sources=view.count_families(),
        counts={kind: view.count_of(kind) for kind in COUNTED},
    )


def _newest(kind: str, view: View, passages: Passages) -> tuple[Quoted, ...]:
    """The newest findings; what near copies say in the same words is shown once."""
    told: dict[tuple[str, str], Found] = {}
    for found in view.newest(kind, NEWEST * 3):
        told.setdefault((found.document.family, " ".join(found.finding.evidence.quote.split())), found)
    return _quoted(list(told.values())[:NEWEST], passages)


def _quoted(findings: Iterable[Found], passages: Passages) -> tuple[Quoted, ...]:
    return tuple(Quoted(found, passages.around(found.finding.evidence)) for found in findings)
