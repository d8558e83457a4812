"""What the book holds and in which order: the one model behind spine, contents and landmarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from speechbook.sphinxext.sidebar import Link, Part, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.environment import BuildEnvironment

SUFFIX = ".xhtml"
INDEX = "genindex"


@dataclass(frozen=True)
class Kind:
    """What a document is: its ``epub:type`` and the ARIA role that goes with it, "" if none.

    Source: https://www.w3.org/TR/epub-ssv-11/ and https://www.w3.org/TR/dpub-aria-1.1/
    """

    epub_type: str
    role: str = ""


TITLE_PAGE = Kind("titlepage")
FRONT_MATTER = Kind("frontmatter")
PART = Kind("part", "doc-part")
CHAPTER = Kind("chapter", "doc-chapter")
APPENDIX = Kind("appendix", "doc-appendix")
COLOPHON = Kind("colophon", "doc-colophon")
#: The colophon that a book without one of its own gets.
OWN_COLOPHON = "colophon"
NOTE_MARK = Kind("noteref", "doc-noteref")
NOTE = Kind("footnote", "doc-footnote")

#: Documents that are known by their file name.
NAMED_KINDS = {
    "preface": Kind("preface", "doc-preface"),
    "glossary": Kind("glossary", "doc-glossary"),
    "bibliography": Kind("bibliography", "doc-bibliography"),
    "colophon": COLOPHON,
    INDEX: Kind("index", "doc-index"),
}


@dataclass(frozen=True)
class Entry:
    """A line of the contents; ``file`` may end in a fragment and is "" for a mere caption."""

    title: str
    file: str
    kind: Kind | None = None
    children: tuple[Entry, ...] = ()

    @property
    def first_file(self) -> str:
        """Return the file, or for a caption the file of what it stands above."""
        return self.file or self.children[0].first_file


def kind_of(docname: str, number: str) -> Kind:
    """Tell what a document is by its name and its chapter number ("" if none)."""
    folder, _, name = docname.rpartition("/")
    if name in NAMED_KINDS:
        return NAMED_KINDS[name]
    if number:
        return CHAPTER
    return APPENDIX if folder == "back" else FRONT_MATTER


def numbered(title: str, number: str) -> str:
    """Return the title as the chapter's heading has it."""
    return f"{number}. {title}" if number else title


def sections_of(env: BuildEnvironment, docname: str) -> Iterator[Entry]:
    """Yield the sections right below a document's title."""
    if docname not in env.tocs:
        return
    for item in env.tocs[docname].findall(nodes.list_item):
        below_the_title = isinstance(item.parent.parent, nodes.list_item)
        if below_the_title and item.parent.parent.parent is env.tocs[docname]:
            reference = item.next_node(nodes.reference)
            if reference is not None:
                yield Entry(reference.astext(), f"{docname}{SUFFIX}{reference['anchorname']}")


def document_entry(env: BuildEnvironment, link: Link) -> Entry:
    """Return the entry of one document with its sections."""
    return Entry(
        numbered(link.title, link.number),
        f"{link.docname}{SUFFIX}",
        kind_of(link.docname, link.number),
        tuple(sections_of(env, link.docname)),
    )


def part_entry(env: BuildEnvironment, part: Part) -> Entry:
    """Return a part's entry; parts with numbered chapters have a page of their own."""
    has_page = any(link.number for link in part.links)
    file = nodes.make_id(part.caption) + SUFFIX if has_page else ""
    entries = tuple(document_entry(env, link) for link in part.links)
    return Entry(part.caption, file, PART if has_page else None, entries)


def contents_of(env: BuildEnvironment) -> tuple[Entry, ...]:
    """Return the whole book: title page, parts, and a colophon unless the book has its own."""
    root = env.config.root_doc
    title = Entry(env.titles[root].astext(), f"{root}{SUFFIX}", TITLE_PAGE)
    parts: list[Entry] = []
    for part in parts_of(env):
        entry = part_entry(env, part)
        parts += [entry] if part.caption else entry.children
    if any(entry.kind == COLOPHON for entry in all_entries(parts)):
        return (title, *parts)
    return (title, *parts, Entry("Colophon", OWN_COLOPHON + SUFFIX, COLOPHON))


def all_entries(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries and what is below them, in reading order."""
    for entry in entries:
        yield entry
        yield from all_entries(entry.children)


def pages_of(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that are files, in reading order."""
    return tuple(e for e in all_entries(entries) if e.file and "#" not in e.file)


def landmarks_of(entries: Iterable[Entry]) -> Iterator[tuple[str, str, str]]:
    """Yield (``epub:type``, title, file) of the places that reading systems offer to jump to.

    Source: https://www.w3.org/TR/epub-33/#sec-nav-landmarks
    """
    yield "toc", "Contents", f"nav{SUFFIX}"
    pages = pages_of(entries)
    body = next((page for page in pages if page.kind in {PART, CHAPTER}), None)
    if body is not None:
        yield "bodymatter", "Start of the text", body.file
    for page in pages:
        if page.kind in (TITLE_PAGE, *NAMED_KINDS.values()) and page.kind != COLOPHON:
            yield page.kind.epub_type, page.title, page.file
