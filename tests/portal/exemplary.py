"""A register of four documents over the partnership that ships, and the question that the interface's description shows for each address.

`python tests/portal/exemplary.py` asks all of them and writes question and answer into the description's examples anew.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "portal")]  # where it is run by itself

import httpx  # noqa: E402
import msgspec  # noqa: E402
from argon2 import PasswordHasher  # noqa: E402
from served import serving  # noqa: E402

from comity.knowledge import Knowledge, load_knowledge, load_pack  # noqa: E402
from comity.portal.accounts.passwords import Hasher  # noqa: E402
from comity.portal.accounts.secrets import hash_of  # noqa: E402
from comity.portal.api_described import EXAMPLES, Example  # noqa: E402
from comity.portal.app import create_portal  # noqa: E402
from comity.portal.desk import Desk  # noqa: E402
from comity.portal.settings import Settings  # noqa: E402
from comity.records import (  # noqa: E402
    Act,
    ActorMention,
    ActorType,
    Bound,
    Commitment,
    Document,
    EventReport,
    EventType,
    Force,
    ProgressVerb,
    Statement,
    Status,
)
from comity.register import Action, OfFinding, Register  # noqa: E402
from comity.register.accounts import Role  # noqa: E402
from comity.register.sessions import Scope  # noqa: E402
from comity.tracking.track import track  # noqa: E402
from made import claim, document, reading, register_of  # noqa: E402

PACK = load_pack("asean-un")
PLAN, LINE = "asean-un-poa-2016-2020", "P1-A-03"
NEXT = "asean-un-poa-2021-2025"
TODAY = date(2021, 6, 1)
START = 1_700_000_000
LONGEST = 400
"""Characters of a text that an example shows."""

SAID = "the two sides would train more peacekeepers and raise the share of women among them"
MET = document(
    f"ASEAN and the United Nations met on 4 May 2018. The minister said {SAID}.",
    "2018-05-05",
    title="Peacekeepers",
    publisher="Harbour Gazette",
)
COUNTED = document(
    "The two sides noted that over 90 per cent of the lines of the plan had been completed.", "2020-10-22", title="Nine in ten lines"
)
AGREED = document("ASEAN and the United Nations agreed to hold a joint exercise by 2022.", "2020-11-12", title="A joint exercise")
PRAISED = document(
    "Việt Nam hoan nghênh việc hai bên hợp tác ứng phó biến đổi khí hậu.",
    "2020-11-13",
    title="Hợp tác về khí hậu",
    language="vi",
    publisher="Báo Bến Cảng",
)
MANY = document("In all 25 UN agencies work with ASEAN today, the office said.", "2018-04-20", title="Twenty-five agencies")
FEWER = document("Only 19 UN agencies work with ASEAN, the ministry wrote.", "2018-06-02", title="Nineteen agencies")
GIVEN = {"text": "ASEAN welcomed the report.", "title": "A report", "publisher": "Harbour Gazette", "published": "2021-03-02"}


def fill(folder: Path) -> Register:
    """The register, tracked."""
    both = {"source": ("ASEAN",), "target": ("UN",)}
    register = register_of(
        folder,
        reading(
            MET,
            actors=[ActorMention(evidence=_words(MET, "ASEAN"), type=ActorType.ORGANISATION, actor="ASEAN")],
            events=[EventReport(evidence=_words(MET, "met"), type=EventType.CONSULT, when="2018-05-04", status=Status.HAPPENED, **both)],
            statements=[Statement(evidence=_words(MET, SAID), speaker=("VNM",), cue=None, act=Act.COMMIT)],
        ),
        reading(
            COUNTED,
            progress=[claim(COUNTED, "over 90 per cent", subject=PLAN, percent=90.0, bound=Bound.OVER, verb=ProgressVerb.COMPLETED)],
        ),
        reading(
            AGREED,
            commitments=[Commitment(evidence=_words(AGREED, "agreed to hold"), by=("ASEAN", "UN"), force=Force.AGREED, due="2022")],
        ),
        reading(
            PRAISED,
            actors=[ActorMention(evidence=_words(PRAISED, "Việt Nam"), type=ActorType.STATE, actor="VNM")],
            statements=[Statement(evidence=_words(PRAISED, "hai bên hợp tác"), speaker=("VNM",), cue=None, act=Act.WELCOME)],
        ),
        *(reading(of, actors=[ActorMention(evidence=_words(of, "UN"), type=ActorType.ORGANISATION, actor="UN")]) for of in (MANY, FEWER)),
    )
    track(register, PACK)
    welcomed = _words(PRAISED, "hai bên hợp tác")
    subject = OfFinding("statements", PRAISED.id, welcomed.start, welcomed.end)
    register.writer().decide(who="Lan", action=Action.ACCEPT, subject=subject, why="As it says.")
    return register


def _words(of: Document, words: str) -> Any:
    start = of.text.index(words)
    return of.evidence(start, start + len(words))


@contextmanager
def asking(register: Register) -> Iterator[httpx.Client]:
    """A program that has a token of an editor, of scope `write`."""
    knowledge: Knowledge = load_knowledge((PACK,))
    accounts, sessions = register.accounts(), register.sessions()
    accounts.invite(hash="x", role=Role.EDITOR, note="", by="test", now=START, until=START + 1)
    quick = Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    account = accounts.redeem(hash="x", login="lan", name="Lan", password=quick.hash("seven grey herons wade"), now=START)
    sessions.add_token(hash=hash_of("comity_example"), account=account.key, name="script", scope=Scope.WRITE, now=START)
    desk = Desk(register, PACK, knowledge, today=lambda: TODAY)
    portal = create_portal(register, PACK, knowledge, desk=desk, settings=Settings(accounts=True), hasher=quick)
    with serving(portal) as address, httpx.Client(base_url=address, timeout=60) as client:
        client.headers["authorization"] = "Bearer comity_example"
        yield client


def questions(client: httpx.Client) -> Iterator[tuple[str, str, str, Any]]:
    """Method, path as described, the address asked, and what is sent."""
    start = MET.text.index(SAID)
    place = f"{start}-{start + len(SAID)}"
    event = client.get("/api/v1/events?since=2018&limit=1").json()["items"][0]["id"]
    cell = client.get("/api/v1/alignment").json()["cells"][0]
    for path, ask in (
        ("", ""),
        ("/overview", "/overview?lang=en"),
        ("/plans", "/plans?limit=1"),
        ("/plans/{plan}/lines", f"/plans/{PLAN}/lines?limit=1"),
        ("/plans/{plan}/ledger", f"/plans/{PLAN}/ledger?lang=en"),
        ("/plans/{plan}/status", f"/plans/{PLAN}/status"),
        ("/plans/{plan}/lines/{line}/links", f"/plans/{PLAN}/lines/{LINE}/links?state=suggested&limit=1"),
        ("/documents", "/documents?language=en&year=2020&limit=1"),
        ("/documents/{document}", f"/documents/{MET.id}"),
        ("/statements", "/statements?actor=VNM&limit=1"),
        ("/commitments", "/commitments?actor=ASEAN&limit=1"),
        ("/actors", "/actors?type=state&limit=1"),
        ("/actors/{actor}", "/actors/VNM"),
        ("/meetings", "/meetings?mechanism=asean-un-summit&limit=1"),
        ("/mechanisms", "/mechanisms?limit=1"),
        ("/instruments", "/instruments?limit=1"),
        ("/findings/{kind}/{document}/{place}", f"/findings/statements/{MET.id}/{place}"),
        ("/events", "/events?since=2018&actor=ASEAN&limit=1"),
        ("/events/{event}", f"/events/{event}"),
        ("/search", "/search?q=peacekeepers&kind=statements&limit=1"),
        ("/network", "/network?year=2018"),
        ("/network/together", "/network/together?a=ASEAN&b=UN&limit=1"),
        ("/alignment", "/alignment"),
        ("/alignment/sentences", f"/alignment/sentences?goal={cell['goal']}&element={cell['element']}&limit=1"),
        ("/plans/{plan}/compare", f"/plans/{NEXT}/compare"),
        ("/contradictions", "/contradictions?limit=1"),
        ("/suggestions", "/suggestions?kind=commitments&limit=1"),
        ("/decisions", "/decisions?limit=1"),
    ):
        yield "get", f"/api/v1{path}", f"/api/v1{ask}", None
    at = AGREED.text.index("agreed to hold")
    subject = {"type": "finding", "kind": "commitments", "document": AGREED.id, "start": at, "end": at + len("agreed to hold")}
    yield "post", "/api/v1/decisions", "/api/v1/decisions", {"action": "accept", "subject": subject, "why": "As it says.", "seen": 0}
    yield "post", "/api/v1/documents", "/api/v1/documents", GIVEN


def shortened(value: Any) -> Any:
    """An answer as an example shows it: one entry of each list, the beginning of long texts."""
    if isinstance(value, dict):
        return {name: shortened(one) for name, one in value.items()}
    if isinstance(value, list):
        return [shortened(one) for one in value[: 1 if value and isinstance(value[0], dict | list) else 3]]
    return f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value


def main() -> None:
    made = []
    with TemporaryDirectory() as folder, fill(Path(folder)) as register, asking(register) as client:
        for method, path, ask, sent in questions(client):
            answer = client.request(method, ask, json=sent).raise_for_status()
            made.append(Example(method=method, path=path, ask=ask, answer=shortened(answer.json()), sent=sent))
    EXAMPLES.write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")


if __name__ == "__main__":
    main()
