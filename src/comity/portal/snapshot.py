"""The register at one moment, and what pages show of it that does not change within seconds, each worked out when first asked for."""

import time
from datetime import date
from functools import cached_property

from comity.knowledge import Knowledge, Pack
from comity.records import ActorId, InstrumentId
from comity.register import Found, LinkView, View
from comity.register.due import next_due
from comity.register.gone import merged_actors
from comity.register.occurrence_months import HAPPENED, Months, occurrence_months
from comity.tracking import Overview, build_overview
from comity.tracking.kept_occurrences import are_kept
from comity.tracking.occurrences import occurrences
from comity.tracking.status import PlanStatus, plans_status

PROMINENT = 300
SOON = 20
MONTH = len("2020-01")


class Snapshot:
    """Lists come from the `view`, a part at a time; here is only what is short."""

    def __init__(self, pack: Pack, knowledge: Knowledge, view: View, links: LinkView, today: date) -> None:
        self.pack = pack
        self.knowledge = knowledge
        self.view = view
        self.links = links
        self.today = today
        self.took = 0.0
        """Seconds that its slowest part took to work out."""

    @cached_property
    def overview(self) -> Overview:
        begin = time.perf_counter()
        built = build_overview(self.pack, self.view)
        self.took = time.perf_counter() - begin
        return built

    @cached_property
    def due(self) -> list[Found]:
        """The commitments that fall due next, the nearest first."""
        return next_due(self.view, self.today.isoformat(), limit=SOON)

    @cached_property
    def statuses(self) -> dict[InstrumentId, PlanStatus]:
        """How far the lines of each plan that has some have come."""
        return {status.plan.id: status for status in plans_status(self.pack.plans, self.links, as_of=self.today.isoformat())}

    @cached_property
    def months(self) -> Months:
        """How much happened, and was foreseen, in each month."""
        if are_kept(self.view, self.knowledge, self.today):
            return occurrence_months(self.view)
        found: dict[str, tuple[int, int]] = {}
        for one in occurrences(self.view, self.knowledge, today=self.today):
            if one.when and len(one.when) >= MONTH:
                held, foreseen = found.get(one.when[:MONTH], (0, 0))
                happened = one.state in HAPPENED
                found[one.when[:MONTH]] = (held + happened, foreseen + (not happened))
        return dict(sorted(found.items()))

    @cached_property
    def merged(self) -> dict[ActorId, ActorId]:
        """Actors that people decided to be somebody else, and whom."""
        return merged_actors(self.view.asking)

    @cached_property
    def actors(self) -> tuple[ActorId, ...]:
        """The actors that documents name most."""
        return tuple(named.actor for named in self.view.mentions(limit=PROMINENT))
