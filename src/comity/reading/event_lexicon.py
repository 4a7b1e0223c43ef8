"""The event words of a language, ready to be found: what may tell of an event, and the words about it that tell how.

In: `languages/*/events.yaml`. Out: an `EventLexicon`, which finds the words that may be triggers and the words of modality in a text.
"""

import re
from collections.abc import Collection

from msgspec import Struct

from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.languages import load_words
from comity.reading.event_groups import GroupLexicon
from comity.reading.event_words import load_kinds
from comity.records import EventType, LanguageCode, Status

NEVER = "(?!)"
"""A pattern that no text fits."""
APART = 5
"""So many words may stand between a verb of launching and the missile ("fired what may be a ballistic | missile")."""


class TypeWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`mutual`: all parties act together ("hội đàm"); `directed`: one acts, the other is acted on ("thăm"); `certain`: those of both that
    tell of an event nearly always."""

    mutual: tuple[str, ...] = ()
    directed: tuple[str, ...] = ()
    certain: tuple[str, ...] = ()


class EventWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`triggers` by type; `blocks`: longer words that hold a trigger and are none ("tổng thư ký"); `seldom`: triggers mostly of no event.
    The others are word classes: modality (`denied`, `scheduled`, `proposed`, `happened`; `..._next`: right before a trigger only;
    `held_ahead`: far behind a meeting; `called_off`: there too, unless `took_place` stands behind them; `ahead_only`: never behind a
    trigger; `no_modality`: longer words that hold one and say nothing;
    `hoped`: before what is to come, which is proposed then; `unsure_behind`: behind what may never be ("tiềm tàng");
    `fronts`: opens a sentence right before a meeting of which its main clause tells ("At the summit, they | will sign");
    `stands`: an order or ruling, of which they say nothing unless it is being made; `untrue`: denies all behind it in its clause, also
    through the words `untrue_through`; `to_come`: right behind a date that is yet to come);
    `cancels`: right before a trigger it denies that one and is none itself; `by_way`: triggers that are none before a name; `capacity`:
    right before what somebody is; `attends`: before the name of a meeting it is about; `posts`: what somebody is where a year stands right
    before ("2018 | Chair of ASEAN"); `heads`: whose name goes on with the `sittings` they head ("President of the 73rd | session");
    `perfect`: right before a trigger, of what took place on no one day; `launches`, with one of the `missiles` a few words on, tells of a
    `launch`, unless it is `launched_at` somebody; `amounts`: triggers that are none without `money` before or what is `given` behind;
    `carries_out`: verbs between "to" and a trigger; `of_years`: triggers that are none where a date is what they are about ("the
    designation of 2031 as"); what joins parties (`with_`, `between`, `toward`) or says whose it is (`of_`), `passive` ("bị", "was"; not
    behind `not_passive`, with which it is another word) and who acts then (`agent`: "bởi", "by"), `light` verbs, what opens a clause
    (`clause`), what opens none right before a verb (`infinitive`: "to"), what stands before something known (`definite`: "the"), counted
    (`determiner`: "các", "a") or remembered (`anniversary`; `#` is a figure), what looks back to the time told of before (`then`; not
    `meanwhile`), and what tells of a date that it is no event's: right before it (`compared`: "so với", or `since` with one of `firsts`
    before: "đầu tiên ... kể từ"; `deadline`: of none that happened), somewhere before (`goal`: "net zero"), with the name of a body between
    (`chair`: "Chủ tịch"), or between an event and it, which is then another's (`other`: "thảo luận về | vụ va chạm ngày 9/6")."""

    triggers: dict[EventType, TypeWords]
    blocks: tuple[str, ...] = ()
    seldom: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    scheduled: tuple[str, ...] = ()
    scheduled_next: tuple[str, ...] = ()
    held_ahead: tuple[str, ...] = ()
    called_off: tuple[str, ...] = ()
    took_place: tuple[str, ...] = ()
    ahead_only: tuple[str, ...] = ()
    no_modality: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()
    hoped: tuple[str, ...] = ()
    unsure_behind: tuple[str, ...] = ()
    proposed_next: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    happened: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    by_way: tuple[str, ...] = ()
    capacity: tuple[str, ...] = ()
    attends: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    sittings: tuple[str, ...] = ()
    fronts: tuple[str, ...] = ()
    untrue: tuple[str, ...] = ()
    untrue_through: tuple[str, ...] = ()
    to_come: tuple[str, ...] = ()
    perfect: tuple[str, ...] = ()
    launches: tuple[str, ...] = ()
    missiles: tuple[str, ...] = ()
    launch: str = ""
    launched_at: tuple[str, ...] = ()
    of_years: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    carries_out: tuple[str, ...] = ()
    passive: tuple[str, ...] = ()
    not_passive: tuple[str, ...] = ()
    agent: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    of_: tuple[str, ...] = ()
    toward: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    clause: tuple[str, ...] = ()
    infinitive: tuple[str, ...] = ()
    definite: tuple[str, ...] = ()
    determiner: tuple[str, ...] = ()
    anniversary: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    meanwhile: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    firsts: tuple[str, ...] = ()
    deadline: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    goal: tuple[str, ...] = ()
    chair: tuple[str, ...] = ()


LAUNCHED = ((EventType.MOBILIZE, False),)
MODALITY = ("denied", "scheduled", "proposed", "happened")
SILENT = "no_modality"
CLASSES = ("clause", *MODALITY, "light", "toward", "of_", "between", "with_", "agent", "passive")
"""Of a word of several classes the last one counts: "của" opens a phrase, but above all says whose it is."""


class EventLexicon:
    """The event words of a language, ready to be found; `without` are words that it must not know of a type."""

    def __init__(self, language: LanguageCode, without: Collection[tuple[EventType, str]] = ()) -> None:
        words = load_words(language, "events", EventWords)
        listed = [
            (word, (kind, mutual))
            for kind, lists in words.triggers.items()
            for mutual, names in ((True, lists.mutual), (False, lists.directed))
            for word in names
            if (kind, word) not in without
        ]
        self._triggers: Matcher[tuple[EventType, bool] | None] = Matcher([*listed, *((word, None) for word in words.blocks)])
        self._certain = {(kind, fold(word)) for kind, lists in words.triggers.items() for word in lists.certain}
        self.cancels = {fold(word) for word in words.cancels}
        self.by_way = {fold(word) for word in words.by_way}
        self.capacity = re.compile(rf"(?<!\w)(?:{_alternatives(words.capacity)})(?!\w)")
        self.attends = {fold(word) for word in words.attends}
        self.posts, self.sittings = {fold(word) for word in words.posts}, {fold(word) for word in words.sittings}
        self._post = re.compile(rf"\s+(?:{_alternatives(words.posts)})(?!\w)")
        self.heads = re.compile(rf"(?<!\w)(?:{_alternatives(words.heads)})(?:\s+[\w-]+){{0,4}}\s+\Z")
        self.fronts = _right_before(words.fronts)
        self.joined_to = re.compile(rf"\s*(?:[\w\s]+\s(?:{_alternatives(words.with_)})\s+)?")
        self.untrue, self.untrue_through = _any_of(words.untrue), {fold(word) for word in words.untrue_through}
        self.to_come, self.perfect = _right_behind(words.to_come), _right_before(words.perfect)
        self.launch, self.of_years = fold(words.launch), {fold(word) for word in words.of_years}
        self.amounts, self.carries_out = {fold(word) for word in words.amounts}, {fold(word) for word in words.carries_out}
        self.money = re.compile(rf"{_alternatives(words.money)}")
        self.given = re.compile(rf"(?<!\w)(?:{_alternatives(words.given)})(?!\w)")
        self._missiles = tuple(fold(word) for word in words.missiles)
        self._launches = re.compile(
            rf"(?<!\w)(?:{_alternatives(words.launches)})\s+(?:[\w-]+\s+){{0,{APART}}}?(?:{_alternatives(words.missiles)})"
            rf"(?!\w)(?!\s+(?:{_alternatives(words.launched_at)})(?!\w))"
        )
        self._seldom = {fold(word) for word in words.seldom}
        self.infinitive = {fold(word) for word in words.infinitive}
        self.not_passive = {fold(word) for word in words.not_passive}
        self.definite = {fold(word) for word in words.definite}
        self.determiners = {fold(word) for word in words.determiner}
        self.right_before = (
            (Status.SCHEDULED, _right_before(words.scheduled_next)),
            (Status.PROPOSED, _right_before(words.proposed_next)),
        )
        self.held_ahead = _any_of(words.held_ahead)
        self.called_off, self.took_place = _any_of(words.called_off), _any_of(words.took_place)
        self.hoped, self.unsure_behind = _any_of(words.hoped), _any_of(words.unsure_behind)
        self.stands = {fold(word) for word in words.stands}
        self.ahead_only = {fold(word) for word in words.ahead_only}
        self.anniversary, self.then, self.meanwhile = _any_of(words.anniversary), _any_of(words.then), _any_of(words.meanwhile)
        self.since, self.firsts = _right_before(words.since), _any_of(words.firsts)
        self.deadline, self.other = _right_before(words.deadline), _any_of(words.other)
        self.compared, self.goal, self.chair = _right_before(words.compared), _any_of(words.goal), _before_a_name(words.chair)
        self._modality: Matcher[str] = Matcher((word, name) for name in (*MODALITY, SILENT) for word in getattr(words, name))
        self.kinds = load_kinds(language)
        self.groups = GroupLexicon(language)
        self.classes = {fold(word): name for name in CLASSES for word in getattr(words, name)}
        self.opens = {fold(word) for word in words.clause}

    def triggers(self, text: Folded) -> list[tuple[int, int, tuple[tuple[EventType, bool], ...]]]:
        """Longest matches that are no blocked word; a launch of missiles is one, whatever words stand inside it."""
        found = [(m.start, m.end, tuple(v for v in m.values if v)) for m in self._triggers.find(text) if None not in m.values]
        if not any(missile in text.folded for missile in self._missiles):
            return found
        launches = [(m.start(), m.end(), LAUNCHED) for m in self._launches.finditer(text.folded)]
        return sorted([*launches, *(one for one in found if not any(s < one[1] and one[0] < e for s, e, _ in launches))])

    def is_launch(self, word: str) -> bool:
        """Whether the words of a trigger tell of a launch of missiles."""
        return self._launches.fullmatch(word) is not None

    def sign(self, kind: EventType, word: str) -> str:
        """Whether a folded word tells of an event of the type nearly always, seldom, or at times."""
        return "certain" if (kind, word) in self._certain else ("seldom" if word in self._seldom else "maybe")

    def is_post(self, behind: str) -> bool:
        """Whether the text behind a year begins with what somebody is."""
        return self._post.match(behind) is not None

    def modality(self, text: Folded) -> list[tuple[int, int, str]]:
        return [(m.start, m.end, m.values[0]) for m in self._modality.find(text) if m.values[0] != SILENT]


def _any_of(words: Collection[str]) -> re.Pattern[str]:
    """Finds any of the words; `#` stands for a figure."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(words)})(?!\w)")


def _right_before(words: Collection[str]) -> re.Pattern[str]:
    """Finds any of the words where nothing but blanks follows before the end of the search."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(words)})\s+\Z")


def _right_behind(words: Collection[str]) -> re.Pattern[str]:
    """Matches any of the words at the place where the search begins, at the end of a clause."""
    return re.compile(rf"\s+(?:{_alternatives(words)})(?=\s*[.,;)\n]|\s*\Z)")


def _before_a_name(words: Collection[str]) -> re.Pattern[str]:
    """Finds any of the words where one to three others, its group, follow before the end of the search ("chairman | of ASEAN in"), or a
    longer name with its acronym ("Chủ tịch | Hội đồng Bảo an Liên hợp quốc (HĐBA)")."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(words)})((?:\s+[\w-]+){{1,3}}|(?:\s+[\w-]+){{2,9}}\s+\(\w+\))\s+\Z")


def _alternatives(words: Collection[str]) -> str:
    return "|".join(re.escape(fold(word)).replace(r"\#", "[0-9]+") for word in words) or NEVER
