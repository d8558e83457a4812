"""An EPUB in a real reading engine, driven in the browser: foliate-js, as Foliate has it.

Nothing is served: every request of the page is answered from files, and one that asks for
anything else is refused and remembered.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from speechbook.audit.npm import Packages

HOST = "http://reader.test/"
PAGE = Path(__file__).parent / "reader"
ENGINE, BOOK = "foliate-js/", "book.epub"


class Reader:
    """A reading engine with one book open in it.

    ``files`` are the book's, in the order of reading; ``complaints`` is what went wrong.
    """

    def __init__(self, page: Page, epub: Path, packages: Packages) -> None:
        self.page, self.epub, self.packages = page, epub, packages
        self.files: list[str] = []
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self._answer)

    def _hear(self, message: Any) -> None:  # noqa: ANN401 - Playwright's, seen by name alone
        if message.type == "error":
            self.complaints.append(message.text)

    def file(self, path: str) -> Path:
        """Return the file that answers a request."""
        if path == BOOK:
            return self.epub
        if path.startswith(ENGINE):
            return self.packages.file(path)
        return PAGE / path

    def _answer(self, route: Route) -> None:
        url = route.request.url
        if url.startswith(("blob:", "data:")):
            route.continue_()
        elif url.startswith(HOST) and self.file(urlsplit(url).path[1:]).is_file():
            path = self.file(urlsplit(url).path[1:])
            kind = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(path)[0]
            route.fulfill(body=path.read_bytes(), content_type=kind)
        else:
            self.complaints.append(f"asked for {url}")
            route.abort()

    def call(self, function: str, *arguments: object) -> Any:  # noqa: ANN401 - plain data
        """Call a function of ``reader/reader.js`` and return what it returns."""
        return self.page.evaluate(f"(given) => reader.{function}(...given)", list(arguments))

    def open(self, styles: str = "") -> Any:  # noqa: ANN401 - plain data
        """Open the book, with the reader's own *styles*; return its title and its files.

        ``files`` are those files in the order of reading from then on.
        """
        self.page.goto(HOST + "reader.html")
        self.page.wait_for_function("globalThis.reader !== undefined")
        opened = self.call("open", HOST + BOOK, styles)
        self.files = opened["files"]
        return opened
