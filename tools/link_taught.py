"""The memory of the second look (`comity.tracking.taught`): which clauses readers judged, and what a row must not see of itself.

In come clauses with their lines (link_gold.py); out come their vectors with the lines that each was tied to, and for a clause the
judgements that are of its own document, or of its pack, so that what is learned and measured is as if the clause were new.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

import msgspec
import numpy as np
from link_gold import Gold
from numpy.typing import NDArray

from comity.knowledge import load_knowledge, load_pack
from comity.tracking.clause_view import Clause, name_matcher, view_clause
from comity.tracking.embedding import Floats, load_table
from comity.tracking.links import line_targets
from comity.tracking.second_look import SecondLook
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
    packs = sorted({one.pack for one in clauses})
    targets = {pack: line_targets(load_pack(pack).plans) for pack in packs}
    number = {target.id: place for place, target in enumerate(target for pack in packs for target in targets[pack])}
    table, names = load_table(), name_matcher(load_knowledge())
    views = [view_clause(one.text, one.language, table=table, names=names) for one in clauses]
    known = [(one, view) for one, view in zip(clauses, views, strict=True) if view is not None]
    first = {view.key: view for _, view in known}
    row = {key: place for place, key in enumerate(first)}
    vectors, scale = _bytes_of(second.vectors(list(first.values())))
    read = [second.vectors_of(views_of(targets[pack])) for pack in packs]
    judged = [Judgement(row[view.key], packs.index(one.pack), tuple(number[line] for line in one.lines)) for one, view in known]
    return Memory(
        Taught(
            vectors.tobytes(),
            scale,
            vectors.shape[1],
            [np.concatenate(parts).astype(np.float16).tobytes() for parts in zip(*read, strict=True)],
            [place for place, pack in enumerate(packs) for _ in targets[pack]],
            judged,
        ),
        [one for one, _ in known],
    )


def views_of(targets: Sequence[Target]) -> list[list[Clause | None]]:
    """The lines made ready, for each language that they have words in."""
    table, names = load_table(), name_matcher(load_knowledge())
    languages = sorted({language for target in targets for language in target.words})
    return [
        [view_clause(target.words.get(language, ""), language, table=table, names=names) for target in targets] for language in languages
    ]


def _bytes_of(vectors: Floats) -> tuple[NDArray[np.int8], float]:
    scale = float(np.abs(vectors).max()) / 127
    return np.rint(vectors / scale).astype(np.int8), scale
