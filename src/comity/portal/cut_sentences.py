"""The sentences around findings, cut once: what a document says does not change, and a page shows fifty of them."""

from collections import OrderedDict
from threading import Lock

from comity.records import Evidence
from comity.tracking.passages import Passage, Passages

KEPT = 20_000
"""So many sentences are kept, some hundred bytes each."""
Place = tuple[str, int, int]


class CutSentences:
    """The sentences that were shown last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: OrderedDict[Place, Passage] = OrderedDict()

    def around(self, evidence: Evidence, passages: Passages) -> Passage:
        """The sentence around words of a document; `passages` cuts it where it was not shown lately."""
        place = (evidence.document, evidence.start, evidence.end)
        with self._lock:
            found = self._found.get(place)
            if found is not None:
                self._found.move_to_end(place)
                return found
        found = passages.around(evidence)
        with self._lock:
            self._found[place] = found
            if len(self._found) > KEPT:
                self._found.popitem(last=False)
        return found
