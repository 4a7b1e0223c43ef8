"""The meetings of the partnership's mechanisms, planned and held, as pages and as a calendar; and one mechanism."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from comity.intervals import first_day, last_day
from comity.portal.addresses import id_of
from comity.portal.visit import Visit
from comity.publishing.calendar_file import Entry, calendar_file
from comity.publishing.naming import first_name
from comity.tracking.meetings import Meeting

LONGEST = 15
"""Days: of what is known only by its month there is nothing to put into a calendar."""


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


@get("/{language:str}/meetings.ics", sync_to_thread=True, include_in_schema=False)
def meetings_calendar(visit: NamedDependency[Visit]) -> Response[bytes]:
    """The sittings whose days are known, of all mechanisms or of one, for a calendar."""
    id = visit.first("mechanism")
    if id and id not in visit.desk.knowledge.mechanisms:
        raise NotFoundException
    meetings = [one for one in visit.now.overview.meetings if id in (None, one.mechanism.id)]
    partnership = visit.desk.pack.partnership
    title = f"{first_name(partnership.names, visit.language) or partnership.id}: {visit.words.say('menu_meetings')}"
    entries = [_entry(visit, one) for one in meetings if (last_day(one.sitting.date) - first_day(one.sitting.date)).days < LONGEST]
    content = calendar_file(entries, title=title, language=visit.language)
    return Response(
        content, media_type="text/calendar; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="meetings.ics"'}
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


def _entry(visit: Visit, meeting: Meeting) -> Entry:
    sitting = meeting.sitting
    return Entry(
        id=f"{meeting.mechanism.id}-{sitting.number or sitting.date}",
        first=first_day(sitting.date),
        last=last_day(sitting.date),
        title=visit.naming.meeting(meeting),
        place=visit.naming.place(meeting),
        address=visit.whole(visit.address.mechanism(meeting.mechanism.id)),
    )
