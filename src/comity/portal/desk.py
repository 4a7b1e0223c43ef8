"""What the pages are made from: the register, the pack and the knowledge, and what was worked out from them some seconds ago.

A snapshot is kept for a few seconds, so that a busy page does not count everything anew for each visitor
and still shows a new document soon.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Lock

from comity.knowledge import Knowledge, Pack, Plan
from comity.languages import languages
from comity.portal.snapshot import Snapshot
from comity.portal.words import Words
from comity.publishing.labels import Labels
from comity.records import LanguageCode
from comity.register import Register
from comity.tracking.renewal import Renewal, compare_plans_by_meaning

FRESH = 5.0
"""Seconds for which a snapshot is shown."""


class Desk:
    """One portal's things. `clock` and `today` are given by tests."""

    def __init__(
        self,
        register: Register,
        pack: Pack,
        knowledge: Knowledge,
        language: LanguageCode = "en",
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self.register = register
        self.pack = pack
        self.knowledge = knowledge
        self.words = {code: Words(Labels(code)) for code in languages()}
        self.language = Labels(language).language
        self._clock = clock
        self._today = today
        self._lock = Lock()
        self._renewals: dict[tuple[str, str], tuple[Renewal, ...]] = {}
        self._kept: tuple[float, Snapshot] | None = None

    def renewals(self, old: Plan, new: Plan) -> tuple[Renewal, ...]:
        """What became of the lines of a plan in the next; worked out once, since a pack does not change while the portal runs."""
        with self._lock:
            if (old.id, new.id) not in self._renewals:
                self._renewals[old.id, new.id] = compare_plans_by_meaning(old, new, self.knowledge)
            return self._renewals[old.id, new.id]

    def snapshot(self) -> Snapshot:
        """The register as it is, or was some seconds ago."""
        with self._lock:
            now = self._clock()
            if self._kept is None or now - self._kept[0] >= FRESH:
                self._kept = (now, Snapshot(self.pack, self.knowledge, self.register.view(), self.register.links(), self._today()))
            return self._kept[1]

    def look_anew(self) -> None:
        """Lets the next page look at the register anew, which has just grown."""
        with self._lock:
            self._kept = None
