"""Opening the site in a browser: a server on this machine, and a page that remembers."""

from __future__ import annotations

import contextlib
import functools
import threading
import time
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}
TABLET: ViewportSize = {"width": 768, "height": 1024}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
CHAPTER = "chapters/01-closed-session.html"
#: A page of each template: text, with pictures to explore too, title page, lists, index,
#: search, lost addresses.
TEMPLATES = (
    *(CHAPTER, "chapters/07-seventeenth-congress.html", "chapters/17-leak.html", "index.html"),
    *("back/chronology.html", "back/glossary.html", "genindex.html", "search.html", "404.html"),
)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files, and a page of the site's own for addresses that lead nowhere."""

    def __init__(self, *arguments: Any, not_found: str = "", **options: Any) -> None:  # noqa: ANN401
        self.not_found = not_found
        super().__init__(*arguments, **options)

    def send_error(self, code: int, *arguments: Any) -> None:  # noqa: ANN401
        """Answer as static hosts do."""
        if code != HTTPStatus.NOT_FOUND or not self.not_found:
            super().send_error(code, *arguments)
            return
        content = (Path(self.directory) / self.not_found).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Keep the tests' output clean."""


@contextlib.contextmanager
def serving(folder: Path, not_found: str = "") -> Iterator[str]:
    """Serve *folder* on a free port of this machine and yield its address."""
    handler = functools.partial(QuietHandler, directory=str(folder), not_found=not_found)
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
        page.on("requestfailed", self._fail)
        page.on("request", lambda request: self._ask(request.url))

    def _hear(self, message: Any) -> None:  # noqa: ANN401 - Playwright's own type is lazy
        self.complaints.append(f"console: {message.text}")

    def _fail(self, request: Any) -> None:  # noqa: ANN401 - Playwright's own type is lazy
        # A picture that is not there yet when the page is left is given up by the browser.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.url}: {request.failure}")

    def _ask(self, url: str) -> None:
        self.requests.append(url)
        if not url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked another host: {url}")

    def go(self, name: str) -> None:
        """Open a page of the site and wait until it and its typefaces are there."""
        self.page.goto(self.address + name, wait_until="load")
        if self.page.evaluate("Boolean(document.fonts)"):
            self.page.evaluate("document.fonts.ready.then(() => true)")


def wait_until(page: Page, expression: str, seconds: float = 30) -> None:
    """Wait until a JavaScript expression, or what it promises, is true.

    Playwright's own ``wait_for_function`` evaluates a string within the page, which the
    site's policy forbids.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"not within {seconds} s: {expression}"
        page.wait_for_timeout(100)


@contextlib.contextmanager
def visiting(
    browser: Browser,
    address: str,
    **options: Any,  # noqa: ANN401 - Playwright checks them
) -> Iterator[Visit]:
    """Open an empty page in a context of its own; *options* are Playwright's for contexts."""
    context = browser.new_context(**options)
    yield Visit(context.new_page(), address)
    context.close()
