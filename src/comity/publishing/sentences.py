"""Figures, conflicts and moved meetings as sentences of a language."""

from collections.abc import Iterable

from comity.knowledge import Pack
from comity.publishing.labels import Labels
from comity.publishing.naming import Naming, called
from comity.records import Bound, LanguageCode, ProgressClaim, ProgressVerb
from comity.register import Decision, DocumentHead
from comity.tracking.bounds import Done, is_share
from comity.tracking.conflicts import Conflict, ConflictKind, Verbs
from comity.tracking.judgements import Judgement, OwnCount, beside
from comity.tracking.ledger import Claim, Source
from comity.tracking.meetings import Moved
from comity.tracking.passages import Passage


class Sentences:
    """Says things about one pack in one language."""

    def __init__(self, pack: Pack, labels: Labels, naming: Naming) -> None:
        self._pack = pack
        self._labels = labels
        self._naming = naming

    def figure(self, claim: ProgressClaim) -> str:
        """The figure with its bound: "over 90 %", "93 % of 103", "7 % remaining", "114 of 140 (81.4 %)"."""
        say, number = self._labels.say, self._labels.number
        percent = say("figure_percent", n=number(claim.percent)) if claim.percent is not None else ""
        fraction = self._fraction(claim)
        if percent and not fraction and claim.denominator:
            percent = say("figure_share", percent=percent, total=number(claim.denominator))
        figure = say("figure_both", fraction=fraction, percent=percent) if fraction and percent else fraction or percent
        if not figure:
            return f"“{claim.evidence.quote}”"
        figure = say(f"bound_{Bound(claim.bound).value}", figure=figure)
        return say("remaining", figure=figure) if claim.remaining else figure

    def _fraction(self, claim: ProgressClaim) -> str:
        """What is counted, of how many: "97 of 103"; of a part of the plan "2/3", or "all"."""
        say, number = self._labels.say, self._labels.number
        if claim.numerator is None:
            return ""
        if not claim.denominator:
            return say("figure_number", n=number(claim.numerator))
        key = "figure_fraction"
        if is_share(claim, self._lines_total(claim)):
            key = "figure_all" if claim.numerator == claim.denominator else "figure_part"
        return say(key, n=number(claim.numerator), total=number(claim.denominator))

    def _lines_total(self, claim: ProgressClaim) -> int | None:
        return next((plan.lines_total for plan in self._pack.plans if plan.id == claim.subject), None)

    def claimed(self, claim: Claim) -> str:
        """The figure with its verb: "97 of 103 completed"; the words of a claim that gives no figure."""
        if claim.figure.numerator is None and claim.figure.percent is None:
            return f"“{self.passage(claim.sources[0]).text}”"
        if claim.verb is None or claim.figure.remaining:
            return self.figure(claim.figure)
        return self._labels.say("figure_verb", figure=self.figure(claim.figure), verb=self._labels.say(f"verb_{claim.verb.value}"))

    def means(self, claim: Claim) -> str:
        """What a figure can mean, in lines, by the verb that it counts by: "93 to 103 of 103 lines addressed"."""
        return self._lines(claim.done, None if claim.figure.remaining else claim.verb)

    def _lines(self, done: Done | None, verb: ProgressVerb | None) -> str:
        if done is None:
            return self._labels.say("means_nothing")
        counted = self._labels.say(f"verb_{verb.value}" if verb else "verb_any")
        if done.lines is None:
            low, high = (self._labels.number(round(float(share) * 100, 1)) for share in (done.low, done.high))
            return self._labels.say("means_share" if low != high else "means_share_one", low=low, high=high, verb=counted)
        key = "means_line" if done.lines.low == done.lines.high else "means_lines"
        return self._labels.say(key, low=done.lines.low, high=done.lines.high, total=done.lines.total, verb=counted)

    def who(self, claim: Claim) -> str:
        """Who says so: the claimants; where the texts name none, the publisher who tells it."""
        if len(claim.claimants) == 1:
            return self._naming.claimant(claim.claimants[0], claim.when)
        if claim.claimants:
            return self._naming.actors(claim.claimants)
        teller = claim.sources[0].document
        return self._labels.say("told_by", publisher=teller.publisher or f"“{called(teller)}”")

    def passage(self, source: Source) -> Passage:
        """The sentence that says so; of a claim typed into the pack, the pack's words in the reader's language."""
        words = source.said.get(self._labels.language)
        return Passage(words, 0, len(words), 0) if words else source.passage

    def passage_language(self, source: Source) -> LanguageCode:
        """The language that its sentence is shown in."""
        return self._labels.language if source.said.get(self._labels.language) else source.document.language

    def publisher(self, document: DocumentHead) -> str:
        """Who published it; where nobody says so, what it is called."""
        return document.publisher or called(document)

    def source(self, source: Source) -> str:
        """Publisher and date; what was typed into the pack says so, with the site where it can be checked."""
        if source.typed_in:
            return self._labels.say("typed_in", site=source.document.publisher)
        return self.document(source.document)

    def document(self, document: DocumentHead) -> str:
        """Publisher and date."""
        return self._labels.say("source_of", publisher=self.publisher(document), date=self._labels.date(document.published))

    def decided(self, taken: Iterable[Decision]) -> tuple[str, ...]:
        """What people decided about a finding, one sentence each: who, when, what and why."""
        return decided(taken, self._labels)

    def conflict(self, conflict: Conflict) -> str:
        """Why claims do not fit, as one sentence or two."""
        a, b = conflict.claims[0], conflict.claims[-1]
        figure = a.figure
        plan = next(plan for plan in self._pack.plans if plan.id == figure.subject)
        no_total = "_no_total" if conflict.kind is ConflictKind.CREDITED and plan.lines_total is None else ""
        credited = next((source for source in a.sources if source.credited == conflict.actor), a.sources[0])
        return self._labels.say(
            f"conflict_{conflict.kind.value}{no_total}",
            a=self.claimed(a),
            b=self.claimed(b),
            date_a=self._labels.date(a.when),
            date_b=self._labels.date(b.when),
            who_a=self.who(a),
            who_b=self.who(b),
            means_a=self.means(a),
            means_b=self.means(b),
            verb=self._labels.say(f"verb_{a.verb.value}") if a.verb else "",
            n=figure.denominator,
            total=plan.lines_total,
            begins=self._labels.date(plan.period.split("/")[0]),
            publisher=self.publisher(credited.document),
            actor=self._naming.in_sentence(conflict.actor) if conflict.actor else "",
            parties=self._naming.actors(self._pack.partnership.parties),
        )

    def judgement(self, found: Judgement) -> str:
        """What two claims mean for each other, as a sentence."""
        if found.conflict:
            return self.conflict(found.conflict)
        a, b = found.earlier, found.later
        return self._labels.say(
            f"judgement_{found.kind.value}",
            a=self.claimed(a),
            b=self.claimed(b),
            date_a=self._labels.date(a.when),
            date_b=self._labels.date(b.when),
            who_a=self.who(a),
            who_b=self.who(b),
            means_a=self.means(a),
            means_b=self.means(b),
            verb_a=self._labels.say(f"verb_{a.verb.value}") if a.verb else self._labels.say("verb_none"),
            verb_b=self._labels.say(f"verb_{b.verb.value}") if b.verb else self._labels.say("verb_none"),
        )

    def beside(self, done: Done, own: OwnCount) -> str:
        """What Comity's own count says beside a claim."""
        key = f"beside_{beside(done, own).value}"
        return self._labels.say(
            key, means=self._lines(done, None), done=own.done, known=own.known, total=own.total, rest=own.total - own.known
        )

    def verbs(self, verbs: Verbs) -> str:
        return self._labels.say("verbs_differ", verbs=", ".join(self._labels.say(f"verb_{verb.value}") for verb in verbs.verbs))

    def moved(self, moved: Moved) -> str:
        """ "Planned for one date, held on another", with who announced it."""
        meeting = self._naming.meeting(moved.meeting)
        planned, held = self._labels.date(moved.planned), self._labels.date(moved.meeting.sitting.date)
        if moved.report is None:
            return self._labels.say("moved_known", meeting=meeting, planned=planned, held=held)
        document = moved.report.document
        return self._labels.say(
            "moved_told",
            meeting=meeting,
            planned=planned,
            held=held,
            publisher=self.publisher(document),
            published=self._labels.date(document.published),
        )


def decided(taken: Iterable[Decision], labels: Labels) -> tuple[str, ...]:
    """What people decided about a finding, one sentence each: who, when, what and why."""
    return tuple(_decision(one, labels) for one in taken if labels.has(f"decided_{one.action.value}"))


def _decision(one: Decision, labels: Labels) -> str:
    fields = ", ".join(labels.say(f"corrects_{name}") if labels.has(f"corrects_{name}") else name for name in one.value)
    said = labels.say(f"decided_{one.action.value}", who=one.who, date=labels.date(one.made[:10]), fields=fields)
    return labels.say("decided_because", said=said, why=one.why) if one.why else said
