"""Blocks to an outline: sections with their headings, and the numbered lines under each; what is no line is kept apart with the reason.

The preamble ends where the operative text is declared. A labelled block is a heading when it is short, ends no sentence and has something
under it; else it is a line. An item that ends with a colon leads the items under it and is none itself.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from comity.intake.blocks.block import Block, Kind
from comity.intake.blocks.labels import countof, is_bullet
from comity.intake.plan_columns import Mapping
from comity.intake.plan_heading import Heading, Open, fitting_reading, heading_of
from comity.intake.plan_table import Row, TableReader
from comity.intake.plan_words import PlanCues, folded_name, plan_cues
from comity.knowledge.folded import fold

SHORT_DECLARATION = 60
PREAMBLE_END = (";", ",", ".")


class FoundLine(Struct, frozen=True, kw_only=True):
    """A line before it has an id. `number` is None where none is printed; `parent` is the place in the section of the item it stands under.
    `is_lead`: the item only leads those under it ("The parties will:") and is no line itself."""

    text: str
    place: str
    number: str | None = None
    lead: tuple[str, ...] = ()
    parent: int | None = None
    is_lead: bool = False
    row: Row | None = None


class FoundSection(Struct, frozen=True):
    """Headings from the outermost in, and the lines under the last of them."""

    headings: tuple[Heading, ...]
    lines: tuple[FoundLine, ...]


class LeftOut(Struct, frozen=True):
    """Words that are no action line, and why."""

    place: str
    text: str
    reason: str


class Outline(Struct, frozen=True):
    """What a file holds of a plan."""

    title: str | None
    sections: tuple[FoundSection, ...]
    left_out: tuple[LeftOut, ...]


def outline_of(blocks: Sequence[Block], *, name: str, mapping: Mapping | None = None) -> Outline:
    """The outline of a file's blocks. Raises BadInputError for tables that can't be understood."""
    builder = _Builder(name, mapping)
    start, opening = _operative_start(blocks, builder.cues)
    for block in blocks[:start]:
        builder.leave_out(block, "preamble")
    if opening is not None:
        builder.open_operative(opening)
    for index in range(start + (opening is not None), len(blocks)):
        builder.take(blocks[index], blocks[index + 1 : index + 3])
    return builder.outline()


def _operative_start(blocks: Sequence[Block], cues: PlanCues) -> tuple[int, Block | None]:
    """Where the operative text begins, and the block that declares it: before it lies no more than a third of the items."""
    items = sum(block.kind in (Kind.ITEM, Kind.ROW) for block in blocks)
    passed = 0
    for index, block in enumerate(blocks):
        is_text = block.kind in (Kind.PARAGRAPH, Kind.HEADING)
        if is_text and passed <= items / 3 and _declares(block, cues):
            return index, block
        passed += block.kind in (Kind.ITEM, Kind.ROW)
    return 0, None


def _declares(block: Block, cues: PlanCues) -> bool:
    """`WE HEREBY DECLARE:` and the like, but not a sentence that only speaks of it."""
    text = block.text.rstrip()
    return bool(cues.declare.search(fold(text))) and (text.endswith((":", "-")) or block.strong or len(text) < SHORT_DECLARATION)


class _Draft(Struct):
    """A section being filled."""

    headings: tuple[Heading, ...]
    items: list[FoundLine]
    prose: list[FoundLine]
    leads: set[int]
    operative: bool = False


class _Builder:
    """Walks the blocks with a stack of open headings and items."""

    def __init__(self, name: str, mapping: Mapping | None) -> None:
        self.cues = plan_cues()
        self._tables = TableReader(name, mapping)
        self._stack: list[Open] = []
        self._drafts: list[_Draft] = []
        self._left_out: list[LeftOut] = []
        self._lead: str | None = None
        self._operative = False
        self._begun = False

    def leave_out(self, block: Block, reason: str) -> None:
        text = block.text or " | ".join(cell for cell in block.cells if cell)
        self._left_out.append(LeftOut(block.place, f"{block.label} {text}" if block.label else text, reason))

    def open_operative(self, block: Block) -> None:
        self._operative = self._begun = True
        self._push_heading("operative", 0, Heading(block.text.rstrip(" :-–—")))

    def take(self, block: Block, following: Sequence[Block]) -> None:
        if block.kind is Kind.ROW:
            self._take_row(block)
        elif not any(letter.isalpha() for letter in block.text):
            self.leave_out(block, "no words")
        elif heading := heading_of(block, following, self._stack):
            self._push_heading(*heading)
        elif block.kind is Kind.ITEM and block.label is None:
            self._continue_item(block)
        elif block.label:
            self._push_item(block)
        else:
            self._take_prose(block)

    def outline(self) -> Outline:
        self._tables.finish()
        title = self._common_title()
        is_numbered = any(line.number for draft in self._drafts for line in draft.items)
        sections = []
        for draft in self._drafts:
            lines = draft.items or (draft.prose if draft.operative or self._is_worded(draft, is_numbered) else [])
            dropped = draft.prose if lines is not draft.prose else []
            self._left_out += [LeftOut(line.place, line.text, "no numbered line") for line in dropped]
            kept = tuple(
                replace(line, is_lead=True) if lines is draft.items and at in draft.leads else line for at, line in enumerate(lines)
            )
            if kept:
                headings = draft.headings[1:] if title and len(draft.headings) > 1 else draft.headings
                sections.append(FoundSection(headings, kept))
        return Outline(title, tuple(sections), tuple(self._left_out))

    def _common_title(self) -> str | None:
        """A first heading that everything stands under is the document's title."""
        filled = [draft for draft in self._drafts if draft.items or draft.prose]
        firsts = {id(draft.headings[0]) if draft.headings else 0 for draft in filled}
        if len(firsts) != 1 or 0 in firsts:
            return None
        first = filled[0].headings[0]
        has_more = any(len(draft.headings) > 1 for draft in filled) and all(len(draft.headings) > 1 for draft in filled if draft.items)
        return first.text if first.label is None and has_more else None

    def _is_worded(self, draft: _Draft, is_numbered: bool) -> bool:
        """Whether paragraphs without numbers are lines: not before the first heading; in a plan with numbers only under a numbered one."""
        if self._is_front(draft):
            return False
        last = draft.headings[-1] if draft.headings else None
        has_parts = any(last is heading for other in self._drafts for heading in other.headings[:-1])
        return not is_numbered or (last is not None and last.label is not None and not has_parts)

    def _is_front(self, draft: _Draft) -> bool:
        if not draft.headings:
            return bool(self._stack) or self._has_items()
        return any(folded_name(heading.text) in self.cues.front for heading in draft.headings)

    def _has_items(self) -> bool:
        return any(draft.items for draft in self._drafts) or any(draft.headings for draft in self._drafts)

    def _push_heading(self, style: str, ordinal: int, heading: Heading) -> None:
        headings = [entry for entry in self._stack if entry.is_heading]
        if style.startswith("h") and style[1:].isdecimal():
            headings = [entry for entry in headings if entry.style[0] == "h" and entry.style[1:].isdecimal() and entry.style < style]
        elif style in (styles := [entry.style for entry in headings]):
            headings = headings[: styles.index(style)]
        elif headings and headings[-1].style == "operative":
            headings = headings[:-1]
        self._stack = [*headings, Open(style, ordinal, True, heading)]
        self._lead = None
        self._begun = True

    def _push_item(self, block: Block) -> None:
        assert block.label
        reading = fitting_reading(block, self._stack)
        place = next((index for index in range(len(self._stack) - 1, -1, -1) if self._stack[index].style == reading.style), None)
        if place is not None and not (self._stack[place].is_heading and reading.ordinal <= 1):
            self._stack = self._stack[:place]
        parent = self._stack[-1] if self._stack and not self._stack[-1].is_heading else None
        draft = self._draft()
        number = _cited(block.label, parent)
        if parent:
            parent.children += 1
            if parent.line is not None and parent.text.rstrip().endswith((":", "-", "–", "—")):
                draft.leads.add(parent.line)
        leads = [entry.text for entry in self._stack if not entry.is_heading and entry.line in draft.leads]
        if self._lead:
            leads.insert(0, self._lead)
        within = parent.line if parent else None
        draft.items.append(FoundLine(text=block.text, place=block.place, number=number, lead=tuple(leads), parent=within))
        self._stack.append(Open(reading.style, reading.ordinal, False, text=block.text, number=number, line=len(draft.items) - 1))

    def _continue_item(self, block: Block) -> None:
        """A further paragraph of the same list item."""
        open_item = self._stack[-1] if self._stack and not self._stack[-1].is_heading else None
        if open_item is None or open_item.line is None:
            self._take_prose(block)
            return
        items = self._draft().items
        open_item.text = f"{open_item.text}\n{block.text}"
        items[open_item.line] = replace(items[open_item.line], text=open_item.text)

    def _take_prose(self, block: Block) -> None:
        if self.cues.preamble.match(fold(block.text)) and (
            block.text.rstrip().endswith(PREAMBLE_END) and not self._operative and not self._has_items()
        ):
            self.leave_out(block, "preamble")
            return
        self._lead = block.text if block.text.rstrip().endswith(":") else None
        if self._lead:
            self._stack = [entry for entry in self._stack if entry.is_heading]
        self._draft().prose.append(FoundLine(text=block.text, place=block.place))

    def _take_row(self, block: Block) -> None:
        row = self._tables.read(block)
        if row is None:
            return
        if row.fault:
            self.leave_out(block, row.fault)
            return
        for style, words, label in row.headings:
            if style.startswith("column") and any(
                entry.style == style and entry.heading and entry.heading.text == words for entry in self._stack
            ):
                continue
            self._push_heading(style, 0, Heading(words, label))
        self._stack = [entry for entry in self._stack if entry.is_heading]
        draft = self._draft()
        draft.items += [FoundLine(text=text, place=block.place, number=number, row=row, lead=lead) for number, text, lead in row.lines]

    def _draft(self) -> _Draft:
        headings = tuple(entry.heading for entry in self._stack if entry.is_heading and entry.heading)
        if not self._drafts or not _same(self._drafts[-1].headings, headings):
            operative = bool(self._stack) and self._stack[0].style == "operative"
            self._drafts.append(_Draft(headings, [], [], set(), operative))
        return self._drafts[-1]


def _same(a: tuple[Heading, ...], b: tuple[Heading, ...]) -> bool:
    return len(a) == len(b) and all(x is y for x, y in zip(a, b, strict=True))


def _cited(label: str, parent: Open | None) -> str | None:
    """The number by which a line is cited: `(a)` under 3 is 3(a); `1.1` and `I.A.3` stand for themselves."""
    if is_bullet(label):
        return None
    number = countof(label)
    if parent is None or parent.number is None or "." in number or number.startswith(parent.number + "."):
        return number
    return f"{parent.number}{number}" if number.startswith(("(", "[")) else f"{parent.number}.{number}"
