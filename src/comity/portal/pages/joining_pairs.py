"""All in the register who may be one, the likeliest first: each pair with the reason, what either said last, and the form to decide."""

from litestar import Response
from msgspec import Struct

from comity.languages import load_words
from comity.portal.listing import part_of
from comity.portal.pages.review_view import joined_just_now
from comity.portal.visit import Visit
from comity.records import ActorId
from comity.register.identities import Candidate, RegisterActor, is_of_one_document
from comity.register.joinable import whole_after
from comity.tracking.overview import Quoted

A_PAGE = 12


class Pair(Struct, frozen=True, kw_only=True):
    """Two that may be one, `first` the one of which more is known; `stays` is whose name and page would stay. `said` is what each of them
    said last, where it did."""

    found: Candidate
    first: RegisterActor
    second: RegisterActor
    stays: ActorId
    said: dict[str, Quoted]

    @property
    def short(self) -> list[RegisterActor]:
        """Those called by a single name, in one document."""
        return [side for side in (self.first, self.second) if is_of_one_document(side)]


def pairs_page(visit: Visit) -> Response[str]:
    """All in the register who may be one, the likeliest first, a page at a time."""
    asked = visit.first("after")
    found = visit.now.who_may_be_one()
    part = part_of(found, _key, after=asked, limit=A_PAGE, newest_first=False)
    here = visit.address.page("review", "join", query=[("after", asked)])
    return visit.page(
        "join_all.html",
        section="review",
        part=part,
        pairs=[_pair(visit, one) for one in part.entries],
        here_again=here,
        began=asked is None,
        done=joined_just_now(visit),
        reasons=load_words(visit.language, "register_labels", dict[str, str]),
        seen=visit.desk.register.review().last(),
    )


def _key(pair: Candidate) -> tuple[str, ...]:
    """As the register orders them."""
    return (str(int(is_of_one_document(pair.second))), f"{100 - pair.likeness:03}", pair.first.id, pair.second.id)


def _pair(visit: Visit, found: Candidate) -> Pair:
    one, other = found.first, found.second
    if _tells_less(visit, one) and not _tells_less(visit, other):
        one, other = other, one
    stays = whole_after(visit.now.view.asking, one.id, other.id)
    last = {side.id: next(visit.now.view.statements(actor=side.id, limit=1), None) for side in (one, other)}
    said = {id: visit.quoted(one) for id, one in last.items() if one}
    return Pair(found=found, first=one, second=other, stays=stays, said=said)


def _tells_less(visit: Visit, actor: RegisterActor) -> bool:
    """Whether neither the knowledge has it nor a document says whom it serves."""
    return actor.id not in visit.desk.knowledge.actors and actor.body is None
