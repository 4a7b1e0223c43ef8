"""The likeliest lines of clauses, and how sure each is: many clauses at once.

In come the log odds of clauses and lines, and for clauses of a known document what else tells how sure a tie is (targets.TRUST); out come
for each clause the places of a few lines, and a score for each.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.tracking.link_model import Linear
from comity.tracking.products import Floats
from comity.tracking.targets import by_words, trust_features

MOST = 3
SURER = 1.2
"""So many times as likely as by its words alone a tie can be made by its document."""
Numbers = NDArray[np.intp]


class Sayings(NamedTuple):
    """What is known of clauses, a row each: log odds to fit any line, and of each line by the words alone; what tells how sure each line is
    (`targets.told_of`); what their sentences say of each line; whether a deed is told, with the numbers of their documents; and what who
    acts and when adds to the log odds of each line."""

    fits: Floats
    odds: Floats
    told: Floats
    sentences: Floats
    documents: Floats
    added: Floats


def best_lines(fits: Floats, odds: Floats) -> tuple[Numbers, Floats]:
    """The likeliest lines of each clause, best first, and how likely each is."""
    ranked = np.argsort(-odds, axis=1, kind="stable")[:, :MOST]
    return ranked, by_words(fits[:, None], np.take_along_axis(odds, ranked, axis=1))


def in_documents(said: Sayings, ranked: Numbers, scores: Floats, plans: NDArray[np.int64], trust: Linear) -> Floats:
    """The scores where the documents are known: the best line of each plan is as sure as all that is known makes it, and the others have
    their part of that. `plans` has the plan of each line, as a number."""
    words = by_words(said.fits[:, None], np.take_along_axis(said.odds, ranked, axis=1))
    told, sentences = (np.take_along_axis(part, ranked[:, :, None], axis=1) for part in (said.told, said.sentences))
    sure = trust.odds(trust_features(words, told, sentences, said.documents)) + np.take_along_axis(said.added, ranked, axis=1)
    here = plans[ranked]
    first_of_plan = (here[:, :, None] == here[:, None]).argmax(axis=2)
    share = scores / np.take_along_axis(scores, first_of_plan, axis=1)
    # A document never makes a tie much surer than its words do: "Good afternoon" is about no line, whoever says it.
    found: Floats = np.minimum(_probability(sure), SURER * scores) * share
    return found


def in_order(scores: Floats) -> Numbers:
    """The places of each row's scores, the highest first."""
    return np.argsort(-scores, axis=1, kind="stable")


def worth_a_look(fits: Floats, odds: Floats, least: float) -> Sequence[int]:
    """The clauses whose best line may reach a score, whatever their sentences and documents say: for most that fit nothing, those need not
    be looked at."""
    found: list[int] = np.flatnonzero(SURER * by_words(fits, odds.max(axis=1)) >= least).tolist()
    return found


def _probability(odds: Floats) -> Floats:
    values: Floats = (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
    return values
