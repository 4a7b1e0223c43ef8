"""Headlines and subheads that tell who says what by a colon: "Ngoại trưởng Mỹ: Trump - Kim sẽ gặp nhau lần 3".

In come a page, its layout and the turns of its transcript, if it is one; out come for each such line its colon as a cue, the words behind
it and who stands before it. Labels of a transcript and topics ("Japan: 5 million doses", "Syria: Army takes town") are none.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from comity.reading.cues import Cue, Found, Frame
from comity.reading.layout import QUOTES, Layout
from comity.reading.mentions import Form, Mention
from comity.reading.page import Page
from comity.reading.turns import Turns
from comity.records import Act, ActorType

COLON = Cue((":",), Act.AFFIRM, Frame.CLAUSE)
LONGEST_NAME = 14
"""Words before the colon: "Đại sứ Mỹ tại Liên Hợp Quốc"."""
FEWEST, MOST = 3, 40
"""Words behind it."""
MARKS = QUOTES | frozenset("‘'’")
NEAR = 40
"""Characters back in which a line's beginning is sought."""
ENDS = frozenset(".;:,")


class Heading(NamedTuple):
    """The words `first` to `after` behind a colon, who says them, and whether they stand in quotation marks."""

    cue: Found[Cue]
    first: int
    after: int
    speaker: Mention
    direct: bool


def find_headings(page: Page, layout: Layout, turns: Turns) -> Iterator[Heading]:
    """The headings of a page, in order."""
    for number, words in enumerate(layout.sentence_words):
        if not words or turns.of(number) is not None or not _begins_line(page, layout, words.start):
            continue
        speaker = layout.mention[words.start]
        colon = next((index for index in words[1 : LONGEST_NAME + 1] if layout.mention[index] is not speaker), None)
        if speaker is None or colon is None or layout.tokens[colon].text != ":":
            continue
        first, after = colon + 1, _end(page, layout, number)
        opened = first < after and layout.tokens[first].text in MARKS
        if not _may_say(speaker, is_first=number == 0, quoted=opened):
            continue
        while first < after and layout.tokens[first].text in MARKS:
            first += 1
        closed = after > first and layout.tokens[after - 1].text in MARKS
        while after > first and layout.tokens[after - 1].text in MARKS | ENDS:
            after -= 1
        letters = sum(token.text[0].isalpha() for token in layout.tokens[first:after])
        if FEWEST <= letters <= MOST and (number == 0 or _stands_alone(page, layout, words.start, after)):
            yield Heading(Found(colon, colon + 1, COLON), first, after, speaker, opened and closed)


def own_cue(layout: Layout, heading: Heading) -> Found[Cue] | None:
    """The verb that a heading begins with, of a state or of nobody: "Nam: | Đề nghị | Brunei mở cảng", "Moscow | lên án | vụ tấn công"."""
    first = heading.first
    state = layout.mention[first]
    while state is not None and state.type is ActorType.STATE and layout.mention[first] is state and first + 1 < heading.after:
        first += 1
    if layout.cue[first] is None or layout.cue[first] is layout.cue[first - 1]:
        return None
    found = layout.cues[bisect_left(layout.cues, first, key=lambda cue: cue.first)]
    return found if found.value.frame is not Frame.SOURCE and found.after < heading.after else None


def _may_say(speaker: Mention, *, is_first: bool, quoted: bool) -> bool:
    """A line may be a person's, a headline a body's too; a state there is mostly where something happens, but for a quotation."""
    if speaker.form not in (Form.NAME, Form.TITLE) or len(speaker.actors) != 1:
        return False
    return speaker.type is ActorType.PERSON or (is_first and (quoted or speaker.type is ActorType.ORGANISATION))


def _end(page: Page, layout: Layout, number: int) -> int:
    """Where the line ends: its words may be several sentences."""
    stop = layout.sentence_words[number].stop
    newline = page.text.find("\n", page.sentences[number].start)
    line_end = newline if newline >= 0 else len(page.text)
    while number + 1 < len(page.sentences) and page.sentences[number + 1].end <= line_end:
        number += 1
        stop = layout.sentence_words[number].stop
    return stop


def _begins_line(page: Page, layout: Layout, index: int) -> bool:
    start = layout.tokens[index].start
    return not page.text[max(0, start - NEAR) : start].rpartition("\n")[2].strip()


def _stands_alone(page: Page, layout: Layout, first: int, after: int) -> bool:
    """Whether the line has no full stop at its end, as a subhead: a paragraph has one."""
    newline = page.text.find("\n", layout.tokens[first].start)
    line = page.text[layout.tokens[first].start : newline if newline >= 0 else len(page.text)].rstrip()
    return bool(line) and line[-1] not in ".;,"
