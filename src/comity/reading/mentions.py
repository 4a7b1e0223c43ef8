"""Who is named where in a text: every mention in order, and the questions the other grammars ask of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct

from comity.records import ActorId, ActorType, OfficeMention


class Form(StrEnum):
    """How an actor is mentioned."""

    NAME = "name"
    TITLE = "title"
    """An office without the name ("Tổng Thư ký LHQ", "the Minister"): who it is was worked out."""
    PRONOUN = "pronoun"
    """"ông", "he", "hai bên", "the two leaders": who it is was worked out."""
    GROUP = "group"
    """A group without a name ("các nước thành viên HĐBA"): `group:...`."""


class Mention(Struct, frozen=True, kw_only=True):
    """`actors` are whom it stands for (several for "hai bên"). `start` to `end` are the name itself, `outer_start` to `outer_end` hold the
    title and apposition with it ("Tổng Thư ký LHQ António Guterres"). `nested` means it stands inside a longer name or title and names no
    party there."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    actors: tuple[ActorId, ...]
    type: ActorType
    form: Form = Form.NAME
    nested: bool = False


NOTHING_TOLD: Mapping[ActorId, str] = MappingProxyType({})


class Mentions:
    """All mentions of a document, by position; `genders` are those of persons ("male", "female"), as far as the text tells them."""

    def __init__(
        self, mentions: Iterable[Mention], offices: Sequence[OfficeMention] = (), genders: Mapping[ActorId, str] = NOTHING_TOLD
    ) -> None:
        self.all: tuple[Mention, ...] = tuple(sorted(mentions, key=lambda m: (m.start, -m.end)))
        self.offices = tuple(offices)
        self.genders = genders
        self._starts = [mention.start for mention in self.all]
        self._parties = [mention for mention in self.all if not mention.nested]
        self._party_starts = [mention.start for mention in self._parties]

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that name a party (not nested) and begin in `start` to `end`, in order."""
        return self._parties[bisect_left(self._party_starts, start) : bisect_left(self._party_starts, end)]

    def within_with_nested(self, start: int, end: int) -> Sequence[Mention]:
        """All mentions that begin in `start` to `end`, in order."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, position: int, floor: int = 0) -> Mention | None:
        """The last party mention that ends at or before `position` and begins at or after `floor`."""
        for index in range(bisect_right(self._party_starts, position) - 1, -1, -1):
            mention = self._parties[index]
            if mention.start < floor:
                return None
            if mention.outer_end <= position:
                return mention
        return None
