"""`comity watch` as a person runs it, against a real server on this machine."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from comity.cli.watch import seconds_of
from comity.errors import BadInputError
from local_server import LocalServer, serving
from made import PARTNERSHIP

PARAGRAPH = "<p>The council met on 30 January 2020 in round {} and agreed to report on health, item {}.</p>"
FEED = "<rss version='2.0'><channel><title>Harbour Gazette</title>{}</channel></rss>"
ITEM = "<item><link>{0}/round-{1}</link><pubDate>Fri, 31 Jan 2020 09:00:00 +0700</pubDate></item>"


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with serving() as running:
        yield running


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def put_feed(server: LocalServer, *numbers: int) -> str:
    for number in numbers:
        server.put(f"/round-{number}", f"<html><body>{''.join(PARAGRAPH.format(number, item) for item in range(5))}</body></html>")
    return server.put("/feed.xml", FEED.format("".join(ITEM.format(server.address, number) for number in numbers)), etag=f'"{numbers}"')


class Desk:
    def __init__(self, server: LocalServer, folder: Path, shared: Path, program: Path) -> None:
        self.folder = folder
        self.program = str(program)
        self.environment = {
            **os.environ,
            "COMITY_HOME": str(shared),
            "COMITY_LOCAL_HOSTS": server.host,
            "COMITY_FEED_PAUSE": "0",
            "COMITY_WEB_SECONDS": "30",
        }

    def arguments(self, *arguments: str) -> list[str]:
        return ["watch", *arguments, "--pack", str(PARTNERSHIP), "--home", str(self.folder)]

    def watch(self, *arguments: str) -> tuple[int, str]:
        command = [self.program, *self.arguments(*arguments)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=300)
        assert "Traceback" not in done.stderr
        return done.returncode, " ".join(done.stderr.split())


@pytest.fixture
def desk(server: LocalServer, tmp_path: Path, shared_home: Path, program: Path) -> Desk:
    return Desk(server, tmp_path, shared_home, program)


def test_what_is_new_goes_into_the_register_once(server: LocalServer, desk: Desk) -> None:
    feed = put_feed(server, 1, 2)
    code, said = desk.watch(feed, "--once")
    assert (code, said) == (0, f"{feed}: 2 documents read, 0 already there, 0 failed.")
    assert desk.watch(feed, "--once") == (0, f"{feed}: nothing new.")
    with sqlite3.connect(desk.folder / "register.sqlite") as register:
        assert register.execute("select count(*), min(published_from) from documents").fetchone() == (2, "feed")
    (desk.folder / "register.sqlite").unlink()
    assert "đã đọc 2 văn bản" in desk.watch(feed, "--once", "--lang", "vi")[1]  # a register made anew gets everything again


def test_what_fails_is_named_the_rest_is_read_and_the_exit_code_is_2(server: LocalServer, desk: Desk) -> None:
    feed = put_feed(server, 1, 2)
    server.put("/round-1", status=404)
    code, said = desk.watch(feed, f"{server.address}/none.xml", "http://10.0.0.1/feed.xml", "--once")
    assert code == 2
    assert "round-1: the server answered 404" in said
    assert "1 document read, 0 already there, 1 failed" in said
    assert "none.xml: the server answered 404" in said
    assert "an address of the local network" in said


@pytest.mark.parametrize("every", ["soon", "5s", "0m", "-1h", "1 year", ""])
def test_a_time_that_is_none(every: str) -> None:
    with pytest.raises(BadInputError, match="such as 30m, 6h or 1d"):
        seconds_of(every)


def test_ctrl_c_ends_quietly_and_the_next_run_goes_on(server: LocalServer, desk: Desk) -> None:
    feed = put_feed(server, 1)
    assert "Next round at" in stopped_once(desk, feed, lambda said: "Next round at" in said)
    put_feed(server, *range(1, 30))
    server.asked.clear()
    desk.environment["COMITY_FEED_PAUSE"] = "1"
    stopped_once(desk, feed, lambda _: "/round-4" in server.asked)
    desk.environment["COMITY_FEED_PAUSE"] = "0"
    code, said = desk.watch(feed, "--once")
    assert code == 0
    read = int(said.split(" documents read")[0].rsplit(" ", 1)[1])
    assert 20 <= read < 28


def stopped_once(desk: Desk, feed: str, is_time: Callable[[str], bool]) -> str:
    """What was said by a watch that is stopped with Ctrl-C when it is time."""
    command = [sys.executable, "-m", "comity", *desk.arguments(feed, "--every", "30m")]
    with (desk.folder / "said.txt").open("w+") as said:
        running = subprocess.Popen(command, env=desk.environment, stderr=said)
        until = time.monotonic() + 120
        while not is_time((desk.folder / "said.txt").read_text()) and time.monotonic() < until:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=60) == 130
    text = " ".join((desk.folder / "said.txt").read_text().split())
    assert "What was read is kept" in text
    assert "Traceback" not in text
    return text
