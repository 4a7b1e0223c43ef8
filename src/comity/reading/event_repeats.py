"""One report an occurrence: which of several triggers tell of the same event.

In: what was found, in the order of the text. Out: of those that tell the same, the likeliest. Two triggers of one type tell the same where
they touch ("tổ chức hội nghị thượng đỉnh", "attended | the third Malta - Peru | dialogue"), or where the words are of one kind, the
parties the same (who meets for a state stands for it) and neither date nor mechanism speaks against it: "Trump gặp Kim ... cuộc gặp
Mỹ - Triều". Of two that touch the date of either is the event's.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from comity.intervals import overlap
from comity.reading.event_parties import Party
from comity.reading.event_scene import Scene, Trigger
from comity.records import EventType, MechanismMention

NEAR = 20
"""Two triggers of one type so near in a sentence are one event."""
APART = frozenset(",;:()")
NAME = 12
"""So many words the name of a meeting that is attended has at most."""


class Found(Struct, frozen=True):
    """A trigger read as an event of a type, with its parties and how likely it is, judged by which features."""

    trigger: Trigger
    kind: EventType
    mutual: bool
    parties: tuple[Party, ...]
    probability: float
    features: list[str]


class Dated(Struct, frozen=True):
    """What was found, with its date and the meeting it belongs to."""

    found: Found
    when: str | None
    mechanism: MechanismMention | None


def told_once(scene: Scene, dated: Sequence[Dated]) -> list[Dated]:
    """Those that tell of different events, in the order of the text."""
    kept: list[Dated] = []
    for one in sorted(dated, key=lambda d: (-d.found.probability, d.found.trigger.start)):
        told = next((place for place, other in enumerate(kept) if other.found.kind == one.found.kind and _one(scene, one, other)), None)
        if told is None:
            kept.append(one)
        elif kept[told].when is None and _touch(scene, one.found, kept[told].found):
            kept[told] = replace(kept[told], when=one.when)
    return sorted(kept, key=lambda d: d.found.trigger.start)


def _one(scene: Scene, one: Dated, other: Dated) -> bool:
    return _touch(scene, one.found, other.found) or _same(scene, one, other)


def _touch(scene: Scene, one: Found, other: Found) -> bool:
    first, second = sorted((one.trigger, other.trigger), key=lambda trigger: trigger.start)
    if first.sentence != second.sentence:
        return False
    return second.start - first.end <= NEAR or _is_attended(scene, first, second)


def _is_attended(scene: Scene, verb: Trigger, meeting: Trigger) -> bool:
    """Whether a meeting is what a verb of taking part is about: nothing but its own name stands between."""
    if verb.word not in scene.lexicon.attends or meeting.first - verb.after > NAME:
        return False
    between = scene.words[verb.after : meeting.first]
    return not any(word in scene.lexicon.opens or word in APART for word in between)


def _same(scene: Scene, one: Dated, other: Dated) -> bool:
    return (
        _alike(one.found.trigger, other.found.trigger)
        and bool(one.found.parties)
        and _states(scene, one.found) == _states(scene, other.found)
        and _may_be_one_day(one.when, other.when)
        and _may_be_one_meeting(one.mechanism, other.mechanism)
    )


def _alike(one: Trigger, other: Trigger) -> bool:
    return one.word == other.word or (bool(one.kin) and one.kin == other.kin)


def _states(scene: Scene, found: Found) -> frozenset[str]:
    return frozenset(scene.state_of(party.actor) for party in found.parties)


def _may_be_one_day(one: str | None, other: str | None) -> bool:
    """Whether some day lies in both dates ("2019-02" may be "2019-02-27", and so may "2019-02-26/2019-02-28")."""
    return not one or not other or overlap(one, other)


def _may_be_one_meeting(one: MechanismMention | None, other: MechanismMention | None) -> bool:
    return one is None or other is None or (one.name == other.name and (one.number or 0) == (other.number or 0))
