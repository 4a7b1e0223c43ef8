"""Tells a text's article from what surrounds it: captions, teasers, bylines, share and newsletter lines. Nothing is deleted; spans
are marked.

Works on lines. What decides: a line that stands twice is a picture's caption; a credit ("Ảnh: ...") ends a caption; a heading such as
"Đọc thêm" opens teasers; captions may be set apart after a body of one line a paragraph. A line of running prose is never marked for its
looks alone.
"""

import re
from collections import defaultdict
from functools import cache
from itertools import pairwise

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.records import LanguageCode, Span

LINE = re.compile(r"[^\n]+")
BLANK_LINES = re.compile(r"\n[ \t\r]*(?=\n)")
MARKS = " \t\r.:;!…\"'“”‘’*_|>-–—"
LONGEST_CAPTION = 330
SHORTEST_REPEAT = 12
LONGEST_BYLINE = 45
LAST_PART = 0.3
"""A heading that opens teasers stands past this share of the text; an earlier one is a box inside the article."""
QUOTES = ('"', "“", "'", "‘", "«", "-", "–", "—")
END_OF_PROSE = (".", "!", "?", "…")


class RelatedWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`sections`: headings after which only other news follows. `leads`: words that open a one-line teaser. `credits`: words before the
    colon of a picture's or film's credit. `chrome`, `bylines`: patterns of whole lines that are page furniture, or only name who wrote."""

    sections: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    chrome: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()


class Line(Struct, frozen=True):
    """A line without the blanks around it; `block` counts the blank lines before it, `folded` is without marks at its ends."""

    start: int
    end: int
    block: int
    text: str
    folded: str


def related_spans(text: str, language: LanguageCode, *, captions: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    """What is outside the main article, in order. `captions`: lines known to be captions, one blank between words."""
    cues = _cues(language)
    lines = _lines(text)
    wrapped = _is_wrapped(lines)
    marked = _repeated(lines) | _gallery(lines) | _teasers(lines, cues)
    marked |= {index for index, line in enumerate(lines) if cues.chrome.fullmatch(line.folded) or " ".join(line.text.split()) in captions}
    if not wrapped:
        marked |= {index for index, line in enumerate(lines) if len(line.text) <= LONGEST_CAPTION and cues.credit.search(line.folded)}
    marked |= _bylines(lines, marked, cues)
    if len(marked) == len(lines):
        return ()  # a text of nothing but such lines: it is the article, whatever it looks like
    return tuple(_joined([Span(lines[index].start, lines[index].end) for index in sorted(marked)], text))


def _lines(text: str) -> list[Line]:
    result = []
    block = 0
    breaks = [match.start() for match in BLANK_LINES.finditer(text)]
    for match in LINE.finditer(text):
        words = match.group().strip()
        while block < len(breaks) and breaks[block] < match.start():
            block += 1
        if words:
            start = match.start() + match.group().index(words)
            result.append(Line(start, start + len(words), block, words, fold(words).strip(MARKS)))
    return result


def _is_wrapped(lines: list[Line]) -> bool:
    """Text wrapped at a fixed width: a line is a piece of a paragraph there, and tells little."""
    inner = [line for line, following in pairwise(lines) if line.block == following.block]
    return len(inner) >= 3 and sum(50 <= len(line.text) <= 85 and not line.text.endswith(END_OF_PROSE) for line in inner) >= 0.6 * len(
        inner
    )


def _repeated(lines: list[Line]) -> set[int]:
    """Lines that stand twice: a caption under the picture and again in the list of pictures at the end, or next to each other. The headline
    may be repeated by right, and so may what somebody says."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if len(line.folded) >= SHORTEST_REPEAT and len(line.text) <= LONGEST_CAPTION:
            places[line.folded].append(index)
    twice = [indexes for indexes in places.values() if len(indexes) > 1 and indexes[0] > 0]
    end = lines[-1].block if lines else 0
    return {
        index
        for indexes in twice
        if lines[indexes[-1]].block == end or indexes[1] - indexes[0] == 1
        for index in indexes
        if not lines[index].text.startswith(QUOTES)
    }


def _gallery(lines: list[Line]) -> set[int]:
    """Captions set apart at the end, where headline, lead and body (one line a paragraph) are set apart too."""
    blocks: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        blocks[line.block].append(index)
    parts = list(blocks.values())
    if len(parts) != 4 or len(parts[0]) > 1 or len(parts[1]) > 1 or len(parts[2]) < 3 or len(parts[3]) >= len(parts[2]):
        return set()
    return set(parts[3]) if all(len(lines[index].text) <= LONGEST_CAPTION for index in parts[3]) else set()


def _teasers(lines: list[Line], cues: "Cues") -> set[int]:
    """Lines that open with "Xem thêm: ...", and what follows a heading such as "Tin cùng chuyên mục"."""
    found = set()
    for index, line in enumerate(lines):
        if cues.section.fullmatch(line.folded) and index:
            found.add(index)
            late = line.start >= LAST_PART * lines[-1].end
            for following in range(index + 1, len(lines)):
                if not late and lines[following].text.endswith(END_OF_PROSE):
                    break
                found.add(following)
            if late:
                break
        elif cues.lead.match(line.folded) and len(line.text) <= LONGEST_CAPTION:
            found.add(index)
    return found


def _bylines(lines: list[Line], marked: set[int], cues: "Cues") -> set[int]:
    """Who wrote it: a short line of names under the body's last sentence, or under the headline."""
    left = [index for index in range(len(lines)) if index not in marked]
    found = set()
    for index in [*left[-2:], *left[1:3]]:
        line = lines[index]
        if len(line.text) <= LONGEST_BYLINE and cues.byline.fullmatch(line.folded):
            found.add(index)
    if len(left) > 3 and _is_name(lines[left[-1]].text) and lines[left[-2]].text.rstrip("\"'”’)").endswith(END_OF_PROSE):
        found.add(left[-1])
    return found


def _is_name(words: str) -> bool:
    parts = words.replace("-", " ").replace("/", " ").replace(",", " ").split()
    return (
        1 < len(parts) <= 7
        and len(words) <= LONGEST_BYLINE
        and all(part[0].isupper() or part[0] in "(&" for part in parts)
        and not words.endswith(END_OF_PROSE)
    )


def _joined(spans: list[Span], text: str) -> list[Span]:
    """Neighbours with nothing but blanks between become one."""
    result: list[Span] = []
    for span in spans:
        if result and not text[result[-1].end : span.start].strip():
            result[-1] = Span(result[-1].start, span.end)
        else:
            result.append(span)
    return result


class Cues(Struct, frozen=True):
    """The language's words as patterns over folded lines."""

    section: re.Pattern[str]
    lead: re.Pattern[str]
    credit: re.Pattern[str]
    chrome: re.Pattern[str]
    byline: re.Pattern[str]


@cache
def _cues(language: LanguageCode) -> Cues:
    words = load_words(language, "related", RelatedWords)
    credits = _any(words.credits)
    return Cues(
        section=re.compile(rf"(?:{_any(words.sections)})"),
        lead=re.compile(rf"(?:{_any(words.leads)})(?=\s*[:>|\"'-])"),
        # "... - Ảnh: REUTERS", "Ảnh minh họa: AFP": the credit ends the line and is short.
        credit=re.compile(rf"(?:^|[-.,;(|\s])(?:{credits})\s*:\s*[^:]{{1,60}}$"),
        chrome=re.compile("|".join(f"(?:{pattern})" for pattern in words.chrome) or r"(?!)"),
        byline=re.compile("|".join(f"(?:{pattern})" for pattern in words.bylines) or r"(?!)"),
    )


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(fold(word)) for word in sorted(words, key=len, reverse=True)) or r"(?!)"
