"""The order of reading: names and dates first, then what is built on them. Each kind of finding has its grammar in a file of its own."""

from functools import cache

from comity.errors import BadInputError
from comity.knowledge import Knowledge
from comity.knowledge.schema import OUTLETS
from comity.languages import languages
from comity.reading.addressing import addressed
from comity.reading.commitments import CommitmentGrammar
from comity.reading.dates import DateGrammar
from comity.reading.event_dates import told_apart
from comity.reading.events import EventGrammar
from comity.reading.instruments import InstrumentGrammar
from comity.reading.mechanisms import MechanismGrammar
from comity.reading.mentions import Form
from comity.reading.names import NameGrammar
from comity.reading.page import Page, sentence_words
from comity.reading.progress import ProgressGrammar
from comity.reading.repairs import Repairs, in_place
from comity.reading.seated import seated
from comity.reading.sitting_days import SittingDays
from comity.reading.sittings import SittingGrammar, calls_itself_issued, issuers, issuing_body
from comity.reading.slips import SlipGrammar
from comity.reading.statements import StatementGrammar
from comity.reading.themes import ThemeGrammar
from comity.reading.titled import author, holders, titled
from comity.reading.unmarked import Marks
from comity.records import ActorId, ActorMention, Document, LanguageCode, Reading

READER = "1"
"""Raised whenever the reader may find something else in the same document."""


class Reader:
    """Reads documents of any language it has a folder for. Grammars are built at the first document of a language."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.version = f"{READER}+{knowledge.version}"
        self._languages = languages()
        self._grammars = cache(lambda language: Grammars(knowledge, language))

    def read(self, document: Document) -> Reading:
        """All findings of one document. Raises BadInputError where its language has no folder."""
        if document.language not in self._languages:
            raise BadInputError(f"{document.name or document.id}: Comity reads {', '.join(self._languages)}, not {document.language!r}.")
        return self._grammars(document.language).read(document, self.version)


class Grammars:
    """All grammars of one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        self.abbreviations = sentence_words(language)
        self.marks = Marks(language, (name for actor in knowledge.actors.values() for name in actor.names.get(language, ())))
        short = (word for actor in knowledge.actors.values() for words in (actor.acronyms, *actor.names.values()) for word in words)
        self.repairs = Repairs(language, (word for word in short if word.isupper()))
        self.dates = DateGrammar(language)
        self.names = NameGrammar(knowledge, language)
        self.instruments = InstrumentGrammar(knowledge, language)
        self.mechanisms = MechanismGrammar(knowledge, language)
        self.sitting_days = SittingDays(knowledge)
        self.sittings = SittingGrammar(knowledge, language)
        self.statements = StatementGrammar(language)
        seats = {name: actor.id for actor in knowledge.actors.values() for names in actor.capitals.values() for name in names}
        outlets = frozenset(actor.id for actor in knowledge.actors.values() if actor.kind in OUTLETS)
        self.events = EventGrammar(language, outlets=outlets, seats=seats)
        self.commitments = CommitmentGrammar(language, outlets=outlets)
        self.progress = ProgressGrammar(knowledge, language)
        self.themes = ThemeGrammar(knowledge, language)
        self.slips = SlipGrammar(knowledge, language)

    def read(self, document: Document, version: str) -> Reading:
        """All findings, where they stand in the document."""
        repaired = self.repairs.of(document)
        if repaired is None:
            return self._read(document, version)
        return in_place(self._read(repaired.document, version), document, repaired.places)

    def _read(self, document: Document, version: str) -> Reading:
        page = Page(document, self.abbreviations, self.marks)
        instruments = self.instruments.find(page)
        mechanisms = self.mechanisms.find(page)
        dates = self.dates.find(page, self.sitting_days.of(page, mechanisms))
        named = [*(one.evidence.span for one in instruments), *(one.evidence.span for one in mechanisms)]
        mentions = self.names.find(page, named)
        page.titled = titled(document, self.names, self.abbreviations)
        page.author = author(document, self.names, self.abbreviations)
        page.holders = holders(document, self.names, self.abbreviations)
        page.sittings = self.sittings.of(page, mechanisms, mentions)
        page.issuers = self._issuers(page)
        mentions = seated(page, mentions)
        statements = addressed(page, mentions, mechanisms, self.statements.find(page, mentions))
        events = self.events.find(page, mentions, told_apart(dates, instruments), mechanisms, statements)
        commitments = self.commitments.find(page, mentions, dates, statements)
        progress = self.progress.find(page, mentions, dates, instruments, statements, mechanisms)
        actors = tuple(
            ActorMention(evidence=page.evidence(mention.start, mention.end), type=mention.type, actor=mention.actors[0])
            for mention in mentions.all
            if mention.form is Form.NAME
        )
        return Reading(
            document=document,
            reader=version,
            actors=actors,
            offices=mentions.offices,
            dates=dates,
            instruments=instruments,
            mechanisms=mechanisms,
            statements=statements,
            events=events,
            commitments=commitments,
            progress=progress,
            themes=self.themes.find(page),
            slips=self.slips.find(page, dates, instruments, mentions, progress, mechanisms),
        )

    def _issuers(self, page: Page) -> tuple[ActorId, ...] | None:
        """Who says "we" in a text that is a meeting's own, or a body's members'; None in any other."""
        title = page.document.title or (page.text[page.headline.start : page.headline.end] if page.headline else "")
        if not title:
            return issuers(page, ())
        heading = Page(Document(id=page.document.id, text=title, language=page.language), self.abbreviations)
        named = self.names.find(heading, [])
        if not calls_itself_issued(title, page.language):
            return issuing_body(heading, named) or issuers(page, ())
        return issuers(page, self.sittings.of(heading, self.mechanisms.find(heading), named)) or issuing_body(heading, named)
