"""What a line's words and its table row propose: the bodies responsible and the themes. A person confirms both."""

from collections.abc import Iterable

from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded
from comity.knowledge.matcher import Matcher
from comity.records import ActorId, ActorType, ThemeId

MOST_THEMES = 3
ENOUGH_TERMS = 2
"""A theme without a strong term needs two of its terms."""


class Proposals:
    """Names of bodies and terms of themes, compiled once."""

    def __init__(self, knowledge: Knowledge) -> None:
        actors = [actor for actor in knowledge.actors.values() if actor.type is not ActorType.PERSON]
        self._states = {actor.id for actor in actors if actor.type is ActorType.STATE}
        self._parties = {party for pack in knowledge.packs for party in pack.partnership.parties}
        self._bodies = Matcher(
            (name, actor.id) for actor in actors for name in [*actor.acronyms, *(n for names in actor.names.values() for n in names)]
        )
        self._themes: Matcher[tuple[ThemeId, bool]] = Matcher(
            (term, (theme.id, strong))
            for theme in knowledge.themes.values()
            for strong, terms in ((True, theme.strong), (False, theme.terms))
            for words in terms.values()
            for term in words
        )

    def named(self, cell: str) -> tuple[ActorId, ...]:
        """The bodies and states that a table's cell names."""
        return tuple(dict.fromkeys(match.values[0] for match in self._bodies.find(Folded(cell))))

    def in_words(self, words: Iterable[str]) -> tuple[ActorId, ...]:
        """The bodies that a line's words name: no states, nor the partnership's parties, which every line names."""
        found = (match.values[0] for text in words for match in self._bodies.find(Folded(text)))
        return tuple(dict.fromkeys(actor for actor in found if actor not in self._states and actor not in self._parties))

    def themes(self, words: Iterable[str]) -> tuple[ThemeId, ...]:
        """The themes that the words show, those with most terms first."""
        strong: dict[ThemeId, int] = {}
        terms: dict[ThemeId, set[str]] = {}
        for text in words:
            folded = Folded(text)
            # "World Health Organization" tells who, not what about.
            folded = folded.masked((match.start, match.end) for match in self._bodies.find(folded))
            for match in self._themes.find(folded):
                for theme, is_strong in match.values:
                    strong[theme] = strong.get(theme, 0) + is_strong
                    terms.setdefault(theme, set()).add(folded.folded[match.start : match.end])
        fitting = [theme for theme in terms if strong[theme] or len(terms[theme]) >= ENOUGH_TERMS]
        ranked = sorted(fitting, key=lambda theme: (-strong[theme], -len(terms[theme]), theme))
        return tuple(ranked[:MOST_THEMES])
