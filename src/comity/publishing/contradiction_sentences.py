"""What is wrong between two documents, as one sentence of a language (languages/*/contradictions.yaml)."""

from comity.intervals import is_iso
from comity.knowledge import Knowledge
from comity.languages import load_words
from comity.publishing.labels import Labels
from comity.publishing.naming import Naming, called, first_name
from comity.register import DocumentHead
from comity.tracking.contradiction import Contradiction, ContradictionKind, Side
from comity.tracking.sayings import ContradictionWords


class ContradictionSentences:
    """The sentences of one language."""

    def __init__(self, knowledge: Knowledge, labels: Labels, naming: Naming) -> None:
        self._knowledge = knowledge
        self._labels = labels
        self._naming = naming
        self._sentences = load_words(labels.language, "contradictions", ContradictionWords).sentences

    def say(self, found: Contradiction) -> str:
        """Why the two sides do not fit together."""
        details = found.details
        a, b = self._said(found.a, found.kind), self._said(found.b, found.kind) if found.b else details.get("source", "")
        if found.kind is ContradictionKind.REVERSED:
            a, b = (self._partner(details[one], details[other]) for one, other in (("of", "to"), ("to", "of")))
        sentence = self._sentences[found.kind.value]
        return sentence.format(
            subject=self.subject(found),
            a=a,
            b=b or self._labels.say("pack"),
            who_a=self._who(found.a.document),
            who_b=self._who(found.b.document) if found.b else "",
            date=self._labels.date(details.get("date")),
            office=details.get("office", "").replace("-", " "),
            term=self._term(details),
        )

    def subject(self, found: Contradiction) -> str:
        """What it is about, by its name."""
        if mechanism := self._knowledge.mechanisms.get(found.subject):
            name = self._naming.mechanism(mechanism)
            return self._labels.say("meeting_numbered", name=name, number=found.details["number"]) if "number" in found.details else name
        if instrument := self._knowledge.instruments.get(found.subject):
            return first_name(instrument.names, self._labels.language) or instrument.name
        return (
            self._naming.actor(found.subject) if found.subject in self._knowledge.actors else found.subject or self._labels.say("a_meeting")
        )

    def _said(self, side: Side, kind: ContradictionKind) -> str:
        if is_iso(side.says):
            return self._labels.date(side.says)
        return self._sentences.get(side.says, f"“{side.says}”")

    def _partner(self, of: str, to: str) -> str:
        return self._sentences["partner_of"].format(of=self._naming.in_sentence(of), to=self._naming.in_sentence(to))

    def _who(self, document: DocumentHead) -> str:
        publisher = document.publisher or called(document)
        return self._labels.say("source_in_brackets", publisher=publisher, date=self._labels.date(document.published))

    def _term(self, details: dict[str, str]) -> str:
        since, until = details.get("since"), details.get("until")
        return " – ".join(self._labels.date(day) if day else "…" for day in (since, until))
