"""``nox -s live`` as a contributor has it: a real server, a real browser, nothing in the files."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING
from urllib.error import URLError

import pytest

from citelint.findings import Finding
from speechbook.live.findings import panel_text, source_of
from speechbook.live.panel import with_panel
from tests.conftest import make_tiny_book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from speechbook.building.paths import BookPaths

MOST_SECONDS = 240
PAGE = "chapters/01-first.html"
SETTINGS = '[tool.citelint]\npaths = ["docs", "references.bib"]\nselect = ["PRO005"]\n'


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def answer(url: str) -> bytes:
    """Return what a server answers."""
    with urllib.request.urlopen(url, timeout=30) as response:  # noqa: S310 - our own server
        body: bytes = response.read()
    return body


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers, which it does after its first build."""
    end = time.monotonic() + MOST_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            answer(url)
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"nothing answered at {url}")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BookPaths:
    """Return a tiny book with one finding in its first chapter."""
    paths = make_tiny_book(tmp_path_factory.mktemp("live"))
    (paths.root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    chapter = paths.docs / "chapters" / "01-first.md"
    text = chapter.read_text(encoding="utf-8") + "\nTODO: find a <source>.\n"
    chapter.write_text(text, encoding="utf-8")
    return paths


@pytest.fixture(scope="module")
def address(book: BookPaths) -> Iterator[str]:
    """Serve the book as ``nox -s live`` does, and return the address."""
    port = free_port()
    command = [sys.executable, "-m", "speechbook.cli", "live", "--root", str(book.root)]
    with subprocess.Popen(
        [*command, "--", "--port", str(port)],
        cwd=book.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        address = f"http://127.0.0.1:{port}/"
        wait_for(address + PAGE, process)
        yield address
        # It waits for its browser to close the line that tells of changes; nobody waits for it,
        # and its workers would wait for work for ever.
        os.killpg(process.pid, signal.SIGKILL)


def test_panel_is_served_and_never_built(address: str, book: BookPaths) -> None:
    served = answer(address + PAGE)
    built = (book.build / "live" / PAGE).read_bytes()
    assert b"speechbook-live" in served
    assert b"Content-Security-Policy" not in served
    assert b"speechbook-live" not in built
    assert b"Content-Security-Policy" in built
    assert b"websocket-reload" in served


def test_checks_follow_the_files(address: str, book: BookPaths) -> None:
    asked = f"{address}_checks?page=/{PAGE}"
    told = json.loads(answer(asked))
    assert told["count"] == 1
    assert "PRO005" in told["html"]
    chapter = book.docs / "chapters" / "01-first.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("TODO: find", "There is"), encoding="utf-8")
    mended = json.loads(answer(asked))
    chapter.write_text(text, encoding="utf-8")
    assert mended["count"] == 0
    assert "Nothing to mend" in mended["html"]


@pytest.mark.parametrize("width", [390, 1280])
def test_panel_shows_the_finding_beside_the_text(
    browser: Browser, address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address + PAGE)
    tab = page.locator("#speechbook-live summary")
    page.wait_for_function(
        "document.getElementById('speechbook-live').shadowRoot"
        ".querySelector('summary').textContent === 'Checks: 1'"
    )
    finding = page.locator("#speechbook-live li").first
    assert finding.is_visible() == (width > 900)
    if width <= 900:
        tab.click()
    finding.wait_for(state="visible")
    assert "PRO005" in finding.inner_text()
    tab.click()
    finding.wait_for(state="hidden")
    page.close()


def finding(path: str, message: str = "wrong") -> Finding:
    """Return a finding in a file."""
    return Finding(path, 3, 1, 3, 2, "PRO001", "name", "warning", message)


def test_findings_about_the_page_come_first_and_are_no_markup() -> None:
    found = [finding("references.bib"), finding("docs/a.md", "<script>x</script>")]
    text = panel_text(found, "docs/a.md")
    assert "<strong>1 finding</strong> in docs/a.md" in text
    assert text.index("On this page") < text.index("Elsewhere") < text.index("references.bib:3")
    assert "<script>" not in text


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("/", "docs/index.md"),
        ("/chapters/01-a.html", "docs/chapters/01-a.md"),
        ("/back/", "docs/back/index.md"),
    ],
)
def test_page_leads_to_its_source(address: str, source: str) -> None:
    assert source_of(address) == source


def test_page_without_an_end_gets_its_panel_all_the_same() -> None:
    assert b"speechbook-live" in with_panel(b"<p>cut short")


def test_live_is_told_of_in_words_where_autobuild_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from speechbook.cli import main  # noqa: PLC0415

    monkeypatch.setitem(sys.modules, "sphinx_autobuild", None)
    assert main(["live", "--root", str(tmp_path)]) == 1
    assert "run it as nox -s live" in capsys.readouterr().err
