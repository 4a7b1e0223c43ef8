"""Small plans in every numbering style, as a table: each line under its section, with its number and words, and no other."""

from pathlib import Path
from typing import Any

import pytest

from cases import load_cases
from comity.intake.plan_import import import_plan
from comity.knowledge import Knowledge


@pytest.mark.parametrize("case", load_cases(Path(__file__).parent / "cases" / "outlines.yaml"))
def test_outline(case: dict[str, Any], tmp_path: Path, small_world: Knowledge):
    path = tmp_path / "plan.txt"
    path.write_text(case["text"], encoding="utf-8")
    plan = import_plan(path, plan="plan", period="2026", knowledge=small_world).plan
    found = [
        f"{section.id} {next(iter(section.names.values()))[0]} > {line.number}: {next(iter(line.words.values()))}"
        for section in plan.sections
        for line in section.lines
    ]
    assert found == case["lines"]
