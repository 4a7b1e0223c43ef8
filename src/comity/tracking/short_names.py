"""Whether any of some names may stand in a text, found faster than where: most texts name none of them.

In come names and a text in lower case; out comes whether it has a name, or the words of one in other capitals. Of names that hold another
between their words ("ASEAN Secretariat", "the ASEAN summit") only the shortest is looked for.
"""

from collections.abc import Iterable

import ahocorasick

from comity.knowledge.folded import as_written, fold


class ShortNames:
    """The names that hold no other."""

    def __init__(self, names: Iterable[str]) -> None:
        folded = sorted({fold(name).strip() for name in names} - {""}, key=lambda name: (len(name), name))
        self._automaton = _automaton_of([])
        kept: list[str] = []
        for name in folded:
            if not self.stand_in(name):
                kept.append(name)
                self._automaton = _automaton_of(kept)
        self._automaton = _automaton_of(sorted(written for name in kept for written in as_written(name)))

    def stand_in(self, lowered: str) -> bool:
        """Whether one is there as a word. `lowered`: by `comity.knowledge.folded.lowered`."""
        if not len(self._automaton):
            return False
        for last, (size, begins_in_word, ends_in_word) in self._automaton.iter(lowered):
            first, after = last - size + 1, last + 1
            apart = not (begins_in_word and first and lowered[first - 1].isalnum())
            if apart and not (ends_in_word and after < len(lowered) and lowered[after].isalnum()):
                return True
        return False


def _automaton_of(names: Iterable[str]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, (len(name), name[0].isalnum(), name[-1].isalnum()))
    if len(automaton):
        automaton.make_automaton()
    return automaton
