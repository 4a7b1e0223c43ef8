"""Every limit can be set, refuses nonsense in one sentence, and stands in the manual as it is."""

import runpy
from pathlib import Path

import pytest

from comity.errors import BadInputError
from comity.settings import NUMBERS, limit_of

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_limit_is_what_its_variable_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name, raising=False)
    assert limit_of(name) == NUMBERS[name].default
    monkeypatch.setenv(name, f" {NUMBERS[name].high} ")
    assert limit_of(name) == NUMBERS[name].high
    for nonsense in ("many", "-1", "1.5", str(NUMBERS[name].high + 1), "１"):
        monkeypatch.setenv(name, nonsense)
        with pytest.raises(BadInputError, match=name):
            limit_of(name)


def test_the_manual_shows_the_limits_as_they_are() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "write_limits.py"))
    page = tool["PAGE"].read_text(encoding="utf-8")
    assert page == tool["with_table"](page), "run `python tools/write_limits.py`"
