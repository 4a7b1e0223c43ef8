"""What is wrong about a slip, as a sentence of a language: from `languages/<language>/slips.yaml` where it has one for the reason."""

from typing import Any

from comity.intervals import is_iso
from comity.knowledge.yaml_file import read_yaml
from comity.languages import HERE
from comity.publishing.labels import Labels
from comity.records import Slip


class SlipSentences:
    """The sentences of one language."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        path = HERE / labels.language / "slips.yaml"
        words = read_yaml(path, dict[str, Any]) if path.is_file() else {}
        self._sentences: dict[str, str] = words.get("sentences", {})

    def say(self, slip: Slip) -> str:
        """The sentence with its details filled in; the reason's own words where the language has none."""
        sentence = self._sentences.get(slip.reason)
        if sentence is None:
            return slip.reason.replace("-", " ")
        return sentence.format_map(_Details({name: self._shown(value) for name, value in slip.details.items()}))

    def _shown(self, value: str) -> str:
        return self._labels.date(value) if "-" in value and is_iso(value) else value


class _Details(dict[str, str]):
    """A detail that a reading of an older version did not give is shown as an ellipsis."""

    def __missing__(self, name: str) -> str:
        return "…"
