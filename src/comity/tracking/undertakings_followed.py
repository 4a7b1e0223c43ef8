"""What has become of undertakings: open, due, kept and by what, late, superseded by a later one, or unknown, as of a day.

In come commitments and the occurrences of a register; out comes each with its standing. Only what can be shown counts as kept: a meeting
undertaken that was held, an instrument undertaken that was adopted or signed, or an event whose sentence says nearly the same with the same
parties. All of these are the program's suggestions, with their sentence, until a person agrees.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import and_

from comity.intervals import LATEST, IsoDate, first_day, last_day
from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.records import EventType, Evidence, Force, InstrumentMention, Status
from comity.register import DocumentHead, Found, View
from comity.register.among import heads_among
from comity.register.schema import FINDINGS
from comity.register.texts import texts_of
from comity.register.words import sentence_around
from comity.tracking.embedding import load_table
from comity.tracking.occurrences import Occurrence, State
from comity.tracking.products import Floats
from comity.tracking.promised_instruments import PromisedInstruments
from comity.tracking.sayings import ratified
from comity.tracking.told_alike import LOOKED_AT, ToldAlike
from comity.tracking.undertaken_words import is_occasion, undertaken_words
from comity.tracking.undertaking import How, Kept, Standing, Undertaking

SOON = timedelta(days=30)
"""What is due within a month is due."""

FORGOTTEN = timedelta(days=730)
"""Of an undertaking without a date nobody can say after two years whether it still stands."""

ALIKE = 0.72
"""Least likeness of an undertaking and the sentence of an event that keeps it, where no name ties them: few such ties are right."""

SAME_UNDERTAKING = 0.8
"""Least likeness of an undertaking and one that puts it off."""

VERB = 12
"""Letters before an undertaking in which the verb may stand that tells what becomes of it ("agreed to adopt | a new plan")."""

Placed = tuple[int, Found]
"""An undertaking, and its place among those given."""

BINDING = (Force.PLEDGED, Force.AGREED)
"""What somebody undertook; proposals and requests bind nobody."""


def earliest_said(commitments: Iterable[Found]) -> IsoDate | None:
    """When the first of some commitments that bind was made: nothing before it keeps any of them. None where none has a date."""
    said = (found.document.published for found in commitments if found.finding.force in BINDING)
    return min((day for day in said if day), default=None)


class Follower:
    """Follows the undertakings of one register, as of a day: what was published later is not known yet."""

    def __init__(self, view: View, knowledge: Knowledge, occurrences: Sequence[Occurrence], today: date) -> None:
        self._view = view
        self._promised = PromisedInstruments(knowledge)
        self._today = today
        self._table = load_table()
        self._heads: dict[str, DocumentHead] = {}
        self._look_up({report.document for one in occurrences for report in one.reports})
        self._held: defaultdict[str, list[Occurrence]] = defaultdict(list)
        self._announced: defaultdict[str, list[Occurrence]] = defaultdict(list)
        dated = [(one, first_day(one.when)) for one in occurrences if one.state in (State.HELD, State.MOVED) and one.when]
        for one, _ in dated:
            if one.mechanism:
                insort(self._held[one.mechanism], one, key=_day_of)
            for document in {report.document for report in one.reports if report.status is Status.SCHEDULED}:
                self._announced[document].append(one)
        self._events = ToldAlike(((one, day, one.parties) for one, day in dated), self._table.vectors.shape[1], self._sentences)

    def follow(self, commitments: Iterable[Found]) -> Iterator[Undertaking]:
        """The standing of each, in the order given; proposals and requests are left out."""
        binding = [found for found in commitments if found.finding.force in BINDING]
        dated = [
            ((place, found), first_day(found.document.published), found.finding.by)
            for place, found in enumerate(binding)
            if found.finding.due and found.document.published
        ]
        again = ToldAlike(dated, self._table.vectors.shape[1], self._quotes)
        for found in binding:
            yield self._followed(found, again)

    def _look_up(self, documents: Iterable[str]) -> None:
        """Learns of documents that were published by the day."""
        found = heads_among(self._view, set(documents) - self._heads.keys())
        self._heads |= {head.id: head for head in found if not head.published or first_day(head.published) <= self._today}

    def _followed(self, found: Found, again: ToldAlike[Placed]) -> Undertaking:
        due = found.finding.due
        if kept := self._kept(found):
            return Undertaking(found=found, standing=Standing.KEPT, kept=kept, late_by=_days_late(due, kept.when))
        if later := self._later(found, again):
            return Undertaking(found=found, standing=Standing.SUPERSEDED, superseded_by=later)
        if due is None:
            said = found.document.published
            old = said is None or last_day(said) + FORGOTTEN < self._today
            return Undertaking(found=found, standing=Standing.UNKNOWN if old else Standing.OPEN)
        if last_day(due) < self._today:
            if held := next((kept for is_occasion, kept in self._meetings(found) if is_occasion), None):
                return Undertaking(found=found, standing=Standing.UNKNOWN, held=held)
            return Undertaking(found=found, standing=Standing.LATE, late_by=(self._today - last_day(due)).days)
        return Undertaking(found=found, standing=Standing.DUE if last_day(due) - SOON <= self._today else Standing.OPEN)

    def _kept(self, found: Found) -> Kept | None:
        said = found.document.published
        if said is None:
            return None
        day = last_day(said)
        meeting = (kept for is_occasion, kept in self._meetings(found) if not is_occasion)
        return next(meeting, None) or self._by_instrument(found, day) or self._byundertaken_words(found, day)

    def _meetings(self, found: Found) -> Iterator[tuple[bool, Kept]]:
        """Meetings of the undertaking that were held after it, with whether something else was to be done there: one that it announces, as
        another document tells, and the next of those that it names beside a verb of holding, or as the occasion."""
        evidence, words = found.finding.evidence, undertaken_words(found.document.language)
        said = last_day(found.document.published or LATEST)
        for one in self._announced.get(found.document.id, ()):
            if not (one.type is EventType.CONSULT or one.mechanism) or last_day(one.when or "") < said:
                continue
            places = [report.key[1] for report in one.reports if report.document == found.document.id]
            inside = [place for place in places if evidence.start <= place < evidence.end]
            kept = self._of_occurrence(one, How.MEETING) if inside else None
            if kept and kept.document.id != found.document.id:
                yield all(is_occasion(evidence, place, words) for place in inside), kept
        holds = words.hold.search(fold(evidence.quote)) is not None
        for mention in self._inside("mechanisms", found):
            held = self._held.get(mention.finding.mechanism or "", [])
            elsewhere = is_occasion(evidence, mention.finding.evidence.start, words)
            for next_one in held[bisect_right(held, said, key=_day_of) :][: holds or elsewhere]:
                if kept := self._of_occurrence(next_one, How.MEETING):
                    yield elsewhere, kept

    def _by_instrument(self, found: Found, said: date) -> Kept | None:
        """An instrument named beside a verb of bringing about, or the next one of its kind of the same parties where it has no name yet, is
        adopted or signed in a later document."""
        text, evidence = self._view.document(found.document.id), found.finding.evidence
        told = text.text[max(0, evidence.start - VERB) : evidence.end] if text else evidence.quote
        if not undertaken_words(found.document.language).bring.search(fold(told)):
            return None
        known = [mention.finding.instrument for mention in self._inside("instruments", found)]
        next_one = None if any(known) else self._promised.meant(evidence.quote, found.document.language, found.finding.by, said)
        for instrument in filter(None, [*known, next_one]):
            named: defaultdict[str, list[InstrumentMention]] = defaultdict(list)
            for other in self._named_later(instrument, said):
                if other.document.family != found.document.family:
                    named[other.document.id].append(other.finding)
            self._look_up(named)
            for document, mentions in named.items():
                if kept := self._brought_about(document, mentions, said):
                    return kept
        return None

    def _named_later(self, instrument: str, said: date) -> Iterator[Found]:
        """Where an instrument is named in documents after a day: the first so many times."""
        published = self._view.asking.documents.c.published
        named = and_(FINDINGS["instruments"].c.instrument == instrument, published > said.isoformat())
        later = (one for one in self._view.findings_where("instruments", named) if first_day(one.document.published or "") > said)
        return islice(later, LOOKED_AT)

    def _brought_about(self, document: str, mentions: Sequence[InstrumentMention], said: date) -> Kept | None:
        """Where a document says that an instrument was adopted or signed; the day is the sentence's own, where it gives one."""
        head, text = self._heads.get(document), self._view.document(document)
        if head is None or text is None:
            return None
        for one in ratified(text, mentions):
            start, end = sentence_around(text.text, one.evidence.start, one.evidence.end)
            if undertaken_words(head.language).expected.search(fold(text.text[start : one.evidence.end])):
                continue
            dates = [found.finding for found in self._view.findings_in("dates", document) if start <= found.finding.evidence.start < end]
            days = [one.iso for one in dates if one.iso and said < first_day(one.iso) and one.iso <= (head.published or "")]
            return Kept(how=How.INSTRUMENT, document=head, evidence=one.evidence, when=min(days, default=head.published))
        return None

    def _byundertaken_words(self, found: Found, said: date) -> Kept | None:
        """An event with one of the parties, in another release, whose sentence says nearly the same."""
        mine = self._vector(found)
        if mine is None:
            return None
        best: tuple[float, Kept] | None = None
        for party in dict.fromkeys(found.finding.by):
            for likeness, one in self._events.later(party, said, mine, ALIKE):
                if best is not None and likeness <= best[0]:
                    break
                if (kept := self._of_occurrence(one, How.WORDS)) and kept.document.family != found.document.family:
                    best = (likeness, kept)
        return best[1] if best else None

    def _later(self, found: Found, again: ToldAlike[Placed]) -> Found | None:
        """An undertaking of the same parties in nearly the same words, made later, with another due date."""
        due, said, mine = found.finding.due, found.document.published, self._vector(found)
        if due is None or said is None or mine is None:
            return None
        alike = (one for party in dict.fromkeys(found.finding.by) for _, one in again.later(party, last_day(said), mine, SAME_UNDERTAKING))
        other = [(place, one) for place, one in alike if one.finding.due != due and one.document.family != found.document.family]
        return min(other, key=lambda one: one[0])[1] if other else None

    def _of_occurrence(self, one: Occurrence, how: How) -> Kept | None:
        """The first report that says it happened on that day, and is no headline."""
        told = [report for report in one.reports if report.status is Status.HAPPENED and report.document in self._heads]
        told = [report for report in told if report.when == one.when] or told[:1]
        if not told:
            return None
        report = next((each for each in told if each.key[1] >= len(self._heads[each.document].title or "")), told[0])
        start = report.key[1]
        evidence = Evidence(report.document, start, start + len(report.words), report.words)
        return Kept(how=how, document=self._heads[report.document], evidence=evidence, when=one.when, occurrence=one)

    def _inside(self, kind: str, found: Found) -> list[Found]:
        span = found.finding.evidence.span
        return [other for other in self._view.findings_in(kind, found.document.id) if span.overlaps(other.finding.evidence.span)]

    def _sentences(self, several: Sequence[Occurrence]) -> Iterator[Floats | None]:
        """The vectors of the sentences that tell some occurrences."""
        kept = [self._of_occurrence(one, How.WORDS) for one in several]
        texts = dict(texts_of(self._view, sorted({one.document.id for one in kept if one})))
        for one in kept:
            text = texts.get(one.document.id, "") if one else ""
            start, end = sentence_around(text, one.evidence.start, one.evidence.end) if one else (0, 0)
            yield self._table.vector(fold(text[start:end]), one.document.language) if one else None

    def _quotes(self, several: Sequence[Placed]) -> Iterator[Floats | None]:
        """The vectors of the words of some undertakings."""
        return (self._vector(found) for _, found in several)

    def _vector(self, found: Found) -> Floats | None:
        return self._table.vector(fold(found.finding.evidence.quote), found.document.language)


def _day_of(one: Occurrence) -> date:
    return first_day(one.when or "")


def _days_late(due: IsoDate | None, when: IsoDate | None) -> int | None:
    if due is None or when is None or first_day(when) <= last_day(due):
        return None
    return (first_day(when) - last_day(due)).days
