"""Clauses against lines as numbers, and the models of ties that are fitted to them.

In come clauses with their lines (link_gold.py) and the models of `comity.tracking`; out come rows, and two regressions: how a clause and a
line that are alike make a tie, and whether a clause fits any line. With a second look its columns stand beside those of the table.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from link_fitting import fit
from link_gold import Gold, kind_of
from link_taught import LeftOut, views_of
from numpy.typing import NDArray

from comity.knowledge import load_knowledge, load_pack
from comity.tracking.clause_view import Clause, name_matcher, view_clause
from comity.tracking.embedding import Floats, load_table
from comity.tracking.link_model import Linear, LinkModel
from comity.tracking.links import line_targets
from comity.tracking.second_look import ReadLines, SecondLook
from comity.tracking.targets import FITS, PAIR, Compared, Target

LESSON_WEIGHT = 0.4
"""What a lesson counts beside a clause that a reader judged."""
TOGETHER_ALONE = ("any-soft", "any-rest-mean", "any-rest-most")
NOTHING = 1e7
"""These columns are held at nothing: beside those that they are made of, they made a tie likelier the less the other words speak for it."""
VECTOR_PENALTY = 80.0
"""The numbers of a clause's vector are many, and each tells little."""


class Row(NamedTuple):
    """A clause against the lines in one or both languages; `over` is what a second look says of the clause, if there was one, `weight` is
    what it counts for where it stands several times. `side` is 0 for both languages, 1 for one."""

    gold: Gold
    pairs: Floats
    right: NDArray[np.bool_]
    view: Clause
    compared: Compared
    over: Floats
    side: int
    weight: float = 1.0


def nobody(_: Gold) -> Sequence[int]:
    """Leaves out no judgement: for clauses that nothing was learned from."""
    return ()


def rows_of(gold: Sequence[Gold], model: LinkModel, second: SecondLook | None = None, left_out: LeftOut = nobody) -> Iterator[Row]:
    """Each clause twice: against lines in both languages, and against their English words alone (an official text comes in one
    language). What readers said of clauses that are `left_out` is not seen."""
    table, names = load_table(), name_matcher(load_knowledge())
    sides = {}
    for pack in {one.pack for one in gold}:
        targets = line_targets(load_pack(pack).plans)
        english = [msgspec.structs.replace(target, words={"en": target.words["en"]}) for target in targets]
        sides[pack] = [(Compared(side, table, model), _read(side, second)) for side in (targets, english)]
    for one in gold:
        view = view_clause(one.text, one.language, table=table, names=names)
        if view is None:
            continue
        right = np.array([target.id in one.lines for target in sides[one.pack][0][0].targets])
        vector = second.vectors([view]) if second else None
        for side, (compared, lines) in enumerate(sides[one.pack]):
            pairs, over = compared.pairs(compared.looked_at([view])), np.zeros((1, 0), dtype=np.float32)
            if second is not None and vector is not None and lines is not None:
                at, over = second.features(vector, lines, compared, left_out(one))
                pairs = np.concatenate([pairs, at], axis=2)
            yield Row(one, pairs[0], right, view, compared, over, side)


def _read(targets: Sequence[Target], second: SecondLook | None) -> ReadLines | None:
    """The lines by the second look, if there is one."""
    return second.lines(views_of(targets)) if second else None


def fit_both(rows: Sequence[Row], penalty: float = 1.0) -> tuple[Linear, Linear]:
    """How a clause and a line that are alike make a tie, and whether a clause fits any."""
    fitting = [row for row in rows if row.gold.lines]
    sizes = [len(row.pairs) for row in fitting]
    of_pairs = np.full(rows[0].pairs.shape[1], penalty)
    of_pairs[[PAIR.index(name) for name in TOGETHER_ALONE]] = NOTHING
    pair = fit(
        np.concatenate([row.pairs for row in fitting]),
        np.concatenate([row.right for row in fitting]),
        np.repeat([weight_of(row) for row in fitting], sizes),
        of_pairs,
    )
    clauses = np.concatenate([whether(row, pair) for row in rows])
    held = np.full(clauses.shape[1], penalty)
    held[len(FITS) : len(FITS) + len(rows[0].view.vector)] = VECTOR_PENALTY
    return pair, fit(clauses, np.array([bool(row.gold.lines) for row in rows]), np.array([weight_of(row) for row in rows]), held)


def weight_of(row: Row) -> float:
    return row.weight * (LESSON_WEIGHT if kind_of(row.gold) == "lesson" else 1.0)


def whether(row: Row, pair: Linear) -> Floats:
    """What tells whether a clause fits any line, by a model of pairs."""
    by_table = row.compared.whether(row.compared.looked_at([row.view]), row.pairs[None], pair.odds(row.pairs)[None])
    return np.column_stack([by_table, row.over])


def found_by(row: Row, pair: Linear, fits: Linear) -> tuple[Floats, float]:
    """The lines' log odds, and the probability that the clause fits any."""
    return pair.odds(row.pairs), float(1 / (1 + np.exp(-fits.odds(whether(row, pair))[0])))
