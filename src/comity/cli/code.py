"""`comity code`: sentences as event data, one row each: source, PLOVER type, CAMEO root, target, the words that made it, probability."""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, TextIO

import msgspec
import typer

from comity.cli.screen import tell
from comity.cli.written import written_whole

if TYPE_CHECKING:
    from comity.reading.document_codes import DocumentCoder
    from comity.reading.event_codes import EventCode

COLUMNS = ("file", "language", "sentence", "source", "source_id", "type", "root", "target", "target_id", "words", "probability")
Row = dict[str, Any]


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def code(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|-...",
            help="Texts with documents or sentences, or CSV, TSV, JSONL with sentence, source, target; - is standard input.",
        ),
    ],
    format: Annotated[Format, typer.Option("--format", help="How the rows are written.")] = Format.CSV,
    language: Annotated[
        str | None, typer.Option("--language", metavar="vi|en", help="The language of the text, where it should not be guessed.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to write. Default: standard output.")] = None,
) -> None:
    """Code sentences as event data: source, PLOVER type, CAMEO root, target, the words that made it, and a probability."""
    from comity.errors import BadInputError
    from comity.knowledge import load_knowledge
    from comity.reading.document_codes import DocumentCoder

    write = writer(format, out)
    coder = DocumentCoder(load_knowledge())
    faults: list[str] = []
    found = False

    def rows() -> Iterator[Row]:
        nonlocal found
        for file in files:
            try:
                for row in coded_rows(file, coder, language, faults):
                    found = True
                    yield row
            except BadInputError as error:
                faults.append(str(error))

    write(rows())
    for fault in faults:
        tell(fault)
    if faults:
        raise typer.Exit(2)
    if not found:
        tell("No sentence tells of an event between parties that are known: there is no row.")


def coded_rows(file: str, coder: "DocumentCoder", language: str | None, faults: list[str]) -> Iterator[Row]:
    """A table's rows, each coded; or the coded sentences of documents."""
    from comity.cli.inputs import named_documents
    from comity.intake import Unreadable

    if Path(file).suffix.lower() in TABLES:
        yield from _table_rows(file, coder, language, faults)
        return
    for document in named_documents([file], language=language):
        if isinstance(document, Unreadable):
            faults.append(document.sentence)
            continue
        for one in coder.codes(document):
            sentence = " ".join(one.sentence.split())
            yield _row(document.name, document.language, sentence, one.code, one.source_id, one.target_id)


def writer(format: Format, out: Path | None) -> Callable[[Iterable[Row]], None]:
    """What writes rows to standard output, or a file whole or not at all. Raises BadInputError where Parquet can't be written here, and
    where the file can't."""
    from comity.errors import BadInputError

    if format is Format.PARQUET and out is None:
        raise BadInputError("Parquet is no text: name the file to write with --out.")
    if format is Format.PARQUET and find_spec("pyarrow") is None:
        raise BadInputError("Parquet needs pyarrow, which is not installed: pip install 'comity[parquet]', or use --format csv.")
    return partial(_write_out, format) if out is None else partial(_write_file, format, out)


def _write_out(format: Format, rows: Iterable[Row]) -> None:
    if format is Format.CSV:
        _write_csv(rows, sys.stdout)
    else:
        _write_lines(rows, sys.stdout.buffer)


def _write_file(format: Format, out: Path, rows: Iterable[Row]) -> None:
    with written_whole(out) as beside:
        if format is Format.PARQUET:
            _write_parquet(rows, beside)
        elif format is Format.CSV:
            with beside.open("w", encoding="utf-8", newline="") as text:
                _write_csv(rows, text)
        else:
            with beside.open("wb") as lines:
                _write_lines(rows, lines)


def _table_rows(file: str, coder: "DocumentCoder", language: str | None, faults: list[str]) -> Iterator[Row]:
    from comity.errors import BadInputError
    from comity.intake.guess import checked_language

    for number, row in enumerate(TABLES[Path(file).suffix.lower()](file), 1):
        sentence = str(row.get("sentence") or "").strip()
        if not sentence:
            faults.append(f"{file}: row {number} has no sentence; the columns are sentence, source and target.")
            continue
        try:
            spoken = checked_language(sentence, named=language or row.get("language") or None, name="The sentence")
            result = coder.coder(spoken).code(sentence, row.get("source") or None, row.get("target") or None)
        except BadInputError as error:
            faults.append(f"{file}: row {number}: {error}")
            continue
        yield _row(file, spoken, sentence, result, None, None)


def _row(file: str, language: str, sentence: str, code: "EventCode", source_id: str | None, target_id: str | None) -> Row:
    values = (file, language, sentence, code.source, source_id, code.type, code.root, code.target, target_id, code.words, code.probability)
    return dict(zip(COLUMNS, values, strict=True))


def _csv_rows(file: str) -> Iterator[Row]:
    text = _text(file)
    first = text.partition("\n")[0]
    yield from csv.DictReader(text.splitlines(keepends=True), delimiter="\t" if "\t" in first else ",")


def _json_rows(file: str) -> Iterator[Row]:
    from comity.errors import BadInputError

    for number, line in enumerate(_text(file).splitlines(), 1):
        if line.strip():
            try:
                yield msgspec.json.decode(line, type=dict[str, Any])
            except msgspec.DecodeError as error:
                raise BadInputError(f"{file}: line {number} is no JSON object ({error}).") from error


def _text(file: str) -> str:
    from comity.intake.decoding import decoded
    from comity.intake.files import file_bytes

    return decoded(file_bytes(file), file).removeprefix("\ufeff")


TABLES: dict[str, Callable[[str], Iterator[Row]]] = {
    ".csv": _csv_rows,
    ".tsv": _csv_rows,
    ".jsonl": _json_rows,
    ".ndjson": _json_rows,
}


def _write_csv(rows: Iterable[Row], stream: TextIO) -> None:
    table = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)


def _write_lines(rows: Iterable[Row], stream: BinaryIO) -> None:
    for row in rows:
        stream.write(msgspec.json.encode(row) + b"\n")


def _write_parquet(rows: Iterable[Row], out: Path) -> None:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]
    from pyarrow import parquet  # type: ignore[import-not-found, import-untyped, unused-ignore]

    kinds = [(name, pyarrow.float64() if name == "probability" else pyarrow.string()) for name in COLUMNS]
    parquet.write_table(pyarrow.Table.from_pylist(list(rows), schema=pyarrow.schema(kinds)), out)
