"""Ask the web: lychee first, then a look at each page that answered well."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citelint.verify.addresses import Gate, place_of
from citelint.verify.transport import Failed
from speechbook.links.looking import Look, by_host, looker
from speechbook.links.lychee import Manners, Reply, ask_group, spread
from speechbook.links.verdicts import Kind, Verdict, of_reply, with_look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LOOKERS = 16
TO_LOOK_AT = frozenset({Kind.GOOD, Kind.MOVED})


@dataclass(frozen=True)
class Asked:
    """The verdict on an address, and whether its page was looked at."""

    verdict: Verdict
    looked: bool = False
    reached: bool = True


@dataclass
class Turns:
    """Whose turn it is: a pause between two requests to a host, whoever asks; an end to all."""

    pause: float
    end: float
    free_at: dict[str, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ready(self, url: str) -> None:
        """Wait until the host of an address may be asked.

        Raises:
            Failed: the time for everything would be up before.
            Refused: it is no address.

        """
        host = place_of(url).host
        with self.lock:
            turn = max(time.monotonic(), self.free_at.get(host, 0.0))
            if turn >= self.end:
                raise Failed("there was no time left for it")
            self.free_at[host] = turn + self.pause
        time.sleep(max(0.0, turn - time.monotonic()))

    @property
    def left(self) -> float:
        """Return the seconds that are left for everything."""
        return max(0.0, self.end - time.monotonic())


@dataclass(frozen=True)
class Asker:
    """Asks addresses; *named* hosts may be private (the person's own)."""

    manners: Manners
    seconds: float
    named: tuple[str, ...] = ()

    def ask(self, addresses: Sequence[str], unlooked: Iterable[str]) -> dict[str, Asked]:
        """Judge each address; look at the pages of those in *unlooked* that answer well.

        Raises:
            BookError: lychee is missing or did not do its work.

        """
        turns = Turns(self.manners.pause, time.monotonic() + self.seconds)
        replies = {reply.address: reply for reply in self.replies(addresses, turns)}
        verdicts = {address: of_reply(reply) for address, reply in replies.items()}
        looks = self.looks([a for a in unlooked if verdicts[a].kind in TO_LOOK_AT], turns)
        return {a: asked(verdicts[a], looks.get(a), replies[a]) for a in addresses}

    def replies(self, addresses: Sequence[str], turns: Turns) -> list[Reply]:
        """Ask lychee, group by group, while there is time."""
        replies: list[Reply] = []
        for group in spread(addresses) if addresses else []:
            if turns.left > 0:
                replies += ask_group(group, self.manners, turns.left)
            else:
                replies += [Reply(address, "unasked") for address in group]
        return replies

    def looks(self, addresses: Sequence[str], turns: Turns) -> Mapping[str, Look]:
        """Look at pages, one at a time of each host."""
        look = looker(Gate(self.named), self.manners.agent, self.manners.timeout, turns.ready)

        def of_host(group: list[str]) -> list[tuple[str, Look]]:
            return [(address, look(address)) for address in group]

        with ThreadPoolExecutor(LOOKERS) as pool:
            return dict(pair for pairs in pool.map(of_host, by_host(addresses)) for pair in pairs)


def asked(verdict: Verdict, look: Look | None, reply: Reply) -> Asked:
    """Join lychee's verdict with what was seen; without any answer, nothing was reached."""
    if look:
        return Asked(with_look(verdict, look), looked=True)
    silent = {Kind.FAILING, Kind.SLOW, Kind.UNASKED}
    return Asked(verdict, reached=bool(reply.status) or verdict.kind not in silent)
