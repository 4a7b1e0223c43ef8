"""JSON lines to documents, one object a line, read line by line: a file of any size needs the memory of one line."""

from collections.abc import Iterator
from typing import Any

import msgspec

from comity.errors import BadInputError
from comity.intake.known import Given
from comity.intake.rows import document_of_row
from comity.intake.source import Source
from comity.records import Document
from comity.settings import megabytes_limit

HOPELESS = 20
"""So many lines that can't be read, and none before them that could: the rest is no better."""
MARK = b"\xef\xbb\xbf"


def json_documents(source: Source, given: Given) -> Iterator[Document | BadInputError]:
    """Each line's document, or the fault in its place."""
    read = faults = 0
    for number, line in _lines(source):
        try:
            if isinstance(line, BadInputError):
                raise line
            document = document_of_row(_object(line, source.name, number), given.fields, given, name=source.name, place=f"line {number}")
        except BadInputError as error:
            faults += 1
            yield error
            if faults >= HOPELESS and not read:
                yield BadInputError(f"{source.name}: not one of the first {faults} lines could be read; the rest was left.")
                return
        else:
            read += 1
            yield document
    if not read and not faults:
        yield BadInputError(f"{source.name}: is empty; there is nothing to read in it.")


def _lines(source: Source) -> Iterator[tuple[int, bytes | BadInputError]]:
    """The lines that are not blank, with their numbers; one that is too long is a fault, and the next is read."""
    limit = megabytes_limit()
    with source.stream() as stream:
        number = 0
        while line := stream.readline(limit + 1):
            number += 1
            if len(line) > limit:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(limit)
                yield (
                    number,
                    BadInputError(
                        f"{source.name}, line {number}: is longer than the limit of {limit // 1_000_000} MB; raise it with COMITY_MAX_MB."
                    ),
                )
            elif line.removeprefix(MARK).strip():
                yield number, line.removeprefix(MARK)


def _object(line: bytes, name: str, number: int) -> dict[str, Any]:
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.ValidationError as error:
        raise BadInputError(f"{name}, line {number}: is no JSON object but another value; write an object a line.") from error
    except msgspec.DecodeError as error:
        raise BadInputError(f"{name}, line {number}: is broken JSON ({error}); mend that line.") from error
    except UnicodeDecodeError as error:
        raise BadInputError(f"{name}, line {number}: is not UTF-8 (byte {error.start}); save the file again as UTF-8.") from error
    except RecursionError as error:
        raise BadInputError(f"{name}, line {number}: is nested too deeply; mend that line.") from error
