"""QUO: quotations and where they come from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.findings import Complaint
from citelint.myst.model import Span
from citelint.rules.base import rule
from citelint.rules.running import (
    begins_within,
    citations_by_note,
    has_citations,
    has_source,
    is_within,
    paragraph_before,
    prose_at,
    sentence_at,
    sources_within,
    text_at,
    with_next_sentence,
    within,
    word_count,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.myst.model import BlockQuote, Chapter, Citation, Quotation
    from citelint.project import Project
    from citelint.rules.base import Complaints

#: Shorter quotations are turns of phrase; see QUO001 and QUO002.
LONG_ENOUGH = 8
#: With fewer words before it, "quoted in" has no work before it.
FEW_WORDS = 3
SECOND_HAND = re.compile(
    r"\b(?:as )?(?:quoted|cited|qtd\.|zitiert|zit\.|cité|citado)"
    r" (?:in|by|from|after|nach|bei|dans|par|en|por)\b",
    re.IGNORECASE,
)
#: Kinds that have no pages, or whose pages differ from copy to copy.
WITHOUT_PAGES = frozenset(
    {"misc", "online", "electronic", "www", "webpage", "unpublished", "manual"}
)
PAGED_FIELDS = ("pages", "isbn", "publisher", "journal", "booktitle")


def places_of_source(chapter: Chapter, quote: BlockQuote) -> Iterator[Span]:
    """Yield where a block quote's source may stand: within, right behind, right before."""
    yield quote.span
    if quote.attribution_span is not None:
        yield quote.attribution_span
    if quote.following_span is not None:
        yield quote.following_span
    before = paragraph_before(chapter, quote.span.start)
    if before is not None and not headings_between(chapter, before.span.end, quote.span.start):
        yield before.span


def headings_between(chapter: Chapter, start: int, end: int) -> bool:
    """Say whether a heading stands between two offsets."""
    return bool(within(chapter.headings, Span(start, end)))


def is_claim(chapter: Chapter, quote: BlockQuote) -> bool:
    """Say whether a block quote looks like one: enough words, and no list, code or heading."""
    text = text_at(chapter, quote.span)
    if word_count(prose_at(chapter, quote.span)) < LONG_ENOUGH:
        return False
    if re.match(r"(?:>\s*)+(?:[*_]{2}|#|[-*+] |\d+\. |```|:::|!\[|[^\w\s\"“„«‘'(\[*_…—–.-])", text):
        return False
    return not within(chapter.directives, Span(quote.span.start + 1, quote.span.end))


@rule("QUO001", "block-quote-has-a-source", scope="chapter", default=False)
def block_quote_has_a_source(chapter: Chapter, _project: Project) -> Complaints:
    """A block quote has a citation, a note mark or a link in it or next to it.

    Looked at are the quotation, its attribution, the paragraph behind it and the one before
    it; quotations of fewer than eight words are passed over, and chapters that cite nothing.

    Why: Who reads a quotation wants to know where it stands, and cannot ask.  Off by default:
        in other people's books block quotes are also remarks and exercises.

    Bad:
        > I have something to tell you about the cult of the individual and its consequences.

    Good:
        > I have something to tell you about the cult of the individual and its consequences.[^1]

    Cure: Cite the source, in the sentence before the quotation, at its end or in a note.
    """
    if not has_citations(chapter):
        return
    for quote in chapter.block_quotes:
        if not is_claim(chapter, quote):
            continue
        if not any(has_source(chapter, span) for span in places_of_source(chapter, quote)):
            end = chapter.source.text.find("\n", quote.span.start, quote.span.end)
            message = "this quotation has no source in it or next to it; cite one"
            yield Complaint(quote.span.start, end if end > 0 else quote.span.end, message)


def is_term(chapter: Chapter, quotation: Quotation) -> bool:
    """Say whether a quotation is too short to need a source of its own."""
    return word_count(prose_at(chapter, quotation.span)) < LONG_ENOUGH


@rule("QUO002", "quotation-has-a-source", scope="chapter", default=False)
def quotation_has_a_source(chapter: Chapter, _project: Project) -> Complaints:
    """A quotation in running text has a citation or note mark in its sentence or the next.

    Quotations of fewer than eight words are passed over, and so are notes, block quotes and
    chapters that cite nothing.

    Why: Words in quotation marks are somebody's; without a source nobody can check whether
        they were ever said.  Off by default: quotation marks are also put around titles,
        examples and invented speech.

    Bad:
        He told the delegates that “the question is how the cult grew and what came of it”.

    Good:
        He told the delegates that “the question is how the cult grew and what came of it”.[^1]

    Cure: Cite the source at the end of the sentence.
    """
    if not has_citations(chapter):
        return
    for quotation in chapter.quotations:
        if is_term(chapter, quotation) or is_in_note(chapter, quotation):
            continue
        span = with_next_sentence(chapter, quotation.sentence_span)
        if not has_source(chapter, span) and not is_in_block(chapter, quotation):
            message = "this quotation has no source in its sentence or the next; cite one"
            yield Complaint(*quotation.span, message)


def is_in_note(chapter: Chapter, quotation: Quotation) -> bool:
    """Say whether a quotation stands in a note."""
    return is_within([note.span for note in chapter.notes], quotation.span.start)


def is_in_block(chapter: Chapter, quotation: Quotation) -> bool:
    """Say whether a quotation stands within a block quote."""
    return is_within([quote.span for quote in chapter.block_quotes], quotation.span.start)


def has_pages(citation: Citation, project: Project) -> bool:
    """Say whether all works of a citation are such as have pages."""
    for target in citation.targets:
        record = project.by_key.get(target.key)
        if record is None or record.kind in WITHOUT_PAGES:
            return False
        if not any(record.field_text(name) for name in PAGED_FIELDS):
            return False
    return bool(citation.targets)


def lacks_locator(citations: list[Citation], project: Project) -> bool:
    """Say whether there are sources, all with pages, and no locator in any."""
    if not citations or any(target.after for c in citations for target in c.targets):
        return False
    return all(has_pages(citation, project) for citation in citations)


@rule("QUO003", "quotation-has-a-locator", scope="chapter", default=False)
def quotation_has_a_locator(chapter: Chapter, project: Project) -> Complaints:
    """A quotation's citation, given directly or in its note, says where in the work it stands.

    Works that can have no pages (misc, online, unpublished, and entries without publisher,
    journal or ISBN) are excused; of quotations in running text only those of eight words or
    more are looked at.

    Why: A quotation cited to a book of 800 pages is cited to nothing.  Off by default: in
        some subjects only the work is given.

    Bad:
        “It was the cult that made such things possible at all.”{cite:p}`taubman2003`

    Good:
        “It was the cult that made such things possible at all.”{cite:p}`taubman2003{273}`

    Cure: Add the page in braces behind the key.
    """
    by_note = citations_by_note(chapter)
    spans = [
        (q.span, q.sentence_span)
        for q in chapter.quotations
        if not is_term(chapter, q) and not is_in_block(chapter, q)
    ]
    spans += [
        (quote.span, quote.span) for quote in chapter.block_quotes if is_claim(chapter, quote)
    ]
    for span, sentence in spans:
        citations = sources_within(chapter, sentence, by_note)
        if lacks_locator(citations, project):
            keys = ", ".join(dict.fromkeys(t.key for c in citations for t in c.targets))
            message = f"the source of this quotation ({keys[:60]}) has no page; add it"
            yield Complaint(*span, message)


@rule("QUO004", "second-hand-quotation-names-both-works", scope="chapter")
def second_hand_quotation_names_both_works(chapter: Chapter, _project: Project) -> Complaints:
    """A note with "quoted in" names the work quoted as well as the one it was found in.

    Why: "Quoted in" says that the words went through two works.  Whose they are, and where
        they can be read, are two questions.

    Bad:
        [^one]: Quoted in {cite:p}`taubman2003{273}`.

        [^two]: {cite:p}`mikoyan1999{590}`, as quoted by a reviewer.

    Good:
        [^one]: {cite:p}`mikoyan1999{590}`, quoted in {cite:p}`taubman2003{273}`.

    Cure: Name the work quoted before "quoted in", and cite the other one behind it.
    """
    for note in chapter.notes:
        for match in SECOND_HAND.finditer(prose_at(chapter, note.body_span)):
            start = note.body_span.start + match.start()
            end = note.body_span.start + match.end()
            missing = missing_work(chapter, Span(start, end))
            if missing:
                yield Complaint(start, end, f"{match.group()!r} {missing}")


def missing_work(chapter: Chapter, phrase: Span) -> str:
    """Return what is wrong with a sentence that has "quoted in", "" where nothing is."""
    sentence = sentence_at(chapter, phrase.start) or phrase
    before, behind = Span(sentence.start, phrase.start), Span(phrase.end, sentence.end)
    kinds = (chapter.citations, chapter.links, chapter.note_marks, chapter.roles)
    named_before = any(begins_within(things, before) for things in kinds)
    named_behind = any(begins_within(things, behind) for things in kinds)
    if named_before and not named_behind:
        return "is followed by no work; cite the one in which it was found"
    if named_behind and not named_before and word_count(prose_at(chapter, before)) < FEW_WORDS:
        return "follows no work; name the one that is quoted"
    return ""


@rule("QUO007", "block-quote-names-its-speaker", scope="chapter", default=False)
def block_quote_names_its_speaker(chapter: Chapter, _project: Project) -> Complaints:
    """A block quote has an attribution.

    Why: A quotation that is set apart is read apart: whoever looks only at it should see whose
        words they are.  Off by default: it is a house style.

    Bad:
        > I have something to tell you about the cult of the individual.

    Good:
        {attribution="Khrushchev, 25 February 1956"}
        > I have something to tell you about the cult of the individual.

    Cure: Write {attribution="…"} above the quotation, or a last paragraph that begins with —.
    """
    for quote in chapter.block_quotes:
        if quote.attribution_span is None and is_claim(chapter, quote):
            end = chapter.source.text.find("\n", quote.span.start, quote.span.end)
            message = "this quotation does not say whose words it is; add an attribution"
            yield Complaint(quote.span.start, end if end > 0 else quote.span.end, message)


RULES = (
    block_quote_has_a_source,
    quotation_has_a_source,
    quotation_has_a_locator,
    second_hand_quotation_names_both_works,
    block_quote_names_its_speaker,
)
