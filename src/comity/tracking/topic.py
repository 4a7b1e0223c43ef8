"""What a briefing is about, and what a register holds on it: a theme by its name, a plan line, a mechanism, or free words.

In comes what a person typed, in any language; out come a topic and the statements, commitments and event reports on it, near copies once.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain, islice

from msgspec import Struct

from comity.errors import BadInputError
from comity.intervals import IsoDate
from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.records import ActorId, Commitment, LinkKind, Statement
from comity.register import DocumentHead, Found, Hit, Register, View, Wanted
from comity.register.links import LinkState
from comity.register.narrow import Narrow

MOST = 1000
"""Findings of a kind in a briefing, the newest."""

KINDS = ("statements", "commitments", "events")


class TopicKind(StrEnum):
    THEME = "theme"
    LINE = "line"
    MECHANISM = "mechanism"
    WORDS = "words"


class Topic(Struct, frozen=True, kw_only=True):
    """`id` is the theme's, mechanism's or line's; `plan` is the line's plan; `words` are what was typed."""

    kind: TopicKind
    words: str
    id: str = ""
    plan: str = ""


class OnTopic(Struct, frozen=True, kw_only=True):
    """What a register holds on a topic, the newest first."""

    statements: tuple[Found, ...]
    commitments: tuple[Found, ...]
    events: tuple[Found, ...]


def topic_of(typed: str, knowledge: Knowledge) -> Topic:
    """A theme by its name or id, a mechanism, a theme by one of its terms, a line by its id (with or without `plan:`), else the words.
    Raises BadInputError where nothing is given."""
    wanted = fold(" ".join(typed.split()))
    if not wanted:
        raise BadInputError("A briefing is on something; give a theme, a meeting, a plan line or words to search for.")
    for theme in knowledge.themes.values():
        if any(fold(name) == wanted for name in chain([theme.id], *theme.names.values())):
            return Topic(kind=TopicKind.THEME, words=typed, id=theme.id)
    for mechanism in knowledge.mechanisms.values():
        names = chain([mechanism.id, mechanism.name], mechanism.acronyms, *mechanism.names.values())
        if any(fold(name) == wanted for name in names):
            return Topic(kind=TopicKind.MECHANISM, words=typed, id=mechanism.id)
    for theme in knowledge.themes.values():
        if any(fold(term) == wanted for term in chain(*theme.strong.values())):
            return Topic(kind=TopicKind.THEME, words=typed, id=theme.id)
    for plan in knowledge.plans.values():
        for section in plan.sections:
            for line in section.lines:
                if wanted in (fold(line.id), fold(f"{plan.id}:{line.id}")):
                    return Topic(kind=TopicKind.LINE, words=typed, id=line.id, plan=plan.id)
    return Topic(kind=TopicKind.WORDS, words=typed)


def on_topic(topic: Topic, register: Register, view: View, *, since: IsoDate | None = None, until: IsoDate | None = None) -> OnTopic:
    """Everything on the topic that was published between two days."""
    if topic.kind is TopicKind.LINE:
        found = {kind: _linked(topic, kind, register, view, since, until) for kind in KINDS}
    elif topic.kind is TopicKind.WORDS:
        found = {kind: _searched(topic, kind, view, since, until) for kind in KINDS}
    else:
        theme, mechanism = (topic.id, None) if topic.kind is TopicKind.THEME else (None, topic.id)
        narrow = Narrow(theme=theme, mechanism=mechanism, between=(since, until))
        found = {kind: tuple(islice(view.listed(kind, narrow), MOST)) for kind in KINDS}
    return OnTopic(statements=found["statements"], commitments=found["commitments"], events=found["events"])


def _searched(topic: Topic, kind: str, view: View, since: IsoDate | None, until: IsoDate | None) -> tuple[Found, ...]:
    """The best hits for the words, newest first, what near copies say again left out."""
    hits: list[Hit] = []
    after = None
    while len(hits) < MOST:
        page = view.search(Wanted(words=topic.words, kind=kind, since=since, until=until), limit=200, after=after)
        hits += page.hits
        after = page.next
        if after is None:
            break
    return _once(Found(hit.document, hit.finding, hit.decisions) for hit in hits)


def _linked(topic: Topic, kind: str, register: Register, view: View, since: IsoDate | None, until: IsoDate | None) -> tuple[Found, ...]:
    """The findings in whose clauses a tie to the line stands that nobody rejected."""
    places: dict[str, list[tuple[int, int]]] = {}
    heads: dict[str, DocumentHead] = {}
    for state in (LinkState.ACCEPTED, LinkState.SUGGESTED):
        for one in register.links().of_target(LinkKind.LINE, topic.id, plan=topic.plan, state=state, limit=MOST).links:
            places.setdefault(one.document.id, []).append((one.link.evidence.start, one.link.evidence.end))
            heads[one.document.id] = one.document
    found = []
    for document, spans in places.items():
        if not _between(heads[document], since, until):
            continue
        for other in view.findings_in(kind, document):
            evidence = other.finding.evidence
            if any(start < evidence.end and evidence.start < end for start, end in spans):
                found.append(other)
    return _once(found)


def _between(head: DocumentHead, since: IsoDate | None, until: IsoDate | None) -> bool:
    day = head.published or ""
    return (since is None or day >= since) and (until is None or day[: len(until)] <= until)


def _once(several: Iterable[Found]) -> tuple[Found, ...]:
    """Newest first; the same words of a family once for whoever says or undertakes them."""
    return tuple(_first_of_each(sorted(several, key=lambda one: (one.document.published or "", one.document.id), reverse=True)))


def _first_of_each(several: Iterable[Found]) -> Iterator[Found]:
    told: set[tuple[str, str, tuple[ActorId, ...]]] = set()
    for one in several:
        finding = one.finding
        who = finding.speaker if isinstance(finding, Statement) else finding.by if isinstance(finding, Commitment) else ()
        key = (one.document.family, " ".join(finding.evidence.quote.split()), who)
        if key not in told:
            told.add(key)
            yield one
