"""Who may do what in the portal: signing in and out, passwords, second factors, one-time links, tokens, the identity provider."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.portal.accounts.door import Door, Opened
    from comity.portal.accounts.visitor import Visitor, Visitors

__all__ = ["Door", "Opened", "Visitor", "Visitors"]


def __getattr__(name: str) -> object:
    """They need the portal's settings, which need the key file's name from here."""
    if name in __all__:
        from comity.portal.accounts import door, visitor

        return getattr(door if name in ("Door", "Opened") else visitor, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
