"""The ids of persons and bodies that no file knows: their names in kebab-case."""

import re
import unicodedata

SUFFIXES = frozenset(("jr", "sr", "ii", "iii"))
"""What may stand behind a person's name, as in ids."""
NOT_ID = re.compile(r"[^a-z0-9]+")
PLAIN = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
"""Letters whose stroke or shape is no accent that can be taken off."""


def kebab(name: str) -> str:
    """A name as an id: small letters without accents, joined by dashes ("Đặng Đình Quý": `dang-dinh-quy`, "Jørgensen": `jorgensen`)."""
    plain = unicodedata.normalize("NFD", name.lower().translate(PLAIN))
    return NOT_ID.sub("-", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip("-")
