"""What people give, read one after the other behind the pages: files, an address or a text become documents of the register, or wait to be
let in where the portal holds them.

Each file is opened in a process of its own. A list of what was given is kept until the portal ends; the documents are in the register.
"""

import logging
import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePosixPath
from threading import Lock

import msgspec
from msgspec import Struct

from comity.errors import BadInputError, ComityError, RegisterBusyError, RegisterError
from comity.intake.alone import OpeningFailed, Order, open_alone
from comity.knowledge import Knowledge, Pack
from comity.portal.accounts.secrets import new_key
from comity.portal.reading_room import NOTED
from comity.portal.settings import Settings
from comity.portal.shelf import Shelf
from comity.reading import Reader
from comity.records import Document, LinkKind, Reading
from comity.register import Added, Register
from comity.register.famous import Famous
from comity.tracking.occurrence_update import update_occurrences
from comity.tracking.track import Tracking

LOG = logging.getLogger("comity.portal")
KEPT = 200
"""Lists that are kept."""
MOST_WAITING = 20
"""Lists that are not read yet: each holds its files in memory."""
SECONDS = 90
"""For opening one file; an address has limits of its own within."""
MOST_DOCUMENTS = 200
"""From one file."""
LONGEST_NAME = 120
PATIENCE = 12
"""So often a document is tried to be put into a register that others write; each time waits five seconds."""
KIND = "job"


class Item(Struct, frozen=True, kw_only=True):
    """One thing given, or one document in it. `state` is a key of the portal's words, `found` the numbers of findings by kind. Why it was
    refused is `problem`, a key of those words, and `sentence`, which says it more exactly, in English."""

    name: str
    state: str = "waiting"
    title: str = ""
    document: str = ""
    found: dict[str, int] = {}
    ties: int = 0
    """Suggested ties to lines of plans."""
    sentence: str = ""
    problem: str = ""


class Job:
    """What one person gave at once."""

    def __init__(self, who: str, orders: list[Order], key: str = "") -> None:
        self.key = key
        self.who = who
        self.orders = orders
        self.items: list[list[Item]] = [[Item(name=order.name or order.address)] for order in orders]

    def all(self) -> list[Item]:
        return [item for items in self.items for item in items]

    @property
    def done(self) -> int:
        return sum(all(item.state not in ("waiting", "reading") for item in items) for items in self.items)


class Intake:
    """Takes in, one job after the other. `renew` is called when the register has grown."""

    def __init__(
        self,
        register: Register,
        pack: Pack,
        knowledge: Knowledge,
        settings: Settings,
        clock: Callable[[], float],
        renew: Callable[[], None],
        shelf: Shelf | None = None,
    ) -> None:
        self._shelf = shelf
        self._register = register
        self._tracking = Tracking(pack)
        self._settings = settings
        self._clock = clock
        self._renew = renew
        self._reader = Reader(knowledge)
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="intake")

    def take(self, orders: list[Order], *, who: str) -> str:
        """Begins; gives the key under which the list is found. Raises BadInputError where too much waits already."""
        key = new_key()
        job = Job(who, orders, key)
        self._tell_others(job)
        with self._lock:
            if sum(one.done < len(one.items) for one in self._jobs.values()) >= MOST_WAITING:
                raise BadInputError("Too much is being read just now; send it again in some minutes.")
            self._jobs[key] = job
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
        self._worker.submit(self._run, job).add_done_callback(lambda ended: self._ended(job, ended.exception()))
        return key

    def take_now(self, order: Order, *, who: str) -> list[Item]:
        """The same for one thing, waiting for it."""
        items = self._worker.submit(self._read_all, order, order.name or order.address, who).result()
        self._worker.submit(self._put_together)
        return items

    def put_together_later(self) -> None:
        """Puts events together anew behind the pages, where a document was withdrawn."""
        self._worker.submit(self._put_together)

    def job(self, key: str) -> Job | None:
        with self._lock:
            found = self._jobs.get(key)
        return found or self._of_others(key)

    def _tell_others(self, job: Job) -> None:
        """The browser may ask another process what became of it."""
        if self._shelf and job.key:
            self._shelf.put(KIND, job.key, msgspec.json.encode((job.who, job.items)))

    def _of_others(self, key: str) -> Job | None:
        kept = self._shelf.get(KIND, key) if self._shelf else None
        if kept is None:
            return None
        job = Job("", [])
        job.who, job.items = msgspec.json.decode(kept, type=tuple[str, list[list[Item]]])
        return job

    def _ended(self, job: Job, fault: BaseException | None) -> None:
        _told(job, fault)
        self._tell_others(job)

    def _run(self, job: Job) -> None:
        for place, order in enumerate(job.orders):
            name = order.name or order.address
            job.items[place] = [Item(name=name, state="reading")]
            self._tell_others(job)
            job.items[place] = self._read_all(order, name, job.who)
            self._tell_others(job)
        job.orders.clear()
        self._put_together()

    def _read_all(self, order: Order, name: str, who: str) -> list[Item]:
        try:
            opened = open_alone(order, seconds=SECONDS)
        except OpeningFailed as fault:
            return [Item(name=name, state="refused", problem="upload_slow" if fault.slow else "upload_broken")]
        problem = "upload_address_refused" if order.address else "upload_file_refused"
        items = [Item(name=name, state="refused", sentence=sentence, problem=problem) for sentence in opened.faults]
        items += [self._read(document, name, who) for document in opened.documents[:MOST_DOCUMENTS]]
        return items or [Item(name=name, state="refused", problem="upload_broken")]

    def _read(self, document: Document, name: str, who: str) -> Item:
        ties = 0
        try:
            reading = self._reader.read(document)
            state = self._patiently(lambda: self._put(reading, who))
            if not self._settings.hold:
                ties = self._tie(document.id)
                self._renew()
        except RegisterError as error:
            LOG.warning("%s is not in the register: %s", name, error)
            return Item(name=name, state="refused", problem="upload_register")
        except BadInputError as error:
            return Item(name=name, state="refused", sentence=str(error), problem="upload_file_refused")
        except ComityError as error:
            LOG.error("reading %s", name, exc_info=error)
            return Item(name=name, state="refused", problem="upload_ours")
        found = {kind: len(getattr(reading, kind)) for kind in NOTED if getattr(reading, kind)}
        return Item(name=name, state=state, title=document.title or "", document=document.id, found=found, ties=ties)

    def _put(self, reading: Reading, who: str) -> str:
        """Into the register, or among what waits to be let in; gives the state of what was given."""
        if self._settings.hold:
            self._register.holding().hold(reading, who=who, now=int(self._clock()))
            return "held"
        known = self._reader.knowledge
        (added,) = self._register.writer(known.themes.values()).add_all([reading], famous=Famous(known.actors.values()))
        return "there" if added is Added.NOTHING else "new"

    def _patiently(self, put: Callable[[], str]) -> str:
        """Somebody else's writing may take longer than one waits for it once: what was given is not lost for that."""
        for _ in range(PATIENCE - 1):
            try:
                return put()
            except RegisterBusyError:
                continue
        return put()

    def _tie(self, document: str) -> int:
        """Ties a document to what the pack names at once; gives the number of its ties to lines. Where that can't be written just now, the
        next `comity track` does it."""
        try:
            self._tracking.track_document(self._register, document)
            return sum(one.link.kind is LinkKind.LINE for one in self._register.links().in_document(document))
        except ComityError as error:
            LOG.warning("%s is not tied to lines yet: %s", document, error)
            return 0

    def _put_together(self) -> None:
        """Puts the events of what was added together with those told before."""
        if self._settings.hold:
            return
        try:
            update_occurrences(self._register, self._reader.knowledge)
            self._renew()
        except ComityError as error:
            LOG.warning("events are not put together yet: %s", error)


def _told(job: Job, fault: BaseException | None) -> None:
    """Says of what was not read because of a fault of ours that it was not, instead of leaving it waiting for ever."""
    if fault is None:
        return
    LOG.error("reading what was given", exc_info=fault)
    for place, items in enumerate(job.items):
        if any(item.state in ("waiting", "reading") for item in items):
            job.items[place] = [Item(name=items[0].name, state="refused", problem="upload_ours")]


def file_name(given: str) -> str:
    """The name of a file without folders and without signs that can't be seen or turn the line round."""
    seen = "".join(sign for sign in unicodedata.normalize("NFC", given.replace("\\", "/")) if unicodedata.category(sign)[0] != "C")
    return PurePosixPath(seen).name[-LONGEST_NAME:] or "?"
