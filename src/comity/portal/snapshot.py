"""The register at one moment, and what pages show of it that does not change within seconds, each worked out when first asked for."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from functools import cached_property, partial
from threading import Lock
from typing import Any, TypeVar, cast

from comity.intervals import IsoDate
from comity.knowledge import Knowledge, Pack, Plan
from comity.records import ActorId, ActorType, InstrumentId
from comity.register import Facets, Found, LinkView, Named, Narrow, View, Wanted, YearCount
from comity.register.changes import State, state_of
from comity.register.due import next_due
from comity.register.gone import merged_actors
from comity.register.identities import Candidate
from comity.register.named import types_named
from comity.register.narrow import EVERYTHING
from comity.register.occurrence_months import HAPPENED, Months, occurrence_months
from comity.register.occurrence_rows import Kept, Wished
from comity.register.tags import DOCUMENTS
from comity.register.theme_years import ThemeYear, theme_years
from comity.register.together import count_together
from comity.tracking import Overview, build_overview
from comity.tracking.kept_occurrences import are_kept
from comity.tracking.network import Network, build_network
from comity.tracking.occurrences import occurrences
from comity.tracking.plan_links import PlanLinks
from comity.tracking.status import PlanStatus, plans_status

PROMINENT = 300
SOON = 20
SMALL = 2000
"""Documents that a page may go through while somebody waits for it."""
MONTH = len("2020-01")
ANSWERS = 8000
"""So many counts and names are kept; one is some bytes, or a small table."""
T = TypeVar("T")


class Snapshot:
    """Lists come from the `view`, a part at a time; here is only what is short. `counting` sees only the documents that are counted,
    and `counts_some` tells that those are not all."""

    def __init__(
        self,
        pack: Pack,
        knowledge: Knowledge,
        view: View,
        links: LinkView,
        today: date,
        counting: View | None = None,
        counts_some: bool = False,
    ) -> None:
        self.pack = pack
        self.knowledge = knowledge
        self.view = view
        self.counting = counting or view
        self.counts_some = counts_some
        self.links = links
        self.today = today
        self._state = state_of(view)
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()
        self.took = 0.0
        """Seconds that its slowest part took to work out."""

    @property
    def state(self) -> State:
        """Another one as soon as the register has changed."""
        return self._state

    @property
    def is_small(self) -> bool:
        """Whether a page may wait for what is made of the whole register."""
        return self.count_of(DOCUMENTS) <= SMALL

    def version(self, today: date) -> State | None:
        """The state that it was made of, None where the register or the day is another by now."""
        return self._state if today == self.today and state_of(self.view) == self._state else None

    def is_current(self, today: date) -> bool:
        """Whether the register and the day are still those it was made of."""
        return self.version(today) is not None

    def counts(self, kind: str, by: str, narrow: Narrow = EVERYTHING) -> dict[str, int]:
        """As the view's, counted once."""
        return self._once(("counts", kind, by, narrow), lambda: self._counting(kind, narrow).counts(kind, by, narrow))

    def count_of(self, kind: str, narrow: Narrow = EVERYTHING) -> int:
        """As the view's, counted once."""
        return self._once(("count", kind, narrow), lambda: self._counting(kind, narrow).count_of(kind, narrow))

    def facets(self, wanted: Wanted) -> Facets:
        """As the view's, counted once."""
        return self._once(("facets", wanted), lambda: self.view.facets(wanted))

    def named(self, actor: ActorId) -> Named | None:
        """As the view's. Who is in none of the documents that are counted is so rare that all are asked."""
        return self._once(("named", actor), lambda: self.counting.named(actor) or self.view.named(actor))

    def types_named(self) -> dict[str, int]:
        """How many persons, states and organisations are named, counted once."""
        return self._once(("types",), lambda: types_named(self.counting))

    def most_named(self, type: ActorType | None, after: str | None, limit: int) -> list[Named]:
        """As the view's mentions, asked once."""
        return self._once(("most named", type, after, limit), lambda: list(self.counting.mentions(type=type, after=after, limit=limit)))

    def count_together(self, a: ActorId, b: ActorId, theme: str | None) -> int:
        """How many reports have both actors in them, counted once."""
        return self._once(("together", a, b, theme), lambda: count_together(self.view, a, b, theme))

    def network(self, theme: str | None, year: int | None) -> Network | None:
        """Which bodies work together, worked out once."""
        build = partial(build_network, self.pack, self.knowledge, self.counting, theme=theme, year=year)
        return self._once(("network", theme, year), build)

    def theme_years(self, actor: ActorId) -> list[ThemeYear]:
        """On which themes somebody spoke when, counted once."""
        return self._once(("theme years", actor), lambda: theme_years(self.counting, actor))

    def line_years(self, plan: Plan) -> list[YearCount]:
        """The links of a plan's lines by state and year, counted once: each line's page shows some of it."""
        return self._once(("line years", plan.id), PlanLinks(plan, self.links).years)

    def count_occurrences(self, wished: Wished) -> int:
        """How many events are wished for, counted once: of twenty years they are a million."""
        return self._once(("occurrences", wished), lambda: Kept(self.view).count(wished))

    def who_may_be_one(self) -> list[Candidate]:
        """As the view's, worked out once."""
        return self._once(("who may be one",), self.view.candidates)

    def actor_surface(self, actor: ActorId) -> str | None:
        """As the view's, asked once: a page names a hundred actors, most of them those of the page before."""
        return self._once(("surface", actor), lambda: self.view.actor_surface(actor))

    def _counting(self, kind: str, narrow: Narrow) -> View:
        """Documents by what they themselves are can always be counted; what stands in them is far more."""
        plain = Narrow(publisher=narrow.publisher, language=narrow.language, between=narrow.between)
        return self.view if kind == DOCUMENTS and narrow == plain else self.counting

    def _once(self, asked: Hashable, answer: Callable[[], T]) -> T:
        """An answer that a page asked for before, or a new one."""
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return cast("T", self._answers[asked])
        found = answer()
        with self._lock:
            self._answers[asked] = found
            while len(self._answers) > ANSWERS:
                self._answers.popitem(last=False)
        return found

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
    def dates(self) -> tuple[IsoDate | None, IsoDate | None]:
        """When the oldest and the newest document were published."""
        ends = (next(self.view.documents(newest_first=newest, limit=1), None) for newest in (False, True))
        oldest, newest = (one.published if one else None for one in ends)
        return oldest, newest

    @cached_property
    def merged(self) -> dict[ActorId, ActorId]:
        """Actors that people decided to be somebody else, and whom."""
        return merged_actors(self.view.asking)

    @cached_property
    def actors(self) -> tuple[ActorId, ...]:
        """The actors that documents name most."""
        return tuple(named.actor for named in self.counting.mentions(limit=PROMINENT))
