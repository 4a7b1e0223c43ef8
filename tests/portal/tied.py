"""The partnership that ships, and a register with a sentence that is tied to a line of its plan: made once by each process."""

from pathlib import Path

from comity.knowledge import load_knowledge, load_pack
from comity.records import Act, Link, LinkKind, Statement
from comity.register import Linked, NewLink, rows_of
from made import document, reading, register_of

PACK = load_pack("asean-un")
KNOWLEDGE = load_knowledge((PACK,))
PLAN, LINE, OTHER = "asean-un-poa-2016-2020", "P1-A-03", "P1-A-01"
WORDS = "the two sides would train more peacekeepers and raise the share of women among them"


def tied_in(folder: Path) -> str:
    """The file of the register; who decides in it takes a copy."""
    with register_of(folder) as register:
        told = document(f"ASEAN and the United Nations met. The minister said {WORDS}.", "2018-05-04", title="Peacekeepers")
        start = told.text.index(WORDS)
        words = told.evidence(start, start + len(WORDS))
        register.writer().add(reading(told, statements=[Statement(evidence=words, speaker=("VNM",), cue=None, act=Act.COMMIT)]))
        tie = Link(evidence=words, kind=LinkKind.LINE, target=LINE, score=0.8, words=("peacekeepers",))
        new = NewLink(clause=1, link=tie, plan=PLAN, rank=1, shows="mentioned", dated=told.published)
        writer = register.link_writer()
        (key,) = writer.to_link("asean-un", "1")
        writer.write("asean-un", "1", [rows_of(Linked(reading=key, links=[new], findings=[(1, "statements", 0)]))])
    return register.name
