"""Undertakings, agreed lines and proposals for the future: who, what, how binding, by when; one record for each member of a list.

In come a page, its mentions, dates and statements; out come the commitments in the order of the text. The words around them are data
(`languages/*/commitments.yaml`); which stretches of the words reported are one, by whom and with what force is taught by examples
(`tools/train_statements.py`).
"""

from collections.abc import Iterator
from functools import cached_property
from math import exp, log
from typing import NamedTuple

from msgspec.structs import replace

from comity.intervals import IsoDate, last_day
from comity.knowledge.folded import fold
from comity.reading.commitment_words import commitment_words
from comity.reading.layout import Layout, layout_of
from comity.reading.mentions import Mentions
from comity.reading.obligations import Party, parties
from comity.reading.page import Page
from comity.reading.signatories import is_nameless
from comity.reading.undertaking_forces import as_told, force_features
from comity.reading.undertaking_places import Ground, Stretch, may_be_one
from comity.reading.undertakings import Undertakings
from comity.reading.weights import LinearModel, load_weights
from comity.records import Act, ActorId, Commitment, DateMention, Force, LanguageCode, Statement

WORTH = 0.2
"""A stretch this likely to be an undertaking is worth reporting. On the training documents (cross-validated) F1 is .562 at .15, .546 at .2
and .539 at .25, precision .56, .59 and .64: what is none costs a reader more than what is missing."""
UNSURE, UNSURE_APART = 0.4, 0.5
"""Whoever is less likely than this to be bound is not named; more is asked of those apart from the words reported. Of the undertakings that
teach (cross-validated, their words given) 66 in 100 are laid to the right ones, 17 to others; with 0.6 for those apart 65 and 15."""
WORTH_SCORE = log(WORTH / (1 - WORTH))
FORCES = tuple(Force)
DATE_REACH = 12
"""Characters after an undertaking in which its date may still stand ("..., by 2030")."""


class CommitmentModels(NamedTuple):
    """The three models a commitment takes."""

    undertakings: LinearModel
    forces: LinearModel
    parties: LinearModel


class CommitmentGrammar:
    """Finds the commitments of one language. `outlets` are newspapers and agencies: they report, and undertake nothing."""

    def __init__(self, language: LanguageCode, models: CommitmentModels | None = None, outlets: frozenset[ActorId] = frozenset()) -> None:
        self._models = models
        self._outlets = outlets
        words = commitment_words(language)
        self.due_words = frozenset(words.due)
        self.made = tuple(f" {fold(phrase)}" for phrase in words.made)

    @cached_property
    def models(self) -> CommitmentModels:
        """Loaded at the first page, so that the grammar can be made while its models are being trained."""
        return self._models or CommitmentModels(**load_weights("commitments"))

    def find(
        self, page: Page, mentions: Mentions, dates: tuple[DateMention, ...], statements: tuple[Statement, ...]
    ) -> tuple[Commitment, ...]:
        """The commitments of a page, in order."""
        layout = layout_of(page, mentions)
        undertakings = Undertakings(page, layout, mentions, statements)
        scored = [pair for ground in undertakings.grounds for pair in self._scored(undertakings, ground)]
        last: Stretch | None = None
        result: list[Commitment] = []
        for stretch in best_apart(scored):
            made = self._commitment(page, layout, undertakings, stretch, dates)
            if made.force is Force.AGREED and not made.by and is_one_speaking(stretch):
                continue
            if last is not None and undertakings.go_on(last, stretch):
                made = replace(made, by=result[-1].by, force=result[-1].force)
            result.append(made)
            last = stretch
        return tuple(result)

    def _scored(self, undertakings: Undertakings, ground: Ground) -> Iterator[tuple[float, Stretch]]:
        """Each stretch of a ground and how far its probability is above what is worth reporting."""
        model = self.models.undertakings
        starts, ends = undertakings.edges(ground)
        base = model.score(undertakings.ground_features(ground))
        closings = [(end, model.score(end.features)) for end in ends]
        for start in starts:
            opening = base + model.score(start.features)
            for end, closing in closings:
                if may_be_one(start, end):
                    score = opening + closing + model.score(undertakings.whole(ground, start.at, end.at))
                    if score > WORTH_SCORE:
                        yield 1 / (1 + exp(-score)) - WORTH, Stretch(start.at, end.at, ground)

    def _commitment(
        self, page: Page, layout: Layout, undertakings: Undertakings, stretch: Stretch, dates: tuple[DateMention, ...]
    ) -> Commitment:
        start, end = layout.tokens[stretch.first].start, layout.tokens[stretch.after - 1].end
        force, by = self._undertaken(layout, undertakings, stretch)
        return Commitment(
            evidence=page.evidence(start, page.closed(start, end)), by=by, force=force, due=self._due(page, start, end, dates)
        )

    def _undertaken(self, layout: Layout, undertakings: Undertakings, stretch: Stretch) -> tuple[Force, tuple[ActorId, ...]]:
        """How binding it is and by whom; nobody agrees alone, unless the words say so."""
        modal = undertakings.nearest_modal(stretch)
        features = force_features(layout, stretch, modal)
        forces = sorted(FORCES, key=lambda force: -self.models.forces.score([f"{force}|{feature}" for feature in features]))
        if forces[0] is Force.PLEDGED and undertakings.hoped_for(stretch):
            forces.insert(0, forces.pop(forces.index(Force.REQUESTED)))  # "hopes that both sides will agree"
        elif forces[0] is Force.PLEDGED and undertakings.is_demanded(stretch):
            forces = sorted(forces[1:], key=lambda force: force is Force.AGREED)  # "We must maintain", "their demand to end ..."
        else:
            forces = as_told(forces, stretch)
        force, by = forces[0], self._likeliest(parties(undertakings, stretch, modal, forces[0]), stretch, forces[0])
        if force is Force.AGREED and is_one(by) and not is_agreement(stretch):
            return forces[1], self._likeliest(parties(undertakings, stretch, modal, forces[1]), stretch, forces[1])
        return force, by

    def _likeliest(self, bound: list[Party], stretch: Stretch, force: Force) -> tuple[ActorId, ...]:
        """Whom it is by, where that is likely enough; where it is told as agreed to, not one alone who stands apart."""
        scores = [self.models.parties.score(party.features) for party in bound]
        top = max(scores)
        best = bound[scores.index(top)]
        alone = force is Force.AGREED and is_agreement(stretch) and best.apart and is_one(best.actors)
        if alone or best.barred or self._outlets.intersection(best.actors):
            return ()
        least = UNSURE_APART if best.apart else UNSURE
        return best.actors if least * sum(exp(score - top) for score in scores) <= 1 else ()

    def _due(self, page: Page, start: int, end: int, dates: tuple[DateMention, ...]) -> IsoDate | None:
        """The date by which it shall be done: in or just after the words, with a word such as "by" before it, later than the day of
        publication and no time that ended then ("the past year").

        Where the day of publication is not known, no date is taken that tells when something came to be ("a declaration signed in 2011").
        """
        published = page.document.published
        for date in dates:
            place = date.evidence
            if place.start < start or place.start > end + DATE_REACH or date.iso is None:
                continue
            before = page.folded.folded[max(0, place.start - 40) : place.start].split()
            opens = page.folded.folded[place.start : place.end].split()
            if not self.due_words & {*before[-2:], *opens[:1]}:
                continue
            if (
                published is not None
                and last_day(date.iso) > last_day(published)
                and not published.startswith(date.iso.partition("/")[2] or "-")
            ):
                return date.iso
            if published is None and not any(f" {' '.join(before[:-left])}".endswith(self.made) for left in (1, 2)):
                return date.iso
        return None


def is_one(actors: tuple[ActorId, ...]) -> bool:
    """Whether they are one person or body, that cannot agree among itself."""
    return len(actors) == 1 and not is_nameless(actors[0])


def is_one_speaking(stretch: Stretch) -> bool:
    """Whether the words are those of one, not told as agreed to: what nobody is named to have agreed there is an aim spoken of."""
    return stretch.ground.statement is not None and is_one(stretch.ground.statement.speaker) and not is_agreement(stretch)


def is_agreement(stretch: Stretch) -> bool:
    """Whether the words are told as agreed to ("nhất trí", "agreed that")."""
    return stretch.ground.statement is not None and stretch.ground.statement.act is Act.AGREE


def best_apart(stretches: list[tuple[float, Stretch]]) -> list[Stretch]:
    """The stretches of which none overlaps another and whose scores sum highest; those below zero are never worth it."""
    ordered = sorted(((score, stretch) for score, stretch in stretches if score > 0), key=lambda pair: (pair[1].after, pair[1].first))
    best: list[float] = [0.0]
    taken: list[int] = []
    for index, (score, stretch) in enumerate(ordered):
        before = index
        while before > 0 and ordered[before - 1][1].after > stretch.first:
            before -= 1
        taken.append(before if best[before] + score > best[-1] else -1)
        best.append(max(best[-1], best[before] + score))
    result = []
    index = len(ordered)
    while index > 0:
        if taken[index - 1] >= 0:
            result.append(ordered[index - 1][1])
            index = taken[index - 1]
        else:
            index -= 1
    return result[::-1]
