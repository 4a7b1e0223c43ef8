"""A column mapping: which column of a table holds what, as a small YAML file that a person writes for an unusual table.

sheet: Matrix 2024
columns: {number: Ref, words: {en: Agreed action, vi: Nội dung}, responsible: Who, section: Area, note: [Status, Remarks]}
"""

from pathlib import Path

from msgspec import Struct

from comity.errors import BadInputError, KnowledgeError
from comity.knowledge.yaml_file import read_yaml
from comity.records import LanguageCode

FIELDS = ("number", "words", "responsible", "section", "part", "due", "note")


class Columns(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The name of each field's column, as the header row has it."""

    words: str | dict[LanguageCode, str]
    number: str | None = None
    responsible: str | None = None
    section: str | None = None
    part: str | None = None
    due: str | None = None
    note: str | tuple[str, ...] = ()


class Mapping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where in a workbook the table is, and what its columns hold."""

    columns: Columns
    sheet: str | None = None

    def named(self) -> list[tuple[str, str]]:
        """Pairs of field (`words`, `words vi`, `note` ...) and column name."""
        columns = self.columns
        words = (
            [("words", columns.words)]
            if isinstance(columns.words, str)
            else [(f"words {code}", name) for code, name in columns.words.items()]
        )
        notes = [columns.note] if isinstance(columns.note, str) else list(columns.note)
        single = [(field, name) for field in ("number", "responsible", "section", "part", "due") if (name := getattr(columns, field))]
        return [*words, *single, *(("note", name) for name in notes)]


def read_mapping(path: str | Path) -> Mapping:
    """The mapping in a YAML file. Raises BadInputError with file, line and field."""
    try:
        return read_yaml(Path(path), Mapping)
    except KnowledgeError as error:
        raise BadInputError(
            f"{str(error).rstrip('.')}; a mapping has `columns` with {', '.join(FIELDS)}, and may name a `sheet`."
        ) from error
