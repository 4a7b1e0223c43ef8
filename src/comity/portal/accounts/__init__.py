"""Who may do what in the portal: signing in and out, passwords, second factors, one-time links, tokens, the identity provider."""

from comity.portal.accounts.door import Door, Opened
from comity.portal.accounts.visitor import Visitor, Visitors

__all__ = ["Door", "Opened", "Visitor", "Visitors"]
