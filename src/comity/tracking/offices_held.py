"""Offices that documents give people, against the offices the knowledge files say they held: another high office, or out of its term.

In comes a view; out come the mentions that do not fit. Only offices that nobody holds two of count (president, prime minister ...), without
"former" or "deputy" before them, and only where the knowledge gives the dates. A text may well call somebody by an office held before; so
a term is held only against the day of an event in which the person acts in the same sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.knowledge.schema import Holding
from comity.languages import load_words
from comity.reading.name_words import TitleWords
from comity.reading.progress_words import alternatives
from comity.records import ActorId, EventReport, LanguageCode, Status
from comity.register import Found, View
from comity.register.parts import in_parts
from comity.register.schema import FINDINGS
from comity.register.words import sentence_around
from comity.tracking.sayings import ContradictionWords

HIGH = ("president", "vice-president", "prime-minister", "secretary-general")
"""Titles (keys of the languages' titles) that are held against each other. Chancellors, princes and sultans count as prime ministers or
monarchs in the knowledge files, so that their own titles would seem to contradict them."""

USUAL = 2
"""Sources that give a person an office which the knowledge files do not: then it is how the office is called ("President" of the
Government of Spain), no slip."""

GRACE = timedelta(days=45)
"""An office may be given some weeks before it is taken and after it is left."""


Acting = dict[tuple[str, ActorId], list[EventReport]]
"""What somebody did on a day, by document and person."""


class Misfit(Struct, frozen=True, kw_only=True):
    """A mention of an office; `when` is the day of the event it stands with, where the term is what does not fit."""

    person: ActorId
    found: Found
    when: IsoDate | None
    details: dict[str, str]


def offices_against_terms(view: View, knowledge: Knowledge) -> Iterator[Misfit]:
    """The first mention of each person and office that does not fit, document by document."""
    held = sorted(person.id for person in knowledge.actors.values() if person.offices)
    mentions = list(view.findings_where("offices", FINDINGS["offices"].c.person.in_(held)))
    acting = _acting(view, mentions)
    told: set[tuple[str, str, str]] = set()
    misfits: list[tuple[str, str, Misfit]] = []
    for found in mentions:
        person = knowledge.actors[found.finding.person]
        if not found.document.published:
            continue
        title = _title(found.finding.evidence.quote, found.document.language)
        key = (found.document.family, found.finding.person, title or "")
        if title is None or key in told:
            continue
        if misfit := _another_office(found, title, person.offices) or _out_of_term(found, title, person.offices, acting, view):
            told.add(key)
            misfits.append((found.document.family, title, misfit))
    families: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for family, title, misfit in misfits:
        families[misfit.person, title].add(family)
    yield from (one for _, title, one in misfits if one.when is not None or len(families[one.person, title]) < USUAL)


def _acting(view: View, mentions: Iterable[Found]) -> Acting:
    """What people did on a day, by the documents that name their offices."""
    named = {(one.document.id, one.finding.person) for one in mentions}
    acting: Acting = defaultdict(list)
    for some in in_parts(sorted({document for document, _ in named})):
        for found in view.findings_where("events", view.asking.documents.c.id.in_(some)):
            doing: EventReport = found.finding
            if doing.when and doing.status is Status.HAPPENED and first_day(doing.when) == last_day(doing.when):
                for person in {(found.document.id, party) for party in (*doing.source, *doing.target)} & named:
                    acting[person].append(doing)
    return acting


def _another_office(found: Found, title: str, held: tuple[Holding, ...]) -> Misfit | None:
    """The person held another of these offices for the same state then, and never this one."""
    day = last_day(found.document.published or "")
    now = [
        one for one in held if one.since and first_day(one.since) + GRACE <= day and (not one.until or day + GRACE <= last_day(one.until))
    ]
    high = [one for one in now if one.title in HIGH]
    if any(one.title == title for one in held) or len(high) != 1 or found.finding.of not in (high[0].of, None):
        return None
    details = {"office": high[0].title, "since": high[0].since or "", "until": high[0].until or "", "source": high[0].source or ""}
    return Misfit(person=found.finding.person, found=found, when=None, details=details)


def _out_of_term(found: Found, title: str, held: tuple[Holding, ...], acting: Acting, view: View) -> Misfit | None:
    terms = [one for one in held if one.title == title]
    if not terms or any(one.since is None for one in terms):
        return None
    doings = acting.get((found.document.id, found.finding.person), [])
    document = view.document(found.document.id) if doings else None
    if document is None:
        return None
    words = found.finding.evidence
    start, end = sentence_around(document.text, words.start, words.end)
    for doing in doings:
        when = doing.when
        if when is None or not start <= doing.evidence.start < end:
            continue
        if first_day(when) == last_day(when) and not any(_covers(one, first_day(when)) for one in terms):
            term = terms[0]
            details = {"date": when, "since": term.since or "", "until": term.until or ""}
            return Misfit(person=found.finding.person, found=found, when=when, details=details)
    return None


def _covers(one: Holding, day: date) -> bool:
    since = first_day(one.since) - GRACE if one.since else date.min
    return since <= day <= (last_day(one.until) + GRACE if one.until else date.max)


def _title(quote: str, language: LanguageCode) -> str | None:
    """The key of the one high office that the words name, None where they name none, several, or a former or deputy one."""
    titles, former = _titles(language)
    folded = fold(quote)
    if former.search(folded):
        return None
    found = {key for key, pattern in titles.items() if pattern.search(folded)}
    return found.pop() if len(found) == 1 else None


@cache
def _titles(language: LanguageCode) -> tuple[dict[str, re.Pattern[str]], re.Pattern[str]]:
    words = load_words(language, "titles", TitleWords)
    former = load_words(language, "contradictions", ContradictionWords).former
    high = {key: re.compile(rf"(?<!\w)(?:{alternatives(words.offices[key])})(?!\w)") for key in HIGH if key in words.offices}
    return high, re.compile(rf"(?<!\w)(?:{alternatives(former)})(?!\w)")
