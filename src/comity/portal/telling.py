"""A fault as a page with a way on, in the language of the address, or as a record for programs.

What somebody wrote is shown again wherever their form could not be taken just now: where they must sign in first, where the register is
being written, where they asked too often, and where the fault is ours.
"""

import logging
from collections.abc import Callable
from typing import Any

from jinja2 import Environment
from litestar import Request, Response
from litestar.enums import MediaType
from litestar.exceptions import HTTPException

from comity.errors import BadInputError, ComityError, RegisterBusyError
from comity.portal.accounts.secrets import proof_for
from comity.portal.asking import Unfit
from comity.portal.assets import asset_addresses
from comity.portal.desk import Desk
from comity.portal.form import READ, Kept, keep
from comity.portal.gone import Gone, Went
from comity.portal.guard import REFUSED, VISITOR, WAIT, scope_of
from comity.portal.visit import Visit
from comity.portal.words import Words
from comity.records import LanguageCode

LOG = logging.getLogger("comity.portal")
STATUS = {
    "host": 421,
    "method": 405,
    "long": 414,
    "head": 431,
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
SOON = 5
"""Seconds after which a register that was being written is worth another try."""
LATER = (400, 429, 500, 503)
"""With these a form that was not taken is shown again."""


class Told:
    """A fault in words: the status, the key of its title, the sentence; and in another language than English what was said in that.
    `in_full` is for whoever runs the portal on their own machine, `sent` for what was sent and not only asked."""

    def __init__(self, fault: Exception, words: Words, *, in_full: bool, sent: bool) -> None:
        self.status, self.key, self.sentence = _sentence(fault, words)
        if sent and self.key == "fault_asked" and not isinstance(fault, ComityError):
            self.key, self.sentence = "fault_sent", words.say("fault_sent_say")
        other = words.language != ENGLISH
        plain = isinstance(fault, BadInputError) and not isinstance(fault, Unfit) and other
        register = isinstance(fault, ComityError) and not isinstance(fault, BadInputError) and in_full
        self.english = str(fault) if plain or register else ""
        self.record = self.english if isinstance(fault, BadInputError) and self.english else self.sentence
        """The sentence for programs, whose faults are in English."""


def told(
    request: Request[Any, Any, Any], fault: Exception, make_visit: Callable[[], Visit], desk: Desk, environment: Environment
) -> Response[Any]:
    """The answer to a request that a fault ended."""
    try:
        visit = make_visit()
        return _told(request, fault, visit)
    except ComityError as second:  # the register can't even be looked at for the page's own frame
        return _bare(request, second, desk, environment)


def is_for_program(request: Request[Any, Any, Any]) -> bool:
    return str(scope_of(request).get(REFUSED, scope_of(request)["path"])).startswith("/api/")


def language_of(request: Request[Any, Any, Any], desk: Desk) -> LanguageCode:
    """The language in the address, else the browser's first that Comity speaks, else the portal's own."""
    steps = str(scope_of(request).get(REFUSED, scope_of(request)["path"])).split("/")
    if len(steps) > 1 and steps[1] in desk.words:
        return steps[1]
    for asked in request.headers.get("accept-language", "").split(","):
        code = asked.split(";")[0].split("-")[0].strip().lower()
        if code in desk.words:
            return code
    return desk.language


def _told(request: Request[Any, Any, Any], fault: Exception, visit: Visit) -> Response[Any]:
    if isinstance(fault, Gone):
        return _gone(request, fault.went, visit)
    one = Told(fault, visit.words, in_full=not visit.settings.accounts, sent=request.method == "POST")
    _log(request, one, fault)
    headers = _headers(request, fault)
    if is_for_program(request):
        headers |= {"WWW-Authenticate": "Bearer"} if one.status == 401 else {}
        return Response({"error": one.record}, status_code=one.status, media_type=MediaType.JSON, headers=headers)
    kept = _kept(request, one.status)
    if one.key == "fault_session":
        if request.method == "GET":
            return visit.go(visit.address.page("sign-in", query=[("next", visit.here())]))
        return visit.page("sign_in.html", status=one.status, kept=kept, following="", why=one.sentence, login="")
    if kept:
        answer = visit.page("again.html", status=one.status, kept=kept, why=one.sentence, english=one.english)
    else:
        answer = visit.page("fault.html", status=one.status, key=one.key, sentence=one.sentence, english=one.english)
    answer.headers.update(headers)
    return answer


def _bare(request: Request[Any, Any, Any], fault: ComityError, desk: Desk, environment: Environment) -> Response[Any]:
    """The same without anything that stands in the register."""
    words = desk.words[language_of(request, desk)]
    one = Told(fault, words, in_full=False, sent=request.method == "POST")
    _log(request, one, fault)
    headers = _headers(request, fault)
    if is_for_program(request):
        return Response({"error": one.record}, status_code=one.status, media_type=MediaType.JSON, headers=headers)
    key = scope_of(request)[VISITOR].key
    text = environment.get_template("closed.html").render(
        assets=asset_addresses(),
        english=one.english,
        has=words.has,
        kept=_kept(request, one.status) if key else None,
        key=one.key,
        language=words.language,
        proof=proof_for(key) if key else "",
        say=words.say,
        sentence=one.sentence,
    )
    return Response(f"{text.strip()}\n", status_code=one.status, media_type=MediaType.HTML, headers=headers)


def _kept(request: Request[Any, Any, Any], status: int) -> Kept | None:
    """What was written, where it is worth sending again."""
    scope = scope_of(request)
    if KEPT in scope:
        kept: Kept | None = scope[KEPT]
        return kept
    if request.method == "POST" and status in LATER and READ in scope:
        return keep(str(scope["path"]), scope[READ])
    return None


def _headers(request: Request[Any, Any, Any], fault: Exception) -> dict[str, str]:
    wait = scope_of(request).get(WAIT) or (SOON if isinstance(fault, RegisterBusyError) else None)
    return {"Retry-After": str(wait)} if wait else {}


def _log(request: Request[Any, Any, Any], one: Told, fault: Exception) -> None:
    path = str(scope_of(request).get(REFUSED, scope_of(request)["path"]))
    if one.status == 500:
        LOG.error("%s", path, exc_info=fault)
    elif one.status == 503:
        LOG.warning("%s: %s", path, fault)


def _gone(request: Request[Any, Any, Any], went: Went, visit: Visit) -> Response[Any]:
    """What became of it, with the way there."""
    name = visit.naming.actor(went.actor) if went.actor else ""
    sentence = visit.words.say(f"gone_{went.kind}", name=name, who=went.who, date=visit.words.date(went.day))
    if is_for_program(request):
        return Response({"error": sentence, "went": went.kind, "to": went.api}, status_code=410, media_type=MediaType.JSON)
    return visit.page("gone.html", status=410, went=went, sentence=sentence)


def _sentence(fault: Exception, words: Words) -> tuple[int, str, str]:
    say = words.say
    if isinstance(fault, Unfit):
        fields = {name: words.date(value) if name == "day" else value for name, value in fault.fields.items()}
        return 400, "fault_asked", say(fault.key, **fields)
    if isinstance(fault, BadInputError):
        return 400, "fault_asked", str(fault) if words.language == ENGLISH else say("fault_asked_say")
    if isinstance(fault, RegisterBusyError):
        return 503, "fault_busy", say("fault_busy_say")
    if isinstance(fault, ComityError):
        return 503, "fault_register", say("fault_register_say")
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    reason = fault.detail if isinstance(fault, HTTPException) else ""
    if reason in STATUS and STATUS[reason] == status and reason != "signs":
        return status, f"fault_{reason}", say(f"fault_{reason}_say")
    if status == 404 and reason == "tongue":
        return 404, "fault_tongue", say("fault_tongue_say")
    if status in (404, 405):
        key = "fault_method" if status == 405 else "fault_missing"
        return status, key, say(f"{key}_say")
    if status < 500:
        return status, "fault_asked", say("fault_asked_say")
    return 500, "fault_ours", say("fault_ours_say")
