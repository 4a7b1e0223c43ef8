"""Words of a heading with its years kept on one line: browsers break "2016-2020" behind the hyphen, as they break long addresses."""

import re

from markupsafe import Markup, escape

YEARS = re.compile(r"(?<![\w/-])(\d{4}[-–]\d{4})(?![\w/-])")


def unbroken(words: str) -> str | Markup:
    """The words for a template; each pair of years in them stands in one piece."""
    if not YEARS.search(words):
        return words
    parts = YEARS.split(words)
    pieces = (Markup('<span class="years">{}</span>').format(part) if place % 2 else escape(part) for place, part in enumerate(parts))
    return Markup("").join(pieces)
