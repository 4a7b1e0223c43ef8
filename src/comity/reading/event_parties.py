"""Who takes part in an event: the mentions about a trigger, each with the features that tell whether it is a party, and the choice among them.

"A thăm B", "giữa A và B", "A và B ký", "between A and B", "hosted by A": side, order, joints and kinds of names are features; the weights are learnt.
"""

from collections.abc import Sequence

from msgspec import Struct

from comity.reading.event_scene import Scene, Trigger
from comity.reading.weights import LinearModel
from comity.reading.mentions import Form, Mention
from comity.records import ActorId, ActorType, EventType

IN_SENTENCE = 14
IN_SENTENCE_BEFORE = 4
DISTANCES = (1, 2, 3, 4, 6, 9, 13, 20, 35)


class Candidate(Struct, frozen=True):
    """A mention that may be a party; `features` are those that hold whatever the event's type."""

    mention: Mention
    before: bool
    features: tuple[str, ...]


class Party(Struct, frozen=True):
    actor: ActorId
    type: ActorType
    probability: float
    before: bool


def candidates(scene: Scene, trigger: Trigger) -> list[Candidate]:
    """The mentions of the trigger's sentence nearest to it, and the last ones of the sentence before."""
    here = scene.parties_near(trigger)
    if len(here) > IN_SENTENCE:
        here = sorted(sorted(here, key=lambda m: abs(m.start - trigger.start))[:IN_SENTENCE], key=lambda m: m.start)
    left = [m for m in here if m.start < trigger.start]
    right = [m for m in here if m.start >= trigger.start]
    shared = _shared(scene, trigger)
    result = [_candidate(scene, trigger, here, m, len(left) - i, i, shared, before=True) for i, m in enumerate(left)]
    result += [_candidate(scene, trigger, here, m, i + 1, len(left) + i, shared, before=False) for i, m in enumerate(right)]
    if trigger.sentence:
        previous = scene.page.sentences[trigger.sentence - 1]
        earlier = scene.mentions.within(previous.start, previous.end)
        chosen = earlier if len(earlier) <= IN_SENTENCE_BEFORE else [*earlier[:2], *earlier[-2:]]
        result += [_earlier(m, i, len(here), shared) for i, m in enumerate(chosen)]
    return result


def typed(candidate: Candidate, kind: EventType, mutual: bool) -> list[str]:
    """All features of a candidate for an event of a type."""
    side = candidate.features[0]
    return [
        *candidate.features,
        f"{kind}{side}",
        f"{kind}{candidate.features[1]}",
        f"{kind}{candidate.features[2]}",
        f"{mutual}{side}",
        f"{mutual}{candidate.features[2]}",
        f"{kind}{candidate.features[3]}",
    ]


def choose(found: Sequence[Candidate], kind: EventType, mutual: bool, model: LinearModel, threshold: float) -> list[Party]:
    """The parties, likeliest first: all above the threshold, or the best one where it is not hopeless."""
    best: dict[ActorId, Party] = {}
    for candidate in found:
        probability = model.probability(typed(candidate, kind, mutual))
        for actor in candidate.mention.actors:
            if actor not in best or best[actor].probability < probability:
                best[actor] = Party(actor, candidate.mention.type, probability, candidate.before)
    ranked = sorted(best.values(), key=lambda p: (-p.probability, p.actor))
    chosen = [party for party in ranked if party.probability >= threshold]
    return chosen or [party for party in ranked[:1] if party.probability >= threshold / 4]


def distance(tokens: int) -> str:
    """A bucket of a distance in words."""
    return str(sum(tokens > limit for limit in DISTANCES))


def _shared(scene: Scene, trigger: Trigger) -> str:
    return trigger.word


def _candidate(
    scene: Scene, trigger: Trigger, here: list[Mention], mention: Mention, rank: int, order: int, word: str, *, before: bool
) -> Candidate:
    first, after = scene.token_at(mention.outer_start), scene.token_at(mention.outer_end)
    gap = (after, trigger.first) if before else (trigger.after, first)
    inside = not before and first < trigger.after
    side = "<" if before else ("@" if inside else ">")
    classes = scene.lexicon.classes
    between = [scene.tokens[i].folded for i in range(gap[0], min(gap[1], gap[0] + 40))]
    prior = scene.word(first - 1, trigger.sentence)
    follow = scene.word(after, trigger.sentence)
    index = here.index(mention)
    next_one = here[index + 1] if index + 1 < len(here) else None
    last_one = here[index - 1] if index else None
    kind = mention.type[0] + mention.form[0] + ("n" if mention.nested else "")
    side_rank = f"{side}{min(rank, 4)}"
    far = f"{side}{distance(gap[1] - gap[0])}"
    features = [
        side_rank, far, f"{side}{kind}", f"{side}{word}",
        f"{side}{min(rank, 4)}{kind}",
        f"o{min(order, 4)}{side}", f"o{min(order, 4)}{kind}{side}",
        f"p{classes.get(prior, prior)}{side}", f"f{classes.get(follow, follow)}{side}",
        f"p{classes.get(prior, prior)}{side_rank}",
        f"n{min(len(here), 6)}{side_rank}",
        f"w{word}{side_rank}", f"k{word}{side}{kind}",
    ]  # fmt: skip
    if "," in between:
        features.append(f"comma{side}")
    if ";" in between or ":" in between or '"' in between:
        features.append(f"mark{side}")
    seen = {classes[w] for w in between if w in classes}
    features += [f"b{name}{side}" for name in sorted(seen)]
    if between and len(between) <= 3:
        features.append(f"bw{' '.join(between)}{side}")
    edge = between[-1] if before and between else (between[0] if between else "")
    features.append(f"e{edge}{side}")
    if next_one:
        features.append(f"nx{next_one.type[0]}{min(3, max(0, next_one.start - mention.end) // 6)}{mention.type[0]}{side}")
        features.append(f"nc{classes.get(scene.word(after, trigger.sentence), '')}{next_one.type[0]}{mention.type[0]}{side}")
    if last_one:
        features.append(f"lx{last_one.type[0]}{min(3, max(0, mention.start - last_one.end) // 6)}{mention.type[0]}{side}")
    content = scene.content_over(trigger.start)
    if content:
        inside_content = content.evidence.start <= mention.start < content.evidence.end
        features.append(f"c{inside_content}{side}")
        if any(actor in content.speaker for actor in mention.actors):
            features.append(f"spk{inside_content}{side}")
    if scene.headline and mention.start < scene.headline.end:
        features.append(f"head{side}")
    mechanism = scene.mechanism_over(mention.start, mention.end)
    if mechanism:
        features.append(f"mech{kind}{side}{mechanism.evidence.start <= trigger.start < mechanism.evidence.end}")
    return Candidate(mention, before, tuple(features))


def _earlier(mention: Mention, order: int, here: int, word: str) -> Candidate:
    kind = mention.type[0] + mention.form[0]
    return Candidate(
        mention, True, (f"^{order}", f"^{min(here, 3)}", f"^{kind}", f"^{word}", f"^{min(here, 3)}{order}{kind}", f"^{word}{kind}")
    )
