"""Documents that are read on several cores come out as from one, in their order."""

from comity.cli import readers
from comity.cli.readers import read_together
from comity.cli.reading import LateReader
from comity.intake import document_from_text
from comity.knowledge import load_pack


def test_several_processes_give_what_one_gives(monkeypatch):
    monkeypatch.setattr(readers, "FEW", 3)
    reader = LateReader((load_pack("asean-un"),))
    texts = [f"On {day} May 2020 the ASEAN Secretary-General said that {day} lines were completed." for day in range(1, 21)]
    documents = [document_from_text(text, language="en", published="2020-05-30") for text in texts]
    alone = list(read_together(iter(documents), reader, processes=1))
    together = list(read_together(iter(documents), reader, processes=2))
    assert [one.document.id for one in together] == [document.id for document in documents]
    assert [(one.findings, one.parties, one.themes, one.tags, list(one.hashes)) for one in together] == [
        (one.findings, one.parties, one.themes, one.tags, list(one.hashes)) for one in alone
    ]
    assert any(one.findings for one in together)
