"""What can be wrong with visions, priority areas, flagships, the alignment table and typed claims."""

from collections.abc import Iterator

from comity.knowledge.aims import Alignment, Claim, Vision
from comity.knowledge.fault import Fault, bad_dates, bad_source, missing_words, unknown_actors
from comity.knowledge.load import Knowledge
from comity.records import LanguageCode

NEAR = 0.6
"""Percentage points by which a percentage may differ from its fraction, for rounding (97 of 103 is told as 94 %)."""


def alignment_faults(of: Knowledge, knowledge: Knowledge, languages: tuple[LanguageCode, ...]) -> Iterator[Fault]:
    """The faults of these parts in `of`, all or some of what is in `knowledge`."""
    yield from _goal_faults(of, languages)
    for vision in of.visions.values():
        yield from _vision_faults(vision, knowledge, languages)
    yield from _area_faults(of, knowledge, languages)
    known = _known(knowledge)
    for number, row in enumerate(row for pack in knowledge.packs for row in pack.alignments):
        yield from _row_faults(row, f"[{number}]", knowledge, known)
    for claim in of.claims.values():
        yield from _claim_faults(claim, knowledge, languages)


def _goal_faults(knowledge: Knowledge, languages: tuple[LanguageCode, ...]) -> Iterator[Fault]:
    for goal in knowledge.sdgs.values():
        yield from missing_words("sdgs", goal.id, "names", goal.names, languages)
        for number, target in enumerate(goal.targets):
            yield from missing_words("sdgs", goal.id, f"targets[{number}].words", target.words, languages)
            if not target.id.startswith(f"{goal.id}."):
                yield Fault("sdgs", goal.id, f"{target.id!r} is no target of this goal.", f"targets[{number}].id", target.id)


def _vision_faults(vision: Vision, knowledge: Knowledge, languages: tuple[LanguageCode, ...]) -> Iterator[Fault]:
    part, seen = "visions", set[str]()
    yield from missing_words(part, vision.id, "names", vision.names, languages)
    if vision.instrument and vision.instrument not in knowledge.instruments:
        yield Fault(part, vision.id, f"{vision.instrument!r} is no known instrument.", "instrument", vision.instrument)
    for number, element in enumerate(vision.elements):
        at = f"elements[{number}]"
        yield from missing_words(part, vision.id, f"{at}.names", element.names, languages)
        yield from bad_source(part, vision.id, f"{at}.source", element.source)
        if element.id in seen:
            yield Fault(part, vision.id, f"{element.id!r} stands twice; keep one.", f"{at}.id", element.id)
        seen.add(element.id)
        if element.confirmed and not (element.source or vision.source):
            yield Fault(part, vision.id, "has no source; add one, or say `confirmed: false`.", at)


def _area_faults(of: Knowledge, knowledge: Knowledge, languages: tuple[LanguageCode, ...]) -> Iterator[Fault]:
    numbers: dict[tuple[str | None, int], str] = {}
    for area in of.priority_areas.values():
        part, key = "priority_areas", (area.instrument, area.number or 0)
        yield from missing_words(part, area.id, "names", area.names, languages)
        yield from bad_source(part, area.id, "source", area.source)
        if area.instrument and area.instrument not in knowledge.instruments:
            yield Fault(part, area.id, f"{area.instrument!r} is no known instrument.", "instrument", area.instrument)
        if area.number is not None and key in numbers:
            yield Fault(part, area.id, f"{area.number} is also the number of {numbers[key]}.", "number", str(area.number))
        numbers[key] = area.id
    for flagship in of.flagships.values():
        yield from missing_words("flagships", flagship.id, "names", flagship.names, languages)
        yield from bad_source("flagships", flagship.id, "source", flagship.source)
        if flagship.area and flagship.area not in knowledge.priority_areas:
            yield Fault("flagships", flagship.id, f"{flagship.area!r} is no known priority area.", "area", flagship.area)
        if flagship.confirmed and not flagship.source:
            yield Fault("flagships", flagship.id, "has no source; add one, or say `confirmed: false`.")


def _known(knowledge: Knowledge) -> dict[str, tuple[set[str], str]]:
    """What each list of a row may name, and what it is called."""
    goals = set(knowledge.sdgs) | {target.id for goal in knowledge.sdgs.values() for target in goal.targets}
    elements = {f"{vision.id}/{element.id}" for vision in knowledge.visions.values() for element in vision.elements}
    areas = set(knowledge.priority_areas)
    return {"sdgs": (goals, "goal or target"), "elements": (elements, "element of a vision"), "areas": (areas, "priority area")}


def _row_faults(row: Alignment, entry: str, knowledge: Knowledge, known: dict[str, tuple[set[str], str]]) -> Iterator[Fault]:
    part = "alignments"
    yield from bad_source(part, entry, "source", row.source)
    if row.plan and row.plan not in knowledge.plans:
        yield Fault(part, entry, f"{row.plan!r} is no known plan.", "plan", row.plan)
    if row.line and not row.plan:
        yield Fault(part, entry, f"{row.line!r} is a line of no plan; add plan.", "line", row.line)
    if row.line and row.plan in knowledge.plans and row.line not in _lines(knowledge, row.plan):
        yield Fault(part, entry, f"{row.line!r} is no line of {row.plan}.", "line", row.line)
    for field, (ids, what) in known.items():
        for number, one in enumerate(getattr(row, field)):
            if one not in ids:
                yield Fault(part, entry, f"{one!r} is no known {what}.", f"{field}[{number}]", one)
    if sum(map(bool, (row.line or row.plan, row.sdgs, row.elements, row.areas))) < 2:
        yield Fault(part, entry, "aligns one thing with nothing; name what serves what.")
    if row.by == "published" and not row.source:
        yield Fault(part, entry, "is published, but has no source; add one, or say `by: ours`.", "by", row.by)


def _lines(knowledge: Knowledge, plan: str) -> set[str]:
    return {line.id for section in knowledge.plans[plan].sections for line in section.lines}


def _claim_faults(claim: Claim, knowledge: Knowledge, languages: tuple[LanguageCode, ...]) -> Iterator[Fault]:
    part = "claims"
    yield from unknown_actors(part, claim.id, "claimant", claim.claimant, knowledge)
    yield from bad_dates(part, claim.id, {"as_of": claim.as_of, "entered": claim.entered})
    yield from bad_source(part, claim.id, "source", claim.source)
    if claim.words:
        yield from missing_words(part, claim.id, "words", claim.words, languages)
    if claim.subject not in knowledge.instruments:
        yield Fault(part, claim.id, f"{claim.subject!r} is no known instrument.", "subject", claim.subject)
    above, below, percent = claim.numerator, claim.denominator, claim.percent
    if above is None and percent is None and not claim.words:
        yield Fault(part, claim.id, "claims nothing; give numerator, percent or words.")
    if percent is not None and not 0 <= percent <= 100:
        yield Fault(part, claim.id, f"{percent:g} is no percentage.", "percent")
    if above is not None and below is not None and not 0 <= above <= below:
        yield Fault(part, claim.id, f"{above} of {below} can't be.", "numerator", str(above))
    elif above is not None and below and percent is not None and abs(100 * above / below - percent) > NEAR:
        yield Fault(part, claim.id, f"{percent:g} is not {above} of {below}; correct one of them.", "percent")
    plan = knowledge.plans.get(claim.subject)
    if plan and plan.lines_total is not None and below is not None and below != plan.lines_total:
        yield Fault(part, claim.id, f"{below} is not the plan's lines_total ({plan.lines_total}).", "denominator", str(below))
