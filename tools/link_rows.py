"""Clauses against lines as numbers, and the models of ties that are fitted to them.

In come clauses with their lines (link_gold.py) and the models of `comity.tracking`; out come rows, and two regressions: how a clause and a
line that are alike make a tie, and whether a clause fits any line. By the table alone there are two of each, one of them for clauses that
are written as official texts and the press are, and one that tells how a clause is written. With a second look its columns stand beside
those of the table.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from link_fitting import Array, fit
from link_gold import Gold, fold_of, kind_of
from link_taught import LeftOut, forgetting, views_of
from numpy.typing import NDArray

from comity.knowledge import load_knowledge, load_pack
from comity.tracking.clause_view import Clause, name_matcher, view_clause
from comity.tracking.embedding import load_table
from comity.tracking.link_model import Linear, LinkModel, Neighbours, Official, Weighing
from comity.tracking.links import line_targets
from comity.tracking.products import Floats
from comity.tracking.second_look import ReadLines, SecondLook
from comity.tracking.targets import CLAUSE, FITS, PAIR, Compared, Looked, Target
from comity.tracking.taught import said_over

LESSON_WEIGHT = 0.4
"""What a lesson counts beside a clause that a reader judged."""
PUBLIC = ("real", "taught", "suggested", "plain")
"""Clauses of public texts, and those of our own that are written so; the others are in other words than official texts have."""
OF_OFFICIAL, OF_OWN_WORDS = 0.15, 0.3
"""What a clause of the other style counts at least, where it is learned how those are weighed that are written as official texts are, and
those in people's own words. Fitted to all alike, each drowns what is true of the other: in a lesson a word of a line often misleads, for so
it was written."""
OFFICIAL_PENALTY, OFFICIAL_FITS_PENALTY, OWN_PENALTY, STYLE_PENALTY = 500.0, 250.0, 100.0, 250.0
STRICTER, OWN_STRICTER = 0.6, 0.05
"""So much is taken from the log odds that a clause fits: of one of official style, and of one in people's own words. As strict as may be
with a top-3 of .90 on public texts and our own sentences (cross-validated): a false link is worse than a missing one."""
SHARPER = 2.0
"""How a clause is written is told with log odds so many times as high as fitted: half and half is for those in between only."""
BOTH_SIDES = ("real", "own")
"""Clauses that are held against lines in English alone too."""
AT_ONCE = 64
TOGETHER_ALONE = ("any-soft", "any-rest-mean", "any-rest-most")
NOTHING = 1e7
"""These columns are held at nothing: beside those that they are made of, they made a tie likelier the less the other words speak for it."""
VECTOR_PENALTY, STYLE_VECTOR_PENALTY = 160.0, 80.0
"""The numbers of a clause's vector are many, and each tells little."""


class Row(NamedTuple):
    """A clause against the lines in one or both languages; the last columns of `pairs`, and `over` of the clause, have what a second look
    says, or else what readers said of clauses like it. `weight` is what it counts for where it stands several times. `side` is 0 for both
    languages, 1 for one."""

    gold: Gold
    pairs: Floats
    right: NDArray[np.bool_]
    looked: Looked
    compared: Compared
    over: Floats
    side: int
    weight: float = 1.0


class Heads(NamedTuple):
    """The regressions of `comity.tracking.link_model.Weighing`."""

    pair: Linear
    fits: Linear
    official: Official | None = None


def nobody(_: Gold) -> Sequence[int]:
    """Leaves out no judgement: for clauses that nothing was learned from."""
    return ()


def rows_of(gold: Sequence[Gold], model: LinkModel, second: SecondLook | None = None, left_out: LeftOut = nobody) -> Iterator[Row]:
    """Each clause against lines in both languages; those of public texts that were judged first, and our own sentences, against their
    English words alone too (an official text comes in one language). What readers said of clauses that are `left_out` is not seen."""
    table, names = load_table(), name_matcher(load_knowledge())
    sides = {}
    for pack in {one.pack for one in gold}:
        targets = line_targets(load_pack(pack).plans)
        english = [msgspec.structs.replace(target, words={"en": target.words["en"]}) for target in targets]
        sides[pack] = [(Compared(side, table, model), _read(side, second)) for side in (targets, english)]
    views = ((one, view_clause(one.text, one.language, table=table, names=names)) for one in gold)
    known = [(one, view) for one, view in views if view is not None]
    for start in range(0, len(known), AT_ONCE):
        part = known[start : start + AT_ONCE]
        found: dict[tuple[int, int], Row] = {}
        for pack in sides:
            for side, (compared, lines) in enumerate(sides[pack]):
                some = [place for place, (one, _) in enumerate(part) if one.pack == pack and (side == 0 or kind_of(one) in BOTH_SIDES)]
                rows = _rows_at(side, [part[place] for place in some], compared, lines, second, left_out) if some else ()
                found |= {(place, side): row for place, row in zip(some, rows, strict=True)}
        yield from (found[key] for key in sorted(found))


def _rows_at(
    side: int,
    clauses: Sequence[tuple[Gold, Clause]],
    compared: Compared,
    lines: ReadLines | None,
    second: SecondLook | None,
    left_out: LeftOut,
) -> Iterator[Row]:
    """Clauses against the same lines."""
    looked = compared.looked_at([view for _, view in clauses])
    if second is not None and lines is not None:
        left = [left_out(one) for one, _ in clauses]
        at, over = second.features(second.vectors([view for _, view in clauses]), lines, compared, left)
    else:
        at = compared.taught.features(looked.vectors)
        over = said_over(at)
    pairs = np.concatenate([compared.pairs(looked), at], axis=2)
    for row, (one, _) in enumerate(clauses):
        right = np.array([target.id in one.lines for target in compared.targets])
        yield Row(one, pairs[row].copy(), right, looked.alone(row), compared, over[row : row + 1].copy(), side)


def rows_as_new(gold: Sequence[Gold], model: LinkModel) -> Iterator[Row]:
    """The same by the table with nothing remembered of clauses for its pack, as for a pack that nobody judged clauses of."""
    for pack in sorted({one.pack for one in gold}):
        new = msgspec.structs.replace(model, taught=forgetting(model.taught, pack))
        yield from rows_of([one for one in gold if one.pack == pack], new)


def _read(targets: Sequence[Target], second: SecondLook | None) -> ReadLines | None:
    """The lines by the second look, if there is one."""
    return second.lines(views_of(targets)) if second else None


def fit_heads(rows: Sequence[Row], penalty: float = 1.0) -> Heads:
    """How a clause and a line that are alike make a tie, and whether a clause fits any."""
    pair = fit_pairs(rows, np.array([weight_of(row) for row in rows]), penalty)
    clauses = np.concatenate([whether(row, pair.odds(row.pairs)) for row in rows])
    return Heads(pair, fit_whether(clauses, rows, np.array([weight_of(row) for row in rows]), penalty))


def fit_styles(rows: Sequence[Row]) -> Heads:
    """The same for clauses of both styles; each clause teaches both, as far as it is written so. Whether a clause fits is learned from what
    its lines look like to a model of pairs that has not seen its document: one that has is surer of it than it will be of a new clause."""
    told = np.concatenate([row.looked.style for row in rows])
    style = fit_style(told, np.array([kind_of(row.gold) in PUBLIC for row in rows]), np.array([row.weight for row in rows]))
    share = 1 / (1 + np.exp(-style.odds(told).astype(np.float64)))
    counts = np.array([weight_of(row) for row in rows])
    of_own, of_official = counts * (1 - share * (1 - OF_OWN_WORDS)), counts * (OF_OFFICIAL + share * (1 - OF_OFFICIAL))
    own, official = fit_pairs(rows, of_own, OWN_PENALTY), fit_pairs(rows, of_official, OFFICIAL_PENALTY, columns=len(PAIR))
    whole = Official(style, official, official)
    odds = unseen_odds(rows, Heads(own, own, whole), of_own, of_official)
    clauses = np.concatenate([whether(row, of_lines) for row, of_lines in zip(rows, odds, strict=True)])
    fits = surer(fit_whether(clauses, rows, of_own, OWN_PENALTY), -OWN_STRICTER)
    of_texts = surer(fit_whether(clauses, rows, of_official, OFFICIAL_FITS_PENALTY), -STRICTER)
    return Heads(own, fits, msgspec.structs.replace(whole, fits=of_texts))


def unseen_odds(rows: Sequence[Row], whole: Heads, of_own: Array, of_official: Array) -> list[Floats]:
    """The log odds of each row's lines by models of pairs that have not seen its document; `whole` has seen all."""
    assert whole.official
    parts = np.array([fold_of(row.gold.document) for row in rows])
    found: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(rows)
    for part in sorted(set(parts.tolist())):
        rest = np.flatnonzero(parts != part).tolist()
        others = [rows[place] for place in rest]
        own = fit_pairs(others, of_own[rest], OWN_PENALTY, start=whole.pair)
        official = fit_pairs(others, of_official[rest], OFFICIAL_PENALTY, columns=len(PAIR), start=whole.official.pair)
        heads = weighing(Heads(own, own, Official(whole.official.style, official, official)))
        for place in np.flatnonzero(parts == part).tolist():
            found[place] = heads.pair_odds(rows[place].pairs[None], heads.style(rows[place].looked.style))[0]
    return found


def surer(fits: Linear, by: float) -> Linear:
    """The same with so much more."""
    return msgspec.structs.replace(fits, bias=round(fits.bias + by, 5))


def fit_pairs(rows: Sequence[Row], weights: Array, penalty: float, *, columns: int | None = None, start: Linear | None = None) -> Linear:
    """How a clause and a line that are alike make a tie, by the first columns or all: from the clauses that fit some line."""
    fitting = [(row, weight) for row, weight in zip(rows, weights, strict=True) if row.gold.lines]
    of_pairs = np.full(rows[0].pairs[:, :columns].shape[1], penalty)
    of_pairs[[PAIR.index(name) for name in TOGETHER_ALONE]] = NOTHING
    return fit(
        np.concatenate([row.pairs[:, :columns] for row, _ in fitting]),
        np.concatenate([row.right for row, _ in fitting]),
        np.repeat([weight for _, weight in fitting], [len(row.pairs) for row, _ in fitting]),
        of_pairs,
        start,
    )


def fit_whether(clauses: Floats, rows: Sequence[Row], weights: Array, penalty: float) -> Linear:
    """Whether a clause fits any line, by the numbers of `whether`."""
    held = np.full(clauses.shape[1], penalty)
    held[len(FITS) : len(FITS) + rows[0].looked.vectors.shape[1]] = VECTOR_PENALTY
    return fit(clauses, np.array([bool(row.gold.lines) for row in rows]), weights, held)


def fit_style(told: Floats, public: NDArray[np.bool_], weights: Array) -> Linear:
    """Whether a clause is written as official texts and the press are; both kinds count the same."""
    held = np.full(told.shape[1], STYLE_VECTOR_PENALTY)
    held[: len(CLAUSE)] = STYLE_PENALTY
    style = fit(told, public, weights * np.where(public, 0.5 / public.mean(), 0.5 / (1 - public.mean())), held)
    return msgspec.structs.replace(
        style, weights=[round(SHARPER * weight, 5) for weight in style.weights], bias=round(SHARPER * style.bias, 5)
    )


def weight_of(row: Row) -> float:
    return row.weight * (LESSON_WEIGHT if kind_of(row.gold) == "lesson" else 1.0)


def whether(row: Row, odds: Floats) -> Floats:
    """What tells whether a clause fits any line, by the log odds of the lines."""
    return np.column_stack([row.compared.whether(row.looked, row.pairs[None], odds[None]), row.over])


def found_by(row: Row, heads: Weighing) -> tuple[Floats, float]:
    """The lines' log odds, and the log odds of the clause to fit any."""
    style = heads.style(row.looked.style)
    odds = heads.pair_odds(row.pairs[None], style)[0]
    return odds, float(heads.fits_odds(whether(row, odds), style)[0])


def weighing(heads: Heads) -> Weighing:
    """One that can weigh what was read, and reads nothing."""
    return Weighing(b"", [], [], heads.pair, heads.fits, heads.pair, Neighbours(b"", 1, 1.0, 0, 0), 0.0, official=heads.official)
