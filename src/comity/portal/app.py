"""The portal as an ASGI application: pages under `/<language>/`, records under `/api/v1/`, faults told as pages or records of their own."""

import logging
import time
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from litestar import Litestar, Request, Response, get, route
from litestar.di import NamedDependency, Provide
from litestar.enums import HttpMethod, MediaType
from litestar.exceptions import HTTPException, NotFoundException, PermissionDeniedException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

import comity
from comity.errors import BadInputError, ComityError
from comity.knowledge import Knowledge, Pack
from comity.portal.accounts import Door, Visitors
from comity.portal.accounts.passwords import Hasher
from comity.portal.accounts.secrets import proves
from comity.portal.api import API
from comity.portal.api_changes import CHANGES
from comity.portal.api_events import EVENTS
from comity.portal.api_findings import FINDINGS
from comity.portal.api_tracking import TRACKING
from comity.portal.asking import Unfit
from comity.portal.assets import assets
from comity.portal.charts import Charts
from comity.portal.desk import Desk
from comity.portal.form import PROOF, Form, Kept, form_of, keep
from comity.portal.gone import Gone, Went
from comity.portal.guard import FAULT, REFUSED, VISITOR, WAIT, Guard, scope_of
from comity.portal.intake import Intake
from comity.portal.kept_pages import KeptPages
from comity.portal.limits import Limits
from comity.portal.pages import PAGES
from comity.portal.pages.inside import INSIDE
from comity.portal.settings import Settings
from comity.portal.shelf import SharedLimits, Shelf
from comity.portal.snapshot import Snapshot
from comity.portal.visit import Visit, day_asked, make_environment
from comity.records import LanguageCode
from comity.register import Register

LOG = logging.getLogger("comity.portal")
YEAR = "public, max-age=31536000, immutable"
STATUS = {
    "host": 421,
    "method": 405,
    "long": 414,
    "signs": 400,
    "origin": 403,
    "form": 403,
    "role": 403,
    "session": 401,
    "large": 413,
    "often": 429,
}
"""Why a request is refused, and how that is told to programs."""
KEPT = "comity.kept"
ENGLISH = "en"
"""The language of errors that other rooms raise."""
AsOf = Annotated[str | None, QueryParameter(description="The day by whose knowledge it is answered; today's where none is given.")]


def create_portal(
    register: Register,
    pack: Pack,
    knowledge: Knowledge,
    *,
    language: LanguageCode = "en",
    desk: Desk | None = None,
    settings: Settings | None = None,
    clock: Callable[[], float] = time.time,
    hasher: Hasher | None = None,
    shelf: Shelf | None = None,
) -> Guard:
    """The portal over a register. `language` is shown where the visitor's browser asks for none that Comity speaks; without `settings` it
    is the demo, which has no accounts. `shelf` is what this process has in common with others that answer too. `clock` and `hasher` are
    given by tests."""
    shown, chosen = desk or Desk(register, pack, knowledge, language, charts=Charts(shelf)), settings or Settings()
    environment = make_environment()
    door, intake = Door(register, chosen, clock, hasher), Intake(register, pack, knowledge, chosen, clock, shown.look_anew, shelf)

    def visit(request: Request[Any, Any, Any], language: FromPath[str]) -> Visit:
        if language not in shown.words:
            raise NotFoundException
        return Visit(shown, environment, language, request, chosen, day_asked(request, shown))

    def told(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
        return _told(request, fault, Visit(shown, environment, _language_of(request, shown), request, chosen, _day_if_any(request, shown)))

    def now(as_of: AsOf = None) -> Snapshot:
        return shown.exact_of(shown.day_in(as_of)) if as_of else shown.snapshot()

    async def give_desk() -> Desk:
        return shown

    async def give_door() -> Door:
        return door

    async def give_intake() -> Intake:
        return intake

    app = Litestar(
        route_handlers=[_start, _asset, _refuse, *PAGES, *INSIDE, *API, *FINDINGS, *EVENTS, *TRACKING, *CHANGES],
        dependencies={
            "visit": Provide(visit, sync_to_thread=True),
            "desk": Provide(give_desk),
            "now": Provide(now, sync_to_thread=True),
            "door": Provide(give_door),
            "intake": Provide(give_intake),
            "sent": Provide(_form),
        },
        before_request=_proven,
        on_startup=[shown.begin],
        exception_handlers={HTTPException: told, ComityError: told, 500: told},
        logging_config=None,
        request_max_body_size=None,
        openapi_config=OpenAPIConfig(
            title="Comity", version=comity.__version__, path="/api/v1/openapi.json", render_plugins=[JsonRenderPlugin(path="/")]
        ),
    )
    limits = SharedLimits(shelf, clock) if shelf else Limits(clock)
    return Guard(app, chosen, Visitors(register, chosen, clock), limits, KeptPages(shown.charts), shown.version)


@get("/", include_in_schema=False)
async def _start(request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Redirect:
    """To the first language that the browser asks for and Comity speaks."""
    return Redirect(f"/{_language_of(request, desk)}")


@get("/static/{name:str}", include_in_schema=False)
async def _asset(name: FromPath[str]) -> Response[bytes]:
    asset = assets().get(name)
    if asset is None:
        raise NotFoundException
    return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": YEAR})


@route("/refused/{reason:str}", http_method=[HttpMethod.GET, HttpMethod.POST], include_in_schema=False, status_code=200)
async def _refuse(request: Request[Any, Any, Any], reason: FromPath[str]) -> Response[str]:
    if FAULT in scope_of(request) and reason == "busy":
        raise scope_of(request)[FAULT]
    if REFUSED not in scope_of(request) or reason not in STATUS:
        raise NotFoundException
    if reason == "session" and request.method == "POST" and not _is_for_program(request):
        await _keep(request)
    raise HTTPException(status_code=STATUS[reason], detail=reason)


async def _form(request: Request[Any, Any, Any]) -> Form:
    return await form_of(request)


async def _proven(request: Request[Any, Any, Any]) -> None:
    """A form must carry its proof; a program with a token has no cookie that another site could use."""
    if request.method != "POST" or REFUSED in scope_of(request) or _is_for_program(request):
        return
    key, form = scope_of(request)[VISITOR].key, await form_of(request)
    if key is None or not proves(form.text(PROOF), key):
        if request.headers.get("sec-fetch-site") == "same-origin":
            await _keep(request)
        raise PermissionDeniedException(detail="form")


async def _keep(request: Request[Any, Any, Any]) -> None:
    path = str(scope_of(request).get(REFUSED, scope_of(request)["path"]))
    scope_of(request)[KEPT] = keep(path, await form_of(request))


def _is_for_program(request: Request[Any, Any, Any]) -> bool:
    return str(scope_of(request).get(REFUSED, scope_of(request)["path"])).startswith("/api/")


def _told(request: Request[Any, Any, Any], fault: Exception, visit: Visit) -> Response[Any]:
    """A fault as a page with a way on, or as a record for programs. Whoever must sign in is sent there, and what they wrote waits."""
    status, key, sentence = _sentence(fault, visit)
    english = str(fault) if isinstance(fault, BadInputError) and not isinstance(fault, Unfit) and visit.language != ENGLISH else ""
    if status == 500:
        LOG.error("%s", scope_of(request)["path"], exc_info=fault)
    if isinstance(fault, Gone):
        return _gone(request, fault.went, visit)
    wait = scope_of(request).get(WAIT)
    headers = {"Retry-After": str(wait)} if wait else {}
    if _is_for_program(request):
        sentence = english or sentence
        headers |= {"WWW-Authenticate": "Bearer"} if status == 401 else {}
        return Response({"error": sentence}, status_code=status, media_type=MediaType.JSON, headers=headers)
    kept: Kept | None = scope_of(request).get(KEPT)
    if key == "fault_session":
        if request.method == "GET":
            return visit.go(visit.address.page("sign-in", query=[("next", visit.here())]))
        return visit.page("sign_in.html", status=status, kept=kept, following="", why=sentence, login="")
    if kept:
        return visit.page("again.html", status=status, kept=kept, why=sentence)
    answer = visit.page("fault.html", status=status, key=key, sentence=sentence, english=english)
    answer.headers.update(headers)
    return answer


def _gone(request: Request[Any, Any, Any], went: Went, visit: Visit) -> Response[Any]:
    """What became of it, with the way there."""
    name = visit.naming.actor(went.actor) if went.actor else ""
    sentence = visit.words.say(f"gone_{went.kind}", name=name, who=went.who, date=visit.words.date(went.day))
    if _is_for_program(request):
        return Response({"error": sentence, "went": went.kind, "to": went.api}, status_code=410, media_type=MediaType.JSON)
    return visit.page("gone.html", status=410, went=went, sentence=sentence)


def _sentence(fault: Exception, visit: Visit) -> tuple[int, str, str]:
    say = visit.words.say
    if isinstance(fault, Unfit):
        return 400, "fault_asked", say(fault.key, **fault.fields)
    if isinstance(fault, BadInputError):
        return 400, "fault_asked", str(fault) if visit.language == ENGLISH else say("fault_asked_say")
    if isinstance(fault, ComityError):
        return 503, "fault_register", str(fault)
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    reason = fault.detail if isinstance(fault, HTTPException) else ""
    if reason in STATUS and STATUS[reason] == status and reason != "signs":
        return status, f"fault_{reason}", say(f"fault_{reason}_say")
    if status == 405:
        return 405, "fault_method", say("fault_method_say")
    if status == 404:
        return 404, "fault_missing", say("fault_missing_say")
    if status < 500:
        return status, "fault_asked", say("fault_asked_say")
    return 500, "fault_ours", say("fault_ours_say")


def _day_if_any(request: Request[Any, Any, Any], desk: Desk) -> date | None:
    """The day asked for, as a fault's page keeps it; none where the fault is the day."""
    try:
        return day_asked(request, desk)
    except BadInputError:
        return None


def _language_of(request: Request[Any, Any, Any], desk: Desk) -> LanguageCode:
    """The language in the address, else the browser's first that Comity speaks, else the portal's own."""
    steps = str(scope_of(request).get(REFUSED, scope_of(request)["path"])).split("/")
    if len(steps) > 1 and steps[1] in desk.words:
        return steps[1]
    for asked in request.headers.get("accept-language", "").split(","):
        code = asked.split(";")[0].split("-")[0].strip().lower()
        if code in desk.words:
            return code
    return desk.language
