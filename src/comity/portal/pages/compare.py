"""Two plans side by side: what became of each line of the one before. Proposals, never decisions: a person confirms them."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from comity.portal.addresses import id_of
from comity.portal.visit import Visit
from comity.publishing.partly_known import partly_known
from comity.tracking.renewal import Change


@get("/{language:str}/plans/{step:str}/compare", sync_to_thread=True, include_in_schema=False)
def compare_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    plans = visit.desk.pack.plans
    place = next((number for number, plan in enumerate(plans) if plan.id == id_of(step)), None)
    if not place:
        raise NotFoundException
    old, new = plans[place - 1], plans[place]
    renewals = visit.desk.renewals(old, new)
    grouped = {change.replace(" ", "-"): [one for one in renewals if one.change == change] for change in Change}
    return visit.page(
        "compare.html",
        section="plans",
        old=old,
        new=new,
        remark=partly_known(old, new, visit.words.labels),
        became={change: found for change, found in grouped.items() if found},
    )
