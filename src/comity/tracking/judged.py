"""What people decided about contradictions: a rejected one is not shown again, an accepted one is no suggestion any more.

In come those found and a view; out come those that stand, by what was decided by the day of the view. A decision stays with the words, so
that a newer reading of a document, or another order of the two sides, brings nothing back.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from comity.register import Action, View
from comity.register.decisions import undone
from comity.register.pairs import OfContradiction, same_pair
from comity.tracking.contradiction import Contradiction


def judged(found: Iterable[Contradiction], view: View) -> Iterator[Contradiction]:
    """Those that nobody rejected, with whether somebody accepted them; the last word counts."""
    said = _last_words(view)
    for one in found:
        about = one.about
        words = [
            (number, action) for subject, number, action in said[about.kind] if same_pair(subject, about.kind, (about.first, about.second))
        ]
        last = max(words, default=(0, None))[1]
        if last is not Action.REJECT:
            yield replace(one, accepted=last is Action.ACCEPT)


def _last_words(view: View) -> defaultdict[str, list[tuple[OfContradiction, int, Action]]]:
    """The verdicts that stand, by kind of contradiction."""
    taken = list(view.decisions())
    gone = undone(taken)
    said: defaultdict[str, list[tuple[OfContradiction, int, Action]]] = defaultdict(list)
    for decision in taken:
        if decision.number in gone or decision.action not in (Action.ACCEPT, Action.REJECT):
            continue
        if isinstance(decision.subject, OfContradiction):
            said[decision.subject.kind].append((decision.subject, decision.number, decision.action))
    return said
