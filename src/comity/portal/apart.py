"""What takes long in a large register, worked out by a thread of its own, so that no page waits for it.

In comes what is asked (`name`), the state of what it is made from, and the work; out comes the answer, the one before while a new one is
made, or None where there is none yet.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, Thread
from typing import Generic, TypeVar

from comity.errors import ComityError

T = TypeVar("T")
V = TypeVar("V")
KEPT = 16
"""So many answers are kept."""


class Apart(Generic[T]):
    """The answers to one kind of question."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: OrderedDict[Hashable, tuple[Hashable, T]] = OrderedDict()
        self._faults: OrderedDict[Hashable, tuple[Hashable, ComityError]] = OrderedDict()
        self._under_way: set[Hashable] = set()
        self.worked_out = 0
        """Grows with every answer: a page that said "look again" says something else then."""

    def at_once(self, name: Hashable, state: Hashable, work: Callable[[], T]) -> T:
        """The answer, which the page waits for."""
        with self._lock:
            if name in self._found and self._found[name][0] == state:
                return self._found[name][1]
        found = work()
        self._keep(self._found, name, (state, found))
        return found

    def before(self, name: Hashable, state: Hashable, work: Callable[[], T]) -> T:
        """The answer of this state, else the one before while a thread makes the new one; the very first is waited for."""
        found = self.when_done(name, state, work) if name in self._found else None
        return self.at_once(name, state, work) if found is None else found

    def when_done(self, name: Hashable, state: Hashable, work: Callable[[], T]) -> T | None:
        """The answer of this state, else the one before while a thread makes the new one. Raises what the work raised."""
        with self._lock:
            there, fault = self._found.get(name), self._faults.get(name)
            if fault and fault[0] == state:
                raise fault[1]
            if (there is None or there[0] != state) and name not in self._under_way:
                self._under_way.add(name)
                Thread(target=self._work, args=(name, state, work), daemon=True).start()
        return there[1] if there else None

    def _work(self, name: Hashable, state: Hashable, work: Callable[[], T]) -> None:
        try:
            self._keep(self._found, name, (state, work()))
        except ComityError as fault:
            self._keep(self._faults, name, (state, fault))
        finally:
            with self._lock:
                self._under_way.discard(name)

    def _keep(self, where: "OrderedDict[Hashable, V]", name: Hashable, found: V) -> None:
        with self._lock:
            where[name] = found
            where.move_to_end(name)
            self.worked_out += 1
            while len(where) > KEPT:
                where.popitem(last=False)
