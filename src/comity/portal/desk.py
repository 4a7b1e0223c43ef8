"""What the pages are made from: the register, the pack and the knowledge, and what was worked out from them some seconds ago.

A snapshot is kept as long as the register does not change, which is looked for every few seconds: so a busy page does not count everything
anew for each visitor and still shows a new document soon. Where a register is so large that one takes long to work out, nobody waits for
it: the one before is shown for as long as that takes.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from threading import Lock, Thread

from comity.errors import ComityError
from comity.intervals import last_day
from comity.knowledge import Knowledge, Pack, Plan
from comity.knowledge.aims import Vision
from comity.languages import languages
from comity.portal.apart import Apart
from comity.portal.asking import date_in, gone_by
from comity.portal.backroom import Backroom
from comity.portal.charts import Charts
from comity.portal.cut_sentences import CutSentences
from comity.portal.held_against import HeldAgainst
from comity.portal.shelf import Shelf
from comity.portal.snapshot import Snapshot
from comity.portal.words import Words
from comity.publishing.labels import Labels
from comity.records import LanguageCode
from comity.register import Register
from comity.register.changes import State, state_of
from comity.register.crossed import Crossing, crossings
from comity.register.tallies import counting
from comity.tracking.brief import Brief
from comity.tracking.digest import Digest
from comity.tracking.renewal import Renewal, compare_plans_by_meaning

FRESH = 5.0
"""Seconds after which it is looked for whether the register has changed."""
SLOW = 0.3
"""A snapshot that took longer than so many seconds is made anew while the one before is shown."""
STALE = 60.0
"""Older than this, a snapshot is not shown any more."""
PARTS = ("overview", "due", "statuses", "actors", "merged", "months")
"""What nearly every page shows of a snapshot."""
DAYS = 8
"""So many days gone by are kept at once: what was known then does not change any more."""

Version = tuple[date, State, int, int, int]


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
        charts: Charts | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self.register = register
        self.pack = pack
        self.knowledge = knowledge
        self.words = {code: Words(Labels(code)) for code in languages()}
        self.language = Labels(language).language
        self.charts = charts or Charts(shelf)
        self.sentences = CutSentences()
        self._clock = clock
        self._today = today
        self.backroom = Backroom(register, knowledge)
        self.against = HeldAgainst(knowledge, self.backroom, shelf)
        self.papers: Apart[Brief | Digest] = Apart()
        self._crossed: Apart[list[Crossing]] = Apart()
        self._lock = Lock()
        self._renewals: dict[tuple[str, str], tuple[Renewal, ...]] = {}
        self._kept: tuple[float, Snapshot] | None = None
        self._days: OrderedDict[date, Snapshot] = OrderedDict()
        self._looking = False
        self._changes = register.changes()
        self._noted: tuple[int, Version] | None = None

    def renewals(self, old: Plan, new: Plan) -> tuple[Renewal, ...]:
        """What became of the lines of a plan in the next; worked out once, since a pack does not change while the portal runs."""
        with self._lock:
            if (old.id, new.id) not in self._renewals:
                self._renewals[old.id, new.id] = compare_plans_by_meaning(old, new, self.knowledge)
            return self._renewals[old.id, new.id]

    def crossings(self, now: Snapshot, vision: Vision) -> list[Crossing]:
        """The clauses tied to a goal and to an element of a vision. A large register takes seconds: those before are shown meanwhile."""

        def work() -> list[Crossing]:
            return crossings(now.counting, list(self.knowledge.sdgs), columns_of(vision))

        name, ask = (vision.id, now.view.asking.scope.before), self._crossed.at_once if now.is_small else self._crossed.before
        return ask(name, state_of(now.view), work)

    def snapshot(self) -> Snapshot:
        """The register as it is, or was some seconds ago."""
        with self._lock:
            now = self._clock()
            if self._kept is None:
                self._kept = (now, self._look())
            made, kept = self._kept
            if now - made >= FRESH and kept.is_current(self._today()):
                self._kept = (now, kept)
            elif now - made >= FRESH and (kept.took < SLOW or now - made >= STALE):
                self._kept = (now, self._look())
            elif now - made >= FRESH and not self._looking:
                self._looking = True
                Thread(target=self._look_ahead, daemon=True).start()
            return self._kept[1]

    def version(self) -> Hashable:
        """Another one as soon as a page may say something else; None while pages are made from what has changed meanwhile."""
        mark = self._changes.mark()
        state = self.snapshot().version(self._today())
        version = None if state is None else self._version_of(state)
        self._noted = (mark, version) if mark is not None and version is not None else None
        return version

    def known_version(self) -> Hashable:
        """The same at once where nothing at all was written since it was last asked, else None."""
        noted = self._noted
        if noted is None or noted[0] != self._changes.mark():
            return None
        return noted[1] if noted[1] == self._version_of(noted[1][1]) else None

    def _version_of(self, state: State) -> Version:
        return (self._today(), state, self.against.worked_out, self.papers.worked_out, self._crossed.worked_out)

    def day_in(self, text: str) -> date:
        """The last day of a date, month or year that has begun, today at the latest. Raises Unfit."""
        iso = gone_by(date_in(text), self._today())
        return min(last_day(iso), self._today())

    def snapshot_of(self, day: date) -> Snapshot:
        """The register as it was known at the end of a day, for a page: of a large one the newest documents are counted."""
        if day >= self._today():
            return self.snapshot()
        with self._lock:
            if day not in self._days:
                known = self.register.as_known(day.isoformat())
                some, more = counting(known.view(), day.isoformat())
                self._days[day] = Snapshot(self.pack, self.knowledge, known.view(), known.links(), day, some, more)
                while len(self._days) > DAYS:
                    self._days.popitem(last=False)
            self._days.move_to_end(day)
            return self._days[day]

    def exact_of(self, day: date) -> Snapshot:
        """The same for programs: everything is counted, however long that takes."""
        shown = self.snapshot_of(day)
        return Snapshot(self.pack, self.knowledge, shown.view, shown.links, shown.today) if shown.counts_some else shown

    def begin(self) -> None:
        """Begins to work out what the first pages show, so that who asks first waits no longer than who asks next."""
        Thread(target=self._begin, daemon=True).start()

    def _begin(self) -> None:
        with suppress(ComityError):  # whoever asks for a page is told
            now = self.snapshot()
            for part in PARTS:
                getattr(now, part)
            self.against.of(now)
            now.network(None, None)
            for vision in self.knowledge.visions.values():
                self.crossings(now, vision)

    def _look(self) -> Snapshot:
        return Snapshot(self.pack, self.knowledge, self.register.view(), self.register.links(), self._today())

    def _look_ahead(self) -> None:
        """Works out what all pages show before anybody asks for it."""
        try:
            made, snapshot = self._clock(), self._look()
            for part in PARTS:
                getattr(snapshot, part)
            with self._lock:
                if self._kept is not None and self._kept[0] <= made:
                    self._kept = (made, snapshot)
        finally:
            self._looking = False

    def look_anew(self) -> None:
        """Lets the next page look at the register anew, which has just grown."""
        with self._lock:
            self._kept = None


def columns_of(vision: Vision) -> dict[str, Sequence[str]]:
    """The elements that stand at the top of a vision, each with itself and those under it: `ASCC-B` with `ASCC-B.1`."""
    tops = [element.id for element in vision.elements if "." not in element.id]
    return {
        f"{vision.id}/{top}": [f"{vision.id}/{one.id}" for one in vision.elements if one.id == top or one.id.startswith(f"{top}.")]
        for top in tops
    }
