"""Plans on the screen: an import for review, what changed, and two plans side by side."""

from collections.abc import Sequence
from typing import Any

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from comity.cli.screen import screen, tell
from comity.errors import BadInputError
from comity.intake.plan_import import PlanImport
from comity.knowledge import Plan
from comity.knowledge.schema import Line
from comity.knowledge.words import label
from comity.languages import languages, load_words
from comity.publishing.labels import Labels
from comity.publishing.partly_known import partly_known
from comity.records import LanguageCode
from comity.tracking.reimport import Changed
from comity.tracking.renewal import Renewal

MOST_LINES = 300
MOST_LEFT_OUT = 12
SHOWN = 160

PlanLabels = dict[str, str]


def plan_labels(lang: LanguageCode) -> PlanLabels:
    """The words of `comity plan` in a language. Raises BadInputError."""
    if lang not in languages():
        raise BadInputError(f"Comity speaks {', '.join(languages())}, not {lang!r}; give one of these.")
    return load_words(lang, "plan_labels", dict[str, str])


def say(labels: PlanLabels, key: str, **fields: Any) -> None:
    """One line on standard output."""
    screen().print(labels[key].format(**fields), markup=False, soft_wrap=True)


def show_import(found: PlanImport, *, file: str, labels: PlanLabels, show_all: bool) -> None:
    """Every line with its number, words, proposals and place; what was left out; what a person should look at."""
    table = Table(show_lines=False, pad_edge=False)
    for key, width in (("number", 8), ("words", None), ("responsible", 16), ("themes", 20), ("place", 18)):
        table.add_column(labels[key], max_width=width, overflow="fold")
    count = 0
    has_assigned = False
    for section in found.plan.sections:
        if show_all or count < MOST_LINES:
            names = " > ".join(name for listed in (section.above, section.names) for name in next(iter(listed.values()), ()))
            table.add_row(escape(section.id), f"[bold]{escape(names)}[/bold]", end_section=False)
        for line in section.lines:
            count += 1
            is_assigned = line.numbering != "published"
            has_assigned = has_assigned or is_assigned
            if show_all or count <= MOST_LINES:
                cells = (
                    f"{line.number or ''}{'*' if is_assigned else ''}",
                    _words(line),
                    ", ".join(line.responsible),
                    ", ".join(line.themes),
                    line.place or "",
                )
                table.add_row(*map(escape, cells))
    screen().print(table)
    if not show_all and count > MOST_LINES:
        say(labels, "more_lines", n=count - MOST_LINES)
    if has_assigned:
        say(labels, "assigned_mark")
    say(labels, "found", lines=count, sections=len(found.plan.sections), file=file)
    say(labels, "proposals")
    _show_left_out(found, labels=labels, show_all=show_all)
    for sentence in found.remarks:
        tell(sentence)


def show_changes(changes: Sequence[Changed], *, file: str, labels: PlanLabels, lang: LanguageCode) -> None:
    """What a second import changes."""
    if not changes:
        say(labels, "no_changes", file=file)
        return
    say(labels, "changes", file=file)
    table = Table(labels["change"], labels["old"], labels["new"], pad_edge=False)
    for change in changes[:MOST_LINES]:
        table.add_row(labels[f"change_{change.edit}"], *(escape(_cited(line, lang)) if line else "" for line in (change.old, change.new)))
    screen().print(table)
    if len(changes) > MOST_LINES:
        say(labels, "more_lines", n=len(changes) - MOST_LINES)


def show_renewals(old: Plan, new: Plan, renewals: Sequence[Renewal], *, labels: PlanLabels, lang: LanguageCode) -> None:
    """Two plans side by side, and how many lines met which fate."""
    say(labels, "compare_title", old=_short(old, lang), new=_short(new, lang))
    table = Table(labels["change"], labels["old"], labels["new"], labels["score"], pad_edge=False)
    for item in renewals:
        score = "" if item.score is None else f"{item.score:.2f}"
        table.add_row(
            labels[f"change_{item.change}"],
            *("\n".join(escape(_cited(line, lang)) for line in side) for side in (item.old, item.new)),
            score,
        )
    screen().print(table)
    counts = {change: sum(item.change is change for item in renewals) for change in dict.fromkeys(item.change for item in renewals)}
    screen().print(" · ".join(f"{labels[f'change_{change}']}: {count}" for change, count in counts.items()), markup=False)
    if remark := partly_known(old, new, Labels(lang)):
        screen().print(remark, markup=False, soft_wrap=True)
    say(labels, "compare_note")


def print_json(old: Plan, new: Plan, renewals: Sequence[Renewal]) -> None:
    """The proposals as JSON: lines by id and number."""
    rows = [
        {
            "change": item.change,
            "old": [{"id": line.id, "number": line.number, "words": line.words} for line in item.old],
            "new": [{"id": line.id, "number": line.number, "words": line.words} for line in item.new],
            "score": item.score,
        }
        for item in renewals
    ]
    typer.echo(msgspec.json.format(msgspec.json.encode({"old": old.id, "new": new.id, "renewals": rows}), indent=1).decode())


def _show_left_out(found: PlanImport, *, labels: PlanLabels, show_all: bool) -> None:
    if not found.left_out:
        return
    say(labels, "left_out", n=len(found.left_out))
    shown = found.left_out if show_all else found.left_out[:MOST_LEFT_OUT]
    for part in shown:
        say(labels, "left_out_row", place=part.place, text=_clipped(part.text, 90), reason=part.reason)
    if len(shown) < len(found.left_out):
        say(labels, "more_left_out", n=len(found.left_out) - len(shown))


def _words(line: Line) -> str:
    words = " / ".join(line.words.values())
    lead = next(iter(line.lead.values()), "")
    return _clipped(f"{lead} {words}".strip(), SHOWN)


def _cited(line: Line, lang: LanguageCode) -> str:
    return f"{line.number or line.id}: {_clipped(label(line.words, lang), SHOWN)}"


def _clipped(text: str, length: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[: length - 1].rstrip()}…"


def _short(plan: Plan, lang: LanguageCode) -> str:
    return label(plan.short, lang) or plan.id
