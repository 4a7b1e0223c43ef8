"""A briefing: what happened on a topic, who said what and changed position, what was agreed, promised and delivered, and what is open.

In comes a topic with the register's view; out comes a Brief whose every line is a finding with its document. Statements are grouped by the
state or body spoken for, the newest first, and what several say together stands once, under all of them; a change of position is where a
speaker's acts turn from one stance to another.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from comity.intervals import IsoDate
from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.reading.denials import denies
from comity.records import GROUP, Act, ActorId, EventType, Force
from comity.register import Found, Register, View
from comity.register.occurrences import bodies_served
from comity.tracking.contradiction import Contradiction
from comity.tracking.contradictions import contradictions
from comity.tracking.embedding import load_table
from comity.tracking.happenings import Happenings
from comity.tracking.occurrences import Occurrence, State
from comity.tracking.products import Floats
from comity.tracking.represented import is_official, spoken_for
from comity.tracking.topic import OnTopic, Topic, on_topic
from comity.tracking.undertaking import Standing, Undertaking
from comity.tracking.undertakings_followed import Follower

DELIVERING = (EventType.COOPERATE, EventType.AID)
"""Kinds of event by which something is done, beyond meeting and agreeing; SUPPORT is a chair taken, an election, relations established."""


class Stance(StrEnum):
    """What a speaker's acts amount to."""

    FOR = "for"
    ASKING = "asking"
    AGAINST = "against"
    TELLING = "telling"


STANCES = {
    Act.AFFIRM: Stance.FOR,
    Act.WELCOME: Stance.FOR,
    Act.AGREE: Stance.FOR,
    Act.COMMIT: Stance.FOR,
    Act.PROPOSE: Stance.ASKING,
    Act.REQUEST: Stance.ASKING,
    Act.CRITICISE: Stance.AGAINST,
    Act.INFORM: Stance.TELLING,
}


FIRM = (Stance.FOR, Stance.AGAINST)
"""Between these a turn is a change of position; asking and telling go with either."""
SAME_MATTER = 0.59
"""Least likeness of the words on which two stances are held, for one to be a turn from the other. Of 13 turns of named speakers within ten
topics of 300 statements of the White House, none of which was one, none is so much alike; of seven pairs of our own in one language on one
matter six are."""
LOOKED_BACK = 50
"""So many stances of a speaker are remembered."""


class Said(Struct, frozen=True):
    """A statement; `changed_from` is the speaker's stance before, where this one is another."""

    found: Found
    changed_from: Stance | None = None


class Voice(Struct, frozen=True):
    """What was said for one state or body, or for several together, the newest first; `actors` is empty where no speaker is named."""

    actors: tuple[ActorId, ...]
    said: tuple[Said, ...]


class Brief(Struct, frozen=True, kw_only=True):
    """All parts are the newest first, but the timeline, which is in the order of time. `reader` is the actor that the briefing is for."""

    topic: Topic
    since: IsoDate | None
    until: IsoDate | None
    reader: ActorId | None
    as_of: date
    timeline: tuple[Occurrence, ...]
    voices: tuple[Voice, ...]
    agreed: tuple[Found, ...]
    promised: tuple[Undertaking, ...]
    delivered: tuple[Occurrence, ...]
    kept: tuple[Undertaking, ...]
    asked: tuple[Found, ...]
    open: tuple[Undertaking, ...]
    overdue: tuple[Occurrence, ...]
    contradictions: tuple[Contradiction, ...]


def build_brief(
    topic: Topic,
    register: Register,
    knowledge: Knowledge,
    *,
    today: date,
    since: IsoDate | None = None,
    until: IsoDate | None = None,
    reader: ActorId | None = None,
    against: Sequence[Contradiction] | None = None,
) -> Brief:
    """The briefing on a topic for somebody, as of a day. `against` are all contradictions of the register, where they are at hand."""
    view = register.view()
    on = on_topic(topic, register, view, since=since, until=until)
    happenings = Happenings(view, knowledge, today, since=since, until=until)
    about = _about(on, happenings)
    followed = tuple(Follower(view, knowledge, happenings.keeping(on.commitments), today).follow(on.commitments))
    documents = {found.document.id for found in (*on.statements, *on.commitments, *on.events)}
    against = contradictions(view, knowledge, happenings.telling()) if against is None else against
    contrary = (one for one in against if _touches(one, documents))
    return Brief(
        topic=topic,
        since=since,
        until=until,
        reader=reader,
        as_of=today,
        timeline=about,
        voices=_voices(on.statements, knowledge, view, reader),
        agreed=tuple(found for found in on.commitments if found.finding.force is Force.AGREED),
        promised=tuple(one for one in followed if one.found.finding.force is Force.PLEDGED),
        delivered=tuple(_delivered(about, on.events, view)),
        kept=tuple(one for one in followed if one.standing is Standing.KEPT),
        asked=tuple(found for found in on.commitments if found.finding.force in (Force.PROPOSED, Force.REQUESTED)),
        open=tuple(one for one in followed if one.standing in (Standing.DUE, Standing.LATE, Standing.OPEN) and one.found.finding.due),
        overdue=tuple(one for one in about if one.state is State.OVERDUE),
        contradictions=tuple(contrary),
    )


def _about(on: OnTopic, happenings: Happenings) -> tuple[Occurrence, ...]:
    """The occurrences of which a report is on the topic."""
    places = {_place(found) for found in on.events}
    told = happenings.told_in({document for document, _ in places})
    return tuple(one for one in told if any(report.key in places for report in one.reports))


def _delivered(about: Sequence[Occurrence], events: Sequence[Found], view: View) -> Iterator[Occurrence]:
    """What is reported as done, the newest first. A headline alone delivers nothing: it leaves out what makes a deed of a plan ("Peru eyes
    a new port")."""
    done = [one for one in reversed(about) if one.type in DELIVERING and one.state in (State.HELD, State.MOVED)]
    asked = {report.key for one in done for report in one.reports}
    headlines = {_place(found) for found in events if _place(found) in asked and _is_headline(found, view)}
    return (one for one in done if any(report.key not in headlines for report in one.reports))


def _place(found: Found) -> tuple[str, int]:
    return found.document.id, found.finding.evidence.start


def _is_headline(found: Found, view: View) -> bool:
    """Whether a finding stands in its document's title."""
    title = found.document.title
    if not title or found.finding.evidence.start >= len(title):
        return False
    document = view.document(found.document.id)
    return document is not None and document.text.startswith(title)


def _voices(statements: Sequence[Found], knowledge: Knowledge, view: View, reader: ActorId | None) -> tuple[Voice, ...]:
    """By whom they are made for: the reader alone, the reader with others; others together, others alone. Of these states and their
    bodies are first, and who spoke most."""
    served = bodies_served(view, {speaker for found in statements for speaker in found.finding.speaker})
    spoken: defaultdict[tuple[ActorId, ...], list[Found]] = defaultdict(list)
    for found in statements:
        for actors in _spoken_for(found.finding.speaker, knowledge, served):
            spoken[actors].append(found)

    def order(pair: tuple[tuple[ActorId, ...], list[Found]]) -> tuple[bool, bool, bool, bool, int, tuple[ActorId, ...]]:
        actors, several = pair
        own, alone = reader in actors, len(actors) < 2
        official = all(is_official(actor, knowledge) for actor in actors)
        return not actors, not own, alone is not own, not official, -len(several), actors

    return tuple(Voice(actors, _with_turns(several)) for actors, several in sorted(spoken.items(), key=order))


def _spoken_for(
    speakers: Sequence[ActorId], knowledge: Knowledge, served: dict[ActorId, frozenset[ActorId]]
) -> Iterator[tuple[ActorId, ...]]:
    """Several speakers speak for all their bodies at once; one who serves two bodies speaks for each. "The leaders" speak for nobody that
    has a name."""
    bodies = {body for speaker in speakers for body in spoken_for(speaker, knowledge, served) if not body.startswith(GROUP)}
    if len(speakers) > 1 or not bodies:
        yield tuple(sorted(bodies))
    else:
        yield from ((body,) for body in sorted(bodies))


def _with_turns(newest_first: Sequence[Found]) -> tuple[Said, ...]:
    """Each statement with the stance that its speakers turned from: in favour to critical or back, since an earlier document, on nearly the
    same. Nobody and "the officials" are not the same speakers twice."""
    said: list[Said] = []
    before: defaultdict[tuple[ActorId, ...], deque[_Held]] = defaultdict(lambda: deque(maxlen=LOOKED_BACK))
    for found in reversed(newest_first):
        stance = Stance.TELLING if denies(found.finding) else STANCES[found.finding.act]
        speakers, day = found.finding.speaker, found.document.published
        if stance not in FIRM or not day or not speakers or any(one.startswith(GROUP) for one in speakers):
            said.append(Said(found))
            continue
        held = _Held(stance, day, load_table().vector(fold(found.finding.evidence.quote), found.document.language))
        was = next((one for one in reversed(before[speakers]) if one.day < day and one.is_on(held)), None)
        said.append(Said(found, was.stance if was is not None and was.stance is not stance else None))
        before[speakers].append(held)
    return tuple(reversed(said))


class _Held(NamedTuple):
    """A stance that was held on a day; the vector is of the words it was held on, None where the table knows none of them."""

    stance: Stance
    day: IsoDate
    vector: Floats | None

    def is_on(self, other: "_Held") -> bool:
        """Whether both are on nearly the same."""
        return self.vector is not None and other.vector is not None and float(self.vector @ other.vector) >= SAME_MATTER


def _touches(one: Contradiction, documents: set[str]) -> bool:
    return one.a.document.id in documents and (one.b is None or one.b.document.id in documents)
