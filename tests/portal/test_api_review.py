"""How a reviewer's program sees what waits, says its word and finds it in the log; and that others see neither."""

from collections.abc import Iterator

import httpx
import pytest
from staff import START, Clock, staffed, visiting

from comity.portal.accounts.secrets import hash_of, new_key
from comity.register import Register
from comity.register.sessions import Scope
from small_register import filled


@pytest.fixture(scope="module")
def register(tmp_path_factory) -> Iterator[Register]:
    with filled(tmp_path_factory.mktemp("api-review")) as register:
        yield register


@pytest.fixture(scope="module")
def address(register) -> Iterator[str]:
    with visiting(staffed(register, Clock())) as address:
        yield address


def program(register: Register, address: str, login: str) -> httpx.Client:
    account, key = register.accounts().by_login(login), new_key()
    assert account is not None
    register.sessions().add_token(hash=hash_of(key), account=account.key, name="script", scope=Scope.WRITE, now=START)
    return httpx.Client(base_url=address, headers={"authorization": f"Bearer {key}"}, timeout=30)


def test_a_program_decides_about_what_waits(register, address):
    with program(register, address, "reviewer") as client:
        waiting = client.get("/api/v1/suggestions").json()
        first = waiting["items"][0]
        assert first["kind"] == "progress"
        sent = {"action": "reject", "subject": first["subject"], "why": "Not so.", "seen": waiting["seen"]}
        assert client.post("/api/v1/decisions", json=sent).status_code == 201
        assert first["subject"] not in [one["subject"] for one in client.get("/api/v1/suggestions").json()["items"]]
        (logged,) = client.get("/api/v1/decisions").json()["items"]
        assert (logged["action"], logged["why"], logged["stands"]) == ("reject", "Not so.", True)
        assert client.get("/api/v1/decisions?who=nobody").json()["items"] == []
        undone = {"action": "undo", "subject": {"type": "decision", "number": logged["number"]}}
        assert client.post("/api/v1/decisions", json=undone).status_code == 201
        assert [one["stands"] for one in client.get("/api/v1/decisions").json()["items"]] == [True, False]
        assert first["subject"] in [one["subject"] for one in client.get("/api/v1/suggestions").json()["items"]]


def test_a_program_ties_nothing_to_a_line_that_is_not_there(register, address):
    words = next(found.finding.evidence for found in register.statements())
    subject = {"type": "link", "kind": "line", "plan": "no-such-plan", "target": "1.1", "document": words.document}
    with program(register, address, "reviewer") as client:
        sent = {"action": "accept", "subject": {**subject, "start": words.start, "end": words.end}}
        answer = client.post("/api/v1/decisions", json=sent)
    assert (answer.status_code, answer.json()["error"][:33]) == (400, "There is no plan 'no-such-plan'; ")


@pytest.mark.parametrize("path", ["suggestions", "decisions"])
def test_only_reviewers_see_them(register, address, path):
    assert httpx.get(f"{address}/api/v1/{path}").status_code == 401
    with program(register, address, "contributor") as client:
        assert client.get(f"/api/v1/{path}").status_code == 403


@pytest.mark.parametrize("asked", ["suggestions?kind=theme", "suggestions?after=x", "decisions?after=x", "suggestions?limit=0"])
def test_what_cant_be_meant_is_told_so(register, address, asked):
    with program(register, address, "editor") as client:
        answer = client.get(f"/api/v1/{asked}")
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)
