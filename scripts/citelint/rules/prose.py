"""PRO: what is typed in running text beside the citations, and what was left over in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.findings import Complaint
from citelint.myst.model import Span
from citelint.rules.base import rule
from citelint.rules.running import (
    cited_years,
    is_within,
    names_nearby,
    plain,
    prose_at,
    quoted_spans,
    sentence_at,
    years_by_name,
)

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.myst.model import Chapter
    from citelint.project import Project
    from citelint.rules.base import Complaints

NAME = r"[^\W\d_][\w’'-]*"
#: A name and a year behind it, as author–year styles have them: Taubman (2004), Taubman 2004.
NAME_AND_YEAR = re.compile(
    rf"(?<![\w-])(?P<name>{NAME})(?:[’']s?)?(?: et al\.,?|,)? "
    r"\(?(?P<year>[12][0-9]{3})[a-z]?(?!\w)"
)
#: The same within brackets, with a page perhaps: (Taubman 2003, 273).
TYPED_CITATION = re.compile(
    rf"\((?:(?:see|cf\.|e\.g\.,?) )?(?P<name>{NAME})(?: (?:and|&) {NAME}| et al\.)?,? "
    r"(?P<year>[12][0-9]{3})[a-z]?(?:[,:] ?(?:pp?\. ?)?[0-9–-]+)?\)"
)
REMARK = re.compile(
    # Spoken of, as in "remove the TODO comments", it is no remark.
    r"(?<![\w-])(?:TODO|ToDo|FIXME|TKTK?|TBD|XXX)(?=\s*(?:[:!?)\]]|\Z))|(?<![\w'‘“\"])\?\?\?+(?!\w)"
    r"|\[(?:citation|source|reference|pages?|date|clarification) (?:needed|missing)[^\]]{0,60}\]"
    r"|\[(?:sic|check|verify|source|page|date|who|when|where|ref|cite|citation)\s?\?+\]"
    r"|\[(?:check|verify|todo)\b[^\]]{0,80}\](?![(\[])"
    r"|(?<!\w)CHECK(?=[:!?]| THIS)|\[\?+\]",
)
#: One of these stands in whatever :data:`REMARK` finds.
SIGNS_OF_REMARKS = ("[", "TODO", "ToDo", "FIXME", "TK", "TBD", "XXX", "???", "CHECK")


@rule("PRO001", "typed-year-agrees", scope="chapter")
def typed_year_agrees(chapter: Chapter, project: Project) -> Complaints:
    """A year typed behind an author's name is that of the work cited beside it.

    Why: One of the two is wrong, and the reader cannot know which.

    Bad:
        Taubman (2004) tells it otherwise {cite:p}`taubman2003`.

    Good:
        Taubman (2003) tells it otherwise {cite:p}`taubman2003`.

    Cure: Correct the year, or let {cite:t} print it.
    """
    cited: dict[Span, dict[str, Record]] = {}
    for citation, record, names in names_nearby(chapter, project):
        if names and cited_years(record, project):
            sentence = sentence_at(chapter, citation.span.start)
            if sentence is not None:
                cited.setdefault(sentence, {})[names[0]] = record
    for sentence, records in cited.items():
        for match in NAME_AND_YEAR.finditer(prose_at(chapter, sentence)):
            name, year = plain(match["name"]), match["year"]
            if name in records and year not in project.once(years_by_name)[name]:
                start = sentence.start + match.start("year")
                years = ", ".join(sorted(cited_years(records[name], project)))
                message = f"{records[name].key} is of {years}, not of {year}; correct one of them"
                yield Complaint(start, start + 4, message)


@rule("PRO005", "text-has-no-remarks", scope="chapter")
def text_has_no_remarks(chapter: Chapter, _project: Project) -> Complaints:
    """The text holds no remarks that its writers left for themselves.

    Why: They are printed.  A comment line (% …) is not.

    Bad:
        He arrived on 14 February [check date] by train. TODO: which station?

    Good:
        He arrived on 14 February by train.

    Cure: Do what the remark asks, or make it a comment.
    """
    for paragraph in chapter.paragraphs:
        prose = prose_at(chapter, paragraph.span)
        if not any(sign in prose for sign in SIGNS_OF_REMARKS):
            continue
        for match in REMARK.finditer(prose):
            start = paragraph.span.start + match.start()
            end = paragraph.span.start + match.end()
            message = f"{match.group()!r} looks like a remark left in the text; settle it"
            yield Complaint(start, end, message)


def variants(project: Project) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """Return what finds the spellings that the book does not use, and the name for each."""
    names = {
        variant: person.name
        for person in project.people
        for variant in person.variants
        if variant.strip() and variant not in person.name
    }
    if not names:
        return None
    longest_first = sorted(names, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])"), names


EMPHASIS = re.compile(r"(?<!\*)\*[^*]+\*(?!\*)|(?<!\w)_[^_]+_(?!\w)")


@rule("PRO006", "name-is-spelt-as-the-book-spells-it", scope="chapter")
def name_is_spelt_as_the_book_spells_it(chapter: Chapter, project: Project) -> Complaints:
    """A person's name is spelt as in the table of people.

    Spellings are given as ``variants`` there; quotations and words in italics, which are
    mostly titles, keep theirs.

    Why: To a reader and to the index Chruschtschow is another man than Khrushchev.

    Bad:
        Chruschtschow rose to speak.

    Good:
        Khrushchev rose to speak.

    Cure: Use the table's spelling, or take the variant out of the table.
    """
    found = project.once(variants)
    if found is None:
        return
    pattern, names = found
    if not any(name in chapter.prose for name in names):
        return
    quoted = quoted_spans(chapter)
    for paragraph in chapter.paragraphs:
        prose = prose_at(chapter, paragraph.span)
        italics = [Span(*match.span()) for match in EMPHASIS.finditer(prose)]
        for match in pattern.finditer(prose):
            start = paragraph.span.start + match.start()
            if not is_within(quoted, start) and not is_within(italics, match.start()):
                message = f"the book writes {names[match.group()]!r}; use that spelling"
                yield Complaint(start, start + len(match.group()), message)


@rule("PRO010", "work-is-cited-not-typed", scope="chapter")
def work_is_cited_not_typed(chapter: Chapter, project: Project) -> Complaints:
    """A work of the bibliography is cited by its key, not typed as name and year.

    Only names and years that an entry has are reported, outside of quotations.

    Why: What is typed is no link, does not count as a citation, and stays when the entry is
        corrected.

    Bad:
        He was surprised himself (Taubman 2003, 273).

    Good:
        He was surprised himself {cite:p}`taubman2003{273}`.

    Cure: Cite the entry.
    """
    quoted = quoted_spans(chapter)
    for paragraph in chapter.paragraphs:
        for match in TYPED_CITATION.finditer(prose_at(chapter, paragraph.span)):
            start = paragraph.span.start + match.start()
            years = project.once(years_by_name).get(plain(match["name"]), set())
            if match["year"] in years and not is_within(quoted, start):
                message = f"{match.group()} is typed; cite the entry by its key"
                yield Complaint(start, paragraph.span.start + match.end(), message)


RULES = (
    typed_year_agrees,
    text_has_no_remarks,
    name_is_spelt_as_the_book_spells_it,
    work_is_cited_not_typed,
)
