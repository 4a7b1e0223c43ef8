"""Kills a writing program at random moments and looks at what it leaves: whole documents only, and all that were told to be there.

    python tests/register/kills.py [--times 300] [--register postgresql://...] [--seed 1]

A child process adds made documents one after another and prints each number once its transaction has ended; it is forked from this one, so
that a round takes milliseconds. In PostgreSQL every second round ends the server's side of the connection instead.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select, text

sys.path.insert(0, str(Path(__file__).parents[1]))

from comity.errors import RegisterError
from comity.records import DateMention, Reading
from comity.register import Register, open_register
from comity.register.backend import is_sqlite
from comity.register.derived import DERIVED, derive
from comity.register.passages import PASSAGES, WORDS
from comity.register.schema import FINDINGS, documents, passages, readings
from made import document, reading

DATES = 30
LOOK_CLOSER = 50
"""So often all that follows from the rest is made anew and compared."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--register")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = args.register or str(Path(folder) / "register.sqlite")
        told = kill_often(place, args.times, random.Random(args.seed))
    print(f"{args.times} kills, {told} documents told to be there, all found whole")  # noqa: T201


def kill_often(place: str, times: int, chance: random.Random) -> int:
    """Raises AssertionError at the first document that is lost or half there; gives how many were told to be there."""
    open_register(place).close()
    told = 0
    for number in range(times):
        end = _terminate_backend if place.startswith("postgresql") and number % 2 else _kill
        last = _round(place, number, chance.uniform(0, 0.06), end)
        told += last + 1
        with open_register(place, create=False) as register:
            assert_whole(register, told)
            if number % LOOK_CLOSER == 0 or number == times - 1:
                assert_derived(register)
            told = register.view().count_documents()
    return told


def _round(place: str, number: int, delay: float, end: Callable[[str, int], None]) -> int:
    """The last document that a child told to be there before it was ended; -1 where it told none."""
    out, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        _add_for_ever(place, number, told)
    os.close(told)
    with os.fdopen(out) as lines:
        first = lines.readline() if number % 10 else ""  # some are ended while they still open the register
        time.sleep(delay)
        end(place, child)
        numbers = [int(line) for line in (first + lines.read()).split("\n")[:-1] if line]
    os.waitpid(child, 0)
    return max(numbers, default=-1)


def _add_for_ever(place: str, number: int, told: int) -> None:
    try:
        with open_register(place) as register:
            writer = register.writer(())
            for made in range(10_000):
                writer.add(_reading(number, made))
                os.write(told, f"{made}\n".encode())
    except RegisterError:  # the server has ended the connection
        os._exit(3)
    finally:
        os._exit(0)


def _reading(number: int, made: int) -> Reading:
    of = document(f"text {number} {made} " * 20)
    return reading(of, dates=[DateMention(evidence=of.evidence(0, 4))] * DATES)


def _kill(_place: str, child: int) -> None:
    os.kill(child, signal.SIGKILL)


def _terminate_backend(place: str, _child: int) -> None:
    """Every connection but this one; the child ends by itself then."""
    with open_register(place, create=False) as register, register._engine.begin() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        for _ in range(200):  # the child may not have connected yet
            if connection.execute(text(others)).all():
                return
            time.sleep(0.01)


def assert_whole(register: Register, least: int) -> None:
    """Every document with its reading, all its findings and its words, and nothing that belongs to none."""
    with register._engine.begin() as connection:
        count = connection.execute(select(func.count()).select_from(documents)).scalar_one()
        assert count >= least, f"{least - count} documents are lost"
        assert connection.execute(select(func.count()).select_from(readings)).scalar_one() == count
        assert connection.execute(select(func.count()).select_from(FINDINGS["dates"])).scalar_one() == DATES * count
        assert connection.execute(select(func.count()).select_from(passages)).scalar_one() == count
        index = PASSAGES if is_sqlite(connection) else WORDS
        assert connection.execute(text(f"SELECT count(*) FROM {index}")).scalar_one() == count
        assert connection.execute(select(func.count()).select_from(documents).where(documents.c.reading.is_(None))).scalar_one() == 0


def assert_derived(register: Register) -> None:
    """What follows from the rest is as it would be made anew."""
    with register._engine.begin() as connection:
        kept = {table.name: sorted(map(tuple, connection.execute(select(table)))) for table in DERIVED}
        derive(connection)
        assert kept == {table.name: sorted(map(tuple, connection.execute(select(table)))) for table in DERIVED}


if __name__ == "__main__":
    main()
