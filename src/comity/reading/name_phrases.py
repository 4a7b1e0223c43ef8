"""Finds names that are built by rule: a head noun and what belongs to it ("Kế hoạch hành động ASEAN - LHQ giai đoạn 2016-2020").

What comes in is a page and the language's words; what goes out are phrases with their head and parts. Instruments and mechanisms are both
read with it. Head-first languages grow the name to the right of its head, head-last ones to the left too; the words alone say which.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.knowledge.schema import Actor
from comity.reading.name_parts import Parts
from comity.reading.name_walk import Phrase, Walk
from comity.reading.page import Page
from comity.reading.phrase_words import Head, Lookups, PhraseWords

__all__ = ["Phrase", "PhraseGrammar", "PhraseWords", "names_another", "one_line", "parties_named", "short_name", "spelled"]

DASH = re.compile(r" ?[-–—] ?")
LONGEST_PARTY = 60


class PhraseGrammar:
    """Finds the phrases of one set of words."""

    def __init__(self, words: PhraseWords) -> None:
        self._words = Lookups(words)
        self._heads: Matcher[Head] = Matcher((word.lower(), head) for head in words.heads for word in head.words)

    def find(self, page: Page, text: Folded) -> list[Phrase]:
        """Every phrase whose head has what it needs, in order. `text` is the page's folded copy with line ends as blanks."""
        tokens = page.tokens
        starts = [token.start for token in tokens]
        result = []
        matches = self._heads.find(text)
        heads = frozenset(bisect_left(starts, match.start) for match in matches)
        for match in matches:
            first = bisect_left(starts, match.start)
            after = bisect_left(starts, match.end)
            if first < len(tokens) and tokens[first].start == match.start:
                phrase = Walk(self._words, tokens, first, after, match.values[0], heads).phrase()
                if phrase:
                    result.append(phrase)
        return result

    def grown(self, page: Page, start: int, end: int) -> tuple[int, int | None]:
        """Where a known name ends with its year, period and number, and that number ("UNCLOS 1982", "AMM lần thứ 52")."""
        tokens = page.tokens
        after = bisect_left(tokens, end, key=lambda token: token.start)
        if after == len(tokens):
            return end, None
        parts = Parts(self._words, tokens, tokens[after].sentence)
        last = parts.times_and_numbers(after)
        return (tokens[last - 1].end if last > after else end), parts.number


def one_line(page: Page) -> Folded:
    """The page's folded copy with single line ends as blanks, so that a name runs on over a wrapped line's end."""
    return Folded(page.text, page.folded.folded.replace("\n", " "))


def spelled(name: str, spellings: tuple[tuple[str, ...], ...]) -> list[str]:
    """A known name in all spellings the language data gives ("Liên hợp quốc", "LHQ", ...), in small letters unless short."""
    names = {fold(name), fold(name).replace(" - ", "-"), fold(name).replace(" - ", "- ")}  # "ASEAN- Hoa Kỳ"
    for group in _folded(spellings):
        names |= {pattern.sub(two, other) for other in names for one, pattern in group.items() if one in other for two in group}
    if len(name.split()) < 3:
        return [name, *(other.title() if name[0].isupper() else other for other in names if other != fold(name))]
    return sorted(names)


def names_another(text: Folded, end: int, actors: Matcher[Actor]) -> bool:
    """Whether a party behind a dash makes a known name that ends there another's: "Hội nghị Bộ trưởng ASEAN | - Trung Quốc"."""
    dash = DASH.match(text.folded, end)
    return dash is not None and any(one.start == dash.end() for one in actors.find_all(text, dash.end(), dash.end() + LONGEST_PARTY))


def parties_named(text: Folded, phrase: Phrase, actors: Matcher[Actor], longer: Matcher[str]) -> Iterator[Actor]:
    """The parties named behind a phrase's head; none that is a piece of a longer word: "chiến lược | Ấn Độ | Dương"."""
    words = [(one.start, one.end) for one in longer.find(text, phrase.head_end, phrase.end)]
    for match in actors.find(text, phrase.head_end, phrase.end):
        size = match.end - match.start
        if not any(start <= match.start and match.end <= end and size < end - start for start, end in words):
            yield match.values[0]


def short_name(actor: Actor) -> str:
    """How a canonical name calls a party: a body by its acronym ("ASEAN-China Summit"), a state or meeting by its name."""
    short = () if actor.type == "state" and len(actor.id) > 2 else (*actor.acronyms, actor.id)
    acronym = next((one for one in short if one.isupper() and one.isalpha()), None) if actor.kind != "meeting" else None
    return acronym or next(iter(actor.names.get("en", ())), actor.id)


@cache
def _folded(spellings: tuple[tuple[str, ...], ...]) -> tuple[dict[str, re.Pattern[str]], ...]:
    """The words of each group, folded, with what finds them in a folded name: the same for thousands of names."""
    return tuple({(word := fold(one)): re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") for one in group} for group in spellings)
