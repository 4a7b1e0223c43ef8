"""`comity serve`: the portal over a register, until it is stopped with Ctrl-C. Without accounts on this machine only."""

import socket
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.options import HomeOption, LanguageOption, PackOption, RegisterOption, register_path
from comity.cli.screen import screen
from comity.cli.workers import Order, answer, answer_together, usual_number

if TYPE_CHECKING:
    from comity.portal.settings import Settings
    from comity.register import Register

HOST = "127.0.0.1"
HERE = (HOST, "localhost", "::1")


def serve(
    register: RegisterOption = None,
    pack: PackOption = None,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where it listens; elsewhere only with --accounts.")] = HOST,
    accounts: Annotated[bool, typer.Option("--accounts", help="People sign in; the first start prints the first link.")] = False,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, max=64, help="So many processes answer; else 1, with --accounts one a processor."),
    ] = None,
    lang: LanguageOption = "en",
    home: HomeOption = None,
) -> None:
    """Show a register as pages in a browser; review it and add to it."""
    from comity.cli.packs import pack_of
    from comity.errors import RegisterError
    from comity.knowledge import load_knowledge
    from comity.portal.settings import from_environment
    from comity.register import open_register

    settings = from_environment(accounts=accounts, home=home)
    check_host(host, accounts=accounts, hosts=settings.hosts)
    number = workers or usual_number(accounts=accounts)
    with listen(port, host) as listening:
        with open_register(register_path(register, home), create=False) as opened:
            loaded = pack_of(pack, opened)
            _greet(opened, settings, lang, listening, host)
            if number == 1:
                from comity.portal import create_portal

                answer(create_portal(opened, loaded, load_knowledge((loaded,)), language=lang, settings=settings), listening)
                return
        with TemporaryDirectory(prefix="comity-", ignore_cleanup_errors=True) as folder:
            order = Order(
                register=str(register_path(register, home)),
                pack=loaded.folder,
                language=lang,
                accounts=accounts,
                home=home,
                shelf=Path(folder) / "shelf.sqlite",
            )
            if not answer_together(number, order, listening):
                raise RegisterError("The portal's processes end as soon as they start; start it with --workers 1 to see why.")


def _greet(opened: "Register", settings: "Settings", lang: str, listening: socket.socket, host: str) -> None:
    """Says where it is, and what whoever starts it must know."""
    from comity.portal.accounts import Door
    from comity.portal.words import Words
    from comity.publishing.labels import Labels

    words = Words(Labels(lang))
    shown = settings.hosts[0] if settings.hosts else HOST
    base = f"https://{shown}" if settings.tls else f"http://{shown}:{listening.getsockname()[1]}"
    screen().print(words.say("serve_ready", address=f"{base}/{lang}"), soft_wrap=True)
    if not settings.accounts:
        return
    if host not in HERE and not settings.tls:
        screen().print(words.say("serve_plain"), soft_wrap=True)
    door = Door(opened, settings, time.time)
    if lost := door.count_lost():
        screen().print(words.count("serve_factors_lost", lost), soft_wrap=True)
    if key := door.first_link():
        screen().print(words.say("serve_first", address=f"{base}/{lang}/invitation/{key}"), soft_wrap=True)


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
