"""What is new in somebody's saved searches as a paper: a section for each search, a line for each hit, with its sentence."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

import comity
from comity.intervals import IsoDate
from comity.publishing.labels import Labels
from comity.publishing.line_writer import LineWriter
from comity.publishing.lines import Line, Paper, Section
from comity.register import Found, Hit


class Fresh(Struct, frozen=True):
    """A search by its name, and its best hits among what is new."""

    name: str
    hits: Sequence[Hit]


def saved_paper(searches: Iterable[Fresh], *, since: IsoDate, writer: LineWriter, labels: Labels, listed: int) -> Paper:
    """The paper in the language of the labels; of each search the first `listed` hits."""
    sections = tuple(
        Section(
            id=f"search-{number}",
            title=one.name,
            parts=tuple(writer.part([_line(hit, writer) for hit in one.hits], listed)),
            empty=labels.say("saved_digest_none"),
        )
        for number, one in enumerate(searches, 1)
    )
    lead = "saved_digest_lead" if sections else "saved_digest_no_searches"
    return Paper(
        language=labels.language,
        title=labels.say("saved_digest_title", since=labels.date(since)),
        lead=(labels.say(lead),),
        sections=sections,
        foot=labels.say("paper_made_by", version=comity.__version__, pack=writer.pack),
    )


def _line(hit: Hit, writer: LineWriter) -> Line:
    if hit.kind == "statements":
        return writer.statement([Found(hit.document, hit.finding)])
    if hit.kind == "commitments":
        return writer.commitment([Found(hit.document, hit.finding)])
    if hit.finding is not None:
        return writer.words_of(hit.document, hit.finding.evidence)
    return writer.document(hit.document)
