"""One request for a page: its language, what was asked, and the words, names and addresses that the page is written with."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.enums import MediaType
from litestar.response import Redirect
from markupsafe import Markup

import comity
from comity.knowledge.words import label
from comity.languages import languages
from comity.portal.accounts.secrets import new_key, proof_for
from comity.portal.accounts.visitor import Visitor
from comity.portal.addresses import AS_OF, OF_TODAY, Addresses, id_of
from comity.portal.anybody import key_cookie
from comity.portal.asking import query_in
from comity.portal.assets import asset_addresses
from comity.portal.desk import Desk
from comity.portal.guard import LONGEST, REFUSED, VISITOR, scope_of
from comity.portal.readable import readable
from comity.portal.settings import Settings
from comity.portal.words import own_name
from comity.publishing import timeline
from comity.publishing.acts import act_key
from comity.publishing.naming import Naming, called, first_name
from comity.publishing.rate_sentences import link_words
from comity.publishing.report import TEMPLATES as REPORT
from comity.publishing.safe_links import safe_link
from comity.publishing.sentences import Sentences
from comity.publishing.slip_sentences import SlipSentences
from comity.publishing.unbroken import unbroken
from comity.records import ActorId, Evidence, LanguageCode
from comity.register import Found, Register, Writer
from comity.register.accounts import Role
from comity.register.tallies import COUNTED
from comity.tracking.overview import Quoted
from comity.tracking.passages import Passage, Passages

HERE = Path(__file__).parent / "templates"
SECTIONS = (
    "overview",
    "plans",
    "documents",
    "statements",
    "commitments",
    "actors",
    "meetings",
    "instruments",
    "alignment",
    "network",
    "brief",
)

LOOKING_BACK = frozenset({*SECTIONS, "search", "events", "contradictions", "digest"})
"""The sections whose pages can be shown as they were known on an earlier day."""

TONGUE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z]{2,4})?")
"""What looks like the code of a language."""

DEMO = Settings()


def day_asked(request: Request[Any, Any, Any], desk: Desk) -> date | None:
    """The day by whose knowledge a page is asked for, None for now. Raises BadInputError for what is no day, or one to come."""
    steps, text = str(request.scope["path"]).split("/"), str(request.query_params.get(AS_OF, "")).strip()
    return None if not text or (len(steps) > 2 and steps[2] in OF_TODAY) else desk.day_in(text)


@cache
def make_environment() -> Environment:
    """The templates of the portal, and those of the report, whose parts it shows too. Nothing in them is one portal's own: each is compiled
    once, however many portals a program opens."""
    environment = Environment(
        loader=FileSystemLoader([HERE, REPORT]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=readable,
    )
    environment.filters["act_key"] = act_key
    environment.filters["unbroken"] = lambda words: unbroken(readable(words))
    return environment


class Visit:
    """A page in the making."""

    def __init__(
        self,
        desk: Desk,
        environment: Environment,
        language: LanguageCode,
        request: Request[Any, Any, Any],
        settings: Settings = DEMO,
        as_of: date | None = None,
    ) -> None:
        self.desk = desk
        self.language = language
        self.words = desk.words[language]
        self.charts = desk.charts
        self.as_of = as_of
        self.now = desk.snapshot_of(as_of) if as_of else desk.snapshot()
        self.address = Addresses(language, as_of=as_of.isoformat() if as_of else None, merged=self.now.merged)
        self.naming = Naming(desk.knowledge, self.words.labels, self.now)
        self.sentences = Sentences(desk.pack, self.words.labels, self.naming)
        self.settings = settings
        self.visitor: Visitor = scope_of(request)[VISITOR]
        self.agent = request.headers.get("user-agent", "")
        self._key = self.visitor.key
        self._cookies: list[Cookie] = []
        self._environment = environment
        self._request = request
        self._passages = Passages(self.now.view)

    def first(self, name: str) -> str | None:
        """The first value asked for under a name, None where it is empty."""
        return next((value for value in self.every(name)), None)

    def every(self, name: str) -> list[str]:
        """All values asked for under a name, once each."""
        return list(dict.fromkeys(value.strip() for value in self._request.query_params.getall(name, []) if value.strip()))

    def quoted(self, found: Found) -> Quoted:
        """A finding with its sentence."""
        return Quoted(found, self.passage(found.finding.evidence))

    def passage(self, evidence: Evidence) -> Passage:
        """The sentence around words of a document."""
        return self.desk.sentences.around(evidence, self._passages)

    @property
    def signature(self) -> str:
        """What a decision carries as who took it."""
        return self.visitor.signature

    @property
    def register(self) -> Register:
        """The register, as it was known on the day asked for."""
        return self.desk.register.as_known(self.as_of.isoformat()) if self.as_of else self.desk.register

    def writer(self) -> Writer:
        """What adds to the register."""
        return self.desk.register.writer(self.desk.knowledge.themes.values())

    def may(self, role: str) -> bool:
        """Whether who asks may what a role may."""
        return self.visitor.may(Role(role))

    def proof(self) -> str:
        """What a form must carry to be taken."""
        return proof_for(self.key())

    def key(self) -> str:
        """The visitor's key; who has no cookie gets one, or no form of theirs could be told from another site's."""
        key: str = self._key or new_key()
        if self._key is None:
            self.use_key(key)
        return key

    def use_key(self, key: str | None) -> None:
        """Another key for the visitor's cookie; None takes the cookie away."""
        self._key = key
        self.set_cookie(self.settings.cookie, key)

    def set_cookie(self, name: str, value: str | None) -> None:
        cookie = key_cookie(self.settings, value, name)
        self._cookies = [*(one for one in self._cookies if one.key != name), cookie]

    def go(self, address: str) -> Redirect:
        """On to another page, which is asked for with GET."""
        return Redirect(address, status_code=303, cookies=self._cookies)

    def here(self) -> str:
        """The address of this page, to come back to."""
        scope = scope_of(self._request)
        asked = scope["query_string"].decode("ascii", "replace")
        path = quote(str(scope.get(REFUSED, scope["path"])), safe="/:,")
        return f"{path}?{asked}" if asked else path

    def whole(self, path: str) -> str:
        """An address with its host, to be sent to somebody."""
        scheme = "https" if self.settings.tls else "http"
        return f"{scheme}://{self._request.headers.get('host', '')}{path}"

    def label(self, names: Any) -> str:
        """Words of the knowledge in this language, else in another with its code."""
        return label(names, self.language)

    def party(self, actor: ActorId) -> str:
        """The page of whoever acts or takes part: an actor, or a meeting that speaks."""
        known = self.desk.knowledge
        return self.address.mechanism(actor) if actor in known.mechanisms and actor not in known.actors else self.address.actor(actor)

    def page(self, template: str, *, section: str = "", status: int = 200, **context: Any) -> Response[str]:
        """A template as a page. `section` is the part of the portal that the menu marks."""
        partnership = self.desk.pack.partnership
        text = self._environment.get_template(template).render(
            address=self.address,
            as_of=self.as_of.isoformat() if self.as_of else None,
            asked_here=self._asked_here,
            typed_day=self._request.query_params.get(AS_OF, ""),
            assets=asset_addresses(),
            may=self.may,
            proof=self.proof,
            settings=self.settings,
            visitor=self.visitor,
            moment=self.words.moment,
            stamp=self.words.stamp,
            called=called,
            count=self.words.count,
            here=self._others(),
            label=self.label,
            labels=self.words.labels,
            of_links=link_words(self.language),
            link=safe_link,
            naming=self.naming,
            pack=self.desk.pack,
            party=self.party,
            partnership=first_name(partnership.names, self.language) or partnership.id,
            quoted=self.quoted,
            say=self.words.say,
            has=self.words.has,
            in_api=self._in_api,
            kept_day=self._kept_day,
            counts_some=COUNTED if self.now.counts_some else 0,
            may_look_back=status == 200 and section in LOOKING_BACK,
            today_address=self._today_address,
            dated=self.now.today.isoformat(),
            dated_address=self._dated_address,
            section=section,
            sections=SECTIONS,
            sentences=self.sentences,
            size=timeline,
            section_address=lambda name: self.address.page(*(() if name == "overview" else (name,))),
            slips=SlipSentences(self.words.labels),
            version=comity.__version__,
            whole=self.whole,
            **context,
        )
        return Response(f"{text.strip()}\n", status_code=status, media_type=MediaType.HTML, cookies=self._cookies)

    def _kept_day(self) -> Markup:
        """What a form that asks must carry, so that its answer is of the same day."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(AS_OF, self.as_of) if self.as_of else Markup("")

    def _asked_here(self) -> list[tuple[str, str]]:
        """What stands in this page's address, without the day."""
        return [(name, value) for name, value in query_in(scope_of(self._request)["query_string"]) if name != AS_OF]

    def _today_address(self) -> str:
        """This page as it is known today."""
        path, asked = quote(str(self._request.scope["path"]), safe="/:,"), urlencode(self._asked_here())
        return f"{path}?{asked}" if asked else path

    def _dated_address(self) -> str:
        """This page as it is shown now, for good: what is learned later leaves it as it is."""
        here = self._today_address()
        return f"{here}{'&' if '?' in here else '?'}{urlencode([(AS_OF, self.now.today.isoformat())])}"

    def _in_api(self, name: str, query: Iterable[tuple[str, str | None]] = ()) -> str:
        """Where programs find what a page shows, of the same day."""
        asked = urlencode([(key, value) for key, value in (*query, (AS_OF, self.address.as_of)) if value])
        return f"/api/v1/{name}?{asked}" if asked else f"/api/v1/{name}"

    def _others(self) -> list[tuple[LanguageCode, str, str]]:
        """Each language with its own name and the address of this page in it."""
        url = self._request.scope
        steps = str(scope_of(self._request).get(REFUSED, url["path"])).split("/")
        asked = url["query_string"].decode("ascii", "replace")
        if len(url["path"]) + len(asked) > LONGEST or sum(map(len, steps)) > LONGEST:
            steps, asked = [], ""  # what is too long to be read is no address to go to either
        rest = Addresses(self.language).page(*(id_of(step) for step in steps[2:] if step)).removeprefix(f"/{self.language}")
        inside = len(steps) > 1 and (steps[1] in self.desk.words or TONGUE.fullmatch(steps[1]) is not None) and steps[1] != "api"
        return [(code, own_name(code), f"/{code}{rest if inside else ''}{f'?{asked}' if asked and inside else ''}") for code in languages()]
