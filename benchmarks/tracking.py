"""How long a register takes to be tracked from nothing, and again after one decision.

    python benchmarks/tracking.py REGISTER [--pack asean-un] [--from-nothing]

REGISTER is a file that `benchmarks/register.py ... --register FILE` has filled, or any other; it is changed. With `--from-nothing` its
links and occurrences are let go first. Prints a Markdown table: documents, seconds by the clock, processor seconds of all processes, half
of these (what two idle cores take), and the most memory of the main process and of the largest other one; then the same for what one
rejected event report changes, and for taking that back. Set COMITY_RERANK=off where the extra `comity[rerank]` is installed and the usual
linker is meant.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable

from sqlalchemy import delete, func, select

from comity.intake import document_from_text
from comity.knowledge import load_knowledge, load_pack
from comity.reading import Reader
from comity.register import Action, OfDecision, OfFinding, Register, open_register
from comity.register.backend import engine_of
from comity.register.schema import FINDINGS, documents
from comity.register.tracked_tables import OCCURRENCES, clause_findings, linkings, links, occurrence_reports
from comity.tracking.track import Tracking


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register")
    parser.add_argument("--pack", default="asean-un")
    parser.add_argument("--from-nothing", action="store_true", help="let go of links and occurrences first")
    args = parser.parse_args()
    pack = load_pack(args.pack)
    if args.from_nothing:
        let_go(args.register)
    print("| | documents | by the clock | of processor time | half of it | memory, MB | of another process |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    with open_register(args.register, create=False) as register:
        tracking = Tracking(pack)
        print_time("what was left", lambda: tracking.track(register))
        print_decisions(register, tracking)
        print_new_document(register, tracking)
    print(f"\nLoad {', '.join(f'{load:.1f}' for load in os.getloadavg())}.")


def let_go(register: str) -> None:
    """Deletes what tracking has made."""
    engine, _ = engine_of(register)
    with engine.begin() as connection:
        for table in (links, clause_findings, linkings, *OCCURRENCES):
            connection.execute(delete(table))
    engine.dispose()


def print_decisions(register: Register, tracking: Tracking) -> None:
    """One event report rejected and the decision taken back, of the newest document that has one and of what is told by most."""
    subjects = {"the newest document": newest_report(register), "what is told by most": report_of_the_largest(register)}
    for name, subject in subjects.items():
        decided = register.writer().decide(who="benchmark", action=Action.REJECT, subject=subject)
        print_time(f"one event of {name} rejected", lambda: tracking.track(register))
        register.writer().decide(who="benchmark", action=Action.UNDO, subject=OfDecision(decided.number))
        print_time("and taken back", lambda: tracking.track(register))


def newest_report(register: Register) -> OfFinding:
    evidence = next(iter(register.view().events(newest_first=True, limit=1))).finding.evidence
    return OfFinding("events", evidence.document, evidence.start, evidence.end)


def report_of_the_largest(register: Register) -> OfFinding:
    """Of the occurrence that most reports tell, the report in the middle."""
    view, told, events = register.view(), occurrence_reports.c, FINDINGS["events"].c
    largest = select(told.occurrence).group_by(told.occurrence).order_by(func.count().desc(), told.occurrence).limit(1)
    of = select(documents.c.id, events.start, events.end).select_from(occurrence_reports)
    of = of.join(FINDINGS["events"], (events.reading == told.reading) & (events.number == told.number))
    of = of.join(documents, documents.c.reading == told.reading).where(told.occurrence == largest.scalar_subquery())
    rows = view.asking.all(of.order_by(told.reading, told.number))
    return OfFinding("events", *rows[len(rows) // 2])


def print_new_document(register: Register, tracking: Tracking) -> None:
    """A document with the text of the newest, a sentence longer and so another, read and added."""
    view = register.view()
    newest = view.document(next(iter(view.documents(newest_first=True, limit=1))).id)
    assert newest
    text = f"{newest.text}\n\nThis copy was made to be timed at {time.time_ns()}."
    made = document_from_text(text, language=newest.language, published=newest.published)
    register.writer().add(Reader(load_knowledge((tracking.pack,))).read(made))
    print_time("one new document", lambda: tracking.track(register))


def print_time(name: str, run: Callable[[], int]) -> None:
    clock, worked = time.perf_counter(), processor_seconds()
    count = run()
    clock, worked = time.perf_counter() - clock, processor_seconds() - worked
    own, others = (resource.getrusage(who).ru_maxrss / 1000 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"| {name} | {count:,} | {clock:,.1f} | {worked:,.1f} | {worked / 2:,.1f} | {own:,.0f} | {others:,.0f} |", flush=True)


def processor_seconds() -> float:
    """Of this process and of those that it began and that have ended."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


if __name__ == "__main__":
    main()
