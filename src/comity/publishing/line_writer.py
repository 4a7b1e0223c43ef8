"""Findings, occurrences, undertakings and contradictions as lines of a paper in one language."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from comity.knowledge import Knowledge, Pack
from comity.publishing.acts import act_key
from comity.publishing.contradiction_sentences import ContradictionSentences
from comity.publishing.labels import Labels
from comity.publishing.lines import Line, Part
from comity.publishing.naming import Naming, called
from comity.publishing.safe_links import safe_link
from comity.publishing.same_sentence import gathered
from comity.publishing.sentences import Sentences
from comity.publishing.undertaking_record import standing_sentence
from comity.records import Evidence, Status
from comity.register import DocumentHead, Found, View
from comity.register.decisions import address_of
from comity.register.heads import heads_of
from comity.register.occurrences import Report
from comity.tracking.contradiction import Contradiction
from comity.tracking.ledger import Claim
from comity.tracking.occurrences import Occurrence, State
from comity.tracking.passages import Passage, Passages
from comity.tracking.undertaking import Standing, Undertaking

T = TypeVar("T")

NAMES_IN = "en"
"""The language in which the reader names a meeting that no list has."""

LOOKED_AT = 8
"""Of so many reports that tell an occurrence as well as each other the headlines are looked at."""


class LineWriter:
    """Writes the lines of one register and pack in one language. `naming` and `around`, which gives the sentence around words, are of
    somebody who has names and sentences at hand already."""

    def __init__(
        self,
        pack: Pack,
        knowledge: Knowledge,
        view: View,
        labels: Labels,
        *,
        naming: Naming | None = None,
        around: Callable[[Evidence], Passage] | None = None,
    ) -> None:
        self._labels = labels
        self.around = around or Passages(view).around
        self._view = view
        self._heads: dict[str, DocumentHead] = {}
        self.naming = naming or Naming(knowledge, labels, view)
        self.sentences = Sentences(pack, labels, self.naming)
        self._contradictions = ContradictionSentences(knowledge, labels, self.naming)
        self._knowledge = knowledge
        self.pack = pack.partnership.id

    def statement(self, together: Sequence[Found], notes: Sequence[str] = ()) -> Line:
        """What speakers say in one sentence, in one act or in several."""
        together = _in_order(together)
        finding = together[0].finding
        who = self.naming.actors(finding.speaker) or self._labels.say("no_speaker")
        acts = self._listed(self._labels.say(act_key(found.finding)) for found in together)
        return self._told(together, self._labels.say("said", who=who, act=acts), notes)

    def commitment(self, together: Sequence[Found], notes: Sequence[str] = ()) -> Line:
        """What parties undertake, agree, propose or ask for in one sentence, for one date."""
        together = _in_order(together)
        finding = together[0].finding
        who = self.naming.actors(finding.by) or self._labels.say("no_party")
        forces = self._listed(self._labels.say(f"force_{found.finding.force}") for found in together)
        due = f", {self._labels.say('due', date=self._labels.date(finding.due))}" if finding.due else ""
        return self._told(together, self._labels.say("promised", who=who, force=forces) + due, notes)

    def undertaking(self, together: Sequence[Undertaking]) -> Line:
        """The commitment with its standing; what keeps it is a suggestion."""
        one = together[0]
        reason = standing_sentence(one, self.sentences, self._labels)
        told = one.standing not in (Standing.OPEN, Standing.UNKNOWN)
        note = reason or (self._labels.say(f"standing_{one.standing.value}") if told else "")
        return replace(self.commitment([each.found for each in together], [note]), mark="suggested" if one.kept or one.held else None)

    def statements(self, items: Sequence[Found], most: int, title: str = "") -> Iterable[Part]:
        """The first statements, those of one sentence in one line, and how many are left out."""
        groups, left = gathered(items, self.said_with, most)
        return self._with_rest([self.statement(group) for group in groups], left, title)

    def commitments(self, items: Sequence[Found], most: int, title: str = "") -> Iterable[Part]:
        """The same for commitments."""
        groups, left = gathered(items, self._undertaken_with, most)
        return self._with_rest([self.commitment(group) for group in groups], left, title)

    def undertakings(self, items: Sequence[Undertaking], most: int, title: str = "") -> Iterable[Part]:
        """The same for undertakings, those that stand alike."""
        groups, left = gathered(items, self.stands_with, most)
        return self._with_rest([self.undertaking(group) for group in groups], left, title)

    def said_with(self, found: Found) -> Hashable:
        """The same for statements of the same speakers in the same sentence."""
        return self._sentence(found), found.finding.speaker

    def occurrences(self, several: Sequence[Occurrence]) -> list[Line]:
        """Some occurrences, whose documents are asked for at once: one by one they were a third of a page of fifty events."""
        telling = [self._telling_well(one) for one in several]
        self._heads |= heads_of(self._view.asking, {reports[0].document for reports in telling} - self._heads.keys())
        return [self._occurrence(one, reports) for one, reports in zip(several, telling, strict=True)]

    def occurrence(self, one: Occurrence) -> Line:
        """When, what and between whom, with the report that tells it best."""
        return self._occurrence(one, self._telling_well(one))

    def _occurrence(self, one: Occurrence, telling: Sequence[Report]) -> Line:
        """Of the reports that tell it well one in a sentence is shown, no headline."""
        say, date = self._labels.say, self._labels.date
        mechanism = self._knowledge.mechanisms.get(one.mechanism or "")
        name = self.naming.mechanism(mechanism) if mechanism else self._meeting(one) or say(f"event_{one.type.value}")
        if mechanism and one.sitting and one.sitting.number:
            name = say("meeting_numbered", name=name, number=one.sitting.number)
        parties = self.naming.actors(one.parties[:4])
        state = say(f"state_{one.state.value}", planned=date(one.planned))
        report = next((each for each in telling if each.key[1] >= len(self._head(each.document).title or "")), telling[0])
        evidence = Evidence(report.document, report.key[1], report.key[1] + len(report.words), report.words)
        sources = self._labels.count("sources", one.families) if one.families > 1 else ""
        text = " · ".join(part for part in (date(one.when), name, parties) if part)
        mark = "suggested" if one.suggested else None
        note = " · ".join(part for part in (state if one.state is not State.HELD else "", sources) if part)
        return self._line(text, self._head(report.document), evidence, note=note, mark=mark)

    def _meeting(self, one: Occurrence) -> str | None:
        """What a meeting that no list names is called. Reports in other languages only give a name put together in English ("Association of
        Southeast Asian Nations session" for a "cuộc họp với các Bộ trưởng ASEAN"), which nobody reads there."""
        languages = {self._labels.language, *(report.language for report in one.reports)}
        return one.meeting if NAMES_IN in languages else None

    def contradiction(self, found: Contradiction) -> Line:
        """Why the two do not fit, with the sentences of both; a suggestion until a person accepts it."""
        mark = "conflict" if found.accepted else "suggested"
        line = self._line(self._contradictions.say(found), found.a.document, found.a.evidence, mark=mark)
        line = replace(line, about=address_of(found.about))
        return replace(line, against=self._line("", found.b.document, found.b.evidence)) if found.b else line

    def claim(self, claim: Claim) -> Line:
        own = (source for source in claim.sources if self.sentences.passage_language(source) == self._labels.language)
        source = next(own, claim.sources[0])
        text = f"{self._labels.date(claim.when)} · {self.sentences.claimed(claim)} · {self.sentences.who(claim)}"
        return Line(
            text=text,
            passage=self.sentences.passage(source),
            language=self.sentences.passage_language(source),
            source=self.sentences.source(source),
            link=safe_link(source.document.source),
            note=" · ".join((self.sentences.means(claim), *self.sentences.decided(source.decisions))),
        )

    def words_of(self, head: DocumentHead, evidence: Evidence) -> Line:
        """Words of a document under its date and title."""
        return self._line(f"{self._labels.date(head.published)} · {called(head)}", head, evidence)

    def document(self, head: DocumentHead) -> Line:
        return Line(text=called(head), source=self.sentences.document(head), link=safe_link(head.source))

    def stands_with(self, one: Undertaking) -> Hashable:
        """The same for undertakings of the same parties in the same sentence that stand alike."""
        return self._undertaken_with(one.found), one.standing, standing_sentence(one, self.sentences, self._labels)

    def _undertaken_with(self, found: Found) -> Hashable:
        return self._sentence(found), found.finding.by, found.finding.due

    def _sentence(self, found: Found) -> Hashable:
        passage = self.around(found.finding.evidence)
        return found.document.id, passage.offset, passage.text

    def _told(self, together: Sequence[Found], text: str, notes: Sequence[str]) -> Line:
        """Findings of one sentence under one heading, with what people decided about each."""
        head, evidence = together[0].document, together[0].finding.evidence
        others = (self.around(found.finding.evidence) for found in together[1:])
        decided = (one for found in together for one in self.sentences.decided(found.decisions))
        note = " · ".join(dict.fromkeys(filter(None, (*notes, *decided))))
        line = self._line(f"{self._labels.date(head.published)} · {text}", head, evidence, note=note)
        return replace(line, besides=tuple((passage.start, passage.end) for passage in others))

    def _listed(self, words: Iterable[str]) -> str:
        """Each once: "affirmed and welcomed"."""
        *first, last = dict.fromkeys(words)
        return self._labels.say("list_and", all=", ".join(first), last=last) if first else last

    def first(self, items: Sequence[T], write: Callable[[T], Line], most: int, title: str = "") -> Iterable[Part]:
        """The first items as lines under a heading, and how many are left out: only what is shown is written."""
        return self._with_rest([write(one) for one in items[:most]], len(items) - most, title)

    def part(self, lines: Sequence[Line], most: int, title: str = "") -> Iterable[Part]:
        """The first lines under a heading, and how many are left out; nothing where there is none."""
        return self._with_rest(lines[:most], len(lines) - most, title)

    def _with_rest(self, lines: Sequence[Line], left: int, title: str) -> Iterable[Part]:
        if lines:
            more = self._labels.say("brief_more", n=self._labels.number(left)) if left > 0 else ""
            yield Part(lines=tuple(lines), title=title, more=more)

    def _telling_well(self, one: Occurrence) -> list[Report]:
        """The first few in the reader's language, with the meeting's name, with its date, as far as there are such: a report of its day
        that names no meeting may tell of another one."""

        def lacks(report: Report) -> tuple[bool, bool, bool]:
            return report.language != self._labels.language, report.mechanism is None, report.when != one.when

        told = [report for report in one.reports if report.status is Status.HAPPENED or one.state is not State.HELD] or one.reports
        best = min(map(lacks, told))
        return [report for report in told if lacks(report) == best][:LOOKED_AT]

    def _head(self, id: str) -> DocumentHead:
        """Asked for one by one: a page shows few of the documents that a large register has."""
        if id not in self._heads:
            head = self._view.document_head(id)
            assert head
            self._heads[id] = head
        return self._heads[id]

    def _line(self, text: str, head: DocumentHead, evidence: Evidence, *, note: str = "", mark: str | None = None) -> Line:
        return Line(
            text=text,
            passage=self.around(evidence),
            language=head.language,
            source=self.sentences.document(head),
            link=safe_link(head.source),
            evidence=evidence,
            note=note,
            mark=mark,
        )


def _in_order(together: Iterable[Found]) -> list[Found]:
    """As the words stand in the document."""
    return sorted(together, key=lambda found: (found.finding.evidence.start, found.finding.evidence.end))
