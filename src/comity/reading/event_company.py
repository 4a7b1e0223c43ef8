"""Features of a trigger's wider company: the words and triggers about it, its date, whose words it stands in, how its parties are placed.

In: a trigger and its likely parties. Out: features that tell a deed from what is only talked of ("warned that sanctions ...") and from what
is remembered ("cuộc gặp năm 2016"). None alone tells much; together they make one event in sixty more right (cross-validated).
"""

from comity.reading.event_parties import Party
from comity.reading.event_scene import Scene, Trigger
from comity.records import EventType, Statement

FROM, TO = 3, 7
"""The words about it that count whatever their place, from the third to the seventh; nearer ones have features by their place."""
STEP, MOST = 40, 5
"""How deep in somebody's words it stands, in steps of so many characters."""
LONG = 100
"""How long they are, likewise."""
DATED = 80
"""So many characters before and after it a date is looked for."""
YEAR, MONTH = 4, 7
"""Characters of an ISO date up to year and month."""


def words_about(scene: Scene, trigger: Trigger) -> list[str]:
    """The words of its sentence a little way off, by side."""
    features = []
    for mark, place, step in (("y<", trigger.first, -1), ("y>", trigger.after - 1, 1)):
        for away in range(FROM, TO + 1):
            word = scene.word(place + step * away, trigger.sentence)
            if word in "^$":
                break
            features.append(mark + word)
    return features


def date_about(scene: Scene, trigger: Trigger) -> list[str]:
    """How exact the first date about it is, and whether it is of the year and month that the text tells of last: else it is remembered."""
    sentence = scene.sentence(trigger)
    near = scene.dates_within(max(sentence.start, trigger.start - DATED), min(sentence.end, trigger.end + DATED))
    if not near or not near[0].iso:
        return ["jd"]
    day, (first, last) = near[0].iso.split("/")[0], scene.first_and_last_day
    return [f"dl{len(day)}", f"jy{day[:YEAR] == last[:YEAR]}", f"jm{day[:MONTH] == last[:MONTH]}", f"jf{first.startswith(day)}"]


def triggers_about(scene: Scene, trigger: Trigger, index: int) -> list[str]:
    """The words of the triggers next to it in its sentence, and their kinds."""
    features = []
    for mark, place in (("l", index - 1), ("r", index + 1)):
        if 0 <= place < len(scene.triggers) and scene.triggers[place].sentence == trigger.sentence:
            other = scene.triggers[place]
            features += [f"{mark}w{other.word}", f"{mark}q{other.kin}{trigger.kin}", f"m{mark}k{other.kin}"]
    return features


def told_by(scene: Scene, trigger: Trigger, content: Statement) -> list[str]:
    """Whose words it stands in: the reporting verb, how deep, and how long they are."""
    cue, act, evidence = content.cue, content.act, content.evidence
    verb = scene.text.folded[cue.start : cue.end] if cue else ""
    deep, size = min(MOST, (trigger.start - evidence.start) // STEP), min(MOST, (evidence.end - evidence.start) // LONG)
    return [f"cue{verb}", f"ca{act}", f"h{act}q{trigger.kin}", f"h{deep}", f"h{act}long{size}"]


def speaks(content: Statement | None, parties: list[Party]) -> list[str]:
    """Whether those who likely take part say it themselves."""
    return [f"by{content.act}{[party.actor in content.speaker for party in parties[:2]]}"] if content else []


def parties_placed(trigger: Trigger, kind: EventType, parties: list[Party]) -> list[str]:
    """How the two likeliest parties are named, and how near they stand."""
    named = "".join(("<" if party.before else ">") + party.type[0] + party.candidate.mention.form[0] for party in parties[:2])
    features = [f"z{named}", f"z{named}{kind}", f"z{named}{trigger.kin}"]
    if parties:
        rank, away = parties[0].candidate.features[:2]
        features += [f"z1{rank}", f"z1{away}", f"z1{kind}{rank}", f"z1{trigger.kin}{rank}"]
    if len(parties) > 1:
        both = f"{parties[0].candidate.features[0]}{parties[1].candidate.features[0]}"
        features += [f"z2{both}", f"z2{kind}{both}"]
    return features
