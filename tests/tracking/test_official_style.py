"""In the language of official texts and the press, a word of a line in the name of a body or an office, half sentences, protocol, and
cooperation in matters that no line has, tie nothing."""

from collections import defaultdict
from pathlib import Path

import pytest

from cases import load_yaml
from comity.knowledge import Knowledge, load_pack
from comity.tracking.links import Linker

CASES = Path(__file__).parent / "cases"
FULL = {"asean-un": "", "asean-us": "asean-us-joint-vision-2022-"}
MOST_FALSE, LEAST_RIGHT = {"held_back_eighth": 0.08, "held_back_ninth": 0.17}, {"held_back_eighth": 0.94, "held_back_ninth": 0.85}


Tied = list[tuple[str, set[str], set[str]]]


@pytest.fixture(scope="module")
def tied(knowledge: Knowledge) -> dict[str, Tied]:
    """For each sentence of each file its language, its lines, and those that it is tied to by the table alone."""
    linkers = {pack: Linker(knowledge, load_pack(pack).plans) for pack in FULL}
    found: dict[str, Tied] = defaultdict(list)
    for name in MOST_FALSE:
        for case in load_yaml(CASES / f"{name}.yaml"):
            links = linkers[case["pack"]].links(case["text"], case["language"])
            found[name].append((case["language"], {FULL[case["pack"]] + line for line in case["lines"]}, {link.target for link in links}))
    return found


@pytest.mark.parametrize("name", MOST_FALSE)
def test_routine_and_other_matters_are_tied_to_nothing(name: str, tied: dict[str, Tied]):
    nothing = [bool(links) for _, lines, links in tied[name] if not lines]
    assert sum(nothing) <= MOST_FALSE[name] * len(nothing)


@pytest.mark.parametrize("name", LEAST_RIGHT)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_about_a_line_is_tied_to_it(name: str, language: str, tied: dict[str, Tied]):
    right = [bool(lines & links) for spoken, lines, links in tied[name] if lines and spoken == language]
    assert sum(right) >= LEAST_RIGHT[name] * len(right)
