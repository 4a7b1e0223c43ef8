"""One's saved searches: kept under a name, each with what is new in it since one last looked and a feed; all of them as a weekly digest."""

from datetime import timedelta

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from comity.errors import BadInputError
from comity.intervals import first_day
from comity.portal.accounts.door import Door
from comity.portal.asking import Unfit, date_in, gone_by
from comity.portal.form import Form
from comity.portal.pages.papers import writer_of
from comity.portal.pages.search import FIELDS, question_in, shown_hits
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.publishing.saved_paper import Fresh, saved_paper
from comity.register import Hits
from comity.register.accounts import Account
from comity.register.clock import now
from comity.register.saved import SavedSearch
from comity.tracking.saved_questions import wanted_of

A_PAGE = 20
LISTED = 15
WEEK = timedelta(days=7)
DONE = ("saved", "renamed", "seen", "dropped")


class News(Struct, frozen=True):
    """A saved search with the number of its new hits; `fault` where it can't be asked any more."""

    search: SavedSearch
    new: int
    fault: str = ""


@get("/{language:str}/saved", include_in_schema=False)
@threaded
def saved_page(visit: NamedDependency[Visit]) -> Response[str]:
    saved, done = visit.desk.register.saved(), visit.first("done")
    searches = saved.of(_own(visit).key)
    return visit.page("saved.html", section="saved", searches=[_news(visit, one) for one in searches], done=done if done in DONE else "")


@post("/{language:str}/saved", include_in_schema=False, status_code=200)
@threaded
def save(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    """Keeps the search that the form carries, with its actor by id."""
    question = question_in(visit, {name: sent.text(name) or None for name in FIELDS})
    if question.wanted is None:
        raise Unfit("A search that asks for nothing can't be kept; type a word, or choose an actor or theme.", "asked_no_search")
    fields = {**dict(question.fields), **({"actor": question.wanted.actor} if question.wanted.actor else {}), "kind": question.kind}
    visit.desk.register.saved().save(_own(visit).key, name=sent.text("name"), fields=fields, now=door.now(), looked=now())
    return visit.go(visit.address.page("saved", query=[("done", "saved")]))


@get("/{language:str}/saved/digest", include_in_schema=False)
@threaded
def saved_digest_page(visit: NamedDependency[Visit]) -> Response[str]:
    """What is new in all of one's searches since a day, a week ago where none is asked for."""
    asked = gone_by(date_in(visit.first("since") or (visit.now.today - WEEK).isoformat()), visit.now.today)
    since = first_day(asked).isoformat()
    saved = visit.desk.register.saved()
    view = saved.view_since(since)
    fresh = [Fresh(one.name, view.search(wanted_of(one), limit=LISTED + 1).hits) for one in saved.of(_own(visit).key)]
    paper = saved_paper(fresh, since=since, writer=writer_of(visit), labels=visit.words.labels, listed=LISTED)
    return visit.page("paper.html", section="saved", paper=paper, before=None, after=None)


@get("/{language:str}/saved/{key:int}", include_in_schema=False)
@threaded
def news_page(visit: NamedDependency[Visit], key: FromPath[int]) -> Response[str]:
    saved = visit.desk.register.saved()
    search = _one(visit, key)
    moment = now()
    found: Hits = saved.view_since(search.looked).search(wanted_of(search), limit=A_PAGE, after=visit.first("after"))
    return visit.page("saved_news.html", section="saved", search=search, shown=shown_hits(visit, found.hits), next=found.next, drawn=moment)


@post("/{language:str}/saved/{key:int}", include_in_schema=False, status_code=200)
@threaded
def change_saved(visit: NamedDependency[Visit], sent: NamedDependency[Form], key: FromPath[int]) -> Response[str]:
    own, search, saved = _own(visit).key, _one(visit, key), visit.desk.register.saved()
    match sent.text("action"):
        case "rename":
            saved.rename(own, search.key, sent.text("name"))
            done = "renamed"
        case "seen":
            moment = sent.text("moment")
            saved.look(own, search.key, min(moment, now()) if moment.startswith("2") else now())
            done = "seen"
        case "drop":
            saved.drop(own, search.key)
            done = "dropped"
        case _:
            raise NotFoundException
    return visit.go(visit.address.page("saved", query=[("done", done)]))


SAVED = (saved_page, save, saved_digest_page, news_page, change_saved)


def _news(visit: Visit, search: SavedSearch) -> News:
    try:
        return News(search, visit.desk.register.saved().view_since(search.looked).facets(wanted_of(search)).total)
    except BadInputError as fault:
        return News(search, 0, str(fault))


def _one(visit: Visit, key: int) -> SavedSearch:
    """One of the visitor's own. Raises NotFoundException."""
    found = visit.desk.register.saved().one(_own(visit).key, key)
    if found is None:
        raise NotFoundException
    return found


def _own(visit: Visit) -> Account:
    """The account of who asks."""
    if visit.visitor.account is None:
        raise NotAuthorizedException(detail="session")
    return visit.visitor.account
