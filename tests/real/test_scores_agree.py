"""The scorer in the package agrees with the reference scorer on real readings, figure by figure."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from comity.evaluation import Scores, load_gold, score_document
from comity.intake import document_from_text
from comity.publishing.reading_lines import reading_record
from real_documents import SHARED

DEV = SHARED / "gold" / "dev"


@pytest.mark.real
def test_both_scorers_print_the_same_table(reader, tmp_path: Path, shared):
    scores, lines = Scores(), []
    for gold in load_gold(DEV):
        record = json.loads(json.dumps(reading_record(reader.read(document_from_text(gold.text, name=gold.name)))))
        lines.append(json.dumps(record))
        score_document(gold, record, scores)
    readings = tmp_path / "readings.jsonl"
    readings.write_text("\n".join(lines), encoding="utf-8")
    reference = subprocess.run(
        [sys.executable, str(SHARED / "gold" / "score.py"), str(DEV), str(readings), "--json"], capture_output=True, text=True, check=True
    )
    ours = {kind: {"gold": s.gold, "predicted": s.found, "f1": round(s.f1, 4)} for kind, s in scores.kinds.items()}
    theirs = {kind: {key: row[key] for key in ("gold", "predicted", "f1")} for kind, row in json.loads(reference.stdout).items()}
    assert ours == theirs
