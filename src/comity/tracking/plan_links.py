"""The links of a plan's lines as people see them: suggested from each line's least score on, accepted and rejected apart.

In come a plan and a register's links; whoever shows or counts links of a plan asks here, so that a decision moves all views alike.
"""

from functools import cached_property

from comity.knowledge import Plan
from comity.records import LineStatus, LinkKind
from comity.register import LinkCount, LinkPage, LinkState, LinkView, YearCount
from comity.register.links import USUAL
from comity.tracking.least_scores import LeastScore, least_scores


class PlanLinks:
    """The links of one plan, as of the day of the view."""

    def __init__(self, plan: Plan, view: LinkView) -> None:
        self.plan = plan
        self.view = view

    @cached_property
    def least(self) -> dict[tuple[str, str], float]:
        """The least scores that are not the usual one."""
        return {(self.plan.id, line): score.value for line, score in self._scores.items()}

    def least_of(self, line: str) -> LeastScore:
        """From which score on a link to a line is suggested, and why."""
        return self._scores.get(line) or LeastScore(value=USUAL)

    def of_line(
        self, line: str, state: LinkState, *, shows: LineStatus | None = None, limit: int = 20, after: str | None = None
    ) -> LinkPage:
        """The links of a line in one state, the latest first."""
        return self.view.of_target(
            LinkKind.LINE, line, plan=self.plan.id, state=state, shows=shows, least=self.least, limit=limit, after=after
        )

    def counts(self, above: float | None = None) -> list[LinkCount]:
        """Counts by line and state; with `above`, what is suggested with a lower score counts as held back."""
        return self.view.counts(plan=self.plan.id, least=self._at_least(above))

    def years(self) -> list[YearCount]:
        """Counts by line, state and year."""
        return self.view.years(plan=self.plan.id, least=self.least)

    @cached_property
    def _scores(self) -> dict[str, LeastScore]:
        return least_scores(self.plan, self.view.verdicts(self.plan.id))

    def _at_least(self, above: float | None) -> dict[tuple[str, str], float]:
        if above is None:
            return self.least
        lines = [line.id for section in self.plan.sections for line in section.lines]
        return {(self.plan.id, line): max(above, self.least.get((self.plan.id, line), USUAL)) for line in lines}
