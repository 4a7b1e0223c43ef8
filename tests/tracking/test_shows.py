"""What a clause shows, by its words and by the findings it stands in."""

from pathlib import Path

import pytest

from cases import load_cases
from comity.records import LineStatus
from comity.register import ToLink
from comity.tracking.shows import shown_by


def finding(**fields) -> ToLink:
    return ToLink(number=0, start=0, end=9, **{"kind": "events", **fields})


@pytest.mark.parametrize("case", load_cases(Path(__file__).parent / "cases" / "shows.yaml"))
def test_words(case):
    assert shown_by(case["text"], case["language"], ()) == case["shows"]


@pytest.mark.parametrize(
    ("found", "shows"),
    [
        (finding(type="AID", status="happened"), LineStatus.UNDER_WAY),
        (finding(type="AID", status="scheduled"), LineStatus.MENTIONED),
        (finding(type="CONSULT", status="happened"), LineStatus.MENTIONED),
        (finding(kind="progress", verb="completed"), LineStatus.UNDER_WAY),
        (finding(kind="progress", verb="addressed"), LineStatus.UNDER_WAY),
        (finding(kind="progress", verb="completed", remaining=True), LineStatus.MENTIONED),
    ],
)
def test_findings(found: ToLink, shows: LineStatus):
    assert shown_by("boats for the coast guard", "en", [found]) == shows


def test_what_is_promised_is_not_under_way():
    deed, promise = finding(type="COOPERATE", status="happened"), finding(kind="commitments")
    assert shown_by("boats for the coast guard", "en", [deed, promise]) == LineStatus.MENTIONED
    assert shown_by("it has provided boats for the coast guard", "en", [deed, promise]) == LineStatus.UNDER_WAY
