"""A search that somebody kept, as a question to the register."""

from comity.register import Wanted
from comity.register.saved import SavedSearch

FIELD = {"q": "words", "in": "language"}
"""The fields of an address that are called otherwise in a question."""


def wanted_of(search: SavedSearch) -> Wanted:
    """The question. Raises BadInputError where a newer Comity does not understand it any more."""
    asked = {FIELD.get(name, name): value for name, value in search.fields.items() if name != "year"}
    if year := search.fields.get("year"):
        asked = {"since": year, "until": year, **asked}
    return Wanted(**{name: value for name, value in asked.items() if name in Wanted.__struct_fields__})
