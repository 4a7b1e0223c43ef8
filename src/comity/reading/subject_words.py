"""What a subject is, and the words for those without a name: in comes a language, out come the lists of its `subjects.yaml`, ready to be
found among words."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from comity.languages import load_words
from comity.reading.cues import Phrases
from comity.reading.mentions import Mention
from comity.reading.page import Token
from comity.records import Act, LanguageCode


class Kind(StrEnum):
    """Who or what the subject is."""

    NONE = ""
    """Nothing stands there: the subject is dropped or unknown."""
    NAMED = "named"
    """A mention, with no other head before it."""
    PEOPLE = "people"
    THING = "thing"
    UNKNOWN = "unknown"
    """A name that nobody knows."""
    DESCRIBED = "described"
    """Something or somebody that is no known word: "the two ports"."""
    SELF = "self"
    """The writer or the one whose turn it is ("I", "we")."""
    HEARER = "hearer"
    ANAPHOR = "anaphor"
    """The one spoken of before: "chuyên gia này", "the official"."""
    PASSIVE = "passive"
    """The subject is spoken to or of."""


class Subject(NamedTuple):
    """The subject of a cue; `mention` is the party named as such, `sure` where it begins the clause and the verb follows; `head` are the
    words of people without a name, or of a thing; `of` is named in the words for what has no name itself: "a health post in Peru"."""

    kind: Kind
    mention: Mention | None = None
    sure: bool = False
    head: str = ""
    of: Mention | None = None


NO_SUBJECT = Subject(Kind.NONE)


class SubjectWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `languages/*/subjects.yaml`; the file says what each list is for."""

    people: tuple[str, ...]
    circles: tuple[str, ...]
    things: tuple[str, ...]
    first_persons: tuple[str, ...]
    second_persons: tuple[str, ...]
    askers: tuple[str, ...]
    anaphors: tuple[str, ...]
    one_of: tuple[str, ...]
    treaties: tuple[str, ...]
    no_heads: tuple[str, ...]
    possessives: tuple[str, ...]
    modifying: tuple[str, ...]
    backing: tuple[str, ...]
    private: tuple[str, ...]
    clauses: tuple[str, ...]
    passives: tuple[str, ...]
    agents: tuple[str, ...]
    infinitives: tuple[str, ...]
    source_behind: tuple[str, ...]
    articles: tuple[str, ...]
    parentheses: tuple[str, ...]
    participles: tuple[str, ...]
    openers: tuple[str, ...]
    agents_behind: tuple[str, ...]
    indefinite: tuple[str, ...]
    replies: tuple[str, ...]
    answerers: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    never_passive: tuple[Act, ...] = ()
    progressives: tuple[str, ...] = ()
    issuing: tuple[str, ...] = ()
    issued: tuple[str, ...] = ()
    issued_marks: tuple[str, ...] = ()
    continuing: tuple[str, ...] = ()
    acting_as: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    own_words: tuple[str, ...] = ()
    anybody: tuple[str, ...] = ()
    resuming: tuple[str, ...] = ()
    cited_as: tuple[str, ...] = ()
    citing: tuple[str, ...] = ()
    still: tuple[str, ...] = ()
    whereat: tuple[str, ...] = ()
    definite: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    own_infinitive: tuple[str, ...] = ()
    parting: tuple[str, ...] = ()
    fronts: tuple[str, ...] = ()
    in_lists: tuple[str, ...] = ()
    wishing: tuple[str, ...] = ()
    authored: tuple[str, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    inverted: tuple[str, ...] = ()


class Starts:
    """Cues by their first words: "theo" begins "theo tiết lộ" too."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self._firsts = {tuple(phrase.split()) for phrase in phrases}

    def starts(self, tokens: Sequence[Token], index: int) -> bool:
        return any(tuple(token.folded for token in tokens[index : index + len(words)]) == words for words in self._firsts)


class SubjectPhrases(NamedTuple):
    """The same, ready to be found among a page's words; a head has its kind, and whether it is of whoever is named right behind it."""

    heads: Phrases[tuple[Kind, bool]]
    possessives: Phrases[int]
    modifying: frozenset[str]
    backing: Phrases[int]
    one_of: frozenset[str]
    anybody: frozenset[str]
    treaties: frozenset[str]
    private: frozenset[str]
    clauses: Phrases[int]
    passives: frozenset[str]
    progressives: tuple[str, ...]
    issuing: Phrases[int]
    issued: Phrases[int]
    issued_marks: frozenset[str]
    agents: frozenset[str]
    infinitives: frozenset[str]
    source_behind: Starts
    articles: frozenset[str]
    askers: frozenset[str]
    selves: frozenset[str]
    parentheses: frozenset[str]
    participles: tuple[str, ...]
    openers: frozenset[str]
    agents_behind: frozenset[str]
    indefinite: frozenset[str]
    replies: frozenset[str]
    answerers: frozenset[str]
    plurals: frozenset[str]
    receivers: frozenset[str]
    groups: frozenset[str]
    pronouns: frozenset[str]
    relatives: Phrases[int]
    never_passive: frozenset[Act]
    continuing: frozenset[str]
    acting_as: frozenset[str]
    speaks_for: frozenset[str]
    papers: frozenset[str]
    own_words: frozenset[str]
    resuming: Phrases[int]
    cited_as: frozenset[str]
    citing: frozenset[str]
    still: frozenset[str]
    whereat: frozenset[str]
    definite: frozenset[str]
    meetings: Phrases[int]
    own_infinitive: frozenset[str]
    parting: frozenset[str]
    fronts: frozenset[str]
    in_lists: frozenset[str]
    wishing: frozenset[str]
    authored: Phrases[int]
    auxiliaries: frozenset[str]
    many: frozenset[str]
    inside: frozenset[str]
    inverted: frozenset[str]


@cache
def subject_phrases(language: LanguageCode) -> SubjectPhrases:
    """The language's words for subjects, to be found."""
    words = load_words(language, "subjects", SubjectWords)
    heads: dict[str, tuple[Kind, bool]] = {}
    for kind, phrases in (
        (Kind.THING, words.things),
        (Kind.PEOPLE, words.people),
        (Kind.SELF, words.first_persons),
        (Kind.HEARER, words.second_persons),
    ):
        heads |= dict.fromkeys(phrases, (kind, False))
    heads |= dict.fromkeys(words.circles, (Kind.PEOPLE, True))
    heads |= dict.fromkeys(words.anaphors, (Kind.ANAPHOR, False)) | dict.fromkeys(words.no_heads, (Kind.NONE, False))
    return SubjectPhrases(
        Phrases(heads.items()),
        Phrases((phrase, 1) for phrase in words.possessives),
        frozenset(words.modifying),
        Phrases((phrase, 1) for phrase in words.backing),
        frozenset(words.one_of),
        frozenset(words.anybody),
        frozenset(words.treaties),
        frozenset(words.private),
        Phrases((phrase, 1) for phrase in words.clauses),
        frozenset(words.passives),
        words.progressives,
        Phrases((phrase, 1) for phrase in words.issuing),
        Phrases((phrase, 1) for phrase in words.issued),
        frozenset(words.issued_marks),
        frozenset(words.agents),
        frozenset(words.infinitives),
        Starts(words.source_behind),
        frozenset(words.articles),
        frozenset(words.askers),
        frozenset(words.first_persons),
        frozenset(words.parentheses),
        words.participles,
        frozenset(words.openers),
        frozenset(words.agents_behind),
        frozenset(words.indefinite),
        frozenset(words.replies),
        frozenset(words.answerers),
        frozenset(words.plurals),
        frozenset(words.receivers),
        frozenset(words.groups),
        frozenset(words.pronouns),
        Phrases((phrase, 1) for phrase in words.relatives),
        frozenset(words.never_passive),
        frozenset(words.continuing),
        frozenset(words.acting_as),
        frozenset(words.speaks_for),
        frozenset(words.papers),
        frozenset(words.own_words),
        Phrases((phrase, 1) for phrase in words.resuming),
        frozenset(words.cited_as),
        frozenset(words.citing),
        frozenset(words.still),
        frozenset(words.whereat),
        frozenset(words.definite),
        Phrases((phrase, 1) for phrase in words.meetings),
        frozenset(words.own_infinitive),
        frozenset(words.parting),
        frozenset(words.fronts),
        frozenset(words.in_lists),
        frozenset(words.wishing),
        Phrases((phrase, 1) for phrase in words.authored),
        frozenset(words.auxiliaries),
        frozenset(words.many),
        frozenset(words.inside),
        frozenset(words.inverted),
    )
