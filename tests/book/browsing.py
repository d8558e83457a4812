"""Opening the site in a browser: a server on this machine, and a page that remembers."""

from __future__ import annotations

import contextlib
import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PHONE = {"width": 390, "height": 844}
TABLET = {"width": 768, "height": 1024}
DESKTOP = {"width": 1280, "height": 900}
CHAPTER = "chapters/01-closed-session.html"
#: A page of each template: chapter, title page, list of works, index, search.
TEMPLATES = (CHAPTER, "index.html", "back/bibliography.html", "genindex.html", "search.html")


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_arguments: object) -> None:
        """Keep the tests' output clean."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve *folder* on a free port of this machine and yield its address."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


class Visit:
    """An open page that remembers what went wrong on it and what it asked for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(request.url))
        page.on("request", lambda request: self._ask(request.url))

    def _hear(self, message: Any) -> None:  # noqa: ANN401 - Playwright's own type is lazy
        self.complaints.append(f"console: {message.text}")

    def _ask(self, url: str) -> None:
        self.requests.append(url)
        if not url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked another host: {url}")

    def go(self, name: str) -> None:
        """Open a page of the site and wait until it asks for nothing more."""
        self.page.goto(self.address + name, wait_until="networkidle")


@contextlib.contextmanager
def visiting(browser: Browser, address: str, **options: Any) -> Iterator[Visit]:  # noqa: ANN401
    """Open an empty page in a context of its own; *options* are Playwright's for contexts."""
    context = browser.new_context(**options)
    yield Visit(context.new_page(), address)
    context.close()
