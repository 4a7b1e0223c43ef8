"""What in a sentence shows that a capitalised name nobody knows is a person's: "Lilia Burunciuc said", "its president, Ana Tavares, ...".

In come a text and a candidate, out comes whether the words beside it attest a person. Only persons say, add and tell in newspapers under
two names or more; bodies that do are told by their words (`languages/*/names.yaml`).
"""

import re

from comity.knowledge.folded import Folded, fold
from comity.reading.name_shapes import CAPITALS
from comity.reading.name_words import NameWords, WitnessWords
from comity.reading.person_titles import Person

MOST_WORDS = 4
REACH = 40
"""Characters before and after a name in which the words that attest it stand."""
NAME_WORD = re.compile(
    rf"(?:[{CAPITALS}][^\W\d_]*[^\W\d_{CAPITALS}][^\W\d_]*(?:[-'’][^\W\d_]+)*|[{CAPITALS}]\.|[^\W\d_{CAPITALS}]{{1,4}}-?[^\W\d]*)"
)


class PersonWitness:
    """The words of one language that attest persons; a language without such words attests none."""

    def __init__(self, words: NameWords) -> None:
        self._after = _after(words.witnesses, ()) if words.witnesses.after else None
        self._after_short = _after(words.witnesses, words.witnesses.after_short) if words.witnesses.after else None
        self._before = _before(words.witnesses) if words.witnesses.before else None
        self._foreign = _foreign(words.witnesses) if words.witnesses.foreign else None
        self._never = frozenset(words.witnesses.never)
        self._given = frozenset(words.given_names)

    def attests(self, text: Folded, person: Person) -> bool:
        """Whether the words beside a name of two to four words say that it is a person's."""
        if self._after is None or self._before is None or not self._may_be_name(person.words):
            return False
        if self._after.match(text.folded, person.end, person.end + REACH):
            return True
        if self._foreign is not None and all(map(str.isascii, person.words)) and self._foreign.match(text.folded, person.end):
            return True
        before = self._before.search(text.folded, max(0, person.start - REACH), person.start)
        return before is not None

    def attests_short(self, text: Folded, person: Person) -> bool:
        """Whether the words beside a single word, part of a person's name, say that it is a person's too."""
        if self._after_short is None or self._before is None or len(person.words) != 1:
            return False
        return bool(
            self._after_short.match(text.folded, person.end, person.end + REACH)
            or self._before.search(text.folded, max(0, person.start - REACH), person.start)
        )

    def _may_be_name(self, words: tuple[str, ...]) -> bool:
        """Whether they look like a name: words of small letters behind a capital, none of those that bodies and places end with."""
        if not 2 <= len(words) <= MOST_WORDS or not self._never.isdisjoint(words):
            return False
        return all(NAME_WORD.fullmatch(word) for word in words) and words[0][0].isupper() and len(words[-1]) > 2


def _after(words: WitnessWords, more: tuple[str, ...]) -> re.Pattern[str]:
    """ "X said", "X also said", "X, who leads", "X (Chile) said", "X, a senator, said" is left to titles."""
    verbs, adverbs = _either((*words.after, *more)), _either(words.adverbs)
    return re.compile(rf"(?:,? \([^()\n]{{2,30}}\))?,? (?:(?:{adverbs}),? )?(?:{verbs})(?!\w)")


def _foreign(words: WitnessWords) -> re.Pattern[str]:
    """ "X nói", "X, (một) quản lý khách sạn, nói", "X, 48 tuổi, nói"."""
    apposed = [rf"(?:(?:{_either(words.adverbs)}) )?(?:{_either(words.roles)})"] if words.roles else []
    apposed += [rf"\d{{1,2}} (?:{_either(words.aged)})"] if words.aged else []
    behind_comma = rf"|, (?:{'|'.join(apposed)})" if apposed else ""
    return re.compile(rf"(?: (?:{_either(words.foreign)}){behind_comma})(?!\w)")


def _before(words: WitnessWords) -> re.Pattern[str]:
    """ "said X", "according to X", "his counterpart, X"."""
    return re.compile(rf"(?<!\w)(?:{_either(words.before)}),? $")


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(fold(word)) for word in sorted(words, key=len, reverse=True))
