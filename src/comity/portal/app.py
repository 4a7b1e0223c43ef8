"""The portal as an ASGI application: pages under `/<language>/`, records under `/api/v1/`, faults told as pages or records of their own."""

import logging
from typing import Any

from litestar import Litestar, Request, Response, get
from litestar.di import NamedDependency, Provide
from litestar.enums import MediaType
from litestar.exceptions import HTTPException, NotFoundException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.params import FromPath
from litestar.response import Redirect

import comity
from comity.errors import BadInputError, ComityError
from comity.knowledge import Knowledge, Pack
from comity.portal.api import API
from comity.portal.assets import assets
from comity.portal.desk import Desk
from comity.portal.guard import REFUSED, Guard
from comity.portal.pages import PAGES
from comity.portal.visit import Visit, make_environment
from comity.records import LanguageCode
from comity.register import Register

LOG = logging.getLogger("comity.portal")
YEAR = "public, max-age=31536000, immutable"
STATUS = {"host": 421, "method": 405, "long": 414, "signs": 400}


def create_portal(
    register: Register, pack: Pack, knowledge: Knowledge, *, language: LanguageCode = "en", desk: Desk | None = None
) -> Guard:
    """The portal over a register. `language` is shown where the visitor's browser asks for none that Comity speaks."""
    shown = desk or Desk(register, pack, knowledge, language)
    environment = make_environment()

    def visit(request: Request[Any, Any, Any], language: FromPath[str]) -> Visit:
        if language not in shown.words:
            raise NotFoundException
        return Visit(shown, environment, language, request)

    def told(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
        return _told(request, fault, shown, Visit(shown, environment, _language_of(request, shown), request))

    async def give_desk() -> Desk:
        return shown

    app = Litestar(
        route_handlers=[_start, _asset, _refuse, *PAGES, *API],
        dependencies={"visit": Provide(visit, sync_to_thread=True), "desk": Provide(give_desk)},
        exception_handlers={HTTPException: told, ComityError: told, 500: told},
        logging_config=None,
        openapi_config=OpenAPIConfig(
            title="Comity", version=comity.__version__, path="/api/v1/openapi.json", render_plugins=[JsonRenderPlugin(path="/")]
        ),
    )
    return Guard(app)


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


@get("/refused/{reason:str}", include_in_schema=False)
async def _refuse(request: Request[Any, Any, Any], reason: FromPath[str]) -> Response[str]:
    if REFUSED not in request.scope or reason not in STATUS:
        raise NotFoundException
    raise HTTPException(status_code=STATUS[reason], detail=reason)


def _told(request: Request[Any, Any, Any], fault: Exception, desk: Desk, visit: Visit) -> Response[Any]:
    """A fault as a page with a way on, or as a record for programs."""
    status, key, sentence = _sentence(fault, visit)
    if status == 500:
        LOG.error("%s", request.scope["path"], exc_info=fault)
    if str(request.scope.get(REFUSED, request.scope["path"])).startswith("/api/"):
        return Response({"error": sentence}, status_code=status, media_type=MediaType.JSON)
    return visit.page("fault.html", status=status, key=key, sentence=sentence)


def _sentence(fault: Exception, visit: Visit) -> tuple[int, str, str]:
    say = visit.words.say
    if isinstance(fault, BadInputError):
        return 400, "fault_asked", str(fault)
    if isinstance(fault, ComityError):
        return 503, "fault_register", str(fault)
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    refused = {code: reason for reason, code in STATUS.items() if reason != "signs"}
    if status in refused:
        return status, f"fault_{refused[status]}", say(f"fault_{refused[status]}_say")
    if status == 404:
        return 404, "fault_missing", say("fault_missing_say")
    if status < 500:
        return status, "fault_asked", say("fault_asked_say")
    return 500, "fault_ours", say("fault_ours_say")


def _language_of(request: Request[Any, Any, Any], desk: Desk) -> LanguageCode:
    """The language in the address, else the browser's first that Comity speaks, else the portal's own."""
    steps = str(request.scope.get(REFUSED, request.scope["path"])).split("/")
    if len(steps) > 1 and steps[1] in desk.words:
        return steps[1]
    for asked in request.headers.get("accept-language", "").split(","):
        code = asked.split(";")[0].split("-")[0].strip().lower()
        if code in desk.words:
            return code
    return desk.language
