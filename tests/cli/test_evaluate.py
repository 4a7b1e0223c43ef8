"""`comity evaluate`: what is printed of annotated documents."""

import json
import subprocess
from pathlib import Path

import pytest

TEXT = "On 3 May 2019 the Secretary-General of ASEAN met the President of Viet Nam in Ha Noi."
KINDS = ("offices", "statements", "events", "commitments", "instruments", "mechanisms", "progress", "themes", "related", "slips")
GOLD = {
    **dict.fromkeys(KINDS, ()),
    "actors": [{"quote": "Viet Nam", "type": "state", "id": "VNM"}, {"quote": "the harbour", "type": "organisation", "id": "harbour"}],
    "dates": [{"quote": "3 May 2019", "iso": "2019-05-03"}],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "talks.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "talks.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


def printed(program: Path, *arguments: object) -> list[str]:
    done = subprocess.run([program, "evaluate", *map(str, arguments)], check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def test_a_row_a_kind_with_precision_and_recall(program: Path, gold: Path):
    rows = [[cell.strip() for cell in line.split("|")[1:6]] for line in printed(program, gold)]
    assert ["dates", "1", "1", "1.00", "1.00"] in rows
    assert next(row for row in rows if row[0] == "actors")[:2] == ["actors", "2"]


def test_mistakes_of_a_kind_are_shown_up_to_a_limit(program: Path, gold: Path):
    assert printed(program, gold, "--errors", "actors", "--limit", 2) == ["talks", "  missed organisation harbour  the harbour"]
