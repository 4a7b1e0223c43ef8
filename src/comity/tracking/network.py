"""Which bodies of the two parties work together: by the pack's ties, each with its source, and by the event reports with both in them.

In come the pack, the knowledge and a view; out come pairs, one body of each party, with what ties them. What a source says (ties) and what
Comity counts (reports) stay apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from comity.knowledge import Knowledge, Pack
from comity.knowledge.folded import Folded
from comity.knowledge.matcher import Matcher
from comity.knowledge.schema import Tie
from comity.records import ActorId, ActorType, ThemeId
from comity.register import View
from comity.register.together import Together, together


class Tied(Struct, frozen=True, kw_only=True):
    """A body of one party and one of the other; `reports` counts event reports with both in them, by year (0: undated)."""

    a: ActorId
    b: ActorId
    ties: tuple[Tie, ...]
    reports: Mapping[int, int]

    @property
    def counted(self) -> int:
        return sum(self.reports.values())


class Network(Struct, frozen=True, kw_only=True):
    """`parties` are the two sides; `pairs` come with the most reports first, then with the most ties. `years` are those of any report."""

    parties: tuple[ActorId, ActorId]
    pairs: tuple[Tied, ...]
    years: tuple[int, ...]


def build_network(pack: Pack, knowledge: Knowledge, view: View, *, theme: ThemeId | None = None, year: int | None = None) -> Network | None:
    """The network of a pack's first two parties, narrowed to a theme and a year; None where the pack has fewer. Ties have no year, so that
    a year leaves only what was counted."""
    if len(pack.partnership.parties) < 2:
        return None
    first, second = pack.partnership.parties[:2]
    sides = _sides(pack, knowledge, first, second)
    ties = _ties(pack, sides) if year is None else {}
    named = _themes_of(knowledge, ties) if theme else {}
    found = list(together(view, sides[first], sides[second], theme))
    reports: dict[tuple[ActorId, ActorId], Counter[int]] = defaultdict(Counter)
    for one in found:
        if year is None or one.year == year:
            reports[one.a, one.b][one.year or 0] += one.reports
    kept = {pair: [tie for tie in some if theme is None or theme in named[id(tie)]] for pair, some in ties.items()}
    pairs = [
        Tied(a=a, b=b, ties=tuple(kept.get((a, b), ())), reports=dict(sorted(reports[a, b].items())))
        for a, b in {*(pair for pair, some in kept.items() if some), *reports}
    ]
    return Network(parties=(first, second), pairs=tuple(sorted(pairs, key=_rank)), years=_years(found))


def _rank(pair: Tied) -> tuple[int, int, ActorId, ActorId]:
    return -pair.counted, -len(pair.ties), pair.a, pair.b


def _years(found: Iterable[Together]) -> tuple[int, ...]:
    return tuple(sorted({one.year for one in found if one.year}, reverse=True))


def _sides(pack: Pack, knowledge: Knowledge, first: ActorId, second: ActorId) -> dict[ActorId, frozenset[ActorId]]:
    """The bodies of each party: itself, what is part of it at any depth, a state's own bodies, and those that the pack ties to the other
    party's bodies."""
    members: dict[ActorId, set[ActorId]] = {first: {first}, second: {second}}
    for actor in knowledge.actors.values():
        for party in (first, second) if actor.type is not ActorType.PERSON else ():
            if party in _above(actor.id, knowledge):
                members[party].add(actor.id)
    for party, other in ((first, second), (second, first)):
        tied = {actor.id for actor in pack.actors for tie in actor.ties if set(tie.with_) & members[other]}
        members[party] |= tied - members[other]
    members[second] -= members[first]
    return {party: frozenset(bodies) for party, bodies in members.items()}


def _above(actor: ActorId, knowledge: Knowledge) -> set[ActorId]:
    """What an actor is part of, up to the top."""
    above: set[ActorId] = set()
    while (known := knowledge.actors.get(actor)) and (higher := known.part_of or known.state) and higher not in above:
        above.add(higher)
        actor = higher
    return above


def _ties(pack: Pack, sides: Mapping[ActorId, frozenset[ActorId]]) -> dict[tuple[ActorId, ActorId], list[Tie]]:
    """The pack's ties between the sides, whichever side they are written at."""
    one, two = sides.values()
    ties: dict[tuple[ActorId, ActorId], list[Tie]] = defaultdict(list)
    for actor in pack.actors:
        for tie in actor.ties:
            for other in tie.with_:
                if actor.id in one and other in two:
                    ties[actor.id, other].append(tie)
                elif actor.id in two and other in one:
                    ties[other, actor.id].append(tie)
    return ties


def _themes_of(knowledge: Knowledge, ties: Mapping[tuple[ActorId, ActorId], list[Tie]]) -> dict[int, frozenset[ThemeId]]:
    """The themes that the words of each tie name, by the tie's identity."""
    languages = {language for theme in knowledge.themes.values() for language in theme.strong}
    terms = {
        language: Matcher((term, theme.id) for theme in knowledge.themes.values() for term in theme.strong.get(language, ()))
        for language in sorted(languages)
    }
    return {
        id(tie): frozenset(
            theme
            for language, words in tie.on.items()
            if language in terms
            for match in terms[language].find_all(Folded(words))
            for theme in match.values
        )
        for some in ties.values()
        for tie in some
    }
