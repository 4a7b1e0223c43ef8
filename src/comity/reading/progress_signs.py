"""The signs that a figure tells of progress: a word of doing governs it, it counts lines or a plan, nothing speaks against it.

What comes in is a clause and the place of a figure in it; what goes out are the answers that a progress claim is made of.
"""

import re

from comity.knowledge.folded import fold
from comity.reading.progress_words import Clause, ProgressWords, alternatives, comma_part, distance_to, pattern_of, shortest
from comity.records import ProgressVerb

NEAR = 130
"""How far, in characters, the word of doing may stand from its figure."""

ASIDE = 200
"""How long a list between what is counted and its verb may be, in characters."""

NEVER = re.compile(r"(?!)")


class Signs:
    """The words of one language, made ready to be looked for."""

    def __init__(self, words: ProgressWords) -> None:
        self.lines, self.plans, self.rates = pattern_of(words.lines), pattern_of(words.plans), pattern_of(words.rates)
        self.named_plans = re.compile(rf"(?<![\w-])(?:{alternatives(words.plans)})(?![\w-])")
        self.verb_of = {fold(word): verb for verb, group in words.verbs.items() for word in group}
        self.verbs = pattern_of([*self.verb_of, *words.other_verbs])
        self.remaining, self.others = pattern_of(words.remaining), pattern_of(words.others)
        self.cues = shortest(map(fold, [*self.verb_of, *words.other_verbs, *words.rates, *words.remaining, *words.told]))
        self.purpose = re.compile(rf"(?<!\w)(?:{alternatives(words.before_purpose)})\s+$")
        self.changes = re.compile(rf"(?<!\w)(?:{alternatives(words.changes)})(?:\s+\w+)?\s+$")
        self.future, self.conditions, self.sayings = map(pattern_of, (words.future, words.conditions, words.sayings))
        self.done, self.bare = pattern_of(words.done), pattern_of(words.bare)
        self.not_all = re.compile(rf"(?<![\w-])(?:{alternatives(words.not_all)})\s+$")
        self.past = re.compile(rf"(?<![\w-])(?:{alternatives(words.done)})(?:\s+[\w-]+ly)?\s+$")
        self.targets = re.compile(rf"(?<!\w)(?:{alternatives(words.targets)})(?:\s+\w+)?\s+$")
        self.breaks = re.compile(rf"(?:^|[\s,])(?:{alternatives(words.breaks)})(?=\s)")
        self.told = re.compile(rf"(?<!\w)(?:{alternatives(words.told)})\s+$")
        self.compared = re.compile(rf"(?<![\w-])(?:{alternatives(words.compared)})(?:\s+[\w-]+)?\s+$")
        self.compares = pattern_of(words.compared)
        self.again = re.compile(rf"(?<![\w-])(?:{alternatives((*words.again, *words.compared))})(?:\s+[\w-]+)?\s+$")
        self.places = re.compile(rf"(?<![\w-])(?:{alternatives(words.places)})\s+$")
        self.as_at = re.compile(rf"(?<!\w)(?:{alternatives(words.as_at)})\s+(?:\w+\s+)?$")
        self.towards = pattern_of(words.towards)
        self.left = re.compile(rf"(?<![\w-])(?:{alternatives(words.left)})\s+$") if words.left else NEVER
        self.parts = re.compile(rf"[,;:]|(?<!\w)(?:{alternatives(words.list_joins)})(?!\w)")
        self.list_marks = re.compile(rf",(?=\s)|(?<!\w)(?:{alternatives(words.list_joins)})(?=\s+(?:\d|\w+\s))")
        self.as_of = re.compile(rf"(?<!\w)(?:{alternatives(words.as_of)})\s+$")
        self.worth, self.pronouns = pattern_of(words.worth), pattern_of(words.pronouns)
        fillers = rf"(?:(?:{alternatives(words.fillers)})\s+)*(?:[\w-]+\s+){{0,2}}"
        self.counted_lines = re.compile(rf"(?<![\w.,])\d[\d.,]*\s+{fillers}(?:{alternatives(words.lines)})(?![\w-])")
        self._counted_deed = self._behind_lines(words)
        self._joined = re.compile(rf"(?:^|[\s,])(?:{alternatives(words.list_joins)})\s+$")
        self._aims_by = re.compile(
            rf"(?<!\w)(?:{alternatives(words.targets)})\s+(?:{alternatives(words.aims_by)})(?!\w)[^,;()]{{0,60}}\s"
            rf"(?:{alternatives(words.reaches)})\s+$"
        )
        self.asides = re.compile(
            rf",\s+(?:{alternatives(words.asides)})\s[^.;:()\d]{{0,{ASIDE}}}?,(?=\s+(?:{alternatives(words.resumed)})\s)|\([^()\d]*\)"
        )
        self._number = re.compile(rf"\s+(?:\d|(?:{alternatives(words.figures.units)})(?![\w]))")

    def _behind_lines(self, words: ProgressWords) -> re.Pattern[str]:
        """Lines as what a figure counts, and what has become of them right behind ("dòng hành động đã và đang")."""
        lines = rf"(?:\s+(?:{alternatives(words.fillers)}))*\s+(?:{alternatives(words.lines)})"
        deeds, begun = alternatives(self.verb_of), alternatives(words.verbs[ProgressVerb.UNDER_WAY])
        return re.compile(rf"{lines}(?:(?:\s+(?:{alternatives(words.done)}))+\s+(?:{deeds})|\s+(?:{begun}))(?![\w-])")

    def speaks_of_deeds(self, words: str) -> bool:
        return any(cue in words for cue in self.cues)

    def is_done(self, clause: Clause, at: int, after: int) -> bool:
        """Whether the part between commas says that something has been done, and not only that it is being done or is to be."""
        start, end = comma_part(clause.text, at, after)
        return bool(self.done.search(clause.text, start, end))

    def may_be_bare(self, following: str) -> bool:
        """Whether the figure counts nothing of its own ("reached 90% in May"): no other noun follows it ("97% vật liệu hạt nhân")."""
        word = re.match(r"[\s)]*([^\W\d_].*)", following)
        return not word or bool(self.bare.match(word.group(1)) or self.verbs.match(word.group(1)) or self.rates.match(word.group(1)))

    def is_aimed(self, before: str) -> bool:
        """Whether a figure is a target's: the noun stands right before it ("mục tiêu 95%", "the target set by the board was 95%")."""
        return bool(self.targets.search(before) or self._aims_by.search(before))

    def joins(self, between: str, *, listed: bool) -> bool:
        """Whether only what the figure before counts and an "and" stand between two figures, or a comma where they are `listed`."""
        return (listed or bool(self._joined.search(between))) and not self.verbs.search(between) and not re.search(r"[;:\d]", between)

    def aside_spans(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Lists and brackets without figures that part what is counted from its verb; none that holds a word of doing."""
        asides = (m for m in self.asides.finditer(text, start, end))
        return [m.span() for m in asides if not self.verbs.search(m.group()) and not self.remaining.search(m.group())]

    def is_left(self, before: str) -> bool:
        """Whether a word right before the figure says that it counts what is left ("vẫn còn khoảng 30%")."""
        return bool(self.left.search(before))

    def touches_deed(self, clause: Clause, at: int, after: int) -> bool:
        """Whether a word of doing stands right beside a figure, or with no more than "has been" between ("two-thirds complete", "a third
        have been reached", "hoàn thành một nửa")."""
        for deed in self.deeds(clause, at, after):
            between = clause.text[deed.end() : at] if deed.end() <= at else clause.text[after : deed.start()]
            if not self.done.sub("", between).strip():
                return True
        return False

    def is_told_done(self, clause: Clause, at: int, after: int) -> bool:
        """Whether all of something is said to have been done: a word of doing in the past right before it, or behind it with no comma
        between ("đã hoàn thành toàn bộ các biện pháp", "all action lines of the plan have been carried out")."""
        if self.not_all.search(clause.text[:at]):
            return False
        for deed in self.deeds(clause, at, after):
            if deed.end() <= at and not clause.text[deed.end() : at].strip() and self.past.search(clause.text[: deed.start()]):
                return True
            between = clause.text[after : deed.start()] if deed.start() >= after else ""
            if self.past.search(between) and not re.search(r"[,:()]", between):
                return True
        return False

    def is_denied(self, clause: Clause, at: int, after: int) -> bool:
        """Whether what a figure that counts nothing of its own stands with is not done ("không thực hiện cam kết ở mức 2%")."""
        deeds = [m for m in self.deeds(clause, at, after) if m.end() <= at]
        return bool(deeds and self.not_all.search(clause.text[: deeds[-1].start()]))

    def deed(self, clause: Clause, at: int, after: int) -> re.Match[str] | None:
        """The nearest word of doing, unless it is a purpose ("để triển khai") or another figure's."""
        return min(self.deeds(clause, at, after), key=lambda m: (distance_to(m, at, after), m.start()), default=None)

    def deeds(self, clause: Clause, at: int, after: int, *, purposes: bool = False) -> list[re.Match[str]]:
        return [
            m
            for m in self.verbs.finditer(clause.text)
            if distance_to(m, at, after) <= NEAR
            and (purposes or not self.purpose.search(clause.text, max(0, m.start() - 16), m.start()))
            and not any(min(after, m.end()) <= start and end <= max(at, m.start()) for start, end in clause.others)
        ]

    def is_remaining(self, clause: Clause, at: int, after: int) -> bool:
        """A word of what is left that is nearer to this figure than to any other, between the same commas unless those hold no deed."""
        start, end = comma_part(clause.text, at, after)
        own_deed = any(start <= m.start() < end for m in self.deeds(clause, at, after))
        for match in self.remaining.finditer(clause.text):
            distance = distance_to(match, at, after)
            if own_deed and not start <= match.start() < end:
                continue
            if match.start() >= after and self._number.match(clause.text, match.end()):  # "the remaining nine" are others
                continue
            between = clause.text[min(after, match.end()) : max(at, match.start())]
            if distance <= 60 and not re.search(r"\d", between) and all(distance_to(match, *other) >= distance for other in clause.others):
                return True
        return False

    def is_future(self, clause: Clause, at: int, after: int) -> bool:
        """Whether it is to be done only. A word inside what is counted, done or said says nothing of it ("lời hứa", "on track to be met",
        "it can be said that")."""
        start, end = comma_part(clause.text, at, after)
        lines = [m.span() for pattern in (self.lines, self.verbs, self.sayings) for m in pattern.finditer(clause.text, start, end)]
        wishes = self.future.finditer(clause.text, start, end)
        if any(not any(a <= m.start() and m.end() <= b for a, b in lines) for m in wishes):
            return True
        return bool(self.conditions.search(clause.text))

    def verb(self, clause: Clause, at: int, after: int, *, remaining: bool) -> ProgressVerb | None:
        """What is said to have happened. "Completed or in progress" is under way; "being addressed" is addressed."""
        deeds = sorted(
            self.deeds(clause, at, after) or self.deeds(clause, at, after, purposes=True), key=lambda m: distance_to(m, at, after)
        )
        part = comma_part(clause.text, at, after)
        if self._counted_deed.match(clause.text, after):
            deeds = [m for m in deeds if m.start() >= after] or deeds
        elif rated := self._verb_of_rate(clause.text[:at], last=True):
            return rated
        beside_it = [m for m in deeds if part[0] <= m.start() < part[1] and m.group() in self.verb_of]
        if beside_it or remaining:
            deeds = beside_it
        verbs = [(m, self.verb_of.get(m.group())) for m in deeds]
        nearest = next((m for m, verb in verbs if verb), None)
        if nearest is None:
            return self._verb_of_rate(clause.text[:at])
        beside = {verb for m, verb in verbs if abs(m.start() - nearest.start()) <= 40 and (m.start() < at) is (nearest.start() < at)}
        for verb in (ProgressVerb.ADDRESSED, ProgressVerb.UNDER_WAY):
            if verb in beside:
                return verb
        return self.verb_of[nearest.group()]

    def _verb_of_rate(self, before: str, *, last: bool = False) -> ProgressVerb | None:
        """What the rate named last says ("the implementation rate fell short of the target, reaching 89 per cent"); with `last` only where
        no other verb stands between it and the figure."""
        rate = max(self.rates.finditer(before), key=lambda m: m.end(), default=None)
        said = self.verbs.search(rate.group()) if rate else None
        if last and rate and any(m.group() in self.verb_of for m in self.verbs.finditer(before, rate.end())):
            return None
        return self.verb_of.get(said.group()) if said else None
