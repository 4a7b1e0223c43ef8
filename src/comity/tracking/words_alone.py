"""What clauses say of each line by their words alone, and what their sentences say of it: once for all documents that they stand in.

In come clauses made ready (clause_view.py); out come how likely each fits any line and the log odds of each line, by the static table
(targets.py) or, where there is one, by the second look (second_look.py) at clauses that may fit.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from comity.knowledge.matcher import Matcher
from comity.records import ActorId
from comity.tracking.asked_clauses import Asked
from comity.tracking.clause_view import Clause, view_clause
from comity.tracking.embedding import Table
from comity.tracking.link_model import LinkModel
from comity.tracking.memory import Memory
from comity.tracking.products import Floats
from comity.tracking.second_look import ReadLines, SecondLook
from comity.tracking.targets import Compared, told_of
from comity.tracking.taught import said_over

WORTH_A_LOOK = -3.0
"""The second look is taken at clauses that by the table alone fit with these log odds: it takes a hundred times as long. One clause in a
hundred that fits is under it, and a third of those that don't."""
REMEMBERED = 60_000
"""Clauses of which it is kept what they say of each line, some 1 KB each."""


class OfWords(Struct, frozen=True):
    """What a clause says by its words alone: how likely it fits any line, the log odds of each line, and the rest that tells how sure one
    is."""

    fits: float
    odds: Floats
    told: Floats
    deed: bool


class WordsAlone:
    """Clauses against the same lines; what they say is remembered."""

    def __init__(self, compared: Compared, model: LinkModel, second: SecondLook | None, *, table: Table, names: Matcher[ActorId]) -> None:
        self._compared = compared
        self._model = model
        self._second = second
        self._table = table
        self._names = names
        self._weighing = (second.model if second else model).weighing
        self._seen = Memory[bytes, OfWords | None](REMEMBERED)
        self._in_sentence = Memory[bytes, Floats](REMEMBERED)

    def of_clauses(self, views: Sequence[Clause]) -> list[OfWords | None]:
        """What clauses say by their words alone; nothing where the table knows none of them."""
        new = {view.key: view for view in views if view.key not in self._seen}
        found: dict[bytes, OfWords | None] = {view.key: self._seen[view.key] for view in views if view.key not in new}
        known = [view for view in new.values() if view.is_known]
        found |= dict.fromkeys(new)
        if known:
            fits, odds, pairs = self._compare(known)
            for row, view in enumerate(known):
                found[view.key] = OfWords(float(fits[row]), odds[row].copy(), told_of(pairs[row]), view.deed)
        for key in new:
            self._seen[key] = found[key]
        return [found[view.key] for view in views]

    def of_sentences(self, clauses: Sequence[Asked]) -> list[Floats]:
        """For each clause what its sentence says of each line; a sentence that the table knows no word of says no more than the clause."""
        return self._said_in([asked.sentence if asked.sentence and asked.sentence.is_known else asked.view for asked in clauses])

    def _said_in(self, views: Sequence[Clause]) -> list[Floats]:
        """The log odds of each line, and how far they are behind those of the plan's best. All of the clauses are known."""
        new = {view.key: view for view in views if view.key not in self._in_sentence}
        found: dict[bytes, Floats] = {view.key: self._in_sentence[view.key] for view in views if view.key not in new}
        known = list(new.values())
        if known:
            # What stands in a whole document is an official text, or the press.
            pairs = self._compared.pairs(self._compared.looked_at(known))
            odds = self._model.weighing.official_odds(pairs)
            told = np.stack([np.clip(odds, -6, 6), np.clip(self._compared.behind(odds), -8, 0)], axis=2)
            found |= {view.key: told[row].copy() for row, view in enumerate(known)}
        for key in new:
            self._in_sentence[key] = found[key]
        return [found[view.key] for view in views]

    def _compare(self, views: Sequence[Clause]) -> tuple[Floats, Floats, Floats]:
        """The log odds of each clause to fit any line, those of each clause and line, and how they agree."""
        fits, odds, pairs = self._by_table(views)
        again = np.flatnonzero(fits >= WORTH_A_LOOK).tolist()
        if self._second and again:
            fits[again], odds[again] = self._look_again([views[place] for place in again], pairs[again])
        return fits, odds, pairs

    def _look_again(self, views: Sequence[Clause], pairs: Floats) -> tuple[Floats, Floats]:
        assert self._second is not None
        at, over = self._second.features(self._second.vectors(views), self._read_lines, self._compared)
        odds = self._weighing.pair.odds(np.concatenate([pairs, at], axis=2))
        looked = self._compared.looked_at(views)
        return self._weighing.fits.odds(np.column_stack([self._compared.whether(looked, pairs, odds), over])), odds

    @cached_property
    def _read_lines(self) -> ReadLines:
        """The lines by the second look, in each language that they have words in."""
        assert self._second is not None
        targets = self._compared.targets
        return self._second.lines(
            [view_clause(target.words.get(language, ""), language, table=self._table, names=self._names) for target in targets]
            for language in sorted({language for target in targets for language in target.words})
        )

    def _by_table(self, views: Sequence[Clause]) -> tuple[Floats, Floats, Floats]:
        """The same by the static table alone."""
        weighing, looked = self._model.weighing, self._compared.looked_at(views)
        pairs, style = self._compared.pairs(looked), weighing.style(looked.style)
        taught = self._compared.taught.features(looked.vectors)
        odds = weighing.pair_odds(np.concatenate([pairs, taught], axis=2), style)
        features = np.column_stack([self._compared.whether(looked, pairs, odds), said_over(taught)])
        return weighing.fits_odds(features, style), odds, pairs
