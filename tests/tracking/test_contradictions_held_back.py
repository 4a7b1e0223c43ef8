"""How well contradictions are found on pairs that no rule was made for: precision first, and recall that may only rise."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

from cases import load_yaml
from comity.intake import document_from_text
from comity.knowledge import Knowledge
from comity.reading import Reader
from comity.register import open_register
from comity.tracking.contradictions import contradictions
from comity.tracking.occurrences import occurrences

CASES = Path(__file__).parent / "cases" / "contradictions_held_back.yaml"
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.85


def test_pairs_that_no_rule_was_made_for(tmp_path: Path, reader: Reader, knowledge: Knowledge):
    empty = tmp_path / "empty.sqlite"
    open_register(empty).close()
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for number, case in enumerate(load_yaml(CASES)):
        sides = [{"language": "en", **case[side], "name": side} for side in ("a", "b")]
        readings = [reader.read(document_from_text(side.pop("text"), **{**side, "published": str(side["published"])})) for side in sides]
        with open_register(shutil.copy(empty, tmp_path / f"{number}.sqlite")) as register:
            register.writer().add_all(readings)
            view = register.view()
            told = contradictions(view, knowledge, occurrences(view, knowledge, today=date(2026, 1, 1)))
        found, true = Counter(one.kind.value for one in told), Counter(case["kinds"])
        right += found & true
        wrong.update({f"{case['text']}: {kind}": count for kind, count in (found - true).items()})
        missed.update({f"{case['text']}: {kind}": count for kind, count in (true - found).items()})
    precision = right.total() / (right.total() + wrong.total())
    recall = right.total() / (right.total() + missed.total())
    assert precision >= LEAST_PRECISION, wrong
    assert recall >= LEAST_RECALL, missed
