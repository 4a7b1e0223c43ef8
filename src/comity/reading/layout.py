"""What stands where on a page: cues, mentions and quotation marks, word by word, worked out once and shared by the grammars.

In come a page and its mentions; out comes a `Layout`, whose lists have one entry for each word of `page.tokens`. Take it with
`layout_of(page, mentions)`: the first call does the work, later calls for the same page and mentions return the same.
"""

from collections.abc import Iterable
from functools import cache
from itertools import accumulate

from msgspec import Struct

from comity.reading.cues import Cue, Found, Phrases, cue_phrases, cue_words, find_cues
from comity.reading.mentions import Mention, Mentions
from comity.reading.page import Page, Token
from comity.records import LanguageCode, OfficeMention

OPENING, EITHER = "“«„", '"'
QUOTES = frozenset("“”«»„" + EITHER)
UNNAMED_REACH = 4
"""Words that may stand between such a subject and its verb ("Phiên họp đã một lần nữa | nhấn mạnh")."""
CLAUSE_ENDS = frozenset(",;:–—-.")
LONGEST_QUOTE = 400
"""Words. A quotation mark that is not closed within these opens nothing: in practice a closing mark is missing or odd."""


class Layout(Struct):
    """The words of a page with what stands at each.

    `cue[i]` is the cue that holds word i; `mention[i]` the party mention (not nested) whose name or title holds it; `quoted[i]` is 1 inside
    quotation marks, which may run over sentences; `sentence_words[n]` are the words of sentence n; `unnamed` are the words of
    subjects that speak for parties they don't name, such as meetings; `offices` are those of the persons named; `every` are all mentions,
    those inside titles too.
    """

    tokens: tuple[Token, ...]
    cues: list[Found[Cue]]
    cue: list[Cue | None]
    mention: list[Mention | None]
    quoted: bytearray
    called: bytearray
    sentence_words: list[range]
    unnamed: frozenset[int]
    offices: tuple[OfficeMention, ...]
    every: Mentions


def layout_of(page: Page, mentions: Mentions) -> Layout:
    """The page's layout with these mentions, worked out once."""
    kept = page.kept.get("layout")
    if isinstance(kept, tuple) and kept[0] is mentions:
        layout: Layout = kept[1]
        return layout
    tokens = page.tokens
    cues = find_cues(tokens, _phrases(page.language))
    layout = Layout(
        tokens=tokens,
        cues=cues,
        cue=_cue_of_each(tokens, cues),
        mention=_mention_of_each(tokens, mentions),
        quoted=quoted_words(page),
        called=called_words(page),
        sentence_words=_sentence_words(tokens, len(page.sentences)),
        unnamed=_unnamed_words(page.language, tokens),
        offices=mentions.offices,
        every=mentions,
    )
    page.kept["layout"] = (mentions, layout)
    return layout


def unnamed_subject(layout: Layout, before: int) -> str:
    """The meeting, or the like, that stands just before a word as its subject, nobody named between:
    "Cuộc họp nhất trí", "the Meeting also agreed". Empty where none does."""
    first = layout.sentence_words[layout.tokens[before].sentence].start if before < len(layout.tokens) else 0
    for index in range(before - 1, max(first, before - UNNAMED_REACH) - 1, -1):
        if index in layout.unnamed:
            return layout.tokens[index].folded
        if layout.mention[index] is not None or layout.tokens[index].text in CLAUSE_ENDS:
            return ""
    return ""


def counts_before(holds: Iterable[bool]) -> list[int]:
    """How often it holds before each word, so that how often it does between two words is one subtraction."""
    return list(accumulate(holds, initial=0))


def quoted_words(page: Page) -> bytearray:
    """1 for each word inside quotation marks, the marks themselves not counted; worked out once.

    What is called so is no quotation: 'hội thảo "Biển và ta"'. A straight mark opens where it stands before a word and after a blank
    ('said "we'), else it closes. A mark that finds no partner within `LONGEST_QUOTE` words, or before the next one that opens, is odd and
    opens nothing.
    """
    return _in_quotes(page)[0]


def called_words(page: Page) -> bytearray:
    """1 for each word inside quotation marks by which something is called, so that nobody says it."""
    return _in_quotes(page)[1]


def _in_quotes(page: Page) -> tuple[bytearray, bytearray]:
    kept = page.kept.get("quoted")
    if isinstance(kept, tuple):
        return kept
    page.kept["quoted"] = result = _quoted(page)
    return result


def _quoted(page: Page) -> tuple[bytearray, bytearray]:
    tokens, text = page.tokens, page.text
    result, called = bytearray(len(tokens)), bytearray(len(tokens))
    if QUOTES.isdisjoint(text):
        return result, called
    titled = {found.after for found in _title_words(page.language).find(tokens)}
    opened = -1
    for index, token in enumerate(tokens):
        mark = token.text
        if mark not in QUOTES:
            continue
        if mark in OPENING or (mark == EITHER and _opens(text, token)):
            opened = index
        elif opened >= 0:
            if index - opened <= LONGEST_QUOTE:
                (called if opened in titled else result)[opened + 1 : index] = b"\1" * (index - opened - 1)
            opened = -1
    return result, called


def _opens(text: str, mark: Token) -> bool:
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    return (not before or before in " \n\r\t\u00a0([-–—:,.") and bool(after) and not after.isspace() and after not in ",.;:!?)"


@cache
def _phrases(language: LanguageCode) -> Phrases[Cue | None]:
    return cue_phrases(language)


@cache
def _title_words(language: LanguageCode) -> Phrases[int]:
    return Phrases((word, 1) for word in cue_words(language).title_words)


@cache
def _unnamed(language: LanguageCode) -> Phrases[int]:
    return Phrases((word, 1) for word in cue_words(language).unnamed)


def _unnamed_words(language: LanguageCode, tokens: tuple[Token, ...]) -> frozenset[int]:
    """The words of such subjects; before "and" stands an object: "bác bỏ báo cáo và cho rằng"."""
    joiners = frozenset(cue_words(language).joiners)
    found = [one for one in _unnamed(language).find(tokens) if one.after >= len(tokens) or tokens[one.after].folded not in joiners]
    return frozenset(index for one in found for index in range(one.first, one.after))


def _cue_of_each(tokens: tuple[Token, ...], cues: list[Found[Cue]]) -> list[Cue | None]:
    result: list[Cue | None] = [None] * len(tokens)
    for found in cues:
        for index in range(found.first, found.after):
            result[index] = found.value
    return result


def _mention_of_each(tokens: tuple[Token, ...], mentions: Mentions) -> list[Mention | None]:
    result: list[Mention | None] = [None] * len(tokens)
    index = 0
    for mention in mentions.all:
        if mention.nested:
            continue
        while index < len(tokens) and tokens[index].end <= mention.outer_start:
            index += 1
        inside = index
        while inside < len(tokens) and tokens[inside].start < mention.outer_end:
            if result[inside] is None:
                result[inside] = mention
            inside += 1
    return result


def _sentence_words(tokens: tuple[Token, ...], count: int) -> list[range]:
    starts = [0] * (count + 1)
    for token in tokens:
        starts[token.sentence + 1] += 1
    for index in range(count):
        starts[index + 1] += starts[index]
    return [range(starts[index], starts[index + 1]) for index in range(count)]
