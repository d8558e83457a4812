"""What is not refused is harmless in all three formats; the build sees neither network nor machine.

One book with every harmless case in it is built once, without a network and traced.
"""

from __future__ import annotations

import json
import os
import re
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html

from speechbook.audit.portable import letters_of, read_pdf
from speechbook.audit.tracing import Traced, require_tracer, run_traced
from tests.conftest import REPOSITORY, make_tiny_book
from tests.hostile.corpus import Case, cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechbook.building.paths import BookPaths

HARMLESS = [case for case in cases() if case.is_harmless]
CONTENTS = "```{toctree}\n:titlesonly:\n:caption: Harmless\n\n%s\n```\n"
CITING = "# Works\n\nThese are cited.[^works]\n\n[^works]: %s.\n"
#: What Python, fontconfig, the dynamic loader, the C library and git open of a machine.
SYSTEM = (
    "/usr", "/lib", "/lib64", "/bin", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/proc/filesystems", "/sys/devices/system", "/sys/fs/cgroup", "/dev/null", "/dev/urandom",
    "/dev/tty", "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime", "/etc/timezone",
    "/etc/mime.types", "/etc/apache2", "/etc/httpd", "/etc/nginx", "/etc/fonts", "/etc/gitconfig",
    "/etc/os-release", "/etc/debian_version",
)  # fmt: skip
LINKED_DATA = "application/ld+json"
CALL = re.compile(r"alert\(\d+\)")


def lay_out(folder: Path) -> BookPaths:
    """Make a book of all harmless cases."""
    paths = make_tiny_book(folder)
    for case in HARMLESS:
        case.lay(paths.root)
    works = sorted(paths.docs.glob("*.bib"))
    texts = [paths.bibliography, *works]
    whole = "\n".join(path.read_text(encoding="utf-8") for path in texts)
    paths.bibliography.write_text(whole, encoding="utf-8")
    keys = [path.stem.replace("-", "") for path in works]
    for path in works:
        path.unlink()
    roles = ", ".join(f"{{cite:p}}`{key}`" for key in keys)
    (paths.docs / "chapters" / "works.md").write_text(CITING % roles, encoding="utf-8")
    index = paths.docs / "index.md"
    pages = sorted((paths.docs / "chapters").glob("[!0]*.md"))
    listed = "\n".join(f"chapters/{path.stem}" for path in pages)
    index.write_text(index.read_text(encoding="utf-8") + "\n" + CONTENTS % listed, encoding="utf-8")
    return paths


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[BookPaths, Traced]:
    """Return the book and what its build did."""
    require_tracer()
    folder = tmp_path_factory.mktemp("harmless")
    paths = lay_out(folder)
    (folder / "tmp").mkdir()
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder / "tmp"),
        "LC_ALL": "C.UTF-8",
        "SOURCE_DATE_EPOCH": "1790000000",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "speechbook.cli", "build", "--root", str(paths.root)]
    traced = run_traced(command, folder / "trace", surroundings)
    if traced.code != 0:
        pytest.fail(f"The harmless book could not be built:\n{traced.said}", pytrace=False)
    return paths, traced


def test_the_build_reaches_for_no_network(book: tuple[BookPaths, Traced]) -> None:
    assert book[1].connected == ()


def test_the_trace_would_see_a_connection_and_a_file(tmp_path: Path) -> None:
    require_tracer()
    program = "import socket; open('/etc/passwd'); socket.create_connection(('127.0.0.1', 9))"
    traced = run_traced([sys.executable, "-c", program], tmp_path / "trace", os.environ)
    assert traced.code == 1
    assert "unreachable" in traced.said
    assert Path("/etc/passwd") in traced.opened
    assert any("AF_INET" in line for line in traced.connected)


def test_the_build_opens_nothing_outside_but_python_and_the_system(
    book: tuple[BookPaths, Traced],
) -> None:
    paths, traced = book
    own = (paths.root.parent, REPOSITORY / "scripts", Path(sys.prefix), Path(sys.base_prefix))
    allowed = (*own, Path(sysconfig.get_paths()["stdlib"]), *map(Path, SYSTEM))
    outside = {
        path
        for path in traced.opened
        if path.is_absolute() and not any(path.is_relative_to(place) for place in allowed)
    }
    # Folders are listed on the way to a file (git looks for its own); that reads no file.
    assert {path for path in outside if not path.is_dir()} == set()


def pages_of(paths: BookPaths) -> Iterator[tuple[str, bytes]]:
    """Yield the site's pages, the EPUB's and every drawing in both."""
    for path in sorted((paths.dist / "html").rglob("*")):
        if path.suffix in {".html", ".svg"} and "_static" not in path.parts:
            yield path.as_posix(), path.read_bytes()
    with zipfile.ZipFile(paths.dist / "secret-speech.epub") as archive:
        for name in archive.namelist():
            if name.endswith((".xhtml", ".svg", ".opf", ".ncx")):
                yield name, archive.read(name)


def is_json(text: str | None) -> bool:
    """Say whether a text is JSON without a sign that could begin a tag."""
    try:
        json.loads(text or "")
    except ValueError:
        return False
    return "<" not in (text or "")


def dangers(tree: etree._Element) -> Iterator[str]:
    """Yield what a page of the book must not have: our programs' calls where they would run."""
    for element in tree.iter(etree.Element):
        name = etree.QName(element).localname
        # Linked data is read as JSON and never run, so long as nothing ends the element early.
        is_data = element.get("type") == LINKED_DATA and is_json(element.text)
        if name == "script" and not is_data and CALL.search(element.text or ""):
            yield f"<script>{element.text}"
        for key, value in element.attrib.items():
            attribute = etree.QName(key).localname
            runs = attribute.startswith("on") or value.strip().lower().startswith("javascript:")
            if runs and CALL.search(value):
                yield f"<{name} {attribute}={value!r}>"


def test_nothing_runs_in_the_site_or_the_epub(book: tuple[BookPaths, Traced]) -> None:
    seen = 0
    for name, content in pages_of(book[0]):
        tree = html.fromstring(content) if name.endswith(".html") else etree.fromstring(content)
        assert list(dangers(tree)) == [], name
        seen += 1
    assert seen > 2 * len(HARMLESS)


def test_the_test_would_see_what_runs() -> None:
    page = '<html><a href=" javascript:alert(1)" onclick="alert(2)">x</a><script>alert(3)</script>'
    assert len(list(dangers(html.fromstring(page)))) == 3


def test_nothing_runs_in_the_pdf(book: tuple[BookPaths, Traced]) -> None:
    content = (book[0].dist / "secret-speech.pdf").read_bytes()
    for word in (
        b"/JavaScript",
        b"/JS ",
        b"/Launch",
        b"javascript:",
        b"/EmbeddedFile",
        b"root:x:0",
    ):
        assert word not in content, word


def texts(tree: etree._Element) -> Iterator[str]:
    """Yield a page's pieces of text."""
    yield from (str(text) for text in tree.itertext())


def words(text: str) -> str:
    """Return a text as all formats show it: white space, soft hyphens and quotation marks aside."""
    return re.sub(r"[\s\u00ad\u200b\u2060]+", "", text).translate(str.maketrans("“”‘’", "\"\"''"))


@pytest.mark.parametrize("case", [c for c in HARMLESS if c.shows], ids=lambda case: case.name)
def test_all_three_formats_show_it_as_text(case: Case, book: tuple[BookPaths, Traced]) -> None:
    paths = book[0]
    site = [html.fromstring(c) for n, c in pages_of(paths) if n.endswith(".html")]
    epub = [etree.fromstring(c) for n, c in pages_of(paths) if n.endswith(".xhtml")]
    pdf = read_pdf(paths.dist / "secret-speech.pdf").letters
    shown = [words("".join(t for tree in each for t in texts(tree))) for each in (site, epub)]
    for text in case.shows:
        assert words(text) in shown[0], f"the site lacks {text!r}"
        assert words(text) in shown[1], f"the EPUB lacks {text!r}"
        assert letters_of(text) in pdf, f"the PDF lacks {text!r}"
