"""Adding documents: files, an address or a text; what was found in them; and those that wait until an editor lets them in."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec.structs import replace

from comity.intake import Known
from comity.intake.alone import Order
from comity.intervals import is_one_date
from comity.portal.accounts.door import Door
from comity.portal.accounts.names import mixes_alphabets, shown_name
from comity.portal.addresses import id_of
from comity.portal.asking import iso_of
from comity.portal.form import Form
from comity.portal.gone import check_held
from comity.portal.intake import Intake, Job, file_name
from comity.portal.reading_room import NAMED, NOTED, Aside, Paragraph, lay_out
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.publishing.naming import called
from comity.records import DateSource
from comity.register.accounts import Role
from comity.register.famous import Famous

LONGEST_TITLE = 300
FIELDS = ("address", "text", "title", "publisher", "published")


@get("/{language:str}/upload", include_in_schema=False)
@threaded
def upload_page(visit: NamedDependency[Visit]) -> Response[str]:
    return _page(visit, Form(()), why="")


@post("/{language:str}/upload", include_in_schema=False, status_code=200)
@threaded
def upload(visit: NamedDependency[Visit], intake: NamedDependency[Intake], sent: NamedDependency[Form]) -> Response[str]:
    published = iso_of(sent.text("published")) or None
    if published and not is_one_date(published):
        return _page(visit, sent, why="upload_date_odd")
    title, publisher = shown_name(sent.text("title"), longest=LONGEST_TITLE) or None, shown_name(sent.text("publisher")) or None
    if publisher and mixes_alphabets(publisher):
        return _page(visit, sent, why="upload_mixed", name=publisher)
    known = Known(publisher=publisher, published=published, published_from=DateSource.GIVEN)
    orders = [Order(name=file_name(file.name), content=file.content, known=known) for file in sent.files]
    if sent.text("address"):
        orders.append(Order(address=sent.text("address"), known=known))
    if sent.text("text"):
        orders.append(Order(name=title or visit.words.say("ask_text"), text=sent.text("text"), known=known))
    if title and orders:  # of several things, the text is what a title is typed for
        orders[-1] = replace(orders[-1], known=replace(known, title=title))
    if not orders:
        return _page(visit, sent, why="upload_empty")
    if len(orders) > visit.settings.files:
        return _page(visit, sent, why="upload_too_many")
    large = next((order for order in orders if len(order.content) > visit.settings.largest), None)
    if large:
        return _page(visit, sent, why="upload_large", name=large.name)
    return visit.go(visit.address.page("upload", intake.take(orders, who=visit.signature)))


@get("/{language:str}/upload/{key:str}", include_in_schema=False)
@threaded
def job_page(visit: NamedDependency[Visit], intake: NamedDependency[Intake], key: FromPath[str]) -> Response[str]:
    """What became of what somebody gave; for themselves and editors."""
    job: Job | None = intake.job(key)
    if job is None or not (job.who == visit.signature or visit.may(Role.EDITOR)):
        raise NotFoundException
    return visit.page("job.html", section="upload", job=job, items=job.all(), done=job.done, given_at_once=len(job.items))


@get("/{language:str}/upload/held", include_in_schema=False)
@threaded
def held_page(visit: NamedDependency[Visit]) -> Response[str]:
    return visit.page("held.html", section="upload", held=visit.desk.register.holding().all())


@get("/{language:str}/upload/held/{step:str}", include_in_schema=False)
@threaded
def held_document_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    """A document that waits, laid out as the reader will show it; for whoever gave it and for editors."""
    holding, id = visit.desk.register.holding(), id_of(step)
    reading = holding.reading(id)
    one = holding.find(id)
    if reading is None or one is None:
        check_held(visit.desk.register, id)
        raise NotFoundException
    if not (one.who == visit.signature or visit.may(Role.EDITOR)):
        raise NotFoundException
    findings = {kind: list(getattr(reading, kind)) for kind in (*NOTED, *NAMED)}
    parts = lay_out(reading.document, findings)
    known = visit.desk.knowledge
    return visit.page(
        "held_document.html",
        section="upload",
        document=reading.document,
        one=one,
        parts_of=parts,
        aside=[isinstance(part, Aside) for part in parts],
        notes=[note for part in parts if isinstance(part, Paragraph) for note in part.notes],
        numbers={kind: len(findings[kind]) for kind in NOTED},
        instruments=known.instruments,
        mechanisms={name: one for one in known.mechanisms.values() for name in (one.id, one.name)},
        themes=known.themes,
        plans={plan.id: plan for plan in visit.desk.pack.plans},
        marks={},
        ties={},
    )


@post("/{language:str}/upload/held/{step:str}", include_in_schema=False, status_code=200)
@threaded
def decide_held(
    visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form], step: FromPath[str]
) -> Response[str]:
    """Lets a document in, or turns it away."""
    holding, id = visit.desk.register.holding(), id_of(step)
    reading, action = holding.reading(id), sent.text("action")
    if reading is None:
        check_held(visit.desk.register, id)  # another editor was quicker
    if reading is None or action not in ("accept", "drop"):
        raise NotFoundException
    title = called(reading.document)
    if action == "drop":
        holding.drop(id)
        door.note("held_dropped", who=visit.visitor.login, about=f"{id} {title}", visitor=visit.visitor)
        return visit.go(visit.address.page("upload", "held"))
    visit.writer().add_all([reading], famous=Famous(visit.desk.knowledge.actors.values()))
    holding.drop(id)
    door.note("held_accepted", who=visit.visitor.login, about=f"{id} {title}", visitor=visit.visitor)
    visit.desk.look_anew()
    return visit.go(visit.address.document(id))


def _page(visit: Visit, sent: Form, *, why: str, name: str = "") -> Response[str]:
    sentence = visit.words.say(why, name=name) if why else ""
    return visit.page(
        "upload.html",
        section="upload",
        status=422 if why else 200,
        why=sentence,
        typed={field: sent.text(field) for field in FIELDS},
        waiting=visit.desk.register.holding().count() if visit.settings.hold else 0,
        mb=visit.settings.largest // 1_000_000,
    )
