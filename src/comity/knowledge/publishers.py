"""Which publishers speak for themselves: bodies and authorities, as against agencies and papers that pass on what those released.

In comes a publisher's name and the address of a document, out comes whether it is official. The list is data (`publishers.yaml`).
"""

from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.knowledge.yaml_file import read_yaml

FILE = Path(__file__).parent / "publishers.yaml"


class Official(Struct, frozen=True, forbid_unknown_fields=True):
    """How official publishers are told: by hosts, labels of hosts (`gov` in `mofa.gov.vn`) and names."""

    hosts: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


class PublisherKinds(Struct, frozen=True, forbid_unknown_fields=True):
    """The kinds of publishers that are told apart."""

    official: Official = Official()

    def is_official(self, publisher: str | None, source: str | None) -> bool:
        """Whether a publisher (a name or a host) or the host of an address is a body's own."""
        named = publisher is not None and fold(publisher.strip()) in {fold(name) for name in self.official.names}
        return named or any(self._is_host(host) for host in (_host(source), publisher) if host)

    def _is_host(self, host: str) -> bool:
        """`press.un.org` is under `un.org`; `gov` ends `state.gov` and goes before the country in `mofa.gov.vn`; `go.com` may be sold."""
        labels = host.lower().strip().split(".")
        ends = {".".join(labels[start:]) for start in range(len(labels) - 1)}
        sort = labels[-2] if len(labels) > 2 and len(labels[-1]) == 2 else labels[-1]
        return bool(ends & self.official.hosts) or (len(labels) > 1 and sort in self.official.labels)


def publisher_kinds() -> PublisherKinds:
    """The kinds of publishers that Comity knows."""
    return read_yaml(FILE, PublisherKinds)


def _host(source: str | None) -> str | None:
    try:
        return urlsplit(source).hostname if source else None
    except ValueError:
        return None
