"""An address to the machine it is fetched from: looked up once, checked, and kept, so that the name can't point elsewhere a moment later.

A page may redirect to `http://127.0.0.1/` or a name may resolve to an address in the local network; both would show what only this machine
may see. Every address, at every redirect, goes through here.
"""

import ipaddress
import re
import socket
from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct

from comity.errors import BadInputError
from comity.settings import allowed_hosts, local_hosts

PORTS = {"http": 80, "https": 443}
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
KEPT_SIGNS = "%/:=&?~#+!$,;'@()*[]"
NAT64 = ipaddress.ip_network("64:ff9b::/96")
LONGEST = 2_000
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(BadInputError):
    """A page or feed that could not be fetched, or may not be; `retry_after` are the seconds its server asks to be left alone."""

    def __init__(self, sentence: str, *, retry_after: float = 0.0) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Hosts(Struct, frozen=True):
    """`allowed` are the hosts that may be asked, with all below them (`un.org` allows `news.un.org`); empty allows any public one.
    `local` are those (or `host:port`) that may lie in the local network."""

    allowed: tuple[str, ...] = ()
    local: tuple[str, ...] = ()

    def allows(self, host: str) -> bool:
        return not self.allowed or any(host == one or host.endswith(f".{one}") for one in self.allowed)

    def is_local(self, host: str, port: int) -> bool:
        return host in self.local or f"{host}:{port}" in self.local


class Target(Struct, frozen=True):
    """Where to connect (`ips`, all of them checked) and what to ask for there."""

    address: str
    is_secure: bool
    host: str
    port: int
    path: str
    ips: tuple[str, ...]


def hosts_of_settings() -> Hosts:
    """The hosts that the settings allow."""
    return Hosts(allowed_hosts(), local_hosts())


def target_of(address: str, hosts: Hosts) -> Target:
    """The machine behind an address. Raises FetchError where it may not be asked, or there is none."""
    shown = UNSAFE.sub("?", address)[:200]
    host, port, path, is_secure = _parts(address, shown)
    if not hosts.allows(host):
        raise FetchError(f"{shown}: {host} is none of the hosts that may be asked; allow it with --allow {host} or COMITY_ALLOWED_HOSTS.")
    ips = _looked_up(host, port, shown)
    if not hosts.is_local(host, port) and (inside := next((ip for ip in ips if not _is_public(ip)), None)):
        raise FetchError(
            f"{shown}: leads to {inside}, an address of the local network, and is not fetched; save the page and give the file."
        )
    return Target(address, is_secure, host, port, path, tuple(str(ip) for ip in ips))


def host_of(address: str) -> str:
    """The host's name, empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def joined(base: str, address: str) -> str:
    """An address as it is meant on the page `base`. Raises FetchError where it means nothing."""
    try:
        return urljoin(base, address.strip())
    except ValueError as error:
        raise FetchError(f"{UNSAFE.sub('?', address)[:200]}: is no address of a page ({error}); its page {base} is at fault.") from error


def _parts(address: str, shown: str) -> tuple[str, int, str, bool]:
    try:
        parts = urlsplit(quote(address.strip(), safe=KEPT_SIGNS))
        host = (parts.hostname or "").rstrip(".").lower()
        host = host if ":" in host else host.encode("idna").decode() if not host.isascii() else host
        port = parts.port
    except (ValueError, UnicodeError) as error:
        raise FetchError(f"{shown}: is no address of a page ({error}); give one such as https://example.org/news.") from error
    if parts.scheme not in PORTS or not host or len(address) > LONGEST or "%" in host:
        raise FetchError(f"{shown}: is no address of a page; give one such as https://example.org/news.")
    if parts.username or parts.password:
        raise FetchError(f"{shown.split('@')[-1]}: holds a user name; give the address without it.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host, PORTS[parts.scheme] if port is None else port, path, parts.scheme == "https"


def _looked_up(host: str, port: int, shown: str) -> list[Ip]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{shown}: there is no host {host} ({getattr(error, 'strerror', error)}); check the address.") from error
    return [ipaddress.ip_address(str(one[4][0]).split("%")[0]) for one in found]


def _is_public(ip: Ip) -> bool:
    """Whether it is an address of the internet at large; addresses that wrap an IPv4 address are what they wrap."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
