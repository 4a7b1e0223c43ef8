"""Lines of two plans that say one thing in other words, or in another language: pairs with a score, for a person to look at.

"Fight fake medicines" and "Stop counterfeit drugs from reaching patients" share no word. In come the lines of both sides; every line is
compared with every line of the other side by the static table (targets.py), from both sides, and only lines that are each other's best
count, so a line stands in one pair at most. How alike they are tells less than how far they are ahead of the next best, and how alike what
they do not share word for word is: "nuclear safety" and "road safety" share a word and are two matters. Plans that put lines under themes
have said themselves which are of another matter. `tools/restated_lessons.py` fits the weights of all this.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from comity.knowledge import Knowledge
from comity.knowledge.matcher import Matcher
from comity.knowledge.schema import Line
from comity.knowledge.yaml_file import read_yaml
from comity.records import ActorId, LanguageCode, LinkKind
from comity.tracking.clause_view import Clause, name_matcher, view_clause
from comity.tracking.embedding import load_table
from comity.tracking.link_model import Linear, LinkModel, load_link_model
from comity.tracking.products import Floats
from comity.tracking.targets import PAIR, Compared, Target

MODEL = Path(__file__).parent / "models" / "restated.yaml"
LEAST = 0.5
"""Where, of pairs of our own that the model has not learned from, more than nine in ten are right (tools/restated_lessons.py prints it)."""
SAME = 0.9
"""Words so much alike are one: what stands word for word in both lines."""
LEFT = 0.3
"""Words of less weight together ("of the") are nothing left over."""
MET, FAR = 0.5, 0.1
"""From here on a word is met in another line; below this nothing there is near it. Of 225 pairs of our own that say one thing none has
what one line is about met, and what the other is about far from all of the first."""
RESTATED = ("whole", "covered", "covering", "telling", "less", "lead", "lead-covered", "lead-telling", "any", "soft-mean", "soft-behind",
"rest", "same")  # fmt: skip
Seen = tuple[Line, Clause]
"""A line, and itself as a clause."""


class _Words(NamedTuple):
    """The words of some lines: the place of each entry of the table, how alike they are, and what they weigh."""

    place: dict[int, int]
    likeness: Floats
    weights: Floats

    def places(self, rows: Sequence[int]) -> list[int]:
        return [self.place[row] for row in rows]

    def in_a_row(self, lines: Sequence[Seen]) -> tuple[list[int], NDArray[np.intp]]:
        """Those of all lines in a row, and where those of each begin."""
        return self.places([row for _, view in lines for row in view.rows]), np.cumsum([0, *(len(view.rows) for _, view in lines[:-1])])


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
    odds = np.where(_other_matter(seen_old, seen_new), -np.inf, load_weights().odds(alike(seen_old, seen_new, load_link_model())))
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
        **dict(zip(("rest", "same"), _apart(old, new), strict=True)),
    }
    found: Floats = np.stack([columns[name] for name in RESTATED], axis=2).astype(np.float32)
    return found


def _compared(lines: Sequence[Seen], others: Sequence[Seen], model: LinkModel) -> Floats:
    targets = [Target(kind=LinkKind.LINE, id=str(number), words=line.words) for number, (line, _) in enumerate(others)]
    compared = Compared(targets, load_table(), model)
    return compared.pairs(compared.looked_at([view for _, view in lines]))


def _apart(old: Sequence[Seen], new: Sequence[Seen]) -> tuple[Floats, Floats]:
    """How far what two lines do not share word for word agrees, and how much of either they do share, by the side that has less of it."""
    words = _words_in([*old, *new])
    there, back = _left_over(old, new, words), _left_over(new, old, words)
    return np.minimum(there[0], back[0].T), np.minimum(there[1], back[1].T)


def _left_over(lines: Sequence[Seen], others: Sequence[Seen], words: _Words) -> tuple[Floats, Floats]:
    """For each line and each other: how much of the line's words that the other has not is near to such words of the other (1 where it has
    them all), and how much of the line the other has word for word. By the weights of the words."""
    flat, starts = words.in_a_row(others)
    rest, same = np.ones((2, len(lines), len(others)), dtype=np.float32)
    for place, (_, view) in enumerate(lines):
        rows = words.places(view.rows)
        near = words.likeness[rows].T[flat]
        shared = np.maximum.reduceat(near, starts) >= SAME
        left = np.maximum.reduceat(np.where(near.max(axis=1, keepdims=True) >= SAME, 0, near), starts)
        weights = np.where(shared, 0, words.weights[rows])
        total = weights.sum(axis=1)
        rest[place] = np.where(total > LEFT, (left * weights).sum(axis=1) / np.maximum(total, LEFT), 1)
        same[place] = 1 - total / words.weights[rows].sum()
    return rest, same


def _words_in(lines: Sequence[Seen]) -> _Words:
    table, rows = load_table(), sorted({row for _, view in lines for row in view.rows})
    vectors = table.vectors[rows]
    return _Words({row: place for place, row in enumerate(rows)}, np.maximum(vectors @ vectors.T, 0), table.weights[rows])


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


def _other_matter(old: Sequence[Seen], new: Sequence[Seen]) -> NDArray[np.bool_]:
    """Where both lines stand under themes, and under none together; and where what one is about, by the words that show it, is met in the
    other, and nothing in the one is near what the other is about: "Fight trafficking in persons", "Stop wildlife trafficking"."""
    themes = np.array([[bool(a.themes) and bool(b.themes) and not set(a.themes) & set(b.themes) for b, _ in new] for a, _ in old])
    words = _words_in([*old, *new])
    met, back = _met(old, new, words), _met(new, old, words).T
    other: NDArray[np.bool_] = themes | ((np.minimum(met, back) < FAR) & (np.maximum(met, back) >= MET))
    return other


def _met(lines: Sequence[Seen], others: Sequence[Seen], words: _Words) -> Floats:
    """How near the other comes to what the line is about, for each line and each other; not a number where no word of the line shows it."""
    flat, starts = words.in_a_row(others)
    met = np.full((len(lines), len(others)), np.nan, dtype=np.float32)
    for place, (_, view) in enumerate(lines):
        rest = set(view.rest)
        rows = words.places([row for row in view.rows if row not in rest]) if view.shown else []
        rows = [row for row in rows if words.weights[row] > LEFT]
        if rows:
            met[place] = np.maximum.reduceat(words.likeness[rows].max(axis=0)[flat], starts)
    return met


@cache
def load_weights() -> Linear:
    """What each of RESTATED counts for. Raises KnowledgeError where the file is missing or broken."""
    return read_yaml(MODEL, Linear)
