"""The charts that pages show, under addresses of their own: drawn when a browser asks for one, kept by the hash of what they show.

A page never waits for a drawing. What is kept is data and SVG, the newest only; a page that is asked for again offers its charts again.
"""

from collections import OrderedDict
from threading import Lock

from comity.publishing.charts import LOOKS, Drawing, draw

KEPT = 300


class Charts:
    """Draws one chart at a time."""

    def __init__(self) -> None:
        self._offered: OrderedDict[str, Drawing] = OrderedDict()
        self._drawn: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()
        self._drawing = Lock()

    def offer(self, drawing: Drawing) -> str:
        """The beginning of the names under which a chart can be asked for: `.light.svg` and `.dark.svg` follow."""
        name = drawing.hash
        with self._lock:
            self._offered[name] = drawing
            self._offered.move_to_end(name)
            while len(self._offered) > KEPT:
                self._offered.popitem(last=False)
        return name

    def svg(self, name: str) -> bytes | None:
        """The chart with a name, None where no page offers it."""
        hash, _, rest = name.partition(".")
        look = rest.removesuffix(".svg")
        if look not in LOOKS or f"{hash}.{look}.svg" != name:
            return None
        with self._drawing:
            with self._lock:
                drawn, drawing = self._drawn.get(name), self._offered.get(hash)
            if drawn is None and drawing is not None:
                drawn = draw(drawing, look)
                with self._lock:
                    self._drawn[name] = drawn
                    while len(self._drawn) > KEPT:
                        self._drawn.popitem(last=False)
        return drawn
