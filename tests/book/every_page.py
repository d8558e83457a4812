"""Open every page of the site once and note all that can be asked of it."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tests.book.browsing import DESKTOP, PHONE, TABLET, TEMPLATES, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ViewportSize

    from tests.book.browsing import Visit

COMPRESSED_BY_SERVERS = {".html", ".css", ".js", ".svg", ".json", ".webmanifest", ".xml"}
#: As most servers are set.
LEVEL = 6

#: Nothing is fetched in the background, and breaches of the policy are remembered.
BEFORE_ANY_PAGE = """
localStorage.setItem("secret-speech:settings", JSON.stringify({ offline: "" }));
window.breaches = [];
document.addEventListener("securitypolicyviolation", event =>
  window.breaches.push(`${event.violatedDirective}: ${event.blockedURI || event.sample}`));
"""
AXE = "axe.run({ resultTypes: ['violations'] })"


@dataclass(frozen=True)
class Look:
    """One way of looking at a page: the window's size and the colours asked for."""

    size: ViewportSize
    scheme: Literal["light", "dark"]

    def __str__(self) -> str:
        return f"{self.size['width']} px, {self.scheme}"


@dataclass(frozen=True)
class Opened:
    """What a page did when it was opened; ``weights`` are bytes as sent, by path."""

    name: str
    look: Look
    complaints: tuple[str, ...]
    breaches: tuple[str, ...]
    violations: tuple[str, ...]
    overflow: int
    weights: dict[str, int]


SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
ALL_LOOKS = tuple(Look(size, scheme) for size in (PHONE, TABLET, DESKTOP) for scheme in SCHEMES)


def pages_of(site: Path) -> tuple[str, ...]:
    """Return the paths of all pages, sorted."""
    return tuple(sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")))


def weight_of(path: Path) -> int:
    """Return the bytes that a server sends for a file."""
    content = path.read_bytes()
    if path.suffix in COMPRESSED_BY_SERVERS:
        return len(gzip.compress(content, LEVEL, mtime=0))
    return len(content)


def violations_in(result: dict[str, Any]) -> Iterator[str]:
    """Yield axe's violations as sentences, each with the first element that shows it."""
    for violation in result["violations"]:
        first = violation["nodes"][0]
        yield f"{violation['id']} ({len(violation['nodes'])}): {first['html'][:200]}"


def open_page(visit: Visit, site: Path, name: str, look: Look, axe: str) -> Opened:
    """Open one page and ask it everything."""
    visit.go(name)
    asked = [url.removeprefix(visit.address).partition("?")[0] for url in visit.requests]
    visit.page.evaluate(axe)
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return Opened(
        name,
        look,
        tuple(visit.complaints),
        tuple(visit.page.evaluate("window.breaches")),
        tuple(violations_in(visit.page.evaluate(AXE))),
        visit.page.evaluate(width),
        {path: weight_of(site / path) for path in asked if (site / path).is_file()},
    )


def open_all(browser: Browser, address: str, site: Path, axe: str) -> Iterator[Opened]:
    """Open every page in one look, taking turns, and one page a template in all."""
    names = pages_of(site)
    for number, look in enumerate(ALL_LOOKS):
        turn = names[number :: len(ALL_LOOKS)]
        for name in sorted({*turn, *TEMPLATES} & set(names)):
            # A window of its own, since a browser keeps what an earlier page loaded.
            with visiting(browser, address, viewport=look.size, color_scheme=look.scheme) as visit:
                visit.page.add_init_script(BEFORE_ANY_PAGE)
                yield open_page(visit, site, name, look, axe)
