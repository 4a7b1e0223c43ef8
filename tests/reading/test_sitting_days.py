"""The year of a text that names no year, told by the numbered meetings in it, by table."""

from pathlib import Path
from typing import Any

import pytest

from cases import load_cases
from comity.reading import Reader
from comity.records import Document

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", load_cases(CASES / "sitting_days.yaml"))
def test_case(case: dict[str, Any], reader: Reader) -> None:
    found = reader.read(Document(id="case", text=case["text"], language=case["language"])).dates
    assert {mention.evidence.quote: mention.iso for mention in found} == {quote: iso and str(iso) for quote, iso in case["finds"].items()}
