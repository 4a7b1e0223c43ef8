"""Writes the table of limits in docs/intake.md from the settings: `python tools/write_limits.py`. A test fails where the page is behind."""

import re
from pathlib import Path

from comity.settings import NUMBERS

PAGE = Path(__file__).parents[1] / "docs" / "intake.md"
PLACE = re.compile(r"(<!-- limits -->\n).*?(<!-- end of limits -->)", re.DOTALL)


def main() -> None:
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def with_table(page: str) -> str:
    """The page with the table as it should be."""
    rows = [f"| `{name}` | {limit.says} | {limit.default:,} | {limit.low:,} to {limit.high:,} |" for name, limit in NUMBERS.items()]
    table = "\n".join(["| variable | what it limits | default | may be |", "| --- | --- | --- | --- |", *rows])
    return PLACE.sub(lambda match: f"{match[1]}\n{table}\n\n{match[2]}", page)


if __name__ == "__main__":
    main()
