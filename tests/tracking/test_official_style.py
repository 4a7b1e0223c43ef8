"""In the language of official texts, a word of a line in the name of a body, and cooperation in matters that no line has, tie nothing."""

from collections import defaultdict
from pathlib import Path

import pytest

from cases import load_yaml
from comity.knowledge import Knowledge, load_pack
from comity.tracking.links import Linker

CASES = load_yaml(Path(__file__).parent / "cases" / "held_back_eighth.yaml")
FULL = {"asean-un": "", "asean-us": "asean-us-joint-vision-2022-"}
MOST_FALSE = 0.08


@pytest.fixture(scope="module")
def tied(knowledge: Knowledge) -> list[tuple[set[str], set[str]]]:
    """For each sentence its lines, and those that it is tied to by the table alone."""
    linkers = {pack: Linker(knowledge, load_pack(pack).plans) for pack in FULL}
    found = []
    for case in CASES:
        links = linkers[case["pack"]].links(case["text"], case["language"])
        found.append(({FULL[case["pack"]] + line for line in case["lines"]}, {link.target for link in links}))
    return found


def test_routine_and_other_matters_are_tied_to_nothing(tied):
    nothing = [bool(links) for lines, links in tied if not lines]
    assert sum(nothing) <= MOST_FALSE * len(nothing)


def test_the_same_frames_about_a_line_are_tied_to_it(tied):
    by_language = defaultdict(list)
    for case, (lines, links) in zip(CASES, tied, strict=True):
        if lines:
            by_language[case["language"]].append(bool(lines & links))
    assert {language: sum(right) >= len(right) - 1 for language, right in by_language.items()} == {"en": True, "vi": True}
