"""A server for each test, a way to run verify against it, and no other network."""
# ruff: noqa: ANN401 - answers are whatever JSON holds, and stand-ins take what they are given

from __future__ import annotations

import io
import socket
from typing import TYPE_CHECKING, Any

import pytest

from citelint.config import Settings
from citelint.reading import read_project
from citelint.verify.catalogue import VERIFY_RULES
from citelint.verify.options import Setup
from citelint.verify.running import run_with
from tests.citelint.verify.server import Server, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@pytest.fixture(autouse=True)
def no_other_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no name be looked up, and no proxy or contact of this machine be used."""
    look_up = socket.getaddrinfo

    def guarded(host: Any, *arguments: Any, **options: Any) -> Any:
        if host not in LOOPBACK:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", guarded)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("CITELINT_CROSSREF", "CITELINT_OPENLIBRARY", "CITELINT_MAILTO", "CITELINT_CACHE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a server that is empty yet."""
    with running() as started:
        yield started


@pytest.fixture
def quick(server: Server) -> Setup:
    """Return a setup that asks the server without waiting long."""
    return Setup(
        crossref=f"{server.base}/crossref",
        openlibrary=f"{server.base}/library",
        pause=0.0,
        wait=5.0,
        whole=10.0,
        first_wait=0.01,
        longest_wait=1.0,
    )


@pytest.fixture
def verify(tmp_path: Path, quick: Setup) -> Callable[..., tuple[int, str]]:
    """Return a function that writes files and verifies them: exit code and report."""

    def run(bib: str, *chapters: str, form: str = "text", **changes: Any) -> tuple[int, str]:
        rules = changes.pop("rules", VERIFY_RULES)
        paths = [tmp_path / "references.bib"]
        paths[0].write_text(bib, encoding="utf-8")
        for number, chapter in enumerate(chapters, start=1):
            paths.append(tmp_path / f"{number}.md")
            paths[-1].write_text(chapter, encoding="utf-8")
        reading = read_project(tmp_path, Settings(), tuple(paths), is_whole=True)
        stream = io.StringIO()
        return run_with(reading, stream, quick._replace(**changes), rules, form), stream.getvalue()

    return run
