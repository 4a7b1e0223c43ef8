"""The partnership that ships, and a register with a sentence that tracking ties to a line of its plan: made once by each process."""

from pathlib import Path

from comity.knowledge import load_knowledge, load_pack
from comity.records import Act, Statement
from comity.tracking.track import track
from made import document, reading, register_of

PACK = load_pack("asean-un")
KNOWLEDGE = load_knowledge((PACK,))
PLAN, LINE, OTHER = "asean-un-poa-2016-2020", "P1-A-03", "P1-A-01"
WORDS = "the two sides would train more peacekeepers and raise the share of women among them"


def tracked_in(folder: Path) -> str:
    """The file of the register; who decides in it takes a copy."""
    with register_of(folder) as register:
        told = document(f"ASEAN and the United Nations met. The minister said {WORDS}.", "2018-05-04", title="Peacekeepers")
        start = told.text.index(WORDS)
        said = Statement(evidence=told.evidence(start, start + len(WORDS)), speaker=("VNM",), cue=None, act=Act.COMMIT)
        register.writer().add(reading(told, statements=[said]))
        track(register, PACK)
    return register.name
