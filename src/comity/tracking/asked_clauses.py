"""Clauses made ready to be tied to lines (links.py), and texts looked through for all of their clauses at once.

In come a clause's words as evidence and what was found around them; the linker asks nothing else of a document.
"""

from collections.abc import Sequence

from msgspec import Struct

from comity.intervals import IsoDate
from comity.knowledge.matcher import Match
from comity.records import ActorId, Evidence
from comity.tracking.clause_view import Clause, Clauses
from comity.tracking.partnership_scope import Heard
from comity.tracking.products import Floats


class Asked(Struct, frozen=True):
    """A clause with its words as evidence, who acts or speaks in it, and when; `scope` are the numbers of its document (SCOPE), None where
    there is none, `sentence` is the whole that it was cut from. In a document of another partnership no clause is about a line."""

    evidence: Evidence
    view: Clause
    actors: frozenset[ActorId] = frozenset()
    date: IsoDate | None = None
    scope: Floats | None = None
    sentence: Clause | None = None
    hopeless: bool = False


Said = tuple[Evidence, frozenset[ActorId], IsoDate | None]
"""A clause, who acts or speaks in it, and when."""


class LookedThrough(Struct, frozen=True):
    """A text with its clauses at hand, the names in it, and what it says of the partnership: None where it is of another."""

    clauses: Clauses
    names: Sequence[Match[ActorId]]
    heard: Heard | None
    size: int
