"""A file to a plan: the official lines with numbers, sections and places, proposed bodies and themes, and what was left out and why."""

import re
from collections import Counter
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from comity.errors import BadInputError
from comity.intake.blocks import BlockFile, read_blocks
from comity.intake.guess import checked_language
from comity.intake.plan_columns import Mapping
from comity.intake.plan_language import plain_language
from comity.intake.plan_numbers import Numbered, numbered_lines, section_ids
from comity.intake.plan_outline import FoundSection, LeftOut, Outline, outline_of
from comity.intake.plan_proposals import Proposals
from comity.intervals import IsoDate, is_iso
from comity.knowledge import Knowledge, Plan
from comity.knowledge.schema import Line, Names, Section
from comity.languages import languages
from comity.records import LanguageCode

YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-–—/]\s*((?:19|20)\d\d)(?!\d)")
PLAN_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
LETTERS_OF_A_LINE = 40


class PlanImport(Struct, frozen=True, kw_only=True):
    """The plan as imported, what of the file is no line of it, and sentences a person should read before writing it."""

    plan: Plan
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = ()


def import_plan(
    path: str | Path,
    *,
    plan: str,
    knowledge: Knowledge,
    period: IsoDate | None = None,
    title: str | None = None,
    language: LanguageCode | None = None,
    mapping: Mapping | None = None,
    keep_duplicates: bool = False,
) -> PlanImport:
    """The plan in a file under the id `plan`. What the pack knows of it (period, names) stays. Raises BadInputError."""
    if not PLAN_ID.fullmatch(plan):
        raise BadInputError(f"{plan!r} can't be a plan's id; use small letters, digits and dashes, such as poa-2026.")
    file = read_blocks(path, sheet=mapping.sheet if mapping else None)
    outline = outline_of(file.blocks, name=file.name, mapping=mapping)
    if not any(section.lines for section in outline.sections):
        raise BadInputError(_nothing(file, outline))
    spoken = checked_language(_words(outline), named=language or file.language, name=file.name)
    sections, remarks = _sections(outline, file=file, plan=plan, language=spoken, knowledge=knowledge, keep_duplicates=keep_duplicates)
    head = _head(plan, knowledge=knowledge, outline=outline, file=file, period=period, title=title, language=spoken)
    return PlanImport(plan=replace(head, sections=sections), left_out=outline.left_out, remarks=tuple(remarks))


def _nothing(file: BlockFile, outline: Outline) -> str:
    unknown = next((part for part in outline.left_out if "columns are not known" in part.reason), None)
    if unknown:
        shown = unknown.text[:100]
        return f"{file.name}: {unknown.place}: the columns ({shown}) are not known; name them in a mapping and give it with --columns."
    return (
        f"{file.name}: holds no action lines: no numbered or bulleted items, no paragraphs under headings, no table with an action column."
    )


def _words(outline: Outline) -> str:
    return "\n".join(line.text for section in outline.sections for line in section.lines)[:20_000]


def _sections(
    outline: Outline, *, file: BlockFile, plan: str, language: LanguageCode, knowledge: Knowledge, keep_duplicates: bool
) -> tuple[tuple[Section, ...], list[str]]:
    ids = section_ids(outline.sections)
    numbered = numbered_lines(outline.sections, ids, plan=plan, name=file.name, keep_duplicates=keep_duplicates)
    maker = _Lines(language, Proposals(knowledge))
    sections = tuple(
        _section(found, identity, tuple(map(maker.line, lines)), language)
        for found, identity, lines in zip(outline.sections, ids, numbered, strict=True)
        if lines
    )
    return sections, maker.remarks()


def _section(found: FoundSection, identity: str, lines: tuple[Line, ...], language: LanguageCode) -> Section:
    names: Names = {language: (found.headings[-1].text,)} if found.headings else {}
    above: Names = {language: tuple(heading.text for heading in found.headings[:-1])} if len(found.headings) > 1 else {}
    return Section(id=identity, names=names, above=above, lines=lines)


class _Lines:
    """Makes lines and remembers what a person should look at."""

    def __init__(self, language: LanguageCode, proposals: Proposals) -> None:
        self._language = language
        self._proposals = proposals
        self._unknown: Counter[str] = Counter()
        self._foreign: list[str] = []

    def line(self, numbered: Numbered) -> Line:
        found, row = numbered.line, numbered.line.row
        words = dict(row.words) if row else {}
        if found.text not in words.values():
            words = {self._language_of(found.text, numbered.number): found.text, **words}
        texts = list(words.values())
        responsible = self._proposals.named(row.responsible) if row and row.responsible else self._proposals.in_words(texts)
        notes = [f"{name}: {text}" for name, text in row.notes] if row else []
        if row and row.responsible and not responsible:
            self._unknown[row.responsible.replace("\n", ", ")] += 1
            notes.insert(0, row.responsible)
        return Line(
            id=numbered.id,
            number=numbered.number,
            numbering="published" if numbered.is_published else "assigned",
            words=words,
            wording="official",
            lead={self._language: " ".join(found.lead)} if found.lead else {},
            responsible=responsible,
            themes=self._proposals.themes([*found.lead, *texts]),
            due=row.due if row else None,
            note="\n".join(notes) or None,
            place=found.place,
        )

    def remarks(self) -> list[str]:
        sentences = []
        if self._unknown:
            shown = "; ".join(f"{text} ({times})" for text, times in self._unknown.most_common(5))
            sentences.append(f"Responsible bodies that no pack knows stand in the lines' notes: {shown}.")
        if self._foreign:
            sentences.append(f"In another language than the rest, and kept under it: {', '.join(self._foreign[:10])}.")
        return sentences

    def _language_of(self, text: str, number: str) -> LanguageCode:
        """The plan's language, unless a line of some length is plainly in another that is read."""
        if len(text) < LETTERS_OF_A_LINE:
            return self._language
        found = plain_language(text)
        if found is None or found == self._language or found not in languages():
            return self._language
        self._foreign.append(number)
        return found


def _head(
    identity: str,
    *,
    knowledge: Knowledge,
    outline: Outline,
    file: BlockFile,
    period: IsoDate | None,
    title: str | None,
    language: LanguageCode,
) -> Plan:
    known = knowledge.plans.get(identity)
    instrument = knowledge.instruments.get(identity)
    period = period or (known.period if known else None) or _period(instrument.name if instrument else "", outline, file)
    if not period or not is_iso(period):
        raise BadInputError(f"{file.name}: the plan's period is not known; give it with --period, such as 2026/2030.")
    if known:
        names: Names = known.names
    elif instrument:
        names = instrument.names or {"en": (instrument.name,)}
    else:
        names = {language: (outline.title or Path(file.name).stem,)}
    if title:
        names = {**names, language: (title,)}
    short = known.short if known and not title else {code: listed[0] for code, listed in names.items()}
    if known:
        return replace(known, period=period, names=names, short=short)
    return Plan(id=identity, period=period, names=names, short=short)


def _period(name: str, outline: Outline, file: BlockFile) -> IsoDate | None:
    """Years in the plan's title or first words: `Plan of Action (2026-2030)`."""
    firsts = " \n".join(block.text for block in file.blocks[:8])
    for text in (name, outline.title or "", firsts, Path(file.name).stem):
        if match := YEARS.search(text):
            return f"{match[1]}/{match[2]}"
    return None
