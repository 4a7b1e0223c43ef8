"""Grounds on the screen: below a finding, one line for each thing it rests on, with file and line of the entry that can be mended."""

from collections.abc import Iterator

from rich.text import Text

from comity.languages import load_words
from comity.publishing.labels import Labels
from comity.reading.why import Ground


class GroundLines:
    """Writes grounds in the language of the labels."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._words = load_words(labels.language, "explain", dict[str, str])

    def lines(self, grounds: tuple[Ground, ...]) -> Iterator[Text]:
        """One line a ground: what it is, where it is written, and of a model how likely it finds it."""
        for ground in grounds:
            parts = [self._words[ground.by].format(entry=ground.entry, quote=ground.quote)]
            if ground.likely is not None:
                parts.append(self._words["likely"].format(n=self._labels.number(ground.likely)))
            if ground.at is not None:
                parts.append(self._words["at"].format(n=self._labels.number(ground.at)))
            if ground.features:
                weights = ", ".join(f"{name} {self._signed(weight)}" for name, weight in ground.features)
                parts.append(self._words["strongest"].format(features=weights))
            where = "  ".join(part for part in (ground.place, ground.key) if part)
            yield Text.assemble("      ", (" · ".join(parts), "dim"), ("  ", ""), (where, "dim cyan"))

    def _signed(self, number: float) -> str:
        return ("+" if number > 0 else "") + self._labels.number(number)
