"""What can be wrong with plans: lines that stand twice, bodies, themes and pillars nobody knows, words without their source."""

from collections.abc import Iterator

from comity.intervals import first_day, is_iso
from comity.knowledge.fault import Fault, bad_dates, bad_source, missing_words, unknown_actors
from comity.knowledge.load import Knowledge
from comity.knowledge.schema import Line, Plan, Section
from comity.records import LanguageCode

WORDINGS = ("official", "paraphrase")
NUMBERINGS = ("published", "assigned")


def plan_faults(plan: Plan, knowledge: Knowledge, languages: tuple[LanguageCode, ...]) -> Iterator[Fault]:
    """All faults of one plan."""
    part = "plans"
    if plan.id not in knowledge.instruments:
        yield Fault(part, plan.id, "is no known instrument; describe it under instruments too.", "id", plan.id)
    yield from bad_dates(part, plan.id, {"period": plan.period})
    yield from missing_words(part, plan.id, "names", plan.names, languages)
    yield from missing_words(part, plan.id, "short", plan.short, languages)
    yield from bad_source(part, plan.id, "lines_total_source", plan.lines_total_source)
    for number, pillar in enumerate(plan.pillars):
        yield from missing_words(part, plan.id, f"pillars[{number}].names", pillar.names, languages)
    yield from _doubles(plan)
    for number, section in enumerate(plan.sections):
        yield from _section_faults(plan, section, f"sections[{number}]", languages)
        for place, line in enumerate(section.lines):
            yield from _line_faults(plan, section, line, f"sections[{number}].lines[{place}]", knowledge, languages)
    yield from _total_faults(plan)
    yield from _untranslated(plan, languages)


def _untranslated(plan: Plan, languages: tuple[LanguageCode, ...]) -> Iterator[Fault]:
    """Official words stand in the language of the document; that others are wanted is said once for each language."""
    official = [line for section in plan.sections for line in section.lines if line.wording == "official"]
    for language in languages:
        if missing := sum(not line.words.get(language) for line in official):
            message = f"has {missing} of {len(official)} official lines without {language}; another language is shown, with a mark."
            yield Fault("plans", plan.id, message, gap=True)


def _total_faults(plan: Plan) -> Iterator[Fault]:
    known = sum(len(section.lines) for section in plan.sections)
    if plan.lines_total is not None and known > plan.lines_total:
        message = f"says {plan.lines_total}, but {known} lines are listed; correct one of the two."
        yield Fault("plans", plan.id, message, "lines_total", str(plan.lines_total))
    if plan.lines_total is not None and not plan.lines_total_source:
        yield Fault("plans", plan.id, "has no lines_total_source; say where the number is published.", "lines_total")


def _doubles(plan: Plan) -> Iterator[Fault]:
    """Ids of sections and lines are single in a plan; so are published numbers, counted within the headings that they stand under."""
    seen: set[tuple[object, ...]] = set()
    for number, section in enumerate(plan.sections):
        at = f"sections[{number}]"
        found: list[tuple[str, str, tuple[object, ...]]] = [(f"{at}.id", section.id, ("section", section.id))]
        for place, line in enumerate(section.lines):
            found.append((f"{at}.lines[{place}].id", line.id, ("line", line.id)))
            if line.number and line.numbering == "published":
                found.append((f"{at}.lines[{place}].number", line.number, ("number", section.id, line.number)))
        for field, value, key in found:
            if key in seen:
                yield Fault("plans", plan.id, f"{value!r} stands twice; keep one.", field, value)
            seen.add(key)


def _section_faults(plan: Plan, section: Section, at: str, languages: tuple[LanguageCode, ...]) -> Iterator[Fault]:
    yield from missing_words("plans", plan.id, f"{at}.names", section.names, languages)
    yield from bad_source("plans", plan.id, f"{at}.source", section.source)
    if section.pillar and section.pillar not in {pillar.id for pillar in plan.pillars}:
        yield Fault("plans", plan.id, f"{section.pillar!r} is no pillar of the plan.", f"{at}.pillar", section.pillar)


def _line_faults(
    plan: Plan, section: Section, line: Line, at: str, knowledge: Knowledge, languages: tuple[LanguageCode, ...]
) -> Iterator[Fault]:
    part = "plans"
    if line.wording == "official":
        if not any(line.words.values()):
            yield Fault(part, plan.id, "has no words; add them.", f"{at}.words")
    else:
        yield from missing_words(part, plan.id, f"{at}.words", line.words, languages)
    yield from unknown_actors(part, plan.id, f"{at}.responsible", line.responsible, knowledge)
    yield from bad_source(part, plan.id, f"{at}.source", line.source)
    for number, theme in enumerate(line.themes):
        if knowledge.themes and theme not in knowledge.themes:
            yield Fault(part, plan.id, f"{theme!r} is no known theme.", f"{at}.themes[{number}]", theme)
    for field, value, known in (("wording", line.wording, WORDINGS), ("numbering", line.numbering, NUMBERINGS)):
        if value not in known:
            yield Fault(part, plan.id, f"{value!r} is not one of {', '.join(known)}.", f"{at}.{field}", value)
    if line.wording == "official" and not (line.source or line.place or section.source):
        message = "is official, but nothing says where the words stand; add source, or import the plan."
        yield Fault(part, plan.id, message, f"{at}.wording", line.wording)
    yield from bad_dates(part, plan.id, {f"{at}.due": line.due})
    if line.due and is_iso(line.due) and is_iso(plan.period) and first_day(line.due) < first_day(plan.period):
        yield Fault(part, plan.id, f"{line.due!r} lies before the plan begins ({plan.period}).", f"{at}.due", line.due)
    for number, indicator in enumerate(line.indicators):
        yield from missing_words(part, plan.id, f"{at}.indicators[{number}].words", indicator.words, languages)
        yield from bad_source(part, plan.id, f"{at}.indicators[{number}].source", indicator.source)
