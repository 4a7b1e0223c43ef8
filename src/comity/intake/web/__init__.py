"""Pages, feeds and sitemaps from the web: only from hosts that are allowed, never from the local network, within limits."""

from comity.intake.web.address import FetchError, Hosts
from comity.intake.web.page import fetch_page

__all__ = ["FetchError", "Hosts", "fetch_page"]
