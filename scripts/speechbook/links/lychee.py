"""The kept checker of links: lychee, from its wheel, asked in small groups with an end.

Its own manners are used: one request to a host at a time, a pause between two, few tries,
``Retry-After`` heeded up to a minute (https://lychee.cli.rs/).  A group that is not done
when the time is up is reported as not asked.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GROUP = 400
#: A line of its log: ``[200] address (at line:column) | words``.
LOGGED = re.compile(
    r"^\s*\[(?P<tag>\w+)\] \S+ \(at (?P<line>\d+):\d+\)(?: \| (?P<words>.*))?$", re.MULTILINE
)
OUTCOMES = {"ERROR": "error", "TIMEOUT": "timeout", "EXCLUDED": "excluded"}
SUCCESS = range(200, 300)
MAPS = ("success_map", "error_map", "timeout_map", "excluded_map")


@dataclass(frozen=True)
class Manners:
    """How to ask: seconds for an answer, between two requests to a host; how often again."""

    timeout: float = 20.0
    pause: float = 1.0
    again: int = 1
    redirects: int = 5
    agent: str = "secret-speech-links (a check of a book's sources)"


@dataclass(frozen=True)
class Reply:
    """What came of asking an address.

    ``outcome`` is good, error, timeout, excluded or unasked; ``status`` the last HTTP status
    or 0; ``words`` lychee's own; ``hops`` the redirects followed, as (status, address).
    """

    address: str
    outcome: str
    status: int = 0
    words: str = ""
    hops: tuple[tuple[int, str], ...] = ()


def program() -> Path:
    """Return lychee's program, which its wheel lays beside Python's.

    Raises:
        BookError: it is not installed.

    """
    path = Path(sys.executable).parent / ("lychee.exe" if sys.platform == "win32" else "lychee")
    if not path.exists():
        raise BookError(
            "The checker of links, lychee, is not installed",
            cure="run nox -s links, which installs it",
        )
    return path


def options(manners: Manners) -> list[str]:
    """Return lychee's options; ``-vv`` makes it name the good links too."""
    return [
        "-vv",
        "--no-progress",
        "--format=json",
        "--include-fragments",
        f"--timeout={max(1, round(manners.timeout))}",
        f"--max-retries={manners.again}",
        f"--max-redirects={manners.redirects}",
        "--host-concurrency=1",
        f"--host-request-interval={round(manners.pause * 1000)}ms",
        f"--user-agent={manners.agent}",
    ]


def replies_of(report: dict[str, Any], addresses: Sequence[str]) -> Iterator[Reply]:
    """Read lychee's JSON; each link is known by the line of the list it was given on."""
    outcomes = dict(zip(MAPS, ("good", "error", "timeout", "excluded"), strict=True))
    for name, outcome in outcomes.items():
        for links in (report.get(name) or {}).values():
            for link in links:
                status = link.get("status", {})
                hops = (link.get("redirects") or {}).get("redirects", [])
                yield Reply(
                    addresses[link["span"]["line"] - 1],
                    outcome,
                    int(status.get("code", 0)),
                    str(status.get("details") or status.get("text", "")),
                    tuple((int(hop["code"]), str(hop["url"])) for hop in hops),
                )


def ask_group(addresses: Sequence[str], manners: Manners, seconds: float) -> list[Reply]:
    """Ask some addresses within some seconds; what brought no reply counts as unasked.

    Raises:
        BookError: lychee did not do its work.

    """
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder) / "addresses.txt"
        listing.write_text("\n".join(addresses) + "\n", encoding="utf-8")
        command = [str(program()), *options(manners), str(listing)]
        try:
            result = subprocess.run(  # noqa: S603
                command, capture_output=True, text=True, check=False, timeout=seconds, cwd=folder
            )
        except subprocess.TimeoutExpired as stopped:
            told = (stopped.stderr or b"").decode("utf-8", "replace")
            return with_unasked(list(replies_in_log(told, addresses)), addresses)
    try:
        replies = list(replies_of(json.loads(result.stdout), addresses))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise BookError(f"lychee made no report: {result.stderr.strip()[-300:]}") from error
    return with_unasked(replies, addresses)


def replies_in_log(log: str, addresses: Sequence[str]) -> Iterator[Reply]:
    """Read what lychee told while it was at work, where it was stopped before its report."""
    for match in LOGGED.finditer(log):
        line = int(match["line"]) - 1
        if line < len(addresses):
            status = int(match["tag"]) if match["tag"].isdigit() else 0
            outcome = OUTCOMES.get(match["tag"], "good" if status in SUCCESS else "error")
            yield Reply(addresses[line], outcome, status, match["words"] or "")


def with_unasked(replies: list[Reply], addresses: Sequence[str]) -> list[Reply]:
    """Return the replies, and one for each address that has none."""
    known = {reply.address for reply in replies}
    return replies + [Reply(a, "unasked") for a in addresses if a not in known]


def spread(addresses: Sequence[str], size: int = GROUP) -> list[list[str]]:
    """Part addresses into groups, neighbours in different ones, so that each has many hosts."""
    count = -(-len(addresses) // size)
    return [list(addresses[number::count]) for number in range(count)]
