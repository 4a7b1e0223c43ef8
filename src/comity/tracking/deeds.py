"""Which deed the words for an event tell, within their type: a visit, a meeting, a call, a gathering. The words are the languages'
(languages/*/occurrences.yaml), so that "met with" and "hội đàm" are one deed, and a visit and the talks during it are two."""

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import languages, load_words
from comity.records import LanguageCode
from comity.register.occurrences import Report


class OccurrenceWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The language's file: words by deed."""

    deeds: dict[str, tuple[str, ...]]


def deed_of(words: str, language: LanguageCode) -> str | None:
    """The deed that the words for an event tell; None where they tell any. `words` are folded, with single spaces."""
    return _deeds(language).get(words)


def deed_told(report: Report) -> str | None:
    """The deed that a report tells."""
    return deed_of(" ".join(fold(report.words).split()), report.language)


@cache
def _deeds(language: LanguageCode) -> Mapping[str, str]:
    """Empty for a language that is not known."""
    if language not in languages():
        return {}
    deeds = load_words(language, "occurrences", OccurrenceWords).deeds
    return {" ".join(fold(word).split()): deed for deed, several in deeds.items() for word in several}
