"""Which words before a verb it doesn't report: its own subject ("| The four ministers also | discussed ports"), and what stands before
a verb of purpose ("| Today | Ana Silva met them to discuss ports") or is only cited; and behind a denial that needs no words what another
says.

In come a page's layout, its subjects and a cue; out comes how much of a stretch of words may be what the cue reports.
"""

from collections.abc import Collection

from comity.reading.cues import Cue, Found, Frame
from comity.reading.layout import Layout
from comity.reading.subject_words import Kind
from comity.reading.subjects import Subjects

WITHOUT_WORDS = frozenset({Kind.NAMED, Kind.PEOPLE, Kind.UNKNOWN, Kind.DESCRIBED, Kind.ANAPHOR, Kind.THING})
"""Subjects with which a clause begins: no words of the same clause stand before its verb."""

FARTHEST_AGENT = 4
"""Words from "bị" to the name of who acts: "cảng bị | lực lượng Peru | chỉ trích"."""

NEAR = 8
"""Words before a verb in which "bị" or "do" shows that what stands before them is what it is done to."""


class Unreported:
    """Looks over one page; `denials` are the verbs that say by themselves that something is not so."""

    def __init__(self, layout: Layout, subjects: Subjects, denials: Collection[str]) -> None:
        self._layout, self._tokens, self._subjects, self._denials = layout, layout.tokens, subjects, frozenset(denials)

    def end(self, cue: Found[Cue], first: int, after: int) -> int:
        """Where the words that the cue reports end, which were taken to be `first` to `after`; `first` where none of them are."""
        if after > cue.first or cue.value.frame is Frame.SOURCE:
            return after
        if self._layout.quoted[first]:  # 'Citing "growing risks," | the ministers reaffirmed'
            return first if first > 1 and self._tokens[first - 2].folded in self._subjects.words.cited_as else after
        if self._subjects.is_infinitive(cue):
            return first
        subject = self._subjects.before(cue)
        agents = self._subjects.words.agents
        own = not any(token.text == "," for token in self._tokens[after : cue.first])
        own = own and not any(token.folded in agents for token in self._tokens[max(first, cue.first - NEAR) : cue.first])
        if own and subject.kind in WITHOUT_WORDS and first >= self._subjects.clause_start(cue.first):
            return first
        if subject.kind is not Kind.NAMED or subject.mention is None or not subject.sure:
            return after
        begin = next((index for index in range(first, after) if self._layout.mention[index] is subject.mention), after)
        if begin in (first, after):
            return begin
        if self._tokens[begin - 1].text == ",":  # "..., | Ana Silva, head of the port, | said"
            return begin - 1
        return next((at for at in range(begin - 1, max(first, begin - FARTHEST_AGENT), -1) if self._tokens[at].folded in agents), first)

    def is_anothers(self, cue: Found[Cue], first: int) -> bool:
        """Whether another's verb follows a denial and its comma: "Tehran | bác bỏ cáo buộc |, ông Nam đề nghị kiềm chế"."""
        form = " ".join(token.folded for token in self._tokens[cue.first : cue.after])
        named = self._layout.mention[first]
        if form not in self._denials or first != cue.after + 1 or self._tokens[cue.after].text != "," or named is None:
            return False
        number = self._subjects.order[cue.first] + 1
        following = self._layout.cues[number] if number < len(self._layout.cues) else None
        if following is None or self._tokens[following.first].sentence != self._tokens[cue.first].sentence:
            return False
        subject = self._subjects.before(following)
        return subject.kind is Kind.NAMED and subject.sure and subject.mention is named
