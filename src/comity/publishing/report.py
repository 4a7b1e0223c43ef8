"""The report: an overview as one HTML page that loads nothing from elsewhere. The same overview gives the same bytes."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

import comity
from comity.intervals import last_day
from comity.knowledge import Knowledge
from comity.languages import languages
from comity.publishing import timeline
from comity.publishing.acts import act_key
from comity.publishing.changed_copies import ChangedSentences, changed_copies
from comity.publishing.contradiction_sentences import ContradictionSentences
from comity.publishing.labels import Labels
from comity.publishing.naming import Naming, called, first_name
from comity.publishing.rate_sentences import rate_sentences
from comity.publishing.safe_links import safe_link
from comity.publishing.sentences import Sentences
from comity.publishing.slip_sentences import SlipSentences
from comity.publishing.timeline import draw_timeline
from comity.publishing.unbroken import unbroken
from comity.register import DocumentHead, View
from comity.tracking import Overview
from comity.tracking.conflicts import Conflict, ConflictKind, Verbs
from comity.tracking.contradiction import Contradiction
from comity.tracking.judgements import says_less
from comity.tracking.ledger import Claim, PlanLedger
from comity.tracking.passages import Passage, Passages
from comity.tracking.status import PlanStatus

COPIES = 20
"""So many changed copies are told of."""

TEMPLATES = Path(__file__).parent / "templates"


def report_page(
    overview: Overview,
    knowledge: Knowledge,
    view: View,
    labels: Labels,
    contradictions: Sequence[Contradiction] = (),
    statuses: Sequence[PlanStatus] = (),
) -> str:
    """The page in the language of the labels; `contradictions` are those across documents, beyond the ledger's, `statuses` what Comity
    counts itself; a plan of which nobody accepted or decided anything is not counted."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["unbroken"] = unbroken
    naming = Naming(knowledge, labels, view)
    copies = ChangedSentences(labels)
    against, passages = ContradictionSentences(knowledge, labels, naming), Passages(view)
    partnership = overview.pack.partnership
    page = environment.get_template("report.html").render(
        overview=overview,
        copies=copies,
        changed=list(changed_copies(view, iter(overview.documents[::-1]), COPIES)),
        contrary=[_contrary(one, against, passages) for one in contradictions],
        plans=plan_parts(overview),
        partnership=first_name(partnership.names, labels.language) or partnership.id,
        read=[labels.say(f"language_{language}") for language in languages() if language in overview.languages],
        labels=labels,
        say=labels.say,
        act_key=act_key,
        called=called,
        naming=naming,
        sentences=Sentences(overview.pack, labels, naming),
        slips=SlipSentences(labels),
        counted=[(one, rate_sentences(one, labels)) for one in statuses if any(line.accepted or line.decided for line in one.lines)],
        chart=draw_timeline(overview.ledgers, overview.meetings),
        size=timeline,
        style=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),  # our own file, no input
        link=safe_link,
        version=comity.__version__,
    )
    return f"{page.strip()}\n"


class _Told(Struct, frozen=True):
    """One side's sentence and its document."""

    document: DocumentHead
    passage: Passage


class _Contrary(Struct, frozen=True):
    """A contradiction with its reason and the sentences of its sides."""

    reason: str
    found: Contradiction
    sides: tuple[_Told, ...]


def _contrary(one: Contradiction, against: ContradictionSentences, passages: Passages) -> _Contrary:
    sides = [side for side in (one.a, one.b) if side]
    return _Contrary(against.say(one), one, tuple(_Told(side.document, passages.around(side.evidence)) for side in sides))


class PlanPart(Struct, frozen=True, kw_only=True):
    """A plan's part of the page: its claims with their numbers on the page, and the one shown first."""

    ledger: PlanLedger
    claims: list[tuple[int, Claim]]
    conflicts: tuple[Conflict, ...]
    verbs: Verbs | None
    latest: tuple[int, Claim] | None


def plan_parts(overview: Overview) -> list[PlanPart]:
    """Each plan's part, with its claims numbered through all plans."""
    parts = []
    number = 0
    for ledger, conflicts, verbs in zip(overview.ledgers, overview.conflicts, overview.verbs, strict=True):
        claims = list(enumerate(ledger.claims, number + 1))
        number += len(claims)
        early = [conflict.claims[0] for conflict in conflicts if conflict.kind is ConflictKind.EARLY]
        shown = [(number, claim) for number, claim in claims if claim not in early and not _repeats(claim, ledger.claims)]
        latest = _latest(shown)
        parts.append(PlanPart(ledger=ledger, claims=claims, conflicts=conflicts, verbs=verbs, latest=latest))
    return parts


def _repeats(claim: Claim, claims: tuple[Claim, ...]) -> bool:
    """Whether it gives no dated figure, or only repeats in vaguer words what was known before: "over 90 %" after "97 of 103"."""
    return not claim.done or not claim.when or any(says_less(claim, other) for other in claims)


def _latest(claims: list[tuple[int, Claim]]) -> tuple[int, Claim] | None:
    """The last claim; of those that say the same, one that counts what is done rather than what remains."""
    last = max(claims, key=lambda numbered: last_day(numbered[1].when or ""), default=None)
    if last is None or not last[1].figure.remaining:
        return last
    return next((numbered for numbered in claims if numbered[1].done == last[1].done and not numbered[1].figure.remaining), last)
