"""What works of one kind need: theses, software, entries with files; fields with two names."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from citelint.bibtex.places import about_key, about_value, shortened
from citelint.findings import Complaint, Severity
from citelint.rules.base import rule
from citelint.rules.fields import is_work
from citelint.rules.slips import plain, unbraced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.bibtex.entries import Record
    from citelint.myst.model import Chapter
    from citelint.project import Project
    from citelint.rules.base import Complaints

THESES = frozenset({"phdthesis", "mastersthesis", "thesis", "bachelorsthesis"})
PROGRAMS = frozenset({"software", "dataset"})
#: What pins down which state of a program was used, besides its version.
STATES = ("version", "edition", "doi", "swhid", "swhidid", "date", "day")
#: Fields that are one field under two names, biblatex's second (its manual, section 2.2.5).
ALIASES = (
    ("journal", "journaltitle"),
    ("address", "location"),
    ("school", "institution"),
    ("hyphenation", "langid"),
    ("archiveprefix", "eprinttype"),
    ("primaryclass", "eprintclass"),
)
OTHER_NAMES = tuple(other for _, other in ALIASES)


@rule("FLD027", "field-says-one-thing-by-both-names", scope="entry", fields=OTHER_NAMES)
def field_says_one_thing_by_both_names(record: Record, _project: Project) -> Complaints:
    """A field that BibTeX and biblatex name differently says the same by both names.

    Why: BibTeX prints the one and biblatex the other, so that two readers are sent to two
        places.

    Bad:
        journal = {History Workshop Journal},
        journaltitle = {Past and Present},

    Good:
        journal = {History Workshop Journal},

    Cure: Keep what is right under the name that your style prints.
    """
    for ours, other in ALIASES:
        value = record.values.get(other)
        text = record.text(ours)
        if value and text and value.text and plain(value.text) != plain(text):
            yield about_value(value, f"{ours} says {shortened(text, 30)}; keep what is right")


def pieces(text: str, mark: str) -> list[str]:
    """Split a text at a mark that no backslash is before, and take the backslashes out."""
    return [
        re.sub(r"\\(.)", r"\1", piece) for piece in re.split(rf"(?<!\\){re.escape(mark)}", text)
    ]


def linked_paths(text: str) -> Iterator[str]:
    r"""Yield the paths in a field ``file``: ``path``, or ``name:path:type`` with ``;`` between.

    JabRef and Zotero write the second; a colon or semicolon of the path has a backslash.
    """
    for link in re.split(r"(?<!\\);", text):
        parts = pieces(link, ":")
        path = parts[-2] if len(parts) > 2 else parts[-1]  # noqa: PLR2004 - name, path, type
        if path.strip():
            yield path.strip()


def is_there(path: str, record: Record, project: Project) -> bool:
    """Say whether a file lies by its path from the .bib file or from the project's folder.

    Nobody is told of files outside of the project, whatever a path leads to.
    """
    root = project.root.resolve()
    # OSError: the name is longer than any file's; RuntimeError: links that lead in a circle.
    with contextlib.suppress(OSError, RuntimeError):
        for folder in (root / record.source.path.parent, root):
            place = Path(folder, path).resolve()
            if not place.is_relative_to(root) or place.is_file():
                return True
    return False


@rule("FLD026", "linked-file-is-there", scope="entry", default=False, fields=("file",))
def linked_file_is_there(record: Record, project: Project) -> Complaints:
    """A linked file lies where its path says, seen from the .bib file or the project's folder.

    Paths of one machine (FLD023) and those that lead out of the project are passed over.

    Why: Whoever wants to look the passage up finds nothing.

    Bad:
        file = {papers/tabuman2003.pdf},

    Good:
        file = {papers/taubman2003.pdf},

    Cure: Correct the path, or take the field out.
    """
    value = record.values["file"]
    for path in linked_paths(value.text):
        is_machines = path.startswith(("/", "~", "\\")) or re.match(r"[A-Za-z]:[\\/]", path)
        # What cannot be printed, such as a NUL, is no part of a name.
        if not is_machines and not (path.isprintable() and is_there(path, record, project)):
            yield about_value(value, f"no file {shortened(path)} is there; correct the path")


#: A university that is named after its place: University of Oslo, Universität Wien.
NAMES_PLACE = re.compile(
    r"\b(?:of|at|in|de|di|du|da|von|zu|van) (?:the )?[A-ZÀ-Ž]"
    r"|\b(?:Universi[a-z]+|Universität|Université|Università|Hochschule|Uniwersytet) [A-ZÀ-Ž]"
)


@rule("FLD060", "thesis-names-its-place", scope="entry", severity=Severity.NOTE, default=False)
def thesis_names_its_place(record: Record, _project: Project) -> Complaints:
    """A thesis says in which place its university is, where that is not in its name.

    Why: Colleges share names (Trinity, Columbia, King's), and their theses lie in their
        libraries.

    Bad:
        @phdthesis{one,
          school = {Trinity College},
        }

    Good:
        @phdthesis{one,
          school = {Trinity College},
          address = {Dublin},
        }

    Cure: Add the field address, from the title page.
    """
    school = record.text("school") or record.text("institution")
    has_place = record.text("address") or record.text("location") or NAMES_PLACE.search(school)
    if record.kind in THESES and is_work(record) and not has_place:
        yield about_key(record, "this thesis names no place; add the field address")


@rule("FLD061", "software-has-a-version", scope="entry", severity=Severity.NOTE, default=False)
def software_has_a_version(record: Record, _project: Project) -> Complaints:
    """A program or a data set says which version of it was used.

    A DOI, an edition or a full date will do: each leads to one state of it.

    Why: The next version gives other results, and nobody can repeat what was done.

    Bad:
        @software{python,
          title = {Python},
          url = {https://www.python.org},
        }

    Good:
        @software{python,
          title = {Python},
          version = {3.11.7},
          url = {https://www.python.org},
        }

    Cure: Add the field version.
    """
    is_pinned = any(record.text(name) for name in STATES)
    if record.kind in PROGRAMS and is_work(record) and not is_pinned:
        yield about_key(record, "nothing says which version was used; add the field version")


#: A program's name: what stands before its description, "R: A Language for Data".
NAME_OF_PROGRAM = re.compile(r"(?P<name>[^:(–—,]{2,40}?)(?:\s*[:(–—,].*)?", re.DOTALL)
MOST_WORDS = 3


def programs(project: Project) -> dict[str, str]:
    """Return the keys of programs and data sets by the names that a text calls them by."""
    found: dict[str, str] = {}
    for record in project.records:
        if record.kind in PROGRAMS:
            title = unbraced(record.field_text("title"))
            match = NAME_OF_PROGRAM.fullmatch(title)
            name = match["name"].strip() if match else ""
            # Names of one letter, and those without capitals or digits, are words as well.
            if len(name) > 1 and not name.islower() and len(name.split()) <= MOST_WORDS:
                found.setdefault(name, record.key)
    return found


@rule("PRO013", "program-is-cited-where-it-is-named", scope="chapter", default=False)
def program_is_cited_where_it_is_named(chapter: Chapter, project: Project) -> Complaints:
    """A chapter that names a program or data set of the bibliography cites it.

    Why: Those who made it get no credit, and the reader is not told which version it was.

    Bad:
        The names were counted with NetworkX.

    Good:
        The names were counted with NetworkX {cite:p}`networkx`.

    Cure: Cite it where it is first named.
    """
    cited = {target.key for citation in chapter.citations for target in citation.targets}
    for name, key in project.once(programs).items():
        if key not in cited and name in chapter.prose:
            match = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", chapter.prose)
            if match:
                yield Complaint(*match.span(), f"{name} is named here and never cited; cite {key}")


RULES = (
    field_says_one_thing_by_both_names,
    linked_file_is_there,
    thesis_names_its_place,
    software_has_a_version,
    program_is_cited_where_it_is_named,
)
