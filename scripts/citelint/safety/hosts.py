"""Where an address leads, and whether it looks as if it led elsewhere."""

from __future__ import annotations

import ipaddress
import re

from citelint.myst.wording import words
from citelint.safety.schemes import undisguised
from citelint.safety.scripts import is_mixed

#: Scheme (or none), user, host: https://url.spec.whatwg.org/#url-writing.
AUTHORITY = re.compile(
    r"(?:(?:https?|ftps?):)?//+(?:(?P<user>[^/?#@]*)@)?(?P<host>[^/?#:@\s]+|\[[^\]]*\])", re.I
)
SHOWN_HOST = re.compile(
    r"(?:(?:https?|ftps?)://)?(?P<host>(?:[\w-]+\.)+[a-z]{2,})(?:[:/?#]\S*)?", re.I
)
LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "home.arpa", "lan")
#: What ends a host's name in a text that is no whole address; "util.format" is none.
ENDINGS_OF_HOSTS = words("com org edu gov int mil info eu de fr it pl ru uk")


def host_of(address: str) -> str:
    """Return an address's host in small letters, "" where it has none."""
    match = AUTHORITY.match(undisguised(address))
    return match["host"].lower().rstrip(".") if match else ""


def user_of(address: str) -> str:
    """Return what stands before an ``@`` in front of the host, "" where nothing does."""
    match = AUTHORITY.match(undisguised(address))
    return (match["user"] or "") if match else ""


def shown_host(text: str) -> str:
    """Return the host that a link's text shows, "" where the text is no address."""
    match = SHOWN_HOST.fullmatch(text.strip())
    if match is None:
        return ""
    host = match["host"].lower()
    is_whole = "://" in text or host.startswith("www.")
    return host if is_whole or host.rpartition(".")[2] in ENDINGS_OF_HOSTS else ""


def site_of(host: str) -> str:
    """Return the last two names of a host: what one owner mostly has."""
    return ".".join(host.split(".")[-2:])


def is_disguised(host: str) -> bool:
    """Say whether a host's names mix letters that look alike, whatever their encoding."""
    try:
        shown = host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return True
    return any(is_mixed(name) for name in shown.split("."))


def is_private(host: str) -> bool:
    """Say whether a host is this machine or one of a local network."""
    if any(host == name or host.endswith(f".{name}") for name in LOCAL_NAMES):
        return True
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return number_of(host) is not None


def number_of(host: str) -> int | None:
    """Return an address that is written as one number (``2130706433``, ``0x7f000001``)."""
    try:
        return int(host, 0) if host[:1].isdigit() else None
    except ValueError:
        return None
