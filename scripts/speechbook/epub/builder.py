"""The EPUB builder: Sphinx reads and resolves, everything in the package is our own.

Sphinx's builder would add the web theme's files, number its ids by chance and list
whatever lies in its folder; of it only the writing of documents is kept.  Our files
are listed from the contents, so what an earlier build left behind never gets in.
"""

from __future__ import annotations

import shutil
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markupsafe import Markup
from sphinx.builders.epub3 import Epub3Builder
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from speechbook.building.kept_pages import Keeper, Written, write_out
from speechbook.citing.dates import access_date
from speechbook.epub import contents
from speechbook.epub.contents import INDEX, SUFFIX, Entry, contents_of, landmarks_of, pages_of
from speechbook.epub.cover import alternative_text, draw_cover
from speechbook.epub.index import read_index
from speechbook.epub.package import (
    Metadata,
    features_of,
    identifier_of,
    item_of,
    stable_identifier,
)
from speechbook.epub.pagination import (
    PageStart,
    marked,
    page_starts,
    pages_of_contents,
    read_pages,
    unmarked,
)
from speechbook.epub.render import TEMPLATES, Renderer
from speechbook.epub.translator import BookXhtmlTranslator
from speechbook.release.archive import write_archive
from speechbook.release.commit import UNKNOWN, Commit, current_commit
from speechbook.sphinxext.colophon import LENGTH_OF_A_SHORT_NAME as COMMIT_LENGTH
from speechbook.sphinxext.picture_passes import PictureSparing

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from speechbook.epub.contents import Kind

logger = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"
MIMETYPE, MIMETYPE_CONTENT = "mimetype", b"application/epub+zip"
CONTAINER, PACKAGE, NCX = "META-INF/container.xml", "content.opf", "toc.ncx"
CONTENTS, NAV = "Contents", f"nav{SUFFIX}"
COVER_PAGE, COVER_IMAGE = f"cover{SUFFIX}", "images/cover.png"

#: Manifest properties that are known beforehand.
PROPERTIES = {NAV: "nav", COVER_IMAGE: "cover-image"}

#: What Sphinx's settings hold as long as conf.py says nothing.
UNSET = "unknown"


class BookEpubBuilder(PictureSparing, Epub3Builder):
    """Writes ``<epub_basename>.epub`` and, beside it, the files that it is made of."""

    name = "epub"
    template_dir = TEMPLATES  # type: ignore[assignment]

    def init(self) -> None:
        """Name the pictures' folder."""
        super().init()
        self.imagedir = "images"

    # Facts

    @cached_property
    def commit(self) -> Commit:
        """Return what is being built and when that was made."""
        return current_commit(Path(self.srcdir))

    @cached_property
    def contents(self) -> tuple[Entry, ...]:
        """Return the book's contents; asked for only when all documents are read."""
        return contents_of(self.env)

    @cached_property
    def pages(self) -> dict[str, Entry]:
        """Return the entries that are files, by file, in reading order."""
        return {page.file: page for page in pages_of(self.contents)}

    @cached_property
    def metadata(self) -> Metadata:
        """Return the book's facts from conf.py and its first page."""
        config, first = self.config, self.env.get_doctree(self.config.root_doc)
        known = config.epub_identifier != UNSET
        return Metadata(
            identifier=config.epub_identifier if known else stable_identifier(config.project),
            title=config.epub_title,
            subtitle=subtitle_of(first),
            language=config.epub_language,
            creator=config.epub_author,
            publisher=config.epub_publisher,
            rights=config.epub_copyright,
            description=config.speechbook_description or first_words_of(first),
            version=config.release,
            commit="" if self.commit.name == UNKNOWN else self.commit.name[:COMMIT_LENGTH],
            modified=self.commit.time,
            features=features_of(
                has_index=INDEX + SUFFIX in self.pages, has_pages=bool(self.paged_edition)
            ),
            pages_of=self.paged_edition.name if self.paged_edition else "",
        )

    @cached_property
    def paged_edition(self) -> Path | None:
        """Return the PDF whose pages are listed, if there is one."""
        path = self.config.speechbook_paged_edition
        return Path(path) if path else None

    @cached_property
    def renderer(self) -> Renderer:
        """Return the templates."""
        return Renderer(self.config.epub_language)

    @cached_property
    def keeper(self) -> Keeper:
        """Return the texts of documents that earlier builds have written."""
        return Keeper.of(self)

    def kind_of(self, docname: str) -> Kind | None:
        """Return what a document is, or nothing if the book does not list it."""
        page = self.pages.get(docname + SUFFIX)
        return page.kind if page else None

    # Documents

    def create_translator(self, *arguments: Any) -> nodes.NodeVisitor:  # noqa: ANN401
        """Return our own translator; the web theme registers its for every HTML builder."""
        return BookXhtmlTranslator(*arguments)

    def copy_assets(self) -> None:
        """Copy nothing: Sphinx would copy the site's styles and scripts."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the documents that the book lists; those for the screen only are left out."""
        super().write_documents({name for name in docnames if name + SUFFIX in self.pages})

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write one document."""
        doctree.settings = self.docsettings
        self.secnumbers = self.env.toc_secnumbers.get(docname, {})
        self.fignumbers = self.env.toc_fignumbers.get(docname, {})
        self.imgpath = relative_uri(self.get_target_uri(docname), self.imagedir)
        self.current_docname = docname
        page = self.pages[docname + SUFFIX]
        text = self.keeper.written(self, doctree, page.kind, lambda: self.text_of(doctree))
        self.write_page(docname, "document", page.title, body=Markup(text.body))  # noqa: S704

    def text_of(self, doctree: nodes.document) -> Written:
        """Write a document's text out."""
        return Written("".join(write_out(self, doctree).fragment))

    def write_page(self, name: str, template: str, title: str, **values: Any) -> None:  # noqa: ANN401
        """Write a page; *name* has no suffix."""
        self.write_text(name + SUFFIX, self.renderer.page(name, template, title, **values))

    def write_text(self, href: str, text: str) -> None:
        """Write a file below the output folder."""
        path = Path(self.outdir) / href
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    # The rest of the package

    def finish(self) -> None:
        """Write what is no document, then pack."""
        self.check_contents()
        self.write_own_pages()
        self.write_contents(self.mark_pages())
        self.copy_files()
        self.write_package()
        self.build_epub()
        self.keeper.tidy()

    def check_contents(self) -> None:
        """Warn, and so stop the build, if a document would fall out of the book."""
        for docname in sorted(self.env.found_docs):
            if docname + SUFFIX not in self.pages and "orphan" not in self.env.metadata[docname]:
                logger.warning("the EPUB lists only what docs/index.md lists", location=docname)

    def write_own_pages(self) -> None:
        """Write cover, part titles, index and colophon."""
        book = self.metadata
        image = {"image": COVER_IMAGE, "alternative": alternative_text(book.title, book.subtitle)}
        self.write_page("cover", "cover", book.title, **image)
        for page in self.pages.values():
            name = page.file.removesuffix(SUFFIX)
            if page.kind == contents.PART:
                self.write_page(name, "part", page.title)
            elif name == contents.OWN_COLOPHON:
                date = access_date(book.date)
                self.write_page(name, "colophon", page.title, book=book, date=date)
            elif name == INDEX:
                self.write_page(name, "index", page.title, letters=read_index(self, self.labels()))

    def mark_pages(self) -> tuple[PageStart, ...]:
        """Set a marker where each page of the PDF begins; return where that is."""
        if not self.paged_edition:
            return ()
        folder = Path(self.outdir)
        texts = {file: unmarked((folder / file).read_text("utf-8")) for file in self.pages}
        contents = pages_of_contents(self.paged_edition, CONTENTS)
        printed = read_pages(self.paged_edition)
        starts = page_starts([page for page in printed if page.label not in contents], texts)
        for file, text in texts.items():
            self.write_text(file, marked(text, [start for start in starts if start.file == file]))
        listed = {start.label: start for start in starts}
        listed |= {label: PageStart(label, NAV) for label in contents}
        return tuple(listed[page.label] for page in printed if page.label in listed)

    def write_contents(self, starts: tuple[PageStart, ...]) -> None:
        """Write the contents with the landmarks and the list of pages."""
        self.write_page(
            "nav",
            "nav",
            CONTENTS,
            entries=self.contents,
            landmarks=tuple(landmarks_of(self.contents)),
            page_starts=starts,
            own_starts=tuple(start for start in starts if start.file == NAV),
        )

    def labels(self) -> dict[str, str]:
        """Return what the index calls each document: a chapter's number, else the title."""
        return {
            page.file: page.title.partition(".")[0] if page.kind == contents.CHAPTER else page.title
            for page in self.pages.values()
        }

    def copy_files(self) -> None:
        """Put styles, typefaces, figures and the cover in their places."""
        for href in static_files():
            target = Path(self.outdir) / href
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(STATIC / href, target)
        images = Path(self.outdir) / self.imagedir
        images.mkdir(exist_ok=True)
        for source, name in self.images.items():
            shutil.copyfile(Path(self.srcdir) / source, images / name)
        book = self.metadata
        cover = draw_cover(book.title, book.subtitle, book.creator)
        (Path(self.outdir) / COVER_IMAGE).write_bytes(cover)

    def spine(self) -> tuple[str, ...]:
        """Return the pages in reading order; the contents come after the title page."""
        title_page, *others = self.pages
        return (COVER_PAGE, title_page, NAV, *others)

    def resources(self) -> tuple[str, ...]:
        """Return every file that the manifest lists, in a fixed order."""
        pictures = sorted(f"{self.imagedir}/{name}" for name in self.images.values())
        return (*self.spine(), COVER_IMAGE, *pictures, *static_files(), NCX)

    def write_package(self) -> None:
        """Write the package document and what leads to it."""
        self.write_text(CONTAINER, self.renderer.file("container.xml"))
        ncx = self.renderer.file("toc.ncx", book=self.metadata, entries=self.contents)
        self.write_text(NCX, ncx)
        folder = Path(self.outdir)
        manifest = [item_of(h, (folder / h).read_bytes(), PROPERTIES) for h in self.resources()]
        package = self.renderer.file(
            "content.opf",
            book=self.metadata,
            manifest=manifest,
            spine=[identifier_of(href) for href in self.spine()],
            cover=identifier_of(COVER_IMAGE),
            ncx=identifier_of(NCX),
        )
        self.write_text(PACKAGE, package)

    def build_epub(self) -> None:
        """Pack the files: ``mimetype`` first and stored, as OCF 3.3 section 4.3 demands."""
        target = Path(self.outdir) / f"{self.config.epub_basename}.epub"
        write_archive(target, self.members(), self.commit.time, stored=(MIMETYPE,))

    def members(self) -> Iterator[tuple[str, bytes]]:
        """Yield the archive's files with their content."""
        yield MIMETYPE, MIMETYPE_CONTENT
        for href in (CONTAINER, PACKAGE, *self.resources()):
            yield href, (Path(self.outdir) / href).read_bytes()


def static_files() -> tuple[str, ...]:
    """Return the package's own styles and typefaces, as names below the EPUB's root."""
    found = [*STATIC.rglob("*.css"), *STATIC.rglob("*.ttf")]
    return tuple(sorted(path.relative_to(STATIC).as_posix() for path in found))


def subtitle_of(first_page: nodes.document) -> str:
    """Return the text of the container of the class ``subtitle``, "" if there is none."""
    found = (c for c in first_page.findall(nodes.container) if "subtitle" in c["classes"])
    return next((" ".join(c.astext().split()) for c in found), "")


def first_words_of(first_page: nodes.document) -> str:
    """Return the text of the first paragraph."""
    paragraph = first_page.next_node(nodes.paragraph)
    return " ".join(paragraph.astext().split()) if paragraph is not None else ""
