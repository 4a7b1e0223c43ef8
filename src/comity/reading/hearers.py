"""Whom "you" means in a transcript of two: "PRESIDENT SILVA: I want to thank | you |, Mr. Prime Minister".

In come a page, its layout and its mentions, and a statement; out comes whoever has the other turns, where two named persons have all turns
but those of askers, the statement is the turn's own, and the turn calls the other by an office ("Mr. Prime Minister"). A guest who is
introduced, a public or a reporter is none of these.
"""

from bisect import bisect_left
from functools import cached_property

from comity.reading.addressees import phrased
from comity.reading.layout import Layout
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.reading.turns import Turn, Turns, turns_of
from comity.records import ActorId, Statement


class Hearers:
    """Finds whom "you" means, on one page. Made once a page; nothing is worked out on a page where nobody is so called."""

    def __init__(self, page: Page, layout: Layout, mentions: Mentions) -> None:
        self._page, self._layout, self._mentions = page, layout, mentions
        self._words = phrased(page.language)
        self._calls = [found.first for found in self._words.vocatives.find(layout.tokens)]

    def of(self, statement: Statement) -> tuple[ActorId, ...]:
        """The other of the two, where the verb of a statement has "you" right behind it; else nobody."""
        if not self._calls or statement.cue is None or len(self._two) != 2:
            return ()
        tokens = self._layout.tokens
        after = bisect_left(self._starts, statement.cue.end)
        verb = tuple(token.folded for token in tokens[bisect_left(self._starts, statement.cue.start) : after])
        you = after - 1 if verb and verb[-1] in self._words.second_persons else after
        if you >= len(tokens) or tokens[you].folded not in self._words.second_persons or verb[:1] not in self._words.verbs:
            return ()
        behind = tokens[you + 1].folded if you + 1 < len(tokens) else ""
        turn = self._turns.of(tokens[you].sentence)
        if (
            behind in self._words.many
            or turn is None
            or turn.speaker not in self._two
            or turn.speaker != statement.speaker
            or not self._calls_another(turn)
        ):
            return ()
        return next(iter(self._two - {turn.speaker}), ())

    def _calls_another(self, turn: Turn) -> bool:
        return any(self._turns.of(self._layout.tokens[at].sentence) is turn for at in self._calls)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self._layout.tokens]

    @cached_property
    def _turns(self) -> Turns:
        return turns_of(self._page, self._layout, self._mentions)

    @cached_property
    def _two(self) -> set[tuple[ActorId, ...]]:
        """The named persons who have turns."""
        return {turn.speaker for turn in self._turns.all if len(turn.speaker) == 1}
