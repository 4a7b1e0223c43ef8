"""How long whole commands take, from their start to the prompt, on a register: to decide about an event, and to track what that changes.

    python benchmarks/commands.py REGISTER [--pack asean-un] [--rounds 5]

REGISTER is a file that `benchmarks/register.py ... --register FILE` has filled, or any other, and tracked; it is changed: decisions are
taken and taken back. Prints a Markdown table: seconds by the clock and of processor time, the least of all rounds, and the ratio of the
latter to that of the peer, a Python that does nothing but import the libraries that no command can do without.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence

from comity.register import OfFinding, open_register
from tracking import newest_report, report_of_the_largest

PEER = ("-c", "import numpy, sqlalchemy, typer")
Times = dict[str, tuple[float, float]]
"""By name: seconds by the clock, and of processor time."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register")
    parser.add_argument("--pack", default="asean-un")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with open_register(args.register, create=False) as register:
        subjects = {"the newest document": newest_report(register), "what is told by most": report_of_the_largest(register)}
    times: Times = {}
    for _ in range(args.rounds):
        timed(times, "the libraries alone", PEER)
        comity(times, "--version", "--version")
        comity(times, "track, nothing to do", "track", "--register", args.register, "--pack", args.pack)
        for name, subject in subjects.items():
            decide(times, name, subject, args.register, args.pack)
    peer = times["the libraries alone"][1]
    print("| command | by the clock | of processor time | ratio |")
    print("| --- | ---: | ---: | ---: |")
    for name, (clock, worked) in times.items():
        print(f"| {name} | {clock:.2f} | {worked:.2f} | {worked / peer:.1f} |")
    print(f"\nLoad {', '.join(f'{load:.1f}' for load in os.getloadavg())}.")


def decide(times: Times, name: str, subject: OfFinding, register: str, pack: str) -> None:
    """An event report rejected and tracked, then taken back and tracked."""
    about = f"events:{subject.document}:{subject.start}-{subject.end}"
    said = comity(times, f"decide, an event of {name} rejected", "decide", "reject", about, "--who", "benchmark", "--register", register)
    comity(times, f"track, of {name}", "track", "--register", register, "--pack", pack)
    number = said.split()[0]
    comity(times, f"decide, {name} taken back", "decide", "undo", number, "--who", "benchmark", "--register", register)
    comity(times, f"track, {name} taken back", "track", "--register", register, "--pack", pack)


def comity(times: Times, name: str, *arguments: str) -> str:
    return timed(times, name, ("-m", "comity", *arguments))


def timed(times: Times, name: str, arguments: Sequence[str]) -> str:
    """Runs Python with these arguments and keeps the least time; gives what it said on standard error."""
    clock, worked = time.perf_counter(), processor_seconds()
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)
    clock, worked = time.perf_counter() - clock, processor_seconds() - worked
    before = times.get(name, (clock, worked))
    times[name] = (min(clock, before[0]), min(worked, before[1]))
    return done.stderr


def processor_seconds() -> float:
    """Of the commands that have ended."""
    used = os.times()
    return used.children_user + used.children_system


if __name__ == "__main__":
    main()
