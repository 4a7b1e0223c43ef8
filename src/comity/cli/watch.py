"""`comity watch`: feeds and sitemaps into a register, once or every so often. A stop at any moment loses nothing; the next run goes on."""

import hashlib
import re
import time
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.options import HomeOption, LanguageOption, PackOption, RegisterOption, home_folder, register_path
from comity.cli.screen import tell

if TYPE_CHECKING:
    from comity.cli.build import Adding, Built
    from comity.cli.reading import LateReader
    from comity.intake.web.watch import Watcher
    from comity.publishing.labels import Labels
    from comity.register import Register, Writer

STOPPED = 130
PERIOD = re.compile(r"(\d{1,6})\s*([smhd])")
SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
SHORTEST = 60


def watch(
    feeds: Annotated[list[str], typer.Argument(metavar="FEED...", help="Addresses of RSS or Atom feeds, or of sitemaps.")],
    register: RegisterOption = None,
    pack: PackOption = None,
    once: Annotated[bool, typer.Option("--once", help="Look once and end.")] = False,
    every: Annotated[str, typer.Option("--every", metavar="TIME", help="How often to look: 30m, 6h, 1d.")] = "30m",
    allow: Annotated[
        list[str] | None,
        typer.Option("--allow", metavar="HOST", help="A host, with all below it, that pages may lie on beside the feeds' own; repeat it."),
    ] = None,
    lang: LanguageOption = "en",
    home: HomeOption = None,
) -> None:
    """Read what is new in feeds and sitemaps into a register, once or again and again."""
    from comity.cli.packs import begun_with
    from comity.cli.reading import LateReader
    from comity.cli.track import track_register
    from comity.intake.web.address import Hosts
    from comity.intake.web.states import States
    from comity.intake.web.watch import Watcher, widened
    from comity.knowledge import load_pack
    from comity.publishing.labels import Labels
    from comity.register import open_register
    from comity.settings import allowed_hosts, local_hosts
    from comity.tracking.track import Tracking

    labels = Labels(lang)
    pause = seconds_of(every)
    if pack:
        load_pack(pack)  # one that is none leaves no register behind
    hosts = widened(Hosts((*allowed_hosts(), *(host.lower() for host in allow or ())), local_hosts()), feeds)
    with open_register(register_path(register, home)) as opened:
        loaded = begun_with(pack, opened)
        reader, tracking = LateReader((loaded,)), Tracking(loaded)
        watcher = Watcher(States(home_folder(home) / "watch", _identity(opened)), hosts)
        writer = opened.writer()
        try:
            while True:
                seen = look_once(feeds, watcher, writer, reader, labels)
                if seen.new:
                    track_register(opened, tracking, labels)
                if once:
                    break
                tell(labels.say("watch_next", time=f"{datetime.fromtimestamp(time.time() + pause):%H:%M}"))
                time.sleep(pause)
        except KeyboardInterrupt:
            tell(labels.say("watch_stopped", register=opened.name))
            raise typer.Exit(STOPPED) from None
    if seen.failed:
        raise typer.Exit(2)


def seconds_of(period: str) -> int:
    """90 of `90s`, 1,800 of `30m`. Raises BadInputError where it is no time, or less than a minute."""
    from comity.errors import BadInputError

    match = PERIOD.fullmatch(period.strip().lower())
    seconds = int(match[1]) * SECONDS[match[2]] if match else 0
    if not SHORTEST <= seconds <= 366 * SECONDS["d"]:
        raise BadInputError(f"--every {period}: give a time of a minute or more, such as 30m, 6h or 1d.")
    return seconds


def look_once(feeds: Iterable[str], watcher: "Watcher", writer: "Writer", reader: "LateReader", labels: "Labels") -> "Built":
    """Reads what is new in each feed, and says so."""
    from comity.cli.build import Adding, Built

    new = there = failed = 0
    for feed in feeds:
        adding = Adding(writer, reader)
        faults = _read_feed(feed, watcher, adding, reader)
        counts = {
            "new": labels.count("build_new", adding.new),
            "there": labels.count("build_there", adding.there),
            "failed": labels.count("build_failed", faults),
        }
        nothing = not (adding.new or adding.there or faults)
        tell(labels.say("watch_nothing", feed=feed) if nothing else labels.say("watch_round", feed=feed, **counts))
        new, there, failed = new + adding.new, there + adding.there, failed + faults
    return Built(new, there, failed)


def _read_feed(feed: str, watcher: "Watcher", adding: "Adding", reader: "LateReader") -> int:
    """Writes each document before the next is asked for, so that none is noted as taken before it is in the register."""
    from comity.intake import Unreadable
    from comity.intake.web.watch import Remark

    faults = 0
    for one in watcher.round(feed):
        if isinstance(one, Remark):
            tell(one.sentence)
        elif isinstance(one, Unreadable):
            faults += 1
            tell(one.sentence)
        elif not adding.knows(one, reader.version):
            adding.add(reader.read(one))
            adding.write()
    return faults


def _identity(register: "Register") -> str:
    """What tells this register from another made anew in its place: what was taken into the old one is not in the new one."""
    return hashlib.sha256(f"{register.name} {register.created()}".encode()).hexdigest()
