"""Where what is known of the world and the partnerships is written: the line of a name, a term or an entry."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.knowledge.load import WORLD
from comity.knowledge.places import Atlas
from comity.reading.page import Page
from comity.reading.why.grounds import Ground, short_place, words_ground
from comity.records import Evidence

TERMS = 5
"""So many terms of a theme are shown."""


class Known:
    """The files of the knowledge with their lines."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        folders = (*(Path(pack.folder) for pack in knowledge.packs), WORLD)
        self._place = cache(Atlas(path for folder in folders for path in sorted(folder.glob("*.yaml"))).place)

    def name(self, page: Page, part: str, identity: str | None, evidence: Evidence) -> Iterator[Ground]:
        """The entry of a part (`actors`, `instruments`, `mechanisms`) that the words name, where there is one."""
        entry = getattr(self.knowledge, part).get(identity) if identity else None
        if entry is None or identity is None:
            return
        quote = fold(" ".join(evidence.quote.split()))  # "the 36th ASEAN Summit" holds the name "ASEAN Summit"
        spelled = max((name for name in _names(entry) if fold(name) in quote), key=len, default=None)
        place = short_place(self._place(part, identity, "", spelled).split(", ")[0])
        yield words_ground(page, "known", evidence.start, evidence.end, entry=spelled or identity, place=place, key=f"{part} {identity}")

    def terms(self, page: Page, theme: str, found: Iterable[tuple[int, int]]) -> Iterator[Ground]:
        """The terms of a theme that stand in the text, each once."""
        known = {fold(term): term for names in _theme_words(self.knowledge, theme) for term in names}
        told: set[str] = set()
        for start, end in found:
            word = fold(" ".join(page.text[start:end].split()))
            if word not in told and len(told) < TERMS:
                told.add(word)
                term = known.get(word, word)
                place = short_place(self._place("themes", theme, "", term).split(", ")[0])
                yield words_ground(page, "term", start, end, entry=term, place=place, key=f"themes {theme}")


def _theme_words(knowledge: Knowledge, theme: str) -> Iterator[Iterable[str]]:
    yield from knowledge.themes[theme].strong.values()
    yield from knowledge.themes[theme].terms.values()


def _names(entry: object) -> Iterator[str]:
    """All spellings of an entry: names and adjectives of every language, acronyms."""
    for field in ("names", "adjectives", "capitals"):
        for spellings in (getattr(entry, field, None) or {}).values():
            yield from spellings
    yield from getattr(entry, "acronyms", ())
