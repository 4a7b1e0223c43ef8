"""A briefing as a paper: timeline, who said what, agreed, promised, delivered, open questions; every line with its sentence and source."""

from collections.abc import Hashable, Iterator, Sequence
from itertools import chain

import comity
from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.publishing.labels import Labels
from comity.publishing.line_writer import LineWriter
from comity.publishing.lines import Line, Paper, Part, Section
from comity.publishing.naming import first_name
from comity.publishing.same_sentence import gathered
from comity.records import EventType
from comity.tracking.brief import STANCES, Brief, Said, Voice
from comity.tracking.occurrences import Occurrence
from comity.tracking.topic import Topic, TopicKind

EVENTS, EACH, LISTED = 40, 5, 12
"""Lines shown of the timeline, of each voice, and of each other list; the rest is counted."""

TOGETHER, VOICES, TURNED = 6, 12, 3
"""Voices of several together and of one alone that are shown, the others are named; and lines of a voice beyond the first that are shown
because they tell of a change."""


def brief_paper(brief: Brief, writer: LineWriter, knowledge: Knowledge, labels: Labels) -> Paper:
    """The paper in the language of the labels."""
    say = labels.say
    topic = topic_name(brief.topic, knowledge, labels)
    sections = (
        ("timeline", list(_timeline(brief, writer, labels))),
        ("voices", list(_voices(brief, writer, labels))),
        ("agreed", list(writer.commitments(brief.agreed, LISTED))),
        ("promised", list(writer.undertakings(brief.promised, LISTED))),
        ("delivered", list(_delivered(brief, writer, labels))),
        ("open", list(_open(brief, writer, labels))),
    )
    return Paper(
        language=labels.language,
        title=say("brief_title", topic=topic),
        lead=tuple(_lead(brief, topic, writer, labels)),
        sections=tuple(
            Section(id=key, title=say(f"brief_{key}"), parts=tuple(parts), empty=say(f"brief_no_{key}")) for key, parts in sections
        ),
        foot=say("paper_made_by", version=comity.__version__, pack=writer.pack),
    )


def topic_name(topic: Topic, knowledge: Knowledge, labels: Labels) -> str:
    """The topic as the language calls it."""
    if topic.kind is TopicKind.THEME:
        names = knowledge.themes[topic.id].names
        name = first_name(names, labels.language) or topic.words
        typed = fold(" ".join(topic.words.split()))
        of_theme = any(fold(known) == typed for known in chain([topic.id], *names.values()))
        return name if of_theme else f"{topic.words} ({name})"
    if topic.kind is TopicKind.MECHANISM:
        mechanism = knowledge.mechanisms[topic.id]
        return first_name(mechanism.names, labels.language) or mechanism.name
    if topic.kind is TopicKind.LINE:
        lines = (line for section in knowledge.plans[topic.plan].sections for line in section.lines if line.id == topic.id)
        words = next(lines).words
        return words.get(labels.language) or next(iter(words.values()))
    return topic.words


def _lead(brief: Brief, topic: str, writer: LineWriter, labels: Labels) -> Iterator[str]:
    since, until = labels.date(brief.since), labels.date(brief.until)
    about = []
    if brief.since and brief.until:
        about.append(labels.say("brief_between", since=since, until=until))
    elif brief.since:
        about.append(labels.say("brief_since", since=since))
    elif brief.until:
        about.append(labels.say("brief_until", until=until))
    if brief.reader:
        about.append(labels.say("brief_for", actor=writer.naming.in_sentence(brief.reader)))
    if about:
        yield " · ".join(about)
    scope = labels.say(f"brief_topic_{brief.topic.kind.value}")
    yield labels.say("brief_lead", topic=topic, scope=scope, day=labels.date(brief.as_of.isoformat()))


def _timeline(brief: Brief, writer: LineWriter, labels: Labels) -> Iterator[Part]:
    """The latest, in the order of time."""
    if lines := _told_once(brief.timeline, writer):
        earlier = len(lines) - EVENTS
        more = labels.say("brief_earlier", n=labels.number(earlier)) if earlier > 0 else ""
        yield Part(lines=tuple(lines[-EVENTS:]), more=more)


def _told_once(several: Sequence[Occurrence], writer: LineWriter) -> list[Line]:
    """One line for a day and a sentence: "met the Coordinating Minister" is one event to a reader, whatever the words tell besides. Told is
    a meeting that has a name, else a meeting, else the first."""
    best: dict[tuple[str | None, str], tuple[tuple[bool, bool], int, Line]] = {}
    for place, (one, line) in enumerate(zip(several, writer.occurrences(several), strict=True)):
        key = one.when, line.passage.text if line.passage else line.text
        rank = one.mechanism is None, one.type is not EventType.CONSULT
        if key not in best or rank < best[key][0]:
            best[key] = rank, place, line
    return [line for _, _, line in sorted(best.values(), key=lambda found: found[1])]


def _voices(brief: Brief, writer: LineWriter, labels: Labels) -> Iterator[Part]:
    """What several said together stands once, in a group of its own."""
    left = {True: TOGETHER, False: VOICES}
    besides = []
    for voice in brief.voices:
        together = len(voice.actors) > 1
        if left[together]:
            left[together] -= 1
            yield _voice(voice, writer, labels)
        else:
            besides.append(f"{_names(voice, writer, labels)} ({labels.number(len(voice.said))})")
    if besides:
        yield Part(lines=(), more=labels.say("brief_besides", names="; ".join(besides)))


def _voice(voice: Voice, writer: LineWriter, labels: Labels) -> Part:
    """The newest, and those that tell of a change of position."""

    def said_with(one: Said) -> Hashable:
        return writer.said_with(one.found)

    groups, left = gathered(voice.said, said_with, EACH)
    turned, _ = gathered([one for one in voice.said[len(voice.said) - left :] if one.changed_from], said_with, TURNED)
    left -= sum(map(len, turned))
    lines = [writer.statement([one.found for one in group], [_changed(one, labels) for one in group]) for group in (*groups, *turned)]
    more = labels.say("brief_more", n=labels.number(left)) if left else ""
    return Part(title=_called(voice, writer, labels), lines=tuple(lines), more=more)


def _called(voice: Voice, writer: LineWriter, labels: Labels) -> str:
    names = _names(voice, writer, labels)
    return labels.say("brief_together", names=names) if len(voice.actors) > 1 else names


def _names(voice: Voice, writer: LineWriter, labels: Labels) -> str:
    return writer.naming.actors(voice.actors) or labels.say("no_speaker")


def _changed(one: Said, labels: Labels) -> str:
    if one.changed_from is None:
        return ""
    after = labels.say(f"stance_{STANCES[one.found.finding.act].value}")
    return labels.say("brief_changed", before=labels.say(f"stance_{one.changed_from.value}"), after=after)


def _delivered(brief: Brief, writer: LineWriter, labels: Labels) -> Iterator[Part]:
    yield from writer.undertakings(brief.kept, LISTED, labels.say("brief_kept"))
    yield from writer.part(_told_once(brief.delivered, writer), LISTED, labels.say("brief_done"))


def _open(brief: Brief, writer: LineWriter, labels: Labels) -> Iterator[Part]:
    yield from writer.undertakings(brief.open, LISTED, labels.say("brief_open_undertakings"))
    yield from writer.commitments(brief.asked, LISTED, labels.say("brief_asked"))
    yield from writer.part(_told_once(brief.overdue, writer), LISTED, labels.say("brief_overdue"))
    yield from writer.first(brief.contradictions, writer.contradiction, LISTED, labels.say("brief_contradictions"))
