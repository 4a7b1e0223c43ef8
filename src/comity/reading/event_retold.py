"""Parties looked at a second time: who takes part in the other events of the type that the text tells.

"Trump và Kim gặp nhau ở Singapore. ... Sau cuộc gặp, ...": the second sentence names nobody, or somebody else; the first says whose the
meeting is. In: for each trigger and type how likely each candidate takes part, judged by its sentence alone. Out: the same again, judged by
that and by how likely the actor takes part elsewhere, with those added who take part in most events of the type.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from comity.reading.event_candidates import elsewhere
from comity.reading.event_parties import Party
from comity.reading.event_scene import Scene, Trigger
from comity.reading.mentions import Mention
from comity.reading.weights import LinearModel
from comity.records import ActorId, EventType

Likely = Mapping[ActorId, Party]
"""The candidates of a trigger for a type, by actor."""
Group = tuple[EventType, str, str]
"""Events that may tell of the same: a type, with a word or a kind of words."""

ADDED, CONSIDERED = 3, 10
"""So many of those who take part most are thought of where the sentence does not name them; so many are looked at again."""
LEAST = 0.01
"""Who is less likely is not looked at again; so likely is one whom the sentence does not name."""
BELOW = 0.001
"""How likely there is somebody else, where there is nobody else."""
OWN = (0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.18, 0.27, 0.38, 0.5, 0.62, 0.73, 0.82, 0.88, 0.92, 0.95, 0.97, 0.98)
AHEAD, SHARES = (0.2, 0.5, 0.9, 1.1, 2, 5), (0.03, 0.1, 0.25, 0.5, 0.75, 0.9)
"""Bounds of buckets."""


class Retold:
    """All triggers of a text, with their candidates as their sentences alone let them be judged."""

    def __init__(self, scene: Scene, first: Sequence[Mapping[EventType, Likely]]) -> None:
        self._scene, self._first = scene, first
        self._count: Counter[Group] = Counter()
        self._sum: dict[EventType, dict[ActorId, float]] = {kind: {} for kinds in first for kind in kinds}
        self._best: dict[tuple[Group, ActorId], list[tuple[float, int]]] = defaultdict(list)
        for index, (trigger, kinds) in enumerate(zip(scene.triggers, first, strict=True)):
            for kind, parties in kinds.items():
                groups = _groups(trigger, kind)
                self._count.update(groups)
                for actor, party in parties.items():
                    if party.probability >= LEAST:
                        self._sum[kind][actor] = self._sum[kind].get(actor, 0.0) + party.probability
                        for group in groups:
                            _keep_best(self._best[group, actor], (party.probability, index))
        self._most = {kind: sorted(sums, key=lambda actor: (-sums[actor], actor))[:ADDED] for kind, sums in self._sum.items()}
        self._named: dict[ActorId, tuple[str, str]] = {}
        self._mentions: dict[ActorId, Mention] = {}
        for mention in scene.mentions.all:
            for actor in mention.actors:
                self._mentions.setdefault(actor, mention)

    def parties(self, index: int, kind: EventType, model: LinearModel) -> list[Party]:
        """The candidates of a trigger for a type with how likely they are in the light of all others."""
        return [msgspec.structs.replace(party, probability=model.probability(features)) for party, features in self.candidates(index, kind)]

    def candidates(self, index: int, kind: EventType) -> list[tuple[Party, list[str]]]:
        """The candidates of a trigger for a type with the features that tell whether they are parties."""
        trigger = self._scene.triggers[index]
        own = [party for party in self._first[index][kind].values() if party.probability >= LEAST]
        named = {party.actor for party in own}
        for actor in self._most[kind]:
            if actor not in named and actor in self._mentions:
                mention = self._mentions[actor]
                own.append(Party(actor, mention.type, LEAST, elsewhere(self._scene, trigger, mention)))
        ranked = sorted(own, key=lambda party: (-party.probability, party.actor))[:CONSIDERED]
        chances = {party.actor: party.probability for party in ranked}
        states = {party.actor: self._scene.state_of(party.actor) for party in ranked}
        many = min(4, sum(party.probability >= 0.4 for party in ranked))
        groups = _groups(trigger, kind)
        return [(party, self._features(index, kind, groups, ranked, rank, many, chances, states)) for rank, party in enumerate(ranked)]

    def _features(
        self,
        index: int,
        kind: EventType,
        groups: list[Group],
        ranked: Sequence[Party],
        rank: int,
        many: int,
        chances: Mapping[ActorId, float],
        states: Mapping[ActorId, ActorId],
    ) -> list[str]:
        """How likely it is by its sentence (b), which in the order (r) and how far ahead (g); how likely elsewhere, by type (o, t) and by
        like words (m); who it is (y), whom it stands for (d) or who for it (v), where it is named (p, h) and how often (l)."""
        party = ranked[rank]
        actor, letter, place = party.actor, party.type[0] + party.candidate.mention.form[0], party.candidate.features[0][0]
        rival = ranked[0 if rank else 1].probability if len(ranked) > 1 else BELOW
        own, order = bisect_right(OWN, party.probability), min(rank, 4)
        ahead = bisect_right(AHEAD, party.probability / rival)
        others = self._count[groups[0]] - 1
        total = self._sum[kind].get(actor, 0.0)
        share = _bucket(max(0.0, total - party.probability) / others) if others else "-"
        best = self._elsewhere(groups[:1], actor, index) if others else "-"
        twin = self._elsewhere(groups[1:], actor, index) if any(self._count[group] > 1 for group in groups[1:]) else "-"
        stands, stood = self._stands(actor, kind, chances, states), self._stood_for(actor, kind, chances, states)
        few, half, trigger = min(3, others), own // 2, self._scene.triggers[index]
        head, named = self._named.get(actor) or self._how_named(actor)
        return [
            "bias", f"b{own}", f"r{order}", f"g{ahead}", f"b{half}r{order}g{ahead}", f"b{own}g{ahead}",
            f"m{twin}", f"m{twin}b{half}", f"o{best}n{few}", f"o{best}b{half}", f"t{share}n{few}", f"t{share}b{half}",
            f"y{letter}", f"y{letter}m{twin}", f"y{letter}t{share}", f"y{letter}{kind}",
            f"v{stood}", f"v{stood}b{half}", f"d{stands}", f"d{stands}b{half}", f"v{stood}d{stands}y{letter}{kind}",
            f"v{stood}q{trigger.kin}", f"d{stands}q{trigger.kin}",
            f"k{kind}b{half}", f"k{kind}m{twin}", f"k{kind}r{order}", f"p{place}m{twin}", f"p{place}t{share}r{order}", f"p{place}b{half}",
            f"y{letter}w{trigger.word}", f"v{stood}w{trigger.word}", f"d{stands}w{trigger.word}",
            f"h{head}p{place}", f"h{head}b{half}", f"h{head}y{letter}m{twin}",
            f"c{many}b{half}", f"c{many}r{order}", f"c{many}y{letter}", f"l{named}b{half}", f"l{named}y{letter}", f"l{named}p{place}",
            f"s{min(5, trigger.sentence)}m{twin}",
        ]  # fmt: skip

    def _elsewhere(self, groups: Sequence[Group], actor: ActorId, index: int) -> str:
        """How likely the actor takes part in another event of the groups, at most."""
        return _bucket(max((p for group in groups for p, at in self._best.get((group, actor), ()) if at != index), default=0.0))

    def _how_named(self, actor: ActorId) -> tuple[str, str]:
        """Whether the headline names it, and how often the text does."""
        first = self._mentions.get(actor)
        head = "-" if first is None else (str(first.start < self._scene.headline.end) if self._scene.headline else "0")
        known = self._named[actor] = head, _bucket(self._scene.prominence(actor))
        return known

    def _stands(self, actor: ActorId, kind: EventType, chances: Mapping[ActorId, float], states: Mapping[ActorId, ActorId]) -> str:
        """Whether somebody stands for a state or body, how likely that one takes part here, and who of the two does so more elsewhere."""
        state = states[actor]
        return "-" if state == actor else self._against(actor, state, kind, chances)

    def _stood_for(self, actor: ActorId, kind: EventType, chances: Mapping[ActorId, float], states: Mapping[ActorId, ActorId]) -> str:
        """Whether a state or body has somebody who stands for it among the candidates, and the same of the two."""
        standing = [other for other, state in states.items() if state == actor and other != actor]
        return self._against(actor, max(standing, key=chances.__getitem__), kind, chances) if standing else "-"

    def _against(self, actor: ActorId, other: ActorId, kind: EventType, chances: Mapping[ActorId, float]) -> str:
        mine, its = (self._sum[kind].get(one, 0.0) for one in (actor, other))
        more = "=" if not its else (">" if mine > its else "<")
        return f"{_bucket(chances.get(other, 0.0))}{more}"


def _groups(trigger: Trigger, kind: EventType) -> list[Group]:
    """The events that may tell of the same: those of the type; of these those with the word, and those with its kind of words."""
    return [(kind, "", ""), (kind, trigger.word, ""), *([(kind, "", trigger.kin)] if trigger.kin else [])]


def _keep_best(best: list[tuple[float, int]], one: tuple[float, int]) -> None:
    """The two likeliest, the likelier first."""
    if len(best) < 2 or one > best[1]:
        best[1:] = [one]
        best.sort(reverse=True)


def _bucket(share: float) -> str:
    return str(bisect_right(SHARES, share))
