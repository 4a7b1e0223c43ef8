"""Pages that anybody may see, kept as they were answered: the next visitor gets the same bytes as long as nothing has changed.

A page is kept under its host, path and query (language and day are in these) together with the version of all it is made from, which
whoever keeps it reads before the page is made: what is made later is never older than its version. Feeds and records are kept too.
"""

import re
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

from msgspec import Struct

from comity.portal.charts import Charts

MOST = 64_000_000
"""Bytes of all pages together: about a thousand pages."""
LARGEST = 2_000_000
"""What is larger (all records of a long list) is asked for once."""
KINDS = (b"text/html", b"application/atom+xml", b"application/json", b"text/calendar")
CHART = re.compile(rb"/charts/([0-9a-f]+)\.")


class KeptPage(Struct, frozen=True, kw_only=True):
    """An answer, and the charts that it shows, which must be there when the browser asks for them."""

    version: Hashable
    start: Any
    body: bytes
    charts: frozenset[str]


class KeptPages:
    """The pages that were asked for last."""

    def __init__(self, charts: Charts) -> None:
        self._charts = charts
        self._lock = Lock()
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self._bytes = 0

    def find(self, name: Hashable, version: Hashable) -> KeptPage | None:
        """The page of this version, None where it has to be made."""
        with self._lock:
            page = self._pages.get(name)
            if page is None or page.version != version:
                return None
            self._pages.move_to_end(name)
        return page if self._charts.hold(page.charts) else None

    def keep(self, name: Hashable, version: Hashable, start: Any, body: bytes) -> None:
        """Keeps an answer if it is a page that anybody may see."""
        told = {key.lower(): value for key, value in start["headers"]}
        if start["status"] != 200 or b"set-cookie" in told or not told.get(b"content-type", b"").startswith(KINDS) or len(body) > LARGEST:
            return
        charts = frozenset(found.decode() for found in CHART.findall(body))
        with self._lock:
            self._bytes -= len(before.body) if (before := self._pages.pop(name, None)) else 0
            self._pages[name] = KeptPage(version=version, start=start, body=body, charts=charts)
            self._bytes += len(body)
            while self._bytes > MOST:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.body)
