"""The command: it answers on this machine only, says where, and ends on Ctrl-C."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from comity.cli.serve import listen
from small_register import filled

PATIENCE = 120
"""Seconds in which an answer comes on a machine with much else to do."""


@contextmanager
def serve(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The command, running; it is ended with the block, so that a test that fails does not wait for it."""
    command = [sys.executable, "-m", "comity", "serve", "--register", str(folder / "register.sqlite"), "--port", "0", *options]
    surroundings = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings) as running:
        try:
            yield running
        finally:
            running.kill()


def test_it_starts_says_where_answers_and_ends(tmp_path):
    filled(tmp_path).close()
    with serve(tmp_path, "--lang", "vi") as running:
        assert running.stdout is not None
        said = running.stdout.readline()
        address = next(word for word in said.split() if word.startswith("http://127.0.0.1:"))
        answer = httpx.get(address, timeout=PATIENCE)
        assert answer.status_code == 200
        assert 'lang="vi"' in answer.text
        running.send_signal(signal.SIGINT)
        _, remarks = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0
    assert "Traceback" not in remarks


def test_the_first_start_with_accounts_prints_the_way_in(tmp_path):
    filled(tmp_path).close()
    with serve(tmp_path, "--accounts") as running:
        assert running.stdout is not None
        said = [running.stdout.readline() for _ in range(2)]
        link = next(word for word in said[1].split() if "/en/invitation/" in word)
        answer = httpx.get(link, timeout=PATIENCE)
        assert answer.status_code == 200
        assert "You are invited as administrator" in answer.text
        running.send_signal(signal.SIGINT)
        _, remarks = running.communicate(timeout=PATIENCE)
    assert (running.returncode, remarks) == (0, "")


def test_faults_are_one_sentence(tmp_path, program):
    filled(tmp_path).close()
    with listen(0) as taken:
        port = str(taken.getsockname()[1])
        for options, words in (
            (("--host", "0.0.0.0"), "answers on 127.0.0.1 only"),
            (("--host", "0.0.0.0", "--accounts"), "Set COMITY_PORTAL_HOSTS"),
            (("--lang", "xx"), "Comity speaks en, vi"),
            (("--pack", "none"), "There is no pack"),
            (("--port", port), f"Port {port} can't be taken"),
            (("--register", str(tmp_path / "none.sqlite")), "There is no register"),
        ):
            command = [program, "serve", "--register", str(tmp_path / "register.sqlite"), "--port", "0", *options]
            told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
            assert told.returncode == 2, options
            assert words in " ".join(told.stderr.split())
            assert "Traceback" not in told.stderr
