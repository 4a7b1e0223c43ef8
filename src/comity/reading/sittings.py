"""Who speaks where a meeting does: "The Meeting took note of the report", "Hội nghị hoan nghênh", "We" of a chair's statement.

In come a page, the mechanisms that it names and who is named in their names; out come, for each, the two parties or more after whom it is
called, or the body whose own meeting it is, as the knowledge says: they sit there. What "the Meeting" means is settled only where all
meetings named before by that noun have the same parties. The words are data (`languages/*/sittings.yaml`).
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec import Struct

from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.knowledge.schema import Mechanism
from comity.languages import load_words
from comity.reading.cues import Phrases
from comity.reading.joint_subjects import GOVERNMENT
from comity.reading.mentions import Form, Mentions
from comity.reading.name_words import ReferenceWords
from comity.reading.page import WORD, Page, Sitting
from comity.records import GROUP, ActorId, ActorType, LanguageCode, MechanismId, MechanismMention

MOST = 5
"""Parties that may speak as one; a forum of twenty speaks for none of them."""
FREE = ("business", "sport", "mixed")
"""Levels of meetings that speak for no government."""
OPENING = 4
"""Sentences, headings counted, in which a text says of which meeting it is."""
BEHIND = 40
"""Characters between a meeting's name and "was held": "(AUMM)"."""


class SittingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `languages/*/sittings.yaml`; the file says what each list is for."""

    articles: tuple[str, ...]
    between: tuple[str, ...]
    held: tuple[str, ...]
    issued: tuple[str, ...]
    issued_by_members: tuple[str, ...]
    heads: tuple[str, ...]
    seats: dict[ActorId, tuple[str, ...]]
    people: dict[ActorId, tuple[str, ...]]
    sides: tuple[str, ...]
    kinds: tuple[str, ...]
    not_seated: tuple[str, ...]
    no_meetings: tuple[ActorId, ...]
    beside: tuple[str, ...]


class SittingGrammar:
    """The parties of all mechanisms that are known, and how to tell those of others, in one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        actors = [actor for actor in knowledge.actors.values() if actor.type != "person"]
        named: Matcher[ActorId] = Matcher((name, actor.id) for actor in actors for name in (*actor.names.get("en", ()), *actor.acronyms))
        self._parties: dict[MechanismId, tuple[ActorId, ...]] = {}
        self._words: dict[MechanismId, frozenset[str]] = {}
        for known in knowledge.mechanisms.values():
            self._parties[known.id] = _parties(known, named)
            self._words[known.id] = frozenset(word for name in known.names.get(language, ()) for word in WORD.findall(fold(name)))

        settled = sitting_words(language)
        self._beside = tuple(f"{fold(words)} " for words in settled.beside)
        self._seats = tuple(settled.seats.values())
        self._owners = frozenset(members(language)) - frozenset(settled.no_meetings)
        several = [known for known in knowledge.mechanisms.values() if len(self._parties[known.id]) > 1]
        self._inner: Matcher[MechanismId] = Matcher((name, known.id) for known in several for name in known.names.get(language, ()))

    def of(self, page: Page, mechanisms: Iterable[MechanismMention], mentions: Mentions) -> tuple[Sitting, ...]:
        """The meetings of a page in the order of the text, without those on whose sidelines others meet."""
        folded = page.folded.folded
        own = (one for one in mechanisms if not folded.endswith(self._beside, 0, one.evidence.start))
        return tuple(self._sitting(page, one, mentions) for one in own)

    def _sitting(self, page: Page, one: MechanismMention, mentions: Mentions) -> Sitting:
        start, end = one.evidence.start, one.evidence.end
        words = frozenset(WORD.findall(page.folded.folded[start:end]))
        if one.mechanism is not None:
            known = self._parties.get(one.mechanism, ())
            return Sitting(start, end, known, words | self._words.get(one.mechanism, frozenset()))
        inside = [m for m in mentions.within_with_nested(start, end) if m.form is Form.NAME and m.type is not ActorType.PERSON]
        inside = [m for m in inside if not page.folded.folded.endswith(self._beside, 0, m.start)]
        outer = [m for m in inside if m.end <= end and not any(o is not m and o.start <= m.start and m.end <= o.end for o in inside)]
        parties = tuple(dict.fromkeys(actor.removeprefix(GOVERNMENT) for m in outer for actor in m.actors if not actor.startswith(GROUP)))
        if len(parties) < 2:  # "the ASEAN Plus Three | Foreign Ministers' Meeting", else "the OIC | Ministerial Meeting"
            within = {self._parties[match.values[0]] for match in self._inner.find(page.folded, start, end)}
            owned = bool(parties) and parties[0] in self._owners and any(_holds(words, names) for names in self._seats)
            parties = within.pop() if len(within) == 1 else parties if owned else ()
        return Sitting(start, end, parties if len(parties) <= MOST else (), words)


def _holds(words: frozenset[str], names: Iterable[str]) -> bool:
    """Whether one of several phrases stands in a meeting's name."""
    return any(words.issuperset(name.split()) for name in names)


def members(language: LanguageCode) -> dict[ActorId, ActorId]:
    """The bodies that have members, with the id of these."""
    return load_words(language, "references", ReferenceWords).members


def _parties(known: Mechanism, named: Matcher[ActorId]) -> tuple[ActorId, ...]:
    """The body whose own meeting it is, else those after whom it is called, two or more, else those who take part in it, so far as the
    knowledge says; of whom a forum of one name consists ("East Asia Summit") its name does not tell."""
    if known.of is not None:
        return (known.of,)
    level = known.level if isinstance(known.level, str) or known.level is None else known.level.get("en")
    called = tuple(dict.fromkeys(match.values[0] for match in named.find(Folded(known.name))))
    parties = called if len(called) > 1 else known.participants
    return parties if level not in FREE and 1 < len(parties) <= MOST else ()


def chosen(page: Page, named: Sequence[Sitting]) -> tuple[ActorId, ...]:
    """The parties of one of several meetings: where these are the same, else of the one whose own text the page is."""
    parties = {one.parties for one in named}
    if len(parties) == 1:
        return parties.pop()
    return page.issuers if page.issuers and page.issuers in parties else ()


def meant(page: Page, noun: str, before: int) -> tuple[ActorId, ...]:
    """The parties of "the Meeting" or "the Joint Committee" at a place: of those named before it by the noun."""
    words = noun.split()
    return chosen(page, [one for one in page.sittings if one.end <= before and one.words.issuperset(words)])


def calls_itself_issued(title: str, language: LanguageCode) -> bool:
    """Whether a title calls a text somebody's own: "Chair's Statement", "Thông cáo chung"."""
    return bool(title and _patterns(language).issued.search(fold(title)))


def issuing_body(heading: Page, mentions: Mentions) -> tuple[ActorId, ...]:
    """The body whose members' own text a title calls it ("| G20 | Lima Leaders' Declaration"); none where others are named before that."""
    call = _patterns(heading.language).issued_by_members.search(heading.folded.folded)
    before = [one for one in mentions.within(0, call.start()) if one.form is not Form.TITLE] if call else []
    bodies = members(heading.language)
    named_there = {one.actors[0].removeprefix(GROUP).split("-")[0] for one in before}  # "| G7 leaders |' statement" is the G7's
    return tuple(named_there) if len(named_there) == 1 and named_there <= set(bodies) else ()


def issuers(page: Page, heading: Sequence[Sitting]) -> tuple[ActorId, ...] | None:
    """Whose text a page is as a meeting's own: its title says so, or it opens with the meeting that was held. `heading` are the meetings of
    a title that says so. Nobody where several are named so, or who met is not known; None where it is no meeting's own text."""
    words = _patterns(page.language)
    if heading:
        named = {one.parties for one in heading}
    else:
        until = page.sentences[min(OPENING, len(page.sentences)) - 1].end if page.sentences else 0
        named = {one.parties for one in page.sittings if one.start < until and _is_the_texts(page, one, words)}
    return named.pop() if len(named) == 1 else () if named else None


def _is_the_texts(page: Page, one: Sitting, words: "_Patterns") -> bool:
    folded = page.folded.folded
    return bool(words.held.match(folded, one.end) or words.issued.search(folded, max(0, one.start - BEHIND), one.start))


class _Patterns(Struct, frozen=True):
    held: re.Pattern[str]
    issued: re.Pattern[str]
    issued_by_members: re.Pattern[str]


@cache
def sitting_words(language: LanguageCode) -> SittingWords:
    return load_words(language, "sittings", SittingWords)


@cache
def sitting_phrases(language: LanguageCode) -> Phrases[bool]:
    """What may stand between a meeting and its verb."""
    return Phrases((phrase, True) for phrase in sitting_words(language).between)


@cache
def sitting_heads(language: LanguageCode) -> Phrases[bool]:
    """What a body of several is called for short."""
    return Phrases((head, True) for head in sitting_words(language).heads)


@cache
def _patterns(language: LanguageCode) -> _Patterns:
    words = sitting_words(language)
    lists = (words.held, words.issued, words.issued_by_members)
    held, issued, by_members = (rf"(?:{'|'.join(map(re.escape, map(fold, phrases)))})(?!\w)" for phrases in lists)
    return _Patterns(*map(re.compile, (rf"[^.;:\n]{{0,{BEHIND}}}?(?<!\w){held}", rf"(?<!\w){issued}", rf"(?<!\w){by_members}")))
