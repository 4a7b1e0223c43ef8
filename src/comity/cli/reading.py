"""The reader of a command: its version is known at once, its grammars are built at the first document that needs reading."""

from functools import cached_property
from typing import TYPE_CHECKING

from comity.knowledge import Pack, Theme, knowledge_version, load_knowledge
from comity.reading import Reader
from comity.reading.reader import READER
from comity.reading.why import Explainer, Whys
from comity.records import Document, Reading

if TYPE_CHECKING:
    from comity.register.famous import Famous


class LateReader:
    """Reads with the knowledge of some packs."""

    def __init__(self, packs: tuple[Pack, ...]) -> None:
        self.packs = packs
        self.version = f"{READER}+{knowledge_version(packs)}"

    def read(self, document: Document) -> Reading:
        return self._reader.read(document)

    def explain(self, reading: Reading) -> Whys:
        """What each finding of a reading rests on."""
        return self._explainer.explain(reading)

    def themes(self) -> tuple[Theme, ...]:
        """The themes that findings are listed by."""
        return tuple(self._reader.knowledge.themes.values())

    @cached_property
    def famous(self) -> "Famous":
        """The persons that are known before reading."""
        from comity.register.famous import Famous  # brings the register's database along, which a command that only reads does without

        return Famous(self._reader.knowledge.actors.values())

    @cached_property
    def _reader(self) -> Reader:
        return Reader(load_knowledge(self.packs))

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self._reader.knowledge)


def no_grounds(reading: Reading) -> Whys:
    """What explains nothing."""
    return {}
