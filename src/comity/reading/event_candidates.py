"""Who may take part in an event: the mentions about a trigger, each with the features that tell whether it is a party.

"A thăm B", "giữa A và B", "A và B ký", "between A and B", "hosted by A": side, order, joints and kinds of names are features, and the
weights are learnt. Names joined to each other ("Mỹ - Triều") count as one place in the order, those inside a title as none.
"""

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from comity.reading.event_scene import Scene, Trigger
from comity.reading.mentions import Mention
from comity.records import ActorType, EventType, Span, Statement

IN_SENTENCE = 14
IN_SENTENCE_BEFORE = 4
SALIENT = 3
DISTANCES = (1, 2, 3, 4, 6, 9, 13, 20, 35)
BUCKETS = tuple(map(str, range(len(DISTANCES) + 1)))


class Candidate(Struct, frozen=True):
    """A mention that may be a party; `features` are those that hold whatever the event's type, the first four tell most."""

    mention: Mention
    before: bool
    features: tuple[str, ...]


def candidates(scene: Scene, trigger: Trigger) -> list[Candidate]:
    """The mentions of the trigger's sentence nearest to it, the last ones of the sentence before, and those the text is most about."""
    here, orders = _grouped(scene, trigger)
    left = sum(mention.start < trigger.start for mention in here)
    last = orders[left - 1][0] if left else 0
    base = last + 1 if left < len(here) and orders[left][0] > last else last
    content, beside = scene.content_over(trigger.start), _beside(here)
    owner = next((mention for i, mention in enumerate(here) if _owns(scene, trigger, mention, before=i < left)), None)
    result: list[Candidate] = []
    for i, (order, inner) in enumerate(orders):
        before, mention = i < left, here[i]
        rank = last - order + 1 if before else order - base + 1
        features = _near(scene, trigger, content, here, i, rank=rank, order=order, inner=inner, before=before)
        if owner is not None:
            own = f"own{mention is owner}{mention.type[0]}"
            features += [own, f"{own}q{trigger.kin}"]
        result.append(Candidate(mention, before, (*features, *beside[mention.type])))
    named = {actor for mention in here for actor in mention.actors}
    if trigger.sentence:
        previous = scene.page.sentences[trigger.sentence - 1]
        earlier = scene.mentions.within(previous.start, previous.end)
        chosen = earlier if len(earlier) <= IN_SENTENCE_BEFORE else [*earlier[:2], *earlier[-2:]]
        for order, mention in enumerate(chosen):
            if not named.issuperset(mention.actors):
                result.append(Candidate(mention, True, (*_far(scene, trigger, mention, f"^{order}", len(here)), *beside[mention.type])))
                named.update(mention.actors)
    for order, mention in enumerate(scene.salient[:SALIENT]):
        if not named.issuperset(mention.actors):
            result.append(Candidate(mention, True, (*_far(scene, trigger, mention, f"*{order}", len(here)), *beside[mention.type])))
    return result


def typed(candidate: Candidate, kind: EventType, mutual: bool) -> list[str]:
    """All features of a candidate for an event of a type."""
    return [*candidate.features, *of_type(candidate, kind, mutual)]


def elsewhere(scene: Scene, trigger: Trigger, mention: Mention) -> Candidate:
    """A mention that neither the trigger's sentence nor the one before has."""
    return Candidate(mention, mention.start < trigger.start, _far(scene, trigger, mention, "~", 0))


def distance(tokens: int) -> str:
    """A bucket of a distance in words."""
    return BUCKETS[bisect_left(DISTANCES, tokens)]


def of_type(candidate: Candidate, kind: EventType, mutual: bool) -> list[str]:
    a, b, c, d = candidate.features[:4]
    return [
        f"{kind}{a}", f"{kind}{b}", f"{kind}{c}", f"{kind}{d}", f"{mutual}{a}", f"{mutual}{c}", f"{kind}{candidate.features[-1]}",
    ]  # fmt: skip


def _grouped(scene: Scene, trigger: Trigger) -> tuple[Sequence[Mention], Sequence[tuple[int, str]]]:
    """The mentions of the trigger's sentence nearest to it with their orders; worked out once for all triggers of a short sentence."""
    kept = scene.grouped.get(trigger.sentence)
    if kept is None:
        here: Sequence[Mention] = scene.named_in(trigger.sentence)
        if len(here) > IN_SENTENCE:
            nearest = _nearest(here, trigger.start)
            return nearest, _orders(scene, nearest)
        kept = scene.grouped[trigger.sentence] = here, _orders(scene, here)
    return kept


def _nearest(here: Sequence[Mention], position: int) -> list[Mention]:
    """The mentions that begin nearest to a position, in order; a text without full stops is one long sentence, so only those about it
    are looked at."""
    place = bisect_left(here, position, key=lambda mention: mention.start)
    about = here[max(0, place - IN_SENTENCE) : place + IN_SENTENCE]
    return sorted(sorted(about, key=lambda mention: abs(mention.start - position))[:IN_SENTENCE], key=lambda mention: mention.start)


def _orders(scene: Scene, here: Sequence[Mention]) -> list[tuple[int, str]]:
    """For each mention its place in the order of groups, and how it stands to the one before: inside its title, joined to it, or apart."""
    result: list[tuple[int, str]] = []
    order = 0
    for i, mention in enumerate(here):
        host = any(o is not mention and o.outer_start <= mention.start and mention.end <= o.outer_end for o in here)
        state = "in" if host or mention.nested else ""
        if i:
            gap = scene.text.folded[here[i - 1].outer_end : mention.outer_start].strip(" ,-")
            joined = mention.outer_start - here[i - 1].outer_end <= 12 and (not gap or scene.lexicon.classes.get(gap) == "with_")
            if joined and not state:
                state = "join"
            if not (joined or host or result[-1][1] == "in"):
                order += 1
        result.append((order, state))
    return result


def _near(
    scene: Scene,
    trigger: Trigger,
    content: Statement | None,
    here: Sequence[Mention],
    index: int,
    *,
    rank: int,
    order: int,
    inner: str,
    before: bool,
) -> list[str]:
    """The features of a mention in the trigger's sentence; `p` and `f` are the words before and after it, `T` those about the trigger."""
    mention, word, s = here[index], trigger.word, trigger.sentence
    first, after = scene.token_at(mention.outer_start), scene.token_at(mention.outer_end)
    gap = (after, trigger.first) if before else (trigger.after, first)
    side = "<" if before else ("@" if first < trigger.after else ">")
    classes = scene.lexicon.classes
    between = scene.words[gap[0] : min(gap[1], gap[0] + 40)]
    prior, follow = scene.word(first - 1, s), scene.word(after, s)
    ahead, behind = scene.word(trigger.first - 1, s), scene.word(trigger.after, s)
    kind = mention.type[0] + mention.form[0] + inner
    side_rank = f"{side}{min(rank, 4)}"
    kin = trigger.kin
    edge = between[-1] if before and between else (between[0] if between else "")
    features = [
        side_rank, f"{side}{distance(gap[1] - gap[0])}", f"{side}{kind}", f"{side_rank}{kind}", f"{side}{word}",
        f"o{min(order, 4)}{side}", f"o{min(order, 4)}{kind}{side}", f"p{prior}{side}", f"p{prior}{side_rank}",
        f"p{prior}{side}{kind}", f"pp{scene.word(first - 2, s)} {prior}{side}", f"f{follow}{side}",
        f"T-{ahead}{side_rank}", f"T-{ahead}{side}{kind}", f"T+{behind}{side_rank}", f"T+{behind}{side}{kind}",
        f"n{min(len(here), 6)}{side_rank}", f"w{word}{side_rank}", f"k{word}{side}{kind}", f"e{edge}{side}",
        f"sal{min(4, scene.salience(mention))}{kind}{side}",
        f"q{kin}{side_rank}", f"q{kin}{side}{kind}", f"q{kin}{side_rank}{kind}",
    ]  # fmt: skip
    if "," in between:
        features.append(f"comma{side}")
    if ";" in between or ":" in between or '"' in between:
        features.append(f"mark{side}")
    others = scene.triggers_within(mention.outer_end, trigger.start) if before else scene.triggers_within(trigger.end, mention.outer_start)
    few = min(2, others)
    features += [f"t{min(3, others)}{side}", f"t{few}{side_rank}", f"t{few}{side}{kind}", f"tq{few}{kin}{side}"]
    features += [f"b{name}{side}" for name in sorted({classes[w] for w in between if w in classes})]
    if between and len(between) <= 3:
        features.append(f"bw{' '.join(between)}{side}")
    for step in (-1, 1):
        if 0 <= index + step < len(here):
            other = here[index + step]
            apart = min(3, max(0, other.start - mention.end if step > 0 else mention.start - other.end) // 6)
            features.append(f"x{step}{other.type[0]}{apart}{mention.type[0]}{side}")
    return features + _surroundings(scene, trigger, content, mention, kind, side)


def _surroundings(scene: Scene, trigger: Trigger, content: Statement | None, mention: Mention, kind: str, side: str) -> list[str]:
    """Whether it speaks, stands in the headline, or in a mechanism's name."""
    features = []
    if content:
        inside = content.evidence.start <= mention.start < content.evidence.end
        features.append(f"c{inside}{side}")
        if any(actor in content.speaker for actor in mention.actors):
            features.append(f"spk{inside}{side}")
    if scene.headline and mention.start < scene.headline.end:
        features.append(f"head{side}")
    mechanism = scene.mechanism_over(mention.start, mention.end)
    if mechanism:
        features.append(f"mech{kind}{side}{mechanism.evidence.start <= trigger.start < mechanism.evidence.end}")
    return features


def _owns(scene: Scene, trigger: Trigger, mention: Mention, *, before: bool) -> bool:
    """Whether it is the body whose meeting it is: in the name of the meeting that the trigger belongs to ("hội nghị G20"), or right after
    it ("the session of the Council")."""
    if mention.type is ActorType.PERSON:
        return False
    mechanism = scene.mechanism_over(trigger.start, trigger.end)
    if mechanism and mechanism.evidence.span.holds(Span(mention.start, mention.end)):
        return True
    if before:
        return False
    between = scene.words[trigger.after : scene.token_at(mention.outer_start)]
    return len(between) <= 1 and all(scene.lexicon.classes.get(word) == "of_" for word in between)


def _beside(here: Sequence[Mention]) -> dict[ActorType, tuple[str, str]]:
    """How many persons and states the sentence names, by what is named: where persons meet, they are the parties and not their states."""
    persons = min(3, sum(mention.type is ActorType.PERSON for mention in here))
    states = min(4, sum(mention.type is ActorType.STATE for mention in here))
    return {kind: (f"states{states}{kind[0]}", f"persons{persons}{kind[0]}") for kind in ActorType}


def _far(scene: Scene, trigger: Trigger, mention: Mention, place: str, here: int) -> tuple[str, ...]:
    """The features of a mention outside the sentence."""
    kind, word = mention.type[0] + mention.form[0], trigger.word
    some = f"{place[0]}{min(here, 3)}"
    salient = f"{place[0]}sal{min(4, scene.salience(mention))}{kind}"
    return (
        place, some, f"{place[0]}{kind}", salient, f"{place}{word}", f"{some}{place}{kind}", f"{place[0]}{word}{kind}",
        f"q{trigger.kin}{place}", f"q{trigger.kin}{place[0]}{kind}", f"q{trigger.kin}{salient}",
    )  # fmt: skip
