"""A plan imported again: what changed against the plan as it stands, and what people added to it that must not be lost."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from comity.knowledge import Plan
from comity.knowledge.schema import Line, Section
from comity.tracking.renewal import Change, Renewal, compare_plans


class Edit(StrEnum):
    """How a line differs from the one that stands."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"


class Changed(Struct, frozen=True, kw_only=True):
    """A line that changed: as it stood, and as it is now."""

    edit: Edit
    old: Line | None = None
    new: Line | None = None


class Reimport(Struct, frozen=True):
    """The plan to write, and how it differs from the one that stands."""

    plan: Plan
    changes: tuple[Changed, ...]


def reimported(standing: Plan, new: Plan) -> Reimport:
    """The new plan with the bodies, themes, translations and notes that the standing one has for the same lines."""
    renewals = compare_plans(standing, new)
    pairs = {item.new[0].id: item for item in renewals if item.change in (Change.CARRIED, Change.REWORDED)}
    by_id = {section.id: section for section in standing.sections}
    sections = tuple(
        replace(_kept_section(section, by_id.get(section.id)), lines=tuple(_kept(line, pairs.get(line.id)) for line in section.lines))
        for section in new.sections
    )
    return Reimport(replace(new, sections=sections), tuple(change for item in renewals for change in _changes(item)))


def _kept_section(section: Section, old: Section | None) -> Section:
    if old is None:
        return section
    return replace(old, names={**old.names, **section.names}, above={**old.above, **section.above})


def _kept(line: Line, pair: Renewal | None) -> Line:
    """What a person has added to a line stays; a translation only as long as the words it translates do."""
    if pair is None:
        return line
    old = pair.old[0]
    others = (
        {language: words for language, words in old.words.items() if language not in line.words} if pair.change is Change.CARRIED else {}
    )
    return replace(
        old,
        id=line.id,
        number=line.number,
        numbering=line.numbering,
        words={**line.words, **others},
        wording=line.wording,
        lead=line.lead,
        place=line.place,
        responsible=old.responsible or line.responsible,
        themes=old.themes or line.themes,
        note=line.note or old.note,
        source=old.source if old.wording == line.wording else line.source,
    )


def _changes(item: Renewal) -> list[Changed]:
    if item.change is Change.CARRIED:
        old, new = item.old[0], item.new[0]
        return [Changed(edit=Edit.RENUMBERED, old=old, new=new)] if old.number != new.number else []
    if item.change is Change.REWORDED:
        return [Changed(edit=Edit.REWORDED, old=item.old[0], new=item.new[0])]
    removed = [Changed(edit=Edit.REMOVED, old=line) for line in item.old]
    return [*removed, *(Changed(edit=Edit.ADDED, new=line) for line in item.new)]
