"""Fourteen layouts: at least 99 of 100 lines with their exact words, number and section, and nothing that is no line."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from layouts import LAYOUTS, Layout, sentence, written

from comity.intake.plan_import import import_plan
from comity.knowledge import Knowledge


@pytest.mark.parametrize("build", LAYOUTS, ids=lambda build: build.__name__)
def test_lines_of_a_layout(build: Callable[[], Layout], tmp_path: Path, small_world: Knowledge):
    layout = build()
    found = import_plan(written(layout, tmp_path), plan="test-plan", period="2026/2030", knowledge=small_world).plan
    lines = [
        (next(iter(section.names.values()))[0], line.number if line.numbering == "published" else None, next(iter(line.words.values())))
        for section in found.sections
        for line in section.lines
    ]
    missed = [line for line in layout.lines if line not in lines]
    invented = [line for line in lines if line not in layout.lines]
    assert len(missed) <= 0.01 * len(layout.lines), (missed[:3], invented[:3])
    assert len(invented) <= 0.01 * len(layout.lines), (missed[:3], invented[:3])
    for words in layout.never:
        assert not any(words in text for _, _, text in lines), words
    by_number = {line.number: line for section in found.sections for line in section.lines}
    for number, body in layout.responsible.items():
        assert body in by_number[number].responsible
    assert len({line.id for section in found.sections for line in section.lines}) == len(lines)


MEASURE = """
import pathlib, re, sys, time
from comity.intake.plan_import import import_plan
from comity.knowledge import Knowledge
empty = Knowledge(version="", actors={}, instruments={}, mechanisms={}, themes={}, plans={})
start = time.perf_counter()
plan = import_plan(sys.argv[1], plan="large", period="2026", knowledge=empty).plan
seconds = time.perf_counter() - start
status = pathlib.Path("/proc/self/status")  # what the process itself has used; rusage counts the one it was forked from too
peak = re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1] if status.exists() else 0
print(sum(len(section.lines) for section in plan.sections), seconds, peak)
"""


@pytest.mark.parametrize("suffix", [".xlsx", ".txt"])
def test_five_thousand_lines_in_ten_seconds_and_300_megabytes(suffix: str, tmp_path: Path):
    path = tmp_path / f"large{suffix}"
    if suffix == ".xlsx":
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Matrix")
        sheet.append(["No", "Action line", "Responsible"])
        for number in range(5000):
            sheet.append([number + 1, sentence(number), "UNDP"])
        book.save(path)
    else:
        path.write_text("\n\n".join(f"{number + 1}. {sentence(number)}." for number in range(5000)), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", MEASURE, path], capture_output=True, text=True, check=True)
    lines, seconds, kilobytes = done.stdout.split()
    assert int(lines) == 5000
    assert float(seconds) < 10
    assert int(kilobytes) < 300_000
