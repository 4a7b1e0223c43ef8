"""A briefing as a paper: timeline, who said what, agreed, promised, delivered, open questions; every line with its sentence and source."""

from collections.abc import Iterator
from itertools import chain

import comity
from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.publishing.labels import Labels
from comity.publishing.line_writer import LineWriter
from comity.publishing.lines import Line, Paper, Part, Section
from comity.publishing.naming import first_name
from comity.records import EventType
from comity.tracking.brief import STANCES, Brief, Said
from comity.tracking.topic import Topic, TopicKind

EVENTS, EACH, LISTED = 40, 5, 12
"""Lines shown of the timeline, of each voice, and of each other list; the rest is counted."""

VOICES = 12


def brief_paper(brief: Brief, writer: LineWriter, knowledge: Knowledge, labels: Labels) -> Paper:
    """The paper in the language of the labels."""
    say = labels.say
    topic = topic_name(brief.topic, knowledge, labels)
    sections = (
        ("timeline", list(writer.part(_happened(brief, writer)[-EVENTS:], EVENTS))),
        ("voices", list(_voices(brief, writer, labels))),
        ("agreed", list(writer.first(brief.agreed, writer.commitment, LISTED))),
        ("promised", list(writer.first(brief.promised, writer.undertaking, LISTED))),
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


def _happened(brief: Brief, writer: LineWriter) -> list[Line]:
    """One line for a day and a sentence: "met the Coordinating Minister" is one event to a reader, whatever the words tell besides."""
    lines: dict[tuple[str | None, str], Line] = {}
    for one in sorted(brief.timeline, key=lambda one: (one.mechanism is None, one.type is not EventType.CONSULT)):
        line = writer.occurrence(one)
        lines.setdefault((one.when, line.passage.text if line.passage else line.text), line)
    order = {line.text: place for place, line in enumerate(writer.occurrence(one) for one in brief.timeline)}
    return sorted(lines.values(), key=lambda line: order[line.text])


def _voices(brief: Brief, writer: LineWriter, labels: Labels) -> Iterator[Part]:
    for voice in brief.voices[:VOICES]:
        name = writer.naming.actor(voice.actor) if voice.actor else labels.say("no_speaker")
        turned = [one for one in voice.said if one.changed_from]
        shown = list(dict.fromkeys(chain(voice.said[:EACH], turned)))[: EACH + 3]
        shown.sort(key=voice.said.index)
        lines = [writer.statement(one.found, _changed(one, labels)) for one in shown]
        more = len(voice.said) - len(lines)
        yield Part(title=name, lines=tuple(lines), more=labels.say("brief_more", n=labels.number(more)) if more else "")


def _changed(one: Said, labels: Labels) -> str:
    if one.changed_from is None:
        return ""
    after = labels.say(f"stance_{STANCES[one.found.finding.act].value}")
    return labels.say("brief_changed", before=labels.say(f"stance_{one.changed_from.value}"), after=after)


def _delivered(brief: Brief, writer: LineWriter, labels: Labels) -> Iterator[Part]:
    yield from writer.first(brief.kept, writer.undertaking, LISTED, labels.say("brief_kept"))
    yield from writer.first(brief.delivered, writer.occurrence, LISTED, labels.say("brief_done"))


def _open(brief: Brief, writer: LineWriter, labels: Labels) -> Iterator[Part]:
    yield from writer.first(brief.open, writer.undertaking, LISTED, labels.say("brief_open_undertakings"))
    yield from writer.first(brief.asked, writer.commitment, LISTED, labels.say("brief_asked"))
    yield from writer.first(brief.overdue, writer.occurrence, LISTED, labels.say("brief_overdue"))
    yield from writer.first(brief.contradictions, writer.contradiction, LISTED, labels.say("brief_contradictions"))
