"""Progress figures in every wording that published figures use, read by the whole reader; and figures that only look like progress."""

from pathlib import Path
from typing import Any

import pytest

import comity
from cases import load_cases

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", load_cases(CASES / "progress_wordings.vi.yaml"))
def test_vietnamese(case: dict[str, Any]) -> None:
    check(case, "vi")


@pytest.mark.parametrize("case", load_cases(CASES / "progress_wordings.en.yaml"))
def test_english(case: dict[str, Any]) -> None:
    check(case, "en")


def check(case: dict[str, Any], language: str) -> None:
    found = comity.read(case["text"], language=language, published=case.get("published")).progress
    wanted = case.get("claims", [])
    assert [(c.numerator, c.denominator, c.percent, str(c.bound), c.remaining, c.verb and str(c.verb)) for c in found] == [
        (w.get("num"), w.get("den"), w.get("pct"), w.get("bound", "exactly"), w.get("remaining", False), w.get("verb")) for w in wanted
    ]
    for claim, want in zip(found, wanted, strict=True):
        assert want.get("about", "").lower() in f"{claim.subject} {claim.subject_name}".lower()
        if "as_of" in want:
            assert claim.as_of == want["as_of"]
        if "by" in want:
            assert list(claim.claimant) == want["by"]
