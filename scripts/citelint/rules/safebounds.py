"""SEC040–SEC051: markup and data that would take too long, and data that does too much."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.bibtex.entries import LONGEST_STRING
from citelint.bibtex.model import Remark
from citelint.findings import Complaint, Severity
from citelint.rules.base import rule
from citelint.safety.growth import grown
from citelint.safety.literals import trouble_of
from citelint.spans import Covering

if TYPE_CHECKING:
    from citelint.bibtex.model import BibFile
    from citelint.myst.model import Chapter
    from citelint.project import Project
    from citelint.rules.base import Complaints
    from citelint.text import SourceText

#: The row of dashes under a table's head; possessive, so that no row makes it backtrack.
DASHES = re.compile(
    r"^[ \t>]*+\|?+[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-*+:?[ \t]*+)++$", re.MULTILINE
)
ROW_OF_LIST = re.compile(r"^[ \t]*[*-][ \t]+[*-][ \t]", re.MULTILINE)
ITEM = re.compile(r"^[ \t]+[*-][ \t]", re.MULTILINE)
MOST_PILED, DEEPEST = 200, 10
PILE = re.compile(r"""[!\[\]("'<&{$\\^]{%d,}""" % MOST_PILED)  # noqa: UP031 - braces in it
TEX = re.compile(
    r"\\(?:input|write|immediate|openin|openout|read|csname|catcode|directlua|special|usepackage"
    r"|verbatiminput|lstinputlisting|ShellEscape|endinput)(?![A-Za-z])"
)


@rule("SEC040", "table-has-a-bearable-width", scope="markup", severity=Severity.ERROR)
def table_has_a_bearable_width(chapter: Chapter, project: Project) -> Complaints:
    """A table has no more than ``max-table-columns`` columns.

    Why: No page can show it; a table of 3,000 columns takes a minute and a gigabyte.

    Bad:
        | 1 | 2 | … | 3000 |

    Good:
        | Year | Delegates |

    Cure: Turn rows and columns round, or split the table.
    """
    most = project.settings.max_table_columns
    text = chapter.source.text
    for found in DASHES.finditer(text):
        columns = found.group().strip("> \t|").count("|") + 1
        if columns > most:
            message = f"this table has {columns:,} columns and may have {most}; split it"
            yield Complaint(*found.span(), message)
    for directive in chapter.directives:
        if directive.name == "list-table":
            rows = ROW_OF_LIST.split(text[directive.body_span.start : directive.body_span.end])
            columns = 1 + max(len(ITEM.findall(row)) for row in rows)
            if columns > most:
                message = f"this table has {columns:,} columns and may have {most}; split it"
                yield Complaint(directive.span.start, directive.span.start + 3, message)


@rule("SEC041", "paragraph-has-a-bearable-length", scope="markup", severity=Severity.ERROR)
def paragraph_has_a_bearable_length(chapter: Chapter, project: Project) -> Complaints:
    """A paragraph is no longer than ``max-paragraph-length``.

    Why: Some markup takes time that grows with the square of a paragraph's length.

    Bad:
        [[[[[[ … (a megabyte)

    Good:
        A few sentences.

    Cure: Begin a new paragraph where a new thought begins.
    """
    most = project.settings.max_paragraph_length
    for start, end in (*(p.span for p in chapter.paragraphs), *(h.span for h in chapter.headings)):
        if end - start > most:
            message = f"this paragraph has {end - start:,} characters and may have {most:,}"
            yield Complaint(start, start + 1, f"{message}; split it")


@rule("SEC042", "markup-is-not-piled-up", scope="markup", severity=Severity.ERROR)
def markup_is_not_piled_up(chapter: Chapter, _project: Project) -> Complaints:
    """No 200 characters of markup stand in a row outside of code.

    Why: They say nothing, and each may open something that is sought to the end.

    Bad:
        ![![![![![![![ … (hundreds of them)

    Good:
        ![The hall](hall.png)

    Cure: Take them out.
    """
    code = Covering(chapter.code)
    for found in PILE.finditer(chapter.source.text):
        if found.start() not in code:
            message = (
                f"{found.end() - found.start():,} characters of markup in a row; take them out"
            )
            yield Complaint(*found.span(), message)


@rule("SEC043", "directives-nest-in-moderation", scope="markup", severity=Severity.ERROR)
def directives_nest_in_moderation(chapter: Chapter, _project: Project) -> Complaints:
    """Directives nest no deeper than ten.

    Why: Each level is parsed by a parser of its own, within the one around it.

    Bad:
        ::::::::::::::{note} in a note in a note … (eleven of them)

    Good:
        ::::{note}
        :::{tip}
        A tip.
        :::
        ::::

    Cure: Take some of them out.
    """
    ends: list[int] = []
    for directive in chapter.directives:
        while ends and ends[-1] <= directive.span.start:
            ends.pop()
        ends.append(directive.span.end)
        if len(ends) == DEEPEST + 1:
            message = f"directives nest deeper than {DEEPEST} here; take some out"
            yield Complaint(directive.span.start, directive.span.start + 3, message)


@rule("SEC044", "strings-stay-short", scope="file", severity=Severity.ERROR)
def strings_stay_short(bib_file: BibFile, _project: Project) -> Complaints:
    """Joined strings of a .bib file are no longer than 20,000 characters.

    Why: Each that names the one before twice doubles it: thirty lines fill the memory.

    Bad:
        @string{b = a # a}, @string{c = b # b}, …

    Good:
        @string{yup = {Yale University Press}}

    Cure: Write the text out where it is needed.
    """
    for start, end, length in grown(bib_file):
        # The digits of a number of thousands of digits are more than Python writes.
        many = f"{length:,}" if length < 10**15 else "more than anybody could count"
        message = f"this grows to {many} characters and may have {LONGEST_STRING:,}"
        yield Complaint(start, end, f"{message}; write it out")
        return


@rule("SEC050", "bibliography-runs-no-tex", scope="file", severity=Severity.ERROR)
def bibliography_runs_no_tex(bib_file: BibFile, _project: Project) -> Complaints:
    r"""A .bib file has no TeX command that reads, writes or redefines.

    Passed over is text outside of entries: a comment, which TeX never sees.

    Why: The file is there for others to use: their LaTeX would do what it says.

    Bad:
        title = {The Speech \input{/etc/passwd}},

    Good:
        title = {The Speech},

    Cure: Take the command out.
    """
    text = bib_file.source.text
    if not TEX.search(text):
        return
    for item in bib_file.items:
        read = () if isinstance(item, Remark) else TEX.finditer(text, item.start, item.end)
        for found in read:
            message = f"{found.group()} makes TeX do more than print; take it out"
            yield Complaint(*found.span(), message)


@rule("SEC051", "data-file-can-be-read", scope="data", severity=Severity.ERROR)
def data_file_can_be_read(source: SourceText, _project: Project) -> Complaints:
    """A table of data is TOML, and none that only a machine could love.

    Why: What nobody can read nobody can check; nesting and numbers without bound stop programs.

    Bad:
        a = [[[[[[[[[[ … (a thousand of them)

    Good:
        [[event]]
        date = 1956-02-25

    Cure: Mend it at the place that is named.
    """
    trouble = trouble_of(source.text)
    if trouble:
        message = f"this cannot be read as TOML ({trouble.reason}); mend it"
        yield Complaint(trouble.offset, trouble.offset, message)


RULES = (
    table_has_a_bearable_width,
    paragraph_has_a_bearable_length,
    markup_is_not_piled_up,
    directives_nest_in_moderation,
    strings_stay_short,
    bibliography_runs_no_tex,
    data_file_can_be_read,
)
