"""Pages and an interface for programs over one register: read only, in every language Comity speaks, with nothing loaded from elsewhere."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.portal.app import create_portal

__all__ = ["create_portal"]


def __getattr__(name: str) -> object:
    """All pages are imported by whoever shows them: a wrong option of `comity serve` is told before."""
    if name == "create_portal":
        from comity.portal.app import create_portal

        return create_portal
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
