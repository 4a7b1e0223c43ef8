"""To whom and where: statements in, the same statements with their addressees and occasions out."""

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from comity.reading.addressees import Addressees
from comity.reading.hearers import Hearers
from comity.reading.layout import layout_of
from comity.reading.mentions import Mentions
from comity.reading.occasions import Occasions, said_at
from comity.reading.page import Page
from comity.records import MechanismMention, Statement


def addressed(
    page: Page, mentions: Mentions, mechanisms: Sequence[MechanismMention], statements: Sequence[Statement]
) -> tuple[Statement, ...]:
    """The statements of a page, in the same order, with whom they are said to and at what."""
    if not statements:
        return ()
    layout = layout_of(page, mentions)
    addressees, hearers = Addressees(page.language, layout), Hearers(page, layout, mentions)
    reported: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for statement in statements:
        reported[page.sentence_at(statement.evidence.start)].append((statement.evidence.start, statement.evidence.end))
    occasions = Occasions(page, layout, mechanisms).of(statements)
    return tuple(
        replace(
            statement,
            addressee=addressees.of(statement, reported[page.sentence_at(said_at(statement))]) or hearers.of(statement),
            occasion=occasion,
        )
        for statement, occasion in zip(statements, occasions, strict=True)
    )
