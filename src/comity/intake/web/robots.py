"""What a host allows programs to fetch (robots.txt, RFC 9309): asked once a run for each host, and held to."""

from urllib.parse import urlsplit

from protego import Protego

from comity.intake.web.address import FetchError, Hosts
from comity.intake.web.fetch import fetch, said

AGENT = "comity"
LONGEST = 500_000
LONGEST_PAUSE = 60.0
SERVER_FAULTS = 500


class Robots:
    """Remembers what each host said for as long as it lives."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._said: dict[str, Protego] = {}

    def allows(self, address: str) -> bool:
        """Whether the page may be fetched. Raises FetchError where the host can't say: then it allows nothing (RFC 9309, 2.3.1)."""
        return bool(self._rules(address).can_fetch(address, AGENT))

    def pause(self, address: str) -> float:
        """The seconds the host wants between two pages, up to a minute. Raises FetchError."""
        return min(float(self._rules(address).crawl_delay(AGENT) or 0), LONGEST_PAUSE)

    def _rules(self, address: str) -> Protego:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._said:
            self._said[origin] = Protego.parse(_rules_of(origin, self._hosts))
        return self._said[origin]


def _rules_of(origin: str, hosts: Hosts) -> str:
    """The host's robots.txt; no such file allows everything."""
    answer = fetch(f"{origin}/robots.txt", hosts)
    if answer.status >= SERVER_FAULTS:
        raise FetchError(f"{answer.address}: {said(answer.status)}, and without it nothing may be fetched from there; try again later.")
    return answer.content[:LONGEST].decode("utf-8", "replace")
