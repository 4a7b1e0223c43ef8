"""What a copy of a release says otherwise than the one that stands for its family: as sentences of a language, and as a JSON object."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from comity.languages import load_words
from comity.publishing.labels import Labels
from comity.publishing.naming import called
from comity.records import Span
from comity.register import Difference, DifferenceKind, DocumentHead, View
from comity.register.copies import Changed, changed_from_named
from comity.register.translations import Translation

TELLING = (DifferenceKind.FIGURE, DifferenceKind.DATE, DifferenceKind.NAME)
"""What matters most, the first first; other words are shown where the whole copy is."""

LONGEST = 120
"""Letters of a stretch that a sentence repeats."""


class CopyWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The language's file."""

    other: str
    dropped: str
    added: str
    copy_of: str
    translation: str
    title: str
    lead: str
    more: str
    shared: str
    decide: str
    none: str


class ChangedSentences:
    """Writes them in one language."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self.words = load_words(labels.language, "copies", CopyWords)

    def head(self, changed: Changed) -> str:
        """Of what it is a copy."""
        form = self.words.copy_of if changed.named.language == changed.copy.language else self.words.translation
        return form.format(named=self._who(changed.named))

    def say(self, changed: Changed, most: int) -> list[str]:
        """The first differences of figures, dates and names, and how many are left out."""
        told = list(_telling(changed))
        rest = [self.words.more.format(n=self._labels.number(len(told) - most))] if len(told) > most else []
        return [self._difference(changed, one) for one in told[:most]] + rest

    def _difference(self, changed: Changed, one: Difference) -> str:
        form = self.words.other if one.first and one.second else self.words.dropped if one.first else self.words.added
        first, second = _short(one.first_words), _short(one.second_words)
        return form.format(who=self._who(changed.copy), named=self._who(changed.named), first=first, second=second)

    def document(self, head: DocumentHead) -> str:
        """A document by publisher, date and title."""
        return f"{self._who(head)}: {called(head)}"

    def shared(self, pair: Translation) -> str:
        """Why two documents may be one in two languages."""
        both, number = pair.shared, self._labels.number
        return self.words.shared.format(actors=number(len(both.actors)), dates=number(len(both.dates)), figures=number(len(both.figures)))

    def _who(self, document: DocumentHead) -> str:
        publisher = document.publisher or called(document)
        return self._labels.say("source_in_brackets", publisher=publisher, date=self._labels.date(document.published))


def changed_record(changed: Changed) -> dict[str, Any]:
    """{"named": {"id", "publisher", "published"}, "differences": [{"kind", "first", "second"}]}; a side that has nothing there is null."""
    named = changed.named
    return {
        "named": {"id": named.id, "title": named.title, "publisher": named.publisher, "published": named.published},
        "differences": [
            {"kind": one.kind, "first": _side(one.first, one.first_words), "second": _side(one.second, one.second_words)}
            for one in changed.differences
        ],
    }


def changed_copies(view: View, heads: Iterator[DocumentHead], most: int) -> Iterator[Changed]:
    """The first copies among some documents that have figures, dates or names otherwise."""
    for head in heads:
        if most and (changed := changed_from_named(view, head.id)) and any(_telling(changed)):
            most -= 1
            yield changed


def _telling(changed: Changed) -> Iterator[Difference]:
    for kind in TELLING:
        yield from (one for one in changed.differences if one.kind is kind)


def _side(span: Span | None, words: str) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "words": words} if span else None


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST].rsplit(' ', 1)[0]} …"
