"""Explains a reading: for each finding, in its order, what it rests on.

In: a reading and the knowledge it was made with. Out: grounds by kind. Nothing of it is kept while reading, so that reading costs no more:
the pass goes over page and findings again and says which entries of the data files stand in the words, and what the models made of them.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from comity.knowledge import Knowledge
from comity.reading.date_forms import DateForms
from comity.reading.page import Page
from comity.reading.reader import Grammars
from comity.reading.themes import ThemeTerms
from comity.reading.why.entries import Entries
from comity.reading.why.grounds import Ground, model_ground, words_ground
from comity.reading.why.known import Known
from comity.reading.why.told import ToldReasons
from comity.records import ActorMention, DateMention, Evidence, LanguageCode, ProgressClaim, Reading, Slip

Whys = dict[str, tuple[tuple[Ground, ...], ...]]
"""By kind (`statements`, `events` ...) the grounds of each finding, in the reading's order."""

TITLE_REACH = 60
"""So far before a name its title may begin."""
MOST = 6


class Explainer:
    """Explains readings made with one knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = Known(knowledge)
        self._reasons = cache(lambda language: Reasons(knowledge, language, self._known))

    def explain(self, reading: Reading) -> Whys:
        return self._reasons(reading.document.language).explain(reading)


class Reasons:
    """What findings rest on in one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode, known: Known) -> None:
        self._known = known
        self._grammars = Grammars(knowledge, language)
        self._told = ToldReasons(language, self._grammars.statements)
        self._titles, self._names = Entries(language, "titles"), Entries(language, "names", "bodies")
        self._forms, self._dates = DateForms(language), Entries(language, "dates")
        self._phrases = {topic: Entries(language, topic) for topic in ("instruments", "mechanisms", "progress", "slips")}
        self._terms = ThemeTerms(knowledge, language)

    def explain(self, reading: Reading) -> Whys:
        """The grounds of all findings."""
        page = Page(reading.document, self._grammars.abbreviations, self._grammars.marks)
        named = [*(one.evidence.span for one in reading.instruments), *(one.evidence.span for one in reading.mechanisms)]
        mentions = self._grammars.names.find(page, named)
        return {
            "actors": tuple(tuple(self._actor(page, one)) for one in reading.actors),
            "offices": tuple(tuple(self._held(page, self._titles, one.evidence, "title")) for one in reading.offices),
            "dates": tuple(self._all_dates(page, reading.dates)),
            "instruments": tuple(self._phrase(page, "instruments", one.instrument, one.evidence) for one in reading.instruments),
            "mechanisms": tuple(self._phrase(page, "mechanisms", one.mechanism, one.evidence) for one in reading.mechanisms),
            "statements": tuple(self._told.of_statements(page, mentions, reading.statements)),
            "events": tuple(self._told.of_events(page, mentions, reading)),
            "commitments": tuple(self._told.of_commitments(page, reading)),
            "progress": tuple(tuple(self._claim(page, one)) for one in reading.progress),
            "themes": tuple(self._themes(page, reading)),
            "slips": tuple(tuple(self._slip(page, one)) for one in reading.slips),
        }

    def _actor(self, page: Page, actor: ActorMention) -> Iterator[Ground]:
        """What is known by the name; else the title before it and the names and words of bodies in it; else its form alone."""
        place = actor.evidence
        grounds = list(self._known.name(page, "actors", actor.actor, place))
        if not grounds:
            before = self._titles.within(page.folded, max(0, place.start - TITLE_REACH), place.start)
            grounds += [
                words_ground(page, "title", start, end, entry=entry.value, place=entry.place, key=entry.key)
                for start, end, entry in before
                if not page.text[end : place.start].strip()
            ]
            grounds += self._held(page, self._names, place, "name-part")
        yield from grounds or [words_ground(page, "form", place.start, place.end)]

    def _all_dates(self, page: Page, dates: Sequence[DateMention]) -> Iterator[tuple[Ground, ...]]:
        """The form a date is written in; where the words do not give the year, the day the document was published."""
        forms = {match.start: match.form for match in self._forms.find(page)}
        for date in dates:
            place, form, grounds = date.evidence, forms.get(date.evidence.start), []
            if form and (entry := self._dates.of(form.pattern)):
                key = f"means={form.means.value}"
                grounds.append(words_ground(page, "date-form", place.start, place.end, entry=entry.value, place=entry.place, key=key))
            if date.iso and date.iso[:4] not in place.quote and page.document.published:
                grounds.append(Ground(by="published", entry=page.document.published, key=page.document.published_from or ""))
            yield tuple(grounds or [words_ground(page, "form", place.start, place.end)])

    def _phrase(self, page: Page, topic: str, identity: str | None, evidence: Evidence) -> tuple[Ground, ...]:
        """What is known by the name; else the word that heads it."""
        known = tuple(self._known.name(page, topic, identity, evidence))
        return known or tuple(self._held(page, self._phrases[topic], evidence, "head"))

    def _claim(self, page: Page, claim: ProgressClaim) -> Iterator[Ground]:
        """The figure, and the words of its sentence that make it a claim."""
        evidence = claim.evidence
        yield words_ground(page, "figure", evidence.start, evidence.end)
        sentence = page.sentences[page.sentence_at(evidence.start)]
        found = list(self._phrases["progress"].within(page.folded, sentence.start, sentence.end))
        near = sorted(found, key=lambda one: abs(one[0] - evidence.start))[:MOST]
        for start, end, entry in sorted(near, key=lambda one: one[0]):
            yield words_ground(page, "cue", start, end, entry=entry.value, place=entry.place, key=entry.key)

    def _themes(self, page: Page, reading: Reading) -> Iterator[tuple[Ground, ...]]:
        places = self._terms.places(page)
        for theme in reading.themes:
            yield (
                *self._known.terms(page, theme.theme, places.get(theme.theme, ())),
                model_ground("themes", likely=theme.score, at=self._grammars.themes.model.threshold),
            )

    def _slip(self, page: Page, slip: Slip) -> Iterator[Ground]:
        """The reason, as the file has its sentence, and the words that were held against each other."""
        reason = next((entry for entry in self._phrases["slips"].all if entry.key == f"sentences.{slip.reason}"), None)
        place = reason.place if reason else ""
        yield words_ground(page, "slip", slip.evidence.start, slip.evidence.end, entry=slip.reason, place=place)
        yield from self._held(page, self._phrases["slips"], slip.evidence, "cue")

    def _held(self, page: Page, entries: Entries, evidence: Evidence, by: str) -> Iterator[Ground]:
        """The entries that stand inside the evidence."""
        for start, end, entry in list(entries.within(page.folded, evidence.start, evidence.end))[:MOST]:
            yield words_ground(page, by, start, end, entry=entry.value, place=entry.place, key=entry.key)
