"""A few readings for tests of lists: statements, events and commitments of many documents, no two of them near copies."""

import random

from comity.records import (
    Act,
    ActorMention,
    ActorType,
    Commitment,
    EventReport,
    EventType,
    Force,
    InstrumentMention,
    OfficeMention,
    Reading,
    Statement,
    ThemeMention,
)
from made import claim, document, reading

ACTORS = ("VNM", "THA", "UNION", "tran-thi-lan")
SENTENCES = (
    "The parties spoke of maritime security.",
    "They want to end plastic pollution at sea.",
    "Disaster management was named by all.",
    "Nothing else was said.",
)


def readings(count: int = 12, reader: str = "1+test", seed: int = 1) -> list[Reading]:
    """Readings of some documents, with a few statements, events and commitments each."""
    return [_reading(number, reader, random.Random(f"{seed} {number}")) for number in range(count)]


def _reading(number: int, reader: str, chance: random.Random) -> Reading:
    filler = " ".join(f"w{chance.randrange(10**6)}" for _ in range(100))  # so that no two are near copies
    text = " ".join([f"Number {number} of many: {filler}.", *SENTENCES])
    day = (None, "2020-01-30", "2020-01-30", "2021-05", "2019")[number % 5]
    of = document(text, day, publisher=("Gazette", "Courier")[number % 2])
    spans = [(text.index(sentence), text.index(sentence) + len(sentence)) for sentence in SENTENCES]
    said, met, promised = ([of.evidence(*chance.choice(spans)) for _ in range(chance.randrange(4))] for _ in range(3))
    some = of.evidence(0, 6)
    return reading(
        of,
        reader,
        actors=[ActorMention(evidence=some, type=ActorType.STATE, actor=actor) for actor in ("VNM", "THA")[: 1 + number % 2]],
        offices=[OfficeMention(evidence=some, person="tran-thi-lan", of="UNION")] if number % 3 == 0 else [],
        instruments=[InstrumentMention(evidence=some, name="Plan One", instrument="plan-one")] if number % 2 else [],
        statements=[
            Statement(evidence=one, speaker=tuple(chance.sample(ACTORS, 2)), cue=None, act=chance.choice(list(Act)[:3])) for one in said
        ],
        events=[EventReport(evidence=one, type=EventType.AGREE, source=("VNM",), target=(chance.choice(ACTORS),)) for one in met],
        commitments=[
            Commitment(evidence=one, by=(chance.choice(ACTORS),), force=Force.PLEDGED, due=chance.choice((None, "2022", "2025-06")))
            for one in promised
        ],
        progress=[claim(of, "Number", subject="plan-one")] if number % 4 == 0 else [],
        themes=[ThemeMention(evidence=some, theme="maritime", score=0.5)] if number % 2 else [],
    )
