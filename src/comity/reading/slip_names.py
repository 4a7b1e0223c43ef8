"""Names that contradict themselves: a known document or body with another's acronym, a goal's number with another goal's title."""

import re
from collections.abc import Iterator, Sequence

from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.knowledge.schema import Mechanism
from comity.reading.mentions import Form, Mentions
from comity.reading.page import Page
from comity.reading.progress_words import alternatives
from comity.reading.slip_words import SlipWords, filled
from comity.records import ActorType, InstrumentMention, LanguageCode, MechanismMention, Slip

BRACKETED = re.compile(r"\s*\(\s*([A-Z][A-Za-z&]*[A-Z][a-z]?)\s*\)")


class NameSlips:
    """Finds contradicting names in one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode, words: SlipWords) -> None:
        self._instruments, self._actors = knowledge.instruments, knowledge.actors
        self._owners: dict[str, set[str]] = {}
        for instrument in knowledge.instruments.values():
            for acronym in instrument.acronyms:
                self._owners.setdefault(acronym, set()).add(instrument.id)
        bodies = [actor for actor in knowledge.actors.values() if actor.type is not ActorType.PERSON]
        self._bodies: dict[str, set[str]] = {}
        for actor in bodies:
            for acronym in (*actor.acronyms, actor.id) if actor.type is ActorType.ORGANISATION else actor.acronyms:
                self._bodies.setdefault(acronym, set()).add(actor.id)
        self._meetings: dict[str, list[Mechanism]] = {}
        for mechanism in knowledge.mechanisms.values():
            for acronym in mechanism.acronyms:
                self._meetings.setdefault(acronym, []).append(mechanism)
        self._titles = {fold(name): goal.id for goal in knowledge.sdgs.values() for name in goal.names.get(language, ())}
        self._names = {goal.id: next(iter(goal.names.get(language, ())), goal.id) for goal in knowledge.sdgs.values()}
        topics = rf"\s*(?:{alternatives(words.goal_topics)})\s*"
        numbers = "|".join(
            filled(form, n=r"(\d{1,2})").replace(r"(\d{1,2})", rf"(?P<n{i}>\d{{1,2}})") for i, form in enumerate(words.goal_numbers)
        )
        self._goal = re.compile(rf"(?:{numbers}){topics}(?P<title>{alternatives(self._titles)})(?!\w)") if self._titles else None

    def find(
        self,
        page: Page,
        text: str,
        instruments: Sequence[InstrumentMention],
        mentions: Mentions,
        mechanisms: Sequence[MechanismMention],
    ) -> Iterator[Slip]:
        """All of them. `text` is the page's folded copy with blanks for line ends."""
        if "(" in text:
            yield from self._of_instruments(page, instruments)
            yield from self._of_bodies(page, mentions, mechanisms)
        yield from self._of_goals(page, text)

    def _of_instruments(self, page: Page, instruments: Sequence[InstrumentMention]) -> Iterator[Slip]:
        """A known instrument's name directly followed by another's acronym: "Millennium Development Goals (SDGs)"."""
        for mention in instruments:
            after = BRACKETED.match(page.text, mention.evidence.end)
            if not after or mention.instrument is None:
                continue
            acronym = after.group(1)
            owners = self._owners.get(acronym, set())
            if not owners or acronym in self._bodies or mention.instrument in owners or acronym in mention.evidence.quote:
                continue
            yield self._of_another(page, mention.evidence.start, mention.evidence.end, after, self._instruments[min(owners)].name)

    def _of_bodies(self, page: Page, mentions: Mentions, mechanisms: Sequence[MechanismMention]) -> Iterator[Slip]:
        """A known body's full name directly followed by another body's acronym: "the World Health Organization (WTO)". A meeting's own name
        may end with those who meet: "the ASEAN Ministers' Meeting with the President of the General Assembly (AUMM)"."""
        meetings = {page.sentence_at(one.evidence.start): one.evidence.start for one in reversed(mechanisms)}
        for mention in mentions.all:
            if mention.form is not Form.NAME or mention.type is not ActorType.ORGANISATION or len(mention.actors) != 1:
                continue
            after = BRACKETED.match(page.text, mention.end)
            known = self._actors.get(mention.actors[0]) if after else None
            if after is None or known is None or " " not in page.text[mention.start : mention.end]:
                continue
            acronym = after.group(1)
            owners = self._bodies.get(acronym, set())
            short = {*known.acronyms, known.id, *(name for names in known.names.values() for name in names)}
            if not any(name.isupper() for name in short) or acronym in short:
                continue
            if not owners and meetings.get(page.sentence_at(mention.start), mention.start) < mention.start:
                continue
            if acronym in self._owners or known.id in owners or any(self._are_kin(known.id, owner) for owner in owners):
                continue
            if other := self._other(owners, acronym, fold(page.text[mention.start : mention.end]), page.document.language):
                yield self._of_another(page, mention.start, mention.end, after, other)

    def _other(self, owners: set[str], acronym: str, name: str, language: LanguageCode) -> str | None:
        """Whose acronym it is: a body's, else a meeting's; None where one of them is called by the name that stands before it too, by a
        longer one that ends with it ("the Tribunal for X (TX)"), or by one inside it ("the Council of the X Community (XC)")."""
        bodies = [self._actors[owner] for owner in sorted(owners)]
        others = [tuple(body.names.get(language, ())) or (body.id,) for body in bodies]
        others = others or [tuple(m.names.get(language, ())) or (m.name,) for m in self._meetings.get(acronym, [])]
        if not others or any(name in word or word in name for words in others for word in map(fold, words)):
            return None
        return others[0][0]

    def _are_kin(self, one: str, other: str) -> bool:
        """Whether one body is part of the other: the Commission may stand with the Union's acronym."""
        for inner, outer in ((one, other), (other, one)):
            body = self._actors.get(inner)
            while body is not None and body.part_of:
                if body.part_of == outer:
                    return True
                body = self._actors.get(body.part_of)
        return False

    def _of_another(self, page: Page, start: int, end: int, after: re.Match[str], other: str) -> Slip:
        details = {"name": page.text[start:end].replace("\n", " "), "acronym": after.group(1), "other": other}
        return Slip(evidence=page.evidence(start, after.end()), reason="acronym-of-another", details=details)

    def _of_goals(self, page: Page, text: str) -> Iterator[Slip]:
        """A goal's number beside another goal's title: "SDG 14 on clean water and sanitation"."""
        for match in self._goal.finditer(text) if self._goal else ():
            number = next(value for name, value in match.groupdict().items() if name != "title" and value)
            right = self._titles[match.group("title")]
            if number != right and number in self._names:
                details = {"number": number, "right": right, "title": self._names[right]}
                yield Slip(evidence=page.evidence(*match.span()), reason="goal-of-another", details=details)
