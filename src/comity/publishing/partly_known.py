"""Whether a plan's lines are all known here: of two plans held against each other, a line that seems dropped or new may stand among those
that are not."""

from comity.knowledge import Plan
from comity.knowledge.words import label
from comity.publishing.labels import Labels

OFFICIAL = "official"


def partly_known(old: Plan, new: Plan, labels: Labels) -> str:
    """How many lines of each plan are known, and what that means for the two held against each other; empty where all are known."""
    told = dict.fromkeys(sentence for plan in (old, new) if (sentence := _known(plan, labels)))
    return " ".join((*told, labels.say("partly_known_so"))) if told else ""


def _known(plan: Plan, labels: Labels) -> str:
    lines = [line for section in plan.sections for line in section.lines]
    name = label(plan.short, labels.language) or plan.id
    if plan.lines_total is not None:
        return labels.say("partly_known", plan=name, n=len(lines), total=plan.lines_total) if len(lines) < plan.lines_total else ""
    return labels.say("partly_known_no_total", plan=name, n=len(lines)) if any(line.wording != OFFICIAL for line in lines) else ""
