"""Texts made of the register on demand: a briefing on a topic, the events of a month, where documents contradict each other, what is new.

Each is the same paper that the commands make (publishing/lines.py); here its sentences open in the reader, and a briefing can be taken
along as a Word or HTML file.
"""

from collections.abc import Callable, Hashable
from datetime import date, timedelta
from typing import cast

from litestar import Response, get
from litestar.di import NamedDependency

from comity.intervals import IsoDate, first_day, is_one_date, last_day
from comity.knowledge import Knowledge, Pack
from comity.knowledge.folded import fold
from comity.portal.asking import Unfit, date_in, gone_by, iso_of, typed_of
from comity.portal.charting import months_chart
from comity.portal.visit import Visit
from comity.publishing.brief_paper import brief_paper
from comity.publishing.digest_paper import digest_paper
from comity.publishing.line_writer import LineWriter
from comity.publishing.lines import Paper, Part, Section
from comity.publishing.paper_page import paper_page
from comity.publishing.paper_word import paper_word
from comity.records import ActorId
from comity.register import Register
from comity.register.news import added_since
from comity.register.occurrence_months import Months
from comity.register.occurrence_rows import Wished
from comity.tracking.brief import Brief, build_brief
from comity.tracking.contradiction import Contradiction
from comity.tracking.digest import Digest, build_digest
from comity.tracking.occurrence_pages import occurrence_page
from comity.tracking.topic import Topic, topic_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WEEK = timedelta(days=7)
YEAR = timedelta(days=366)
MOST_NEW = 2000
"""A digest is of so many new documents at most: of more it would say nothing, and take the machine's memory."""
Keep = Callable[[Hashable, Hashable, Callable[[], Brief]], Brief | Digest | None]
BEFORE, AFTER = 548, 183
"""Days around a month that its chart shows."""


@get("/{language:str}/brief", sync_to_thread=True, include_in_schema=False)
def brief_page(visit: NamedDependency[Visit]) -> Response[str]:
    asked = {name: visit.first(name) for name in ("topic", "since", "for")}
    papers = visit.desk.papers
    built = _brief(visit, papers.at_once if visit.now.is_small else papers.when_done) if asked["topic"] else None
    themes = visit.desk.knowledge.themes.values()
    return visit.page(
        "brief.html",
        section="brief",
        asked=asked,
        paper=_brief_paper(visit, built) if built else None,
        topics=sorted(
            {visit.label(theme.names) for theme in themes} | {visit.naming.mechanism(one) for one in visit.desk.pack.mechanisms}, key=fold
        ),
        parties=sorted(((party, visit.naming.actor(party)) for party in _readers(visit)), key=lambda one: fold(one[1])),
        query=[(name, value) for name, value in asked.items() if value],
    )


@get("/{language:str}/brief.docx", sync_to_thread=True, include_in_schema=False)
def brief_word(visit: NamedDependency[Visit]) -> Response[bytes]:
    content = paper_word(_brief_now(visit), visit.words.labels)
    return Response(content, media_type=WORD, headers={"Content-Disposition": 'attachment; filename="brief.docx"'})


@get("/{language:str}/brief.html", sync_to_thread=True, include_in_schema=False)
def brief_file(visit: NamedDependency[Visit]) -> Response[str]:
    content = paper_page(_brief_now(visit), visit.words.labels)
    return Response(content, media_type="text/html", headers={"Content-Disposition": 'attachment; filename="brief.html"'})


@get("/{language:str}/events", sync_to_thread=True, include_in_schema=False)
def events_page(visit: NamedDependency[Visit]) -> Response[str]:
    """What happened or was planned in a month, the newest with anything where none is asked for, however many documents tell it; what is
    dated by its year alone is in no month."""
    today, months = visit.now.today, visit.now.months
    month = iso_of(visit.first("month") or _newest(months, today.isoformat()[:7]))
    if not is_one_date(month) or len(month) != len("2020-01"):
        raise Unfit(f"{month!r} is no month; give one such as 2020-01.", "asked_no_month", {"typed": month})
    began = visit.first("after")
    wished = Wished(since=month, until=month, dated=True)
    now = visit.now
    part = occurrence_page(now.view, visit.desk.knowledge, wished, today=today, after=began, count=now.count_occurrences)
    writer, labels = writer_of(visit), visit.words.labels
    lines = writer.occurrences(part.entries)
    section = Section(
        id="events",
        title=labels.count("events", part.total),
        parts=(Part(lines=tuple(lines)),),
        empty=visit.words.say("asked_events_none" if months else "asked_events_never"),
    )
    lead = (labels.say("events_lead", day=labels.date(today.isoformat())),)
    paper = Paper(
        language=visit.language, title=f"{labels.say('events_title')}: {labels.date(month)}", lead=lead, sections=(section,), foot=""
    )
    before, after = _months_beside(visit, month)
    around = _months_around(months, month)
    chart = months_chart(visit, around)
    return visit.page(
        "events.html",
        section="events",
        paper=paper,
        before=before,
        after=after,
        months=around,
        chart=chart,
        month=month,
        choices=_months_to_choose(months, month),
        part=part,
        began=not began,
        own={line.evidence: visit.address.page("events", one.id) for line, one in zip(lines, part.entries, strict=True)},
    )


def _newest(months: Months, now: str) -> str:
    """The newest month up to now of which anything is known; else this one."""
    return max((month for month in months if month <= now), default=now)


def _months_to_choose(months: Months, month: str) -> list[tuple[str, int]]:
    """Every month of which something is known, the newest first, with how much; and the one that is shown."""
    numbers = {one: sum(counts) for one, counts in months.items()}
    return sorted({month: 0, **numbers}.items(), reverse=True)


def _months_around(months: Months, month: str) -> list[tuple[str, int, int]]:
    """A year and a half before a month, and half a year after it, as far as something happened."""
    begin = first_day(month).replace(day=15)
    first, last = ((begin + timedelta(days=days)).isoformat()[:7] for days in (-BEFORE, AFTER))
    return [(one, *numbers) for one, numbers in months.items() if first <= one <= last]


def _months_beside(visit: Visit, month: str) -> tuple[str | None, str | None]:
    """The addresses of the month before and after, within the time that the documents are of and the year after it."""
    oldest, newest = visit.now.dates
    begin = first_day(month)
    earlier, later = (begin - timedelta(days=1)).isoformat()[:7], (begin + timedelta(days=32)).isoformat()[:7]
    first = oldest[:7] if oldest else month
    last = (last_day(newest) + YEAR).isoformat()[:7] if newest else month
    return _month(visit, earlier) if earlier >= first else None, _month(visit, later) if later <= last else None


def _month(visit: Visit, month: str) -> str:
    return visit.address.page("events", query=[("month", month)])


@get("/{language:str}/digest", sync_to_thread=True, include_in_schema=False)
def digest_page(visit: NamedDependency[Visit]) -> Response[str]:
    """What the register learned since a day, a week ago where none is asked for."""
    today, view = visit.now.today, visit.now.view
    since = gone_by(date_in(visit.first("since") or (today - WEEK).isoformat()), today)
    added = added_since(view, first_day(since).isoformat(), most=MOST_NEW + 1)
    built = _digest(visit, since) if added <= MOST_NEW else None
    paper = digest_paper(built, visit.desk.pack, writer_of(visit), visit.words.labels) if built else None
    return visit.page(
        "digest.html", section="digest", paper=paper, since=since, typed=typed_of(since), too_many=added > MOST_NEW, most=MOST_NEW
    )


PAPERS = (brief_page, brief_word, brief_file, events_page, digest_page)


def _digest(visit: Visit, since: IsoDate) -> Digest | None:
    """None while it is put together."""
    desk, now, against = visit.desk, visit.now, _against(visit)

    if now.is_small:

        def at_once() -> Digest:
            return build_digest(visit.register, desk.pack, desk.knowledge, since=since, today=now.today, against=against)

        return cast("Digest", desk.papers.at_once(("digest", since, visit.as_of), now.state, at_once))

    def work() -> Digest:
        return desk.backroom.run(digest_of, desk.pack, since, now.today, against, visit.as_of)

    found = None if against is None else desk.papers.when_done(("digest", since, visit.as_of), now.state, work)
    return cast("Digest | None", found)


def _brief(visit: Visit, keep: Keep) -> Brief | None:
    """The briefing that the address asks for, as it is kept; None while it is put together. Raises BadInputError."""
    topic, reader = visit.first("topic"), visit.first("for")
    since = date_in(typed) if (typed := visit.first("since")) else None
    knowledge, now = visit.desk.knowledge, visit.now
    if not topic:
        raise Unfit("A briefing needs a topic: a theme, a meeting, a plan line, or words to search for.", "asked_no_topic")
    if reader and reader not in knowledge.actors:
        raise Unfit(f"{reader!r} is nobody that Comity knows; choose one from the list.", "asked_nobody", {"typed": reader})
    chosen, against = topic_of(topic, knowledge), _against(visit)

    def work() -> Brief:
        if now.is_small:
            return build_brief(chosen, visit.register, knowledge, today=now.today, since=since, reader=reader, against=against)
        return visit.desk.backroom.run(brief_of, chosen, now.today, since, reader, against, visit.as_of)

    if against is None and keep == visit.desk.papers.when_done:
        return None
    return cast("Brief | None", keep(("brief", chosen, since, reader, visit.as_of), now.state, work))


def brief_of(
    register: Register,
    knowledge: Knowledge,
    topic: Topic,
    today: date,
    since: IsoDate | None,
    reader: ActorId | None,
    against: tuple[Contradiction, ...] | None,
    as_of: date | None,
) -> Brief:
    """A briefing, in a process of its own."""
    known = register.as_known(as_of.isoformat()) if as_of else register
    return build_brief(topic, known, knowledge, today=today, since=since, reader=reader, against=against)


def digest_of(
    register: Register,
    knowledge: Knowledge,
    pack: Pack,
    since: IsoDate,
    today: date,
    against: tuple[Contradiction, ...] | None,
    as_of: date | None,
) -> Digest:
    """A digest, in a process of its own."""
    known = register.as_known(as_of.isoformat()) if as_of else register
    return build_digest(known, pack, knowledge, since=since, today=today, against=against)


def _against(visit: Visit) -> tuple[Contradiction, ...] | None:
    """The contradictions of the register; None while they are worked out. Raises what must be done before."""
    found = visit.desk.against.of(visit.now)
    if found is None and (fault := visit.desk.against.untracked(visit.now)):
        raise fault
    return found


def _brief_now(visit: Visit) -> Paper:
    """The same for a file, which is waited for."""
    return _brief_paper(visit, cast("Brief", _brief(visit, visit.desk.papers.at_once)))


def _brief_paper(visit: Visit, built: Brief) -> Paper:
    return brief_paper(built, writer_of(visit), visit.desk.knowledge, visit.words.labels)


def _readers(visit: Visit) -> list[ActorId]:
    """For whom a briefing can be: the parties, and the states that speak in the register most."""
    states = [
        actor for actor in visit.now.actors if actor in visit.desk.knowledge.actors and visit.desk.knowledge.actors[actor].type == "state"
    ]
    return list(dict.fromkeys([*visit.desk.pack.partnership.parties, *states[:40]]))


def writer_of(visit: Visit) -> LineWriter:
    """A writer of the page's lines, with the names and sentences that the portal has at hand."""
    view, labels = visit.now.view, visit.words.labels
    return LineWriter(visit.desk.pack, visit.desk.knowledge, view, labels, naming=visit.naming, around=visit.passage)
