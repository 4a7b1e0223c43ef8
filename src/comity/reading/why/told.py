"""Why statements, events and commitments were found: their cues and triggers, who was named, and what the models say."""

from collections.abc import Iterator, Sequence

from comity.reading.event_dates import told_apart
from comity.reading.event_lexicon import EventLexicon
from comity.reading.event_repeats import Found
from comity.reading.event_scene import Scene
from comity.reading.events import EventModels, load_event_models, scored
from comity.reading.layout import layout_of
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.reading.statements import StatementGrammar
from comity.reading.why.entries import Entries
from comity.reading.why.grounds import Ground, model_ground, words_ground
from comity.records import EventReport, LanguageCode, Reading, Statement, Status

STRONGEST = 5
"""So many features of a model are shown."""
REACH = 70
"""So far before a trigger the words stand that tell whether it happened."""
CUES = 4


class ToldReasons:
    """The reasons of one language."""

    def __init__(self, language: LanguageCode, statements: StatementGrammar) -> None:
        self._cues, self._triggers = Entries(language, "cues"), Entries(language, "events")
        self._undertakings = Entries(language, "commitments")
        self._lexicon, self._statements = EventLexicon(language), statements

    def of_statements(self, page: Page, mentions: Mentions, statements: Sequence[Statement]) -> Iterator[tuple[Ground, ...]]:
        """The cue, whom the speaker is named by, and how likely the cue reports."""
        layout = layout_of(page, mentions)
        likely = {layout.tokens[one.cue.first].start: one.likely for one in self._statements.reported(page, layout)}
        for statement in statements:
            cue, grounds = statement.cue, []
            if cue:
                grounds += [
                    words_ground(page, "cue", start, end, entry=entry.value, place=entry.place, key=entry.key)
                    for start, end, entry in list(self._cues.within(page.folded, cue.start, cue.end))[:1]
                ]
            grounds += _named(page, mentions, "speaker", statement.speaker, cue.start if cue else statement.evidence.start)
            chance = likely.get(cue.start) if cue else None
            yield (*grounds, model_ground("statements", likely=None if chance is None else round(chance, 3)))

    def of_events(self, page: Page, mentions: Mentions, reading: Reading) -> Iterator[tuple[Ground, ...]]:
        """The trigger, who was taken for a party, the word that tells whether it happened, and what the model weighed."""
        scene = Scene(self._lexicon, page, mentions, told_apart(reading.dates, reading.instruments), reading.mechanisms, reading.statements)
        models = load_event_models()
        found = {one.trigger.start: one for one in scored(scene, models)}
        for event in reading.events:
            yield tuple(self._of_event(page, scene, event, found.get(event.evidence.start), models))

    def of_commitments(self, page: Page, reading: Reading) -> Iterator[tuple[Ground, ...]]:
        """The words from its sentence's start on that make it an undertaking; else the cue of the statement it stands in."""
        for commitment in reading.commitments:
            evidence = commitment.evidence
            start = page.sentences[page.sentence_at(evidence.start)].start
            words = [one for one in self._undertakings.within(page.folded, start, evidence.end) if one[2].key == "modals"]
            if not words:
                said = [one.cue for one in reading.statements if one.cue and one.evidence.span.holds(evidence.span)]
                words = [one for cue in said[:1] for one in self._cues.within(page.folded, cue.start, cue.end)]
            grounds = [
                words_ground(page, "cue", at, end, entry=entry.value, place=entry.place, key=entry.key) for at, end, entry in words[-CUES:]
            ]
            yield (*grounds, model_ground("commitments"))

    def _of_event(self, page: Page, scene: Scene, event: EventReport, found: Found | None, models: EventModels) -> Iterator[Ground]:
        start, end = event.evidence.start, event.evidence.end
        listed = list(self._triggers.within(scene.text, start, end))
        whole = [one for one in self._triggers.all if f".{event.type.value}." in f".{one.key}." and one.value == _flat(scene, start, end)]
        if whole:
            yield words_ground(page, "trigger", start, end, entry=whole[0].value, place=whole[0].place, key=whole[0].key)
        elif listed:
            yield words_ground(page, "trigger", start, end, entry=listed[0][2].value, place=listed[0][2].place, key=listed[0][2].key)
        for actor in (*event.source, *event.target):
            party = next((p for p in found.parties if p.actor == actor), None) if found else None
            if party:
                mention = party.candidate.mention
                yield Ground(
                    by="party", quote=page.text[mention.start : mention.end], start=mention.start, end=mention.end, entry=actor,
                    likely=round(party.probability, 3),
                )  # fmt: skip
        if event.status is not Status.HAPPENED:
            around = self._triggers.within(scene.text, max(scene.page.sentences[page.sentence_at(start)].start, start - REACH), end + REACH)
            words = [one for one in around if one[2].key == event.status.value]
            for at, after, entry in words[-1:]:
                yield words_ground(page, "modality", at, after, entry=entry.value, place=entry.place, key=entry.key)
        if found:
            yield model_ground(
                "events", likely=round(found.probability, 3), at=models.trigger_at, features=_strongest(found.features, models)
            )


def _flat(scene: Scene, start: int, end: int) -> str:
    return " ".join(scene.text.folded[start:end].split())


def _strongest(features: Sequence[str], models: EventModels) -> tuple[tuple[str, float], ...]:
    """The features that weighed most, for or against."""
    weighed = [(feature, round(models.trigger.weights.get(feature, 0.0), 2)) for feature in dict.fromkeys(features)]
    return tuple(sorted(weighed, key=lambda pair: -abs(pair[1]))[:STRONGEST])


def _named(page: Page, mentions: Mentions, by: str, actors: Sequence[str], near: int) -> list[Ground]:
    """The nearest words that stand for the actors: a name, a title, "ông", "hai bên"."""
    held = [mention for mention in mentions.all if set(mention.actors) & set(actors)]
    if not held:
        return []
    nearest = min(held, key=lambda mention: abs(mention.start - near))
    return [words_ground(page, by, nearest.outer_start, nearest.outer_end, entry=", ".join(nearest.actors), key=nearest.form.value)]
