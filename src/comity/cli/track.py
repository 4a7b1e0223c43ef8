"""`comity track`: ties what the register holds to the lines of a pack's plans, and to goals, elements and areas."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from comity.cli.options import HomeOption, LanguageOption, PackOption, RegisterOption, register_path
from comity.cli.screen import remarks, tell

if TYPE_CHECKING:
    from comity.publishing.labels import Labels
    from comity.register import Register
    from comity.tracking.track import Tracking


def track(register: RegisterOption = None, pack: PackOption = None, lang: LanguageOption = "en", home: HomeOption = None) -> None:
    """Link the readings of the register that are not linked yet with the pack's plan lines, goals, elements and areas."""
    from comity.cli.packs import pack_of
    from comity.languages import load_words
    from comity.publishing.labels import Labels
    from comity.register import open_register
    from comity.tracking.track import Tracking

    labels = Labels(lang)
    words = load_words(lang, "link_labels", dict[str, str])
    with open_register(register_path(register, home), create=False) as opened:
        loaded = pack_of(pack, opened)
        linked = track_register(opened, Tracking(loaded), labels)
    key = "tracked" if linked else "tracked_none"
    tell(words[key].format(n=labels.number(linked), pack=loaded.partnership.id))


def track_register(register: "Register", tracking: "Tracking", labels: "Labels") -> int:
    """Links what is not linked yet, with a bar on a terminal; gives the number of readings. Says once where the register's log grows,
    because another program keeps it from being emptied."""
    waiting = tracking.waiting(register)
    log = register.log()

    def shorten() -> None:
        if remark := log.shorten():
            tell(remark)

    def step(done: int) -> None:
        advance(done)
        shorten()

    with ExitStack() as stack:
        advance = _progress(len(waiting), labels, stack)
        linked = tracking.track(register, step, waiting)
    shorten()
    return linked


def _progress(waiting: int, labels: "Labels", stack: ExitStack) -> Callable[[int], None]:
    """A bar on a terminal, nothing elsewhere; gives the function to call when some more are done."""
    from comity.languages import load_words

    if not waiting or not (console := remarks()).is_terminal:
        return lambda done: None
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = stack.enter_context(Progress(*columns, console=console, transient=True))
    task = bar.add_task(load_words(labels.language, "link_labels", dict[str, str])["tracking"], total=waiting)
    return lambda done: bar.advance(task, done)
