"""`comity serve`: the portal over a register, until it is stopped with Ctrl-C. Without accounts on this machine only."""

import socket
import time
from contextlib import suppress
from typing import Annotated

import typer

from comity.cli.options import DEFAULT_PACK, HomeOption, LanguageOption, PackOption, RegisterOption, register_path
from comity.cli.screen import screen

HOST = "127.0.0.1"
HERE = (HOST, "localhost", "::1")
LONGEST_HEAD = 16_000_000
"""Bytes of a request's head that are read at all, so that a far too long address gets a page that says so."""


def serve(
    register: RegisterOption = None,
    pack: PackOption = DEFAULT_PACK,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where it listens; elsewhere only with --accounts.")] = HOST,
    accounts: Annotated[bool, typer.Option("--accounts", help="People sign in; the first start prints the first link.")] = False,
    lang: LanguageOption = "en",
    home: HomeOption = None,
) -> None:
    """Show a register as pages in a browser; review it and add to it."""
    from comity.knowledge import load_knowledge, load_pack
    from comity.portal import create_portal
    from comity.portal.accounts import Door
    from comity.portal.settings import from_environment
    from comity.portal.words import Words
    from comity.publishing.labels import Labels
    from comity.register import open_register

    settings = from_environment(accounts=accounts, home=home)
    check_host(host, accounts=accounts, hosts=settings.hosts)
    words = Words(Labels(lang))
    loaded = load_pack(pack)
    with open_register(register_path(register, home), create=False) as opened, listen(port, host) as listening:
        portal = create_portal(opened, loaded, load_knowledge((loaded,)), language=lang, settings=settings)
        shown = settings.hosts[0] if settings.hosts else HOST
        base = f"https://{shown}" if settings.tls else f"http://{shown}:{listening.getsockname()[1]}"
        screen().print(words.say("serve_ready", address=f"{base}/{lang}"), soft_wrap=True)
        if accounts and host not in HERE and not settings.tls:
            screen().print(words.say("serve_plain"), soft_wrap=True)
        if accounts and (lost := Door(opened, settings, time.time).count_lost()):
            screen().print(words.count("serve_factors_lost", lost), soft_wrap=True)
        if accounts and (key := Door(opened, settings, time.time).first_link()):
            screen().print(words.say("serve_first", address=f"{base}/{lang}/invitation/{key}"), soft_wrap=True)
        _run(portal, listening)


def check_host(host: str, *, accounts: bool, hosts: tuple[str, ...]) -> None:
    """Raises BadInputError where the portal would answer others without knowing who they are, or under names nobody gave it."""
    from comity.errors import BadInputError

    if host in HERE:
        return
    if not accounts:
        raise BadInputError(f"Without accounts the portal answers on {HOST} only, not on {host}; add --accounts, or leave --host out.")
    if not hosts:
        raise BadInputError(f"Set COMITY_PORTAL_HOSTS to the names people reach {host} by, such as portal.example; it answers no others.")


def listen(port: int, host: str = HOST) -> socket.socket:
    """The port, taken. Raises BadInputError where another program has it."""
    from comity.errors import BadInputError

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that asyncio sends small answers at once
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
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
