"""What a clause is evidence of: that a matter is mentioned, under way, completed or dropped.

In come the words of a clause, their language, and the findings it stands in; out comes one of these four. Words such as "has been
completed" decide where the clause has them ("will be completed" does not, and what is completed in part, or is but a course or a phase,
is under way); otherwise a deed that happened shows that the matter is under way, and words alone (a statement, a promise, a meeting) that
it is mentioned: what is promised is not yet done, even where giving the promise is told as cooperation.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.records import EventType, LanguageCode, LineStatus, Status
from comity.register import ToLink

DEEDS = (EventType.COOPERATE, EventType.AID)
"""Events by which something is done; to consult, agree or support is to speak."""
COMMITMENTS = "commitments"
BEFORE = 6
"""So many words before "completed" can take it back ("is expected to be completed")."""
BEHIND = 6
"""So many words behind "completed" say what of it is a piece ("completed a series of | workshops")."""
WHOLE_SHARE = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)?)\s?(?:%|per ?cent)")
"""A share of something is no more than a part of it where it is under a hundred."""


REMEMBERED = 60_000
"""Clauses of which it is kept what their words tell."""


class StatusWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`not_yet` takes back what stands behind it in the same clause. `partly` beside "completed" says that there is more to do ("most of"),
    and so does one of `pieces` soon behind it ("completed the first phase")."""

    completed: tuple[str, ...]
    under_way: tuple[str, ...]
    dropped: tuple[str, ...]
    partly: tuple[str, ...]
    pieces: tuple[str, ...]
    not_yet: tuple[str, ...]


class _Cues(Struct, frozen=True):
    cues: re.Pattern[str]
    partly: re.Pattern[str]
    pieces: re.Pattern[str]
    not_yet: re.Pattern[str]
    status: dict[str, LineStatus]


def shown_by(words: str, language: LanguageCode, findings: Iterable[ToLink]) -> LineStatus:
    """What a clause shows, by its words and by the findings it stands in."""
    if (told := _told(words, language)) is not None:
        return told
    findings = tuple(findings)
    promised = any(finding.kind == COMMITMENTS for finding in findings)
    shown = LineStatus.MENTIONED
    for finding in findings:
        if finding.type in DEEDS and finding.status == Status.HAPPENED and not promised:
            shown = LineStatus.UNDER_WAY
        elif finding.verb is not None and not finding.remaining:
            return LineStatus.UNDER_WAY  # so many of a plan's lines are done: it does not say that this one is
    return shown


@lru_cache(REMEMBERED)
def _told(words: str, language: LanguageCode) -> LineStatus | None:
    """By the first cue that nothing before it takes back; completed and dropped count before under way."""
    cues, folded = _cues(language), " ".join(fold(words).split())
    found = [
        _of_whole(cues, folded, match)
        for match in cues.cues.finditer(folded)
        if not cues.not_yet.search(" ".join(folded[: match.start()].split()[-BEFORE:]))
    ]
    return next((status for status in found if status is not LineStatus.UNDER_WAY), found[0] if found else None)


def _of_whole(cues: _Cues, folded: str, match: re.Match[str]) -> LineStatus:
    """What a cue tells, less where it is of a part only."""
    status = cues.status[match.group(1)]
    if status is not LineStatus.COMPLETED:
        return status
    behind = " ".join(folded[match.end() :].split()[:BEHIND])
    partly = cues.partly.search(folded) or cues.pieces.search(behind)
    return LineStatus.UNDER_WAY if partly or any(not share.startswith("100") for share in WHOLE_SHARE.findall(folded)) else status


@cache
def _cues(language: LanguageCode) -> _Cues:
    words = load_words(language, "line_status", StatusWords)
    by_status = {
        LineStatus.UNDER_WAY: words.under_way,
        LineStatus.DROPPED: words.dropped,
        LineStatus.COMPLETED: words.completed,
    }
    status = {fold(word): one for one, group in by_status.items() for word in group}
    return _Cues(_any(status), _any(map(fold, words.partly)), _any(map(fold, words.pieces)), _any(map(fold, words.not_yet)), status)


def _any(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the words as wholes, the longest first."""
    return re.compile(r"(?<!\w)(" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + r")(?!\w)")
