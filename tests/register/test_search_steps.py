"""A page of a search for a frequent word costs the same in a register four times as large: SQLite counts its steps."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from comity.records import Act, Statement
from comity.register import Wanted
from made import document, reading, register_of

SENTENCE = "Minister {0} said {1}a{0} {1}b{0} {1}c{0} to the council {1}d{0} {1}e{0} {1}f{0} of winter. "
"""No two documents are near copies."""

STATEMENTS = 30


def steps_of_a_page(folder: Path, size: int, wanted: Wanted) -> int:
    """The thousands of steps that the twenty hits of a first page take."""
    readings = []
    for number in range(size):
        of = document("".join(SENTENCE.format(place, number) for place in range(STATEMENTS)))
        places = [of.text.index(f"Minister {place} said") for place in range(STATEMENTS)]
        said = [Statement(evidence=of.evidence(at, at + 20), speaker=("VNM",), cue=None, act=Act.AFFIRM) for at in places]
        readings.append(reading(of, statements=said))
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with register_of(folder) as register:
        register.writer().add_all(readings)

        @event.listens_for(register._engine, "checkout")
        def watch(connection: Any, _record: object, _proxy: object) -> None:
            connection.set_progress_handler(count, 1000)

        assert len(register.view().search(wanted).hits) == 20
    return steps


@pytest.mark.parametrize(
    "wanted",
    [Wanted(words="council winter", kind="statements"), Wanted(words="council", kind="statements", actor="VNM")],
    ids=["two", "one"],
)
def test_a_page_of_a_frequent_word_is_not_slower_in_a_large_register(tmp_path: Path, wanted: Wanted):
    small, large = (steps_of_a_page(tmp_path / str(size), size, wanted) for size in (8, 64))
    assert large < 2 * small + 10
