"""The network: which bodies of the two parties work together, on what, and how many reports name both; a pair opens into its sentences."""

from litestar import Response, get
from litestar.di import NamedDependency

from comity.knowledge.folded import fold
from comity.portal.asking import Unfit
from comity.portal.visit import Visit
from comity.publishing import network_chart
from comity.publishing.network_chart import draw_network
from comity.register.together import events_together

SENTENCES = 50
"""So many sentences of a pair stand on a page, the newest first."""


@get("/{language:str}/network", sync_to_thread=True, include_in_schema=False)
def network_page(visit: NamedDependency[Visit]) -> Response[str]:
    theme, year = visit.first("theme"), _year(visit.first("year"))
    network = visit.now.network(theme, year)
    if network is None:
        return visit.page("nothing.html", section="network", heading="menu_network", sentence="network_one_party")
    themes = visit.desk.knowledge.themes.values()
    return visit.page(
        "network.html",
        section="network",
        network=network,
        chart=draw_network(network),
        space=network_chart,
        theme=theme,
        year=year,
        themes=sorted(((one.id, visit.label(one.names)) for one in themes), key=lambda one: fold(one[1])),
        together=lambda a, b: visit.address.page("network", "together", query=[("a", a), ("b", b), ("theme", theme)]),
    )


@get("/{language:str}/network/together", sync_to_thread=True, include_in_schema=False)
def together_page(visit: NamedDependency[Visit]) -> Response[str]:
    a, b, theme = visit.first("a"), visit.first("b"), visit.first("theme")
    if not a or not b:
        raise Unfit("Two bodies are needed: choose a pair in the network.", "asked_two_bodies")
    after = visit.first("after")
    newest = events_together(visit.now.view, a, b, theme, limit=SENTENCES + 1, after=after)
    ties = [
        (tie, one, other)
        for actor in visit.desk.pack.actors
        for tie in actor.ties
        for one, other in ((a, b), (b, a))
        if actor.id == one and other in tie.with_
    ]
    return visit.page(
        "together.html",
        section="network",
        a=a,
        b=b,
        total=visit.now.count_together(a, b, theme),
        theme=theme,
        told=[visit.quoted(one) for one in newest[:SENTENCES]],
        next=newest[SENTENCES - 1].cursor if len(newest) > SENTENCES else None,
        began=after is None,
        ties=ties,
    )


def _year(typed: str | None) -> int | None:
    if typed is None:
        return None
    if not typed.isdecimal() or len(typed) != 4:
        raise Unfit(f"{typed!r} is no year; give one such as 2020.", "asked_no_year", {"typed": typed})
    return int(typed)
