"""On which themes an actor spoke in which years: one question, from the actor's own rows on."""

from msgspec import Struct
from sqlalchemy import and_, func, select

from comity.records import ActorId, ThemeId
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
    # once each before they are joined: their index has them in order
    taking = select(parties.c.reading, parties.c.number).where(parties.c.actor.in_(sorted(who.names)), parties.c.kind == KIND).distinct()
    his = taking.subquery("his")
    beside = [and_(one.c.reading == his.c.reading, one.c.number == his.c.number) for one in (table, finding_themes)]
    joined = his.join(finding_themes, and_(beside[1], finding_themes.c.kind == KIND)).join(table, beside[0])
    joined = joined.join(documents, asking.scope.is_of(KIND, asking.rejecting()))
    year = func.substr(func.coalesce(documents.c.published, ""), 1, 4)
    query = (
        select(finding_themes.c.theme, year, func.count())
        .select_from(joined)
        .where(~is_repeat(KIND))
        .group_by(finding_themes.c.theme, year)
        .order_by(finding_themes.c.theme, year)
    )
    if not who.alone:
        query = query.where(takes_part(KIND, table.c.reading, table.c.number, who))
    return [ThemeYear(str(theme), str(of), int(number)) for theme, of, number in asking.all(query)]
