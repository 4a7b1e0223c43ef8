"""The ledger: every published figure on each plan of a pack over time, with who says so and the sentences that say it.

The same figure for the same time is one claim, however many documents tell it; near copies of one release are one source. A figure is
dated by its as-of date, else by the day its document was published. What a pack's people typed in from pages that can't be read here stands
among them, marked, with its address.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Pack, Plan
from comity.knowledge.aims import Claim as Typed
from comity.records import ActorId, Evidence, LanguageCode, ProgressClaim, ProgressVerb
from comity.register import Decision, DocumentHead, Found, View
from comity.tracking.bounds import Done, lines_done
from comity.tracking.credit import credited_state
from comity.tracking.passages import Passage, Passages

LAG = timedelta(days=7)
"""The same figure twice within a week is told of the same time: at the meeting, and by the press on the days after."""


class DatedBy(StrEnum):
    """How the time of a claim is known."""

    AS_OF = "as-of"
    PUBLISHED = "published"
    NOTHING = "nothing"


class Source(Struct, frozen=True, kw_only=True):
    """A document that tells a figure; `copies` are its near copies that tell it too. `credited` is the one state it gives the figure to.
    `typed_in` is the id of the pack's own entry where no document of the register tells it; `said` are that entry's words by language.
    `decisions` are what people decided about the finding, in order."""

    document: DocumentHead
    claim: ProgressClaim
    passage: Passage
    copies: tuple[DocumentHead, ...] = ()
    credited: ActorId | None = None
    typed_in: str | None = None
    said: dict[LanguageCode, str] = {}
    decisions: tuple[Decision, ...] = ()


class Claim(Struct, frozen=True, kw_only=True):
    """One figure at one time. `figure` is the fullest of the reports of it, `claimants` are those of the first source that names any;
    `done` is None where it gives nothing to count."""

    figure: ProgressClaim
    when: IsoDate | None
    dated_by: DatedBy
    verb: ProgressVerb | None
    claimants: tuple[ActorId, ...]
    done: Done | None
    sources: tuple[Source, ...]


class PlanLedger(Struct, frozen=True, kw_only=True):
    """All claims on one plan, oldest first."""

    plan: Plan
    claims: tuple[Claim, ...]


def build_ledgers(pack: Pack, view: View) -> tuple[PlanLedger, ...]:
    """A ledger for each plan of the pack, in the pack's order."""
    plans = {plan.id: plan for plan in pack.plans}
    told: dict[str, list[Source]] = {plan: [] for plan in plans}
    passages = Passages(view)
    for found in view.claims(tuple(plans)):
        told[found.finding.subject].append(_source(found, passages, view))
    for typed in pack.claims:
        if typed.subject in told:
            told[typed.subject].append(typed_source(typed))
    return tuple(PlanLedger(plan=plan, claims=tuple(_claims(told[plan.id], plan))) for plan in plans.values())


def typed_source(typed: Typed) -> Source:
    """A claim that a person typed into the pack: the words are the pack's, the address is where they can be checked."""
    language, words = next(((code, words) for code, words in sorted(typed.words.items()) if words), ("en", typed.id))
    name = f"pack:{typed.id}"
    document = DocumentHead(
        id=name,
        name=typed.id,
        title=None,
        publisher=urlsplit(typed.source).hostname or typed.source,
        published=typed.entered,
        published_from=None,
        language=language,
        source=typed.source,
        family=name,
    )
    claim = ProgressClaim(
        evidence=Evidence(name, 0, len(words), words),
        subject=typed.subject,
        numerator=typed.numerator,
        denominator=typed.denominator,
        percent=typed.percent,
        verb=next((verb for verb in ProgressVerb if verb == typed.verb), None),
        as_of=typed.as_of,
        claimant=typed.claimant,
    )
    return Source(document=document, claim=claim, passage=Passage(words, 0, len(words), 0), typed_in=typed.id, said=typed.words)


def _source(found: Found, passages: Passages, view: View) -> Source:
    passage = passages.around(found.finding.evidence)
    credited = credited_state(found.finding.evidence, passage, found.document.language, view)
    return Source(document=found.document, claim=found.finding, passage=passage, credited=credited, decisions=found.decisions)


def _claims(sources: list[Source], plan: Plan) -> Iterator[Claim]:
    """Sources that tell the same figure for the same time, joined; oldest first."""
    groups: list[list[Source]] = []
    for source in sorted(sources, key=_age):
        for group in groups:
            if all(_same(member, source, plan) for member in group):
                group.append(source)
                break
        else:
            groups.append([source])
    yield from sorted((_claim(group, plan) for group in groups), key=lambda claim: (_time(claim.when), claim.sources[0].document.id))


def _age(source: Source) -> tuple[date, date, str, int]:
    """What is dated most sharply comes first among those of one day."""
    first, last = _days(source) or (date.max, date.max)
    return last, first, source.document.id, source.claim.evidence.start


def _time(when: IsoDate | None) -> tuple[date, date]:
    return (last_day(when), first_day(when)) if when else (date.max, date.max)


def _days(source: Source) -> tuple[date, date] | None:
    """The days that a figure may be about."""
    if source.claim.as_of:
        return first_day(source.claim.as_of), last_day(source.claim.as_of)
    if source.document.published:
        return first_day(source.document.published), last_day(source.document.published)
    return None


def _same(a: Source, b: Source, plan: Plan) -> bool:
    """Whether two sources tell one figure for one time."""
    x, y = a.claim, b.claim
    if (x.bound, x.remaining) != (y.bound, y.remaining) or (x.verb and y.verb and x.verb is not y.verb):
        return False
    days, others = _days(a), _days(b)
    near = bool(days and others and days[0] - others[1] <= LAG and others[0] - days[1] <= LAG)
    repeated = a.document.id == b.document.id and (x.as_of is None or y.as_of is None)
    return (near or repeated) and _same_figure(x, y, plan)


def _same_figure(x: ProgressClaim, y: ProgressClaim, plan: Plan) -> bool:
    """Whether two figures are one: the same fraction, the same percentage, or a percentage that rounds the fraction (114/140, 81.4 %)."""
    if x.numerator is not None and y.numerator is not None:
        total = plan.lines_total
        return (x.numerator, x.denominator or total) == (y.numerator, y.denominator or total)
    if x.numerator is None and y.numerator is None:
        return x.percent == y.percent and (x.percent is not None or x.evidence.quote == y.evidence.quote)
    fraction, percentage = (lines_done(x, plan.lines_total), lines_done(y, plan.lines_total))
    return bool(fraction and percentage and (fraction.holds(percentage) or percentage.holds(fraction)))


def _claim(group: list[Source], plan: Plan) -> Claim:
    figure = max((source.claim for source in group), key=_fullness)
    sources = tuple(_one_a_family(group))
    dated = [source.claim.as_of for source in group if source.claim.as_of]
    published = [source.document.published for source in group if source.document.published]
    return Claim(
        figure=figure,
        when=min(dated or published, key=_sharpness, default=None),
        dated_by=DatedBy.AS_OF if dated else DatedBy.PUBLISHED if published else DatedBy.NOTHING,
        verb=next((source.claim.verb for source in group if source.claim.verb), None),
        claimants=next((source.claim.claimant for source in sources if source.claim.claimant), ()),
        done=lines_done(figure, plan.lines_total),
        sources=sources,
    )


def _fullness(claim: ProgressClaim) -> tuple[bool, bool, bool]:
    return claim.numerator is not None, claim.percent is not None, claim.denominator is not None


def _sharpness(when: IsoDate) -> tuple[timedelta, date]:
    return last_day(when) - first_day(when), first_day(when)


def _one_a_family(group: Iterable[Source]) -> Iterator[Source]:
    """The first document of each family, with the others as its copies; a document that tells the figure twice counts once."""
    families: dict[str, list[Source]] = {}
    for source in sorted(group, key=_place):
        families.setdefault(source.document.family, []).append(source)
    for first, *others in families.values():
        copies = {other.document.id: other.document for other in others if other.document.id != first.document.id}
        credited = next((source.credited for source in (first, *others) if source.credited), None)
        yield replace(first, copies=tuple(copies.values()), credited=credited)


def _place(source: Source) -> tuple[str, str, bool, int]:
    """By date of publication; in one document the sentence of the text goes before the headline."""
    document, place = source.document, source.claim.evidence.start
    return document.published or "9999", document.id, source.passage.text.strip() == document.title, place
