"""`comity serve`: the portal over a register, on this machine only, until it is stopped with Ctrl-C."""

import socket
from contextlib import suppress
from typing import Annotated

import typer

from comity.cli.options import DEFAULT_PACK, HomeOption, LanguageOption, PackOption, RegisterOption, register_path
from comity.cli.screen import screen

HOST = "127.0.0.1"
LONGEST_HEAD = 16_000_000
"""Bytes of a request's head that are read at all, so that a far too long address gets a page that says so."""


def serve(
    register: RegisterOption = None,
    pack: PackOption = DEFAULT_PACK,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="127.0.0.1; the portal answers nowhere else yet.")] = HOST,
    lang: LanguageOption = "en",
    home: HomeOption = None,
) -> None:
    """Show a register as pages in a browser on this machine."""
    from comity.errors import BadInputError
    from comity.knowledge import load_knowledge, load_pack
    from comity.portal import create_portal
    from comity.publishing.labels import Labels
    from comity.register import open_register

    if host not in (HOST, "localhost"):
        raise BadInputError(f"The portal has no accounts yet and answers on {HOST} only, not on {host}; leave --host out.")
    labels = Labels(lang)
    loaded = load_pack(pack)
    with open_register(register_path(register, home), create=False) as opened, listen(port) as listening:
        portal = create_portal(opened, loaded, load_knowledge((loaded,)), language=lang)
        screen().print(labels.say("serve_ready", address=f"http://{HOST}:{listening.getsockname()[1]}/{lang}"), soft_wrap=True)
        _run(portal, listening)


def listen(port: int) -> socket.socket:
    """The port, taken. Raises BadInputError where another program has it."""
    from comity.errors import BadInputError

    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that asyncio sends small answers at once
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
    except OSError as error:
        taken.close()
        raise BadInputError(f"Port {port} can't be taken ({error.strerror}); give another with --port, or 0 for any free one.") from error
    taken.listen(128)
    return taken


def _run(portal: object, listening: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        portal,  # type: ignore[arg-type]
        http="h11",
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_graceful_shutdown=3,
    )
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it is stopped
        uvicorn.Server(config).run(sockets=[listening])
