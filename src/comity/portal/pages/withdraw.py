"""Withdrawing a document: an editor says why, and nothing found in it counts any more; its page says so and can bring it back."""

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from comity.portal.addresses import id_of
from comity.portal.form import Form
from comity.portal.gone import check_document
from comity.portal.intake import Intake
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.register import Action
from comity.register.withdrawals import INSTEAD, OfDocument


@post("/{language:str}/documents/{step:str}/withdraw", include_in_schema=False, status_code=200)
@threaded
def withdraw(
    visit: NamedDependency[Visit], intake: NamedDependency[Intake], sent: NamedDependency[Form], step: FromPath[str]
) -> Response[str]:
    """Takes the decision, and shows what stands at the document's address then."""
    id, instead = id_of(step), sent.text("instead").rstrip("/").rpartition("/")[2]
    check_document(visit.now.view, id)
    value = {INSTEAD: instead} if instead else {}
    writer = visit.writer()
    writer.decide(who=visit.signature, action=Action.WITHDRAW, subject=OfDocument(id), value=value, why=sent.text("why"))
    visit.desk.look_anew()
    intake.put_together_later()
    return visit.go(visit.address.document(id))
