"""Two actors that are one, or two: who may be one in the whole register, who may be the same as somebody, both with what they said beside
each other, and a person's word."""

from collections.abc import Sequence

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from msgspec import Struct

from comity.languages import load_words
from comity.portal.addresses import with_done
from comity.portal.form import Form, is_here
from comity.portal.pages.joining_pairs import pairs_page
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.register import Action, Decision, Narrow, OfActors
from comity.register.gone import merged_actors
from comity.register.identities import RegisterActor, is_of_one_document
from comity.register.joinable import actors_called, actors_named, alike_to, is_grouped, whole_after
from comity.register.overtaken import Overtaken
from comity.tracking.overview import Quoted

OFFERED = 12
SENTENCES = 3
ACTIONS = {"merge": Action.MERGE, "split": Action.SPLIT}


class Side(Struct, frozen=True, kw_only=True):
    """One of the two, with what was found for it."""

    actor: RegisterActor
    documents: int | None
    said: Sequence[Quoted]


@get("/{language:str}/review/join", include_in_schema=False)
@threaded
def join_page(visit: NamedDependency[Visit]) -> Response[str]:
    """Both, where two are named by their ids; else those among whom the second is chosen, or where nobody is named all who may be one."""
    named = visit.first("one")
    if named is None:
        return pairs_page(visit)
    found = _meant(visit, named)
    if not found:
        raise NotFoundException
    other = _other(visit, found[0], visit.first("other")) if len(found) == 1 else None
    return _both(visit, found[0], other) if other else _choose(visit, found)


@post("/{language:str}/review/join", include_in_schema=False, status_code=200)
@threaded
def join(visit: NamedDependency[Visit], sent: NamedDependency[Form]) -> Response[str]:
    """Joins the two or says that they are two, and goes to the page that stands then."""
    action, one, other = ACTIONS.get(sent.text("action")), sent.text("one"), sent.text("other")
    if action is None or not one or not other:
        raise NotFoundException
    kept, joined = (other, one) if sent.text("keep") == other else (one, other)
    why, seen = sent.text("why"), sent.number("seen")
    try:
        (taken,) = visit.writer().decide_together([OfActors((kept, joined))], who=visit.signature, action=action, why=why, seen=seen)
    except Overtaken as fault:
        first = _meant(visit, one)[0]
        second = _other(visit, first, other)
        if second is None:  # they are one by now, and nothing is left to decide
            return visit.go(visit.address.page("actors", first.id))
        return _both(visit, first, second, since=fault.since, typed=sent, status=409)
    visit.desk.look_anew()
    back = sent.text("back")
    if back and is_here(back):
        return visit.go(with_done(back, [taken]))
    stands = merged_actors(visit.now.view.asking).get(kept, kept)
    return visit.go(visit.address.page("actors", stands, query=[("done", str(taken.number))]))


def _meant(visit: Visit, id: str | None) -> list[RegisterActor]:
    """Whom an id means: one actor, or all whom readings call by it; whoever was joined to another is that other."""
    asking = visit.now.view.asking
    return actors_called(asking, merged_actors(asking).get(id, id)) if id else []


def _other(visit: Visit, one: RegisterActor, id: str | None) -> RegisterActor | None:
    """The second of the two, which may be counted as the first already; None where none is meant, or several are."""
    asking = visit.now.view.asking
    found = actors_called(asking, id) if id and id in one.same else _meant(visit, id)
    return found[0] if len(found) == 1 and found[0].id != one.id else None


def _choose(visit: Visit, found: Sequence[RegisterActor]) -> Response[str]:
    asking, typed = visit.now.view.asking, visit.first("name") or ""
    one = found[0]
    return visit.page(
        "join_choose.html",
        section="review",
        several=found if len(found) > 1 else [],
        one=one,
        alike=alike_to(asking, one)[:OFFERED] if len(found) == 1 else [],
        typed=typed,
        named=[other for other in actors_named(asking, typed, OFFERED + 1) if other.id != one.id][:OFFERED] if typed else [],
        reasons=load_words(visit.language, "register_labels", dict[str, str]),
        seen=visit.desk.register.review().last(),
    )


def _both(
    visit: Visit,
    one: RegisterActor,
    other: RegisterActor,
    *,
    since: Sequence[Decision] = (),
    typed: Form | None = None,
    status: int = 200,
) -> Response[str]:
    asking = visit.now.view.asking
    stays = whole_after(asking, one.id, other.id)
    return visit.page(
        "join_both.html",
        section="review",
        status=status,
        sides=[_side(visit, side, apart=other.id not in one.same) for side in (one, other)],
        one=one,
        other=other,
        same=other.id in one.same,
        stays=other if stays == other.id else one,
        chosen=not is_grouped(asking, one.id) and not is_grouped(asking, other.id),
        short=[side for side in (one, other) if is_of_one_document(side)],
        since=since,
        why=typed.text("why") if typed else "",
        keep=typed.text("keep") if typed else one.id,
        seen=visit.desk.register.review().last(),
    )


def _side(visit: Visit, actor: RegisterActor, *, apart: bool) -> Side:
    """With what it said itself: where the two are counted as one already (not `apart`), not what the other said."""
    view, wide = visit.now.view, SENTENCES if apart else SENTENCES * SENTENCES
    found = [one for one in view.statements(actor=actor.id, limit=wide) if apart or actor.actor in one.finding.speaker]
    documents = visit.now.count_of("documents", Narrow(actor=actor.id)) if apart else None
    return Side(actor=actor, documents=documents, said=[visit.quoted(one) for one in found[:SENTENCES]])
