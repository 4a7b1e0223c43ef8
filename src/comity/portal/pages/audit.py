"""What happened with accounts, newest first. For administrators; nobody can change it."""

from litestar import Response, get
from litestar.di import NamedDependency

from comity.portal.threaded import threaded
from comity.portal.visit import Visit

A_PAGE = 100


@get("/{language:str}/audit", include_in_schema=False)
@threaded
def audit_page(visit: NamedDependency[Visit]) -> Response[str]:
    asked = visit.first("before") or ""
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
    entries = visit.desk.register.audit().newest(A_PAGE + 1, before=before)
    following = entries[A_PAGE - 1].number if len(entries) > A_PAGE else None
    return visit.page("audit.html", section="audit", entries=entries[:A_PAGE], following=following, began=before is None)
