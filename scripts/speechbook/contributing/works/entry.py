"""A work as an entry of ``references.bib``: key, order of fields, LaTeX, where it was checked."""

from __future__ import annotations

import re
import string
import textwrap
import unicodedata
from typing import TYPE_CHECKING

from pybtex.database import Person as Parsed

from citelint.bibtex.entries import MONTH_NAMES
from citelint.rules.habits import BARE_FIELDS, LONGEST_LINE
from citelint.rules.layout import FIELD_ORDER

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from citelint.verify.registry import Person
    from speechbook.contributing.works.work import Work

ORDER = (*FIELD_ORDER, "checked", "checkedat", "checkedon", "checkednote")
#: Written as they are; a link does not survive LaTeX's escapes.
VERBATIM = frozenset({"doi", "isbn", "url", "checkedat"})
ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
SPECIALS = re.compile(r"([&%$#_])")
LETTERS = re.compile(r"[^a-z0-9]+")
#: BibTeX's own abbreviations, which every style knows.
MONTH = "|".join(name[:3].lower() for name in MONTH_NAMES)


def escaped(text: str) -> str:
    """Return a plain text as LaTeX; braces, backslashes and invisible characters are dropped."""
    seen = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    return SPECIALS.sub(r"\\\1", re.sub(r"[{}\\^~]", "", seen))


def link(text: str) -> str:
    """Return a link for a verbatim field: what would end the field is percent-encoded."""
    encoded = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}
    return "".join(encoded.get(c, c) for c in text if c.isprintable())


def name_of(person: Person, *, is_parted: bool) -> str:
    """Return a name as ``Family, Given``; a body stands in braces."""
    family, first_names = escaped(person.family), escaped(person.given)
    if first_names:
        return f"{family}, {first_names}"
    if is_parted or "," in family:
        return f"{{{family}}}"
    parsed = Parsed(family)
    before = " ".join([*parsed.first_names, *parsed.middle_names])
    last = " ".join([*parsed.prelast_names, *parsed.last_names])
    return f"{last}, {before}" if before else f"{{{last}}}"


def names_of(people: Sequence[Person], *, is_parted: bool) -> str:
    """Return a list of names."""
    return " and ".join(name_of(person, is_parted=is_parted) for person in people)


def short_title(title: str) -> str:
    """Return what notes call the work: the title before its colon, without the article."""
    main = re.split(r"[:?!]\s", title, maxsplit=1)[0]
    return ARTICLE.sub("", main, count=1).strip()


def ascii_letters(text: str) -> str:
    """Return a text's letters and digits in ASCII, small; others are left out."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return LETTERS.sub("", decomposed.encode("ascii", "ignore").decode())


def key_of(work: Work, taken: Collection[str]) -> str:
    """Return a key as the book has them (``taubman2003``), with a letter where it is taken."""
    people = work.authors or work.editors
    family = people[0].family if people else ""
    words = ARTICLE.sub("", work.fields["title"], count=1).split()
    if not work.names_are_parted:
        family = family.split()[-1] if family.split() else ""
    name = ascii_letters(family) or next(filter(None, map(ascii_letters, words)), "work")
    key = f"{name}{work.fields.get('year', '')}"
    small = {each.casefold() for each in taken}
    letters = ["", *string.ascii_lowercase[1:]]
    numbered = (f"{key}{n}" for n in range(27, 27 + len(small) + 1))
    return next(k for k in [*(f"{key}{x}" for x in letters), *numbered] if k not in small)


def value_of(name: str, text: str) -> str:
    """Return a field's value as it is written."""
    if name in VERBATIM:
        return link(text)
    if name == "pages":
        return escaped(text).replace("–", "--")
    return text if name in {"author", "editor"} else escaped(text)


def fields_of(work: Work, keyword: str, today: str) -> Mapping[str, str]:
    """Return all the entry's fields, not yet written as BibTeX."""
    people = {
        "author": names_of(work.authors, is_parted=work.names_are_parted),
        "editor": names_of(work.editors, is_parted=work.names_are_parted),
    }
    checked = {
        "keywords": keyword,
        "checked": "partial",
        "checkedat": work.record,
        "checkedon": today,
        "checkednote": f"Made from the record of {work.registry}; the work itself was not seen.",
    }
    title = {"shorttitle": short_title(work.fields["title"])}
    return {**people, **title, **work.fields, **checked}


def field_lines(name: str, value: str) -> str:
    """Return a field as the book writes it: numbers and months bare, long lines folded."""
    pattern = "[0-9]+" if name in BARE_FIELDS else MONTH
    is_bare = name in {*BARE_FIELDS, "month"} and re.fullmatch(pattern, value)
    line = f"  {name} = {value}," if is_bare else f"  {name} = {{{value}}},"
    parts = textwrap.wrap(
        line,
        LONGEST_LINE,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "".join(f"{part}\n" for part in parts)


def written(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return an entry as the .bib file has it, fields in the book's order."""
    values = {name: value_of(name, fields[name]) for name in ORDER if fields.get(name)}
    lines = "".join(field_lines(name, value) for name, value in values.items() if value)
    return f"@{kind}{{{key},\n{lines}}}\n"


def entry_text(work: Work, key: str, keyword: str, today: str) -> str:
    """Return a work's entry as text."""
    return written(work.kind, key, fields_of(work, keyword, today))
