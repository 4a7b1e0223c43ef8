"""Table rows to lines: which column is which comes from the header row's words or from a mapping; full-width rows are headings."""

import re

from msgspec import Struct

from comity.errors import BadInputError
from comity.intake.blocks.block import Block
from comity.intake.blocks.labels import countof, is_bullet, split_label
from comity.intake.plan_columns import Mapping
from comity.intake.plan_words import folded_name, plan_cues
from comity.intervals import IsoDate, is_iso
from comity.languages import languages
from comity.records import LanguageCode

HEADING_LENGTH = 160
BARE_NUMBER = re.compile(r"[(\[]?[\w]{1,6}(?:[.\-/][\w]{1,5}){0,5}[.)\]/]?(?:\([a-z]{1,4}\))*")


class Row(Struct, frozen=True, kw_only=True):
    """A row as headings before it (style, words, label) and lines (number, words, lead). `words` has the line's words in further
    languages, `notes` pairs of column name and text, among them a due date that is no ISO date."""

    headings: tuple[tuple[str, str, str | None], ...] = ()
    lines: tuple[tuple[str | None, str, tuple[str, ...]], ...] = ()
    words: dict[LanguageCode, str] = {}
    responsible: str = ""
    due: IsoDate | None = None
    notes: tuple[tuple[str, str], ...] = ()
    fault: str | None = None


class TableReader:
    """Reads the rows of a file's tables in order; a table without header goes on with the columns of the one before."""

    def __init__(self, name: str, mapping: Mapping | None) -> None:
        self._name = name
        self._mapping = mapping
        self._columns: dict[int, str] | None = None
        self._header: tuple[str, ...] = ()
        self._table = 0
        self._tried: list[tuple[str, ...]] = []

    def read(self, block: Block) -> Row | None:
        """The row; None for a header row. A row with `fault` holds no line."""
        if block.table != self._table:
            self._table = block.table
            self._start(block)
        if header := self._as_header(block):
            self._columns, self._header = header, block.cells
            return None
        if self._columns is None:
            return self._before_header(block)
        return self._row(block)

    def finish(self) -> None:
        """Called after the last row. Raises BadInputError where a mapping's columns were in no table."""
        if self._mapping and not self._header:
            wanted = ", ".join(repr(name) for _, name in self._mapping.named())
            has = f"the first table has {', '.join(map(repr, self._tried[0]))}" if self._tried else "no table is there"
            raise BadInputError(
                f"{self._name}: the mapping names the columns {wanted}, but {has}; write the names as the header row has them."
            )

    def _start(self, block: Block) -> None:
        """A new table keeps the last one's columns only where it is as wide and has no header of its own."""
        if self._columns is not None and len(block.cells) != len(self._header):
            self._columns = None

    def _before_header(self, block: Block) -> Row:
        """Titles stand above a header."""
        filled = tuple(cell for cell in block.cells if cell)
        if len(filled) > 1:
            self._tried.append(filled)
        if self._without_header(block):
            return self._row(block)
        return Row(fault="the table's columns are not known; name them in a mapping" if len(filled) > 1 else "above the table's header")

    def _as_header(self, block: Block) -> dict[int, str] | None:
        if self._mapping:
            wanted = {folded_name(name): field for field, name in self._mapping.named()}
            found = {index: wanted[key] for index, cell in enumerate(block.cells) if (key := folded_name(cell)) in wanted}
            return found if len(set(map(folded_name, block.cells)) & set(wanted)) == len(wanted) else None
        columns = plan_cues().columns
        found = {}
        known = 0
        for index, cell in enumerate(block.cells):
            name, language = _language_of(cell)
            field = columns.get(name)
            if index - 1 in block.merged and not cell:
                field = found.get(index - 1)  # one header over two columns: "Lead" over ASEAN and UN
            elif field is None or (field in found.values() and field != "responsible"):
                field = "note" if cell else None
            else:
                known += 1
            if field == "words" and language:
                field = f"words {language}"
            if field:
                found[index] = field
        has_words = any(field.startswith("words") for field in found.values())
        return found if known >= 2 and has_words else None

    def _without_header(self, block: Block) -> bool:
        """A table of two columns, number and words, needs no header."""
        if self._mapping or len(block.cells) != 2 or not block.cells[1]:
            return False
        if not BARE_NUMBER.fullmatch(block.cells[0]) or len(block.cells[1]) < 20:
            return False
        self._columns, self._header = {0: "number", 1: "words"}, ("", "")
        return True

    def _row(self, block: Block) -> Row:
        assert self._columns is not None
        cells = {index: cell for index, cell in enumerate(block.cells) if cell}
        if heading := self._heading(block, cells):
            return Row(headings=(heading,))
        fields: dict[str, str] = {}
        notes = []
        due = None
        for index, field in self._columns.items():
            text = cells.get(index, "")
            name = self._header[index].replace("\n", " ")
            if field == "due" and is_iso(text):
                due = text
            elif field in ("note", "due") and text:
                notes.append((name, text))
            elif field not in ("note", "due"):
                fields[field] = f"{fields[field]}\n{text}" if text and fields.get(field) else text or fields.get(field, "")
        words = {field.removeprefix("words").strip(): text for field, text in fields.items() if field.startswith("words") and text}
        self._refuse_merged(block)
        if not words:
            return Row(fault="a row without words of a line")
        headings = tuple(
            (f"column {field}", text.replace("\n", " "), None) for field in ("part", "section") if (text := fields.get(field, ""))
        )
        first = next(iter(words.values()))
        further = {code: text for code, text in words.items() if code}
        lines = _lines(fields.get("number", ""), first)
        return Row(headings=headings, lines=lines, words=further, responsible=fields.get("responsible", ""), due=due, notes=tuple(notes))

    def _heading(self, block: Block, cells: dict[int, str]) -> tuple[str, str, str | None] | None:
        """A row with one cell over the full width, or with words in capitals alone, or a letter and a title, is a heading."""
        assert self._columns is not None
        words_columns = [index for index, field in self._columns.items() if field.startswith("words")]
        countcolumn = next((index for index, field in self._columns.items() if field == "number"), None)
        if not cells or len(cells) > 2 or any(len(cell) > HEADING_LENGTH for cell in cells.values()):
            return None
        if len(cells) == 1:
            index, text = next(iter(cells.items()))
            label, rest = split_label(text)
            is_wide = len(block.merged) >= max(1, len(self._header) - 2)
            if not is_wide and not text.isupper() and index in words_columns:
                return None
            return _heading_style(label), rest.replace("\n", " "), label and countof(label)
        if countcolumn in cells and (words := next((cells[index] for index in words_columns if index in cells), None)):
            label = countof(cells[countcolumn] if cells[countcolumn][-1:] in ".)" else f"{cells[countcolumn]}.")
            if label.isalpha() and label.isupper() and not words.rstrip().endswith((".", ";", ",", ":")):
                return _heading_style(f"{label}."), words.replace("\n", " "), label
        return None

    def _refuse_merged(self, block: Block) -> None:
        """Words merged with another column's cell leave open which column they belong to."""
        assert self._columns is not None
        for index in block.merged:
            a, b = self._columns.get(index), self._columns.get(index + 1)
            if a and b and a != b and block.cells[index] and "words" in (a[:5], b[:5]):
                raise BadInputError(
                    f"{self._name}: {block.place}: the cells of {self._header[index]!r} and {self._header[index + 1]!r} are merged; "
                    "unmerge them, so that each column has its own."
                )


def _heading_style(label: str | None) -> str:
    if label is None:
        return "row"
    core = countof(label).strip("()[]")
    return f"row {'roman' if set(core) <= set('IVX') else 'letter' if core.isalpha() else 'number'}"


def _lines(number: str, words: str) -> tuple[tuple[str | None, str, tuple[str, ...]], ...]:
    """One line, or several where each paragraph of the cell has its own label: `(a) ...` and `(b) ...` in row 3 are 3(a) and 3(b)."""
    own = countof(number.strip()) if number.strip() else None
    paragraphs = [split_label(paragraph) for paragraph in words.split("\n")]
    labelled = [label for label, _ in paragraphs if label]
    if len(labelled) < 2 or paragraphs[-1][0] is None:
        label, rest = split_label(words)
        if label and not is_bullet(label) and own is None:
            return ((countof(label), rest, ()),)
        return ((own, rest if label and is_bullet(label) else words, ()),)
    lead = tuple(text for label, text in paragraphs[:1] if label is None)
    lines: list[tuple[str | None, str, tuple[str, ...]]] = []
    for label, text in paragraphs[len(lead) :]:
        if label is None and lines:
            last = lines[-1]
            lines[-1] = (last[0], f"{last[1]}\n{text}", last[2])
        elif label:
            part = None if is_bullet(label) else countof(label)
            cited = f"{own}{part}" if own and part and part[0] in "([" else f"{own}.{part}" if own and part else part
            lines.append((cited, text, lead))
    return tuple(lines)


def _language_of(cell: str) -> tuple[str, LanguageCode | None]:
    """The column's name without the language it is said to be in: `Action line (EN)`, `Hành động [vi]`."""
    match = re.fullmatch(r"(.*\S)\s*[(\[]\s*([A-Za-z]{2})\s*[)\]]\s*", cell.replace("\n", " "))
    if match and match[2].lower() in languages():
        return folded_name(match[1]), match[2].lower()
    return folded_name(cell), None
