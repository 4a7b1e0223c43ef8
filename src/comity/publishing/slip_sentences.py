"""What is wrong about a slip, as a sentence of a language: from `languages/<language>/slips.yaml` where it has one for the reason."""

from typing import Any

from comity.knowledge.yaml_file import read_yaml
from comity.languages import HERE
from comity.records import LanguageCode, Slip


class SlipSentences:
    """The sentences of one language."""

    def __init__(self, language: LanguageCode) -> None:
        path = HERE / language / "slips.yaml"
        words = read_yaml(path, dict[str, Any]) if path.is_file() else {}
        found = words.get("sentences", {})
        self._sentences: dict[str, str] = found if isinstance(found, dict) else {}

    def say(self, slip: Slip) -> str:
        """The sentence, or the reason's own words where the language has none."""
        sentence = self._sentences.get(slip.reason)
        if sentence is None:
            return slip.reason.replace("-", " ")
        try:
            return sentence.format(**slip.details)
        except KeyError:
            return sentence
