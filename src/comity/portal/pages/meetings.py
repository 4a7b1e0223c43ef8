"""The meetings of the partnership's mechanisms, planned and held, and one mechanism."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from comity.intervals import last_day
from comity.portal.addresses import id_of
from comity.portal.visit import Visit


@get("/{language:str}/meetings", sync_to_thread=True, include_in_schema=False)
def meetings_page(visit: NamedDependency[Visit]) -> Response[str]:
    overview, today = visit.now.overview, visit.now.today
    return visit.page(
        "meetings.html",
        section="meetings",
        ahead=[meeting for meeting in overview.meetings if last_day(meeting.sitting.date) >= today],
        past=[meeting for meeting in reversed(overview.meetings) if last_day(meeting.sitting.date) < today],
        moved=overview.moved,
        mechanisms=visit.desk.pack.mechanisms,
    )


@get("/{language:str}/meetings/{step:str}", sync_to_thread=True, include_in_schema=False)
def mechanism_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    id = id_of(step)
    mechanism = visit.desk.knowledge.mechanisms.get(id)
    if mechanism is None:
        raise NotFoundException
    overview = visit.now.overview
    return visit.page(
        "mechanism.html",
        section="meetings",
        mechanism=mechanism,
        meetings=[meeting for meeting in reversed(overview.meetings) if meeting.mechanism.id == id],
        moved=[moved for moved in overview.moved if moved.meeting.mechanism.id == id],
        instruments=visit.desk.knowledge.instruments,
    )
