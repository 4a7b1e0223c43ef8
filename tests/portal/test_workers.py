"""Several processes at one address: a form of one is taken by another, limits and charts are held in common, all end together."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from lxml import html as trees

from comity.portal.charts import Charts
from comity.portal.intake import Intake, Item, Job
from comity.portal.limits import Limits
from comity.portal.settings import Settings
from comity.portal.shelf import SharedLimits, Shelf
from comity.publishing.charts import Drawing
from comity.register import Register
from made import register_of, small_pack
from small_register import filled, small_knowledge

PASSWORD = "seven grey herons wade"
ASKED = 12


def test_two_processes_take_each_others_forms_and_sessions_and_end_together(tmp_path: Path):
    filled(tmp_path).close()
    command = [sys.executable, "-m", "comity", "serve", "--register", str(tmp_path / "register.sqlite"), "--port", "0", "--accounts"]
    surroundings = {**os.environ, "PYTHONUNBUFFERED": "1", "COMITY_SIGN_IN_RATE": str(ASKED), "COMITY_KEY_FILE": str(tmp_path / "key")}
    with (
        subprocess.Popen(
            [*command, "--workers", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings
        ) as running,
        ExitStack() as ending,
    ):
        ending.callback(running.kill)  # a test that fails does not wait for it
        assert running.stdout is not None
        link = next(word for _ in range(2) for word in running.stdout.readline().split() if "/en/invitation/" in word)
        base = link.split("/en/")[0]
        cookies = httpx.Cookies()
        page = httpx.get(link, timeout=120)
        cookies.update(page.cookies)
        proof = trees.fromstring(page.text).xpath("//input[@name='proof']/@value")[0]
        typed = {"proof": proof, "login": "lan", "name": "Lan", "password": PASSWORD, "again": PASSWORD}
        joined = httpx.post(link, data=typed, cookies=cookies, timeout=120)
        assert joined.status_code == 303, joined.text
        cookies.update(joined.cookies)
        # each request has a connection of its own, which either process may take
        seen = {httpx.get(f"{base}/en/account", cookies=cookies, timeout=120).status_code for _ in range(10)}
        assert seen == {200}
        assert httpx.get(link, timeout=120).status_code != 200 or "You are invited" not in httpx.get(link, timeout=120).text
        tries = [httpx.post(f"{base}/en/sign-in", data={"login": "nobody"}, timeout=120).status_code for _ in range(2 * ASKED)]
        assert tries.count(429) >= ASKED
        running.send_signal(signal.SIGINT)
        _, remarks = running.communicate(timeout=120)
    assert (running.returncode, remarks) == (0, "")


def test_limits_are_held_in_common_and_say_the_same_as_those_of_one(tmp_path: Path):
    now = [1000.0]
    one, other = (SharedLimits(Shelf(tmp_path / "shelf"), lambda: now[0]) for _ in range(2))
    alone = Limits(lambda: now[0])
    for step in (0, 0, 0, 0, 0, 7, 20, 0, 3, 60, 0, 0, 0, 0):
        now[0] += step
        shared = (one if step else other).wait("address", 4)
        assert shared == alone.wait("address", 4)
    assert other.wait("another address", 4) == 0


def test_a_chart_is_drawn_by_whoever_is_asked(tmp_path: Path):
    drawing = Drawing(kind="months", rows=({"month": "2020-01-01", "number": 3, "kind": "held"},), words={"number": "n"}, order=("held",))
    one, other = (Charts(Shelf(tmp_path / "shelf")) for _ in range(2))
    name = one.offer(drawing)
    assert (other.svg(f"{name}.light.svg") or b"").startswith(b"<svg")
    assert not other.hold([name])
    assert Charts().svg(f"{name}.light.svg") is None


@pytest.fixture
def register(tmp_path: Path):
    with register_of(tmp_path) as register:
        yield register


def test_an_upload_is_followed_at_any_process(tmp_path: Path, register: Register):
    takers = [
        Intake(register, small_pack(), small_knowledge(), Settings(), lambda: 0.0, lambda: None, Shelf(tmp_path / "shelf"))
        for _ in range(2)
    ]
    key = takers[0].take([], who="Lan")
    followed = takers[1].job(key)
    assert followed is not None
    assert (followed.who, followed.all()) == ("Lan", [])
    assert takers[1].job("none") is None
    assert Job("", []).all() == list[Item]()
