"""Named meetings, fora and standing formats of a page: those the knowledge holds, by their names, and others by how such names are built.

What comes in is a page; what goes out are mentions in the order of the text, with the sitting's number where the text gives it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import product

from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.knowledge.schema import Actor, Mechanism
from comity.languages import load_words
from comity.reading.name_phrases import Phrase, PhraseGrammar, PhraseWords, names_another, one_line, parties_named, short_name, spelled
from comity.reading.page import Page
from comity.reading.phrase_words import SittingBody
from comity.records import LanguageCode, MechanismMention

MOST_IN_FULL = 2
"""Parties of a name that are written in full with their acronyms."""
BLANKS = re.compile(r"\s+")
SITTING = re.compile(r"\s?-\s?(\d{1,3})(?![\w-])|\s(\d{1,3})(?![\w-])(?=[\s,.;)]|$)")
"""The number after an acronym: `AMM-53`, `AMM -49`, `ARF 26`."""
BEFORE = re.compile(r"(?:(\d{1,3})(?:st|nd|rd|th)|(\w+(?:-\w+)?))[ -]+(?:annual +)?$")
"""The number before a name: "the 49th ", "ninth "."""

LEADING = re.compile(r"(?:(\d{1,3})(?:st|nd|rd|th)|([^\W\d_]+(?:-[^\W\d_]+)?))\b")


class MechanismGrammar:
    """Finds mechanisms in one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        words = load_words(language, "mechanisms", PhraseWords)
        self._phrases = PhraseGrammar(words)
        self._own_words = words.capitals_before
        self._ordinals = words.numbers()
        self._mechanisms = knowledge.mechanisms
        self._packed = frozenset(m.id for pack in knowledge.packs for m in pack.mechanisms)
        self._sitting: Matcher[SittingBody] = Matcher(
            (spelling, body) for body in words.sitting for name in body.names for spelling in spelled(name, words.spellings)
        )
        self._held = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, map(fold, words.holders)))}) $") if words.holders else None
        self._people, self._ranks = tuple(f"{fold(word)} " for word in words.people), tuple(map(fold, words.ranks))
        self._longer: Matcher[str] = Matcher((word, word) for word in words.inside)
        actors = [actor for actor in knowledge.actors.values() if actor.type != "person"]
        self._actors: Matcher[Actor] = Matcher(
            (name, actor) for actor in actors for name in (*actor.names.get(language, ()), *actor.acronyms)
        )
        meetings = {name for known in knowledge.mechanisms.values() for name in (*known.names.get(language, ()), *known.acronyms)}
        spelt = Spellings(language, words.spellings, actors, meetings)
        joins = "|".join(map(re.escape, map(fold, words.joins)))
        self._one_more = re.compile(rf"(\d{{1,3}})(?:st|nd|rd|th) (?:{joins}) $") if words.capitals_before and joins else None
        self._known: Matcher[tuple[str, bool]] = Matcher(_names(knowledge.mechanisms.values(), language, spelt, words.plural))

    def find(self, page: Page) -> tuple[MechanismMention, ...]:
        """All mechanisms of the article, in order; of two that overlap the one that begins first, of two that begin together the longer."""
        text = one_line(page)
        phrases = [phrase for phrase in self._phrases.find(page, text) if not phrase.bare]
        named = [m for m in self._known.find(text) if not names_another(text, m.end, self._actors) and not self._is_rank(text, m.start)]
        found = [self._of_known(page, text, match.start, match.end, match.values, phrases) for match in named]
        found += self._sessions(page, text)
        known = {mention.evidence.start for mention in found}
        found += [self._of_phrase(page, text, phrase) for phrase in phrases if not (phrase.start in known and self._is_held(text, phrase))]
        chosen: list[MechanismMention] = []
        for mention in sorted(found, key=lambda m: (m.evidence.start, -m.evidence.end, m.mechanism is None)):
            if not chosen or mention.evidence.start >= chosen[-1].evidence.end or _is_inner(chosen[-1], mention):
                chosen.append(mention)
        return tuple(chosen)

    def _is_rank(self, text: Folded, start: int) -> bool:
        """Whether the words tell the rank of people: "quan chức | cấp cao ASEAN"."""
        ranks = bool(self._ranks) and text.folded.startswith(self._ranks, start)
        return ranks and text.folded.endswith(self._people, 0, start)

    def _of_known(
        self, page: Page, text: Folded, start: int, end: int, values: tuple[tuple[str, bool], ...], phrases: list[Phrase]
    ) -> MechanismMention:
        ids = [value[0] for value in values]
        known = self._mechanisms[next((i for i in ids if i in self._packed), ids[0])]
        number: int | None = None
        ends_in_acronym = any(is_acronym for _, is_acronym in values) or page.text[end - 2 : end].isupper()  # "Hội nghị Cấp cao ASEAN 36"
        if ends_in_acronym and (sitting := SITTING.match(text.folded, end)):
            number, end = int(sitting.group(1) or sitting.group(2)), sitting.end()
        else:
            end, number = self._phrases.grown(page, start, end)
        for phrase in phrases:
            if ends_in_acronym and start == phrase.head_end + 1 and phrase.end <= end:  # "Hội nghị | ADMM+ lần thứ 12"
                start = phrase.start
            if (
                phrase.start <= start
                and end <= phrase.end
                and (phrase.head_start == start or phrase.end == end)
                and not (phrase.start == start and self._is_held(text, phrase))
            ):
                start, end, number = phrase.start, phrase.end, number or phrase.number
        start, number = self._numbered(text, start, number)
        return MechanismMention(
            evidence=page.evidence(start, end), name=known.name, number=number or self._leading(page, start), mechanism=known.id
        )

    def _is_held(self, text: Folded, phrase: Phrase) -> bool:
        """Whether the topic is another noun's: "Nhóm công tác Diễn đàn Khu vực ASEAN về An ninh biển"."""
        return (
            phrase.topic is not None
            and self._held is not None
            and bool(self._held.search(text.folded, max(0, phrase.start - 24), phrase.start))
        )

    def _sessions(self, page: Page, text: Folded) -> Iterator[MechanismMention]:
        """Bodies named for their sessions: "bên lề Đại hội đồng Liên hợp quốc"."""
        for match in self._sitting.find(text):
            body = match.values[0]
            before = text.folded[max(0, match.start - 16) : match.start]
            known = self._mechanisms.get(body.mechanism)
            if known and any(before.endswith(f"{fold(word)} ") for word in body.after):
                yield MechanismMention(evidence=page.evidence(match.start, match.end), name=known.name, mechanism=known.id)

    def _numbered(self, text: Folded, start: int, number: int | None) -> tuple[int, int | None]:
        """With the number in front of the name, the first of two sittings': "49th ASEAN Summit", "44th and 45th ASEAN Summits"."""
        before = BEFORE.search(text.folded, max(0, start - 24), start)
        if not before:
            return start, number
        value = int(before.group(1)) if before.group(1) else self._ordinals.get(before.group(2))
        if value is None or (before.group(2) and not self._own_words):
            return start, number
        start = before.start()
        if self._one_more and (first := self._one_more.search(text.folded, max(0, start - 24), start)):
            return first.start(), int(first.group(1))
        return start, value

    def _of_phrase(self, page: Page, text: Folded, phrase: Phrase) -> MechanismMention:
        start, number = self._numbered(text, phrase.start, phrase.number)
        inner = next(
            (
                self._mechanisms[m.values[0][0]]
                for m in self._known.find(text, phrase.start, phrase.end)
                if m.start == phrase.head_start and not names_another(text, m.end, self._actors)
            ),
            None,
        )
        name = inner.name if inner else self._name(page, text, phrase)
        return MechanismMention(
            evidence=page.evidence(start, phrase.end),
            name=name,
            number=number or self._leading(page, phrase.start),
            mechanism=inner.id if inner else None,
        )

    def _leading(self, page: Page, start: int) -> int | None:
        """The number a name begins with: "9th Annual Conference", "Ninth Summit"."""
        first = LEADING.match(page.folded.folded, start)
        if not first:
            return None
        return int(first.group(1)) if first.group(1) else self._ordinals.get(first.group(2)) if self._own_words else None

    def _name(self, page: Page, text: Folded, phrase: Phrase) -> str:
        """In English the words themselves; else the parties' English names and the head's English noun."""
        if self._own_words:
            return BLANKS.sub(" ", page.text[phrase.start : phrase.end])
        parties: list[str] = []
        for actor in parties_named(text, phrase, self._actors, self._longer):
            if (name := short_name(actor)) not in parties:
                parties.append(name)
        return " ".join(filter(None, ["-".join(parties), phrase.head.english]))


def _is_inner(outer: MechanismMention, inner: MechanismMention) -> bool:
    """Whether a known mechanism stands in the topic of another's name ("đối thoại ... tại Hội nghị Cấp cao ASEAN")."""
    inside = outer.evidence.start < inner.evidence.start and inner.evidence.end <= outer.evidence.end
    return inside and inner.mechanism is not None and inner.mechanism != outer.mechanism and " " in inner.evidence.quote


class Spellings:
    """In how many ways a known name is written: with words that stand for one another, and with the parties' names in full, their acronyms
    behind them: "ASEAN-United Nations (UN) Summit". A state's name has no acronym that texts would write so, nor has a meeting's."""

    def __init__(
        self, language: LanguageCode, groups: tuple[tuple[str, ...], ...], actors: Iterable[Actor], meetings: Collection[str]
    ) -> None:
        self._groups = groups
        named = [(*actor.names.get(language, ()), *actor.acronyms) for actor in actors if actor.type != "state"]
        shorts = [next((one for one in names if one.isupper() and one.isalpha()), None) for names in named]
        fulls = [next((one for one in names if " " in one), None) for names in named]
        pairs = [(short, full) for short, full in zip(shorts, fulls, strict=True) if short and full and not {short, full} & set(meetings)]
        self._parties: Matcher[tuple[str, str]] = Matcher((form, pair) for pair in pairs for form in pair)

    def of(self, name: str) -> Iterator[str]:
        yield from spelled(name, self._groups)
        parts: list[tuple[str, ...]] = []
        at = 0
        for match in self._parties.find(Folded(name)):
            short, full = match.values[0]
            parts += [(name[at : match.start],), (short, full, f"{full} ({short})")]
            at = match.end
        if 0 < len(parts) <= 2 * MOST_IN_FULL:
            yield from ("".join(chosen) for chosen in product(*parts, (name[at:],)))


def _names(
    mechanisms: Iterable[Mechanism], language: LanguageCode, spellings: Spellings, plural: str
) -> Iterable[tuple[str, tuple[str, bool]]]:
    """Names with their id, also in the `plural` where the language has one ("the ASEAN Summits"); True marks an acronym, which may have the
    sitting's number after it."""
    for known in mechanisms:
        for name in known.names.get(language, ()):
            for spelling in spellings.of(name):
                yield from ((form, (known.id, False)) for form in dict.fromkeys((spelling, spelling + plural)))
        yield from ((acronym, (known.id, True)) for acronym in known.acronyms)
