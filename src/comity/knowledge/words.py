"""Names and labels by language; the label in a language, with a mark where the language is missing and another stands in."""

from collections.abc import Mapping

from comity.records import LanguageCode

Names = dict[LanguageCode, tuple[str, ...]]
Words = dict[LanguageCode, str]
"""A label or description, once in each language."""
Said = str | Words
"""Words of which only English is given, or each language."""


def label(words: object, language: LanguageCode) -> str:
    """The words in `language`, else in another with that language's code in brackets: `Fish [en]`. A bare text counts as English.

    Takes a list of names by language (the first is the label), words by language, or a text.
    """
    given: Mapping[str, object] = words if isinstance(words, Mapping) else {"en": words}
    said = {code: first for code, one in given.items() if (first := _first(one))}
    if language in said or not said:
        return said.get(language, "")
    other = "en" if "en" in said else min(said)
    return f"{said[other]} [{other}]"


def _first(words: object) -> str:
    if isinstance(words, tuple | list):
        return str(words[0]) if words else ""
    return str(words) if words else ""
