"""The language of one line, where its letters and small words leave no doubt."""

import re
from functools import cache

from comity.intake.guess import IdentityWords
from comity.languages import languages, load_words
from comity.records import LanguageCode

WORD = re.compile(r"[^\W\d_]+")
LETTER_SHARE = 0.05
WORD_SHARE = 0.2


def plain_language(text: str) -> LanguageCode | None:
    """The one language read by Comity that the text is plainly in; None where there is doubt."""
    small = text.lower()
    words = WORD.findall(small)
    letters = sum(map(len, words))
    for language, (own_letters, own_words) in _identities().items():
        if own_letters and sum(letter in own_letters for letter in small) >= LETTER_SHARE * max(1, letters):
            return language
        if not own_letters and words and sum(word in own_words for word in words) >= WORD_SHARE * len(words):
            return language
    return None


@cache
def _identities() -> dict[LanguageCode, tuple[frozenset[str], frozenset[str]]]:
    known = {language: load_words(language, "identity", IdentityWords) for language in languages()}
    # Those with letters of their own first: these decide where small words are shared.
    ordered = sorted(known.items(), key=lambda item: not item[1].letters)
    return {language: (frozenset(words.letters), frozenset(words.words)) for language, words in ordered}
