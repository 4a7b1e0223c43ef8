"""The occurrences of one register asked for part by part, as papers need them: those that some documents tell of, those of a time, those
about which documents may contradict each other.

Where the register keeps them each part costs what is in it; else all of the paper's time are put together once, and the parts are taken
from these.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Knowledge
from comity.register import Found, View
from comity.register.occurrence_rows import Kept
from comity.tracking.kept_occurrences import are_kept, built
from comity.tracking.occurrence import Occurrence, in_order
from comity.tracking.occurrences import occurrences, telling_occurrences
from comity.tracking.undertakings_followed import earliest_said


class Happenings:
    """The occurrences between two days, as of `today`."""

    def __init__(
        self, view: View, knowledge: Knowledge, today: date, *, since: IsoDate | None = None, until: IsoDate | None = None
    ) -> None:
        self._view = view
        self._knowledge = knowledge
        self._today = today
        self._since = since
        self._until = until
        kept = are_kept(view, knowledge, today)
        self._all = None if kept else occurrences(view, knowledge, today=today, since=since, until=until)

    def told_in(self, documents: Collection[str]) -> Sequence[Occurrence]:
        """Those that have a report in one of some documents and a date, in the order of time."""
        if self._all is not None:
            return [one for one in self._all if one.when and any(report.document in documents for report in one.reports)]
        found = built(self._view, self._knowledge, self._today, Kept(self._view).told_in(documents))
        return sorted((one for one in found if one.when and self._is_inside(one.when)), key=in_order)

    def between(self, since: IsoDate | None, until: IsoDate | None = None) -> Sequence[Occurrence]:
        """Those of a time inside that of all, which lasts to the end of it where no other is given."""
        if self._all is not None:
            return [one for one in self._all if one.when is None or _is_between(one.when, since, until)]
        first = max((day for day in (since, self._since) if day), key=first_day, default=None)
        return occurrences(self._view, self._knowledge, today=self._today, since=first, until=until or self._until)

    def keeping(self, commitments: Iterable[Found]) -> Sequence[Occurrence]:
        """Those that may keep some commitments: what was before the first of them keeps none."""
        first = earliest_said(commitments)
        return self.between(first) if first else ()

    def telling(self) -> Sequence[Occurrence]:
        """Those about which documents may contradict each other."""
        if self._all is not None:
            return self._all
        found = telling_occurrences(self._view, self._knowledge, today=self._today)
        return [one for one in found if one.when is None or self._is_inside(one.when)]

    def _is_inside(self, when: IsoDate) -> bool:
        return _is_between(when, self._since, self._until)


def _is_between(when: IsoDate, since: IsoDate | None, until: IsoDate | None) -> bool:
    return (since is None or last_day(when) >= first_day(since)) and (until is None or first_day(when) <= last_day(until))
