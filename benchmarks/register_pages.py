"""How long the searches and lists of a large register take, the median and the slowest of 20 runs.

    python benchmarks/register_pages.py REGISTER

For a register of documents recombined by register.py. Of a file processor time is counted, because all of it is spent in this process and
the clock would count what other programs take; of a server the clock, because the server works in a process of its own.
"""

import argparse
import sqlite3
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from comity.register import Narrow, Register, Wanted, open_register
from comity.register.lists import list_documents

SEARCHES = {
    "rare words": Wanted(words="an ninh hàng hải"),
    "a phrase without diacritics": Wanted(words='"bien dong"'),
    "a word of most documents": Wanted(words="và"),
    "statements by actor": Wanted(words="hợp tác", kind="statements", actor="VNM"),
    "statements of a year, no words": Wanted(kind="statements", since="2021", until="2021"),
    "a theme in English": Wanted(words="climate", theme="climate-environment", language="en"),
}
LISTS = {
    "the newest statements": ("statements", Narrow()),
    "statements of a language": ("statements", Narrow(language="vi")),
    "statements of an act": ("statements", Narrow(act="commit")),
    "statements of a year": ("statements", Narrow(between=("2015", "2015"))),
    "statements since a year": ("statements", Narrow(between=("2012", None))),
    "statements of an actor": ("statements", Narrow(actor="VNM")),
    "statements of an actor and act": ("statements", Narrow(actor="VNM", act="affirm")),
    "statements of a rare actor on a theme": ("statements", Narrow(actor="LAO", theme="maritime")),
    "commitments on a theme of a year": ("commitments", Narrow(theme="climate-environment", between=("2015", "2015"))),
    "events of a publisher and an actor": ("events", Narrow(publisher="Publisher 7", actor="USA")),
    "documents of a language and a year": ("documents", Narrow(language="vi", between=("2015", "2015"))),
    "documents that name an actor": ("documents", Narrow(actor="VNM")),
}
COUNTS = {
    "acts of an actor": ("statements", "act", Narrow(actor="VNM")),
    "themes of an actor": ("statements", "theme", Narrow(actor="VNM")),
    "publishers of a theme": ("documents", "publisher", Narrow(theme="maritime")),
    "years of an actor": ("events", "year", Narrow(actor="USA")),
}
RUNS = 20
Clock = Callable[[], float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", help="a file or postgresql://...")
    print_pages(parser.parse_args().register, None)


def print_pages(place: str, plain: sqlite3.Connection | None) -> None:
    """All of them; beside searches those of a plain table of the same texts, where there is one."""
    clock = time.perf_counter if place.startswith("postgresql") else time.process_time
    with open_register(place, create=False) as register:
        print("\n| search | hits | median, ms | slowest, ms | plain FTS5, ms |\n| --- | ---: | ---: | ---: | ---: |")
        for name, wanted in SEARCHES.items():
            print_search(register, plain, clock, name, wanted)
        print("\n| list | entries | median, ms | slowest, ms | its number, ms |\n| --- | ---: | ---: | ---: | ---: |")
        for name, (kind, narrow) in LISTS.items():
            print_list(register, clock, name, kind, narrow)
        print("\n| numbers | values | median, ms | slowest, ms |\n| --- | ---: | ---: | ---: |")
        for name, (kind, by, narrow) in COUNTS.items():
            print_counts(register, clock, name, kind, by, narrow)


def print_search(register: Register, plain: sqlite3.Connection | None, clock: Clock, name: str, wanted: Wanted) -> None:
    view = register.view()
    facets = view.facets(wanted)
    hits = f"{facets.total:,}{' and more' if facets.more else ''}"
    times = [timed(clock, lambda: view.search(wanted)) for _ in range(RUNS)]
    floor = ""
    if wanted.words and plain is not None:
        words = " ".join(f'"{word}"' for word in wanted.words.strip('"').split())
        words = f'"{wanted.words.strip(chr(34))}"' if wanted.words.startswith('"') else words
        query = "SELECT rowid, snippet(texts, 0, '', '', '…', 20) FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 20"
        floor = f"{1000 * median(timed(clock, lambda: plain.execute(query, (words,)).fetchall()) for _ in range(RUNS)):.1f}"
    print(f"| {name} | {hits} | {1000 * median(times):.1f} | {1000 * max(times):.1f} | {floor} |", flush=True)


def print_list(register: Register, clock: Clock, name: str, kind: str, narrow: Narrow) -> None:
    """A page of a list, the page behind it, and how many entries it has."""
    view = register.view()

    def part(after: str | None) -> list[Any]:
        if kind != "documents":
            return list(view.listed(kind, narrow, limit=20, after=after))
        return list(list_documents(view.asking, narrow, limit=20, after=after))

    def page() -> None:
        found = part(None)
        part(found[-1].cursor if found else None)

    page()
    times = [timed(clock, page) / 2 for _ in range(RUNS)]
    number = median(timed(clock, lambda: view.count_up_to(kind, narrow)) for _ in range(5))
    total = view.count_up_to(kind, narrow)
    entries = f"{'over ' if total.more else ''}{total.number:,}"
    print(f"| {name} | {entries} | {1000 * median(times):.1f} | {1000 * max(times):.1f} | {1000 * number:.1f} |", flush=True)


def print_counts(register: Register, clock: Clock, name: str, kind: str, by: str, narrow: Narrow) -> None:
    view = register.view()
    values = len(view.counts(kind, by, narrow))
    times = [timed(clock, lambda: view.counts(kind, by, narrow)) for _ in range(RUNS)]
    print(f"| {name} | {values:,} | {1000 * median(times):.1f} | {1000 * max(times):.1f} |", flush=True)


def timed(clock: Clock, run: Callable[[], object]) -> float:
    start = clock()
    run()
    return clock() - start


if __name__ == "__main__":
    main()
