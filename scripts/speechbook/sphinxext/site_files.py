"""What the site needs besides its pages: files for hosts, search engines, feeds, offline reading.

A page for addresses that lead nowhere is collected with the other pages; the rest is
written when they are done.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from speechbook.release.commit import current_commit
from speechbook.site.feed import News, corrections_in, editions_in, feed
from speechbook.site.hosts import apache, netlify, nginx
from speechbook.site.listing import robots, sitemap
from speechbook.site.moved import Moved, read_moved, redirect_lines, stub
from speechbook.site.offline import kept_offline, manifest, service_worker, version_of
from speechbook.sphinxext.site_builder import SiteBuilder
from speechbook.story.errata import Erratum, errata_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

NOT_FOUND = "404"
WORKER = "service-worker.js"
REDIRECTS, CHANGELOG = Path("data", "redirects.toml"), Path("..", "CHANGELOG.md")
ERRATA = Path("data", "errata.toml")


def collect_not_found(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page for addresses that lead nowhere."""
    if isinstance(app.builder, SiteBuilder):
        yield NOT_FOUND, {"title": "Page not found"}, "404.html"


def from_the_root(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Let that page's links start at the site's root: hosts show it at any depth."""
    if pagename != NOT_FOUND or not isinstance(app.builder, SiteBuilder):
        return
    root = urlsplit(app.config.html_baseurl).path or "/"
    usual: Callable[..., str] = context["pathto"]
    navigation: Callable[[], str] = context["book_navigation"]

    def pathto(name: str, resource: int = 0) -> str:
        """Return *name*'s address from the root."""
        address = usual(name, resource)
        return address if address.startswith("#") else root + address

    context.update(
        pathto=pathto,
        book_navigation=lambda: navigation().replace(' href="', f' href="{root}'),
        content_root=root,
    )


def write(folder: Path, name: str, content: str | bytes) -> None:
    """Write a file of the site."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def write_for_hosts(app: Sphinx, builder: SiteBuilder, moved: tuple[Moved, ...]) -> None:
    """Write headers, redirects and the pages that lead on."""
    folder, base = Path(app.outdir), app.config.html_baseurl
    write(folder, "_headers", netlify([asset.path for asset in builder.named_by_content]))
    write(folder, "_redirects", "".join(f"{line}\n" for line in redirect_lines(moved)))
    write(folder, ".htaccess", apache(moved))
    write(folder, "nginx-headers.conf", nginx(moved))
    for row in moved:
        write(folder, f"{row.old}.html", stub(row, base))


def errata_of(app: Sphinx) -> tuple[Erratum, ...]:
    """Read the corrections; a book without the table has none."""
    path = Path(app.srcdir) / ERRATA
    return errata_in(path, path.read_text(encoding="utf-8")) if path.is_file() else ()


def labels(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Return the page and the title that each label stands for."""
    known = app.env.domains.standard_domain.labels
    return {label: (page, title) for label, (page, _anchor, title) in known.items()}


def write_for_readers(app: Sphinx, day: str) -> None:
    """Write the feed, the sitemap, the robots' file and the manifest."""
    folder, config, base = Path(app.outdir), app.config, app.config.html_baseurl
    changelog = Path(app.srcdir) / CHANGELOG
    text = changelog.read_text(encoding="utf-8") if changelog.is_file() else ""
    news: tuple[News, ...] = (*editions_in(text, day), *corrections_in(errata_of(app), labels(app)))
    write(folder, "feed.xml", feed(config.project, config.author, base, news, day))
    write(folder, "robots.txt", robots(base))
    if base:
        write(folder, "sitemap.xml", sitemap(base, app.env.found_docs, day))
    write(folder, "manifest.webmanifest", manifest(config.project, config.speechbook_description))


def write_worker(app: Sphinx, moved: tuple[Moved, ...]) -> None:
    """Write the service worker at the root, whose pages it serves, with what it keeps."""
    folder = Path(app.outdir)
    source = folder / "_static" / WORKER
    names = kept_offline(folder, [f"{row.old}.html" for row in moved])
    text = source.read_text(encoding="utf-8")
    source.unlink()
    write(folder, WORKER, service_worker(text, version_of(folder, names), names))


def write_files(app: Sphinx, failure: Exception | None) -> None:
    """Write everything once the pages are there."""
    builder = app.builder
    if failure or not isinstance(builder, SiteBuilder):
        return
    moved = read_moved(Path(app.srcdir) / REDIRECTS, app.env.found_docs)
    write_for_hosts(app, builder, moved)
    write_for_readers(app, current_commit(Path(app.srcdir)).date)
    write_worker(app, moved)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the extra page and the end of the build."""
    app.connect("html-collect-pages", collect_not_found)
    # After the sidebar has put its list into the context.
    app.connect("html-page-context", from_the_root, priority=900)
    app.connect("build-finished", write_files, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
