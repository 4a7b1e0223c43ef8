"""Pages and an interface for programs over one register: read only, in every language Comity speaks, with nothing loaded from elsewhere."""

from comity.portal.app import create_portal

__all__ = ["create_portal"]
