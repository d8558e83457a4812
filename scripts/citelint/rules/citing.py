"""PRO: citations in running text, and how they stand in it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from citelint.findings import Complaint, Edit
from citelint.myst.sentences import is_abbreviation
from citelint.rules.base import rule
from citelint.rules.running import (
    TEXTUAL_ROLES,
    is_parenthetical,
    is_within,
    names_nearby,
    paragraph_at,
    plain,
    style_of,
    within,
)

if TYPE_CHECKING:
    from citelint.myst.model import Chapter, Citation
    from citelint.project import Project
    from citelint.rules.base import Complaints

NAME = r"[^\W\d_][\w’'-]*"
WORD_BEFORE = re.compile(rf"(?P<name>{NAME}?)(?:[’']s?)?(?P<others> et al\.)?\s+\Z")
FIRST_OF_TWO = re.compile(rf"(?P<name>{NAME}) (?:and|&|und|et) \Z")
NEXT_CHARACTER = re.compile(r"\s*+(\S?)")
STOP_BEHIND = re.compile(r"[.?!](?:\s|\Z)")
#: A stop that belongs to a quotation stays within its marks, wherever the citation stands.
STOP_BEFORE = re.compile(r"(?P<stop>[.?!]\)?)\s+\Z")
BETWEEN = re.compile(r"[\s,;]*(?:and|und|et)?\s*")
#: Chapters have a habit where so many citations stand beside full stops, such a share alike.
HABIT_CITATIONS = 4
HABIT = 0.75


@rule("PRO002", "author-is-not-typed-twice", scope="chapter")
def author_is_not_typed_twice(chapter: Chapter, project: Project) -> Complaints:
    """The author's name is not typed in front of a citation that prints it.

    Why: {cite:t} prints "Taubman (2003)": with the name before it the page reads "Taubman
        Taubman (2003)".

    Bad:
        Taubman {cite:t}`taubman2003` tells it otherwise.

    Good:
        {cite:t}`taubman2003` tells it otherwise.

    Cure: Take the name out, or write {cite:p} or {cite:year}.
    """
    for citation, _, names in names_nearby(chapter, project):
        if style_of(citation) not in TEXTUAL_ROLES:
            continue
        before = chapter.prose[max(0, citation.span.start - 80) : citation.span.start]
        match = WORD_BEFORE.search(before)
        if match and names and is_author(match["name"], before[: match.start()], names):
            start = citation.span.start - len(before) + match.start()
            typed = match["name"] + (match["others"] or "")
            message = f"{typed} is typed here and printed by the citation; take it out"
            yield Complaint(start, start + len(match.group().rstrip()), message)


def is_author(typed: str, before: str, names: list[str]) -> bool:
    """Say whether a typed name is the first author's, or the second's behind the first's."""
    name = plain(typed).removesuffix("’s")
    if name == names[0]:
        return True
    leading = FIRST_OF_TWO.search(before)
    return (
        len(names) > 1
        and name == names[1]
        and leading is not None
        and plain(leading["name"]) == names[0]
    )


def citation_place(chapter: Chapter, citation: Citation) -> str:
    """Say whether a citation stands ``before`` or ``after`` a full stop, "" for neither."""
    if STOP_BEHIND.match(chapter.prose, citation.span.end):
        return "before"
    before = chapter.prose[max(0, citation.span.start - 8) : citation.span.start]
    paragraph = paragraph_at(chapter, citation.span.start)
    end = paragraph.span.end if paragraph else len(chapter.prose)
    behind = NEXT_CHARACTER.match(chapter.prose, citation.span.end, end)
    starts = behind[1] if behind else ""
    stop = STOP_BEFORE.search(before)
    if stop is None or (starts and not starts.isupper()):
        return ""
    if not is_abbreviation(before, stop.start()):
        return "after"
    return ""


@rule("PRO003", "citations-stand-alike", scope="chapter")
def citations_stand_alike(chapter: Chapter, project: Project) -> Complaints:
    """Citations in brackets stand before the full stop, or all of them behind it.

    The chapter's own habit counts; where it has none, ``mark-place = "before"`` in
    ``[tool.citelint]`` asks for the place before the full stop.  Notes and block quotes have
    customs of their own and are passed over, and so are quotations that end with their own
    stop.

    Why: A citation between two sentences belongs to either.

    Bad:
        One said so {cite:p}`a`. Two said so {cite:p}`b`. Three said so {cite:p}`c`.
        Four said so. {cite:p}`d` Five did not.

    Good:
        Four said so {cite:p}`d`. Five did not.

    Cure: Move the full stop.
    """
    quoted = [quote.span for quote in chapter.block_quotes]
    placed = [
        (citation, citation_place(chapter, citation))
        for citation in chapter.citations
        if is_parenthetical(citation)
        and not citation.note
        and not is_within(quoted, citation.span.start)
    ]
    wanted = habit([place for _, place in placed if place], project.settings.mark_place)
    for citation, place in placed:
        if wanted and place and place != wanted:
            side = "before" if wanted == "before" else "behind"
            yield Complaint(
                *citation.span, f"citations here stand {side} the full stop; move this one"
            )


def habit(places: list[str], setting: str) -> str:
    """Return where a chapter's citations mostly stand, or the setting's ``before``, or ""."""
    common = Counter(places).most_common(1)
    if common and len(places) >= HABIT_CITATIONS and common[0][1] >= HABIT * len(places):
        return common[0][0]
    return setting if setting == "before" else ""


@rule("PRO004", "work-is-cited-once-in-a-row", scope="chapter")
def work_is_cited_once_in_a_row(chapter: Chapter, _project: Project) -> Complaints:
    """A work is not cited twice running within one citation or in two that touch.

    Why: The page reads "Taubman, *Khrushchev*, 12; Taubman, *Khrushchev*, 15", where one
        name with two pages is meant.

    Bad:
        {cite:p}`taubman2003{12},taubman2003{15}`

    Good:
        {cite:p}`taubman2003{12, 15}`

    Cure: Put the locators together, with a comma between.
    """
    previous: Citation | None = None
    for citation in chapter.citations:
        keys = [target.key for target in citation.targets]
        for before, target in zip(citation.targets, citation.targets[1:], strict=False):
            if before.key == target.key and not target.before:
                message = f"{target.key} is cited just before; put the locators together"
                yield Complaint(*target.key_span, message)
        is_next = previous is not None and keys and touches(chapter, previous, citation)
        if is_next and is_repeated(previous, citation):
            message = f"{keys[0]} is cited just before; put the locators together"
            yield Complaint(*citation.span, message)
        previous = citation if keys else None


def is_repeated(first: Citation | None, second: Citation) -> bool:
    """Say whether the second citation begins with the work that the first ends with."""
    target = second.targets[0]
    return first is not None and first.targets[-1].key == target.key and not target.before


def touches(chapter: Chapter, first: Citation, second: Citation) -> bool:
    """Say whether two citations of one kind have nothing but white space and commas between."""
    between = chapter.source.text[first.span.end : second.span.start]
    return (
        first.role == second.role
        and first.note == second.note
        and len(between) < 20  # noqa: PLR2004 - longer than any that BETWEEN matches
        and BETWEEN.fullmatch(between) is not None
        and "\n\n" not in between
    )


@rule("PRO007", "citation-follows-a-space", scope="chapter")
def citation_follows_a_space(chapter: Chapter, project: Project) -> Complaints:
    """A space stands between a word and the citation behind it.

    It runs where most citations do, in the chapter or, if that has but one, in the project:
    where they mostly touch what is before them, their style prints raised numbers.

    Why: The page reads "so(Taubman 2003)".

    Bad:
        It began at midnight{cite:p}`taubman2003`.

    Good:
        It began at midnight {cite:p}`taubman2003`.

    Cure: Type a space; `citelint fix` does it.
    """
    spacing = spacing_of(chapter)
    if spacing.total() <= 1:
        spacing = project.once(spacing_of_all)
    if spacing["close"] >= spacing["spaced"]:
        return
    for citation in filter(is_parenthetical, chapter.citations):
        start = citation.span.start
        if not touches_word(chapter.source.text, start):
            continue
        message = "no space stands before this citation; type one"
        yield Complaint(*citation.span, message, (Edit(start, start, " "),))


def spacing_of(chapter: Chapter) -> Counter[str]:
    """Count the citations in brackets that touch what is before them, and those that do not."""
    starts = [c.span.start for c in chapter.citations if is_parenthetical(c) and c.span.start]
    before = [chapter.source.text[start - 1] for start in starts]
    return Counter("spaced" if sign.isspace() else "close" for sign in before)


def spacing_of_all(project: Project) -> Counter[str]:
    """Count the same in all chapters."""
    return sum(map(spacing_of, project.chapters), Counter())


def touches_word(text: str, start: int) -> bool:
    """Say whether a letter or closing mark of a script that has spaces stands right before."""
    before = text[start - 1 : start]
    closing = before != "" and before in "”’»)."
    return closing or (before.isalpha() and before < "\u2e80") or before.isdecimal()


@rule("PRO008", "citation-keeps-to-its-word", scope="chapter", default=False)
def citation_keeps_to_its_word(chapter: Chapter, _project: Project) -> Complaints:
    """The space before a citation in brackets is one at which no line breaks.

    Why: A number in brackets at the start of a line looks like that of a list.  Off by
        default: longer citations must be let break.

    Bad:
        as he said {cite:p}`taubman2003`

    Good:
        as he said {cite:p}`taubman2003` (with U+00A0 before it)

    Cure: Type a no-break space; `citelint fix` does it.
    """
    text = chapter.source.text
    for citation in chapter.citations:
        start = citation.span.start
        paragraph = paragraph_at(chapter, start)
        is_inside = paragraph is not None and paragraph.span.start < start
        if is_parenthetical(citation) and is_inside and text[start - 1] in " \n":
            message = "a line may break before this citation; type a no-break space"
            edits = (Edit(start - 1, start, "\u00a0"),) if text[start - 1] == " " else ()
            yield Complaint(*citation.span, message, edits)


@rule("PRO009", "citation-brings-its-own-brackets", scope="chapter", default=False)
def citation_brings_its_own_brackets(chapter: Chapter, _project: Project) -> Complaints:
    """A citation that prints brackets is not put into others.

    Why: The page reads ((Taubman 2003)).  Off by default: with numbers, ([1]) may be meant.

    Bad:
        as he said ({cite:p}`taubman2003`)

    Good:
        as he said {cite:p}`taubman2003`

    Cure: Take the outer brackets out, or write {cite:alp}.
    """
    text = chapter.source.text
    for citation in chapter.citations:
        start, end = citation.span
        is_enclosed = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
        if is_enclosed and is_parenthetical(citation) and not citation.note:
            message = "the citation prints brackets itself; take these out"
            edits = (Edit(start - 1, start, ""), Edit(end, end + 1, ""))
            yield Complaint(start - 1, end + 1, message, edits)


@rule("PRO011", "citation-is-no-part-of-a-heading", scope="chapter", default=False)
def citation_is_no_part_of_a_heading(chapter: Chapter, _project: Project) -> Complaints:
    """A heading holds no citation.

    Why: Headings are repeated in contents, menus and page heads.  Off by default: some books
        credit their chapters so.

    Bad:
        ## The night {cite:p}`taubman2003`

    Good:
        ## The night

    Cure: Cite in the text below.
    """
    for heading in chapter.headings:
        for citation in within(chapter.citations, heading.span):
            yield Complaint(*citation.span, "a heading holds this citation; cite in the text below")


RULES = (
    author_is_not_typed_twice,
    citations_stand_alike,
    work_is_cited_once_in_a_row,
    citation_follows_a_space,
    citation_keeps_to_its_word,
    citation_brings_its_own_brackets,
    citation_is_no_part_of_a_heading,
)
