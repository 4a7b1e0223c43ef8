"""What people decide about links, as rows to look up fast. In comes a decision on a link; out comes a row of `verdicts`.

A verdict is on words of a document and a target. It stays with the words: however a newer linker cuts clauses, every link to that target
whose clause overlaps them has this verdict. A tie that is moved to another line is accepted there and rejected on the line it comes from,
by one decision.
"""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, insert, literal, or_, select, update

from comity.errors import BadInputError
from comity.records import LineStatus, LinkKind
from comity.register.schema import documents
from comity.register.tracked_tables import linkings, links, verdicts

BY_PERSON = 0
"""The rank of a link that a person made."""
BY_PERSONS = ""
"""The pack of the links that people made."""
SHOWN = (LineStatus.MENTIONED, LineStatus.UNDER_WAY, LineStatus.COMPLETED, LineStatus.DROPPED)
"""What a link can be evidence of."""
MOVED = "moved_from"
"""The value by which accepting a link says on which line of the plan, or which other target, the words had been tied to before."""


class OfLink(Struct, frozen=True, tag="link"):
    """A tie between words of a document and a line of a plan, or another target (`plan` is empty then).

    The register fills in the quote when a decision is added.
    """

    kind: LinkKind
    plan: str
    target: str
    document: str
    start: int
    end: int
    quote: str = ""


def link_of(address: str) -> OfLink | None:
    """The link that an address names: `link:line:PLAN:LINE:DOCUMENT:START-END`, `link:goal:16:DOCUMENT:START-END`; None for others."""
    parts = address.split(":")
    kinds = {kind.value: kind for kind in LinkKind}
    if len(parts) != (6 if parts[1:2] == [LinkKind.LINE.value] else 5) or parts[0] != "link" or parts[1] not in kinds:
        return None
    start, _, end = parts[-1].partition("-")
    if not start.isdecimal() or not end.isdecimal():
        return None
    plan = parts[2] if len(parts) == 6 else ""
    return OfLink(kinds[parts[1]], plan, parts[-3], parts[-2], int(start), int(end))


def is_about(link: Any) -> ColumnElement[bool]:
    """Whether a verdict is on a link: the columns of `links`, or a row of it."""
    return and_(
        verdicts.c.document == link.document,
        verdicts.c.plan == link.plan,
        or_(verdicts.c.target == link.target, verdicts.c.moved_from == link.target),
        verdicts.c.start < link.end,
        verdicts.c.end > link.start,
    )


def said_of(link: Any) -> ColumnElement[str]:
    """What a verdict that is on a link says of it: of the line a tie was moved from, that it is wrong."""
    return case((verdicts.c.target == link.target, verdicts.c.verdict), else_=literal("reject"))


def shown_of(link: Any) -> ColumnElement[str | None]:
    """What a verdict says that a link shows, if anything."""
    return case((verdicts.c.target == link.target, verdicts.c.shows))


def check_link(connection: Connection, subject: OfLink, value: dict[str, Any], *, is_new: bool) -> OfLink:
    """The subject with its quote. Raises BadInputError where the words or the link are not there; a link that `is_new` need not be."""
    words = func.substr(documents.c.text, subject.start + 1, subject.end - subject.start)
    around = func.substr(documents.c.text, max(subject.start, 1), subject.end - max(subject.start, 1) + 2)
    columns = (documents.c.key, words.label("quote"), around.label("around"), func.length(documents.c.text).label("size"))
    row = connection.execute(select(*columns).where(documents.c.id == subject.document)).first()
    if row is None:
        raise BadInputError(f"There is no document {subject.document}.")
    if not 0 <= subject.start < subject.end <= row.size:
        raise BadInputError(f"{subject.document} has no words from {subject.start} to {subject.end}.")
    linked = _is_linked(connection, row.key, subject)
    if not linked and _cuts_words(row.around, row.quote, is_first=subject.start == 0):
        raise BadInputError(
            f"{subject.start}-{subject.end} cuts a word of {subject.document} ({row.quote!r}); `comity links` gives the places of links."
        )
    if not is_new and not linked:
        raise BadInputError(
            f"{subject.document} has no link to {subject.target} from {subject.start} to {subject.end}; run `comity track` first."
        )
    if set(value) - {"shows", MOVED} or value.get("shows", SHOWN[0]) not in list(SHOWN):
        raise BadInputError(f"A decision on a link sets shows to one of {', '.join(SHOWN)}, or {MOVED} to a line, or nothing.")
    if MOVED in value:
        _check_move(connection, row.key, subject, value[MOVED], is_new=is_new)
    return replace(subject, quote=row.quote)


def _cuts_words(around: str, quote: str, *, is_first: bool) -> bool:
    """Whether a quote begins or ends within a word; `around` has one more letter on either side, where there is one."""
    before, after = "" if is_first else around[:1], around[len(quote) + (0 if is_first else 1) :]
    return any(one and (one + other).isalnum() for one, other in ((before, quote[:1]), (after, quote[-1:])))


def _check_move(connection: Connection, document: int, subject: OfLink, moved_from: Any, *, is_new: bool) -> None:
    if not is_new:
        raise BadInputError(f"Only accepting a link moves it: accept it on its new line, with {MOVED} set to the old one.")
    if not isinstance(moved_from, str) or moved_from == subject.target:
        raise BadInputError(f"{MOVED} is the id of the line that the tie was on, another than {subject.target}.")
    if not _is_linked(connection, document, replace(subject, target=moved_from)):
        raise BadInputError(f"{subject.document} has no link to {moved_from} from {subject.start} to {subject.end} that could be moved.")


def add_verdict(connection: Connection, subject: OfLink, *, number: int, made: str, verdict: str, value: dict[str, Any]) -> None:
    """Writes the verdict of a decision; an accepted link that the linker did not find is added as a person's."""
    key, reading = connection.execute(select(documents.c.key, documents.c.reading).where(documents.c.id == subject.document)).one()
    row = {
        "decision": number,
        "document": key,
        **{name: getattr(subject, name) for name in ("start", "end", "plan", "target")},
        "kind": subject.kind.value,
        "verdict": verdict,
        "shows": value.get("shows"),
        MOVED: value.get(MOVED),
        "made": made,
        "undone": None,
    }
    connection.execute(insert(verdicts), [row])
    if verdict == "accept" and reading is not None and not _is_linked(connection, key, subject):
        connection.execute(insert(links), [{**persons_link(connection, row, subject.quote), "reading": reading}])


def take_back_verdict(connection: Connection, decision: int, undone: str | None) -> None:
    """Notes from when on a decision's verdict does not stand, or that it stands again."""
    connection.execute(update(verdicts).where(verdicts.c.decision == decision).values(undone=undone))


def forget_linking(connection: Connection, document: str) -> None:
    """Lets the next run of the linker take a document again: a decision changed what is found in it."""
    here = select(documents.c.reading).where(documents.c.id == document).scalar_subquery()
    connection.execute(delete(linkings).where(linkings.c.reading == here))


def persons_link(connection: Connection, verdict: Any, quote: str) -> dict[str, Any]:
    """The row of a link that a person made, by the row of the verdict; the reading is the caller's to fill in. A tie that was moved shows
    what it showed, of the day it was of."""
    dated = connection.execute(select(documents.c.published).where(documents.c.key == verdict["document"])).scalar()
    shows = LineStatus.MENTIONED.value
    if verdict[MOVED]:
        here = [links.c[name] == verdict[name] for name in ("document", "plan")]
        over = (links.c.start < verdict["end"], links.c.end > verdict["start"])
        query = select(links.c.dated, links.c.shows).where(*here, links.c.target == verdict[MOVED], *over)
        for row in connection.execute(query.order_by(links.c.key.desc()).limit(1)):
            dated, shows = row
    return {
        "key": int(connection.execute(select(func.max(links.c.key))).scalar() or 0) + 1,
        **{name: verdict[name] for name in ("document", "start", "end", "kind", "plan", "target")},
        "quote": quote,
        "pack": BY_PERSONS,
        "clause": BY_PERSON,
        "rank": BY_PERSON,
        "score": 1.0,
        "words": [],
        "shows": verdict["shows"] or shows,
        "dated": dated,
    }


def _is_linked(connection: Connection, document: int, subject: OfLink) -> bool:
    query = select(links.c.key).where(
        links.c.document == document,
        links.c.reading == select(documents.c.reading).where(documents.c.key == document).scalar_subquery(),
        links.c.plan == subject.plan,
        links.c.target == subject.target,
        links.c.start < subject.end,
        links.c.end > subject.start,
    )
    return connection.execute(query.limit(1)).first() is not None
