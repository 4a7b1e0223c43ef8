"""What tells whether a trigger reports an event of a type: its words and neighbours, where it stands, and who and what is about it."""

from collections import Counter

from comity.reading.event_candidates import distance
from comity.reading.event_parties import Party
from comity.reading.event_scene import Scene, Trigger
from comity.reading.event_topic import Topic
from comity.records import EventType

PLACE, IN_OR_OUT = 0, 1
"""Where the features for its place in the text, and for standing in somebody's words, come among the plain ones."""

AHEAD = 600
"""So many characters after a trigger the next name is looked for."""

EARLY = 4
"""Sentences before this one are where a text tells its news."""


def plain_features(scene: Scene, trigger: Trigger, index: int) -> list[str]:
    """Features that hold whatever the type. `index` is the trigger's place among the scene's triggers."""
    s, first, after, classes = trigger.sentence, trigger.first, trigger.after, scene.lexicon.classes
    word = trigger.word
    back, back2 = scene.word(first - 1, s), scene.word(first - 2, s)
    ahead, ahead2 = scene.word(after, s), scene.word(after + 1, s)
    place, content = _place(scene, trigger), scene.content_over(trigger.start)
    features = [
        f"at{place}", "out" if content is None else f"in{content.direct}", f"w{word}", f"a {word.split()[0]}", f"o {word.split()[-1]}",
        f"-1{back}", f"+1{ahead}", f"-2{back2} {back}", f"+2{ahead} {ahead2}", f"-1c{classes.get(back, '')}",
        f"+1c{classes.get(ahead, '')}", f"-w{back} {word}", f"w+{word} {ahead}", f"w{word}at{place}",
        f"ck{trigger.kin}", f"ck{trigger.kin}at{place}", f"ck{trigger.kin}{'out' if content is None else content.direct}",
    ]  # fmt: skip
    features.append(f"dense{min(6, len(scene.triggers) // 8)}")
    features.append(f"cap{scene.page.text[trigger.start].isupper()}")
    if content:
        features += [f"in{content.act}", f"inw{word}"]
    mechanism = scene.mechanism_over(trigger.start, trigger.end)
    if mechanism:
        features += ["mech", f"mech{mechanism.evidence.start <= trigger.start}", f"mechw{word}"]
    sentence = scene.sentence(trigger)
    near = scene.dates_within(max(sentence.start, trigger.start - 60), min(sentence.end, trigger.end + 60))
    features.append(f"date{min(2, len(near))}{bool(scene.dates_within(sentence.start, sentence.end))}")
    before = scene.modality_before(max(sentence.start, trigger.start - 60), trigger.start)
    features += [f"mod{kind}" for kind in sorted(set(before))] or ["mod"]
    if before:
        features.append(f"modlast{before[-1]}")
    return features + _named_about(scene, trigger) + _neighbours(scene, trigger, index)


def typed_features(
    scene: Scene, trigger: Trigger, plain: list[str], kind: EventType, mutual: bool, parties: list[Party], earlier: "Earlier", topic: Topic
) -> list[str]:
    """All features for the question: does this trigger report an event of this type with these parties?"""
    count = min(3, len(parties))
    sure = sum(int(party.probability * 4) for party in parties[:2])
    kinds = "".join(sorted(party.type[0] for party in parties[:2]))
    sign = scene.lexicon.sign(kind, trigger.word)
    about = [f"n{count}", f"sure{sure}", f"kinds{kinds}", *earlier.features(kind, trigger, parties)]
    features = [
        "bias", *plain, *about, *(f"{kind}|{feature}" for feature in plain if feature[0] in "wai-+mdco"),
        sign, f"{sign}n{count}", f"{sign}{plain[PLACE]}", f"{sign}{plain[IN_OR_OUT]}", f"mut{mutual}n{count}",
        *topic.features(trigger, kind, parties),
    ]  # fmt: skip
    if sign != "certain":  # how rare a type is counts only where the word leaves a doubt: "filed a lawsuit" is no less so for being rare
        features += [f"T{kind}", *(f"T{kind}{feature}" for feature in about)]
    return features


class Earlier:
    """What the text has told before the trigger: by word, by type, and by type and parties. Grows as the triggers are gone through.

    Who meets for a state stands for it too: "Trump gặp Kim" is told before "hội nghị thượng đỉnh Mỹ - Triều"."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._words: Counter[str] = Counter()
        self._kinds: Counter[EventType] = Counter()
        self._told: Counter[tuple[EventType, str]] = Counter()
        self._states: Counter[tuple[EventType, str]] = Counter()
        self._pairs: Counter[tuple[str, ...]] = Counter()

    def features(self, kind: EventType, trigger: Trigger, parties: list[Party]) -> list[str]:
        same = min(2, max((self._told[kind, party.actor] for party in parties[:1]), default=0))
        both = min(2, min((self._told[kind, party.actor] for party in parties[:2]), default=0))
        words, kinds = min(2, self._words[trigger.word]), min(4, self._kinds[kind])
        states = self._states_of(parties)
        pair = min(2, self._pairs[kind, *states]) if states else ""
        one = min(2, max((self._states[kind, state] for state in states), default=0))
        side = f"side{len(states)}{pair}"
        early = "head" if _in_headline(self._scene, trigger) else trigger.sentence < EARLY
        return [
            f"seenw{words}", f"seenk{kinds}", f"told{same}{both}", f"told{same}{both}seenw{words}",
            f"{side}{one}", f"{side}seenw{words}", f"{side}{one}{early}",
        ]  # fmt: skip

    def add(self, trigger: Trigger, told: list[tuple[EventType, list[Party]]]) -> None:
        self._words[trigger.word] += 1
        for kind, parties in told:
            self._kinds[kind] += 1
            states = self._states_of(parties)
            self._pairs[kind, *states] += 1
            for state in states:
                self._states[kind, state] += 1
            for party in parties:
                self._told[kind, party.actor] += 1

    def _states_of(self, parties: list[Party]) -> list[str]:
        return sorted({self._scene.state_of(party.actor) for party in parties[:2]})


def _in_headline(scene: Scene, trigger: Trigger) -> bool:
    return bool(scene.headline and trigger.start < scene.headline.end)


def _place(scene: Scene, trigger: Trigger) -> str:
    if _in_headline(scene, trigger):
        return "head"
    number = trigger.sentence - bool(scene.headline)
    return str(number) if number < 3 else ("mid" if number < 8 else "late")


def _named_about(scene: Scene, trigger: Trigger) -> list[str]:
    """The nearest names before and after it in its sentence: what they name, and how far away."""
    sentence = scene.sentence(trigger)
    left = scene.mentions.before(trigger.start, sentence.start)
    right = next(iter(scene.mentions.within(trigger.start, min(sentence.end, trigger.end + AHEAD))), None)
    return [
        f"j<{left.type[0]}{distance(trigger.first - scene.token_at(left.outer_end))}" if left else "j<",
        f"j>{right.type[0]}{distance(scene.token_at(right.outer_start) - trigger.after)}" if right else "j>",
    ]


def _neighbours(scene: Scene, trigger: Trigger, index: int) -> list[str]:
    """The triggers next to it in its sentence, and how near."""
    features = []
    for step, name in ((-1, "lt"), (1, "rt")):
        other = scene.triggers[index + step] if 0 <= index + step < len(scene.triggers) else None
        if other and other.sentence == trigger.sentence:
            gap = trigger.start - other.end if step < 0 else other.start - trigger.end
            near = "0" if gap <= 2 else ("1" if gap <= 15 else "2")
            features += [f"m{name}{near}", f"m{name}{near}{other.types[0][0]}"] if near < "2" else [f"m{name}{near}"]
        else:
            features.append(f"m{name}-")
    return features
