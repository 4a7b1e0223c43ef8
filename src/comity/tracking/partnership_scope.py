"""How far a stretch of a document speaks of the partnership: where the names of its parties stand, alone, together, and beside others.

In come a pack's parties and the names found in a text; out come, for each clause, the numbers by which the trained model (link_model.py)
tells evidence for the partnership from the same matter elsewhere. A sentence on supply chains from a talk of the United States with Germany
is no evidence for a line of ASEAN and the United States, nor is one that names the United Nations only in "the UN Convention on the Law of
the Sea" for a line of ASEAN and the United Nations.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import chain

import numpy as np
from msgspec import Struct

from comity.knowledge import Knowledge, Pack
from comity.knowledge.folded import Folded, fold, lowered
from comity.knowledge.matcher import Match
from comity.languages import load_words
from comity.records import ActorId, ActorType, LanguageCode, Span
from comity.tracking.clause_view import names_known
from comity.tracking.products import Floats
from comity.tracking.short_names import ShortNames

SHORTEST = 5
"""Letters of a name that tells who is meant: a body's acronym of four may be anybody's ("CPR", "ACC")."""
BESIDE = 24
"""Letters between the name of a body and the paper that only bears it: "Convention of the", "Charter"."""
LONGEST_TITLE = 200
LONGEST_SENTENCE = 300
MOST_RIVALS = 3
SENTENCE_END = re.compile(r"[.!?;\n](?:(?<=[^.\s]{2}[.!?;])[\"'”’)\]]*\s+|(?<=\n)\s*\n|(?<=\n)\s*(?:[-–•*+]|<!--))")
"""It begins with the marks: so it is looked for several times as fast."""
SCOPE = ("title", "all-title", "rivals", "own-rivals")


class PartnershipWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`papers`: what bears the name of a body without its taking part ("the UN Charter", "nghị quyết của Liên hợp quốc")."""

    papers: tuple[str, ...]


class PartnershipScope:
    """The parties of one pack, each with all that belongs to it: a state's offices and people, an organisation's bodies."""

    def __init__(self, knowledge: Knowledge, pack: Pack) -> None:
        self._parties = [(party, _belonging(knowledge, party)) for party in pack.partnership.parties]
        ours = frozenset(chain.from_iterable(members for _, members in self._parties))
        self._knowledge = knowledge
        self._rivals = frozenset(
            actor.id for actor in knowledge.actors.values() if actor.type is not ActorType.PERSON and actor.id not in ours
        )

    def may_be_heard(self, text: str) -> bool:
        """Whether a document may name all parties, so that it is worth knowing all names in it: most are of other partnerships, and the
        shortest of the parties' own names are found five times as fast."""
        lower = lowered(text)
        return all(names.stand_in(lower) for names in self._short_names)

    @cached_property
    def _short_names(self) -> list[ShortNames]:
        """Of each party those that tell who is meant; first the party with the fewest bodies, which most often a text does not name."""
        return [
            ShortNames(name for name, of in names_known(self._knowledge, members) if of == party or len(fold(name).strip()) >= SHORTEST)
            for party, members in sorted(self._parties, key=lambda party: len(party[1]))
        ]

    def heard(
        self, text: Folded, names: Sequence[Match[ActorId]], language: LanguageCode, title: Sequence[Match[ActorId]]
    ) -> "Heard | None":
        """What a document with these names, and those in its title, says of the parties; None where it does not name them all."""
        ours = [[match for match in names if _is_of(match, *party)] for party in self._parties]
        if not all(ours):
            return None
        ours = [[match for match in several if not _is_in_a_paper(text, match, language)] for several in ours]
        if not all(ours):
            return None
        starts = [0, *(match.end() for match in SENTENCE_END.finditer(text.text))]
        others = [match for match in names if self._rivals.issuperset(match.values)]
        counts = Counter(match.values[0] for match in others)
        weaker, strongest = min(map(len, ours)), max(counts.values(), default=0)
        return Heard(
            starts=starts,
            rivals=Counter(bisect_right(starts, match.start) - 1 for match in others),
            title=sum(any(_is_of(match, *party) for match in title) for party in self._parties) / len(self._parties),
            rival_share=strongest / (strongest + weaker),
        )


class Heard(Struct, frozen=True):
    """Where sentences start and how often each names others than the parties; how many of the parties the title names; and how often the
    other is named that is named most, beside the party that is named least."""

    starts: list[int]
    rivals: Counter[int]
    title: float
    rival_share: float

    def sentence(self, clause: Span, size: int) -> Span:
        """The sentence, or sentences, that a clause of a text of some size stands in, LONGEST_SENTENCE letters beyond it at most."""
        last = bisect_right(self.starts, clause.end - 1)
        end = self.starts[last] if last < len(self.starts) else size
        start = self.starts[bisect_right(self.starts, clause.start) - 1]
        return Span(max(start, clause.start - LONGEST_SENTENCE), min(end, clause.end + LONGEST_SENTENCE))

    def around(self, clause: Span) -> Floats:
        """The numbers for a clause, SCOPE."""
        own = range(bisect_right(self.starts, clause.start) - 1, bisect_right(self.starts, clause.end - 1))
        return self._numbers(min(MOST_RIVALS, sum(self.rivals[sentence] for sentence in own)))

    def anywhere(self) -> list[Floats]:
        """The numbers that a clause may have, wherever it stands."""
        return [self._numbers(rivals) for rivals in range(MOST_RIVALS + 1)]

    def _numbers(self, rivals: int) -> Floats:
        return np.array([self.title, self.title == 1, self.rival_share, rivals], dtype=np.float32)


def first_line(text: str) -> str:
    """What stands for the title of a document that has none, or one that names nobody."""
    return text.lstrip()[:LONGEST_TITLE].partition("\n")[0]


def _is_of(match: Match[ActorId], party: ActorId, members: frozenset[ActorId]) -> bool:
    return party in match.values or (match.end - match.start >= SHORTEST and not members.isdisjoint(match.values))


def _is_in_a_paper(text: Folded, match: Match[ActorId], language: LanguageCode) -> bool:
    """Whether a name stands in that of a convention, charter or resolution: next to the word, in one clause."""
    around = text.folded[max(0, match.start - BESIDE) : match.start], text.folded[match.end : match.end + BESIDE]
    before, after = around[0].rpartition(",")[2], around[1].partition(",")[0]
    return bool(_papers(language).search(before) or _papers(language).search(after))


@cache
def _papers(language: LanguageCode) -> re.Pattern[str]:
    words = load_words(language, "partnership", PartnershipWords).papers
    return re.compile(r"\b(?:" + "|".join(re.escape(fold(word)) for word in words) + r")\b")


def _belonging(knowledge: Knowledge, party: ActorId) -> frozenset[ActorId]:
    """The party, what is part of it at any depth, and what serves the state."""
    members = {party}
    while True:
        more = {actor.id for actor in knowledge.actors.values() if actor.part_of in members or actor.state == party} - members
        if not more:
            return frozenset(chain(members, [party]))
        members |= more
