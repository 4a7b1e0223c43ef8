"""By whom a joint text is, as its title tells: "Joint Statement between Peru and Norway", "Tuyên bố chung Lào - Việt Nam".

In: a document and the grammar of names. Out: the parties, none where the title calls the text no joint one or names fewer than two beside
the words that do; and, for a transcript, whose offices the title tells ("Remarks by Vice President Lund"). A title proves nothing by
itself; it tells who "we" are in the text, and who is "THE VICE PRESIDENT:".
"""

import re
from collections.abc import Iterator

from comity.knowledge.folded import fold
from comity.reading.commitment_words import commitment_words
from comity.reading.cues import Phrases, cue_words
from comity.reading.mentions import Form, Mention, Mentions
from comity.reading.names import NameGrammar
from comity.reading.page import WORD, Page
from comity.records import ActorId, ActorType, Document

DASHES = ("-", "–", "—")
OFFICE_LABEL = re.compile(r"(?m)^[\s*_>]*THE [A-Z][A-Z .-]{3,40}:")


def titled(document: Document, names: NameGrammar, abbreviations: frozenset[str]) -> tuple[ActorId, ...]:
    """Those whose joint text it is by its title."""
    if not document.title:
        return ()
    words = commitment_words(document.language)
    page = Page(Document(id=document.id, text=document.title, language=document.language), abbreviations)
    calls = [
        (page.tokens[one.first].start, page.tokens[one.after - 1].end) for one in Phrases((p, 1) for p in words.joint).find(page.tokens)
    ]
    if not calls:
        return ()
    beside = frozenset(words.joint_beside)
    for group in _joined(page, names.find(page, [])):
        start, end = group[0].outer_start, group[-1].outer_end
        for first, last in calls:
            gap = page.text[end:first] if end <= first else page.text[last:start]
            if beside.issuperset(WORD.findall(fold(gap))):
                return tuple(dict.fromkeys(actor for one in group for actor in one.actors))
    return ()


def holders(document: Document, names: NameGrammar, abbreviations: frozenset[str]) -> dict[str, ActorId]:
    """Of a transcript whose labels are offices, the offices by which its title names one person each, folded."""
    if not document.title or not OFFICE_LABEL.search(document.text):
        return {}
    page = Page(Document(id=document.id, text=document.title, language=document.language, published=document.published), abbreviations)
    found: dict[str, set[ActorId]] = {}
    for office in names.find(page, []).offices:
        found.setdefault(fold(office.evidence.quote), set()).add(office.person)
    return {words: people.pop() for words, people in found.items() if len(people) == 1}


def _joined(page: Page, mentions: Mentions) -> Iterator[list[Mention]]:
    """States and bodies, or persons, two or more, that nothing but "and", a comma or a dash parts."""
    joins = {*cue_words(page.language).pairs, *DASHES}
    group: list[Mention] = []
    for mention in (one for one in mentions.all if one.form is Form.NAME and not one.nested):
        gap = fold(page.text[group[-1].outer_end : mention.outer_start]).strip() if group else ""
        persons = group and (group[-1].type is ActorType.PERSON) is not (mention.type is ActorType.PERSON)
        if group and (persons or gap not in joins):
            if len(group) > 1:
                yield group
            group = []
        group.append(mention)
    if len(group) > 1:
        yield group
