"""Which addresses may be asked: public ones over HTTP, and those that the person named.

A book's sources come from many hands, so an entry's address must not lead citelint into
the network that it runs in (OWASP, Server-Side Request Forgery Prevention Cheat Sheet).
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMES = {"https": 443, "http": 80}
LOCAL_NAMES = frozenset(
    {"localhost", "local", "internal", "lan", "home", "intranet", "localdomain"}
)


class Refused(Exception):  # noqa: N818 - it is no error that an address is refused
    """An address is not asked; the text says why, as the end of a sentence."""


class Place(NamedTuple):
    """A host and a port."""

    host: str
    port: int


def place_of(url: str) -> Place:
    """Return the host and port of an address.

    Raises:
        Refused: it has none, or another scheme than HTTP, or a password in it.

    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Refused("it is no address") from error
    if parts.scheme not in SCHEMES:
        raise Refused("only http and https are asked")
    if not host or not url.isascii() or any(c.isspace() or not c.isprintable() for c in url):
        raise Refused("it is no address")
    if "@" in parts.netloc:
        raise Refused("it holds a user's name")
    return Place(host, port or SCHEMES[parts.scheme])


def as_uri(url: str) -> str:
    """Return an address in ASCII, without its fragment (RFC 3987, 3.1); a faulty one as it is."""
    try:
        parts = urlsplit(url.strip())
        netloc = parts.netloc if url.isascii() else parts.netloc.encode("idna").decode()
    except (ValueError, UnicodeError):
        return url
    path = quote(parts.path, safe="/%:=&~+!$,;'@()*[]")
    query = quote(parts.query, safe="/%:=&~+!$,;'@()*[]?")
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def is_public(address: str) -> bool:
    """Say whether an IP address is on the public Internet."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    found = mapped or found
    return found.is_global and not found.is_multicast


def is_literal(host: str) -> bool:
    """Say whether a host is written as an IP address."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


class Gate:
    """Lets addresses pass; *named* are the person's own, which may be anywhere."""

    def __init__(self, named: Iterable[str] = ()) -> None:
        self.named = frozenset(place_of(url) for url in named)

    def check(self, url: str, came_from: str = "") -> None:
        """Check an address before it is asked, and one that another leads to.

        Raises:
            Refused: it is private, or leads from https to http.

        """
        place = place_of(url)
        if urlsplit(came_from).scheme == "https" and urlsplit(url).scheme == "http":
            raise Refused("it leads from https to http")
        if place in self.named:
            return
        is_local = place.host.rstrip(".").rpartition(".")[2] in LOCAL_NAMES
        if is_local or (is_literal(place.host) and not is_public(place.host)):
            raise Refused("it lies in a private network")

    def check_peer(self, host: str, port: int, address: str) -> None:
        """Check which IP address a host's name turned out to be, once connected.

        Raises:
            Refused: it is private.

        """
        if Place(host.lower(), port) not in self.named and not is_public(address):
            raise Refused("it lies in a private network")
