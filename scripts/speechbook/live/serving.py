"""sphinx-autobuild, with every page that it serves passed through the panel.

sphinx-autobuild has no plug-in point, so its application is made by its own function and
wrapped; a change of that function beneath us is told loudly.  Source: sphinx_autobuild,
``__main__.py``, "This isn't public API, but there aren't many better options".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from speechbook.contributing.linting import lint
from speechbook.live.findings import about, panel_text, source_of
from speechbook.live.panel import with_panel
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping, Sequence
    from pathlib import Path

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    Application = Callable[[Message, Receive, Send], Awaitable[None]]

CHECKS = "/_checks"


def checks(root: Path, page: str) -> bytes:
    """Return the panel's text for a page as JSON: ``html`` and ``count`` of its findings."""
    source = source_of(page)
    try:
        findings = lint(root).findings
    except BookError as error:
        told = {"html": panel_text((), source, f"{error}"), "count": 1}
    else:
        here, _ = about(findings, source)
        told = {"html": panel_text(findings, source), "count": len(here)}
    return json.dumps(told).encode()


class WithPanel:
    """An ASGI application around sphinx-autobuild's."""

    def __init__(self, inner: Application, root: Path) -> None:
        self.inner = inner
        self.root = root

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer for the panel; put it into pages; pass everything else on."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
        elif scope["path"] == CHECKS:
            await self.answer(scope, send)
        else:
            # A page that the browser has kept would come without its panel.
            unkept = {b"if-none-match", b"if-modified-since"}
            headers = [(k, v) for k, v in scope["headers"] if k.lower() not in unkept]
            await self.inner({**scope, "headers": headers}, receive, Whole(send))

    async def answer(self, scope: Message, send: Send) -> None:
        """Send the findings about the page that is asked for."""
        query = parse_qs(scope["query_string"].decode())
        body = checks(self.root, query.get("page", ["/"])[0])
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class Whole:
    """Collects an answer that is a page, and sends it whole with its panel."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.pieces: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        """Hold a page back until it is complete; send all else at once."""
        if message["type"] == "http.response.start" and is_page(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.pieces.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self.finish(self.start)

    async def finish(self, start: Message) -> None:
        """Send the page with its panel and its new length."""
        body = with_panel(b"".join(self.pieces))
        kept = [(k, v) for k, v in start["headers"] if k.lower() != b"content-length"]
        headers = [*kept, (b"content-length", str(len(body)).encode())]
        await self.send({**start, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def is_page(start: Message) -> bool:
    """Say whether an answer is an HTML page."""
    kind = next((v for k, v in start["headers"] if k.lower() == b"content-type"), b"")
    return bool(kind.startswith(b"text/html"))


def serve(root: Path, arguments: Sequence[str]) -> None:
    """Build, watch and serve the book below *root*; *arguments* go to sphinx-autobuild.

    Raises:
        BookError: sphinx-autobuild is not there, or has changed beneath us.

    """
    try:
        from sphinx_autobuild import __main__ as autobuild  # noqa: PLC0415 - in this session alone
    except ImportError as error:
        cure = "run it as nox -s live, which installs it"
        raise BookError("sphinx-autobuild is not installed", cure=cure) from error
    original = getattr(autobuild, "_create_app", None)
    if original is None:
        raise BookError(
            "sphinx-autobuild no longer has the function that makes its application",
            cure="adapt speechbook/live/serving.py to the new version",
        )

    def wrapped(*given: object, **options: object) -> WithPanel:
        return WithPanel(original(*given, **options), root)

    autobuild._create_app = wrapped
    build = root / "build"
    folders = [str(root / "docs"), str(build / "live")]
    doctrees = ["--doctree-dir", str(build / "live-doctrees")]
    watched = ["--watch", str(root / "references.bib")]
    autobuild.main([*folders, *doctrees, *watched, *arguments])
