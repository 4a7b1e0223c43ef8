"""Every limit can be set, refuses nonsense in one sentence, and stands in the manual as it is."""

import runpy
from pathlib import Path

import pytest

from comity.errors import BadInputError
from comity.portal import settings as portal_settings
from comity.settings import NUMBERS, Number, number_of

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(("name", "limit"), (NUMBERS | portal_settings.NUMBERS).items())
def test_a_limit_is_what_its_variable_says(name: str, limit: Number, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name, raising=False)
    assert number_of(name, limit) == limit.default
    monkeypatch.setenv(name, f" {limit.high} ")
    assert number_of(name, limit) == limit.high
    for nonsense in ("many", "-1", "1.5", str(limit.high + 1), "１"):
        monkeypatch.setenv(name, nonsense)
        with pytest.raises(BadInputError, match=name):
            number_of(name, limit)


def test_the_manual_shows_the_limits_as_they_are() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "write_limits.py"))
    for path, numbers in tool["PAGES"].items():
        page = path.read_text(encoding="utf-8")
        assert page == tool["with_table"](page, numbers), "run `python tools/write_limits.py`"
