"""Case tables: a YAML list beside the test, one case an entry, named by its text; `missed` says why a case is not met yet."""

from pathlib import Path
from typing import Any

import pytest
import yaml


def load_cases(path: Path) -> list[Any]:
    """The table's cases as pytest parameters, each with the first words of its text as id."""
    rows = load_yaml(path)
    return [
        pytest.param(
            row,
            id=f"{path.stem}-{number}: {str(row.get('text', row))[:50]}",
            marks=[pytest.mark.xfail(reason=row["missed"], strict=True)] if row.get("missed") else [],
        )
        for number, row in enumerate(rows, 1)
    ]


def load_yaml(path: Path) -> Any:
    """What a YAML file says, by the parser in C: all tables together take seconds by the one in Python, in each of the workers."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
