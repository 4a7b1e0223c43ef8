"""What a sentence says that other documents may contradict: an instrument adopted or signed, who is whose partner, how many of something.

In comes one document with the names in it; out come sayings, each with its words. The words of each language are data
(languages/*/contradictions.yaml). Only the plainest forms count: a saying that is missed costs less than one that is wrong.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache, lru_cache

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.reading.progress_words import alternatives
from comity.records import ActorId, ActorMention, Bound, Document, Evidence, InstrumentMention, LanguageCode, MechanismMention
from comity.register.words import sentence_around

BETWEEN = 60
"""Letters between a verb and the instrument it is about, at most."""

SOON = 25
"""Letters before a verb in which a word such as "will" makes it something to come."""

CLAUSE = re.compile(r"[,;:.()]")

FEW = 4
"""Words between the parts of "A remains a trusted partner of B"."""


@lru_cache(512)
def _folded(text: str) -> str:
    """A text is looked through several times, and so are the others of its stretch in between."""
    return fold(text)


class PartnerWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`copulas` tie the first name to `nouns`, `of` the noun to the second name."""

    copulas: tuple[str, ...]
    nouns: tuple[str, ...]
    of: tuple[str, ...]


class ContradictionWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The language's file. `passive` are words before a verb that make it say what was done to the thing named before it, `then` words
    behind it that begin when, where and by whom. `beside` are words before a meeting that make it another occasion than the one told.
    `units` are things counted, `one_of` words that make a count the size of a group of which one is named, `ordinal` words before a number
    that counts nothing, `apart` how many words may stand between a number and its unit, `former` words that make an office another's or of
    another time."""

    adopted: tuple[str, ...]
    signed: tuple[str, ...]
    passive: tuple[str, ...]
    then: tuple[str, ...]
    partner: PartnerWords
    beside: tuple[str, ...]
    units: dict[str, tuple[str, ...]]
    over: tuple[str, ...]
    nearly: tuple[str, ...]
    about: tuple[str, ...]
    records: tuple[str, ...]
    expected: tuple[str, ...]
    one_of: tuple[str, ...]
    ordinal: tuple[str, ...]
    apart: int
    former: tuple[str, ...]
    sentences: dict[str, str]


class Verb(StrEnum):
    ADOPTED = "adopted"
    SIGNED = "signed"


class Ratified(Struct, frozen=True):
    """An instrument said to be adopted or signed."""

    instrument: str
    verb: Verb
    evidence: Evidence


class PartnerOf(Struct, frozen=True):
    """`of` is said to be the partner of `to`."""

    of: ActorId
    to: ActorId
    evidence: Evidence


class Counted(Struct, frozen=True, kw_only=True):
    """A number of something. `owners` are the actors named beside the unit, `scope` the words counted; `record` and `expected` are whether
    the sentence calls it a record, or something to come."""

    unit: str
    number: int
    bound: Bound
    owners: frozenset[ActorId]
    scope: str
    record: bool
    expected: bool
    evidence: Evidence


def ratified(document: Document, instruments: Sequence[InstrumentMention]) -> Iterator[Ratified]:
    """Instruments with the verb beside them, where no other instrument stands between and the sentence has not both verbs."""
    grammar = _grammar(document.language)
    folded = _folded(document.text)
    for mention in instruments:
        if not mention.instrument:
            continue
        start, end = sentence_around(document.text, mention.evidence.start, mention.evidence.end)
        others = [other.evidence for other in instruments if start <= other.evidence.start < end and other is not mention]
        verbs = {
            (verb, match.span())
            for verb, pattern in ((Verb.ADOPTED, grammar.adopted), (Verb.SIGNED, grammar.signed))
            for match in pattern.finditer(folded, start, end)
        }
        if len({verb for verb, _ in verbs}) != 1:
            continue
        for verb, (first, last) in sorted(verbs, key=lambda one: _gap(one[1], mention.evidence)):
            low, high = (last, mention.evidence.start) if last <= mention.evidence.start else (mention.evidence.end, first)
            between = folded[low:high]
            if not 0 <= high - low <= BETWEEN or any(low <= other.start < high for other in others) or CLAUSE.search(between):
                break
            if grammar.expected.search(folded, max(start, first - SOON), first) is None and (
                low == last or grammar.is_of(folded, first, last)
            ):
                span = (min(first, mention.evidence.start), max(last, mention.evidence.end))
                yield Ratified(mention.instrument, verb, document.evidence(*span))
            break


def partners(document: Document, names: Sequence[ActorMention]) -> Iterator[PartnerOf]:
    """Who is called whose partner, in sentences of the form "A remains a trusted partner of B"."""
    grammar = _grammar(document.language)
    folded = _folded(document.text)
    for match in grammar.partner.finditer(folded):
        before = [name for name in names if 0 <= match.start() - name.evidence.end <= 1]
        after = [name for name in names if 0 <= name.evidence.start - match.end() <= 5]
        if not before or not after:
            continue
        a = max(before, key=lambda name: (name.evidence.end, -name.evidence.start))
        b = min(after, key=lambda name: (name.evidence.start, -name.evidence.end))
        inside = [name for name in names if match.start() <= name.evidence.start < match.end()]
        if a.actor != b.actor and not inside:
            yield PartnerOf(a.actor, b.actor, document.evidence(a.evidence.start, b.evidence.end))


def counts(document: Document, names: Sequence[ActorMention]) -> Iterator[Counted]:
    """Numbers of the things that `units` name."""
    grammar = _grammar(document.language)
    folded = _folded(document.text)
    for match in grammar.count.finditer(folded):
        number = int(match["number"].replace(",", "").replace(".", ""))
        before = (max(0, match.start() - SOON), match.start())
        if 1900 <= number <= 2100 or number < 3 or grammar.one_of.search(folded, *before) or grammar.ordinal.search(folded, *before):
            continue
        start, end = sentence_around(document.text, *match.span())
        unit = next(unit for unit, pattern in grammar.units.items() if pattern.fullmatch(match["unit"]))
        near = (match.start("number"), min(len(folded), match.end() + 40))
        clause = folded[match.end() : near[1]].split(",")[0].split(".")[0]
        owners = frozenset(
            name.actor for name in names if near[0] <= name.evidence.start < match.end() + len(clause) and name.type.value != "person"
        )
        yield Counted(
            unit=unit,
            number=number,
            bound=grammar.bound(match["bound"] or ""),
            owners=owners,
            scope=" ".join(document.text[match.start("number") : match.end()].split()),
            record=bool(grammar.records.search(folded, start, end)),
            expected=bool(grammar.expected.search(folded, start, end)),
            evidence=document.evidence(*match.span()),
        )


def may_call_partner(document: Document) -> bool:
    """Whether it may call somebody a partner, so that it is worth knowing its names."""
    return _grammar(document.language).may_call_partner(_folded(document.text))


def may_count(document: Document) -> bool:
    """Whether it may count something that `units` name."""
    return _grammar(document.language).may_count(_folded(document.text))


def tells_beside(document: Document, place: int, meetings: Sequence[MechanismMention]) -> bool:
    """Whether the sentence at a place names a meeting only as what it is before, after or on the way to: "in advance of the summit"."""
    folded = _folded(document.text)
    start, end = sentence_around(document.text, place, place + 1)
    named = [meeting.evidence.start for meeting in meetings if start <= meeting.evidence.start < end]
    return any(_grammar(document.language).beside.search(folded, max(start, first - BETWEEN), first) for first in named)


def tells_of_days_to_come(document: Document, place: int) -> bool:
    """Whether the sentence at a place has a word such as "will", "scheduled" or "upcoming"."""
    start, end = sentence_around(document.text, place, place + 1)
    return _grammar(document.language).expected.search(_folded(document.text), start, end) is not None


class _Grammar:
    """The patterns of one language."""

    def __init__(self, language: LanguageCode) -> None:
        words = load_words(language, "contradictions", ContradictionWords)
        self._bounds = {Bound.OVER: words.over, Bound.NEARLY: words.nearly, Bound.ABOUT: words.about}
        self.adopted, self.signed = _any(words.adopted), _any(words.signed)
        self.records, self.expected = _any(words.records), _any(words.expected)
        self.one_of = re.compile(rf"(?<!\w)(?:{alternatives(words.one_of)})\s+(?:[^\W\d_]+\s+){{0,2}}$")
        self.beside = re.compile(rf"(?<!\w)(?:{alternatives(words.beside)})\s+(?:[^\s,;.]+\s+){{0,3}}$")
        self.ordinal = re.compile(rf"(?<!\w)(?:{alternatives(words.ordinal)})\s+$")
        self._passive = re.compile(rf"(?<!\w)(?:{alternatives(words.passive)})\s+(?:[^\W\d_]+\s+)?$")
        self._then = re.compile(rf"\s*(?:$|[^\w\s]|(?:{alternatives(words.then)}|\d+)(?!\w))")
        nouns = {fold(noun) for several in words.units.values() for noun in several}
        self._counted_nouns = sorted(noun for noun in nouns if not any(other != noun and other in noun for other in nouns))
        few = rf"(?:\s+[\w,'-]+){{0,{FEW}}}?"
        partner = words.partner
        of = rf"(?:{alternatives(partner.nouns)})(?!\w){few}(?:\s*,[^.;,]{{1,30}})?\s+(?:{alternatives(partner.of)})(?!\w)"
        self._partner_of = re.compile(of)
        self._partner_nouns = sorted(map(fold, partner.nouns))
        self.partner = re.compile(rf"(?<!\w)(?:{alternatives(partner.copulas)}){few}\s+{of}")
        self.units = {unit: re.compile(alternatives(nouns)) for unit, nouns in words.units.items()}
        every = alternatives(noun for nouns in words.units.values() for noun in nouns)
        bounds = alternatives(word for some in self._bounds.values() for word in some)
        unit = rf"(?![\d/%-]|[.,]\d)(?:\s+[^\W\d_][\w'-]*){{0,{words.apart}}}?\s+(?P<unit>{every})(?!\w)"
        self.count = re.compile(rf"(?<![\w.,/-])(?:(?P<bound>{bounds})\s+)?(?P<number>\d{{1,3}}(?:[.,]\d{{3}})*|\d{{1,5}}){unit}")
        # what begins with a digit is looked for four times as fast as what begins with what must not stand before one
        self._counted = re.compile(rf"\d(?<![\w.,/-]\d)(?:\d{{0,2}}(?:[.,]\d{{3}})*|\d{{0,4}}){unit}")

    def may_call_partner(self, folded: str) -> bool:
        """Whether `partner` is there. Its end is rarer, and found faster."""
        if not any(noun in folded for noun in self._partner_nouns):
            return False
        return self._partner_of.search(folded) is not None and self.partner.search(folded) is not None

    def may_count(self, folded: str) -> bool:
        """Whether `count` is there. Its nouns, and then all of it but its bound, are rarer, and found faster."""
        return any(noun in folded for noun in self._counted_nouns) and self._counted.search(folded) is not None

    def is_of(self, folded: str, start: int, end: int) -> bool:
        """Whether a verb is about what stands before it: "the plan was adopted", "the plan signed in May"; not "the plan to adopt more"."""
        return self._passive.search(folded, max(0, start - SOON), start) is not None or self._then.match(folded, end) is not None

    def bound(self, word: str) -> Bound:
        return next((bound for bound, words in self._bounds.items() if word in map(fold, words)), Bound.EXACTLY)


@cache
def _grammar(language: LanguageCode) -> _Grammar:
    return _Grammar(language)


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{alternatives(words)})(?![\w-])")


def _gap(verb: tuple[int, int], name: Evidence) -> int:
    return name.start - verb[1] if verb[1] <= name.start else verb[0] - name.end
