"""Knowledge that lasts: one file that holds documents, what was read in them, and which of them are copies of one another."""

from comity.register.decisions import Action, Chain, Decision, OfActors, OfDecision, OfFinding, OfLine
from comity.register.identities import Candidate, RegisterActor
from comity.register.learned import Learned
from comity.register.open import Register, open_register
from comity.register.search import Facets, Snippet, Wanted
from comity.register.view import DocumentHead, Found, Hit, Hits, View
from comity.register.writer import Added, Writer

__all__ = [
    "Action",
    "Added",
    "Candidate",
    "Chain",
    "Decision",
    "DocumentHead",
    "Facets",
    "Found",
    "Hit",
    "Hits",
    "Learned",
    "OfActors",
    "OfDecision",
    "OfFinding",
    "OfLine",
    "Register",
    "RegisterActor",
    "Snippet",
    "View",
    "Wanted",
    "Writer",
    "open_register",
]
