"""Addresses that stand in documents, which anybody may have written: which of them become links."""


def safe_link(address: str | None) -> str | None:
    """A source's address where it is one of the web: `javascript:` and the like are none."""
    return address if address and address.startswith(("https://", "http://")) else None
