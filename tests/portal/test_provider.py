"""Signing in at an OpenID Connect provider: a real one on this machine, honest, and then with one thing wrong at a time."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from staff import Clock, Person, said, staffed, visiting

from comity.portal.settings import Provider
from comity.register import Register
from comity.register.accounts import Role
from small_register import filled

KEY, OTHER = (RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}) for _ in range(2))


class Identity:
    """A provider; a test sets what is wrong with it."""

    def __init__(self) -> None:
        self.asked: dict[str, dict[str, str]] = {}
        self.claims: dict[str, Any] = {}
        self.key = KEY
        self.algorithm = "RS256"
        self.now = 0.0
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.read(self)

            def do_POST(self) -> None:
                owner.exchange(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def read(self, request: BaseHTTPRequestHandler) -> None:
        url = urlsplit(request.path)
        if url.path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
            _answer(request, 200, {"issuer": self.issuer, **{name: self.issuer + path for name, path in names.items()}})
        elif url.path == "/keys":
            _answer(request, 200, {"keys": [KEY.as_dict(private=False)]})
        else:  # the person agrees at once
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            code = f"code-{len(self.asked)}"
            self.asked[code] = asked
            request.send_response(302)
            request.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
            request.end_headers()

    def exchange(self, request: BaseHTTPRequestHandler) -> None:
        body = parse_qs(request.rfile.read(int(request.headers["content-length"])).decode())
        asked = self.asked.pop(body["code"][0], None)
        challenge = urlsafe_b64encode(sha256(body["code_verifier"][0].encode()).digest()).decode().rstrip("=")
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != body["redirect_uri"][0]:
            _answer(request, 400, {"error": "invalid_grant"})
            return
        claims = {
            "iss": self.issuer,
            "aud": "comity",
            "sub": "42",
            "exp": int(self.now) + 300,
            "nonce": asked["nonce"],
            "preferred_username": "lan@mofa.example",
            "name": "Lan Nguyễn",
            **self.claims,
        }
        token = jwt.encode({"alg": self.algorithm, "kid": "one"}, claims, self.key, algorithms=[self.algorithm])
        _answer(request, 200, {"access_token": "x", "token_type": "Bearer", "id_token": token})


def _answer(request: BaseHTTPRequestHandler, status: int, body: dict[str, Any]) -> None:
    content = json.dumps(body).encode()
    request.send_response(status)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content)


@pytest.fixture(scope="module")
def identity() -> Iterator[Identity]:
    one = Identity()
    yield one
    one.server.shutdown()


@pytest.fixture
def clock(identity) -> Clock:
    clock = Clock()
    clock.now = identity.now = time.time()
    identity.claims, identity.key, identity.algorithm = {}, KEY, "RS256"
    return clock


@pytest.fixture
def register(tmp_path) -> Iterator[Register]:
    with filled(tmp_path) as register:
        yield register


@pytest.fixture
def address(register, clock, identity) -> Iterator[str]:
    provider = Provider(issuer=identity.issuer, client="comity", secret="s", role=Role.REVIEWER)
    with visiting(staffed(register, clock, provider=provider)) as address:
        yield address


def go(one: Person) -> str:
    """Off to the provider and agreed there: the address one comes back to."""
    away = one.get("/en/sign-in/provider?next=/vi/review")
    assert away.status_code == 303, away.text
    back: str = one.get(away.headers["location"]).headers["location"]
    return back


def test_one_comes_back_signed_in(address, register):
    lan = Person(base_url=address)
    assert "/en/sign-in/provider" in lan.get("/en/sign-in").text
    back = go(lan)
    assert lan.get(back).headers["location"] == "/vi/review"
    account = register.accounts().by_login("lan@mofa.example")
    assert account is not None
    assert (account.name, account.role, account.password) == ("Lan Nguyễn", Role.REVIEWER, None)
    assert lan.get("/vi/review").status_code == 200
    again = Person(base_url=address)
    again.get(go(again))
    assert len([one for one in register.accounts().all() if one.subject]) == 1


def test_the_question_carries_state_nonce_and_a_challenge(address):
    asked = parse_qs(urlsplit(Person(base_url=address).get("/en/sign-in/provider").headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert len(asked["state"][0]) > 40
    assert len(asked["nonce"][0]) > 40
    assert asked["state"] != asked["nonce"]


def test_an_answer_counts_once_and_in_one_browser(address):
    lan, mai = Person(base_url=address), Person(base_url=address)
    back = go(lan)
    mai.get("/en/sign-in")
    assert mai.get(back).status_code == 502
    assert lan.get(back).status_code == 502
    back = go(lan)
    assert lan.get(back).status_code == 303
    assert lan.get(back).status_code == 502


def test_an_answer_that_nobody_asked_for(address):
    lan = Person(base_url=address)
    lan.get("/en/sign-in")
    for query in ("", "?state=x&code=y", "?error=access_denied", "?state=&code="):
        answer = lan.get(f"/en/sign-in/back{query}")
        assert answer.status_code == 502
        assert "did not confirm who you are" in said(answer)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"nonce": "another"},
        {"exp": 1},
        {"sub": None},
    ],
    ids=str,
)
def test_an_identity_that_does_not_fit(address, identity, claims):
    identity.claims = claims
    lan = Person(base_url=address)
    assert lan.get(go(lan)).status_code == 502
    assert lan.get("/en/account").status_code == 303


def test_an_identity_signed_by_another(address, identity):
    identity.key = OTHER
    lan = Person(base_url=address)
    assert lan.get(go(lan)).status_code == 502


def test_an_answer_that_comes_late(address, clock):
    lan = Person(base_url=address)
    back = go(lan)
    clock.now += 11 * 60
    assert lan.get(back).status_code == 502


def test_nobody_takes_over_an_account_that_is_here(address, identity):
    identity.claims = {"preferred_username": "administrator"}
    lan = Person(base_url=address)
    answer = lan.get(go(lan))
    assert answer.status_code == 403
    assert "has your sign-in name already" in said(answer)


def test_a_provider_out_of_reach(register, clock):
    provider = Provider(issuer="http://127.0.0.1:9", client="comity", secret="s")
    with visiting(staffed(register, clock, provider=provider)) as address:
        answer = Person(base_url=address).get("/en/sign-in/provider")
        assert answer.status_code == 502
