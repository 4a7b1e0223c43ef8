"""Lessons for the commitment models: the stretches of a page that could be undertakings, and the gold commitments they fit."""

from collections.abc import Iterator, Sequence

from learning import Choice, learn_choice, learn_decision
from linear_training import fit_telling, mean_of
from msgspec import Struct
from statement_lessons import Lesson, Record, choice, is_without_name

from comity.evaluation.sameness import overlap, share_of_parties
from comity.reading.commitments import FORCES, CommitmentModels
from comity.reading.obligations import parties
from comity.reading.undertaking_forces import force_features
from comity.reading.undertaking_places import Ground, Stretch, may_be_one
from comity.reading.undertakings import Undertakings
from comity.reading.weights import LinearModel
from comity.records import Force, Statement

ORDERS = 2
"""Orders of the examples that the undertakings' model is averaged over."""
HALF = 0.5
"""How much of a yes a stretch is that would pass for a gold commitment without fitting it best."""


def train_commitments(lessons: Sequence[Lesson], found: dict[str, tuple[Statement, ...]]) -> CommitmentModels:
    """The three models of commitments."""
    sheets = [CommitmentSheet.of(lesson, found[lesson.gold.name]) for lesson in lessons]
    return CommitmentModels(
        undertakings=learn_undertakings([row for sheet in sheets for row in sheet.undertaking_rows()]),
        forces=LinearModel(learn_choice([row for sheet in sheets for row in sheet.force_rows()])),
        parties=LinearModel(learn_choice([row for sheet in sheets for row in sheet.party_rows()], rate=0.05, shrink=5e-5)),
    )


def learn_undertakings(rows: list[tuple[list[str], float]]) -> LinearModel:
    """The mean of two models that err differently (train, cross-validated: F1 .543 and .551 alone, .566 together)."""
    decided = [(features, wanted > HALF) for features, wanted in rows if wanted != HALF]
    return mean_of(learn_decision(rows, rounds=8, orders=ORDERS), fit_telling(decided, penalty=4, rounds=60).weights)


class CommitmentSheet(Struct):
    """The stretches of a page that could be undertakings, each with how much of which gold commitment it shares (None: of none)."""

    lesson: Lesson
    undertakings: Undertakings
    stretches: list[tuple[Stretch, list[str], float, Record | None]]

    @classmethod
    def of(cls, lesson: Lesson, statements: tuple[Statement, ...]) -> "CommitmentSheet":
        undertakings = Undertakings(lesson.page, lesson.layout, lesson.mentions, statements)
        gold = [record for record in lesson.gold.records["commitments"] if record["place"]]
        tokens = lesson.layout.tokens
        rows: list[tuple[Stretch, list[str], float, Record | None]] = []
        for ground in undertakings.grounds:
            for stretch, features in _stretches(undertakings, ground):
                place = (tokens[stretch.first].start, tokens[stretch.after - 1].end)
                shared, number = max(((overlap(place, record["place"]), -index) for index, record in enumerate(gold)), default=(0.0, 0))
                rows.append((stretch, features, shared, gold[-number] if shared else None))
        return cls(lesson, undertakings, rows)

    def undertaking_rows(self) -> Iterator[tuple[list[str], float]]:
        """Each stretch: yes where it fits a gold commitment best, half a yes where it would pass for it."""
        best: dict[int, float] = {}
        for _, _, shared, record in self.stretches:
            best[id(record)] = max(shared, best.get(id(record), 0.0))
        for _, features, shared, record in self.stretches:
            fits = shared >= 0.5
            yield features, 1.0 if fits and shared >= best[id(record)] - 0.02 else HALF if fits else 0.0

    def force_rows(self) -> Iterator[list[Choice]]:
        """Each stretch that fits a gold commitment, and its four forces."""
        for stretch, record in self._fitting():
            features = force_features(self.lesson.layout, stretch, self.undertakings.nearest_modal(stretch))
            yield [([f"{force}|{feature}" for feature in features], float(record["force"] == force)) for force in FORCES]

    def party_rows(self) -> Iterator[list[Choice]]:
        """Each stretch that fits a gold commitment, and those it may be by; nothing is taught where a named one is none of these."""
        for stretch, record in self._fitting():
            bound = parties(self.undertakings, stretch, self.undertakings.nearest_modal(stretch), Force(record["force"]))
            shares = [share_of_parties(record["by"], party.actors) for party in bound]
            if max(shares) < 0.5 and is_without_name(record["by"]):  # the right choice names none
                shares = [float(not party.actors) for party in bound]
            yield from choice((party.features, share * share if share >= 0.5 else 0.0) for party, share in zip(bound, shares, strict=True))

    def _fitting(self) -> Iterator[tuple[Stretch, Record]]:
        best: dict[int, tuple[float, Stretch, Record]] = {}
        for stretch, _, shared, record in self.stretches:
            if record is not None and shared >= 0.5 and shared > best.get(id(record), (0.0,))[0]:
                best[id(record)] = (shared, stretch, record)
        for _, stretch, record in best.values():
            yield stretch, record


def _stretches(undertakings: Undertakings, ground: Ground) -> Iterator[tuple[Stretch, list[str]]]:
    """Each stretch of a ground that may be one undertaking, with its features."""
    starts, ends = undertakings.edges(ground)
    base = undertakings.ground_features(ground)
    for start in starts:
        for end in ends:
            if may_be_one(start, end):
                features = [*base, *start.features, *end.features, *undertakings.whole(ground, start.at, end.at)]
                yield Stretch(start.at, end.at, ground), features
