"""Lines as a page shows them to blocks: what belongs to one paragraph, item or heading, over line ends, columns and pages.

A line goes on with the one before it where that was full (the next word would not have fitted), without a gap, label, change of type or
indent between. Plain text is measured in characters, a PDF in points.
"""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from comity.intake.blocks.block import Block, Kind, clean
from comity.intake.blocks.labels import YEAR, split_label

SENTENCE_END = (".", ";", ":", "!", "?", "…", '."', ".”", ".’", ")")
APART = 0.3
COLUMN = 20.0
WORD = re.compile(r"[^\s.,;:!?)]+")
HYPHEN = re.compile(r"(?<=\w)[-\u2010\u00ad\ufffe\x02]$")


class Line(Struct, frozen=True, kw_only=True):
    """A printed line. `region` is its page and column; `gap` the white space above it in lines (0 in running text)."""

    text: str
    page: int
    number: int
    left: float
    right: float
    region: tuple[int, int] = (0, 0)
    gap: float = 0.0
    size: float = 0.0
    strong: bool = False


def blocks_of_lines(lines: Sequence[Line], *, place_of: str) -> list[Block]:
    """The blocks that lines make. `place_of` words a line's place: `page {page}, line {number}`."""
    edges = _right_edges(lines)
    body = _body_size(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, edges):
            groups[-1].append(line)
        else:
            groups.append([line])
    vocabulary = _vocabulary(lines)
    return [_block(group, body, place_of, vocabulary) for group in _joined_over_pages(groups)]


def _right_edges(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    """Where the lines of each column end; a page with few lines learns it from columns like it on other pages."""
    regions: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        regions.setdefault(line.region, []).append(line)
    own = {region: sorted(line.right for line in found)[int(0.95 * (len(found) - 1))] for region, found in regions.items()}
    left = {region: min(line.left for line in found) for region, found in regions.items()}
    columns: dict[int, list[float]] = {}
    for region, edge in own.items():
        columns.setdefault(round(left[region] / COLUMN), []).append(edge)
    return {
        region: max(other for other in columns[round(left[region] / COLUMN)] if other - edge < 0.15 * (edge - left[region]) + 1)
        for region, edge in own.items()
    }


def _body_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _goes_on(group: list[Line], line: Line, edges: dict[tuple[int, int], float]) -> bool:
    last = group[-1]
    if line.region != last.region:
        return False
    if line.gap > APART or line.strong != last.strong or abs(line.size - last.size) > 0.6:
        return False
    is_full = last.right + _width(last) * (1 + len(line.text.split(" ", 1)[0])) >= edges[line.region] - _width(last)
    label, _ = split_label(line.text)
    if label and (not is_full or last.text.rstrip().endswith((".", ";", ":", ",")) or line.left < last.left - _width(last)):
        return False
    tolerance = 1.5 * _width(last)
    if len(group) > 1 and abs(line.left - last.left) > tolerance:
        return False
    if len(group) == 1 and split_label(group[0].text)[0] and line.left < last.left - tolerance:
        return False
    return is_full


def _width(line: Line) -> float:
    return (line.right - line.left) / max(1, len(line.text))


def _joined_over_pages(groups: list[list[Line]]) -> list[list[Line]]:
    """A paragraph that a column or page ends is one with what goes on at the top of the next: no stop before, no label after."""
    result: list[list[Line]] = []
    for group in groups:
        first = group[0]
        if result and (last := result[-1][-1]) and last.region != first.region:
            unfinished = not last.text.rstrip().endswith(SENTENCE_END) and (not split_label(first.text)[0] or bool(YEAR.match(first.text)))
            alike = first.strong == last.strong and abs(first.size - last.size) < 0.6
            if alike and unfinished and (first.text[0].islower() or first.text[0].isdigit() or (len(last.text) > 40 and not first.strong)):
                result[-1] = [*result[-1], *group]
                continue
        result.append(group)
    return result


def _block(group: list[Line], body: float, place_of: str, vocabulary: frozenset[str]) -> Block:
    words = ""
    for line in group:
        words = _continued(words, line.text.strip(), vocabulary)
    label, rest = split_label(clean(words))
    first = group[0]
    place = place_of.format(page=first.page, number=first.number)
    strong = all(line.strong for line in group)
    if first.size > body + 0.8 and len(rest) < 200:
        level = max(1, 6 - int(first.size - body))
        return Block(kind=Kind.HEADING, text=rest, label=label, level=level, strong=strong, place=place)
    return Block(kind=Kind.ITEM if label else Kind.PARAGRAPH, text=rest, label=label, strong=strong, place=place)


def _continued(words: str, text: str, vocabulary: frozenset[str]) -> str:
    """The words with the next line's: a hyphen that only the line's end made is taken out (`cooper-` + `ation`), one of a compound stays
    (`people-to-` + `people`). What the document has whole elsewhere decides, then whether both halves are words of it."""
    broken = HYPHEN.search(words)
    if not broken:
        return f"{words} {text}"
    before = words[: broken.start()].rsplit(None, 1)[-1]
    after = WORD.match(text)
    if not after or not text[0].islower() or "-" in before or f"{_plain(before)}-{_plain(after.group())}" in vocabulary:
        return words + text
    is_whole = _plain(before + after.group()) in vocabulary
    are_words = _plain(before) in vocabulary and _plain(after.group()) in vocabulary
    return words + text if are_words and not is_whole else words[: broken.start()] + text


def _vocabulary(lines: Sequence[Line]) -> frozenset[str]:
    """The words that stand whole somewhere: not those at a line's broken end."""
    return frozenset(_plain(word) for line in lines for word in line.text.split() if not HYPHEN.search(word))


def _plain(word: str) -> str:
    return word.lower().strip(".,;:!?()[]\"'“”‘’")
