"""Each way in which a link goes wrong is named rightly, and all of it within bounds."""

from __future__ import annotations

import itertools
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from speechbook.links.asking import Asked, Asker
from speechbook.links.lychee import Manners
from tests.citelint.verify.server import page, running, status
from tests.links.web import GOOD, bad_web

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK = Manners(timeout=1, pause=0.02, again=1)


@pytest.fixture(scope="module")
def judged() -> Iterator[tuple[dict[str, tuple[str, str]], dict[str, Asked]]]:
    with bad_web() as (behaviours, server):
        addresses = [address for address, _ in behaviours.values()]
        asker = Asker(QUICK, seconds=120, named=(server.base,))
        yield behaviours, asker.ask(addresses, addresses)


def test_every_behaviour_gets_its_verdict(
    judged: tuple[dict[str, tuple[str, str]], dict[str, Asked]],
) -> None:
    behaviours, asked = judged
    assert len(behaviours) >= 25
    got = {name: asked[address].verdict.kind.value for name, (address, _) in behaviours.items()}
    assert got == {name: verdict for name, (_, verdict) in behaviours.items()}


def test_each_verdict_says_why(judged: tuple[dict[str, tuple[str, str]], dict[str, Asked]]) -> None:
    behaviours, asked = judged
    said = {name: asked[address].verdict.why for name, (address, _) in behaviours.items()}
    assert said["answers 410"] == "answered 410"
    assert said["redirect 301"].endswith("/good")
    assert "Страница не найдена" in said["soft 404 in Russian"]
    assert "expired" in said["certificate that has expired"]
    assert "private network" in said["redirect into a private network"]


def test_the_time_for_everything_is_bounded_and_what_was_answered_is_kept() -> None:
    with running() as server:
        good = server.lay("/good", page(GOOD))
        stuck = server.lay("/stuck", status(429, Retry_After="3600"))
        begun = time.monotonic()
        asked = Asker(Manners(pause=0.02), seconds=4, named=(server.base,)).ask([good, stuck], [])
    assert time.monotonic() - begun < 30
    assert asked[good].verdict.kind == "good"
    assert asked[stuck].verdict.kind == "not asked"


def test_a_host_is_asked_one_at_a_time_with_pauses() -> None:
    with running() as server:
        addresses = [server.lay(f"/{number}", page(GOOD)) for number in range(6)]
        manners = Manners(timeout=5, pause=0.3)
        Asker(manners, seconds=60, named=(server.base,)).ask(addresses, addresses)
        times = [when for _, when, _ in server.asked]
    assert len(times) == 12
    gaps = [after - before for before, after in itertools.pairwise(times)]
    # The first look may follow lychee's last request at once; all others wait their turn.
    # A busy machine may take one request down late, so that the next follows it sooner.
    assert sum(gap < 0.25 for gap in gaps) <= 2


def test_a_page_that_was_looked_at_is_asked_once() -> None:
    with running() as server:
        address = server.lay("/good", page(GOOD))
        Asker(QUICK, seconds=60, named=(server.base,)).ask([address], [])
        assert server.paths == ["/good"]


def test_links_on_many_hosts_are_all_judged_in_groups() -> None:
    with ExitStack() as stack:
        servers = [stack.enter_context(running()) for _ in range(40)]
        addresses = []
        for server in servers:
            for number in range(12):
                answer = status(404) if number % 6 == 0 else page(GOOD)
                addresses.append(server.lay(f"/{number}", answer))
        named = tuple(server.base for server in servers)
        asked = Asker(QUICK, seconds=300, named=named).ask(addresses, addresses)
    kinds = [asked[address].verdict.kind.value for address in addresses]
    assert (kinds.count("good"), kinds.count("dead")) == (400, 80)
