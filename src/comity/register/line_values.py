"""What a person may set about a line of a plan: its status, with the day since when and the sentence that shows it; and a coder's score."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from comity.errors import BadInputError
from comity.intervals import is_one_date
from comity.records import Evidence, LineStatus
from comity.register.schema import documents

STATUS, SINCE, EVIDENCE = "status", "since", "evidence"
SCORES = (-1, 0, 1)
"""Not done, in part, done: the scale by which the compliance of G7 and G20 with their promises is scored."""


def check_value(connection: Connection, action: str, value: Mapping[str, Any]) -> None:
    """Raises BadInputError where a line is given a status or score that is none."""
    if action == "set-status":
        _check_status(connection, value)
    if action == "score" and (set(value) != {"score"} or type(value["score"]) is not int or value["score"] not in SCORES):
        raise BadInputError("The score of a line is -1 (not done), 0 (in part) or 1 (done); give --set score=1.")


def shown_by(value: Mapping[str, Any]) -> Evidence | None:
    """The words by which a person set a status, where they named some."""
    return msgspec.convert(value[EVIDENCE], Evidence) if EVIDENCE in value else None


def is_quoted(connection: Connection, evidence: Evidence) -> bool:
    """Whether the words stand in the document, letter for letter, where the evidence says."""
    text = connection.execute(select(documents.c.text).where(documents.c.id == evidence.document)).scalar()
    return text is not None and 0 <= evidence.start < evidence.end and text[evidence.start : evidence.end] == evidence.quote


def _check_status(connection: Connection, value: Mapping[str, Any]) -> None:
    if set(value) - {STATUS, SINCE, EVIDENCE} or value.get(STATUS) not in list(LineStatus):
        raise BadInputError(f"The status of a line is one of {', '.join(LineStatus)}; give --set status=completed.")
    since = value.get(SINCE)
    if since is not None and (not isinstance(since, str) or not is_one_date(since)):
        raise BadInputError(f"A line has its status since a day, month or year, such as 2020-01-30, 2020-01 or 2020, not {since!r}.")
    try:
        evidence = shown_by(value)
    except msgspec.ValidationError as error:
        raise BadInputError(f"What shows the status of a line has a document, start, end and quote: {error}.") from error
    if evidence is not None and not is_quoted(connection, evidence):
        raise BadInputError(f"{evidence.document} does not hold these words from {evidence.start} to {evidence.end}.")
