"""A document laid out for the grammars: its folded copy without the related parts, its sentences and its words.

Text wrapped at a fixed width is told from text with a paragraph a line, so that a sentence runs on over a wrapped line's end.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from comity.knowledge.folded import Folded
from comity.languages import load_words
from comity.reading.unmarked import Marks
from comity.records import ActorId, Document, Evidence, LanguageCode, Span

WORD = re.compile(r"\w+(?:[-'’.&/]\w+)*|[^\w\s]")
ENDING = re.compile(r"""[.!?…]+["'”’»)\]*_]*(?=\s+|$)|(?<=[.!?])["”]|(?<=\*\*):(?=\s)|:(?:</u>)?\*\*(?=\s)""")
"""A sentence's end, or that of words in bold that head an item: "**Ports:** Ferries will sail"."""
ITEM = re.compile(r"[ \t]*(?:[-*]\s{2,}|[•▪‣◦]\s*)\S")
BULLET = re.compile(r"[ \t]*[-*•▪‣◦–]\s+\S")
"""A list's item; a dash inside a wrapped sentence may begin a line as well, but no block and none behind a colon."""
BOLD_LINE = re.compile(r"[ \t]*\*\*[^*]+\*\*[ \t\r]*")
"""A list's item, and a heading, as text that was a page once marks them; each stands apart though lines are wrapped."""
LONE_NUMBER = re.compile(r"\s*\(?[\divx]{1,4}[.)]?")
BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
LINE = re.compile(r"[^\n]+")
SHORTEST_LINE, TEXT_WIDTH, PAGE_WIDTH = 50, 80, 120
"""How long lines wrapped at a fixed width are, in characters: those of plain text, and those of a page set in print."""
INITIAL_END = re.compile(r"(?<!\w)[A-ZĐ]\w* (?:[A-ZĐ]\.)+$")
"""A line that ends with an initial, as programs that cut sentences leave it: "Michael J.\\nGreen"."""
DATELINE = re.compile(
    r"""[^\W\d_][^\n().!?:;]{1,60}?\ ?\([^()\n]{2,30}\)\ ?(?:--|[-–—])(?=\ )  # Lima, 18 August 2023 (Xinhua) -
    | [A-ZĐÀ-Ỹ][A-ZĐÀ-Ỹ .'-]{2,30}(?:,\ [^\n()]{3,30})?\ (?:--|[-–—])(?=\ )      # GENEVA - ; NEW YORK, 15 March -
    | [^\W\d_]\w+(?:\ \w+){0,2},\ (?:\d{1,2}\ )?[^\W\d_]{3,9}\.?(?:\ \d{1,2})?(?:,?\ \d{4})?\ (?:--|[-–—])(?=\ )  # Brussels, 9 June 2022 -
    """,
    re.VERBOSE,
)
"""Where and by whom a report was filed, at a paragraph's beginning; no part of its first sentence."""
CLOSED_BY = {")": "(", "]": "[", "”": "“", "’": "‘", "»": "«", '"': '"'}
"""The mark that opens what each of these closes."""
NAME_START = re.compile(r"[A-ZĐ][^\W\d_](?!\w{0,2}\.)")


class SentenceWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`abbreviations`: words whose full stop ends no sentence (`Mr`, `TP`), without the stop."""

    abbreviations: tuple[str, ...]


class Token(Struct, frozen=True):
    """A word or punctuation mark; `sentence` is the index of its sentence."""

    start: int
    end: int
    text: str
    folded: str
    sentence: int


class Sitting(Struct, frozen=True):
    """A meeting named from `start` to `end`: who sits there, nobody where that is not known, and the words it may be called by, folded."""

    start: int
    end: int
    parties: tuple[ActorId, ...]
    words: frozenset[str]


class Page:
    """One document and what every grammar needs of it."""

    def __init__(self, document: Document, abbreviations: frozenset[str], marks: Marks | None = None) -> None:
        self.document = document
        self.language: LanguageCode = document.language
        self.text = document.text
        self.folded = Folded(document.text).masked([(span.start, span.end) for span in document.related])
        self._wrapped = _is_wrapped(self.folded)
        self.sentences: tuple[Span, ...] = tuple(_sentences(self.folded, self._wrapped, abbreviations))
        if marks:
            self.folded = marks.restored(self.folded, self.sentences)
        self._starts = [sentence.start for sentence in self.sentences]
        self.titled: tuple[ActorId, ...] = ()  # by whom the text is, as its title tells (`titled.py`)
        self.author: tuple[ActorId, ...] = ()  # who says "I" in it, as its title tells (`titled.py`)
        self.holders: Mapping[str, ActorId] = {}  # offices, folded, by which the title names somebody (`titled.py`)
        self.sittings: tuple[Sitting, ...] = ()  # the meetings it names, with who sits there (`sittings.py`)
        self.issuers: tuple[ActorId, ...] | None = None  # who says "we" in a meeting's own text (`sittings.py`)
        self.kept: dict[str, object] = {}  # what one grammar worked out and another reuses, by name

    def begins_paragraph(self, position: int) -> bool:
        """Whether a sentence begins at a place, and a paragraph with it."""
        index = self.sentence_at(position)
        before = self.text[self.sentences[index - 1].end : position] if index else ""
        return "\n" in before and not before.strip() and (not self._wrapped or BLANK_LINE.search(before) is not None)

    def sentence_at(self, position: int) -> int:
        """The index of the sentence that holds a position, or of the last one before it (0 at least)."""
        return max(0, bisect_right(self._starts, position) - 1)

    def evidence(self, start: int, end: int) -> Evidence:
        return self.document.evidence(start, end)

    def trimmed(self, start: int, end: int, strip: str = " \n\r\t,;:.") -> Span | None:
        """The stretch without blanks and the given punctuation at its ends; None where nothing is left."""
        while start < end and self.text[start] in strip:
            start += 1
        while end > start and self.text[end - 1] in strip:
            end -= 1
        return Span(start, end) if start < end else None

    def closed(self, start: int, end: int) -> int:
        """`end`, or just behind the marks there that close what was opened inside ("... of the United Nations (SDGs" and its bracket)."""
        while end < len(self.text) and (opener := CLOSED_BY.get(self.text[end])) is not None:
            words = self.text[start:end]
            opened = words.count(opener) % 2 if opener == self.text[end] else words.count(opener) > words.count(self.text[end])
            if not opened:
                break
            end += 1
        return end

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All words and marks of the article, in order."""
        folded = self.folded.folded
        return tuple(
            Token(
                sentence.start + m.start(),
                sentence.start + m.end(),
                self.text[sentence.start + m.start() : sentence.start + m.end()],
                m.group(),
                index,
            )
            for index, sentence in enumerate(self.sentences)
            for m in WORD.finditer(folded[sentence.start : sentence.end])
        )

    @cached_property
    def datelines(self) -> tuple[Span, ...]:
        """Where the text says where and by whom it was filed: "Lima, 18 August 2023 (Xinhua) -"."""
        return tuple(
            sentence for sentence in self.sentences if (found := DATELINE.match(self.text, sentence.start)) and found.end() == sentence.end
        )

    @cached_property
    def headline(self) -> Span | None:
        """The first line, where it is one sentence without a full stop at its end."""
        first = self.sentences[0] if self.sentences else None
        if first and first.start <= len(self.text) - len(self.text.lstrip()) and self.text[first.end - 1] not in '.!?…”"':
            return first
        return None


def sentence_words(language: LanguageCode) -> frozenset[str]:
    """The abbreviations of a language, folded."""
    return frozenset(word.lower() for word in load_words(language, "sentences", SentenceWords).abbreviations)


def _sentences(text: Folded, wrapped: bool, abbreviations: frozenset[str]) -> list[Span]:
    result = []
    for paragraph in _paragraphs(text, wrapped):
        start = _after_dateline(text.text, paragraph)
        if start > paragraph.start:
            result.append(Span(paragraph.start, start))
            start += len(text.text[start : paragraph.end]) - len(text.text[start : paragraph.end].lstrip())
        for ending in ENDING.finditer(text.folded, start, paragraph.end):
            if _ends_sentence(text, ending.start(), ending.end(), paragraph.end, abbreviations):
                result.append(Span(start, ending.end()))
                start = (
                    ending.end() + len(text.folded[ending.end() : paragraph.end]) - len(text.folded[ending.end() : paragraph.end].lstrip())
                )
        if start < paragraph.end:
            result.append(Span(start, paragraph.end))
    return result


def _after_dateline(text: str, paragraph: Span) -> int:
    """Where the words behind a dateline's dash begin; the paragraph's beginning where it has none."""
    dateline = DATELINE.match(text, paragraph.start, paragraph.end)
    return dateline.end() if dateline and dateline.group()[0].isupper() else paragraph.start


def _ends_sentence(text: Folded, stop: int, after: int, end: int, abbreviations: frozenset[str]) -> bool:
    following = text.text[after : min(end, after + 40)].lstrip().lstrip("\"'“‘«([-–—•* ")
    if following and not (following[0].isupper() or following[0].isdigit()):
        return False
    before = re.search(r"[\w.]+$", text.folded[max(0, stop - 20) : stop])
    word = before.group() if before else ""
    return not (
        text.folded[stop] == "."
        and after - stop == 1
        and following
        and (word in abbreviations or (len(word) == 1 and word.isalpha()) or _are_initials(word, text.text[stop - 1]))
    )


def _are_initials(word: str, last: str) -> bool:
    """Whether a word is like the "H.W" of "George H.W. Bush" ("v.v" is not)."""
    return last.isupper() and all(len(part) == 1 and part.isalpha() for part in word.split("."))


def _paragraphs(text: Folded, wrapped: bool) -> list[Span]:
    """Blank lines part paragraphs; single line ends do too, unless the text is wrapped at a fixed width."""
    folded = text.folded
    result = []
    position = 0
    for block in [*BLANK_LINE.finditer(folded), None]:
        end = block.start() if block else len(folded)
        pieces = _wrapped(text, position, end) if wrapped else _lines(text, position, end)
        for start, stop in pieces:
            words = folded[start:stop]
            if words.strip():
                result.append(Span(start + len(words) - len(words.lstrip()), stop - (len(words) - len(words.rstrip()))))
        position = block.end() if block else end
    return result


def _wrapped(text: Folded, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a block as one, but the items of a list and headings in bold, each for itself."""
    pieces: list[tuple[int, int]] = []
    was_bold, in_list = False, True
    for line in LINE.finditer(text.folded, start, end):
        words = line.group()
        is_bold = BOLD_LINE.fullmatch(words) is not None
        is_item = (BULLET if in_list else ITEM).match(words) is not None
        if pieces and not (is_bold or was_bold or is_item):
            pieces[-1] = (pieces[-1][0], line.end())
        else:
            pieces.append(line.span())
        was_bold, in_list = is_bold, (in_list and is_item) or words.rstrip().endswith(":")
    return pieces


def _lines(text: Folded, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a block; one that ends with an initial goes on in the next."""
    lines: list[tuple[int, int]] = []
    for line in LINE.finditer(text.folded, start, end):
        if lines and NAME_START.match(text.text, line.start()) and INITIAL_END.search(text.text, lines[-1][0], lines[-1][1]):
            lines[-1] = (lines[-1][0], line.end())
        else:
            lines.append(line.span())
    return lines


def _is_wrapped(text: Folded) -> bool:
    """Wrapped text: most lines inside a block are 50 to 80 characters long and most line ends fall inside a sentence; lines may be longer,
    as a page's are, where a third of them and more go on in small letters. Lines with a link, which no wrapping can break, those before
    a list's item and a paragraph's number that stands alone don't count."""
    lines = [line for line in LINE.finditer(text.folded) if line.group().strip()]
    ends = [(line.group().rstrip(), after) for line, after in pairwise(lines) if line.end() + 1 == after.start()]
    inner = [(words, after) for words, after in ends if not (LONE_NUMBER.fullmatch(words) or "://" in words or BULLET.match(after.group()))]
    if len(inner) < 3:
        return False
    going_on = [after for words, after in inner if not words.endswith((".", "!", "?", ":"))]
    if len(going_on) < 0.6 * len(inner):
        return False
    small = sum(text.text[after.end() - len(after.group().lstrip())].islower() for after in going_on)
    longest = PAGE_WIDTH if small > len(going_on) / 3 else TEXT_WIDTH
    return sum(SHORTEST_LINE <= len(words) <= longest for words, _ in inner) >= 0.65 * len(inner)
