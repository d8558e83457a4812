"""Ask politely: a pause between requests to a host, few tries, an end to it all.

Crossref's etiquette (https://www.crossref.org/documentation/retrieve-metadata/rest-api/
tips-for-using-the-crossref-rest-api/) and Open Library's (https://openlibrary.org/developers/api)
want a contact in ``User-Agent``, answers kept, and a slower pace where 429 says so.
"""

from __future__ import annotations

import email.utils
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from citelint.verify.addresses import Place, Refused, place_of
from citelint.verify.transport import Failed, Limits, Response, fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from citelint.verify.addresses import Gate

#: Answers that another try may change (RFC 9110, 15.6; RFC 6585, 4), and what stays absent.
AGAIN = frozenset({429, 500, 502, 503, 504})
ABSENT = frozenset({404, 410})
TOO_MANY = 429
SUCCESS = range(200, 300)
#: A host that failed so often running is left alone.
MOST_FAILURES = 3


class Unanswered(Exception):  # noqa: N818 - what happened to a question, in the past tense
    """A question got no answer; the text says why, as the end of a sentence."""


class Manners(NamedTuple):
    """How to ask; all waits in seconds.

    ``pause`` is that between requests to a host, ``longest_wait`` what a host may ask for,
    ``first_wait`` that after a failure, doubled each time, ``whole`` the time for everything.
    """

    agent: str = "citelint"
    pause: float = 1.0
    tries: int = 3
    longest_wait: float = 60.0
    first_wait: float = 1.0
    whole: float = 900.0


@dataclass
class Client:
    """Asks addresses, remembering when each host was last asked and which cannot be reached."""

    gate: Gate
    manners: Manners
    limits: Limits
    proxies: Mapping[str, str] = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    wall: Callable[[], float] = time.time
    next_at: dict[str, float] = field(default_factory=dict)
    failures: Counter[Place] = field(default_factory=Counter)
    lost: dict[Place, str] = field(default_factory=dict)
    end: float = 0.0

    def __post_init__(self) -> None:
        """Start the time for everything."""
        self.end = self.clock() + self.manners.whole

    @property
    def is_over(self) -> bool:
        """Say whether the time for everything is up."""
        return self.clock() >= self.end

    def ask(self, url: str, accept: str) -> Response:
        """Ask an address and return its answer, of status 2xx, 404 or 410.

        Raises:
            Unanswered: there is none.

        """
        try:
            place = place_of(url)
            if place in self.lost:
                raise Unanswered(self.lost[place])
            response = self.tried(url, accept, place)
        except Refused as refusal:
            raise Unanswered(f"{url} is not asked: {refusal}") from refusal
        self.failures[place] = 0
        if response.status in SUCCESS or response.status in ABSENT:
            return response
        raise Unanswered(f"{place.host} answered {response.status} for {url}")

    def tried(self, url: str, accept: str, place: Place) -> Response:
        """Ask, and ask again where that may help.

        Raises:
            Unanswered: no try brought an answer.
            Refused: the address, or one that it leads to, may not be asked.

        """
        reason = ""
        for attempt in range(self.manners.tries):
            self.wait_for(place)
            wait = self.manners.first_wait * 2**attempt
            try:
                response = self.once(url, accept)
            except Failed as failed:
                reason = f"{place.host}: {failed}"
                if not failed.again:
                    raise self.given_up(place, reason, is_far=failed.is_far) from failed
            else:
                if response.status not in AGAIN:
                    return response
                reason = f"{place.host} answered {response.status}"
                wait = max(wait, self.asked_wait(response, place))
            self.put_off(place, wait)
        raise self.given_up(place, f"{reason}, {self.manners.tries} times")

    def once(self, url: str, accept: str) -> Response:
        """Ask one time, within the time that is left.

        Raises:
            Failed: no answer came.
            Refused: the address may not be asked.

        """
        left = max(self.end - self.clock(), 0.01)
        limits = self.limits._replace(whole=min(self.limits.whole, left))
        headers = {"User-Agent": self.manners.agent, "Accept": accept}
        return fetch(
            url, headers, self.gate, limits, self.proxies, lambda to: self.wait_for(place_of(to))
        )

    def given_up(self, place: Place, reason: str, *, is_far: bool = False) -> Unanswered:
        """Note a failure; a host out of reach, or failing again, is asked no more."""
        self.failures[place] += 1
        if is_far or self.failures[place] >= MOST_FAILURES:
            self.lost[place] = reason
        return Unanswered(reason)

    def wait_for(self, place: Place) -> None:
        """Wait until a host may be asked again.

        Raises:
            Unanswered: the time for everything would be up before.

        """
        now = self.clock()
        ready = self.next_at.get(place.host, now)
        if ready >= self.end or now >= self.end:
            whole = f"{self.manners.whole:g} seconds"
            raise Unanswered(f"{place.host} was not asked within the {whole} for everything")
        if ready > now:
            self.sleep(ready - now)
        self.next_at[place.host] = max(now, ready) + self.manners.pause

    def put_off(self, place: Place, seconds: float) -> None:
        """Ask a host no sooner than in some seconds."""
        ready = self.clock() + seconds
        self.next_at[place.host] = max(ready, self.next_at.get(place.host, ready))

    def asked_wait(self, response: Response, place: Place) -> float:
        """Return for how many seconds a host wants to be left alone.

        Raises:
            Unanswered: longer than anyone would wait.

        """
        wait = retry_after(response.headers.get("retry-after", ""), self.wall())
        if wait > self.manners.longest_wait:
            reason = f"{place.host} answered {response.status} and wants {wait:.0f} seconds' rest"
            self.lost[place] = reason
            raise Unanswered(reason)
        return wait


def retry_after(text: str, now: float) -> float:
    """Return the seconds that ``Retry-After`` names, as a number or a date (RFC 9110, 10.2.3)."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(email.utils.parsedate_to_datetime(text).timestamp() - now, 0.0)
    except (ValueError, TypeError, OverflowError):
        return 0.0
