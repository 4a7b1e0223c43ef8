"""One TLS context for all clients of a run. A client reads the machine's certificates when it is made, a twentieth of a second; the tests
make a thousand, nearly all of which speak to a portal of this machine without TLS."""

from functools import cache

from httpx._transports import default


def share_context() -> None:
    """What httpx makes a context with for each client gives the same one to clients that ask for the same."""
    default.create_ssl_context = cache(default.create_ssl_context)
