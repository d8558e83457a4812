"""SEC020–SEC025: files that a chapter names, and files that lie in the folders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.findings import Complaint, Severity
from citelint.myst.wording import words
from citelint.rules.base import rule
from citelint.safety.characters import CONTROL, HIDDEN, TURNING
from citelint.safety.listing import CHAPTERS
from citelint.safety.paths import local_path, objection
from citelint.safety.schemes import target_in_title
from citelint.safety.scripts import mixed_words
from citelint.safety.vocabulary import FILE_OPTIONS, NAMING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.myst.model import Chapter
    from citelint.project import Project
    from citelint.rules.base import Complaints
    from citelint.safety.listing import Listed

LONGEST_NAME = 120
#: What no name on Windows may hold, and what shells and terminals take for more than a name.
ODD = re.compile(r"""[<>:"|?*\\`$;&\n\r\t]|^[-~]|[. ]$""")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
#: What a book's folder of sources is made of.
KINDS = words("md toml geojson bib svg png jpg jpeg gif webp")
SETTINGS_FILES = frozenset({"conf.py", "docutils.conf"})
#: Folders of the theme: what lies there is code, reviewed as such.
THEME_FOLDERS = ("_templates", "_static")


def named_files(chapter: Chapter) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the local paths that a chapter's links, pictures, roles and directives name."""
    text = chapter.source.text
    for link in chapter.links:
        yield local_path(link.target), link.target_span
    for role in chapter.roles:
        if role.name == "download":
            yield local_path(target_in_title(role.content)), role.content_span
    for directive in chapter.directives:
        if directive.name in NAMING and directive.argument:
            start = max(text.find(directive.argument, directive.span.start), 0)
            yield local_path(directive.argument), (start, start + len(directive.argument))
        for name, value, span in directive.options:
            if name in FILE_OPTIONS:
                yield local_path(value), span


@rule("SEC020", "named-file-is-the-projects", scope="markup", severity=Severity.ERROR)
def named_file_is_the_projects(chapter: Chapter, project: Project) -> Complaints:
    """Files that a chapter includes, shows or links to lie in the project and are not hidden.

    Why: Sphinx copies them into the book: a file of the machine that builds it, such as
        one with its secrets, would be published.

    Bad:
        ```{include} ../../../etc/passwd
        ```

    Good:
        ```{include} note.md
        ```

    Cure: Put the file into the project.
    """
    folder = chapter.source.path.parent
    if folder.is_absolute():
        return
    seen: set[tuple[int, int]] = set()
    for path, span in named_files(chapter):
        if path and span not in seen:
            trouble = objection(path, folder, project.source_folder, project.steps_up)
            if trouble:
                seen.add(span)
                yield Complaint(*span, f"{path[:80]!r} {trouble}; put the file into the project")


@rule("SEC021", "link-between-files-stays-inside", scope="listing", severity=Severity.ERROR)
def link_between_files_stays_inside(listed: Listed, _project: Project) -> Complaints:
    """A symbolic link leads to a file of the project that is not hidden.

    Why: Sphinx follows it: what it leads to is published, or is read without end.

    Bad:
        chapters/notes.md -> /etc/passwd

    Good:
        chapters/notes.md (a file)

    Cure: Replace the link by the file itself.
    """
    if listed.leads_out:
        message = f"this is a link to {listed.link[:80]!r}, which is no open file of the project"
        yield Complaint(0, 0, f"{message}; put a file in its place")


@rule("SEC022", "file-name-is-plain", scope="listing", severity=Severity.ERROR)
def file_name_is_plain(listed: Listed, _project: Project) -> Complaints:
    r"""A file's name has no character that is hidden or means something to a program.

    Why: Such a name cannot be checked out on every system, misleads whoever reads it, and
        can make a careless script do more than it should.

    Bad:
        chapters/sp\u202eeech.md

    Good:
        chapters/speech.md

    Cure: Name the file anew, in letters, digits, hyphens and dots.
    """
    name = listed.path.name
    trouble = trouble_of_name(name)
    if trouble:
        yield Complaint(0, 0, f"the name of this file {trouble}; give it another")


def trouble_of_name(name: str) -> str:
    """Say what is wrong with a file's name; "" where nothing is."""
    if CONTROL.search(name) or TURNING.search(name) or HIDDEN.search(name):
        return "has a character that nobody sees"
    if any(True for _ in mixed_words(name)):
        return "mixes alphabets that look alike"
    if not name.isprintable():
        return "is not UTF-8 or has a character that cannot be printed"
    if ODD.search(name) or RESERVED.match(name):
        return "is one that not every system can have"
    return "is too long" if len(name) > LONGEST_NAME else ""


@rule("SEC023", "file-is-no-symbolic-link", scope="listing", severity=Severity.ERROR, default=False)
def file_is_no_symbolic_link(listed: Listed, _project: Project) -> Complaints:
    """No symbolic links lie among the sources.

    Why: On Windows they are text files, and reviewers see a path where readers see a page.

    Bad:
        chapters/notes.md -> ../README.md

    Good:
        chapters/notes.md (a file)

    Cure: Replace the link by the file itself.
    """
    if listed.link and not listed.leads_out:
        yield Complaint(0, 0, "this is a symbolic link; put the file itself in its place")


@rule(
    "SEC024",
    "folder-holds-what-a-book-is-made-of",
    scope="listing",
    severity=Severity.ERROR,
    default=False,
)
def folder_holds_what_a_book_is_made_of(listed: Listed, project: Project) -> Complaints:
    """Among the sources lie chapters, data and pictures alone, and the theme in its folders.

    Why: Sphinx reads other kinds too, such as .rst, which no rule here looks into.

    Bad:
        docs/chapters/notes.rst

    Good:
        docs/chapters/notes.md

    Cure: Write it as Markdown, or keep it out of the folder.
    """
    if listed.is_folder or listed.leads_out or listed.path.name in SETTINGS_FILES:
        return
    kind = listed.path.suffix.lower().removeprefix(".")
    is_theme = any(folder in listed.path.parts for folder in THEME_FOLDERS)
    is_among_sources = listed.path.is_relative_to(project.source_folder)
    if is_among_sources and not is_theme and kind not in KINDS:
        yield Complaint(0, 0, "a book is not made of files of this kind; write Markdown")


@rule("SEC025", "chapter-lies-in-the-open", scope="listing", severity=Severity.ERROR, default=False)
def chapter_lies_in_the_open(listed: Listed, project: Project) -> Complaints:
    """No chapter lies in a hidden folder or in one that builds write to.

    Why: Sphinx reads it there, and neither reviewers nor linters look into such folders.

    Bad:
        docs/.drafts/notes.md

    Good:
        docs/chapters/notes.md

    Cure: Move it among the other chapters, or take it out.
    """
    is_among_sources = listed.path.is_relative_to(project.source_folder)
    if listed.is_out_of_sight and listed.path.suffix in CHAPTERS and is_among_sources:
        yield Complaint(0, 0, "a chapter lies where none is looked for; move it to the others")


RULES = (
    named_file_is_the_projects,
    link_between_files_stays_inside,
    file_name_is_plain,
    file_is_no_symbolic_link,
    folder_holds_what_a_book_is_made_of,
    chapter_lies_in_the_open,
)
