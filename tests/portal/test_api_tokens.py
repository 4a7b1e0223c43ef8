"""What a token lets a program do, by its scope and its person's role; and how a program is told that it asks too often."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from staff import START, Clock, staffed, visiting

from comity.portal.accounts.secrets import hash_of
from comity.register import Register
from comity.register.sessions import Scope
from small_register import filled

DECISION = {"action": "undo", "subject": {"type": "decision", "number": 99}}
WAYS: dict[str, dict[str, Any]] = {"decisions": DECISION, "documents": {}}
"""What is sent, so that who may send it is told that it can't be meant (400), and others that they may not (403)."""
MAY = {"decisions": ("reviewer", "editor", "administrator"), "documents": ("contributor", "reviewer", "editor", "administrator")}


@pytest.fixture(scope="module")
def register(tmp_path_factory) -> Iterator[Register]:
    with filled(tmp_path_factory.mktemp("tokens")) as register:
        yield register


@pytest.fixture(scope="module")
def address(register) -> Iterator[str]:
    with visiting(staffed(register, Clock())) as address:
        yield address


def program(register: Register, address: str, login: str, scope: Scope) -> httpx.Client:
    account, key = register.accounts().by_login(login), f"comity_{login}_{scope}"
    assert account is not None
    register.sessions().add_token(hash=hash_of(key), account=account.key, name="script", scope=scope, now=START)
    return httpx.Client(base_url=address, headers={"authorization": f"Bearer {key}"}, timeout=30)


@pytest.mark.parametrize("login", ["reader", "contributor", "reviewer", "editor", "administrator"])
@pytest.mark.parametrize("scope", list(Scope))
def test_a_token_does_what_its_scope_and_its_person_may(register, address, login, scope):
    with program(register, address, login, scope) as client:
        assert client.get("/api/v1/documents?limit=1").status_code == 200
        for way, sent in WAYS.items():
            answer = client.post(f"/api/v1/{way}", json=sent)
            may = scope is not Scope.READ and login in MAY[way]
            assert (answer.status_code, bool(answer.json()["error"])) == (400 if may else 403, True), (way, answer.text)


@pytest.mark.parametrize("authorization", ["Bearer comity_nothing", "Basic bGFuOng=", "comity_nothing"])
def test_what_is_no_token_is_told_so(address, authorization):
    answer = httpx.post(f"{address}/api/v1/decisions", json=DECISION, headers={"authorization": authorization})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json()["error"]


def test_a_program_that_asks_too_often_is_told_when_to_ask_again(tmp_path):
    clock = Clock()
    with (
        filled(tmp_path) as register,
        visiting(staffed(register, clock, token_rate=3)) as address,
        program(register, address, "reviewer", Scope.READ) as client,
    ):
        answers = [client.get("/api/v1/plans") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 2
        assert answers[-1].headers["retry-after"] == "20"
        assert "in a minute" in answers[-1].json()["error"]
        assert client.post("/api/v1/decisions", json=DECISION).status_code == 429
        assert httpx.get(f"{address}/api/v1/plans").status_code == 200  # others are not held up by it
        clock.now += 20
        assert client.get("/api/v1/plans").status_code == 200
