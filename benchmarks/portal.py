"""How long the portal takes to answer under load, page by page, from a second process.

    python benchmarks/register.py CORPUS_FOLDER --documents 100000 --register big.sqlite
    python benchmarks/portal.py big.sqlite [--rate 20] [--seconds 60] [--workers 2] [--made-anew] [--only WORD] [--pack asean-un]

Asks each kind of page in turn, `--rate` times a second in all, each time for another document, actor or word, whether the answer before has
come or not. Every address is asked before, one at a time, in every process, so that what is measured is warm. Prints how long that first
time took, then the median, the 95th of a hundred and the slowest of each page in milliseconds, from the request to the last byte. With
`--made-anew` every request carries the name of somebody at work: then no page is answered from those that were kept.
"""

import argparse
import itertools
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
from sqlalchemy import select

from comity.knowledge import Pack, load_knowledge, load_pack
from comity.portal.desk import columns_of
from comity.register import View, open_register
from comity.register.occurrence_rows import Kept, Wished
from comity.register.schema import readings
from comity.tracking.occurrence import id_of

ASKED = 12
"""So many documents and actors take turns."""

EACH = 2
"""Each address is asked so many times a process before: a new connection may go to any of them."""
WORDS = ("an ninh hàng hải", "hợp tác", "climate", '"bien dong"', "women peace", "ASEAN")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", type=Path)
    parser.add_argument("--pack", default="asean-un")
    parser.add_argument("--rate", type=float, default=20, help="requests a second, all pages together")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2, help="processes that answer")
    parser.add_argument("--made-anew", action="store_true", help="ask as somebody whose pages are made for them alone")
    parser.add_argument("--only", default="", metavar="WORD", help="only the kinds of page with this in their name")
    args = parser.parse_args()
    pages = {name: some for name, some in pages_of(args.register, args.pack).items() if args.only in name}
    command = [sys.executable, "-m", "comity", "serve", "--register", str(args.register), "--pack", args.pack, "--port", "0"]
    command += ["--workers", str(args.workers)]
    cookies = {"comity": "somebody-at-work", "comity-name": "Lan"} if args.made_anew else {}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        address = address_of(server)
        first = {name: warmed(address, some, args.workers, cookies) for name, some in pages.items()}
        left_out = [name for name, seconds in first.items() if not seconds]
        if left_out:
            print(f"Left out, as the register has not what they take: {', '.join(left_out)}.")
        turns = {name: itertools.cycle(some) for name, some in pages.items() if name not in left_out}
        took, failed = ask(address, turns, args.rate, args.seconds, cookies)
        print_table(took, first, args.rate)
        for name, faults in failed.items():
            print(f"{name}: {len(faults)} without an answer, the first: {faults[0]}")
    finally:
        server.terminate()


def pages_of(path: Path, pack: str) -> dict[str, list[str]]:
    """The addresses of each kind of page."""
    loaded = load_pack(pack)
    plans, parties = loaded.plans, loaded.partnership.parties
    with open_register(path, create=False) as register:
        view = register.view()
        print(f"{view.count_documents():,} documents, {view.count('statements'):,} statements, {view.count('events'):,} events.\n")
        documents = [head.id for head in itertools.islice(view.documents(newest_first=True), ASKED)]
        actors = [named.actor for named in view.mentions(limit=ASKED)]
        days, events = known_days(view), known_events(view)
    pages = {
        "overview": ["/en", "/vi"],
        "documents": ["/en/documents", "/en/documents?in=vi", "/vi/documents?year=2020"],
        "reader": [f"/en/documents/{id}" for id in documents],
        "statements": ["/en/statements", "/vi/statements?act=propose", "/en/statements?theme=climate-environment"],
        "statements of an actor": [f"/en/statements?actor={actor}" for actor in actors],
        "two actors side by side": [f"/en/statements?actor={a}&actor={b}" for a, b in itertools.pairwise(actors)],
        "actors": ["/en/actors", "/vi/actors?type=person"],
        "actor": [f"/en/actors/{actor}" for actor in actors],
        "meetings": ["/en/meetings"],
        "mechanism": [f"/{code}/meetings/{one.id}" for code in ("en", "vi") for one in loaded.mechanisms[:ASKED]],
        "instruments": ["/en/instruments"],
        "plan": [f"/en/plans/{plan.id}" for plan in plans],
        "ledger": [f"/en/plans/{plan.id}/ledger" for plan in plans],
        "line": [f"/en/plans/{plan.id}/lines/{line.id}" for plan in plans for part in plan.sections for line in part.lines]
        or ["/en/plans"],
        "search": [f"/en/search?q={words}" for words in WORDS],
        "search statements": [f"/en/search?q={words}&kind=statements" for words in WORDS],
        "search facets": [f"/en/search?actor={actor}&kind=statements" for actor in actors],
        "alignment": ["/en/alignment", "/vi/alignment"],
        "events": [f"/en/events?month={year}-{month:02}" for year in (2018, 2019, 2020) for month in range(1, 13)],
        "event": [f"/{code}/events/{event}" for code in ("en", "vi") for event in events],
        "contradictions": ["/en/contradictions", "/vi/contradictions"],
        "as of a day": [f"/en/statements?as_of={day}" for day in days] + [f"/vi/documents?as_of={day}" for day in days],
        "network": ["/en/network", "/vi/network?year=2020"],
        "commitments": ["/en/commitments", "/vi/commitments?force=agreed", *(f"/en/commitments?actor={actor}" for actor in actors)],
        "two bodies": [f"/{code}/network/together?a={parties[0]}&b={parties[1]}" for code in ("en", "vi")] if len(parties) > 1 else [],
        "goal and element": crossed_of(loaded),
        "briefing": [f"/en/brief?topic={theme}" for theme in ("climate", "peacekeeping", "maritime-security")],
        "digest": ["/en/digest", "/vi/digest"],
        "feed": [f"/en/search.atom?q={words}" for words in WORDS],
        "api events": [f"/api/v1/events?since=2020-{month:02}&limit=50" for month in range(1, 13)],
        "api event": [f"/api/v1/events/{event}" for event in events],
        "api statements": ["/api/v1/statements?limit=50", "/api/v1/statements?theme=climate-environment&limit=50"],
    }
    return {name: addresses for name, addresses in pages.items() if addresses}


def crossed_of(pack: Pack) -> list[str]:
    """The sentences of some goals and of the elements at the top of the first vision that is known."""
    knowledge = load_knowledge((pack,))
    vision = next(iter(knowledge.visions.values()), None)
    columns = list(columns_of(vision))[:4] if vision else []
    return [f"/en/alignment/sentences?goal={goal}&element={column}" for goal in ("8", "13", "16") for column in columns]


def known_events(view: View) -> list[str]:
    """Some events that the register keeps, from the whole time that they are of; none where `comity track` has put none together."""
    found = [
        id_of(key) for year in range(2012, 2026) for _, key in Kept(view).page(Wished(since=str(year), dated=True), after=None, limit=1)
    ]
    return list(dict.fromkeys(found))[:ASKED]


def known_days(view: View) -> list[str]:
    """Days on which the register knew a quarter, half and three quarters of its documents."""
    query = select(readings.c.added).order_by(readings.c.added)
    days = [str(row.added)[:10] for row in view.asking.all(query)]
    return list(dict.fromkeys(days[len(days) * part // 4] for part in (1, 2, 3)))


def address_of(server: "subprocess.Popen[str]") -> str:
    """The address that the server prints once it listens."""
    assert server.stdout is not None
    for line in server.stdout:
        if "http://" in line:
            return "http://" + line.split("http://")[1].split("/")[0].split()[0]
    raise SystemExit("The portal did not start.")


def warmed(address: str, pages: list[str], workers: int, cookies: dict[str, str]) -> list[float]:
    """Asks every page in every process; gives how long each took the first time, nothing where the register has not what they take."""
    took: list[float] = []
    for page in pages:
        for turn in range(EACH * workers if workers > 1 else 1):
            start = time.perf_counter()
            answer = httpx.get(f"{address}{page}", timeout=120, cookies=cookies)
            if answer.status_code == httpx.codes.BAD_REQUEST:
                return []
            answer.raise_for_status()
            if turn == 0:
                took.append(time.perf_counter() - start)
    return took


Times = dict[str, list[float]]
Faults = dict[str, list[str]]


def ask(address: str, pages: Mapping[str, Iterator[str]], rate: float, seconds: float, cookies: dict[str, str]) -> tuple[Times, Faults]:
    """Seconds that each answer took, by kind of page; and what came in the place of the others."""
    took: Times = defaultdict(list)
    failed: Faults = defaultdict(list)
    threads = []
    with httpx.Client(base_url=address, timeout=120, limits=httpx.Limits(max_connections=200), cookies=cookies) as client:
        begin = time.perf_counter()
        for number, name in enumerate(itertools.cycle(pages)):
            due = begin + number / rate
            if due > begin + seconds:
                break
            time.sleep(max(0.0, due - time.perf_counter()))
            thread = threading.Thread(target=timed, args=(client, next(pages[name]), name, took, failed))
            thread.start()
            threads.append(thread)
        for thread in threads:
            thread.join()
    return took, failed


def timed(client: httpx.Client, address: str, name: str, took: Times, failed: Faults) -> None:
    start = time.perf_counter()
    try:
        client.get(address).raise_for_status()
    except httpx.HTTPError as fault:
        failed[name].append(f"{address}: {type(fault).__name__} {fault}")
    else:
        took[name].append(time.perf_counter() - start)


def print_table(took: dict[str, list[float]], first: dict[str, list[float]], rate: float) -> None:
    every = sorted(one for seconds in took.values() for one in seconds)
    print(f"At {rate:g} requests a second, milliseconds from request to last byte; {len(every):,} in all, half of them within")
    print(f"{statistics.median(every) * 1000:,.0f}, {sum(one > 1 for one in every):,} over a second:\n")
    print("| page | first time | asked | median | 95 of 100 | slowest |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, seconds in took.items():
        if not seconds:
            print(f"| {name} | | 0, no answer came | | | |")
            continue
        ordered = sorted(seconds)
        most = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        told = [one * 1000 for one in (statistics.median(ordered), most, ordered[-1])]
        once = f"{statistics.median(first[name]) * 1000:,.0f}"
        print(f"| {name} | {once} | {len(ordered)} | {' | '.join(f'{one:,.0f}' for one in told)} |")


if __name__ == "__main__":
    main()
