"""Lines of two plans that say one thing in other words, or in another language: pairs with a score, for a person to look at.

"Fight fake medicines" and "Stop counterfeit drugs from reaching patients" share no word. In come the lines of both sides; every line is
compared with every line of the other side by the static table (targets.py), from both sides, and only lines that are each other's best
count, so a line stands in one pair at most. How alike they are tells less than how far they are ahead of the next best.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from comity.knowledge import Knowledge
from comity.knowledge.matcher import Matcher
from comity.knowledge.schema import Line
from comity.records import ActorId, LanguageCode, LinkKind
from comity.tracking.clause_view import Clause, name_matcher, view_clause
from comity.tracking.embedding import Floats, load_table
from comity.tracking.link_model import LinkModel, load_link_model
from comity.tracking.targets import PAIR, Compared, Target

LEAST = 0.5
"""Where, of pairs of our own that the model has not learned from, more than nine in ten are right (tools/train_links.py prints it)."""
RESTATED = ("whole", "covered", "covering", "telling", "less", "lead", "lead-covered", "lead-telling", "any", "soft-mean", "soft-behind")
Seen = tuple[Line, Clause]
"""A line, and itself as a clause."""


class Restated(Struct, frozen=True, kw_only=True):
    """An old and a new line; `score` is how likely they say one thing, LEAST to 1."""

    old: Line
    new: Line
    score: float


def restated(old: Sequence[Line], new: Sequence[Line], language: LanguageCode, knowledge: Knowledge) -> Iterator[Restated]:
    """The pairs, in the order of the old lines. Each line is taken in `language` where it has it, else in one that it has."""
    names = name_matcher(knowledge)
    seen_old, seen_new = ([(line, view) for line in lines if (view := _view(line, language, names)) is not None] for lines in (old, new))
    if not seen_old or not seen_new:
        return
    model = load_link_model()
    odds = model.restated.odds(alike(seen_old, seen_new, model))
    best = odds.argmax(axis=1)
    for row, (line, _) in enumerate(seen_old):
        column = int(best[row])
        score = float(1 / (1 + np.exp(-odds[row, column])))
        if score >= LEAST and int(odds[:, column].argmax()) == row:
            yield Restated(old=line, new=seen_new[column][0], score=round(score, 3))


def alike(old: Sequence[Seen], new: Sequence[Seen], model: LinkModel) -> Floats:
    """How each old line and each new one agree; the columns are RESTATED."""
    there, back = _compared(old, new, model), _compared(new, old, model).transpose(1, 0, 2)
    both = dict(zip(PAIR, np.moveaxis((there + back) / 2, 2, 0), strict=True))
    least = dict(zip(PAIR, np.moveaxis(np.minimum(there, back), 2, 0), strict=True))
    columns = both | {
        "less": np.minimum(least["covered"], least["covering"]),
        "lead": _lead(both["whole"]),
        "lead-covered": _lead(both["covered"] + both["covering"]),
        "lead-telling": _lead(both["telling"]),
    }
    found: Floats = np.stack([columns[name] for name in RESTATED], axis=2).astype(np.float32)
    return found


def _compared(lines: Sequence[Seen], others: Sequence[Seen], model: LinkModel) -> Floats:
    targets = [Target(kind=LinkKind.LINE, id=str(number), words=line.words) for number, (line, _) in enumerate(others)]
    compared = Compared(targets, load_table(), model)
    return compared.pairs(compared.looked_at([view for _, view in lines]))


def _lead(values: Floats) -> Floats:
    """How far each pair is ahead of the best other pair of its row and of its column, or behind it."""
    rows, columns = _ahead(values), _ahead(values.T).T
    return np.minimum(rows, columns)


def _ahead(values: Floats) -> Floats:
    if values.shape[1] == 1:
        return np.zeros_like(values)
    best = np.sort(values, axis=1)[:, ::-1]
    return values - np.where(values >= best[:, :1], best[:, 1:2], best[:, :1])


def _view(line: Line, language: LanguageCode, names: Matcher[ActorId]) -> Clause | None:
    spoken = language if language in line.words else next(iter(line.words), None)
    return view_clause(line.words[spoken], spoken, table=load_table(), names=names) if spoken else None
