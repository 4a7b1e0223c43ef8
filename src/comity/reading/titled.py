"""By whom a joint text is, as its title tells: "Joint Statement between Peru and Norway", "Tuyên bố chung Lào - Việt Nam".

In: a document and the grammar of names. Out: the parties, none where the title calls the text no joint one or names fewer than two beside
the words that do; for a transcript, whose offices the title tells ("Remarks by Vice President Lund"); and the one person whose statement
it is. A title proves nothing by itself; it tells who "we" are in the text, and who is "THE VICE PRESIDENT:".
"""

import re
from collections.abc import Iterator

from comity.knowledge.folded import fold
from comity.reading.commitment_words import commitment_words
from comity.reading.cues import Phrases, cue_words
from comity.reading.mentions import Form, Mention, Mentions
from comity.reading.names import NameGrammar
from comity.reading.page import WORD, Page
from comity.reading.subject_words import subject_phrases
from comity.records import ActorId, ActorType, Document

DASHES = ("-", "–", "—")
FARTHEST_CALL = 2
"""Words of a title before those that call it somebody's: "Press Statement by"."""
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


def author(document: Document, names: NameGrammar, abbreviations: frozenset[str]) -> tuple[ActorId, ...]:
    """The one person who says "I" and "we" in a text by its title: "Statement by Foreign Minister Ana Lund on the ports"."""
    if not document.title:
        return ()
    page = Page(Document(id=document.id, text=document.title, language=document.language, published=document.published), abbreviations)
    calls = subject_phrases(document.language).authored.find(page.tokens)
    by = next((page.tokens[one.after - 1].end for one in calls if one.first <= FARTHEST_CALL), None)
    if by is None:
        return ()
    found = names.find(page, [])
    first = next((one for one in found.all if one.outer_start >= by and not one.nested), None)
    begins = first is not None and len(WORD.findall(page.text[by : first.outer_start])) <= 1
    if first is None or not begins or first.type is not ActorType.PERSON or first.form is not Form.NAME:
        return ()
    others = {one.actors for one in found.all if one.type is ActorType.PERSON and one.outer_start > first.start and one.form is Form.NAME}
    joined = fold(page.text[first.outer_end :]).strip().split(" ", 1)[0] in {",", *cue_words(document.language).pairs}
    return () if joined and others else first.actors


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
