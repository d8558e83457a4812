"""A look at a page that answered well, which may still say that it is not there.

Lychee judges by the status; what a page says, whether its answer ends, and whether it leads
into a private network it does not see.  So each good page is fetched once more, a part of it,
by the guarded transport of ``citelint verify``, and not again while the look is fresh.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citelint.verify.addresses import Gate, Refused, as_uri, place_of
from citelint.verify.pagetext import encoding_of
from citelint.verify.transport import Failed, Limits, Response, fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MEGABYTE = 1_000_000
TITLE = re.compile(r"<title[^>]*>(?P<text>[^<]*)", re.IGNORECASE)
HEADING = re.compile(r"<h1[^>]*>(?P<text>[^<]*)", re.IGNORECASE)
HEAD_BYTES = 200_000
#: How the transport says that an answer took too long.
OUT_OF_TIME = "answer came within"
#: What pages that are not there are called, in the languages of the book's sources.
MISSING = re.compile(
    r"\b404\b|not found|(page|article|document) (does not|doesn.t|no longer) exist"
    r"|no longer available|nicht gefunden|introuvable|non trovata|nie znaleziono"
    r"|nem található|nenalezen|не найден|не существует|не знайден",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Look:
    """What was seen: the page's title, whether it says that it is missing, or what went wrong."""

    title: str = ""
    is_missing_page: bool = False
    refused: str = ""
    failure: str = ""
    is_slow: bool = False


def seen_in(response: Response) -> Look:
    """Judge an answer; what is no HTML has no title and is taken as it is."""
    kind = response.headers.get("content-type", "")
    if "html" not in kind:
        return Look()
    head = response.body[:HEAD_BYTES]
    try:
        text = head.decode(encoding_of(response.body, kind), "replace")
    except LookupError:
        text = head.decode("utf-8", "replace")
    said = [words for words in map(words_of, (TITLE.search(text), HEADING.search(text))) if words]
    missing = next((words for words in said if MISSING.search(words)), "")
    return Look(missing or "".join(said[:1]), is_missing_page=bool(missing))


def words_of(match: re.Match[str] | None) -> str:
    """Return the words of an element, spaces folded."""
    return " ".join(html.unescape(match["text"]).split()) if match else ""


def looker(
    gate: Gate, agent: str, timeout: float, ready: Callable[[str], None]
) -> Callable[[str], Look]:
    """Return a function that looks at an address; *ready* waits until its host may be asked."""
    headers = {"User-Agent": agent, "Accept": "text/html, */*;q=0.5"}
    limits = Limits(wait=timeout, whole=timeout, most_bytes=8 * MEGABYTE)

    def look(address: str) -> Look:
        url = as_uri(address)
        try:
            ready(url)
            return seen_in(fetch(url, headers, gate, limits, {}, ready))
        except Refused as refusal:
            return Look(refused=str(refusal))
        except Failed as failed:
            return Look(failure=str(failed), is_slow=OUT_OF_TIME in str(failed))

    return look


def by_host(addresses: Iterable[str]) -> list[list[str]]:
    """Part addresses by their hosts; one that is no address stands alone."""
    groups: dict[object, list[str]] = {}
    for address in addresses:
        try:
            host: object = place_of(as_uri(address))
        except Refused:
            host = address
        groups.setdefault(host, []).append(address)
    return list(groups.values())
