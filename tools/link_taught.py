"""The memories of the table and of the second look (`comity.tracking.taught`): which clauses readers judged, and what a row must not see
of itself.

In come clauses with their lines (link_gold.py); out come their vectors with the lines that each was tied to, and for a clause the
judgements that are of its own document, or of its pack, so that what is learned and measured is as if the clause were new.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

import msgspec
import numpy as np
from link_gold import PACKS, Gold
from numpy.typing import NDArray

from comity.knowledge import load_knowledge, load_pack
from comity.records import LanguageCode
from comity.tracking.clause_view import Clause, name_matcher, vectors_of, view_clause
from comity.tracking.embedding import load_table
from comity.tracking.links import line_targets
from comity.tracking.products import Floats
from comity.tracking.second_look import SecondLook
from comity.tracking.target_words import TargetWords
from comity.tracking.targets import Target
from comity.tracking.taught import Judgement, Taught

LeftOut = Callable[[Gold], Sequence[int]]
NOTHING = Taught(b"", 1.0, 1, [], [], [])
"""A memory of nothing yet."""


class Memory:
    """What is remembered, and of which clauses: a judgement each."""

    def __init__(self, taught: Taught, clauses: Sequence[Gold]) -> None:
        self.taught = taught
        self.clauses = clauses

    def of_document(self, gold: Gold) -> list[int]:
        """The judgements of clauses of the same document."""
        return self._of_source.get(source_of(gold), [])

    def of_pack(self, gold: Gold) -> list[int]:
        """The same, and those of its pack: as for the lines of a pack that nobody judged clauses of."""
        return sorted({*self.of_document(gold), *self._of_pack[gold.pack]})

    def without(self, documents: set[str]) -> Taught:
        """What is remembered of other documents."""
        pairs = zip(self.clauses, self.taught.judgements, strict=True)
        return msgspec.structs.replace(self.taught, judgements=[told for one, told in pairs if one.document not in documents])

    @cached_property
    def _of_source(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for number, one in enumerate(self.clauses):
            found[source_of(one)].append(number)
        return found

    @cached_property
    def _of_pack(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for number, one in enumerate(self.clauses):
            found[one.pack].append(number)
        return found


def source_of(gold: Gold) -> str:
    """Where a clause is from. Lessons for the same lines are one source: they say the same in two languages."""
    return f"lesson-{'-'.join(gold.lines)}" if gold.document == f"lesson-{gold.text}" and gold.lines else gold.document


def remember(clauses: Sequence[Gold], second: SecondLook) -> Memory:
    """What a second look remembers of clauses."""
    return _remember(clauses, second.vectors, lambda targets: second.vectors_of(views_of(targets)))


def remember_by_table(clauses: Sequence[Gold]) -> Memory:
    """What is remembered of clauses by the table alone."""
    return _remember(clauses, vectors_of, _by_table)


def _by_table(targets: Sequence[Target]) -> list[Floats]:
    """The vectors of lines for each language."""
    plans = [target.plan for target in targets]
    return [
        TargetWords([target.words.get(language, "") for target in targets], language, load_table(), plans).vectors
        for language in _languages(targets)
    ]


def _remember(
    clauses: Sequence[Gold],
    vectors_of_clauses: Callable[[Sequence[Clause]], Floats],
    vectors_of_lines: Callable[[Sequence[Target]], list[Floats]],
) -> Memory:
    targets = {pack: line_targets(load_pack(pack).plans) for pack in PACKS}
    number = {target.id: place for place, target in enumerate(target for pack in PACKS for target in targets[pack])}
    table, names = load_table(), name_matcher(load_knowledge())
    views = [view_clause(one.text, one.language, table=table, names=names) for one in clauses]
    known = [(one, view) for one, view in zip(clauses, views, strict=True) if view is not None]
    first = {view.key: view for _, view in known}
    row = {key: place for place, key in enumerate(first)}
    vectors, scale = _bytes_of(vectors_of_clauses(list(first.values())))
    read = [vectors_of_lines(targets[pack]) for pack in PACKS]
    judged = [Judgement(row[view.key], PACKS.index(one.pack), tuple(number[line] for line in one.lines)) for one, view in known]
    return Memory(
        Taught(
            vectors.tobytes(),
            scale,
            vectors.shape[1],
            [np.concatenate(parts).astype(np.float16).tobytes() for parts in zip(*read, strict=True)],
            [place for place, pack in enumerate(PACKS) for _ in targets[pack]],
            judged,
        ),
        [one for one, _ in known],
    )


def forgetting(taught: Taught, pack: str) -> Taught:
    """The memory as it is for a pack that nobody judged clauses of."""
    return msgspec.structs.replace(taught, judgements=[one for one in taught.judgements if one.pack != PACKS.index(pack)])


def views_of(targets: Sequence[Target]) -> list[list[Clause | None]]:
    """The lines made ready, for each language that they have words in."""
    table, names = load_table(), name_matcher(load_knowledge())
    return [
        [view_clause(target.words.get(language, ""), language, table=table, names=names) for target in targets]
        for language in _languages(targets)
    ]


def _languages(targets: Sequence[Target]) -> list[LanguageCode]:
    return sorted({language for target in targets for language in target.words})


def _bytes_of(vectors: Floats) -> tuple[NDArray[np.int8], float]:
    scale = float(np.abs(vectors).max()) / 127
    return np.rint(vectors / scale).astype(np.int8), scale
