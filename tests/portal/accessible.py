"""What axe-core finds wrong with a page that a browser shows, where `npm` has put it beside the project (`node_modules/axe-core`)."""

from pathlib import Path
from typing import Any

from browsing import missing

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
BEST = (*RULES, "best-practice")
FAULTS = """rules => axe.run({runOnly: rules, resultTypes: ['violations'], preload: false})
  .then(found => found.violations.map(fault => [fault.id, fault.nodes[0].html]))"""
"""Only what is wrong comes back from the browser: what is right and what does not apply take as long to send as to find. Style sheets are
not fetched again, and sound and film not loaded: no page has any, and no rule of these asks for the sheets' own words."""


def faults(page: Any, rules: tuple[str, ...] = RULES) -> list[list[str]]:
    """The rule that each fault breaks, and the first element that breaks it. Skips the test where axe-core is not there."""
    if not AXE.is_file():
        missing("axe-core (`npm install --no-save axe-core`)")
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(FAULTS, list(rules))


OTHER = {"light": "dark", "dark": "light"}
COLOURS = """rules => axe.run({runOnly: {type: 'rule', values: rules}, resultTypes: ['violations'], preload: false})
  .then(found => found.violations.map(fault => [fault.id, fault.nodes[0].html]))"""
OF_COLOUR = ("color-contrast", "link-in-text-block")
"""What can differ between light and dark: all else was found in the scheme before."""


def colour_faults(page: Any, shown: str) -> list[list[str]]:
    """The same of the colours in the other scheme than the one shown, which comes back afterwards."""
    page.emulate_media(color_scheme=OTHER[shown])
    found: list[list[str]] = page.evaluate(COLOURS, list(OF_COLOUR))
    page.emulate_media(color_scheme=shown)
    return found
