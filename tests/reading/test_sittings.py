"""Meetings that speak: whole texts read, so that their names, their parties and their verbs are found together."""

from pathlib import Path
from typing import Any

import pytest

from cases import load_cases
from comity.reading import Reader
from comity.records import Document

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", load_cases(CASES / "sittings.yaml"))
def test_a_meeting_speaks_for_those_who_meet(case: dict[str, Any], reader: Reader) -> None:
    document = Document(id="given", text=case["text"], language=case["language"], title=case.get("title"))
    reading = reader.read(document)
    found = {one.cue.quote: set(one.speaker) for one in reading.statements if one.cue}
    for want in case["statements"]:
        assert found[want["cue"]] == set(want["speaker"]), found
    if "undertake" in case:
        assert {actor for one in reading.commitments for actor in one.by} == set(case["undertake"])
