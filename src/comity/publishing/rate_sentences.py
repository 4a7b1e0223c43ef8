"""Rates as sentences: a rate is never one number; it says of how many, what counts as done, and as of when."""

from collections.abc import Mapping
from types import MappingProxyType

from comity.knowledge import Knowledge, Plan
from comity.knowledge.words import label
from comity.languages import load_words
from comity.publishing.labels import Labels
from comity.records import LanguageCode
from comity.tracking.rates import BEGUN, COMPLETED, Agreement, By, Rate, rates
from comity.tracking.status import PlanStatus

Names = Mapping[tuple[By, str], str]
"""What a group of lines is called, where its key is no name."""

NOTHING: Names = MappingProxyType({})
DONE = ((COMPLETED, "done_completed"), (BEGUN, "done_begun"))


def link_words(language: LanguageCode) -> dict[str, str]:
    """The words of links, line status and rates."""
    return load_words(language, "link_labels", dict[str, str])


def rate_sentences(status: PlanStatus, labels: Labels, of: tuple[By, ...] = (By.PLAN,), names: Names = NOTHING) -> list[str]:
    """Each rate with its numerator, denominator, what counts as done and as of when; groups where nothing is done are left out.

    `names` are those of groups that the plan itself does not name, as its themes.
    """
    names = {**_names(status.plan, labels), **names}
    return [
        rate_sentence(rate, labels, names)
        for done, _ in DONE
        for rate in rates(status, done)
        if rate.by in of and (rate.by is By.PLAN or rate.numerator or rate.suggested)
    ]


def _names(plan: Plan, labels: Labels) -> Names:
    """What the pillars and sections of a plan are called."""
    return {
        **{(By.PILLAR, pillar.id): label(pillar.names, labels.language) for pillar in plan.pillars},
        **{(By.SECTION, section.id): label(section.names, labels.language) for section in plan.sections},
    }


def theme_names(knowledge: Knowledge, labels: Labels) -> Names:
    """What themes are called."""
    return {(By.THEME, theme.id): label(theme.names, labels.language) for theme in knowledge.themes.values()}


def rate_sentence(rate: Rate, labels: Labels, names: Names = NOTHING) -> str:
    """ "whole plan: 3 of 22 lines completed on 1 December 2020 (13.6 %); 5 if the suggestions are right" """
    words = link_words(labels.language)
    percent = labels.number(round(100 * rate.numerator / rate.denominator, 1)) if rate.denominator else "-"
    return words["rate_known" if rate.published and rate.published != rate.denominator else "rate"].format(
        what=words[f"by_{rate.by}"].format(key=names.get((rate.by, rate.key), rate.key)),
        numerator=labels.number(rate.numerator),
        denominator=labels.number(rate.denominator),
        published=labels.number(rate.published or rate.denominator),
        suggested=labels.number(rate.suggested),
        done=words[dict(DONE)[rate.done]],
        as_of=labels.date(rate.as_of),
        percent=percent,
    )


def agreement_sentence(one: Agreement, labels: Labels) -> str:
    """ "Lan and Minh scored 12 action lines, 9 alike; kappa 0.6"; why there is none where both always gave one and the same score."""
    words, (first, second) = link_words(labels.language), one.coders
    kappa = words["kappa_none"] if one.kappa is None else words["kappa"].format(kappa=labels.number(one.kappa))
    return words["agreement"].format(first=first, second=second, lines=labels.count("lines", one.lines), agreed=one.agreed, kappa=kappa)
