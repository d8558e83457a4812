"""What the site holds besides its pages, seen on the tiny book."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import lxml.etree
import lxml.html
import pytest

from speechbook.building.book import prepare
from speechbook.building.steps import Steps
from speechbook.figures.dates import Date
from speechbook.problems import BookError
from speechbook.site.feed import corrections_in
from speechbook.site.moved import read_moved
from speechbook.story.errata import Erratum
from tests.conftest import make_tiny_book

if TYPE_CHECKING:
    from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"
ERRATA = """
[[erratum]]
edition = "0.9"
chapter = "ch-first"
was = "There were 1,355."
now = "There were 1,349."
on = "2027-02-14"
thanks = "a reader in Leeds"
"""
MOVED = '[[moved]]\nfrom = "chapters/00-old"\nto = "{to}"\n'


@pytest.fixture(scope="module")
def addressed_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the tiny book's site for an address, with a page that has moved."""
    paths = make_tiny_book(tmp_path_factory.mktemp("addressed"))
    text = MOVED.format(to="chapters/01-first")
    (paths.docs / "data" / "redirects.toml").write_text(text, encoding="utf-8")
    (paths.docs / "data" / "errata.toml").write_text(ERRATA, encoding="utf-8")
    (paths.root / "CHANGELOG.md").write_text("## 1.0 – 2027-01-31\n\n- Out.\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOOK_URL", "https://example.org/book")
        return prepare(paths, Steps(quiet=True)).html()


def read(site: Path, name: str) -> str:
    """Return a file's text."""
    return (site / name).read_text(encoding="utf-8")


def test_page_that_moved_leads_on_in_every_way(addressed_site: Path) -> None:
    stub = lxml.html.fromstring(read(addressed_site, "chapters/00-old.html").encode())
    (refresh,) = stub.xpath("//meta[@http-equiv='refresh']/@content")
    target = refresh.partition("url=")[2]
    assert (addressed_site / "chapters" / target).resolve().is_file()
    assert stub.xpath("//link[@rel='canonical']/@href") == [
        "https://example.org/book/chapters/01-first.html"
    ]
    line = "/chapters/00-old.html /chapters/01-first.html 301"
    assert line in read(addressed_site, "_redirects")
    assert "Redirect 301 /chapters/00-old.html" in read(addressed_site, ".htaccess")
    assert "location = /chapters/00-old.html" in read(addressed_site, "nginx-headers.conf")


def test_sitemap_lists_the_pages_and_robots_names_it(addressed_site: Path) -> None:
    root = lxml.etree.fromstring(read(addressed_site, "sitemap.xml").encode())
    listed = {element.text for element in root.iter("{*}loc")}
    assert {"https://example.org/book/", "https://example.org/book/chapters/01-first.html"} < listed
    assert not [address for address in listed if address and ("search" in address)]
    assert "Sitemap: https://example.org/book/sitemap.xml" in read(addressed_site, "robots.txt")


def test_pages_name_their_own_address(addressed_site: Path) -> None:
    page = lxml.html.fromstring(read(addressed_site, "chapters/01-first.html").encode())
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://example.org/book/chapters/01-first.html"
    ]


def test_page_for_lost_addresses_starts_at_the_sites_root(addressed_site: Path) -> None:
    page = lxml.html.fromstring(read(addressed_site, "404.html").encode())
    links = page.xpath("//link/@href | //script/@src | //a/@href | //form/@action")
    # The icon stands in the page itself.
    lasting = ("/book/", "#", "https://", "data:image/svg+xml,")
    outside = [link for link in links if not link.startswith(lasting)]
    assert outside == []
    assert page.xpath("//form[@action='/book/search.html']//input[@name='q']")


def test_feed_tells_of_each_edition_with_a_lasting_name(addressed_site: Path) -> None:
    _erratum, entry = entries_of(addressed_site)
    assert entry.findtext(f"{ATOM}updated") == "2027-01-31T00:00:00Z"
    assert entry.findtext(f"{ATOM}content") == "Out."
    # uuid5 of the name in the feed's own space: other builds and hosts give the same.
    assert entry.findtext(f"{ATOM}id") == "urn:uuid:c9097117-6594-55f9-8e31-7a697238826e"


def entries_of(site: Path) -> list[lxml.etree._Element]:
    """Return the feed's entries, in their order."""
    feed = lxml.etree.fromstring(read(site, "feed.xml").encode())
    return list(feed.iter(f"{ATOM}entry"))


def test_feed_tells_of_each_correction_and_leads_to_its_chapter(addressed_site: Path) -> None:
    erratum, _edition = entries_of(addressed_site)
    assert erratum.findtext(f"{ATOM}updated") == "2027-02-14T00:00:00Z"
    told = erratum.findtext(f"{ATOM}content")
    assert told == (
        "In version 0.9: There were 1,355. Now: There were 1,349. Found by a reader in Leeds."
    )
    (link,) = erratum.iter(f"{ATOM}link")
    assert link.get("href") == "https://example.org/book/chapters/01-first.html"


def test_correction_keeps_its_name_when_it_is_reworded() -> None:
    first = Erratum("0.9", "ch-first", "Was.", "Now.", Date(2027, 2, 14), "", "", 1)
    (before,) = corrections_in([first], {})
    (after,) = corrections_in([first._replace(now="Since.", thanks="a reader")], {})
    (other,) = corrections_in([first._replace(was="Also was.")], {})
    assert before.name == after.name != other.name
    assert before.page == "back/errata"  # no chapter has this label


def test_headers_carry_the_policy_of_the_pages(addressed_site: Path) -> None:
    page = lxml.html.fromstring(read(addressed_site, "index.html").encode())
    (own,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    # The hash of its linked data, which no browser blocks, is the page's own.
    policy = re.sub(r" 'sha256-[^']*'", "", own)
    for name in ("_headers", ".htaccess", "nginx-headers.conf"):
        assert f"{policy}; frame-ancestors 'none'" in read(addressed_site, name)


def test_worker_keeps_every_page_and_all_that_pages_load(addressed_site: Path) -> None:
    worker = read(addressed_site, "service-worker.js")
    listed = re.search(r"const FILES = (\[.*?\]);", worker, re.DOTALL)
    assert listed
    files = set(json.loads(listed[1]))
    assert files >= {"index.html", "chapters/01-first.html", "404.html"}
    assert {name for name in files if not (addressed_site / name).is_file()} == set()
    page = lxml.html.fromstring(read(addressed_site, "index.html").encode())
    assert set(page.xpath("//script/@src | //link[@rel='stylesheet']/@href")) <= files
    assert not [name for name in files if name.endswith((".pdf", ".epub", "00-old.html"))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MOVED.format(to="chapters/99-none"), "is no page"),
        (MOVED.format(to="chapters/01-first.html"), "without .html"),
        (MOVED.format(to="chapters/01-first") * 2, "second time"),
        ('[[moved]]\nfrom = "index"\nto = "chapters/01-first"\n', "which is a page"),
        ("[[moved]\n", "not TOML"),
    ],
)
def test_bad_row_of_moved_pages_stops_with_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "redirects.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BookError, match=said):
        read_moved(path, {"index", "chapters/01-first"})
