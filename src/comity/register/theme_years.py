"""On which themes an actor spoke in which years: one question, from the actor's own rows on."""

from msgspec import Struct
from sqlalchemy import BigInteger, and_, cast, func, select

from comity.records import ActorId, ThemeId
from comity.register.lists import MOST
from comity.register.schema import FINDINGS, finding_themes, parties
from comity.register.tags import is_repeat
from comity.register.view import View
from comity.register.who import takes_part, who_is

KIND = "statements"


class ThemeYear(Struct, frozen=True):
    """How many statements on a theme documents of a year report; `year` is empty where their date is not known."""

    theme: ThemeId
    year: str
    statements: int


def theme_years(view: View, actor: ActorId) -> list[ThemeYear]:
    """By theme and year."""
    asking, table = view.asking, FINDINGS[KIND]
    documents, who = asking.documents, who_is(asking, actor)
    beside = [
        and_(one.c.reading == table.c.reading, one.c.kind == KIND, one.c.number == table.c.number) for one in (parties, finding_themes)
    ]
    joined = parties.join(table, beside[0]).join(finding_themes, beside[1]).join(documents, asking.scope.is_of(KIND, asking.rejecting()))
    year, whole = func.substr(documents.c.day, 1, 4), cast(table.c.reading, BigInteger) * MOST + table.c.number
    query = (
        select(finding_themes.c.theme, year, func.count(whole.distinct()))
        .select_from(joined)
        .where(parties.c.actor.in_(sorted(who.names)), ~is_repeat(KIND))
        .group_by(finding_themes.c.theme, year)
        .order_by(finding_themes.c.theme, year)
    )
    if not who.alone:
        query = query.where(takes_part(KIND, table.c.reading, table.c.number, who))
    return [ThemeYear(str(theme), str(of), int(number)) for theme, of, number in asking.all(query)]
