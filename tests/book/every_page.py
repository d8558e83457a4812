"""Open every page of the site once and note all that can be asked of it.

A page is loaded once and then shown in other sizes and colours: ``nox -s tests`` asks for
one look of each page and all looks of the templates, ``nox -s campaign`` for all of all.
"""

from __future__ import annotations

import gzip
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tests.book.browsing import DESKTOP, PHONE, TABLET, TEMPLATES, visiting, wait_until_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, ViewportSize

    from tests.book.browsing import Visit

COMPRESSED_BY_SERVERS = {".html", ".css", ".js", ".svg", ".json", ".webmanifest", ".xml"}
#: As most servers are set.
LEVEL = 6

#: Nothing is fetched in the background; breaches of the policy and shifts of what is on the
#: screen (https://www.w3.org/TR/layout-instability/) are remembered.
BEFORE_ANY_PAGE = """
localStorage.setItem("secret-speech:settings", JSON.stringify({ offline: "" }));
window.breaches = [];
document.addEventListener("securitypolicyviolation", event =>
  window.breaches.push(`${event.violatedDirective}: ${event.blockedURI || event.sample}`));
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
#: Nobody reads the selectors, which cost half the time of a long page.
OPTIONS = "resultTypes: ['violations'], selectors: false"
AXE = f"axe.run({{ {OPTIONS} }})"
#: What depends on colours; themes and contrast change nothing else (20-colours.css).
COLOURS = "['color-contrast', 'link-in-text-block']"
AXE_OF_COLOURS = f"axe.run({{ {OPTIONS}, runOnly: {{ type: 'rule', values: {COLOURS} }} }})"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class Look:
    """One way of looking at a page: the window's size, the colours and contrast asked for."""

    size: ViewportSize
    scheme: Literal["light", "dark"]
    contrast: Literal["", "more"] = ""

    def __str__(self) -> str:
        high = ", high contrast" if self.contrast else ""
        return f"{self.size['width']} px, {self.scheme}{high}"


@dataclass(frozen=True)
class Opened:
    """What a page did when it was opened; ``weights`` are bytes as sent, by path.

    ``violations`` and ``overflow`` are told of each look, the other things of the first.
    """

    name: str
    looks: tuple[Look, ...]
    complaints: tuple[str, ...]
    breaches: tuple[str, ...]
    violations: tuple[str, ...]
    overflow: dict[str, int]
    shift: float
    weights: dict[str, int]


SIZES = (PHONE, TABLET, DESKTOP)
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
CONTRASTS: tuple[Literal[""], Literal["more"]] = ("", "more")
#: The sizes come first, so that a page is laid out anew as seldom as can be.
ALL_LOOKS = tuple(Look(*look) for look in itertools.product(SIZES, SCHEMES, CONTRASTS))


def pages_of(site: Path) -> tuple[str, ...]:
    """Return the paths of all pages, sorted."""
    return tuple(sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")))


def weight_of(path: Path) -> int:
    """Return the bytes that a server sends for a file."""
    content = path.read_bytes()
    if path.suffix in COMPRESSED_BY_SERVERS:
        return len(gzip.compress(content, LEVEL, mtime=0))
    return len(content)


def violations_in(result: dict[str, Any], look: Look) -> Iterator[str]:
    """Yield axe's violations as sentences, each with the first element that shows it."""
    for violation in result["violations"]:
        first = violation["nodes"][0]
        found = f"{violation['id']} ({len(violation['nodes'])}): {first['html'][:200]}"
        yield f"{look}: {found}"


def put_on(visit: Visit, look: Look) -> None:
    """Show the open page in another look, without loading it again."""
    visit.page.set_viewport_size(look.size)
    visit.page.emulate_media(color_scheme=look.scheme)
    visit.page.evaluate(f"document.documentElement.dataset.contrast = '{look.contrast}'")


def look_through(visit: Visit, looks: Sequence[Look]) -> Iterator[tuple[Look, list[str], int]]:
    """Yield of each look what axe finds in it and how far the page overflows."""
    laid_out: set[int] = set()
    for look in looks:
        put_on(visit, look)
        everything = look.size["width"] not in laid_out
        laid_out.add(look.size["width"])
        found = visit.page.evaluate(AXE if everything else AXE_OF_COLOURS)
        yield look, list(violations_in(found, look)), visit.page.evaluate(OVERFLOW)


def open_page(visit: Visit, site: Path, name: str, looks: Sequence[Look], axe: str) -> Opened:
    """Open one page in the first of some looks, ask it everything, then go through the rest."""
    visit.go(name)
    asked = [url.removeprefix(visit.address).partition("?")[0] for url in visit.requests]
    shift = visit.page.evaluate("window.shift")
    # Axe sees only what is laid out.
    wait_until_whole(visit.page)
    visit.page.evaluate(axe)
    seen = list(look_through(visit, looks))
    return Opened(
        name,
        tuple(looks),
        tuple(visit.complaints),
        tuple(visit.page.evaluate("window.breaches")),
        tuple(violation for _look, violations, _overflow in seen for violation in violations),
        {str(look): overflow for look, _violations, overflow in seen if overflow > 0},
        shift,
        {path: weight_of(site / path) for path in asked if (site / path).is_file()},
    )


def looks_of(name: str, number: int) -> tuple[Look, ...]:
    """Return all looks of a page of each template; of another page one, in turn."""
    return ALL_LOOKS if name in TEMPLATES else (ALL_LOOKS[number % len(ALL_LOOKS)],)


def open_all(
    browser: Browser,
    address: str,
    site: Path,
    axe: str,
    looks: Callable[[str, int], tuple[Look, ...]] = looks_of,
) -> Iterator[Opened]:
    """Open every page once, each in the looks that *looks* gives for its name and number."""
    for number, name in enumerate(pages_of(site)):
        wanted = looks(name, number)
        first = wanted[0]
        # A window of its own, since a browser keeps what an earlier page loaded.
        options = {"viewport": first.size, "color_scheme": first.scheme}
        with visiting(browser, address, **options) as visit:
            visit.page.add_init_script(BEFORE_ANY_PAGE)
            yield open_page(visit, site, name, wanted, axe)
