"""Which publishers speak for themselves: bodies and authorities, as against agencies and papers that pass on what those released.

In comes a publisher's name and the address of a document, out comes whether it is official, and the state whose own it is. The lists are
data (`publishers.yaml`).
"""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.knowledge.yaml_file import read_yaml
from comity.records import ActorId

FILE = Path(__file__).parent / "publishers.yaml"


class Official(Struct, frozen=True, forbid_unknown_fields=True):
    """How official publishers are told: by hosts, labels of hosts (`gov` in `mofa.gov.vn`) and names."""

    hosts: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


class PublisherKinds(Struct, frozen=True, forbid_unknown_fields=True):
    """The kinds of publishers that are told apart."""

    official: Official = Official()
    states: dict[ActorId, frozenset[str]] = {}

    def is_official(self, publisher: str | None, source: str | None) -> bool:
        """Whether a publisher (a name or a host) or the host of an address is a body's own."""
        named = publisher is not None and fold(publisher.strip()) in {fold(name) for name in self.official.names}
        return named or any(self._is_host(host) for host in (_host(source), publisher) if host)

    def state(self, publisher: str | None, source: str | None) -> ActorId | None:
        """The state whose own page it is: `USA` for `state.gov`, `VNM` for `mofa.gov.vn`."""
        ends = {end for host in (_host(source), publisher) if host and "." in host for end in _ends(host)}
        return next((state for state, hosts in self.states.items() if ends & hosts), None)

    def _is_host(self, host: str) -> bool:
        """`press.un.org` is under `un.org`; `gov` ends `state.gov` and goes before the country in `mofa.gov.vn`; `go.com` may be sold."""
        labels = host.lower().strip().split(".")
        ends = _ends(host)
        sort = labels[-2] if len(labels) > 2 and len(labels[-1]) == 2 else labels[-1]
        return bool(ends & self.official.hosts) or (len(labels) > 1 and sort in self.official.labels)


@cache
def publisher_kinds() -> PublisherKinds:
    """The kinds of publishers that Comity knows."""
    return read_yaml(FILE, PublisherKinds)


def _ends(host: str) -> set[str]:
    """The name of a host and those that it is under: `press.un.org`, `un.org`, `org`."""
    labels = host.lower().strip().split(".")
    return {".".join(labels[start:]) for start in range(len(labels))}


def _host(source: str | None) -> str | None:
    try:
        return urlsplit(source).hostname if source else None
    except ValueError:
        return None
