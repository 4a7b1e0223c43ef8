"""Documents that tell the same event in their own words: published within days of each other, with many rare words and pairs in common.

In come the documents of a register by id; out comes how alike two are, from 0 to 1, which of them tell one story, and the words in which
one tells of an event. How rare a word is comes from the static table (embedding.py), not from the register, so that the same two documents
are as alike in every register, whatever else was added, and in whatever order.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from itertools import chain, combinations, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.intervals import first_day, last_day
from comity.register import DocumentHead, View
from comity.register.texts import beginnings
from comity.register.words import sentence_around
from comity.tracking.memory import Memory
from comity.tracking.signatures import LEAD, Numbers, Signature, likeness, signatures_of

ALIKE = 0.22
"""Least likeness of two documents that tell the same event, chosen on half of the clusters of benchmarks/events_told.py."""

LIKE = 0.14
"""Least likeness of two documents that may tell the same event, where their sentences or parties say so too."""

WHOLE = 1_000_000
"""Letters of a text in which sentences are looked for."""

LEADING = 24
"""So many of them must share one before two documents are compared at all."""

DAYS = timedelta(days=3)
"""The same event is told within so many days."""

BESIDE = 90
"""Letters before and behind the words for an event, within their sentence: a sentence may tell of several events."""

NEAR = 25
"""Letters within which a number stands right beside the words for an event: "$27 million"."""

MARKS = 2048
"""Bits for the leading terms of a document."""

SPREAD, ROUNDED_OFF = 2048, 1e-4
"""Places in which the terms of a document are added up, and more than is rounded off there."""

AT_ONCE = 20_000
"""Pairs of documents whose marks are held against each other at one time."""

BLOCK = 64
"""Documents next to each other that are multiplied by those beside them at one time."""

SENTENCES, PAIRS = 24_000, 200_000
"""Sentences and pairs of reports that are remembered: some 6 KB and 200 bytes each."""

WORDS = 300_000
"""Words that are numbered: some 100 bytes each."""

WORD, NUMBER = re.compile(r"[^\W\d_][\w'-]*"), re.compile(r"\d+")


Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Place(NamedTuple):
    """A sentence that names an event, and where in it."""

    sentence: str
    start: int
    end: int


class Told:
    """The words in which an event is told: the sentence, the words nearest to it, the names in the sentence (what begins with a capital
    letter, but for its first word), the numbers, and those of them that stand right beside the words for the event. The signatures are
    made when they are asked for: for most pairs of reports the rest tells enough."""

    def __init__(self, place: Place, numbers: Numbers) -> None:
        self._sentence, start, end = place
        self._known_as = numbers
        self.signatures: tuple[Signature, Signature] | None = None
        self._nearest = self._sentence[max(0, start - BESIDE) : min(len(self._sentence), end + BESIDE)]
        self.names = frozenset([word for word in WORD.findall(self._sentence)[1:] if word[0].isupper()])
        self.numbers = frozenset(NUMBER.findall(self._sentence))
        self.figures = frozenset(NUMBER.findall(self._sentence[max(0, start - NEAR) : min(len(self._sentence), end + NEAR)]))

    @property
    def sentence(self) -> Signature:
        return self._weighed()[0]

    @property
    def near(self) -> Signature:
        return self._weighed()[1]

    def _weighed(self) -> tuple[Signature, Signature]:
        if self.signatures is None:
            weigh([self], self._known_as)
        assert self.signatures
        return self.signatures

    @property
    def words(self) -> tuple[str, str]:
        """The sentence and the words nearest to the event."""
        return self._sentence, self._nearest


def weigh(several: Iterable[Told], numbers: Numbers) -> None:
    """Makes the signatures of sentences, many at once, that have none yet."""
    new = [one for one in several if one.signatures is None]
    texts = list(dict.fromkeys(text for one in new for text in one.words))
    found = dict(zip(texts, signatures_of(texts, numbers), strict=True))
    for one in new:
        one.signatures = (found[one.words[0]], found[one.words[1]])


class Stories:
    """How alike documents of a register are. Each text is looked at once, and so is each sentence that stands in several. Beside them stand
    what bonds.py has worked out: how reports are told, by reading and number, and how likely such tellings are of one occurrence."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._signatures: dict[str, Signature] = {}
        self._leads: dict[str, frozenset[int]] = {}
        self._texts: dict[str, str] = {}
        self._places: dict[tuple[str, int, int], Place] = {}
        self._told = Memory[Place, Told](SENTENCES)
        self.tellings: dict[tuple[int, int], bytes] = {}
        self.odds = Memory[tuple[bytes, bytes, bool], float](PAIRS)

    @cached_property
    def _numbers(self) -> Numbers:
        """Made when the first words are weighed: it takes longer than most decisions."""
        return Numbers()

    def forget_documents(self) -> None:
        """Lets go of all texts, but not of what is known of sentences."""
        for kept in (self._signatures, self._leads, self._texts, self._places, self.tellings):
            kept.clear()
        if len(self._numbers) > WORDS:
            self._numbers.forget()

    def alike(self, a: str, b: str) -> float:
        """The likeness of two documents, by their ids."""
        return likeness(self.signature(a), self.signature(b))

    def load(self, documents: Iterable[str]) -> None:
        """Looks at several documents at once that were not looked at yet."""
        missing = sorted(set(documents) - self._signatures.keys())
        texts = {id: self._texts[id] for id in missing if id in self._texts}
        texts |= beginnings(self._view, [id for id in missing if id not in texts], LEAD)
        self._signatures.update(zip(texts, signatures_of(list(texts.values()), self._numbers), strict=True))

    def read(self, documents: Iterable[str]) -> None:
        """Takes several whole texts at once."""
        self._texts.update(beginnings(self._view, sorted(set(documents) - self._texts.keys()), WHOLE))

    def told_alike(self, documents: Sequence[str], one: Ints, other: Ints) -> Iterator[tuple[str, str, float]]:
        """Those of some pairs of documents, by their places among these, that tell one story, and how alike they are: of those that share
        one of the terms that tell each best."""
        asked = [documents[place] for place in np.unique(np.concatenate([one, other])).tolist()]
        self.load(asked)
        marked, spread = self._marked(documents, set(asked)), self._spread(documents, set(asked))
        for start in range(0, len(one), AT_ONCE):
            some, others = one[start : start + AT_ONCE], other[start : start + AT_ONCE]
            may_share = (marked[some] & marked[others]).any(axis=1)
            some, others = some[may_share], others[may_share]
            may_be_alike = _products(spread, some, others) >= LIKE - ROUNDED_OFF
            for a, b in zip(some[may_be_alike].tolist(), others[may_be_alike].tolist(), strict=True):
                first, second = documents[a], documents[b]
                if self._leading_of(first).isdisjoint(self._leading_of(second)):
                    continue
                if (alike := likeness(self._signatures[first], self._signatures[second])) >= LIKE:
                    yield first, second, alike

    def signature(self, document: str) -> Signature:
        if document not in self._signatures:
            self.load([document])
        return self._signatures.get(document, {})

    def told(self, document: str, start: int, end: int) -> Told:
        """The words in which a document tells the event that it names at a place."""
        place = self.place(document, start, end)
        if place not in self._told:
            self._told[place] = Told(place, self._numbers)
        return self._told[place]

    def weigh(self, several: Iterable[Told]) -> None:
        """Makes the signatures of sentences that have none yet."""
        weigh(several, self._numbers)

    def place(self, document: str, start: int, end: int) -> Place:
        """The sentence that names the event, and where in it."""
        key = (document, start, end)
        if key not in self._places:
            if document not in self._texts:
                self.read([document])
            self._places[key] = place_in(self._texts.get(document, ""), start, end)
        return self._places[key]

    def _leading_of(self, document: str) -> frozenset[int]:
        if document not in self._leads:
            self._leads[document] = frozenset(_leading(self.signature(document)))
        return self._leads[document]

    def _marked(self, documents: Sequence[str], asked: Collection[str]) -> NDArray[np.uint64]:
        """The leading terms of those documents that are asked for as bits, some of which stand for several: two that have none in common
        share no leading term. A row for each document."""
        leading = [self._leading_of(document) if document in asked else () for document in documents]
        marks = np.zeros((len(documents), MARKS), dtype=np.uint8)
        bits = np.array([term % MARKS for terms in leading for term in terms], dtype=np.int64)
        marks[np.repeat(np.arange(len(leading)), list(map(len, leading))), bits] = 1
        return np.packbits(marks, axis=1).view(np.uint64)

    def _spread(self, documents: Sequence[str], asked: Collection[str]) -> Floats:
        """The weights of those documents that are asked for, each term's added up with those of others in one of SPREAD places: the product
        of two rows is as much as the documents are alike, or more. A row for each document."""
        several = [self.signature(document) if document in asked else {} for document in documents]
        sizes = np.array(list(map(len, several)), dtype=np.int64)
        places = np.fromiter(chain.from_iterable(several), dtype=np.int64, count=int(sizes.sum())) % SPREAD
        weights = np.fromiter(chain.from_iterable(map(dict.values, several)), dtype=np.float64, count=len(places))
        of = np.repeat(np.arange(len(several)) * SPREAD, sizes)
        return np.bincount(of + places, weights, minlength=len(several) * SPREAD).reshape(-1, SPREAD).astype(np.float32)

    def groups(self, documents: Iterable[DocumentHead]) -> list[tuple[str, ...]]:
        """The documents that tell one event together, by id, each group and all groups in order; those that stand alone are left out."""
        heads = sorted((head for head in documents if head.published), key=lambda head: head.id)
        leading: defaultdict[int, list[DocumentHead]] = defaultdict(list)
        for head in heads:
            for term in _leading(self.signature(head.id)):
                leading[term].append(head)
        pairs = {
            (a.id, b.id) for sharing in leading.values() for a, b in combinations(sharing, 2) if told_at_once(a.published, b.published)
        }
        scored = [(self.alike(a, b), a, b) for a, b in pairs]
        return _joined([pair for pair in scored if pair[0] >= ALIKE])


def told_at_once(a: str | None, b: str | None) -> bool:
    """Whether two dates of publication are near enough for one event to be told."""
    if a is None or b is None:
        return False
    return first_day(a) - DAYS <= last_day(b) and first_day(b) - DAYS <= last_day(a)


def place_in(text: str, start: int, end: int) -> Place:
    """The sentence of a text that names an event from `start` to `end`, and where in it."""
    if start >= len(text):
        return Place("", 0, 0)
    first, last = sentence_around(text, start, min(end, len(text)))
    return Place(text[first:last], start - first, end - first)


def _products(rows: Floats, some: Ints, others: Ints) -> Floats:
    """Each of some rows by another. Rows next to each other are multiplied by all that are between the others, as matrices."""
    found = np.empty(len(some), dtype=np.float32)
    starts = np.flatnonzero(np.diff(some // BLOCK, prepend=-1)).tolist()
    for start, end in pairwise([*starts, len(some)]):
        one, other = some[start:end], others[start:end]
        first, least = int(one.min()), int(other.min())
        found[start:end] = (rows[first : int(one.max()) + 1] @ rows[least : int(other.max()) + 1].T)[one - first, other - least]
    return found


def _leading(signature: Signature) -> list[int]:
    weights = sorted(signature.values(), reverse=True)
    least = weights[min(LEADING, len(weights)) - 1] if weights else 0.0
    heavy = sorted((-weight, term) for term, weight in signature.items() if weight >= least)
    return [term for _, term in heavy[:LEADING]]


def _joined(pairs: Sequence[tuple[float, str, str]]) -> list[tuple[str, ...]]:
    """Groups joined from the most alike on, where the members are alike on the whole, so that no chain of neighbours joins two events."""
    score = {frozenset((a, b)): alike for alike, a, b in pairs}
    group: dict[str, list[str]] = {}
    for _, a, b in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        left, right = group.setdefault(a, [a]), group.setdefault(b, [b])
        if left is right:
            continue
        across = [score.get(frozenset((one, other)), 0.0) for one in left for other in right]
        if sum(across) / len(across) >= ALIKE * 0.6:
            left += right
            group.update(dict.fromkeys(right, left))
    return sorted({tuple(sorted(members)) for members in group.values() if len(members) > 1})
