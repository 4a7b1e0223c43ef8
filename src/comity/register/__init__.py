"""Knowledge that lasts: one file that holds documents, what was read in them, and which of them are copies of one another."""

from typing import TYPE_CHECKING

from comity.register.chain import Chain
from comity.register.decisions import Action, Decision, OfActors, OfDecision, OfFinding, OfLine
from comity.register.differences import Difference, DifferenceKind
from comity.register.findings import Found
from comity.register.heads import DocumentHead
from comity.register.hits import Hit, Hits
from comity.register.identities import Candidate, RegisterActor
from comity.register.learned import Learned
from comity.register.link_writer import Linked, LinkRows, LinkWriter, NewLink, Tail, ToLink, Unlinked, rows_of, tail_of
from comity.register.links import LinkCount, LinkFound, LinkPage, LinkState, LinkView, Verdict, YearCount
from comity.register.mentions import Named
from comity.register.narrow import Narrow
from comity.register.open import Register, open_register
from comity.register.search import Facets
from comity.register.snippets import Snippet
from comity.register.totals import Total
from comity.register.verdicts import OfLink
from comity.register.view import View
from comity.register.wanted import Wanted

if TYPE_CHECKING:
    from comity.register.batch import Added
    from comity.register.writer import Writer

__all__ = [
    "Action",
    "Added",
    "Candidate",
    "Chain",
    "Decision",
    "Difference",
    "DifferenceKind",
    "DocumentHead",
    "Facets",
    "Found",
    "Hit",
    "Hits",
    "Learned",
    "LinkCount",
    "LinkFound",
    "LinkPage",
    "LinkRows",
    "LinkState",
    "LinkView",
    "LinkWriter",
    "Linked",
    "Named",
    "Narrow",
    "NewLink",
    "OfActors",
    "OfDecision",
    "OfFinding",
    "OfLine",
    "OfLink",
    "Register",
    "RegisterActor",
    "Snippet",
    "Tail",
    "ToLink",
    "Total",
    "Unlinked",
    "Verdict",
    "View",
    "Wanted",
    "Writer",
    "YearCount",
    "open_register",
    "rows_of",
    "tail_of",
]


def __getattr__(name: str) -> object:
    """What writes is imported by whoever writes: it needs numpy, and no question does."""
    if name in ("Added", "Writer"):
        from comity.register import batch, writer

        return batch.Added if name == "Added" else writer.Writer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
