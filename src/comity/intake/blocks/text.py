"""Plain text to blocks: wrapped at a fixed width or a paragraph a line, with form feeds between pages where it has any."""

from comity.intake.blocks.block import Block
from comity.intake.blocks.furniture import running_lines
from comity.intake.blocks.lines import Line, blocks_of_lines

NARROW = 50
"""Nobody wraps at less: a text of short lines has a paragraph a line too."""
LONG = 120
"""A text with many longer lines has a paragraph a line."""


def text_blocks(text: str) -> list[Block]:
    """The blocks of a plain text."""
    pages: list[list[Line]] = []
    number = 0
    for index, page in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\f"), 1):
        lines: list[Line] = []
        gap = 0
        for raw in page.split("\n"):
            number += 1
            shown = raw.expandtabs(4)
            words = shown.strip()
            if not words:
                gap += 1
                continue
            left = len(shown) - len(shown.lstrip())
            lines.append(Line(text=words, page=index, number=number, left=left, right=left + len(words), region=(index, 0), gap=gap))
            gap = 0
        pages.append(lines)
    running = running_lines([[line.text for line in page] for page in pages])
    lines = [line for page, drop in zip(pages, running, strict=True) for index, line in enumerate(page) if index not in drop]
    if not _is_wrapped(lines):
        lines = [
            Line(text=line.text, page=line.page, number=line.number, left=line.left, right=line.right, region=line.region, gap=1)
            for line in lines
        ]
    return blocks_of_lines(lines, place_of="line {number}")


def _is_wrapped(lines: list[Line]) -> bool:
    rights = sorted(line.right for line in lines)
    return bool(rights) and rights[int(0.95 * (len(rights) - 1))] >= NARROW and sum(right > LONG for right in rights) <= 0.02 * len(rights)
