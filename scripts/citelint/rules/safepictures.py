"""SEC060–SEC066: drawings and photographs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citelint.findings import Complaint, Severity
from citelint.rules.base import rule
from citelint.safety import drawings
from citelint.safety.rasters import is_of_its_kind, pixels

if TYPE_CHECKING:
    from citelint.project import Project
    from citelint.rules.base import Complaints
    from citelint.safety.listing import Listed
    from citelint.text import SourceText

#: 50 million pixels take 200 MB when they are unpacked.
MOST_PIXELS = 50_000_000


def about(source: SourceText, project: Project, kind: str, cure: str) -> Complaints:
    """Complain about the traits of a kind that a drawing has."""
    for trait in project.traits_of(source):
        if trait.kind == kind:
            yield Complaint(trait.offset, trait.offset, f"the drawing has {trait.what}; {cure}")


@rule("SEC060", "drawing-runs-nothing", scope="drawing", severity=Severity.ERROR)
def drawing_runs_nothing(source: SourceText, project: Project) -> Complaints:
    """A drawing has no script, event, foreign document or address that runs one.

    Why: Opened by itself, as by a click on it, a drawing is a page of the book's site and
        may do there what its scripts say.

    Bad:
        <svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>

    Good:
        <svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>

    Cure: Export the drawing as plain SVG.
    """
    yield from about(source, project, drawings.PROGRAM, "export it as plain SVG")


@rule("SEC061", "drawing-needs-nothing-else", scope="drawing", severity=Severity.ERROR)
def drawing_needs_nothing_else(source: SourceText, project: Project) -> Complaints:
    """A drawing loads no picture, font or style from another file or server.

    Why: It tells that server who reads, and is broken in the PDF, the EPUB and offline.

    Bad:
        <image href="https://example.org/map.png"/>

    Good:
        <image href="data:image/png;base64,…"/>

    Cure: Put what it needs into the drawing.
    """
    yield from about(source, project, drawings.OUTSIDE, "put what it needs into the drawing")


@rule("SEC062", "drawing-has-no-growing-entities", scope="drawing", severity=Severity.ERROR)
def drawing_has_no_growing_entities(source: SourceText, project: Project) -> Complaints:
    """A drawing declares no entity that holds others or a file.

    Why: A few lines of them unpack to gigabytes, or put a file of the machine into the book.

    Bad:
        <!ENTITY b "&a;&a;">

    Good:
        <path d="M0 0h9"/>

    Cure: Write out what the entity stands for.
    """
    yield from about(source, project, drawings.ENTITY, "write out what it stands for")


@rule(
    "SEC063",
    "drawing-has-no-document-type",
    scope="drawing",
    severity=Severity.ERROR,
    default=False,
)
def drawing_has_no_document_type(source: SourceText, project: Project) -> Complaints:
    """A drawing begins with its element, not with a document type.

    Why: Nothing reads it but programs that should not, and this book's PDF refuses it.

    Bad:
        <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">

    Good:
        <svg xmlns="http://www.w3.org/2000/svg">

    Cure: Take the line out.
    """
    yield from about(source, project, drawings.DOCTYPE, "take it out")


@rule("SEC064", "drawing-is-well-formed", scope="drawing", severity=Severity.ERROR)
def drawing_is_well_formed(source: SourceText, project: Project) -> Complaints:
    """A drawing is XML that a browser can read to its end.

    Why: It is shown in part or not at all, and what stands behind the fault is not checked.

    Bad:
        <svg xmlns="http://www.w3.org/2000/svg"><g></svg>

    Good:
        <svg xmlns="http://www.w3.org/2000/svg"><g/></svg>

    Cure: Save it anew from the program that drew it.
    """
    for trait in project.traits_of(source):
        if trait.kind == drawings.BROKEN:
            message = f"the drawing cannot be read on from here ({trait.what}); save it anew"
            yield Complaint(trait.offset, trait.offset, message)


@rule("SEC065", "picture-is-of-its-kind", scope="listing", severity=Severity.ERROR)
def picture_is_of_its_kind(listed: Listed, _project: Project) -> Complaints:
    """A picture begins as its name's ending says.

    Why: A page or program under a picture's name gets past whoever looks at names alone.

    Bad:
        hall.png (begins with <html>)

    Good:
        hall.png (begins with the bytes of a PNG)

    Cure: Save the picture in the format that its name says.
    """
    is_empty_link = listed.leads_out or listed.is_folder
    if not is_empty_link and not is_of_its_kind(listed.path.suffix, listed.head):
        kind = listed.path.suffix.removeprefix(".").upper()
        yield Complaint(0, 0, f"this file is no {kind}; save the picture in the format of its name")


@rule("SEC066", "picture-can-be-unpacked", scope="listing", severity=Severity.ERROR)
def picture_can_be_unpacked(listed: Listed, _project: Project) -> Complaints:
    """A picture has 50 million pixels at most.

    Why: A small file can stand for a picture that fills the memory of whatever shows it.

    Bad:
        hall.png (60000 by 60000 pixels)

    Good:
        hall.png (2400 by 1600 pixels)

    Cure: Make it smaller.
    """
    count = pixels(listed.head)
    if count > MOST_PIXELS:
        message = f"this picture has {count:,} pixels and may have {MOST_PIXELS:,}"
        yield Complaint(0, 0, f"{message}; make it smaller")


RULES = (
    drawing_runs_nothing,
    drawing_needs_nothing_else,
    drawing_has_no_growing_entities,
    drawing_has_no_document_type,
    drawing_is_well_formed,
    picture_is_of_its_kind,
    picture_can_be_unpacked,
)
