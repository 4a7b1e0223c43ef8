"""Takes in what people give."""

from collections.abc import Callable

from comity.knowledge import Knowledge
from comity.portal.settings import Settings
from comity.register import Register


class Intake:
    def __init__(self, register: Register, knowledge: Knowledge, settings: Settings, clock: Callable[[], float]) -> None:
        self._register = register
