"""Events: what happened, is scheduled, proposed or denied, with its PLOVER type, parties, date and mechanism.

In: a page and what the grammars before found on it. Out: one report an occurrence, its evidence the trigger ("hội đàm", "signed"). The
words are in `languages/*/events.yaml`; which of them report an event here, who takes part and which date is its own, three linear
models tell (`models/events.msgpack`, trained by tools/train_events.py).
"""

from msgspec import Struct

from comity.reading.event_dates import choose_date, date_candidates
from comity.reading.event_features import Earlier, plain_features, status_of, typed_features
from comity.reading.event_parties import Party, candidates, choose, weighed
from comity.reading.event_scene import EventLexicon, Scene, Trigger
from comity.reading.event_voice import acts, passive_from
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.reading.weights import LinearModel, load_weights
from comity.records import DateMention, EventReport, EventType, LanguageCode, MechanismMention, Statement

NEAR = 30
"""Two triggers of one type so near in a sentence are one event ("tổ chức hội nghị thượng đỉnh")."""


class EventModels(Struct, frozen=True):
    """`trigger`: is it an event of this type; `party`: does this mention take part; `date`: is this its date. `..._at`: how likely."""

    trigger: LinearModel
    party: LinearModel
    date: LinearModel
    trigger_at: float
    date_at: float


class Found(Struct, frozen=True):
    trigger: Trigger
    kind: EventType
    mutual: bool
    parties: tuple[Party, ...]
    probability: float


class EventGrammar:
    """Finds the events of a page in one language."""

    def __init__(self, language: LanguageCode) -> None:
        self.lexicon = EventLexicon(language)
        self.models = load_event_models()

    def find(
        self,
        page: Page,
        mentions: Mentions,
        dates: tuple[DateMention, ...],
        mechanisms: tuple[MechanismMention, ...],
        statements: tuple[Statement, ...],
    ) -> tuple[EventReport, ...]:
        scene = Scene(self.lexicon, page, mentions, dates, mechanisms, statements)
        return reports(scene, self.models)


def reports(scene: Scene, models: EventModels) -> tuple[EventReport, ...]:
    """The events of a scene that are likely enough, each once."""
    likely = [found for found in scored(scene, models) if found.probability >= models.trigger_at]
    return tuple(_report(scene, found, models) for found in told_once(likely))


def load_event_models() -> EventModels:
    """The trained models. Raises KnowledgeError where their file is missing or broken."""
    tables = load_weights("events")
    at = tables["at"].weights
    return EventModels(tables["trigger"], tables["party"], tables["date"], at["trigger"], at["date"])


def scored(scene: Scene, models: EventModels) -> list[Found]:
    """Every trigger with its likeliest type, parties and probability."""
    earlier = Earlier()
    result = []
    for index, trigger in enumerate(scene.triggers):
        plain = plain_features(scene, trigger, index)
        around = weighed(candidates(scene, trigger), models.party)
        readings = []
        for kind, mutual in trigger.types:
            parties = choose(around, kind, mutual, models.party)
            probability = models.trigger.probability(typed_features(scene, trigger, plain, kind, mutual, parties, earlier))
            readings.append(Found(trigger, kind, mutual, tuple(parties), probability))
        earlier.add(trigger, [(found.kind, list(found.parties)) for found in readings])
        result.append(max(readings, key=lambda found: found.probability))
    return result


def told_once(found: list[Found]) -> list[Found]:
    """One report an occurrence: of two near ones of a type the likelier stays."""
    kept: list[Found] = []
    for one in found:
        last = next((k for k in reversed(kept) if k.kind == one.kind), None)
        if last and last.trigger.sentence == one.trigger.sentence and one.trigger.start - last.trigger.end <= NEAR:
            if one.probability > last.probability:
                kept.remove(last)
                kept.append(one)
        else:
            kept.append(one)
    return sorted(kept, key=lambda k: k.trigger.start)


def _report(scene: Scene, found: Found, models: EventModels) -> EventReport:
    trigger = found.trigger
    source, target = _sides(scene, found)
    mechanism = scene.mechanism_over(trigger.start - 2, trigger.end + 2)
    return EventReport(
        evidence=scene.page.evidence(trigger.start, trigger.end),
        type=found.kind,
        source=source,
        target=target,
        when=choose_date(date_candidates(scene, trigger), found.kind, models.date, models.date_at),
        status=status_of(scene, trigger),
        mechanism=mechanism.name if mechanism else None,
    )


def _sides(scene: Scene, found: Found) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All parties in `source` where they act together; else those who act there, the others in `target`."""
    passive = passive_from(scene, found.trigger)
    acting = [party for party in found.parties if acts(scene, found.trigger, party, passive)]
    source = tuple(party.actor for party in acting)
    target = tuple(party.actor for party in found.parties if party not in acting)
    return (source + target, ()) if found.mutual else (source, target)
