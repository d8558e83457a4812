"""Several PDFs by Typst, the sections of one book, made into one packed file.

A long book is typeset in sections, since Typst keeps about half a kilobyte of memory for each
byte of its sources. Here their pages, structure trees, bookmarks and named destinations are
joined, and links from one section to another, which Typst could write as addresses only, are
led to their destinations. ISO 32000-1: 7.7 (catalogue, pages, names), 12.3.3 (bookmarks),
14.7 and 14.8 (structure).
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speechbook.typst import pdfcontents, pdffile, pdfoutline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: The scheme of links that lead to another section: what follows is the label's UTF-8 in hex.
SCHEME = "book-section:"

_CROSS_LINK = re.compile(
    rb"/A<<(?:/Type/Action)?/S/URI/URI\(" + SCHEME.encode() + rb"([0-9a-f]*)\)>>"
)
_CROSS_LINK_TEXT = re.compile(rb"/Contents\(" + SCHEME.encode() + rb"[0-9a-f]*\)")
_IDENTIFIERS = re.compile(rb"\A<</Type/StructElem.*?/(?:ID\(|Headers\[)", re.DOTALL)
_NAMED = re.compile(rb"(\((?:[^()\\]|\\.)*\))\s*(\d+ 0 R)")
_NUMBERED = re.compile(rb"(\d+) (\d+ 0 R)")
_PAGE_COUNT = re.compile(rb"(<xmpTPg:NPages>)\d+(</xmpTPg:NPages>)")
_IDENTITY = re.compile(rb"/ID\[\(([^()]*)\)\(([^()]*)\)\]")
_MEDIA_BOX = re.compile(rb"/MediaBox\[0 0 [\d.]+ ([\d.]+)\]")
_KEPT = re.compile(
    rb"/(?:OutputIntents \d+ 0 R|Lang\([^()]*\)|(?:MarkInfo|ViewerPreferences)<<[^<>]*>>)"
)
_TOPS = ("catalogue", "pages", "metadata", "labels", "structure", "document", "outlines")


@dataclass(frozen=True)
class Target:
    """A place that other sections lead to.

    ``page`` counts from 0 within the section; ``x`` and ``y`` are points from its top left;
    ``shown`` is the printed page number.
    """

    page: int
    x: float
    y: float
    shown: str


@dataclass(frozen=True)
class Section:
    """A PDF of a section; ``levels`` are those of its bookmarks in their order, from 1."""

    path: Path
    levels: Sequence[int] = ()
    targets: Mapping[str, Target] = field(default_factory=dict)


def merge(sections: Sequence[Section], output: Path) -> None:
    """Join ``sections``, at least one, into ``output``.

    Raises:
        PdfFormatError: a section is not built as Typst builds its files.

    """
    shown = {label: target.shown for part in sections for label, target in part.targets.items()}
    with output.open("wb") as out:
        merger = _Merger(pdffile.Writer(out), shown)
        for section in sections:
            merger.add(section)
        merger.finish()


@dataclass
class _Trees:
    """What the trees of the whole book hold, section after section."""

    pages: list[int] = field(default_factory=list)
    labels: list[bytes] = field(default_factory=list)
    kids: list[bytes] = field(default_factory=list)
    parents: list[bytes] = field(default_factory=list)
    identifiers: list[tuple[bytes, bytes]] = field(default_factory=list)
    names: dict[bytes, bytes] = field(default_factory=dict)
    bookmarks: list[pdfoutline.Item] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)


class _Merger:
    """Writes the objects of each section as it comes, and the trees at the end."""

    def __init__(self, writer: pdffile.Writer, shown: Mapping[str, str]) -> None:
        self._writer = writer
        self._shown = shown
        self._top = {name: number for number, name in enumerate(_TOPS, start=1)}
        self._free = itertools.count(len(_TOPS) + 1)
        self._number_by_digest: dict[bytes, int] = {}
        self._sections = 0
        self._trees = _Trees()
        self._hash = hashlib.sha256()
        self._first: dict[str, bytes] = {}

    def add(self, section: Section) -> None:
        """Write a section and keep what the trees need of it."""
        data = section.path.read_bytes()
        self._hash.update(data)
        objects, trailer = pdffile.read(data)
        numbers, repeated = self._numbers(objects, pdffile.reference(trailer, "Root"))
        moved = {
            numbers[old]: self._moved(body, numbers)
            for old, body in objects.items()
            if old not in repeated
        }
        if not self._sections:
            self._keep_first(trailer, moved, numbers)
            moved.update(pdfcontents.listed(moved, next(self._free)))
        replaced = self._collect(section, moved)
        for number, body in moved.items():
            if number not in replaced:
                self._writer.add(number, body)
        self._sections += 1

    def _numbers(self, objects: dict[int, bytes], root: int) -> tuple[dict[int, int], set[int]]:
        """Give objects their numbers in the book, and say which repeat an earlier stream."""
        structure = pdffile.reference(objects[root], "StructTreeRoot")
        numbers = {
            root: self._top["catalogue"],
            pdffile.reference(objects[root], "Pages"): self._top["pages"],
            pdffile.reference(objects[root], "Metadata"): self._top["metadata"],
            pdffile.reference(objects[root], "PageLabels"): self._top["labels"],
            structure: self._top["structure"],
            pdffile.references(pdffile.array(objects[structure], "K"))[0]: self._top["document"],
        }
        repeated = set()
        for old, body in objects.items():
            if old in numbers:
                continue
            digest = _digest(body)
            if digest in self._number_by_digest:
                repeated.add(old)
            numbers[old] = self._number_by_digest.get(digest) or next(self._free)
            if digest:
                self._number_by_digest[digest] = numbers[old]
        return numbers, repeated

    def _moved(self, body: bytes, numbers: dict[int, int]) -> bytes:
        """Renumber an object and set right what counts through the book."""
        moved = pdffile.renumber(body, numbers.__getitem__, parents=len(self._trees.parents))
        if self._sections and _IDENTIFIERS.search(moved):
            moved = _prefix_identifiers(moved, b"%d." % self._sections)
        return self._led(moved) if SCHEME.encode() in moved else moved

    def _led(self, annotation: bytes) -> bytes:
        """Lead a link to another section to its destination."""
        match = _CROSS_LINK.search(annotation)
        if match is None:
            return annotation
        label = bytes.fromhex(match[1].decode()).decode()
        there = pdffile.literal(label)
        text = pdffile.literal(f"page {self._shown.get(label, '')}")
        led = _CROSS_LINK.sub(lambda _: b"/Dest" + there, annotation)
        return _CROSS_LINK_TEXT.sub(lambda _: b"/Contents" + text, led)

    def _keep_first(self, trailer: bytes, moved: dict[int, bytes], numbers: dict[int, int]) -> None:
        """Keep what the first section says for the whole book."""
        identity = _IDENTITY.search(trailer)
        if identity is None:
            raise pdffile.PdfFormatError("the trailer has no identity")
        catalogue = moved[self._top["catalogue"]]
        roles = re.search(rb"/RoleMap<<[^<>]*>>", moved[self._top["structure"]])
        self._first = {
            "info": b"%d" % numbers[pdffile.reference(trailer, "Info")],
            "document id": identity[1],
            "instance id": identity[2],
            "kept": b"".join(_KEPT.findall(catalogue)),
            "metadata": moved[self._top["metadata"]],
            "roles": roles[0] if roles else b"",
        }

    # What the trees need

    def _collect(self, section: Section, moved: dict[int, bytes]) -> set[int]:
        """Take note of a section's share; gives the objects that need not be written."""
        catalogue, structure = moved[self._top["catalogue"]], moved[self._top["structure"]]
        trees = self._trees
        start = len(trees.pages)
        labels = pdffile.array(moved[self._top["labels"]], "Nums")
        trees.labels += [
            b"%d %s" % (int(page) + start, label) for page, label in _NUMBERED.findall(labels)
        ]
        pages = pdffile.references(pdffile.array(moved[self._top["pages"]], "Kids"))
        trees.pages += pages
        trees.kids.append(pdffile.array(moved[self._top["document"]], "K"))
        parents, _, identifiers = structure.partition(b"/IDTree")
        trees.parents += [parent for _, parent in _NUMBERED.findall(pdffile.array(parents, "Nums"))]
        prefix = b"(%d." % self._sections if self._sections else b"("
        trees.identifiers += [
            (prefix + name[1:], element)
            for name, element in _NAMED.findall(pdffile.array(identifiers, "Names"))
        ]
        trees.names.update(_named_destinations(catalogue))
        for label, target in section.targets.items():
            trees.names[pdffile.literal(label)] = _destination(target, pages, moved)
        return set(self._top.values()) | self._collect_bookmarks(section, catalogue, moved)

    def _collect_bookmarks(
        self, section: Section, catalogue: bytes, moved: dict[int, bytes]
    ) -> set[int]:
        if b"/Outlines " not in catalogue:
            return set()
        top = pdffile.reference(catalogue, "Outlines")
        self._trees.bookmarks += pdfoutline.read(moved, top)
        self._trees.levels += section.levels
        return {top, *pdfoutline.numbers(moved, top)}

    # The trees

    def finish(self) -> None:
        """Write the trees and close the file."""
        top, trees, add = self._top, self._trees, self._writer.add
        kids = b" ".join(b"%d 0 R" % page for page in trees.pages)
        add(top["pages"], b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(trees.pages), kids))
        add(top["labels"], b"<</Nums[%s]>>" % b" ".join(trees.labels))
        add(
            top["document"],
            b"<</Type/StructElem/S/Document/P %d 0 R/K[%s]>>"
            % (top["structure"], b" ".join(trees.kids)),
        )
        add(top["structure"], self._structure())
        if trees.bookmarks:
            tops = pdfoutline.nest(trees.bookmarks, trees.levels)
            pdfoutline.write(tops, top["outlines"], self._free, self._writer)
        instance = self._instance()
        add(top["metadata"], self._metadata(instance))
        add(top["catalogue"], self._catalogue())
        self._writer.finish(
            b"/Root %d 0 R/Info %s 0 R/ID[(%s)(%s)]"
            % (top["catalogue"], self._first["info"], self._first["document id"], instance)
        )

    def _structure(self) -> bytes:
        trees = self._trees
        parents = b" ".join(b"%d %s" % pair for pair in enumerate(trees.parents))
        names = b"".join(name + element for name, element in sorted(trees.identifiers))
        code = (
            b"<</Type/StructTreeRoot%s/K[%d 0 R]/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d"
            % (
                self._first["roles"],
                self._top["document"],
                parents,
                len(trees.parents),
            )
        )
        return code + (b"/IDTree<</Names[%s]>>>>" % names if names else b">>")

    def _catalogue(self) -> bytes:
        top, trees = self._top, self._trees
        names = b"".join(name + place for name, place in sorted(trees.names.items()))
        outlines = b"/Outlines %d 0 R" % top["outlines"] if trees.bookmarks else b""
        return b"<</Type/Catalog/Pages %d 0 R/Metadata %d 0 R/PageLabels %d 0 R%s" % (
            top["pages"],
            top["metadata"],
            top["labels"],
            self._first["kept"],
        ) + b"/StructTreeRoot %d 0 R%s/Names<</Dests<</Names[%s]>>>>>>" % (
            top["structure"],
            outlines,
            names,
        )

    def _instance(self) -> bytes:
        """Give the identity of this very content: Typst's, or one for all sections."""
        if self._sections == 1:
            return self._first["instance id"]
        return base64.b64encode(self._hash.digest()[:16])

    def _metadata(self, instance: bytes) -> bytes:
        body = self._first["metadata"].replace(self._first["instance id"], instance)
        count = b"%d" % len(self._trees.pages)
        body = _PAGE_COUNT.sub(lambda match: match[1] + count + match[2], body)
        code, stream = pdffile.split_stream(body)
        length = len(stream) - len(b"stream\n") - len(b"\nendstream")
        return re.sub(rb"/Length \d+", b"/Length %d" % length, code) + stream


def _digest(body: bytes) -> bytes:
    """Give what tells equal streams without references, such as typefaces; else nothing."""
    code, stream = pdffile.split_stream(body)
    if not stream or pdffile.references(code):
        return b""
    return hashlib.sha256(body).digest()


def _prefix_identifiers(element: bytes, prefix: bytes) -> bytes:
    """Make the identifier of a structure element, and those it names as headers, its section's."""
    changed: list[bytes] = []
    before = b""
    for is_string, text in pdffile.pieces(element):
        within_headers = b"]" not in before.rpartition(b"/Headers[")[2] and b"/Headers[" in before
        is_identifier = is_string and (before.endswith(b"/ID") or within_headers)
        changed.append(b"(" + prefix + text[1:] if is_identifier else text)
        before += b"()" if is_string else text
    return b"".join(changed)


def _named_destinations(catalogue: bytes) -> dict[bytes, bytes]:
    _before, _found, after = catalogue.partition(b"/Dests<</Names[")
    return dict(_NAMED.findall(after))


def _destination(target: Target, pages: list[int], moved: dict[int, bytes]) -> bytes:
    page = pages[target.page]
    box = _MEDIA_BOX.search(moved[page])
    if box is None:
        raise pdffile.PdfFormatError("a page has no size")
    height = float(box[1])
    return b"[%d 0 R/XYZ %.3f %.3f 0]" % (page, target.x, height - target.y)
