"""Search: what documents say and what was found in them, by words, actor, theme, act, time and source; best first, with the words marked.

The addresses of a search are its bookmark: the same address shows the same question to whoever gets it.
"""

import re
from collections.abc import Iterable

from litestar import Response, get
from litestar.di import NamedDependency
from msgspec import Struct

from comity.intervals import IsoDate
from comity.knowledge.folded import fold
from comity.portal.asking import Unfit, date_in
from comity.portal.visit import Visit
from comity.records import Act, ActorId
from comity.register import Facets, Hit, Wanted
from comity.register.named import named_like

A_PAGE = 20
OFFERED = 300
"""So many of the most named actors are offered while typing; any other can be typed in full, by name or id."""
KINDS = ("document", "statements", "events", "commitments", "slips")
NARROWING = ("publisher", "in", "year")
FIELDS = ("q", "kind", "actor", "theme", "act", "since", "until", *NARROWING)
"""What the address of a search may ask for."""


class Piece(Struct, frozen=True):
    """A stretch of a snippet; `asked` where it is what was looked for."""

    text: str
    asked: bool


class Shown(Struct, frozen=True):
    """A hit with its snippet in pieces; of a document, `place` is where the first word that was looked for stands in its text."""

    hit: Hit
    pieces: list[Piece]
    place: tuple[int, int] | None


class Question(Struct, frozen=True, kw_only=True):
    """What was asked, as typed and as the register understands it; `wanted` is None where nothing is asked or nobody bears the name."""

    asked: dict[str, str | None]
    kind: str
    unknown: bool
    wanted: Wanted | None

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What stands in the address of this question."""
        return [(name, value) for name, value in self.asked.items() if value]


@get("/{language:str}/search", sync_to_thread=True, include_in_schema=False)
def search_page(visit: NamedDependency[Visit]) -> Response[str]:
    question = question_of(visit)
    hits = facets = None
    if question.wanted:
        hits = visit.now.view.search(question.wanted, limit=A_PAGE, after=visit.first("after"))
        facets = visit.now.facets(question.wanted)
    themes = visit.desk.knowledge.themes.values()
    return visit.page(
        "search.html",
        section="search",
        asked=question.asked,
        kind=question.kind,
        kinds=KINDS,
        acts=[act.value for act in Act],
        themes=sorted(((theme.id, visit.label(theme.names)) for theme in themes), key=lambda one: fold(one[1])),
        names=_offered(visit),
        unknown=question.unknown,
        shown=shown_hits(visit, hits.hits) if hits else [],
        facets=facets,
        narrowings=_narrowings(facets) if facets else [],
        query=question.fields,
        as_asked=_as_programs_ask(question.wanted) if question.wanted else [],
        next=hits.next if hits else None,
        began=visit.first("after") is None,
    )


def _as_programs_ask(wanted: Wanted) -> list[tuple[str, str | None]]:
    """The same question for `/api/v1/search`."""
    named = {"q": wanted.words, **{name: getattr(wanted, name) for name in ("kind", "actor", "theme", "act", "publisher", "language")}}
    return [*named.items(), ("since", wanted.since), ("until", wanted.until)]


def shown_hits(visit: Visit, hits: Iterable[Hit]) -> list[Shown]:
    return [Shown(hit, _pieces(hit), _place(visit, hit)) for hit in hits]


def question_of(visit: Visit) -> Question:
    """The question in an address. Raises BadInputError where it can't be meant."""
    return question_in(visit, {name: visit.first(name) for name in FIELDS})


def question_in(visit: Visit, asked: dict[str, str | None]) -> Question:
    """The question that some fields ask. Raises BadInputError."""
    kind = asked["kind"] if asked["kind"] in KINDS else KINDS[0]
    actor = _actor(visit, asked["actor"])
    unknown = bool(asked["actor"]) and actor is None
    if unknown or not any(asked[name] for name in asked if name != "kind"):
        return Question(asked=asked, kind=kind, unknown=unknown, wanted=None)
    words = asked["q"] or ""
    if words and not any(sign.isalnum() for sign in words):
        raise Unfit(f"There is no word in {words!r}; give some letters or digits.", "asked_no_word", {"typed": words})
    wanted = Wanted(
        words=words,
        kind=kind,
        actor=actor,
        theme=asked["theme"],
        act=asked["act"] if kind == "statements" else None,
        publisher=asked["publisher"],
        language=asked["in"],
        since=_day(asked["since"] or asked["year"]),
        until=_day(asked["until"] or asked["year"]),
    )
    return Question(asked=asked, kind=kind, unknown=False, wanted=wanted)


def _day(typed: str | None) -> IsoDate | None:
    return date_in(typed) if typed else None


def _actor(visit: Visit, typed: str | None) -> ActorId | None:
    """The actor whose id or name was typed, in any language; of several with one name, the one that documents name most."""
    speakers = list(visit.now.counts("statements", "actor"))[:OFFERED]
    here = [*visit.now.actors, *speakers, *visit.desk.knowledge.actors]
    if not typed or typed in here or visit.now.named(typed):
        return typed
    wanted = fold(typed)
    known = next((actor for actor in here if any(fold(name) == wanted for name in _names(visit, actor))), None)
    others = named_like(visit.now.counting, typed, limit=OFFERED) if known is None else []
    return known or next((one.actor for one in others if fold(visit.naming.actor(one.actor)) == wanted), None)


def _names(visit: Visit, actor: ActorId) -> list[str]:
    known = visit.desk.knowledge.actors.get(actor)
    return [name for names in known.names.values() for name in names] if known else [visit.naming.actor(actor)]


def _offered(visit: Visit) -> list[str]:
    return sorted({visit.naming.actor(actor) for actor in visit.now.actors[:OFFERED]}, key=fold)


def _pieces(hit: Hit) -> list[Piece]:
    pieces, last = [], 0
    for start, end in hit.snippet.marks:
        if start >= last:
            pieces += [Piece(hit.snippet.text[last:start], asked=False), Piece(hit.snippet.text[start:end], asked=True)]
            last = end
    pieces.append(Piece(hit.snippet.text[last:], asked=False))
    return [piece for piece in pieces if piece.text]


def _place(visit: Visit, hit: Hit) -> tuple[int, int] | None:
    """A snippet is the text on one line, between "…" where it is cut."""
    document = visit.now.view.document(hit.document.id) if hit.finding is None and hit.snippet.marks else None
    if document is None:
        return None
    lead = len(hit.snippet.text) - len(hit.snippet.text.lstrip("… "))
    begins = re.sub(r"\s", " ", document.text).find(hit.snippet.text.strip("… "), hit.start)
    start, end = hit.snippet.marks[0]
    return (begins + start - lead, begins + end - lead) if begins >= 0 else None


def _narrowings(facets: Facets) -> list[tuple[str, list[tuple[str, int]]]]:
    """What the hits can be narrowed to, with how many would be left; what is not known can't be asked for."""
    found = {"publisher": facets.publishers, "in": facets.languages, "year": dict(sorted(facets.years.items(), reverse=True))}
    values = [(name, [(value, number) for value, number in found[name].items() if value][:12]) for name in NARROWING]
    return [(name, counts) for name, counts in values if len(counts) > 1]
