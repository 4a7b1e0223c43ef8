"""Answers 410 for what was here once: a page or record that says what became of it and leads to where it went."""

from datetime import UTC, datetime

from litestar.exceptions import HTTPException
from msgspec import Struct

from comity.intervals import IsoDate
from comity.portal.addresses import step_of
from comity.records import ActorId
from comity.register import Found, Register, View
from comity.register.gone import Merged, Reread, merge_of, withdrawal_of

HELD_ENDS = {"held_accepted": "let_in", "held_dropped": "turned_away"}
"""How the waiting of a document ends, as the log says it and as its page does."""


class Went(Struct, frozen=True, kw_only=True):
    """What became of it. `kind` is the end of a key of the portal's words (`merged`); `actor`, `findings` and `occurrence` are where it
    went (`joined` is the actor that it was), `api` the same as addresses for programs."""

    kind: str
    day: IsoDate
    who: str = ""
    why: str = ""
    actor: ActorId | None = None
    joined: ActorId | None = None
    findings: tuple[Found, ...] = ()
    document: str = ""
    occurrence: str = ""
    instead: str = ""
    decision: int | None = None
    """What an editor takes back to bring it here again."""
    api: tuple[str, ...] = ()


class Gone(HTTPException):
    """It is not here any more."""

    status_code = 410

    def __init__(self, went: Went) -> None:
        super().__init__(detail="gone")
        self.went = went


def check_actor(view: View, actor: ActorId) -> None:
    """Raises Gone where a person decided that an actor is somebody else."""
    merged = merge_of(view.asking, actor)
    if merged is not None:
        raise Gone(_merged(merged))


def check_document(view: View, document: str) -> None:
    """Raises Gone where a person withdrew a document, by the day of the view."""
    one = withdrawal_of(view, document)
    if one is not None:
        raise Gone(
            Went(
                kind="withdrawn",
                day=one.day,
                who=one.who,
                why=one.why,
                document=document,
                instead=one.instead or "",
                decision=one.number,
                api=(f"/api/v1/documents/{step_of(one.instead)}",) if one.instead else (),
            )
        )


def gone_finding(kind: str, document: str, found: Reread) -> Gone:
    """Why a finding is not there, with those in its place."""
    return Gone(
        Went(
            kind="decided" if found.newest else "reread",
            day=found.day,
            findings=found.now,
            document=document,
            api=tuple(_api(kind, one) for one in found.now) or (f"/api/v1/documents/{step_of(document)}",),
        )
    )


def gone_occurrence(into: str, day: IsoDate) -> Gone:
    """An occurrence whose reports another one holds now."""
    return Gone(Went(kind="joined", day=day, occurrence=into, api=(f"/api/v1/events/{into}",)))


def check_held(register: Register, id: str) -> None:
    """Raises Gone where a document that waited was let in or turned away."""
    ended = register.audit().last_about(HELD_ENDS, f"{id} ")
    if ended is not None:
        day = datetime.fromtimestamp(ended.at, UTC).date().isoformat()
        kind = HELD_ENDS[ended.event]
        raise Gone(Went(kind=kind, day=day, who=ended.who, document=id if kind == "let_in" else ""))


def _merged(one: Merged) -> Went:
    api = (f"/api/v1/actors/{step_of(one.into)}",)
    return Went(kind="merged", day=one.day, who=one.who, why=one.why, actor=one.into, joined=one.actor, api=api)


def _api(kind: str, found: Found) -> str:
    evidence = found.finding.evidence
    return f"/api/v1/findings/{kind}/{step_of(evidence.document)}/{evidence.start}-{evidence.end}"
