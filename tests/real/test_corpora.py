"""The corpora beside the project, read as collections: every line is a document."""

from pathlib import Path

import pytest

from comity.intake import Given, fields_of, open_documents
from comity.intake.counting import count_documents
from comity.records import Document


@pytest.mark.real
@pytest.mark.parametrize(("name", "pairs", "language"), [("clusters", (), "vi"), ("wh", ("language=lang",), "en")])
def test_every_line_is_a_document(shared: Path, name: str, pairs: tuple[str, ...], language: str) -> None:
    file = shared / "corpus" / f"{name}.jsonl.gz"
    found = list(open_documents([file], given=Given(fields=fields_of(pairs))))
    assert len(found) == count_documents([file])
    assert {one.language if isinstance(one, Document) else one.sentence for one in found} == {language}
