"""Readings on the screen: the text with its findings marked and a list by kind, one table, or JSON."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from comity.cli.grounds import GroundLines
from comity.cli.screen import screen
from comity.publishing.acts import act_key
from comity.publishing.labels import Labels
from comity.publishing.reading_lines import explained_record, reading_line
from comity.publishing.slip_sentences import SlipSentences
from comity.reading.why import Ground, Whys
from comity.records import Evidence, Reading

Explained = tuple[Reading, Whys]
"""A reading with what its findings rest on; `{}` where nobody asked."""

STYLES = {
    "actors": "bold",
    "dates": "cyan",
    "instruments": "magenta",
    "mechanisms": "blue",
    "events": "green",
    "statements": "italic",
    "commitments": "underline",
    "progress": "bold yellow reverse",
    "slips": "bold red underline",
}
"""How the words of each kind are marked in the text, in the order they are laid over one another."""

RELATED = "dim"
KINDS = ("progress", "slips", "statements", "commitments", "events", "actors", "offices", "instruments", "mechanisms", "dates", "themes")


def show_text(readings: Iterable[Explained], labels: Labels) -> None:
    """Each document's head, its text with the findings marked, and the findings by kind."""
    console = screen()
    for reading, whys in readings:
        console.print(Rule(reading.document.title or reading.document.name or reading.document.id, align="left"))
        _show_head(console, reading, labels)
        if console.is_terminal:
            console.print(Padding(marked_text(reading), (1, 0)))
        _show_list(console, reading, whys, labels)


def show_table(readings: Iterable[Explained], labels: Labels) -> None:
    """One table of all findings."""
    table = Table(box=None, pad_edge=False)
    for column in (labels.say("field_file"), "", "", ""):
        table.add_column(column, overflow="fold")
    writer = GroundLines(labels)
    for reading, whys in readings:
        for kind in KINDS:
            for finding, grounds in _with_grounds(reading, whys, kind):
                name = reading.document.name or reading.document.id
                details = Text(details_of(kind, finding, labels))
                for line in writer.lines(grounds):
                    details.append("\n").append_text(line)
                table.add_row(name, labels.say(f"kind_{kind}"), _quote(finding.evidence), details)
    screen().print(table)


def show_json(readings: Iterable[Explained], labels: Labels) -> None:
    """One JSON list, written as the readings come."""
    out = sys.stdout.buffer
    out.write(b"[")
    for number, (reading, whys) in enumerate(readings):
        out.write((b",\n" if number else b"\n") + msgspec.json.format(msgspec.json.encode(explained_record(reading, whys)), indent=2))
    out.write(b"\n]\n")
    out.flush()


def show_lines(readings: Iterable[Explained], labels: Labels) -> None:
    """One JSON line a reading, and nothing else."""
    for reading, whys in readings:
        sys.stdout.buffer.write(reading_line(reading, whys) + b"\n")
        sys.stdout.buffer.flush()


def marked_text(reading: Reading) -> Text:
    """The document's text with the words of its findings marked, and what is outside the article dimmed."""
    text = Text(reading.document.text)
    for kind, style in STYLES.items():
        for finding in getattr(reading, kind):
            text.stylize(style, finding.evidence.start, finding.evidence.end)
    for span in reading.document.related:
        text.stylize(RELATED, span.start, span.end)
    return text


def details_of(kind: str, finding: Any, labels: Labels) -> str:
    """What a finding says beyond its words, in short."""
    return DETAILS[kind](finding, labels)


def _show_head(console: Console, reading: Reading, labels: Labels) -> None:
    document = reading.document
    rows = [(labels.say("field_publisher"), document.publisher)]
    if document.published:
        how = labels.say(f"published_{document.published_from}") if document.published_from else ""
        rows.append((labels.say("field_published"), f"{labels.date(document.published)} ({how})"))
    else:
        rows.append((labels.say("field_published"), labels.say("undated")))
    rows += [(labels.say("field_language"), labels.say(f"language_{document.language}")), (labels.say("field_file"), document.name)]
    for label, value in rows:
        if value:
            console.print(Text.assemble((f"{label}: ", "dim"), value))


def _with_grounds(reading: Reading, whys: Whys, kind: str) -> list[tuple[Any, tuple[Ground, ...]]]:
    """The findings of a kind, each with its grounds."""
    findings = getattr(reading, kind)
    return list(zip(findings, whys.get(kind) or [()] * len(findings), strict=True))


def _show_list(console: Console, reading: Reading, whys: Whys, labels: Labels) -> None:
    writer = GroundLines(labels)
    shown = [kind for kind in KINDS if getattr(reading, kind)]
    if not shown:
        console.print(labels.say("nothing_found"))
    for kind in shown:
        findings = getattr(reading, kind)
        console.print()
        console.print(Text(f"{labels.say(f'kind_{kind}')} ({len(findings)})", style=STYLES.get(kind, "bold")))
        grounds: dict[tuple[str, str], tuple[Ground, ...]] = {}
        lines: Counter[tuple[str, str]] = Counter()
        for finding, why in _with_grounds(reading, whys, kind):
            key = _quote(finding.evidence), details_of(kind, finding, labels)
            lines[key] += 1
            grounds.setdefault(key, why)
        for (quote, details), times in lines.items():
            line = Text.assemble("  ", f"“{quote}”", "  ", (details, "dim"), (f"  ×{times}" if times > 1 else "", "dim"))
            console.print(line, soft_wrap=True)
            for below in writer.lines(grounds[quote, details]):
                console.print(below, soft_wrap=True)
    if reading.document.related:
        size = sum(span.end - span.start for span in reading.document.related)
        console.print()
        console.print(Text(f"{labels.say('related_left_out')} {labels.say('characters', n=labels.number(size))}", style="dim"))
    console.print()


def _quote(evidence: Evidence) -> str:
    return " ".join(evidence.quote.split())


def _words(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def _progress(finding: Any, labels: Labels) -> str:
    say = labels.say
    fraction = f"{finding.numerator}/{finding.denominator or '?'}" if finding.numerator is not None else ""
    percent = say("figure_percent", n=labels.number(finding.percent)) if finding.percent is not None else ""
    if percent and not fraction and finding.denominator:
        percent = say("figure_share", percent=percent, total=labels.number(finding.denominator))
    figure = say(f"bound_{finding.bound}", figure=_words(fraction, percent))
    figure = say("remaining", figure=figure) if finding.remaining else figure
    verb = say(f"verb_{finding.verb}") if finding.verb else ""
    when = f"{say('by_as-of')} {labels.date(finding.as_of)}" if finding.as_of else ""
    return _words(figure, verb, when, finding.subject or finding.subject_name, ", ".join(finding.claimant))


DETAILS: dict[str, Callable[[Any, Labels], str]] = {
    "actors": lambda a, labels: _words(a.actor, labels.say(f"actor_{a.type}")),
    "offices": lambda o, labels: _words(o.person, o.of),
    "dates": lambda d, labels: d.iso or labels.say("unresolved"),
    "instruments": lambda i, labels: _words(i.name, i.year, i.instrument),
    "mechanisms": lambda m, labels: _words(m.name, m.number, m.mechanism),
    "statements": lambda s, labels: _words(
        ", ".join(s.speaker) or labels.say("no_speaker"),
        labels.say(act_key(s)),
        s.cue and f"“{_quote(s.cue)}”",
        s.direct and labels.say("direct_words"),
        s.addressee and labels.say("said_to", who=", ".join(s.addressee)),
        s.occasion and labels.say("said_at", words=_quote(s.occasion)),
    ),
    "events": lambda e, labels: _words(
        e.type, " → ".join(filter(None, (", ".join(e.source), ", ".join(e.target)))), e.when, labels.say(f"status_{e.status}"), e.mechanism
    ),
    "commitments": lambda c, labels: _words(
        ", ".join(c.by), labels.say(f"force_{c.force}"), c.due and labels.say("due", date=labels.date(c.due))
    ),
    "progress": _progress,
    "themes": lambda t, labels: t.theme,
    "slips": lambda s, labels: SlipSentences(labels).say(s),
}
