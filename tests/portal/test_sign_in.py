"""Getting in and staying in: passwords, codes, links, sessions; and everything that somebody who may not get in tries."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from lxml import html as trees
from served import serving
from staff import PASSWORD, Clock, Person, person, said, staffed, visiting

from comity.portal.accounts import Door, totp
from comity.portal.accounts.passwords import Hasher
from comity.portal.settings import Settings
from comity.register import Register
from small_register import filled


@pytest.fixture(scope="module")
def register(tmp_path_factory) -> Iterator[Register]:
    with filled(tmp_path_factory.mktemp("accounts")) as register:
        yield register


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def address(register, clock) -> Iterator[str]:
    with visiting(staffed(register, clock, sign_in_rate=10_000)) as address:
        yield address


@pytest.fixture(autouse=True)
def fresh(register, clock) -> None:
    """No test waits for the tries of another."""
    clock.now += 30 * 3600


def test_reading_needs_no_account_and_the_way_in_is_shown(address):
    page = httpx.get(f"{address}/en")
    assert page.status_code == 200
    assert trees.fromstring(page.text).xpath("//a[@href='/en/sign-in']")


def test_in_and_out(address):
    lan = Person(base_url=address)
    assert lan.sign_in("reviewer").headers["location"] == "/en"
    assert "Reviewer" in lan.get("/en").text
    assert lan.fill("/en/account", "/sign-out").status_code == 303
    assert lan.get("/en/account").headers["location"].startswith("/en/sign-in")


def test_signing_in_gives_a_new_key(address):
    """Whoever planted a key before can do nothing with it after."""
    lan = Person(base_url=address)
    lan.get("/en/sign-in")
    before = lan.cookies["comity"]
    lan.sign_in("reviewer")
    after = lan.cookies["comity"]
    assert before != after
    planted = httpx.Client(base_url=address, cookies={"comity": before})
    assert planted.get("/en/account").status_code == 303


def test_a_cookie_is_not_for_scripts_or_other_sites(address):
    answer = httpx.get(f"{address}/en/sign-in")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie


def test_behind_tls_cookies_and_headers_are_stricter(register, clock):
    with serving(staffed(register, clock, tls=True, hosts=("portal.example",))) as address:
        answer = httpx.get(f"{address}/en/sign-in", headers={"host": "portal.example"})
        assert answer.headers["set-cookie"].startswith("__Host-comity=")
        assert "secure" in answer.headers["set-cookie"].lower()
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert httpx.get(f"{address}/en", headers={"host": "evil.example"}).status_code == 421


def test_pages_of_somebody_are_kept_by_nobody_else(address):
    lan = person(address, "reviewer")
    assert lan.get("/en").headers["cache-control"] == "private, no-cache"
    answer = lan.fill("/en/account", "/account/tokens", name="x", scope="read")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("login", "password"), [("reviewer", "wrong words altogether"), ("nobody", PASSWORD), ("", ""), ("lаn", "x")])
def test_a_wrong_name_and_a_wrong_password_sound_the_same(address, login, password):
    answer = Person(base_url=address).fill("/en/sign-in", "/sign-in", login=login, password=password)
    assert answer.status_code == 403
    assert "The name or the password is wrong." in said(answer)


def test_nobody_takes_as_long_as_somebody(address, monkeypatch):
    checked: list[bool] = []
    checks = Hasher.checks
    monkeypatch.setattr(Hasher, "checks", lambda self, password, hash: checked.append(hash is None) or checks(self, password, hash))
    for login in ("reviewer", "nobody-at-all"):
        Person(base_url=address).sign_in(login, "wrong words altogether")
    assert checked == [False, True]


@pytest.mark.parametrize("login", ["contributor", "nobody-here"])
def test_many_tries_wait_ever_longer(address, clock, login):
    lan = Person(base_url=address)
    for _ in range(5):
        assert lan.sign_in(login, "wrong words altogether").status_code == 403
    assert "Wait 30 seconds" in said(lan.sign_in(login))
    clock.now += 31
    assert lan.sign_in(login, "wrong words altogether").status_code == 403
    clock.now += 31
    assert "Wait 29 seconds" in said(lan.sign_in(login))
    clock.now += 30
    assert lan.sign_in(login).status_code == (303 if login == "contributor" else 403)


def test_a_session_ends_when_nobody_uses_it_and_after_a_day_at_work(address, clock):
    lan = person(address, "reader")
    for _ in range(12):
        clock.now += 3500
        assert lan.get("/en/account").status_code == 200
    clock.now += 3500
    assert lan.get("/en/account").status_code == 303
    lan = person(address, "reader")
    clock.now += 3700
    assert lan.get("/en/account").status_code == 303


def test_one_goes_on_to_where_one_wanted_and_nowhere_else(address):
    lan = Person(base_url=address)
    asked = lan.get("/vi/review?only=progress")
    assert asked.headers["location"] == "/vi/sign-in?next=%2Fvi%2Freview%3Fonly%3Dprogress"
    there = lan.fill_in(lan.get(asked.headers["location"]), "/sign-in", login="reviewer", password=PASSWORD)
    assert there.headers["location"] == "/vi/review?only=progress"
    for evil in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        other = Person(base_url=address)
        page = other.get("/en/sign-in", params={"next": evil})
        assert other.fill_in(page, "/sign-in", login="reviewer", password=PASSWORD, next=evil).headers["location"] == "/en"


def test_what_one_was_writing_waits_while_one_signs_in_again(address, clock):
    lan = person(address, "contributor")
    page = lan.get("/en/upload")
    clock.now += 2 * 3600
    words = "Hai bên nhất trí hợp tác <b>chặt chẽ</b> về an ninh biển."
    late = lan.fill_in(page, "/upload", text=words)
    assert late.status_code == 401
    assert "What you wrote is kept" in said(late)
    assert lan.fill_in(late, "/sign-in", login="contributor", password="wrong words altogether").status_code == 403
    late = lan.fill_in(late, "/sign-in", login="contributor", password="wrong words altogether")
    again = lan.fill_in(late, "/sign-in", login="contributor", password=PASSWORD)
    assert again.status_code == 200
    assert words in said(again)
    assert "<b>chặt chẽ</b>" not in again.text
    sent = lan.fill_in(again, "/upload")
    assert sent.headers["location"].startswith("/en/upload/")


def test_a_link_makes_one_account(address, register):
    chief = person(address, "administrator")
    page = chief.fill("/en/people", "/people/invite", note="Mai", role="editor")
    (link,) = re.findall(r"http://[^<\s]+/en/invitation/[\w-]+", page.text)
    mai = Person(base_url=address)
    path = link[link.index("/en/") :]
    filled_in = {"login": "mai", "name": "Mai\u202e Lê", "password": "chín con ngỗng trời", "again": "chín con ngỗng trời"}
    for wrong, words in (
        ({"again": "another"}, "not the same"),
        ({"password": "short", "again": "short"}, "too short"),
        ({"login": "reviewer"}, "has this sign-in name already"),
        ({"login": "m"}, "three or more plain letters"),
        ({"name": "\u200b"}, "name that others see"),
    ):
        answer = mai.fill(path, path, **{**filled_in, **wrong})
        assert answer.status_code == 422, wrong
        assert words in said(answer)
    assert mai.fill(path, path, **filled_in).status_code == 303
    assert mai.get("/en/upload/held").status_code == 200
    assert "Mai Lê" in mai.get("/en/account").text
    assert mai.get(path).status_code == 410
    made = register.accounts().by_login("mai")
    assert made is not None
    assert made.password is not None
    assert made.password.startswith("$argon2id$")


def test_a_withdrawn_link_is_over(address):
    chief = person(address, "administrator")
    page = chief.fill("/en/people", "/people/invite", note="X", role="reader")
    (path,) = re.findall(r"/en/invitation/[\w-]+", page.text)
    chief.fill("/en/people", "/people/withdraw")
    assert Person(base_url=address).get(path).status_code == 410


def test_a_link_is_over_after_a_week(address, clock):
    chief = person(address, "administrator")
    (path,) = re.findall(r"/en/invitation/[\w-]+", chief.fill("/en/people", "/people/invite", role="reader").text)
    clock.now += 8 * 86400
    assert Person(base_url=address).get(path).status_code == 410


def with_factor(address: str, clock: Clock, login: str) -> tuple[Person, str, list[str]]:
    one = person(address, login)
    page = one.fill("/en/account", "/account/factor")
    secret = one.form(page, "/confirm")["secret"]
    assert "<svg" in page.text
    wrong = one.fill_in(page, "/confirm", code="000000", password=PASSWORD)
    assert wrong.status_code == 422
    done = one.fill_in(wrong, "/confirm", code=totp.code_at(secret, int(clock.now) // 30), password=PASSWORD)
    codes = re.findall(r"<code>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</code>", done.text)
    assert len(codes) == 10
    return one, secret, codes


def test_a_second_factor_is_asked_for(address, clock):
    one, secret, codes = with_factor(address, clock, "editor")
    clock.now += 60
    two = Person(base_url=address)
    asked = two.sign_in("editor")
    assert asked.status_code == 200
    assert "six digits" in said(asked)
    assert two.get("/en/account").status_code == 303
    key = two.cookies["comity"]
    assert two.fill_in(asked, "/code", code="123456").status_code == 403
    code = totp.code_at(secret, int(clock.now) // 30)
    assert two.fill("/en/sign-in/code", "/code", code=code).status_code == 303
    assert two.cookies["comity"] != key
    assert two.get("/en/account").status_code == 200
    third = Person(base_url=address)
    third.sign_in("editor")
    assert third.fill("/en/sign-in/code", "/code", code=code).status_code == 403
    assert third.fill("/en/sign-in/code", "/code", code=f" {codes[0].upper()} ").status_code == 303
    fourth = Person(base_url=address)
    fourth.sign_in("editor")
    assert fourth.fill("/en/sign-in/code", "/code", code=codes[0]).status_code == 403
    assert one.fill("/en/account", "/factor/end", password="wrong words altogether").status_code == 403
    assert one.fill("/en/account", "/factor/end", password=PASSWORD).status_code == 303
    assert Person(base_url=address).sign_in("editor").status_code == 303


def test_codes_are_not_guessed(address, clock):
    with_factor(address, clock, "contributor")
    clock.now += 60
    two = Person(base_url=address)
    two.sign_in("contributor")
    answers = [two.fill("/en/sign-in/code", "/code", code=f"{number:06}").status_code for number in range(6)]
    assert answers[-1] == 429


def test_another_password_ends_all_other_sessions(address):
    one, two = person(address, "reader"), person(address, "reader")
    before = one.cookies["comity"]
    wrong = one.fill("/en/account", "/account/password", password="wrong words altogether", new="x", again="x")
    assert wrong.status_code == 403
    new = "eight brown otters swim"
    assert one.fill("/en/account", "/account/password", password=PASSWORD, new=new, again=new).status_code == 303
    assert one.cookies["comity"] != before
    assert one.get("/en/account").status_code == 200
    assert two.get("/en/account").status_code == 303
    assert one.fill("/en/account", "/account/password", password=new, new=PASSWORD, again=PASSWORD).status_code == 303


def test_another_role_holds_at_once_and_the_last_administrator_stays(address, register):
    chief, lan = person(address, "administrator"), person(address, "reader")
    key = register.accounts().by_login("reader").key
    changed = chief.fill("/en/people", "/people/role", account=str(key), role="reviewer")
    assert changed.status_code == 303
    assert lan.get("/en/account").status_code == 303
    assert person(address, "reader").get("/en/review").status_code == 200
    chief.fill("/en/people", "/people/role", account=str(key), role="reader")
    own = register.accounts().by_login("administrator").key
    answer = chief.fill("/en/people", "/people/role", account=str(own), role="reader")
    assert answer.status_code == 400
    assert "last administrator" in said(answer)


def test_who_is_shut_out_is_out_with_every_token(address, register):
    chief, lan = person(address, "administrator"), person(address, "reader")
    token = token_of(lan, "read")
    key = str(register.accounts().by_login("reader").key)
    chief.fill("/en/people", "/people/shut", account=key)
    assert lan.get("/en/account").status_code == 303
    assert Person(base_url=address).sign_in("reader").status_code == 403
    assert register.sessions().find_token(token) is None
    chief.fill("/en/people", "/people/shut", account=key)
    assert Person(base_url=address).sign_in("reader").status_code == 303


def token_of(one: Person, scope: str) -> str:
    page = one.fill("/en/account", "/account/tokens", name="a script", scope=scope)
    (token,) = re.findall(r"comity_[\w-]{40,}", page.text)
    assert token not in one.get("/en/account").text
    return token


def test_tokens_do_what_their_scope_says(address):
    lan = person(address, "reviewer")
    body = {"action": "undo", "subject": {"type": "decision", "number": 99}}
    for scope, status in (("read", 403), ("write", 400), ("admin", 400)):
        bearer = {"authorization": f"Bearer {token_of(lan, scope)}"}
        assert httpx.post(f"{address}/api/v1/decisions", json=body, headers=bearer).status_code == status, scope
        assert httpx.get(f"{address}/api/v1/documents", headers=bearer).status_code == 200
    wrong = httpx.post(f"{address}/api/v1/decisions", json=body, headers={"authorization": "Bearer comity_nothing"})
    assert (wrong.status_code, wrong.headers["www-authenticate"]) == (401, "Bearer")
    assert lan.post("/api/v1/decisions", json=body).status_code == 401


def test_a_token_ends(address):
    lan = person(address, "reviewer")
    token = token_of(lan, "write")
    page = lan.get("/en/account")
    for form in [form for form in trees.fromstring(page.text).forms if (form.action or "").endswith("/drop")]:
        lan.post(form.action, data=dict(form.fields))
    answer = httpx.post(f"{address}/api/v1/decisions", json={}, headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_a_form_without_its_proof_is_refused(address):
    lan = person(address, "administrator")
    fields: dict[str, Any] = lan.form(lan.get("/en/people"), "/people/invite")
    for proof in ({}, {"proof": ""}, {"proof": "0" * 64}):
        data = {name: value for name, value in fields.items() if name not in ("proof", "_to")} | proof
        assert lan.post("/en/people/invite", data=data).status_code == 403
    other = person(address, "editor")
    stolen = other.form(other.get("/en/account"), "/sign-out")["proof"]
    assert lan.post("/en/people/invite", data={"role": "reader", "proof": stolen}).status_code == 403


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}])
def test_a_form_from_another_site_is_refused(address, headers):
    lan = person(address, "administrator")
    fields = lan.form(lan.get("/en/people"), "/people/invite")
    answer = lan.post(fields.pop("_to"), data=fields, headers=headers)
    assert answer.status_code == 403
    assert "another site" in said(answer)


def test_a_form_older_than_the_session_is_shown_again(address):
    lan = person(address, "reviewer")
    page = lan.get("/en/upload")
    lan.sign_in("reviewer")
    answer = lan.post(
        "/en/upload", data={**lan.form(page, "/upload"), "text": "Xin chào các bạn"}, headers={"sec-fetch-site": "same-origin"}
    )
    assert answer.status_code == 403
    assert "Xin chào các bạn" in said(answer)
    assert lan.fill_in(answer, "/upload").status_code == 303


def test_everything_is_in_the_log_and_stays(address, register):
    stranger = Person(base_url=address)
    for _ in range(6):
        stranger.sign_in("nobody-in-the-log", "wrong words altogether")
    chief = person(address, "administrator")
    chief.fill("/en/people", "/people/invite", note="Hoa", role="reader")
    key = str(register.accounts().by_login("reader").key)
    for role in ("reviewer", "reader"):
        chief.fill("/en/people", "/people/role", account=key, role=role)
    token_of(chief, "read")
    page = said(chief.get("/en/audit"))
    for words in ("signed in", "wrong name or password", "invited", "set a role", "made a token", "had to wait after many tries"):
        assert words in page
    assert "127.0.0.1" in page
    assert "tài khoản" in said(chief.get("/vi/audit"))


def test_too_much_is_asked(register, clock):
    with visiting(staffed(register, clock, rate=5, sign_in_rate=3)) as address:
        answers = [httpx.get(f"{address}/en/plans") for _ in range(7)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
        assert answers[-1].headers["retry-after"] == "12"
        clock.now += 60
        lan = Person(base_url=address)
        page = lan.get("/en/sign-in")
        tries = [lan.fill_in(page, "/sign-in", login="x", password="y").status_code for _ in range(4)]
        assert tries[-1] == 429


def test_a_private_portal_is_read_by_people_with_an_account(register, clock):
    with visiting(staffed(register, clock, private=True)) as address:
        stranger = Person(base_url=address)
        assert stranger.get("/en/documents").headers["location"].startswith("/en/sign-in")
        assert stranger.get("/api/v1/documents").status_code == 401
        assert stranger.get("/en/sign-in").status_code == 200
        assert person(address, "reader").get("/en/documents").status_code == 200


def test_the_first_start_gives_one_link(tmp_path, clock):
    with filled(tmp_path) as register:
        door = Door(register, Settings(accounts=True), clock)
        first, second = door.first_link(), door.first_link()
        assert first
        assert second
        assert door.invitation(first) is None
        staffed(register, clock)
        assert door.first_link() is None


def test_without_accounts_there_is_nothing_to_sign_in_to(tmp_path):
    from served import portal_over

    with filled(tmp_path) as register, serving(portal_over(register)) as address:
        for path in ("/en/sign-in", "/en/account", "/en/people", "/en/audit", "/en/invitation/x"):
            assert httpx.get(f"{address}{path}").status_code == 404
        assert httpx.get(f"{address}/en/review").status_code == 200
        assert httpx.post(f"{address}/api/v1/decisions", json={}).status_code == 404
