"""Names as people type them, made plain: one spelling for one sign, nothing that can't be seen, nothing that turns the line round."""

import re
import unicodedata

from comity.portal.readable import readable

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{2,79}")
"""Of plain letters only, so that no two names look alike: Cyrillic "а" is not Latin "a"."""

ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
LONGEST = 80


def login_of(typed: str) -> str | None:
    """`" Lan.Nguyen@MOFA.example "` gives `lan.nguyen@mofa.example`; None where it is no login."""
    login = unicodedata.normalize("NFKC", typed).strip().casefold()
    return login if LOGIN.fullmatch(login) else None


def shown_name(typed: str, *, longest: int = LONGEST) -> str:
    """A name for others to read, empty where nothing of it can be read."""
    seen = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in unicodedata.normalize("NFC", typed))
    return " ".join(readable(seen).split())[:longest].strip()


def mixes_alphabets(name: str) -> bool:
    """Whether a word of it has letters of two alphabets that look alike: "Nеws" with a Cyrillic "е"."""
    return any(len({_alphabet(sign) for sign in word} & ALIKE) > 1 for word in re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", name)))


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
