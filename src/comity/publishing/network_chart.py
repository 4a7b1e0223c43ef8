"""The network as a drawing: the bodies of one party at the left, those of the other at the right, a curve for each pair.

Only geometry, in the units of an SVG; the words and colours are the template's. The table beside it holds every pair.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from comity.records import ActorId
from comity.tracking.network import Network, Tied

WIDTH, LEFT, RIGHT = 990, 380, 610
LETTERS = 52
"""As long as a name can be beside the drawing."""
TOP, STEP, FOOT = 20, 26, 14
MOST = 24
"""Bodies at a side; of more, those with the most pairs and reports."""
THIN, THICK = 1.5, 9.0


class Node(Struct, frozen=True):
    """A body at a height."""

    actor: ActorId
    y: float


class Curve(Struct, frozen=True, kw_only=True):
    """A pair from left to right; the more reports, the wider."""

    pair: Tied
    path: str
    width: float


class NetworkChart(Struct, frozen=True, kw_only=True):
    """`left_out` counts the pairs that have no room in the drawing."""

    left: tuple[Node, ...]
    right: tuple[Node, ...]
    curves: tuple[Curve, ...]
    height: int
    left_out: int


def draw_network(network: Network) -> NetworkChart | None:
    """The drawing; None where no pair is tied."""
    if not network.pairs:
        return None
    shown = _busiest([pair.a for pair in network.pairs], network.pairs), _busiest([pair.b for pair in network.pairs], network.pairs)
    drawn = [pair for pair in network.pairs if pair.a in shown[0] and pair.b in shown[1]]
    left = _nodes([actor for actor in shown[0] if any(pair.a == actor for pair in drawn)])
    right = _nodes([actor for actor in shown[1] if any(pair.b == actor for pair in drawn)])
    heights = {node.actor: node.y for node in left}, {node.actor: node.y for node in right}
    most = max((pair.counted for pair in drawn), default=0)
    return NetworkChart(
        left=left,
        right=right,
        curves=tuple(_curve(pair, heights[0][pair.a], heights[1][pair.b], most) for pair in reversed(drawn)),
        height=TOP + STEP * max(len(left), len(right)) + FOOT,
        left_out=len(network.pairs) - len(drawn),
    )


def _busiest(actors: Sequence[ActorId], pairs: Sequence[Tied]) -> list[ActorId]:
    """The bodies with the most reports, then with the most pairs."""
    pairs_of = Counter(actors)
    reports = Counter(dict.fromkeys(actors, 0))
    for actor, pair in zip(actors, pairs, strict=True):
        reports[actor] += pair.counted
    return sorted(pairs_of, key=lambda actor: (-reports[actor], -pairs_of[actor], actor))[:MOST]


def _nodes(actors: Sequence[ActorId]) -> tuple[Node, ...]:
    return tuple(Node(actor, TOP + STEP * place + STEP / 2) for place, actor in enumerate(actors))


def _curve(pair: Tied, start: float, end: float, most: int) -> Curve:
    middle = (LEFT + RIGHT) / 2
    share = (pair.counted / most) ** 0.5 if most else 0
    return Curve(
        pair=pair,
        path=f"M{LEFT} {start:g} C{middle:g} {start:g} {middle:g} {end:g} {RIGHT} {end:g}",
        width=round(THIN + (THICK - THIN) * share, 1),
    )
