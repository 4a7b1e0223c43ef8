"""Reports of events judged by hand to tell the same occurrence or not (`tests/real/events_told.yaml`), with the texts they stand in.

In comes the folder of real documents; out come a register of the articles and statements that were judged, as the reader reads them now,
and pairs of reports with the judgement. A report that the reader does not find any more is left out.
"""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import msgspec
import yaml
from msgspec import Struct

from comity.intake import document_from_text
from comity.knowledge import Knowledge
from comity.reading import Reader
from comity.records import Document
from comity.register import Register, View, open_register
from comity.register.occurrences import bodies_named, event_reports
from comity.tracking.happening import Traits, traits_of
from comity.tracking.stories import Stories, Told

GOLD = Path(__file__).parents[1] / "tests" / "real" / "events_told.yaml"
CLUSTERS, STATEMENTS = "clusters.jsonl.gz", "wh.jsonl.gz"
TIME = re.compile(r"TIME: (\d+)/(\d+)/(\d{4})")

Place = tuple[str, int]
"""A document's id in the corpus, and the letter at which a report's words begin."""

Pairs = set[tuple[Place, Place]]


Places = dict[str, tuple[int, ...]]
"""Reports by document: the letters at which they begin."""


class Cluster(Struct, frozen=True, forbid_unknown_fields=True):
    """What was judged in the articles of a cluster."""

    told: tuple[Places, ...] = ()
    misread: tuple[Places, ...] = ()
    alone: Places = {}

    def judged(self) -> set[Place]:
        """All reports that were looked at; those that only another reader would find are not among them."""
        return {place for several in (*self.told, *self.misread, self.alone) for place in places_in(several)}


class Judged(Struct, frozen=True, forbid_unknown_fields=True):
    """Two reports of one kind and whether they are of `one` occurrence."""

    a: str
    at: int
    b: str
    and_: int = msgspec.field(name="and")
    type: str = ""
    one: bool = False


class Gold(Struct, frozen=True, forbid_unknown_fields=True):
    clusters: dict[str, Cluster]
    statements: tuple[Judged, ...]
    across: tuple[Places, ...] = ()


class Lesson(Struct, frozen=True):
    """A pair of reports, the words in which each is told, how alike the documents are, and whether both are of `one` occurrence. `of` is
    its cluster or statement, `half` which half that is in."""

    a: Traits
    b: Traits
    told_a: Told
    told_b: Told
    alike: float
    one: bool
    of: str
    half: int


def read_gold() -> Gold:
    return msgspec.convert(yaml.safe_load(GOLD.read_text(encoding="utf-8")), Gold)


def places_in(places: Places) -> Iterator[Place]:
    """One by one."""
    return ((document, start) for document, starts in places.items() for start in starts)


def pairs_in(groups: Iterable[Places]) -> Pairs:
    """The pairs of reports of two documents in some groups."""
    found: Pairs = set()
    for group in groups:
        places = sorted(places_in(group))
        found |= {(a, b) for a, b in combinations(places, 2) if a[0] != b[0]}
    return found


def pairs_told(gold: Gold, cluster: dict[str, str]) -> Pairs:
    """All pairs of reports that tell one occurrence, `cluster` by article: of a cluster, and of two that are about one matter."""
    within = set().union(*(pairs_in(judged.told) for judged in gold.clusters.values()))
    return within | {pair for pair in pairs_in(gold.across) if cluster[pair[0][0]] != cluster[pair[1][0]]}


def half_of(cluster: str) -> int:
    """0 for clusters of an even number: those are learned from; 1 for the others, which are measured."""
    return int(cluster.rpartition("_")[2]) % 2


def articles(path: Path) -> list[dict[str, str]]:
    """The articles of the file of clusters."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def article(record: dict[str, str]) -> Document:
    """An article with the day that its page names."""
    named = TIME.search(record["info"])
    published = f"{named[3]}-{int(named[2]):02}-{int(named[1]):02}" if named else None
    return document_from_text(record["text"], name=record["id"], published=published, source=record["id"])


def statements(path: Path, wanted: set[str]) -> Iterator[Document]:
    """Some statements of the White House."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["id"] in wanted:
                yield document_from_text(record["text"], name=record["id"], title=record["title"], published=record["published"])


def register_of(documents: Iterable[Document], knowledge: Knowledge, file: Path) -> Register:
    """A register of documents, read."""
    reader = Reader(knowledge)
    register = open_register(file)
    register.writer().add_all([reader.read(document) for document in documents])
    return register


def places_of(view: View, knowledge: Knowledge) -> dict[Place, list[Traits]]:
    """The reports of a register by place."""
    name = {head.id: head.name for head in view.documents()}
    reports = event_reports(view)
    found: defaultdict[Place, list[Traits]] = defaultdict(list)
    for one in traits_of(reports, knowledge, bodies_named(view, reports)):
        found[name[one.report.document], one.report.key[1]].append(one)
    return found


def lessons_of_clusters(gold: Gold, view: View, knowledge: Knowledge, cluster: dict[str, str]) -> Iterator[Lesson]:
    """All pairs of judged reports of one kind in two articles of a cluster; `cluster` by article."""
    stories = Stories(view)
    by_cluster: defaultdict[str, list[tuple[Place, Traits]]] = defaultdict(list)
    for place, reports in sorted(places_of(view, knowledge).items()):
        by_cluster[cluster[place[0]]] += [(place, report) for report in reports]
    for name, placed in sorted(by_cluster.items()):
        judged = gold.clusters.get(name, Cluster())
        told, misread, known = pairs_in(judged.told), pairs_in(judged.misread), judged.judged()
        for (place, a), (other, b) in combinations([one for one in placed if one[0] in known], 2):
            pair = (min(place, other), max(place, other))
            if place[0] != other[0] and a.report.type is b.report.type and pair not in misread:
                yield _lesson(a, b, stories, pair in told, name, half_of(name))


def lessons_of_statements(gold: Gold, view: View, knowledge: Knowledge) -> Iterator[Lesson]:
    """The judged pairs of reports in statements."""
    stories, places = Stories(view), places_of(view, knowledge)
    for number, judged in enumerate(gold.statements):
        a, b = (_of_type(places.get(place, ()), judged.type) for place in ((judged.a, judged.at), (judged.b, judged.and_)))
        if a and b:
            yield _lesson(a, b, stories, judged.one, f"statements {number}", number % 2)


def _of_type(several: Sequence[Traits], type: str) -> Traits | None:
    return next((one for one in several if one.report.type.value == type), None)


def _lesson(a: Traits, b: Traits, stories: Stories, one: bool, of: str, half: int) -> Lesson:
    told = [stories.told(*x.report.key, x.report.key[1] + len(x.report.words)) for x in (a, b)]
    return Lesson(a, b, told[0], told[1], stories.alike(a.report.document, b.report.document), one, of, half)
