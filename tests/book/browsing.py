"""Opening the site in a browser: a page that remembers what went wrong."""

from __future__ import annotations

import contextlib
import time
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


#: What 15-whole.js takes for a reader's gesture.
STIR = "dispatchEvent(new Event('scroll'))"
#: Everything that is shown is laid out, also what is far off the screen (70-unseen.css), and
#: nothing moves any more.
WHOLE = """[...document.querySelectorAll("article *")].every(node =>
  !node.checkVisibility() || node.checkVisibility({ contentVisibilityAuto: true }))"""


def wait_until_whole(page: Page) -> None:
    """Let the open page be laid out to its end, so that places on it last.

    What is far off the screen is laid out some time after the page is there, or when a reader
    stirs (15-whole.js), and two measurements could fall on either side of that.
    """
    page.evaluate(STIR)
    wait_until(page, WHOLE)


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
