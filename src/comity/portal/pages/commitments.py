"""Who undertook, agreed, proposed or asked for what, the newest first; and before all of it what is due next."""

from litestar import Response, get
from litestar.di import NamedDependency

from comity.portal.choosing import actors_to_choose, themes_to_choose
from comity.portal.listing import Part, cut
from comity.portal.snapshot import Snapshot
from comity.portal.visit import Visit
from comity.records import ActorId, Force
from comity.register import Found, Narrow

A_PAGE = 25
NEXT = 10
"""So many of those that fall due next come first."""


@get("/{language:str}/commitments", sync_to_thread=True, include_in_schema=False)
def commitments_page(visit: NamedDependency[Visit]) -> Response[str]:
    actor, theme, force, after = (visit.first(name) for name in ("actor", "theme", "force", "after"))
    part = commitments_part(visit.now, actor, theme, force, after=after, limit=A_PAGE)
    whole = not (actor or theme or force or after)
    return visit.page(
        "commitments.html",
        section="commitments",
        actor=actor,
        theme=theme,
        force=force,
        forces=[force.value for force in Force],
        due=[visit.quoted(found) for found in visit.now.due[:NEXT]] if whole else [],
        part=part,
        made=[visit.quoted(found) for found in part.entries],
        actors=actors_to_choose(visit, "commitments", [actor] if actor else []),
        themes=themes_to_choose(visit, "commitments", theme),
        theme_names={theme.id: theme.names for theme in visit.desk.knowledge.themes.values()},
        began=after is None,
    )


def commitments_part(
    now: Snapshot, actor: ActorId | None, theme: str | None, force: str | None, *, after: str | None, limit: int
) -> Part[Found]:
    """The commitments by the actor, on the theme, of the force, the newest first; None asks for all."""
    found = now.view.commitments(by=actor, theme=theme, force=force, after=after, limit=limit + 1)
    return cut(found, total=now.count_of("commitments", Narrow(actor=actor, theme=theme, act=force)), limit=limit)
