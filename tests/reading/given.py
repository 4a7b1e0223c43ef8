"""Pages and mentions given by hand, for tests of grammars that build on names."""

import unicodedata
from functools import cache

from comity.reading.dates import DateGrammar
from comity.reading.event_lexicon import EventLexicon
from comity.reading.mentions import Form, Mention, Mentions
from comity.reading.page import Page, sentence_words
from comity.records import ActorType, Document

dates_of, lexicon_of = cache(DateGrammar), cache(EventLexicon)
"""Of a language, made when the first test asks."""


def page_of(text: str, language: str, *, published: str | None = None, title: str | None = None) -> Page:
    text = unicodedata.normalize("NFC", text)
    return Page(Document(id="given", text=text, language=language, published=published, title=title), sentence_words(language))


def given_mentions(page: Page, who: dict[str, str | list[str]]) -> Mentions:
    """Each id's words wherever they stand; longer words first, so that "Ông" inside "Ông Nam" is no second mention."""
    words = sorted(
        ((name, actor) for actor, names in who.items() for name in ([names] if isinstance(names, str) else names)),
        key=lambda pair: -len(pair[0]),
    )
    found: list[Mention] = []
    for name, actor in words:
        start = page.text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(mention.start < end and start < mention.end for mention in found):
                found.append(_mention(start, end, actor))
            start = page.text.find(name, end)
    return Mentions(found)


def shared_words(one: str, other: str) -> float:
    """The share of the words of both that stand in both."""
    a, b = one.split(), other.split()
    common = len(set(a) & set(b))
    return common / max(1, len(set(a) | set(b)))


def _mention(start: int, end: int, actor: str) -> Mention:
    if actor.startswith("group:"):
        kind, form = ActorType.ORGANISATION, Form.GROUP
    elif actor.isupper():
        kind, form = ActorType.STATE if len(actor) == 3 else ActorType.ORGANISATION, Form.NAME
    else:
        kind, form = ActorType.PERSON, Form.NAME
    return Mention(start=start, end=end, outer_start=start, outer_end=end, actors=(actor,), type=kind, form=form)
