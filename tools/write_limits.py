"""Writes the tables of limits in docs/intake.md and docs/portal.md from the settings: `python tools/write_limits.py`. A test fails where a
page is behind."""

import re
from collections.abc import Mapping
from pathlib import Path

from comity import settings
from comity.portal import settings as portal_settings
from comity.settings import Number

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {DOCS / "intake.md": settings.NUMBERS, DOCS / "portal.md": portal_settings.NUMBERS}
PLACE = re.compile(r"(<!-- limits -->\n).*?(<!-- end of limits -->)", re.DOTALL)


def main() -> None:
    for path, numbers in PAGES.items():
        path.write_text(with_table(path.read_text(encoding="utf-8"), numbers), encoding="utf-8")


def with_table(page: str, numbers: Mapping[str, Number]) -> str:
    """The page with the table as it should be."""
    rows = [f"| `{name}` | {limit.says} | {limit.default:,} | {limit.low:,} to {limit.high:,} |" for name, limit in numbers.items()]
    table = "\n".join(["| variable | what it limits | default | may be |", "| --- | --- | --- | --- |", *rows])
    return PLACE.sub(lambda match: f"{match[1]}\n{table}\n\n{match[2]}", page)


if __name__ == "__main__":
    main()
