"""Named documents and arrangements of a page: those the knowledge holds, by their names, and others by how such names are built.

What comes in is a page; what goes out are mentions in the order of the text. A plan named by its period alone ("Kế hoạch hành động giai
đoạn 2016-2020") is told by the parties that the text speaks of.
"""

import re
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from comity.intervals import first_day, is_iso, last_day
from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Match, Matcher
from comity.knowledge.schema import Actor, Instrument, Plan
from comity.languages import load_words
from comity.reading.name_phrases import Phrase, PhraseGrammar, PhraseWords, names_another, one_line, parties_named, short_name, spelled
from comity.reading.page import Page
from comity.records import InstrumentMention, LanguageCode

PERIOD = re.compile(r"\b((?:19|20)\d\d)\s*-\s*((?:19|20)\d\d)\b")
YEAR = re.compile(r"\b((?:18|19|20)\d\d)\b")
DEFINED = re.compile(r"""\s*\(\s*["']?([A-Z][A-Za-z&]*[A-Z](?:[ -]\d+)?)["']?\s*\)""")
BLANKS = re.compile(r"\s+")
PLAN = "plan"


class Named(Struct, frozen=True, kw_only=True):
    """A stretch that names an instrument, before it is made a mention."""

    start: int
    end: int
    name: str
    year: int | None = None
    instrument: str | None = None


class InstrumentGrammar:
    """Finds instruments in one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        words = load_words(language, "instruments", PhraseWords)
        self._phrases = PhraseGrammar(words)
        self._latin = words.capitals_before
        self._same = frozenset(fold(word) for group in words.spellings for word in group)
        self._instruments = knowledge.instruments
        self._packed = frozenset(i.id for pack in knowledge.packs for i in pack.instruments)
        self._known: Matcher[str] = Matcher(_names(knowledge.instruments.values(), language, words.spellings))
        self._plans = tuple((plan, knowledge.instruments.get(plan.id)) for plan in knowledge.plans.values())
        self._longer: Matcher[str] = Matcher((word, word) for word in words.inside)
        actors = [actor for actor in knowledge.actors.values() if actor.type != "person"]
        self._actors: Matcher[Actor] = Matcher(
            (name, actor) for actor in actors for name in (*actor.names.get(language, ()), *actor.acronyms)
        )

    def find(self, page: Page) -> tuple[InstrumentMention, ...]:
        """All instruments of the article, in order; of two that begin together the longer."""
        text = one_line(page)
        spoken = self._parties_in(text, 0, len(text.folded)) if PERIOD.search(text.folded) else frozenset()
        every = self._phrases.find(page, text)
        phrases = {phrase.start: phrase for phrase in every if not phrase.bare}
        found = [
            self._of_known(page, match.start, match.end, ids, phrases)
            for match in sorted(self._known.find_all(text), key=_longest_first)
            if not names_another(text, match.end, self._actors) and (ids := self._of_parties(text, match, phrases, spoken))
        ]
        found = _without_inner(found)
        for phrase in phrases.values():
            if not any(named.start <= phrase.start < named.end for named in found) and not self._is_actor(page, phrase.start, phrase.end):
                found.append(self._of_phrase(page, text, phrase, spoken))
        found += self._taken_up(text, [phrase for phrase in every if phrase.bare], found)
        found += self._defined(page, found)
        return tuple(
            InstrumentMention(evidence=page.evidence(n.start, n.end), name=n.name, year=n.year, instrument=n.instrument)
            for n in sorted(found, key=lambda n: (n.start, -n.end))
        )

    def _of_parties(self, text: Folded, match: Match[str], phrases: dict[int, Phrase], spoken: frozenset[str]) -> tuple[str, ...]:
        """The documents that a known name may mean: none of parties other than those named beside it ("ASEAN-Canada Plan of Action
        (2016-2020)" is no plan of ASEAN and the UN); one by its period alone ("Plan of Action (2016-2020)") only where the text speaks
        of its parties: ministries and other groups have plans of the same years."""
        if not any(self._instruments[known].kind == PLAN and self._instruments[known].parties for known in match.values):
            return match.values
        phrase = next((p for p in phrases.values() if p.start <= match.start <= p.head_end and p.end >= match.start), None)
        beside = (
            self._parties_in(text, phrase.start, match.start) | self._parties_in(text, match.end, phrase.end) if phrase else frozenset()
        )
        if beside or self._parties_in(text, match.start, match.end) or not PERIOD.search(text.folded, match.start, match.end):
            return tuple(known for known in match.values if self._may_be_of(known, beside))
        return tuple(known for known in match.values if spoken.issuperset(self._instruments[known].parties))

    def _may_be_of(self, known: str, beside: frozenset[str]) -> bool:
        parties = self._instruments[known].parties
        return not parties or not beside or beside <= set(parties)

    def _parties_in(self, text: Folded, start: int, end: int) -> frozenset[str]:
        """The bodies and states named in a stretch."""
        return (
            frozenset(actor.id for match in self._actors.find_all(text, start, end) for actor in match.values)
            if start < end
            else frozenset()
        )

    def _of_known(self, page: Page, start: int, end: int, ids: tuple[str, ...], phrases: dict[int, Phrase]) -> Named:
        known = self._instruments[next((i for i in ids if i in self._packed), None) or self._in_force(page, ids)]
        end, _ = self._phrases.grown(page, start, end)
        phrase = next((p for p in phrases.values() if p.start <= start <= p.head_end and (p.end >= end or p.head_start == start)), None)
        if phrase and start in (phrase.start, phrase.head_start):
            start = phrase.start
            if (phrase.topic or 0) > end or YEAR.search(page.text[end : phrase.end]):
                end = phrase.end
        return Named(start=start, end=end, name=known.name, year=_year(known), instrument=known.id)

    def _in_force(self, page: Page, ids: tuple[str, ...]) -> str:
        """Of several documents of one name (a blueprint and the one that followed it) the newest that is not younger than the text; of a
        text whose day is not known the newest."""
        published = page.document.published
        day = last_day(published) if published else date.max
        dated = [(first_day(when), i) for i in ids if (when := self._instruments[i].date)]
        return max((one for one in dated if one[0] <= day), default=(None, ids[0]))[1]

    def _of_phrase(self, page: Page, text: Folded, phrase: Phrase, spoken: frozenset[str]) -> Named:
        words = page.folded.folded[phrase.start : phrase.end]
        plan = self._plan(text, phrase, words, spoken) if phrase.head.kind == PLAN else None
        if plan:
            known = self._instruments.get(plan.id)
            return Named(
                start=phrase.start, end=phrase.end, name=known.name if known else plan.names["en"][0], year=_year(known), instrument=plan.id
            )
        inner = next((m for m in self._known.find(text, phrase.head_end, phrase.end) if m.end == phrase.end), None)
        if inner and not page.text[phrase.head_end : inner.start].strip():  # "Hiệp định EVFTA"
            known = self._instruments[inner.values[0]]
            return Named(start=phrase.start, end=phrase.end, name=known.name, year=_year(known), instrument=known.id)
        year = YEAR.search(words)
        return Named(
            start=phrase.start,
            end=phrase.end,
            name=self._name(page, text, phrase),
            year=int(year.group()) if year and not PERIOD.search(words) else None,
        )

    def _plan(self, text: Folded, phrase: Phrase, words: str, spoken: frozenset[str]) -> Plan | None:
        """The plan of the phrase's period whose parties the text names; a topic must be that of the plan's own names."""
        period = PERIOD.search(words)
        if not period:
            return None
        fitting = [
            (plan, known)
            for plan, known in self._plans
            if is_iso(plan.period) and (str(first_day(plan.period).year), str(last_day(plan.period).year)) == period.groups()
        ]
        if not fitting:
            return None
        beside = self._parties_in(text, phrase.start, phrase.end)
        for plan, known in fitting:
            if known and not self._may_be_of(known.id, beside):
                continue
            if known and known.parties and all(party in spoken for party in known.parties) and self._topic_fits(text, phrase, known):
                return plan
        return None

    def _topic_fits(self, text: Folded, phrase: Phrase, known: Instrument) -> bool:
        if phrase.topic is None:
            return True
        return any(known.implements in match.values for match in self._known.find_all(text, phrase.topic, phrase.end))

    def _name(self, page: Page, text: Folded, phrase: Phrase) -> str:
        """In English the words themselves; else the parties' English names, the head's English noun and the period or number."""
        words = BLANKS.sub(" ", page.text[phrase.start : phrase.end])
        if self._latin:
            return words
        parties: list[str] = []
        for actor in parties_named(text, phrase, self._actors, self._longer):
            if (name := short_name(actor)) not in parties:
                parties.append(name)
        tail = PERIOD.search(words) or re.search(r"\b\d{3,4}\b", words)
        return " ".join(filter(None, ["-".join(parties), phrase.head.english, tail.group() if tail else ""]))

    def _taken_up(self, text: Folded, bare: list[Phrase], found: list[Named]) -> list[Named]:
        """Heads alone that stand for the last name with the same head ("Hiệp định", "the Convention")."""
        result = []
        for phrase in bare:
            head = text.folded[phrase.head_start : phrase.head_end]
            before = [
                named
                for named in found
                if named.end <= phrase.start and re.search(rf"(?<!\w){re.escape(head)}(?!\w)", text.folded[named.start : named.end])
            ]
            if before and not any(named.start <= phrase.start < named.end for named in found):
                meant = max(before, key=lambda named: named.end)
                result.append(Named(start=phrase.start, end=phrase.end, name=meant.name, year=meant.year, instrument=meant.instrument))
        return result

    def _is_actor(self, page: Page, start: int, end: int) -> bool:
        """Whether the words are a body's name or acronym ("Chương trình Phát triển LHQ", "Hiến chương Liên hợp quốc (LHQ)")."""
        return page.folded.folded[start:end] in self._same or any(
            (m.start, m.end) == (start, end) for m in self._actors.find_all(page.folded, start, end)
        )

    def _defined(self, page: Page, found: list[Named]) -> list[Named]:
        """Acronyms brought in by brackets after a name ("Hiệp định ... (FPA)"), wherever they stand after that."""
        result: list[Named] = []
        places = {named.start for named in found}
        for named in found:
            defined = DEFINED.match(page.text, named.end)
            if not defined or page.folded.folded[defined.start(1)] == " " or self._is_actor(page, *defined.span(1)):
                continue
            if named.instrument is None or defined.group(1) not in self._instruments[named.instrument].acronyms:
                for match in re.finditer(rf"(?<!\w){re.escape(defined.group(1))}(?!\w)", page.text[defined.start(1) :]):
                    start = defined.start(1) + match.start()
                    if start not in places and page.folded.folded[start] != " ":
                        places.add(start)
                        result.append(
                            Named(
                                start=start,
                                end=start + len(match.group()),
                                name=named.name,
                                year=named.year,
                                instrument=None if _other(self, defined.group(1), named) else named.instrument,
                            )
                        )
        return result


def _other(grammar: InstrumentGrammar, acronym: str, named: Named) -> bool:
    """Whether the acronym belongs to another known instrument than the one it stands beside."""
    return any(acronym in known.acronyms and known.id != named.instrument for known in grammar._instruments.values())


def _names(instruments: Iterable[Instrument], language: LanguageCode, spellings: tuple[tuple[str, ...], ...]) -> Iterable[tuple[str, str]]:
    for known in instruments:
        for name in known.names.get(language, ()):
            yield from ((spelling, known.id) for spelling in spelled(name, spellings))
        yield from ((acronym, known.id) for acronym in known.acronyms)


def _without_inner(found: list[Named]) -> list[Named]:
    """Of known names that begin at the same place, the longest. A name inside a longer one stays where it is another instrument's and does
    not begin it ("Tuyên bố chung về thực hiện Tuyên bố về ứng xử ...")."""
    result: list[Named] = []
    for named in sorted(found, key=lambda n: (n.start, -n.end)):
        holders = [other for other in result if other.start < named.end and named.start < other.end]
        if all(
            other.end < named.end or (other.start < named.start and other.instrument != named.instrument) for other in holders
        ) and not any(other.start == named.start for other in holders):
            result.append(named)
    return result


def _year(known: Instrument | None) -> int | None:
    return first_day(known.date).year if known and known.date else None


def _longest_first(match: Match[str]) -> int:
    """Before a name grows over the year beside it: "Hiệp định Paris 1973" is another than "Hiệp định Paris"."""
    return match.start - match.end
