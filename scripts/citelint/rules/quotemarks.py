"""QUO: quotation marks, and attributions that are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.findings import Complaint, Edit, Severity
from citelint.rules.base import rule
from citelint.rules.running import prose_at, text_at

if TYPE_CHECKING:
    from citelint.myst.model import Chapter
    from citelint.project import Project
    from citelint.rules.base import Complaints

STRAY_ATTRIBUTES = re.compile(r"\A\{(?:[.#][\w-]+\s+|\w+=\"[^\"]*\"\s+)*attribution=\"")
STRAIGHT = '"'
TYPOGRAPHIC = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’"}


@rule("QUO005", "quotation-marks-are-typographic", scope="chapter", default=False)
def quotation_marks_are_typographic(chapter: Chapter, _project: Project) -> Complaints:
    """Quotation marks are “ and ”, not the typewriter's.

    Why: What is typed is what every format shows, unless each of them corrects it.  Off by
        default: Sphinx turns straight marks into curly ones for many languages.

    Bad:
        He called it "a mistake".

    Good:
        He called it “a mistake”.

    Cure: Type “ and ”; `citelint fix` does it.
    """
    for quotation in chapter.quotations:
        text = text_at(chapter, quotation.span)
        if text[0] == text[-1] == STRAIGHT:
            start, end = quotation.span
            edits = (Edit(start, start + 1, "“"), Edit(end - 1, end, "”"))
            yield Complaint(start, end, "these quotation marks are straight; type “ and ”", edits)


@rule("QUO006", "quotation-marks-match", scope="chapter")
def quotation_marks_match(chapter: Chapter, _project: Project) -> Complaints:
    """A quotation that a curly mark opens is closed by one.

    Why: It is a slip of the keyboard, and every format shows it.

    Bad:
        He called it “a mistake".

    Good:
        He called it “a mistake”.

    Cure: Type ”; `citelint fix` does it.
    """
    for quotation in chapter.quotations:
        text = text_at(chapter, quotation.span)
        if text[-1] not in TYPOGRAPHIC.get(text[0], text[-1]):
            end = quotation.span.end
            message = f"{text[0]} is closed by {text[-1]}; type ”"
            yield Complaint(end - 1, end, message, (Edit(end - 1, end, "”"),))


@rule("QUO008", "attribution-can-be-read", scope="chapter", severity=Severity.ERROR)
def attribution_can_be_read(chapter: Chapter, _project: Project) -> Complaints:
    """An attribution holds no braces, for MyST reads none within attributes.

    Why: With a role in it the whole line is no attribute any more and is printed as a
        paragraph, braces and all.

    Bad:
        {attribution="Khrushchev, {cite:p}`speech1956`"}
        > I have something to tell you.

    Good:
        {attribution="Khrushchev, 25 February 1956"}
        > I have something to tell you.[^speech]

    Cure: Cite in the quotation or in a note.
    """
    text = chapter.source.text
    for paragraph in chapter.paragraphs:
        start, end = paragraph.span
        if text.startswith("{", start) and STRAY_ATTRIBUTES.match(
            text[start : min(end, start + 500)]
        ):
            message = "MyST prints this line as text; take the braces out of the attribution"
            line_end = text.find("\n", start, end)
            yield Complaint(start, line_end if line_end > 0 else end, message)


@rule("QUO009", "quotation-mark-has-a-partner", scope="chapter", default=False)
def quotation_mark_has_a_partner(chapter: Chapter, _project: Project) -> Complaints:
    """An opening “ is closed in its paragraph, unless the next paragraph opens anew.

    Why: Without the closing mark nobody can tell where the other person's words end.  Off by
        default: texts with inches, minutes and ditto marks have others.

    Bad:
        He called it “a mistake and left.

    Good:
        He called it “a mistake” and left.

    Cure: Close the quotation.
    """
    paragraphs = chapter.paragraphs
    for index, paragraph in enumerate(paragraphs):
        prose = prose_at(chapter, paragraph.span)
        opening = unclosed(prose)
        if opening < 0:
            continue
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if following and prose_at(chapter, following.span).startswith("“"):
            continue
        start = paragraph.span.start + opening
        yield Complaint(start, start + 1, "this quotation is never closed; add ”")


def unclosed(prose: str) -> int:
    """Return where the first “ without a ” stands, or -1.  „…“ closes with what opens here."""
    if "„" in prose:
        return -1
    openings: list[int] = []
    for match in re.finditer("[“”]", prose):
        if match.group() == "“":
            openings.append(match.start())
        elif openings:
            openings.pop()
    return openings[0] if openings else -1


RULES = (
    quotation_marks_are_typographic,
    quotation_marks_match,
    attribution_can_be_read,
    quotation_mark_has_a_partner,
)
