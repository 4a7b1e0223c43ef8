"""Numbers and ids for an outline's sections and lines: the published number where one is printed, else by heading and place.

Ids begin with the plan's id: `poa-17` where numbers run through the plan, `poa-A.3` where they begin anew in each section.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from comity.errors import BadInputError
from comity.intake.plan_heading import Heading
from comity.intake.plan_outline import FoundLine, FoundSection


class Numbered(NamedTuple):
    """A line with its number, whether that was printed, and its id."""

    line: FoundLine
    number: str
    is_published: bool
    id: str


def section_ids(sections: Sequence[FoundSection]) -> list[str]:
    """An id for each section: its headings' numbers as printed, or their places, joined by full stops (`I.A`, `2`)."""
    places: dict[tuple[int, ...], dict[int, int]] = {}
    taken: set[str] = set()
    ids = []
    for section in sections:
        parts: list[str] = []
        path: tuple[int, ...] = ()
        for heading in section.headings:
            siblings = places.setdefault(path, {})
            place = siblings.setdefault(id(heading), len(siblings) + 1)
            parts.append(_part(heading, place, ".".join(parts)))
            path = (*path, place)
        ids.append(_free(".".join(part for part in parts if part) or "0", taken))
    return ids


def numbered_lines(
    sections: Sequence[FoundSection], ids: Sequence[str], *, plan: str, name: str, keep_duplicates: bool
) -> list[list[Numbered]]:
    """Each section's lines with numbers and ids. Raises BadInputError where a number stands twice in a section, unless those are kept."""
    published = Counter(line.number for section in sections for line in section.lines if line.number and not line.is_lead)
    runs_through = all(times == 1 for times in published.values())
    taken: set[str] = set()
    result = []
    for section, section_id in zip(sections, ids, strict=True):
        if not keep_duplicates:
            _refuse_duplicates(section, name)
        lines = []
        for line, number in zip(section.lines, _numbers(section.lines, section_id), strict=True):
            if line.is_lead:
                continue
            is_whole = not line.number or runs_through or number == section_id or number.startswith(f"{section_id}.") or section_id == "0"
            path = _slug(number if is_whole else f"{section_id}.{number}")
            lines.append(Numbered(line, number, bool(line.number), f"{plan}-{_free(path, taken)}"))
        result.append(lines)
    return result


def _part(heading: Heading, place: int, above: str) -> str:
    if heading.label is None:
        return str(place)
    label = _slug(heading.label)
    return label.removeprefix(f"{above}.") if above else label


def _free(wanted: str, taken: set[str]) -> str:
    found, times = wanted, 1
    while found in taken:
        times += 1
        found = f"{wanted}-{times}"
    taken.add(found)
    return found


def _numbers(lines: Sequence[FoundLine], section_id: str) -> list[str]:
    """The printed number, else the parent's or the section's with the place under it."""
    numbers: list[str] = []
    places: Counter[int | None] = Counter()
    for line in lines:
        places[line.parent] += 1
        above = section_id if line.parent is None else numbers[line.parent]
        numbers.append(line.number or (f"{above}.{places[line.parent]}" if above != "0" else str(places[line.parent])))
    return numbers


def _refuse_duplicates(section: FoundSection, name: str) -> None:
    seen: dict[str, FoundLine] = {}
    for line in section.lines:
        if line.number is None:
            continue
        if line.number in seen:
            where = f" of {section.headings[-1].text!r}" if section.headings else ""
            raise BadInputError(
                f"{name}: the number {line.number}{where} stands twice ({seen[line.number].place} and {line.place}); "
                "correct one in a copy of the file, or keep both with --keep-duplicates."
            )
        seen[line.number] = line


def _slug(number: str) -> str:
    """`3(a)(iv)` is 3.a.iv in an id."""
    return ".".join(part for part in re.split(r"[^\w-]+", number) if part) or "0"
