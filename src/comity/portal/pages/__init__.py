"""The pages, one file for each part of the portal."""

from comity.portal.pages.actors import actor_page, actors_page
from comity.portal.pages.alignment import alignment_page, crossed_page
from comity.portal.pages.charts import chart_picture
from comity.portal.pages.commitments import commitments_page
from comity.portal.pages.compare import compare_page
from comity.portal.pages.contradictions import contradictions_page
from comity.portal.pages.documents import document_page, documents_page
from comity.portal.pages.feeds import search_feed
from comity.portal.pages.findings import finding_page
from comity.portal.pages.instruments import instrument_page, instruments_page
from comity.portal.pages.lines import line_page
from comity.portal.pages.meetings import mechanism_page, meetings_calendar, meetings_page
from comity.portal.pages.network import network_page, together_page
from comity.portal.pages.occurrence import occurrence_page
from comity.portal.pages.overview import overview_page
from comity.portal.pages.papers import PAPERS
from comity.portal.pages.plans import ledger_page, plan_page, plans_page
from comity.portal.pages.programs import programs_page
from comity.portal.pages.search import search_page
from comity.portal.pages.statements import statements_page

PAGES = (
    overview_page,
    plans_page,
    plan_page,
    compare_page,
    ledger_page,
    line_page,
    documents_page,
    document_page,
    finding_page,
    statements_page,
    commitments_page,
    actors_page,
    actor_page,
    meetings_page,
    meetings_calendar,
    mechanism_page,
    instruments_page,
    instrument_page,
    *PAPERS,
    occurrence_page,
    contradictions_page,
    alignment_page,
    crossed_page,
    network_page,
    together_page,
    search_page,
    search_feed,
    chart_picture,
    programs_page,
)
