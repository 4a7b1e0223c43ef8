"""The charts that pages show, under addresses of their own: drawn when a browser asks for one, kept by the hash of what they show.

A page never waits for a drawing. What is kept is data and SVG, the newest only; a page that is asked for again offers its charts again.
Where several processes answer, the shelf that they have in common holds the data too: the browser may ask another one.
"""

from collections import OrderedDict
from collections.abc import Collection
from threading import Lock

import msgspec

from comity.portal.shelf import Shelf
from comity.publishing.charts import LOOKS, Drawing, draw

OFFERED = 2000
"""So much data of charts is kept, some thousand bytes each."""
KEPT = 300
"""So many drawn charts."""
KIND = "chart"


class Charts:
    """Draws one chart at a time."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf
        self._offered: OrderedDict[str, Drawing] = OrderedDict()
        self._drawn: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()
        self._drawing = Lock()

    def offer(self, drawing: Drawing) -> str:
        """The beginning of the names under which a chart can be asked for: `.light.svg` and `.dark.svg` follow."""
        name = drawing.hash
        with self._lock:
            is_new = name not in self._offered
            self._offered[name] = drawing
            self._offered.move_to_end(name)
            while len(self._offered) > OFFERED:
                self._offered.popitem(last=False)
        if is_new and self._shelf:
            self._shelf.put(KIND, name, msgspec.json.encode(drawing))
        return name

    def hold(self, names: Collection[str]) -> bool:
        """Keeps some charts at hand for another while; False where one of them is not there any more."""
        with self._lock:
            if not all(name in self._offered for name in names):
                return False
            for name in names:
                self._offered.move_to_end(name)
            return True

    def svg(self, name: str) -> bytes | None:
        """The chart with a name, None where no page offers it."""
        hash, _, rest = name.partition(".")
        look = rest.removesuffix(".svg")
        if look not in LOOKS or f"{hash}.{look}.svg" != name:
            return None
        with self._drawing:
            with self._lock:
                drawn, drawing = self._drawn.get(name), self._offered.get(hash)
            if drawn is None and (drawing := drawing or self._of_others(hash)) is not None:
                drawn = draw(drawing, look)
                with self._lock:
                    self._drawn[name] = drawn
                    while len(self._drawn) > KEPT:
                        self._drawn.popitem(last=False)
        return drawn

    def _of_others(self, hash: str) -> Drawing | None:
        """What a page of another process offers."""
        found = self._shelf.get(KIND, hash) if self._shelf else None
        return msgspec.json.decode(found, type=Drawing) if found else None
