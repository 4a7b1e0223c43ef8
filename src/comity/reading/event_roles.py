"""Who of those that an event's models take for parties is told to a reader, and on which side.

In: a scene and a trigger read as an event with its parties. Out: who acts and who is acted on. To leave a party out is better than to
name a wrong one, so each is named only where it is likely enough that it takes part so; in a deed done to somebody (an attack, an
arrest, a sanction) that holds for the likeliest one too. Bystanders are none: who only tells of a deed, a newspaper at a meeting, a state
in the name of a sea, and whoever is not of the two after whom a meeting is called; those two are told.
"""

from collections.abc import Collection, Sequence

from msgspec import Struct

from comity.reading.event_parties import Party, worth_naming
from comity.reading.event_repeats import Found
from comity.reading.event_scene import Scene, Trigger
from comity.reading.event_sides import VIOLENT, is_place, only_tells, plainly_acts
from comity.reading.event_voice import side_features
from comity.reading.weights import LinearModel
from comity.records import ActorId

TOGETHER, APART = 0.35, 0.35
"""So likely somebody takes part in what all do together, and is on its side of what one does to another. Of 6,274 events of documents that
the models had not seen 45 % named a wrong party or turned sides without these and what the words say plainly, 35 % with them; with all
parties and sides right 42 % each."""
ELSEWHERE = 0.6
"""So likely takes part whom the event's sentence does not name (of 306 less likely ones 106 were right)."""
PLAIN = 0.95
"""So likely is the side that the words say plainly."""
HALF = 0.5
"""Who is likelier to act than to be acted on, acts."""
TELLS = 0.8
"""Who tells of a deed takes part in it only where so likely."""
IN_SENTENCE = "<>@"
DASHES = ("-", "–")


class Role(Struct, frozen=True):
    """A party with whether it acts and how likely it takes part so."""

    party: Party
    acts: bool
    likely: float


Sides = tuple[tuple[ActorId, ...], tuple[ActorId, ...]]


def sides(scene: Scene, found: Found, model: LinearModel, outlets: Collection[ActorId]) -> Sides:
    """All parties in the first where they act together; else those who act there, the others in the second. `outlets`: newspapers and
    agencies."""
    pair = _called_after(scene, found.trigger) if found.mutual else ()
    parties = worth_naming(found.parties)
    taking_part = [p for p in parties if not _bystands(scene, found, p, outlets) and _is_of(scene, p, pair)]
    named = _named(found, [_role(scene, found, party, parties, model) for party in taking_part])
    acting = tuple(role.party.actor for role in named if role.acts)
    told = {*acting, *(scene.state_of(actor) for actor in acting)}
    return (*acting, *(actor for actor in pair if actor not in told)), tuple(role.party.actor for role in named if not role.acts)


def _bystands(scene: Scene, found: Found, party: Party, outlets: Collection[ActorId]) -> bool:
    if party.candidate.features[0][0] not in IN_SENTENCE and party.probability < ELSEWHERE:
        return True
    if is_place(scene, party) or (party.actor in outlets and found.kind not in VIOLENT):
        return True
    return party.probability < TELLS and only_tells(scene, found.trigger, found.kind, party)


def _called_after(scene: Scene, trigger: Trigger) -> tuple[ActorId, ...]:
    """The two after whom a meeting is called: "hội nghị thượng đỉnh | Peru - Malta"."""
    behind = [m for m in scene.named_in(trigger.sentence) if m.start >= trigger.end and not m.nested]
    if len(behind) < 2 or scene.token_at(behind[0].outer_start) != trigger.after:
        return ()
    joint = scene.text.folded[behind[0].outer_end : behind[1].outer_start].strip()
    return (*behind[0].actors, *behind[1].actors) if joint in DASHES else ()


def _is_of(scene: Scene, party: Party, pair: Collection[ActorId]) -> bool:
    """Whether somebody is one of a pair or stands for one of it."""
    return not pair or party.actor in pair or scene.state_of(party.actor) in pair


def _role(scene: Scene, found: Found, party: Party, parties: Sequence[Party], model: LinearModel) -> Role:
    if found.mutual:
        return Role(party, True, party.probability)
    plain = plainly_acts(scene, found.trigger, found.kind, party)
    if plain is not None:
        return Role(party, plain, PLAIN * party.probability)
    acting = model.probability(side_features(scene, found.trigger, found.kind, party, parties))
    return Role(party, acting >= HALF, party.probability * max(acting, 1 - acting))


def _named(found: Found, roles: Sequence[Role]) -> list[Role]:
    least = TOGETHER if found.mutual else APART
    spared = None if found.kind in VIOLENT else max(roles, key=lambda role: role.party.probability, default=None)
    return [role for role in roles if role is spared or role.likely >= least]
