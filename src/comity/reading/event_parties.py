"""Who takes part in an event: the choice among the mentions about a trigger, by how likely each is to be a party."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from comity.reading.event_candidates import Candidate, of_type
from comity.reading.weights import LinearModel
from comity.records import ActorId, ActorType, EventType

MOST, CONSIDERED = 8, 10
"""So many parties are given at most; so many are thought of."""
HOPELESS, NEGLIGIBLE = 0.05, 0.03
NAMED = 0.3
"""Beside the likeliest party nobody less likely is named. It costs some that take part and spares four times as many that do not: in 140
random documents 878 right and 344 wrong, 900 and 431 without it; events as a whole F1 .504 and .510."""

Weighed = tuple[Candidate, float]
"""A candidate and what speaks for it (log odds) whatever the event's type."""


class Party(Struct, frozen=True):
    actor: ActorId
    type: ActorType
    probability: float
    candidate: Candidate

    @property
    def start(self) -> int:
        return self.candidate.mention.outer_start

    @property
    def before(self) -> bool:
        return self.candidate.before


def weighed(found: Sequence[Candidate], model: LinearModel) -> list[Weighed]:
    """The candidates with what speaks for them whatever the event's type."""
    return [(candidate, model.score(candidate.features)) for candidate in found]


def likely(found: Sequence[Weighed], kind: EventType, mutual: bool, model: LinearModel) -> dict[ActorId, Party]:
    """For each actor the mention that makes it likeliest that it takes part in an event of a type."""
    best: dict[ActorId, Party] = {}
    for candidate, weight in found:
        probability = model.probability(of_type(candidate, kind, mutual), plus=weight)
        mention = candidate.mention
        for actor in mention.actors:
            if actor not in best or best[actor].probability < probability:
                best[actor] = Party(actor, mention.type, probability, candidate)
    return best


def choose(parties: Iterable[Party]) -> list[Party]:
    """The parties, likeliest first: as many as make it likeliest that they are at least half right and at least half of all, and whoever
    else a word of theirs stands for ("we", "the two sides")."""
    ranked = sorted((p for p in parties if p.probability >= NEGLIGIBLE), key=lambda p: (-p.probability, p.actor))
    if not ranked or ranked[0].probability < HOPELESS:
        return []
    first = ranked[:CONSIDERED]
    chosen = first[: _likeliest_size([party.probability for party in first])] if len(first) > 1 else first
    return chosen + [one for one in ranked[len(chosen) :] if any(one.candidate is other.candidate for other in chosen)]


def worth_naming(parties: Sequence[Party]) -> tuple[Party, ...]:
    """The parties that are told to a reader: the likeliest one, and the others likely enough."""
    likeliest = max(parties, key=lambda party: party.probability, default=None)
    return tuple(party for party in parties if party is likeliest or party.probability >= NAMED)


def _likeliest_size(probabilities: list[float]) -> int:
    """How many of the first make it likeliest that at least half of them are parties and that they are at least half of all parties."""
    right, left = [[1.0]], [[1.0]]
    for probability in probabilities[:MOST]:
        right.append(_with_one_more(right[-1], probability))
    for probability in reversed(probabilities):
        left.append(_with_one_more(left[-1], probability))
    left.reverse()
    chances = [
        sum(a * sum(left[size][: hits + 1]) for hits, a in enumerate(right[size]) if hits and 2 * hits >= size)
        for size in range(1, len(right))
    ]
    return 1 + max(range(len(chances)), key=lambda i: (chances[i], -i))


def _with_one_more(counts: list[float], probability: float) -> list[float]:
    """How likely each number of hits is, after one more that is a hit with a probability."""
    miss = 1 - probability
    return [a * miss + b * probability for a, b in zip([*counts, 0.0], [0.0, *counts], strict=True)]
