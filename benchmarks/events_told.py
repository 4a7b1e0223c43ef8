"""How well documents that tell the same event are found, on Vietnamese articles of which several tell the same event.

    python benchmarks/events_told.py CLUSTERS.jsonl.gz

Truth of the first two tables is what the makers of the file say: two articles of one cluster tell the same event, all other pairs do not.
(Some clusters are about one matter, such as two about one report of Amnesty International; their pairs count as wrong here.) The clusters
are cut in two halves by a hash of their names. Numbers in tracking/stories.py were chosen on the first; the second decides.

The first table judges documents: told alike at all. The second judges events: two documents are joined where a report of one and a report
of the other are of one occurrence; recall is also given of the pairs in which both articles report an event of one kind. It counts too
much: many articles are on sports, singers and crime, in which no diplomatic event is read, and two on one flood may report a meeting each.

Truth of the third table is what a person judged, report by report (tests/real/events_told.yaml): which reports tell the same occurrence,
in a cluster and in two that are about one matter. Three things can be asked, and each has its rows:

- pairs of reports, in two articles, that tell one occurrence: how many are joined. An article that tells the same four times counts four
  times, so that one long article outweighs ten short ones.
- pairs of articles that both report one occurrence; right where a pair of reports that is joined is one of those judged so. This is what
  merging is for, and the fair measure of it: a source more or less on the page of an event.
- pairs of articles, read or not: the same where the reader finds no report of the occurrence in one of them, as an earlier reader did. It
  measures reading with merging, and asks for too much: most of what is not read any more is no event (a footballer's book, a collision).

Reports that tell no event (a name read as a verb) are left out, and so are those that nobody judged, which are counted. The weights of
tracking/occurrence_odds.py are learned from clusters with an even number; the odd ones decide.

`--show N` prints N joined pairs of reports of the first half with their sentences, drawn at random, one of an occurrence, to be judged by
reading.
"""

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

from comity.knowledge import load_knowledge
from comity.reading import Reader
from comity.register import DocumentHead, View, open_register
from comity.register.occurrences import event_reports
from comity.register.words import sentence_around
from comity.tracking.occurrences import Occurrence, occurrences
from comity.tracking.stories import Stories

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from told_gold import Gold, Place, article, articles, pairs_told, places_in, read_gold
from told_gold import half_of as odd_half

Pairs = set[tuple[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="Pairs of reports to print.")
    args = parser.parse_args()
    records = articles(args.clusters)
    knowledge = load_knowledge()
    reader = Reader(knowledge)
    cluster = {record["id"]: record["cluster"] for record in records}
    with tempfile.TemporaryDirectory() as folder, open_register(Path(folder) / "register.sqlite") as register:
        register.writer().add_all([reader.read(article(record)) for record in records])
        view = register.view()
        heads = list(view.documents())
        start = time.perf_counter()
        merged = occurrences(view, knowledge, today=date(2013, 12, 31))
        told = [tuple(report.document for report in one.reports) for one in merged]
        print(f"{len(heads)} articles; {len(told)} occurrences merged in {time.perf_counter() - start:.1f} s.\n")
        kinds: defaultdict[str, set[str]] = defaultdict(set)
        for found in view.findings("events"):
            kinds[found.document.id].add(found.finding.type)
        halves = {half: [head for head in heads if half_of(cluster[head.name]) == half] for half in (0, 1)}
        print("| documents | pairs | found | precision | recall | F1 |\n| --- | ---: | ---: | ---: | ---: | ---: |")
        for half, name in ((0, "first half, chosen on"), (1, "second half")):
            print_row(name, pairs_of(Stories(view).groups(halves[half])), same_cluster(halves[half], cluster))
        print("\n| events | pairs | found | precision | recall | F1 |\n| --- | ---: | ---: | ---: | ---: | ---: |")
        for half, name in ((0, "first half"), (1, "second half")):
            ids = {head.id for head in halves[half]}
            pairs = pairs_of([sorted(set(group) & ids) for group in told])
            true = same_cluster(halves[half], cluster)
            print_row(name, pairs, true)
            print_row(f"{name}, both report one kind", pairs, {(a, b) for a, b in true if kinds[a] & kinds[b]})
        names = {head.id: head.name for head in heads}
        print_by_hand(read_gold(), merged, {(names[report.document], report.key[1]) for report in event_reports(view)}, names, cluster)
        show(view, [one for one in merged if {report.document for report in one.reports} <= {head.id for head in halves[0]}], args.show)


def show(view: View, merged: Sequence[Occurrence], number: int) -> None:
    """Pairs of reports of two documents that are held to tell one event."""
    chance = random.Random(1)
    several = [pairs for one in merged if (pairs := [(a, b) for a, b in combinations(one.reports, 2) if a.document != b.document])]
    for pairs in chance.sample(several, min(number, len(several))):
        print()
        for report in chance.choice(pairs):
            document = view.document(report.document)
            assert document
            start, end = sentence_around(document.text, report.key[1], report.key[1] + len(report.words))
            print(f"{report.type} {report.when or ''} {', '.join(report.parties)} [{report.words}] {document.text[start:end]}")


def print_by_hand(gold: Gold, merged: Sequence[Occurrence], read: set[Place], name: dict[str, str], cluster: dict[str, str]) -> None:
    """What is joined against what a person judged; `read` are the places of all reports."""
    told = pairs_told(gold, cluster)
    misread = {place for judged in gold.clusters.values() for several in judged.misread for place in places_in(several)}
    known = set().union(*(judged.judged() for judged in gold.clusters.values()))
    joined = {
        pair
        for one in merged
        for pair in combinations(sorted((name[report.document], report.key[1]) for report in one.reports), 2)
        if pair[0][0] != pair[1][0]
    }
    found = {pair for pair in joined if known.issuperset(pair) and misread.isdisjoint(pair)}
    true = {pair for pair in told if read.issuperset(pair)}
    print("\nPairs of articles: of those in which a report of one occurrence was read in both; read or not: by an earlier reader too.\n")
    print("| judged by a person | pairs | found | precision | recall | F1 |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for half, title in ((0, "even clusters, learned from"), (1, "odd clusters")):
        ours, theirs, every = ({pair for pair in pairs if half_of_pair(pair, cluster) == half} for pairs in (found, true, told))
        print_figures(f"{title}: pairs of reports", len(ours & theirs), len(ours), len(theirs))
        print_figures(f"{title}: pairs of articles", len(of_articles(ours & theirs)), len(of_articles(ours)), len(of_articles(theirs)))
        print_figures(
            f"{title}: pairs of articles, read or not", len(of_articles(ours & every)), len(of_articles(ours)), len(of_articles(every))
        )
    unknown = sum(not known.issuperset(pair) for pair in joined)
    print(f"\nJoined pairs of reports that nobody judged: {unknown} of {len(joined)}.")


def half_of_pair(pair: tuple[Place, Place], cluster: dict[str, str]) -> int:
    """Of the half that was learned from where one of the articles is."""
    return min(odd_half(cluster[document]) for document, _ in pair)


def of_articles(pairs: Iterable[tuple[Place, Place]]) -> Pairs:
    return {(a[0], b[0]) for a, b in pairs}


def half_of(cluster: str) -> int:
    return int(hashlib.sha256(cluster.encode()).hexdigest(), 16) % 2


def pairs_of(groups: Iterable[Sequence[str]]) -> Pairs:
    return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}


def same_cluster(heads: Sequence[DocumentHead], cluster: dict[str, str]) -> Pairs:
    name = {head.id: cluster[head.name] for head in heads}
    return {pair for pair in combinations(sorted(name), 2) if name[pair[0]] == name[pair[1]]}


def print_row(name: str, found: Pairs, true: Pairs) -> None:
    print_figures(name, len(found & true), len(found), len(true))


def print_figures(name: str, right: int, found: int, true: int) -> None:
    precision, recall = right / max(1, found), right / max(1, true)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    print(f"| {name} | {true} | {found} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")


if __name__ == "__main__":
    main()
