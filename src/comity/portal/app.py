"""The portal as an ASGI application: pages under `/<language>/`, records under `/api/v1/`, faults told as pages or records of their own."""

import time
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Annotated, Any

from litestar import Litestar, Request, Response, get, route
from litestar.di import NamedDependency, Provide
from litestar.enums import HttpMethod
from litestar.exceptions import HTTPException, NotFoundException, PermissionDeniedException
from litestar.openapi.config import OpenAPIConfig
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

import comity
from comity.errors import BadInputError, ComityError
from comity.knowledge import Knowledge, Pack
from comity.portal.accounts import Door, Visitors
from comity.portal.accounts.passwords import Hasher
from comity.portal.accounts.secrets import proves
from comity.portal.anybody import Anybody
from comity.portal.api import API
from comity.portal.api_beside import BESIDE
from comity.portal.api_changes import CHANGES
from comity.portal.api_described import Described
from comity.portal.api_events import EVENTS
from comity.portal.api_findings import FINDINGS
from comity.portal.api_review import REVIEW
from comity.portal.api_tracking import TRACKING
from comity.portal.assets import assets
from comity.portal.desk import Desk
from comity.portal.form import PROOF, Form, form_of, keep
from comity.portal.guard import FAULT, HEARD, REFUSED, VISITOR, Guard, scope_of
from comity.portal.house import House, Inside, house_of
from comity.portal.intake import Intake
from comity.portal.kept_pages import KeptPages
from comity.portal.limits import Limits
from comity.portal.pages import PAGES
from comity.portal.pages.inside import INSIDE
from comity.portal.settings import Settings
from comity.portal.shelf import SharedLimits, Shelf
from comity.portal.snapshot import Snapshot
from comity.portal.telling import KEPT, STATUS, is_for_program, language_of
from comity.portal.telling import told as tell
from comity.portal.visit import TONGUE, Visit, day_asked, make_environment
from comity.records import LanguageCode
from comity.register import Register

YEAR = "public, max-age=31536000, immutable"
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
    shown, chosen = desk or Desk(register, pack, knowledge, language, shelf=shelf), settings or Settings()
    house = House(
        desk=shown,
        door=Door(register, chosen, clock, hasher),
        intake=Intake(register, pack, knowledge, chosen, clock, shown.look_anew, shelf),
        environment=make_environment(),
        settings=chosen,
    )
    app = Inside(application(), house)
    limits = SharedLimits(shelf, clock) if shelf else Limits(clock)
    anybody = Anybody(app, chosen, KeptPages(shown.charts), shown.version, shown.known_version, VISITOR)
    return Guard(app, chosen, Visitors(register, chosen, clock), limits, anybody)


@cache
def application() -> Litestar:
    """The pages and records. Nothing in it is one portal's own, so that it is built once, however many portals a program opens."""
    return Litestar(
        route_handlers=[_start, _asset, _refuse, *PAGES, *INSIDE, *API, *FINDINGS, *EVENTS, *TRACKING, *BESIDE, *REVIEW, *CHANGES],
        dependencies={
            "visit": Provide(_visit, sync_to_thread=True),
            "desk": Provide(_desk),
            "now": Provide(_now, sync_to_thread=True),
            "door": Provide(_door),
            "intake": Provide(_intake),
            "sent": Provide(_form),
        },
        before_request=_proven,
        exception_handlers={HTTPException: _told, ComityError: _told, 500: _told},
        logging_config=None,
        request_max_body_size=None,
        openapi_config=OpenAPIConfig(
            title="Comity", version=comity.__version__, path="/api/v1/openapi.json", render_plugins=[Described(path="/")]
        ),
    )


def _visit(request: Request[Any, Any, Any], language: FromPath[str]) -> Visit:
    house = house_of(request)
    if language not in house.desk.words:
        raise NotFoundException(detail="tongue" if TONGUE.fullmatch(language) else "")
    return house.visit(request, language, day_asked(request, house.desk))


def _told(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
    house = house_of(request)

    def make_visit() -> Visit:
        return house.visit(request, language_of(request, house.desk), _day_if_any(request, house.desk))

    return tell(request, fault, make_visit, house.desk, house.environment)


def _now(request: Request[Any, Any, Any], as_of: AsOf = None) -> Snapshot:
    desk = house_of(request).desk
    return desk.exact_of(desk.day_in(as_of)) if as_of else desk.snapshot()


async def _desk(request: Request[Any, Any, Any]) -> Desk:
    return house_of(request).desk


async def _door(request: Request[Any, Any, Any]) -> Door:
    return house_of(request).door


async def _intake(request: Request[Any, Any, Any]) -> Intake:
    return house_of(request).intake


@get("/", include_in_schema=False)
async def _start(request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Redirect:
    """To the first language that the browser asks for and Comity speaks."""
    return Redirect(f"/{language_of(request, desk)}")


@get("/static/{name:str}", include_in_schema=False)
async def _asset(name: FromPath[str]) -> Response[bytes]:
    asset = assets().get(name)
    if asset is None:
        raise NotFoundException
    return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": YEAR})


@route("/refused/{reason:str}", http_method=[HttpMethod.GET, HttpMethod.POST], include_in_schema=False, status_code=200)
async def _refuse(request: Request[Any, Any, Any], reason: FromPath[str]) -> Response[str]:
    if REFUSED not in scope_of(request) or reason not in (*STATUS, "busy"):
        raise NotFoundException
    if reason in HEARD and request.method == "POST" and not is_for_program(request):
        await _keep(request)
    if reason == "busy":
        raise scope_of(request)[FAULT]
    raise HTTPException(status_code=STATUS[reason], detail=reason)


async def _form(request: Request[Any, Any, Any]) -> Form:
    return await form_of(request)


async def _proven(request: Request[Any, Any, Any]) -> None:
    """A form must carry its proof; a program with a token has no cookie that another site could use."""
    if request.method != "POST" or REFUSED in scope_of(request) or is_for_program(request):
        return
    key, form = scope_of(request)[VISITOR].key, await form_of(request)
    if key is None or not proves(form.text(PROOF), key):
        if request.headers.get("sec-fetch-site") == "same-origin":
            await _keep(request)
        raise PermissionDeniedException(detail="form")


async def _keep(request: Request[Any, Any, Any]) -> None:
    path = str(scope_of(request).get(REFUSED, scope_of(request)["path"]))
    scope_of(request)[KEPT] = keep(path, await form_of(request))


def _day_if_any(request: Request[Any, Any, Any], desk: Desk) -> date | None:
    """The day asked for, as a fault's page keeps it; none where the fault is the day."""
    try:
        return day_asked(request, desk)
    except BadInputError:
        return None
