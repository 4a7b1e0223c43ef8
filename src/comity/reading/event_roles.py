"""Who of those that an event's models take for parties is told to a reader, and on which side.

In: a scene and a trigger read as an event with its parties. Out: who acts and who is acted on. To leave a party out is better than to
name a wrong one, so each is named only where it is likely enough that it takes part so; in a deed done to somebody (an attack, an
arrest, a sanction) that holds for the likeliest one too. Bystanders are none: who only tells of a deed, a newspaper at a meeting, a state
in the name of a sea, of an ally or of talks, and whoever is not of the two after whom a meeting is called; those two are told.
Who stands where few take part (event_doubts.py) is told only where all else speaks for him.
"""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from comity.reading.event_destinations import destination
from comity.reading.event_doubts import doubtful, is_aside
from comity.reading.event_lists import in_list_with
from comity.reading.event_parties import Party, worth_naming
from comity.reading.event_repeats import Found
from comity.reading.event_scene import Scene, Trigger
from comity.reading.event_sides import VIOLENT, is_another, is_place, only_attends, only_tells, plainly_acts
from comity.reading.event_voice import side_features
from comity.reading.weights import LinearModel
from comity.records import ActorId

TOGETHER, APART, IN_A_DEED = 0.35, 0.35, 0.4
"""So likely somebody takes part in what all do together, and is on its side of what one does to another, or of a deed done to somebody. Of
6,274 events of documents that the models had not seen 45 % named a wrong party or turned sides without these and what the words say
plainly, 35 % with them at .35. Of those in a deed between .35 and .4 40 were right, 61 wrong."""
ELSEWHERE = 0.6
"""So likely takes part whom the event's sentence does not name (of 306 less likely ones 106 were right)."""
DOUBTFUL = 0.55
"""So likely is whoever stands where few take part. Less likely ones there are wrong more often than right."""
PLAIN = 0.95
"""So likely is the side that the words say plainly."""
HALF = 0.5
"""Who is likelier to act than to be acted on, acts."""
TELLS = 0.8
"""Who tells of a deed takes part in it only where so likely."""
IN_SENTENCE = "<>@"
DASHES = ("-", "–")


class Role(Struct, frozen=True):
    """A party with whether it acts, how likely it takes part so, and whether it stands where few do."""

    party: Party
    acts: bool
    likely: float
    doubtful: bool


class Known(Struct, frozen=True):
    """What is known of names that are no parties: `outlets`, newspapers and agencies; `seats`, the folded names of seats of government,
    with the state of each."""

    outlets: Collection[ActorId] = frozenset()
    seats: Mapping[str, ActorId] = MappingProxyType({})


NOTHING_KNOWN = Known()
Sides = tuple[tuple[ActorId, ...], tuple[ActorId, ...]]


def sides(scene: Scene, found: Found, model: LinearModel, known: Known) -> Sides:
    """All parties in the first where they act together; else those who act there, the others in the second."""
    pair = _called_after(scene, found.trigger) if found.mutual else ()
    parties = worth_naming(found.parties)
    taking_part = [p for p in parties if not _bystands(scene, found, p, known) and _is_of(scene, p, pair)]
    named = _named(found, [_role(scene, found, party, parties, model) for party in taking_part])
    acting = tuple(role.party.actor for role in named if role.acts)
    others = tuple(role.party.actor for role in named if not role.acts)
    acting, others = (
        (*acting, *in_list_with(scene, found.trigger, acting, others)),
        (*others, *in_list_with(scene, found.trigger, others, acting)),
    )
    told = {*acting, *(scene.state_of(actor) for actor in acting)}
    visited = destination(scene, found.trigger, known.seats) if acting and not others and not found.mutual else None
    return (*acting, *(actor for actor in pair if actor not in told)), others if visited is None or visited in told else (visited,)


def _bystands(scene: Scene, found: Found, party: Party, known: Known) -> bool:
    if not _in_sentence(party) and party.probability < ELSEWHERE:
        return True
    if is_another(scene, party) or is_place(scene, party) or (_in_sentence(party) and is_aside(scene, found.trigger, found.kind, party)):
        return True
    if _in_sentence(party) and only_attends(scene, found.trigger, party):
        return True
    if (found.mutual and _names_the_talks(scene, found.trigger, party, known.seats)) or (
        party.actor in known.outlets and found.kind not in VIOLENT
    ):
        return True
    return party.probability < TELLS and only_tells(scene, found.trigger, found.kind, party)


def _in_sentence(party: Party) -> bool:
    """Whether the event's sentence names it."""
    return party.candidate.features[0][0] in IN_SENTENCE


def _names_the_talks(scene: Scene, trigger: Trigger, party: Party, seats: Collection[str]) -> bool:
    """Whether it is only the city after which talks are called: "hòa đàm | Astana", "the Geneva talks"."""
    mention = party.candidate.mention
    if scene.text.folded[mention.start : mention.end] not in seats:
        return False
    return scene.token_at(mention.start) == trigger.after or scene.mechanism_over(mention.start, mention.end) is not None


def _called_after(scene: Scene, trigger: Trigger) -> tuple[ActorId, ...]:
    """The two after whom a meeting is called: "hội nghị thượng đỉnh | Peru - Malta", also as one name."""
    behind = [m for m in scene.named_in(trigger.sentence) if m.start >= trigger.end]
    if len(behind) < 2 or scene.token_at(behind[0].outer_start) != trigger.after:
        return ()
    joint = scene.text.folded[behind[0].outer_end : behind[1].outer_start].strip()
    return (*behind[0].actors, *behind[1].actors) if joint in DASHES else ()


def _is_of(scene: Scene, party: Party, pair: Collection[ActorId]) -> bool:
    """Whether somebody is one of a pair or stands for one of it."""
    return not pair or party.actor in pair or scene.state_of(party.actor) in pair


def _role(scene: Scene, found: Found, party: Party, parties: Sequence[Party], model: LinearModel) -> Role:
    plain = None if found.mutual else plainly_acts(scene, found.trigger, found.kind, party)
    acting = 1.0 if found.mutual else _acting(scene, found, party, parties, model, plain)
    acts = acting >= HALF
    doubt = _in_sentence(party) and doubtful(scene, found.trigger, found.kind, party, acts=acts, plain=plain is not None)
    return Role(party, acts, party.probability * max(acting, 1 - acting), doubt)


def _acting(scene: Scene, found: Found, party: Party, parties: Sequence[Party], model: LinearModel, plain: bool | None) -> float:
    """How likely a party acts, as the words say plainly, or by the model."""
    if plain is not None:
        return PLAIN if plain else 1 - PLAIN
    return model.probability(side_features(scene, found.trigger, found.kind, party, parties))


def _named(found: Found, roles: Sequence[Role]) -> list[Role]:
    least = TOGETHER if found.mutual else (IN_A_DEED if found.kind in VIOLENT else APART)
    spared = None if found.kind in VIOLENT else max(roles, key=lambda role: role.party.probability, default=None)
    return [role for role in roles if (role is spared and not role.doubtful) or role.likely >= (DOUBTFUL if role.doubtful else least)]
