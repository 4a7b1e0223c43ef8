"""What a figure counts, and of what it is: the noun that follows it, or the plan or rate that its clause speaks of before it.

What comes in is a clause and the place of a figure in it; what goes out are the answers. Only what plans have (lines, measures), a plan
itself or the rate at which one is carried out make progress; every other noun ("80% of schools implement the programme", "forest cover
under the plan reached 42%") makes another figure, without having to be known.
"""

import re
from collections.abc import Iterable, Sequence

from comity.reading.figure_pairs import Shape
from comity.reading.progress_words import COMMA, Clause, ProgressWords, alternatives, comma_part, pattern_of

REACH = {Shape.PERCENT: 70, Shape.FRACTION: 60, Shape.ALL: 60, Shape.COUNT: 60, Shape.WORDS: 50}
"""How far after a figure what it counts may stand."""

WORD = re.compile(r"[^\W\d_][\w'’-]*")
LAST_WORD = re.compile(r"(?<![\w'’-])[^\W\d_][\w'’-]*\s+$")
ACRONYM = re.compile(r"\(\w+\)")
BRACKET = 60
"""How far before a figure in brackets what it is may stand ("the target of the resolution (5.5%)")."""


class Counts:
    """Tells what figures count, in one language."""

    def __init__(self, words: ProgressWords, reports: Iterable[str]) -> None:
        self._lines, self._plans, self._rates = pattern_of(words.lines), pattern_of(words.plans), pattern_of(words.rates)
        self._owners = re.compile(rf"(?<![\w-])(?:{alternatives(words.plans)})['’]s?\s+")
        verbs = [*(word for group in words.verbs.values() for word in group), *words.other_verbs]
        self._verbs, self._others, self._outputs = pattern_of(verbs), pattern_of(words.others), pattern_of(words.outputs)
        self._of_output = re.compile(rf"\s+(?:{alternatives((*words.outputs, *words.gatherings))})(?![\w-])")
        self._bare, self._fillers, self._stops = pattern_of(words.bare), pattern_of(words.fillers), pattern_of(words.stops)
        self._modifiers, self.nouns_last = words.modifiers, words.modifiers > 0
        links = alternatives(words.links)
        self._linked = re.compile(
            rf"(?<![\w-])(?:{links})\s+(?:(?:{alternatives(words.fillers)})\s+)*(?:[\w'’-]+\s+){{0,{words.modifiers}}}$"
        )
        self._link = re.compile(rf"(?<![\w-])(?:{links})(?![\w-])")
        self._reaches = re.compile(rf"(?<![\w-])(?:{alternatives(words.reaches)})(?:\s+(?:{alternatives(words.idle)}))*\s*$")
        self._worth = re.compile(rf"(?<!\w)(?:{alternatives(words.worth)})\s[^,;]*")
        self._shares = re.compile(rf"(?<![\w-])(?:{alternatives(words.shares)})(?:\s+(?:{alternatives(words.idle)}))?\s*$")
        self._says, self._moves = pattern_of(reports), pattern_of(words.changes)
        self._idle = pattern_of([*words.idle, *words.bare, *words.done, *words.fillers, *words.reaches, *words.as_of])
        self._aims = re.compile(rf"(?<![\w-])(?:{alternatives(words.targets)})(?![\w-])[^()]{{0,{BRACKET}}}\(\s*$")

    def after(self, following: str, shape: Shape, named: int | None) -> bool | None:
        """True where lines or a plan follow the figure as what it counts, False where something else does, None where nothing does. `named`
        is the place of the first known document behind it. What stands outside a bracket is not counted in it."""
        if following.lstrip().startswith(")"):
            return None
        reach = following[: REACH[shape]]
        reach = reach[: comma.start()] if (comma := COMMA.search(reach)) else reach
        own = min((m for pattern in (self._lines, self._plans) if (m := pattern.search(reach))), key=lambda m: m.start(), default=None)
        other = self._others.search(reach)
        if other and (own is None or other.start() < own.start()):
            return False if own or not self.may_be_bare(following) else self._nothing(reach, other)
        if named is not None and named < len(reach) and self._is_filled(reach[:named]):
            return True
        if own and self._is_filled(reach[: own.start()]):
            return not self.is_others(reach[own.end() :])
        return None if self.may_be_bare(following) else False

    def is_others(self, following: str) -> bool:
        """Whether what stands behind the lines makes them a quota's, a budget's or a session's ("chương trình kỳ họp")."""
        return bool(self._of_output.match(following))

    def are_fillers(self, between: str) -> bool:
        """Whether words only lead from a share to what it is a share of ("of the", "trong tổng số")."""
        return bool(between.strip()) and not self._fillers.sub("", between).strip()

    def _nothing(self, reach: str, other: re.Match[str]) -> bool | None:
        """A figure that counts nothing, though another noun stands near: not where only fillers are between ("90% of women")."""
        return False if self._is_filled(reach[: other.start()]) else None

    def _is_filled(self, between: str) -> bool:
        """Whether what stands between a figure and a noun only leads up to it ("of the agreed joint")."""
        rest = self._fillers.sub(" ", ACRONYM.sub(" ", between))
        if self._stops.search(rest) or self._verbs.search(rest):
            return False
        return len(WORD.findall(rest)) <= self._modifiers

    def may_be_bare(self, following: str) -> bool:
        """Whether the figure counts nothing of its own ("reached 90% in May"): no other noun follows it ("97% vật liệu hạt nhân")."""
        word = re.match(r"[\s)]*([^\W\d_].*)", following)
        return not word or bool(self._bare.match(word.group(1)) or self.is_deed(word.group(1)))

    def is_deed(self, following: str) -> bool:
        """Whether a word of doing or a rate stands right behind ("92 per cent implemented", "a 94 per cent implementation rate")."""
        rest = following.lstrip()
        return bool(self._verbs.match(rest) or self._rates.match(rest))

    def is_worth(self, following: str) -> bool:
        """Whether a count of projects is told with what they cost ("36 projects worth 3 million under way"): that is no progress."""
        part = following[: comma.start()] if (comma := COMMA.search(following)) else following
        return bool(self._worth.search(part))

    def is_output(self, clause: Clause, at: int) -> bool:
        """Whether goods or money have met a quota before the figure ("xuất khẩu hoàn thành 75% kế hoạch")."""
        start, _ = comma_part(clause.text, at, at)
        return bool(self._outputs.search(clause.text, start, at))

    def is_aim_or_share(self, before: str) -> bool:
        """Whether a figure in brackets tells what a target is ("chưa đạt mục tiêu đề ra (5,5%)"), or any tells only what a part it is of
        something ("covers 90 per cent of the lines")."""
        return bool(self._aims.search(before) or self._shares.search(before))

    def of_plan(self, clause: Clause, at: int, named: Sequence[tuple[int, int]], *, told: bool, follows: bool) -> bool:
        """Whether a figure that counts nothing of its own is a plan's. `named` are the places of instruments in the clause, `told` whether
        the sentence before names a plan, `follows` whether the clause names one behind the figure."""
        before = self._worth.sub(lambda m: " " * len(m.group()), clause.text[:at])
        if self.is_output(clause, at):
            return False
        start = max((m.end() for m in self._says.finditer(before)), default=0)
        own = [m.span() for pattern in (self._lines, self._plans, self._rates) for m in pattern.finditer(before)]
        own += [m.span() for m in self._owners.finditer(before) if self.is_deed(before[m.end() :])]
        own += [(a, b) for a, b in named if 0 <= a < at]
        others = [m.span() for m in self._others.finditer(before, start)]
        if own:
            nearest = max(own, key=lambda span: span[1])
            if any(nearest[1] < b for _, b in others):
                return False
            if self._lines.fullmatch(before, *nearest) and self._is_beside_name(before):
                return False
            return self._is_head(before, start, nearest, own)
        if others:
            return False
        part, _ = comma_part(clause.text, at, at)
        if self.is_named(before[max(part, start) :]):
            return False
        return follows or (told and not self._others.search(clause.text))

    def _is_head(self, before: str, start: int, nearest: tuple[int, int], own: Sequence[tuple[int, int]]) -> bool:
        """Whether the plan named last is what reaches the figure, and not only what a thing that reaches it belongs to ("GDP in the first
        year of the plan reached 6%")."""
        commas = [m.end() for m in COMMA.finditer(before, start, nearest[0])]
        head = before[max([start, *commas]) : nearest[0]]
        if not self._linked.search(head):
            return True
        if self._others.search(head) or self._outputs.search(head):
            return False
        if any(start <= a and b <= nearest[0] for a, b in own) or self._verbs.search(head) or not self._reaches.search(before):
            return True
        first = self._link.search(head)
        return not self.is_named(head[: first.start()] if first else head)

    def _is_beside_name(self, before: str) -> bool:
        """Whether a noun stands right before the figure that is then its own ("gửi quyết định cho Viện kiểm sát 86%")."""
        rest = self._moves.sub(" . ", self._idle.sub(" . ", self._verbs.sub(" . ", before)))
        return not self._reaches.search(before) and bool(LAST_WORD.search(rest))

    def is_named(self, words: str) -> bool:
        """Whether words name something, and do not only lead on ("so far", "đến nay đã đạt")."""
        rest = self._idle.sub(" ", self._verbs.sub(" ", words))
        return bool(WORD.search(rest))
