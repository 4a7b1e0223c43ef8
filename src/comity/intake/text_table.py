"""A CSV of texts to documents, a row each, read row by row; the first row names the columns."""

import codecs
import csv
import io
from collections.abc import Iterator

from comity.errors import BadInputError
from comity.intake.decoding import MARKS, decoded
from comity.intake.json_lines import HOPELESS
from comity.intake.known import Given
from comity.intake.rows import document_of_row
from comity.intake.source import Source
from comity.records import Document
from comity.settings import megabytes_limit

DELIMITERS = ",;\t|"
SAMPLE = 1 << 20


def table_documents(source: Source, given: Given) -> Iterator[Document | BadInputError]:
    """Each row's document, or the fault in its place. Raises BadInputError where there is no table, or no column with the text."""
    encoding = _encoding(source)
    csv.field_size_limit(megabytes_limit())
    with source.stream() as stream, io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
        first = _first_line(text, source.name)
        delimiter = max(DELIMITERS, key=first.count)
        columns = [column.strip() for column in next(csv.reader([first], delimiter=delimiter), [])]
        if given.fields.text not in columns:
            raise BadInputError(
                f"{source.name}: has no column {given.fields.text!r} (it has {', '.join(columns)}); "
                "name the one that holds the text: --map text=COLUMN."
            )
        yield from _rows(csv.reader(text, delimiter=delimiter), columns, source.name, given, before=1)


def _rows(table: "csv.Reader", columns: list[str], name: str, given: Given, *, before: int) -> Iterator[Document | BadInputError]:  # type: ignore[name-defined]
    read = faults = 0
    while True:
        place = f"line {before + table.line_num + 1}"
        try:
            row = next(table, None)
            if row is None:
                break
            if not any(cell.strip() for cell in row):
                continue
            document = document_of_row(dict(zip(columns, row, strict=False)), given.fields, given, name=name, place=place)
        except csv.Error as error:
            raise BadInputError(f"{name}, {place}: is no row of a table ({error}); save it again as CSV in UTF-8.") from error
        except UnicodeDecodeError as error:
            raise BadInputError(f"{name}, {place}: breaks its encoding ({error.reason}); save it again as UTF-8.") from error
        except BadInputError as error:
            faults += 1
            yield error
            if faults >= HOPELESS and not read:
                yield BadInputError(f"{name}: not one of the first {faults} rows could be read; the rest was left.")
                return
        else:
            read += 1
            yield document
    if not read and not faults:
        yield BadInputError(f"{name}: has columns and no row; there is nothing to read in it.")


def _first_line(text: io.TextIOWrapper, name: str) -> str:
    try:
        line = text.readline(SAMPLE)
    except UnicodeDecodeError as error:
        raise BadInputError(f"{name}, line 1: breaks its encoding ({error.reason}); save it again as UTF-8.") from error
    if not line.strip():
        raise BadInputError(f"{name}: does not begin with the names of its columns; write them in its first line.")
    return line.removeprefix("\ufeff")


def _encoding(source: Source) -> str:
    """The table's encoding by its first megabyte: UTF-8 and UTF-16 by their marks, else UTF-8, else the one its letters tell."""
    sample = source.start(SAMPLE)
    for mark, encoding in MARKS:
        if sample.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        text = decoded(sample, source.name)
        return next(encoding for encoding in ("cp1258", "cp1252") if text == sample.decode(encoding, "replace"))
    return "utf-8"
