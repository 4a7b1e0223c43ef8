"""Everything that pages count over the whole register, each worked out when first asked for."""

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property

from msgspec import Struct

from comity.intervals import last_day
from comity.knowledge import Knowledge, Pack
from comity.knowledge.folded import Folded
from comity.knowledge.matcher import Matcher
from comity.languages import languages
from comity.records import ActorId, ActorType, InstrumentId, LanguageCode, ThemeId
from comity.register import Found, View
from comity.tracking import Overview, build_overview


class Heard(Struct, frozen=True):
    """A statement with the themes that its own words name."""

    found: Found
    themes: tuple[ThemeId, ...]


class Known(Struct, frozen=True, kw_only=True):
    """An actor with how often, and in how many documents, it is named."""

    id: ActorId
    type: ActorType
    mentions: int
    documents: int


class Snapshot:
    """The register at one moment. Lists of findings have the newest document first."""

    def __init__(self, pack: Pack, knowledge: Knowledge, view: View, today: date) -> None:
        self.pack = pack
        self.knowledge = knowledge
        self.view = view
        self.today = today

    @cached_property
    def overview(self) -> Overview:
        return build_overview(self.pack, self.view)

    @cached_property
    def heard(self) -> tuple[Heard, ...]:
        """All statements; near copies of the same words count once."""
        return tuple(Heard(found, self._themes(found)) for found in _once(self._newest("statements")))

    @cached_property
    def commitments(self) -> tuple[Found, ...]:
        return tuple(_once(self._newest("commitments")))

    @cached_property
    def events(self) -> tuple[Found, ...]:
        return tuple(_once(self._newest("events")))

    @cached_property
    def due(self) -> tuple[Found, ...]:
        """Commitments with a date: those still to come first, the nearest before the others, then the latest past."""
        dated = [found for found in self.commitments if found.finding.due]
        ahead = sorted((f for f in dated if last_day(f.finding.due) >= self.today), key=lambda f: last_day(f.finding.due))
        past = sorted((f for f in dated if last_day(f.finding.due) < self.today), key=lambda f: last_day(f.finding.due), reverse=True)
        return (*ahead, *past)

    @cached_property
    def actors(self) -> dict[ActorId, Known]:
        """Every actor that a document names, the most named first."""
        mentions: Counter[ActorId] = Counter()
        documents: dict[ActorId, set[str]] = defaultdict(set)
        types: dict[ActorId, ActorType] = {}
        for found in self.view.findings("actors"):
            mentions[found.finding.actor] += 1
            documents[found.finding.actor].add(found.document.id)
            types.setdefault(found.finding.actor, found.finding.type)
        return {
            actor: Known(id=actor, type=types[actor], mentions=number, documents=len(documents[actor]))
            for actor, number in sorted(mentions.items(), key=lambda pair: (-pair[1], pair[0]))
        }

    @cached_property
    def speakers(self) -> Counter[ActorId]:
        """How many statements each actor makes."""
        return Counter(actor for heard in self.heard for actor in heard.found.finding.speaker)

    @cached_property
    def themes(self) -> Counter[ThemeId]:
        """How many statements name each theme."""
        return Counter(theme for heard in self.heard for theme in heard.themes)

    @cached_property
    def offices(self) -> dict[ActorId, list[Found]]:
        """The titles by which documents name a person."""
        titles: dict[ActorId, list[Found]] = defaultdict(list)
        for found in self._newest("offices"):
            titles[found.finding.person].append(found)
        return dict(titles)

    @cached_property
    def instruments(self) -> dict[InstrumentId, list[Found]]:
        """The places that name each instrument."""
        places: dict[InstrumentId, list[Found]] = defaultdict(list)
        for found in self._newest("instruments"):
            if found.finding.instrument:
                places[found.finding.instrument].append(found)
        return dict(places)

    @cached_property
    def _terms(self) -> dict[LanguageCode, Matcher[ThemeId]]:
        return {
            language: Matcher((term, theme.id) for theme in self.knowledge.themes.values() for term in theme.strong.get(language, ()))
            for language in languages()
        }

    def _themes(self, found: Found) -> tuple[ThemeId, ...]:
        matcher = self._terms.get(found.document.language)
        if matcher is None:
            return ()
        words = Folded(" ".join(found.finding.evidence.quote.split()))
        return tuple(dict.fromkeys(theme for match in matcher.find_all(words) for theme in match.values))

    def _newest(self, kind: str) -> list[Found]:
        return sorted(self.view.findings(kind), key=lambda f: (f.document.published or "", f.document.id), reverse=True)


def _once(findings: list[Found]) -> list[Found]:
    """Without what a near copy says again in the same words."""
    told: dict[tuple[str, str], Found] = {}
    for found in findings:
        told.setdefault((found.document.family, " ".join(found.finding.evidence.quote.split())), found)
    return list(told.values())
