"""Which language a text is in: its letters first, then its commonest words, then a trained guess where these leave doubt.

Vietnamese shows itself by its letters ("được", "Tổng Thư ký"), English and Vietnamese typed without marks by their small words.
"""

import re
from functools import cache
from typing import Any

from msgspec import Struct

from comity.errors import BadInputError
from comity.languages import languages, load_words
from comity.records import LanguageCode

WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 20_000
"""Characters looked at: more change nothing."""
LETTER_SHARE = 0.05
WORD_SHARE = 0.15
LEAST_LETTERS = 60
"""A shorter text is never refused for its language: headlines and names tell too little."""

RULED_OUT = 0.001
"""The probability under which a language is ruled out: French has none for English (< .0001), a sentence full of names a fifth."""


class IdentityWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`letters`: letters that no other language here has; `words`: its commonest small words, in plain form too."""

    letters: str = ""
    words: tuple[str, ...] = ()


def checked_language(text: str, *, named: LanguageCode | None, name: str) -> LanguageCode:
    """The language named, or else the one found. Raises BadInputError where Comity doesn't read it."""
    read = ", ".join(languages())
    if named is not None:
        language = named.strip().lower().replace("_", "-").split("-")[0]
        if language not in languages():
            raise BadInputError(f"{name or 'The text'}: is said to be in {named!r}; Comity reads {read}. Name one of these.")
        return language
    language = found_language(text)
    if language not in languages():
        raise BadInputError(f"{name or 'The text'}: seems to be in {language!r}; Comity reads {read}. If it is one of these, name it.")
    return language


def found_language(text: str) -> str:
    """The ISO 639-1 code of the text's language, read by Comity or not."""
    sample = text[:SAMPLE].lower()
    words = WORD.findall(sample)
    letters = sum(map(len, words))
    shares = {language: _shares(sample, words, identity) for language, identity in _identities().items()}
    by_letters = max(shares, key=lambda language: shares[language][0])
    if shares[by_letters][0] >= LETTER_SHARE * max(1, letters):
        return by_letters
    by_words = max(shares, key=lambda language: shares[language][1])
    if words and shares[by_words][1] >= WORD_SHARE * len(words):
        return by_words
    return _trained_guess(sample, letters)


def _shares(sample: str, words: list[str], identity: IdentityWords) -> tuple[int, int]:
    small = frozenset(identity.words)
    return sum(map(sample.count, identity.letters)), sum(word in small for word in words)


def _trained_guess(sample: str, letters: int) -> str:
    """The likeliest language; one that Comity reads wherever that is not ruled out: names of persons and places tell too little."""
    ranked = _identifier().rank(sample)
    likely = {language: float(share) for language, share in ranked}
    read = max(languages(), key=lambda language: likely.get(language, 0.0))
    return str(ranked[0][0]) if letters >= LEAST_LETTERS and likely.get(read, 0.0) < RULED_OUT else read


@cache
def _identifier() -> Any:
    # Imported here: the model takes a quarter of a second to load, and few texts come this far.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _identities() -> dict[LanguageCode, IdentityWords]:
    return {language: load_words(language, "identity", IdentityWords) for language in languages()}
