"""Events: what happened, is scheduled, proposed or denied, with its PLOVER type, parties, date and mechanism.

In: a page and what the grammars before found on it. Out: one report an occurrence, its evidence the trigger ("hội đàm", "signed"). The
words are in `languages/*/events.yaml`; which of them report an event here, who takes part and which date is its own, four linear
models tell (`models/events.msgpack`, trained by tools/train_events.py).
"""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.reading.event_candidates import candidates
from comity.reading.event_dates import choose_date, date_candidates
from comity.reading.event_features import Earlier, plain_features, typed_features
from comity.reading.event_lexicon import EventLexicon
from comity.reading.event_parties import choose, likely, weighed
from comity.reading.event_repeats import Dated, Found, told_once
from comity.reading.event_retold import Retold
from comity.reading.event_roles import NOTHING_KNOWN, Known, sides
from comity.reading.event_scene import Scene
from comity.reading.event_status import status_of
from comity.reading.event_topic import Topic
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.reading.weights import LinearModel, load_weights
from comity.records import ActorId, DateMention, EventReport, LanguageCode, MechanismMention, Statement


class EventModels(Struct, frozen=True):
    """`trigger`: is it an event of this type; `party`: does this mention take part, by its sentence; `again`: in the light of what the
    text tells elsewhere; `side`: does it act; `date`: is this its date.
    `..._at`: from how likely on."""

    trigger: LinearModel
    party: LinearModel
    again: LinearModel
    side: LinearModel
    date: LinearModel
    trigger_at: float
    date_at: float


class EventGrammar:
    """Finds the events of a page in one language. `outlets` are newspapers and agencies: they report, and meet nobody; `seats` are names of
    seats of government with their states: talks are called after them, and visits paid to them."""

    def __init__(
        self,
        language: LanguageCode,
        outlets: frozenset[ActorId] = frozenset(),
        seats: Mapping[str, ActorId] = MappingProxyType({}),
    ) -> None:
        self.lexicon = EventLexicon(language)
        self._known = Known(outlets, {fold(name): state for name, state in seats.items()})

    @cached_property
    def models(self) -> EventModels:
        """Loaded at the first page, so that the grammar can be made while its models are being trained."""
        return load_event_models()

    def find(
        self,
        page: Page,
        mentions: Mentions,
        dates: tuple[DateMention, ...],
        mechanisms: tuple[MechanismMention, ...],
        statements: tuple[Statement, ...],
    ) -> tuple[EventReport, ...]:
        scene = Scene(self.lexicon, page, mentions, dates, mechanisms, statements)
        return reports(scene, self.models, self._known)


def reports(scene: Scene, models: EventModels, known: Known = NOTHING_KNOWN) -> tuple[EventReport, ...]:
    """The events of a scene that are likely enough, each once."""
    likely = [_dated(scene, found, models) for found in scored(scene, models) if found.probability >= models.trigger_at]
    return tuple(_report(scene, dated, models, known) for dated in told_once(scene, likely))


def load_event_models() -> EventModels:
    """The trained models. Raises KnowledgeError where their file is missing or broken."""
    tables = load_weights("events")
    at = tables["at"].weights
    return EventModels(tables["trigger"], tables["party"], tables["again"], tables["side"], tables["date"], at["trigger"], at["date"])


def scored(scene: Scene, models: EventModels) -> list[Found]:
    """Every trigger with its likeliest type, parties and probability."""
    earlier, topic, retold = Earlier(scene), Topic(scene), first_look(scene, models.party)
    result = []
    for index, trigger in enumerate(scene.triggers):
        plain = plain_features(scene, trigger, index)
        readings = []
        for kind, mutual in trigger.types:
            parties = choose(retold.parties(index, kind, models.again))
            features = typed_features(scene, trigger, plain, kind, mutual, parties, earlier, topic)
            readings.append(Found(trigger, kind, mutual, tuple(parties), models.trigger.probability(features), features))
        earlier.add(trigger, [(found.kind, list(found.parties)) for found in readings])
        result.append(max(readings, key=lambda found: found.probability))
    return result


def first_look(scene: Scene, party: LinearModel) -> Retold:
    """Each trigger with those who may take part, as its sentence alone lets them be judged."""
    first = []
    for trigger in scene.triggers:
        around = weighed(candidates(scene, trigger), party)
        first.append({kind: likely(around, kind, mutual, party) for kind, mutual in trigger.types})
    return Retold(scene, first)


def _dated(scene: Scene, found: Found, models: EventModels) -> Dated:
    when = choose_date(date_candidates(scene, found.trigger), found.kind, models.date, models.date_at)
    return Dated(found, when, scene.mechanism_told(found.trigger))


def _report(scene: Scene, dated: Dated, models: EventModels, known: Known) -> EventReport:
    trigger = dated.found.trigger
    source, target = sides(scene, dated.found, models.side, known)
    return EventReport(
        evidence=scene.page.evidence(trigger.start, trigger.end),
        type=dated.found.kind,
        source=source,
        target=target,
        when=dated.when,
        status=status_of(scene, trigger),
        mechanism=dated.mechanism.name if dated.mechanism else None,
    )
