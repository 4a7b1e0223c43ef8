"""The ids of persons and bodies that no file knows: their names in kebab-case."""

import re
import unicodedata

NOT_ID = re.compile(r"[^a-z0-9]+")


def kebab(name: str) -> str:
    """A name as an id: small letters without accents, joined by dashes ("Đặng Đình Quý": `dang-dinh-quy`)."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return NOT_ID.sub("-", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip("-")
