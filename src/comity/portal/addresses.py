"""Where each page is. An id is one step of the path, whatever signs are in it: `/` is written `%2F` and quoted once more."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import quote, urlencode

from comity.records import ActorId, Evidence, InstrumentId, LanguageCode, MechanismId
from comity.register.decisions import Decision

Fields = Iterable[tuple[str, str | None]]


AS_OF = "as_of"
"""The field of an address that says by which day's knowledge a page is shown."""
OF_TODAY = frozenset({"sign-in", "sign-out", "invitation", "account", "people", "audit", "review", "upload", "saved"})
"""Where work is done: there is no working in what was known some day."""
NOBODY: Mapping[ActorId, ActorId] = MappingProxyType({})


class Addresses:
    """The addresses of the pages in one language, all by the knowledge of one day where `as_of` names one. `merged` are the ids that people
    decided to mean somebody else: links lead to the page that is there."""

    def __init__(self, language: LanguageCode, *, as_of: str | None = None, merged: Mapping[ActorId, ActorId] = NOBODY) -> None:
        self.language = language
        self.as_of = as_of
        self._merged = merged

    def page(self, *steps: str, query: Fields = ()) -> str:
        """`/en/plans/some-plan?year=2020`; empty fields are left out."""
        path = "/".join([f"/{self.language}", *(step_of(step) for step in steps)])
        day = self.as_of if not steps or steps[0] not in OF_TODAY else None
        asked = urlencode([(name, value) for name, value in (*query, (AS_OF, day)) if value])
        return f"{path}?{asked}" if asked else path

    def document(self, document: str, start: int | None = None) -> str:
        """The reader, at the words that begin at a character of the text."""
        place = "" if start is None else f"#at-{start}"
        return f"{self.page('documents', document)}{place}"

    def words(self, document: str, start: int, end: int) -> str:
        """The reader, at words in which nothing need have been found; they are marked there."""
        return f"{self.page('documents', document, query=[('at', f'{start}-{end}')])}#at-{start}"

    def evidence(self, evidence: Evidence) -> str:
        return self.document(evidence.document, evidence.start)

    def plan(self, plan: InstrumentId) -> str:
        return self.page("plans", plan)

    def ledger(self, plan: InstrumentId, number: int | None = None) -> str:
        """The ledger of a plan, at one of its claims."""
        place = "" if number is None else f"#claim-{number}"
        return f"{self.page('plans', plan, 'ledger')}{place}"

    def line(self, plan: InstrumentId, line: str) -> str:
        return self.page("plans", plan, "lines", line)

    def actor(self, actor: ActorId) -> str:
        return self.page("actors", self._merged.get(actor, actor))

    def finding(self, evidence: Evidence, kind: str) -> str:
        """The address of one finding that stays: it leads to the words, or says what stands in its place."""
        return self.page("findings", kind, evidence.document, f"{evidence.start}-{evidence.end}")

    def mechanism(self, mechanism: MechanismId) -> str:
        return self.page("meetings", mechanism)

    def instrument(self, instrument: InstrumentId) -> str:
        return self.page("instruments", instrument)

    def statements(self, actors: Iterable[ActorId] = (), theme: str | None = None, act: str | None = None) -> str:
        return self.page("statements", query=[*(("actor", actor) for actor in actors), ("theme", theme), ("act", act)])


def step_of(id: str) -> str:
    """An id as one step of a path."""
    return quote(id.replace("%", "%25").replace("/", "%2F"), safe=":,")


def id_of(step: str) -> str:
    """The id that a step of the path, already unquoted once, stands for."""
    return step.replace("%2F", "/").replace("%25", "%")


def with_done(address: str, decisions: Iterable[Decision]) -> str:
    """An address of ours that also tells the page what was decided a moment ago."""
    path, mark, place = address.partition("#")
    told = urlencode([("done", str(one.number)) for one in decisions])
    return f"{path}{'&' if '?' in path else '?'}{told}{mark}{place}"
