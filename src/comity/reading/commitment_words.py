"""The words around undertakings: in comes a language, out come the lists of its `commitments.yaml`, ready to be found among words."""

from functools import cache
from typing import NamedTuple

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.reading.cues import Phrases, cue_words
from comity.records import LanguageCode


class CommitmentWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `languages/*/commitments.yaml`; the file says what each list is for."""

    modals: tuple[str, ...]
    openers: tuple[str, ...]
    joiners: tuple[str, ...]
    due: tuple[str, ...]
    made: tuple[str, ...]
    verbs: tuple[str, ...]
    past: tuple[str, ...]
    of: tuple[str, ...]
    owners: tuple[str, ...]
    we: tuple[str, ...]
    me: tuple[str, ...]
    beside: tuple[str, ...]
    joint: tuple[str, ...]
    joint_beside: tuple[str, ...]
    negations: tuple[str, ...]
    alternatives: tuple[str, ...]
    supposed: tuple[str, ...]
    not_supposed: tuple[str, ...]
    foreseen: tuple[str, ...]
    needs: tuple[str, ...]
    future: tuple[str, ...]
    duties: tuple[str, ...]
    kept: tuple[str, ...]
    conditions: tuple[str, ...]
    then: tuple[str, ...]
    against: tuple[str, ...]
    places: tuple[str, ...]
    companions: tuple[str, ...]
    forbidden: tuple[str, ...]
    shunned: tuple[str, ...]
    harms: tuple[str, ...]
    hopes: tuple[str, ...] = ()
    hoping: tuple[str, ...] = ()
    led_by: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    done_to: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    principled: tuple[str, ...] = ()


class CommitmentPhrases(NamedTuple):
    """The same, ready to be found among a page's words."""

    modals: Phrases[str]
    openers: Phrases[str]
    joiners: Phrases[str]
    verbs: Phrases[str]
    past: Phrases[str]
    taken_back: Phrases[str]
    """With the list each is of: `negations`, `supposed`, `not_supposed`, `foreseen`, `kept`, `conditions`, `hopes`, `principles` or
    `shunned`."""
    forbidden: Phrases[str]
    principled: Phrases[str]
    harms: Phrases[str]
    against: frozenset[str]
    """All forms of the verbs that report what their speaker is against."""


def commitment_words(language: LanguageCode) -> CommitmentWords:
    """The language's words around undertakings."""
    return load_words(language, "commitments", CommitmentWords)


@cache
def commitment_phrases(language: LanguageCode) -> CommitmentPhrases:
    """The language's words around undertakings, to be found."""
    words = commitment_words(language)
    modals, openers, joiners, verbs, past = (
        Phrases((phrase, phrase) for phrase in phrases) for phrases in (words.modals, words.openers, words.joiners, words.verbs, words.past)
    )
    taken_back = {
        name: getattr(words, name)
        for name in ("negations", "supposed", "not_supposed", "foreseen", "kept", "conditions", "hopes", "principles", "shunned")
    }
    reporting = cue_words(language)
    against = {form for cue in reporting.cues if not set(words.against).isdisjoint(cue.forms) for form in cue.forms}
    return CommitmentPhrases(
        modals,
        openers,
        joiners,
        verbs,
        past,
        Phrases((phrase, kind) for kind, phrases in taken_back.items() for phrase in phrases),
        Phrases((phrase, phrase) for phrase in words.forbidden),
        Phrases((phrase, phrase) for phrase in words.principled),
        Phrases((phrase, phrase) for phrase in words.harms),
        frozenset(fold(form) for form in (*against, *reporting.denials, *reporting.rejections)),
    )
