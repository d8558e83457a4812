"""What a reply means for a reader who follows the link: good, moved, dead or blocked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from speechbook.links.looking import Look
    from speechbook.links.lychee import Reply


class Kind(StrEnum):
    """The verdicts, each with the word that a report shows."""

    GOOD = "good"
    MOVED = "moved"
    DEAD = "dead"
    SOFT = "soft 404"
    FRAGMENT = "wrong fragment"
    CERTIFICATE = "certificate"
    CIRCLE = "leads nowhere"
    REFUSED = "not public"
    BLOCKED = "blocked"
    SLOW = "slow"
    FAILING = "failing"
    UNREAD = "not looked into"
    UNASKED = "not asked"


#: What a reader cannot get over; the rest is advice.
BROKEN = frozenset(
    {Kind.DEAD, Kind.SOFT, Kind.FRAGMENT, Kind.CERTIFICATE, Kind.CIRCLE, Kind.REFUSED}
)
#: What may pass, and counts as broken when it has lasted.
PASSING = frozenset({Kind.SLOW, Kind.FAILING})

CURES = {
    Kind.MOVED: "write the address that it leads to",
    Kind.DEAD: "find the page's new address, or an archived copy for archiveurl",
    Kind.SOFT: "find the page's new address, or an archived copy for archiveurl",
    Kind.FRAGMENT: "link the page without the part after #, or find its new name",
    Kind.CERTIFICATE: "see whether the site is still its owner's; link another copy until then",
    Kind.CIRCLE: "find the page's new address",
    Kind.REFUSED: "link a public address",
    Kind.BLOCKED: "open it in a browser; if it is there, nothing is to be done",
    Kind.SLOW: "try it later",
    Kind.FAILING: "try it later",
    Kind.UNREAD: "open it in a browser",
    Kind.UNASKED: "run the check again, or give it more minutes",
}

GONE = frozenset({404, 410})
#: 999 is what some networks answer to programs (https://http.dev/999).
SHUT = frozenset({401, 402, 403, 405, 406, 407, 418, 421, 425, 429, 451, 999})
LASTING = frozenset({301, 308})
REDIRECTS = range(300, 400)
SERVER_ERRORS = range(500, 600)
NO_HOST = re.compile(r"\bDNS\b|resolve|lookup|no such host", re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """A kind, and the reason as the end of a sentence."""

    kind: Kind
    why: str


def of_reply(reply: Reply) -> Verdict:
    """Judge an address by lychee's reply alone."""
    if reply.outcome == "unasked":
        return Verdict(Kind.UNASKED, "was not asked within the time")
    if reply.outcome == "timeout":
        return Verdict(Kind.SLOW, "gave no answer in time")
    if reply.outcome == "excluded":
        return Verdict(Kind.UNASKED, "is kept for examples or otherwise left out by lychee")
    if reply.outcome == "good":
        return of_hops(reply)
    return of_status(reply.status) if reply.status else of_words(reply.words)


def of_hops(reply: Reply) -> Verdict:
    """Judge a good answer by the way to it; only a lasting redirect asks for a change."""
    if not reply.hops:
        return Verdict(Kind.GOOD, f"answered {reply.status}")
    end = reply.hops[-1][1]
    if is_home(end) and not is_home(reply.address):
        return Verdict(Kind.SOFT, f"leads to the front page {end}, not to the page linked")
    if all(status in LASTING for status, _ in reply.hops):
        return Verdict(Kind.MOVED, f"has moved to {end}")
    return Verdict(Kind.GOOD, f"leads to {end} for the time being")


def is_home(address: str) -> bool:
    """Say whether an address is that of a site's front page."""
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query


def of_status(status: int) -> Verdict:
    """Judge an HTTP status that is no success (RFC 9110, 15; RFC 6585)."""
    why = f"answered {status}"
    if status in GONE:
        return Verdict(Kind.DEAD, why)
    if status in SHUT:
        return Verdict(Kind.BLOCKED, f"{why} to a program")
    if status in SERVER_ERRORS:
        return Verdict(Kind.FAILING, why)
    if status in REDIRECTS:
        return Verdict(Kind.CIRCLE, f"{why} and leads in a circle, too often on, or nowhere")
    return Verdict(Kind.DEAD, why)


def of_words(words: str) -> Verdict:
    """Judge what lychee says where no HTTP answer came."""
    said = words.rstrip(".")
    if "fragment" in words:
        return Verdict(Kind.FRAGMENT, "has no such place on the page")
    if "SSL" in words or "certificate" in words.lower():
        return Verdict(Kind.CERTIFICATE, f"cannot be trusted: {said}")
    if NO_HOST.search(words):
        return Verdict(Kind.DEAD, f"has no such host: {said}")
    return Verdict(Kind.FAILING, f"gave no answer: {said}")


def with_look(verdict: Verdict, look: Look) -> Verdict:
    """Judge a good or moved address again, now that its page was looked at."""
    if look.refused:
        return Verdict(Kind.REFUSED, f"is not followed: {look.refused}")
    if look.is_missing_page:
        why = f"answers as if it were there, with a page that says “{look.title}”"
        return Verdict(Kind.SOFT, why)
    if look.is_slow:
        return Verdict(Kind.SLOW, f"is slow: {look.failure}")
    if look.failure:
        return Verdict(Kind.UNREAD, f"cannot be read to its end: {look.failure}")
    return verdict
