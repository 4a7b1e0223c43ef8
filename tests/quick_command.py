"""The command `comity` without its start, for tests of what a command does. To start Python and to load modules, knowledge, models and
grammars takes one to three seconds of each command, and is the same each time.

A process that has loaded them waits at a socket. The program `comity` hands it arguments, folder, environment and its three open files; the
process forks, and the fork runs `comity.cli.main` with them; its exit code becomes the program's. What the environment has as AS_IF is run
before: a clock of another day, less patience, a full disk. Tests of signals and of the start itself run `python -m comity`. One command
runs at a time: two in one pipe would wait for each other.
"""

import gc
import importlib
import json
import multiprocessing
import os
import pkgutil
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ASK = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    order = json.dumps([sys.argv, os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(server, [len(order).to_bytes(4, "big")], [0, 1, 2])
    server.sendall(order)
    sys.exit(int(server.makefile().read()))
"""


AS_IF = "COMITY_TEST_AS_IF"


@contextmanager
def quick_command() -> Iterator[Path]:
    """The program `comity`, in a folder of its own, which works until the block ends."""
    with TemporaryDirectory() as folder:
        address, program = Path(folder) / "socket", Path(folder) / "comity"
        program.write_text(ASK.format(python=sys.executable, address=str(address)), encoding="utf-8")
        program.chmod(0o755)
        with _serving(address):
            yield program


@contextmanager
def _serving(address: Path) -> Iterator[None]:
    with subprocess.Popen([sys.executable, __file__, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        yield
        server.stdin.close()


def serve(address: str) -> None:
    """Runs what is asked for until standard input ends, which it does when whoever started this has ended."""
    forks = multiprocessing.get_context("fork")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        print("ready", flush=True)  # noqa: T201 (whoever started this waits for it)
        while sys.stdin not in select.select([sys.stdin, listening], [], [])[0]:
            asking, _ = listening.accept()
            size, files, _, _ = socket.recv_fds(asking, 4, 3)
            order = asking.makefile("rb").read(int.from_bytes(size, "big"))
            command = forks.Process(target=_run, args=(files, (listening, asking), *json.loads(order)))
            command.start()
            command.join()
            for file in files:
                os.close(file)
            with asking:
                asking.sendall(str(command.exitcode).encode())


def _run(files: list[int], sockets: tuple[socket.socket, ...], arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """The command with what it was called with, and as Python gives it."""
    from comity.cli import main

    for one in sockets:
        one.close()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    coding = environment.get("PYTHONIOENCODING")
    sys.argv = arguments
    sys.stdin = open(0, encoding=coding, closefd=False)  # noqa: SIM115 (open as long as the command runs)
    sys.stdout = open(1, "w", encoding=coding, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding=coding, closefd=False, buffering=1, errors="backslashreplace")  # noqa: SIM115
    exec(environment.get(AS_IF, ""), {})
    main()


def load() -> None:
    """What a command loads as far as no argument decides on it."""
    import comity
    from comity.tracking.embedding import load_table
    from comity.tracking.link_model import load_link_model

    for module in pkgutil.walk_packages(comity.__path__, "comity."):
        if not module.name.startswith(("comity.__main__", "comity.portal", "comity.register.migrations.")):
            importlib.import_module(module.name)
    load_table().vector("peacekeeping", "en")
    load_link_model()
    _keep_readers()


def _keep_readers() -> None:
    """Readers with the knowledge that tests read with have read once; a command that reads with the same takes them for its own."""
    from comity.cli.reading import LateReader
    from comity.intake import open_document
    from comity.knowledge import load_knowledge, load_pack, pack_names
    from comity.reading import Reader
    from made import PARTNERSHIP, SAMPLES

    every = [load_pack(name) for name in pack_names()]
    readers = [Reader(load_knowledge(packs)) for packs in (every, [load_pack(PARTNERSHIP)])]
    kept = {reader.version: reader for reader in readers}
    for reader in readers:
        for sample in sorted(SAMPLES.iterdir()):
            reader.read(open_document(sample))
    late = LateReader._reader
    LateReader._reader = property(lambda self: kept.get(self.version) or late.__get__(self))  # type: ignore[assignment]


if __name__ == "__main__":
    load()
    gc.collect()
    gc.freeze()
    serve(sys.argv[1])
