"""Text as pages show it, whatever a document or a name holds: no sign that turns the line round, no pile of marks that covers other lines.

Records for programs and what the register keeps stay as they are.
"""

import re
from typing import Any

from markupsafe import Markup

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that make what follows run from right to left ("moc.elpmaxe" for "example.com") until another sign ends it."""
MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
PILE = re.compile(f"([{MARKS}]{{4}})[{MARKS}]+")
"""No language writes more than four marks over one letter."""


def readable(value: Any) -> Any:
    """What a template is about to write; what is markup already is left alone."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isascii():
        return value
    return PILE.sub(r"\1", TURNING.sub("", value))
