"""BIB030–BIB050: keys and entry types."""

from __future__ import annotations

import difflib
import functools
import re
from typing import TYPE_CHECKING

from citelint.bibtex import vocabulary
from citelint.bibtex.model import Remark
from citelint.bibtex.places import about_key
from citelint.findings import Complaint, Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import BibFile
    from citelint.project import Project
    from citelint.rules.base import Complaints

#: sphinxcontrib-bibtex 2.7, citation_target.py: a key ends at any of these; the backtick
#: ends the role and angle brackets enclose a target.
NOT_CITABLE = re.compile(r"[{}`<>]")
BIBLATEX_ONLY = vocabulary.BIBLATEX_TYPES - vocabulary.NO_WORKS
KNOWN_TYPES = (
    vocabulary.REQUIRED.keys()
    | vocabulary.PYBTEX_TYPES
    | vocabulary.BIBLATEX_TYPES
    | vocabulary.NO_WORKS
)


@rule("BIB030", "key-can-be-cited", scope="entry", severity=Severity.ERROR)
def key_can_be_cited(record: Record, _project: Project) -> Complaints:
    """A key has no character that ends it in a citation.

    Why: In {cite:p}`…` braces enclose the text before and after a key, backticks end the
        role and angle brackets enclose a target: the entry cannot be cited.

    Bad:
        @book{taubman{2003},
          title = {Khrushchev: The Man and His Era},
        }

    Good:
        @book{taubman2003,
          title = {Khrushchev: The Man and His Era},
        }

    Cure: Use letters, digits and - _ : . / + alone.
    """
    found = NOT_CITABLE.search(record.key)
    if found:
        message = f"a key with {found.group()!r} cannot be cited; take the character out"
        yield about_key(record, message)


@rule("BIB031", "key-is-ascii", scope="entry", severity=Severity.NOTE, default=False)
def key_is_ascii(record: Record, _project: Project) -> Complaints:
    """A key is made of ASCII characters.

    Why: A letter with an accent can be written in two ways that look the same, and BibTeX
        itself reads neither.

    Bad:
        @book{dvořák1999,
          title = {Letters},
        }

    Good:
        @book{dvorak1999,
          title = {Letters},
        }

    Cure: Write the key without accents, and change the citations with it.
    """
    if not record.key.isascii():
        yield about_key(record, "the key has characters beyond ASCII; write it without them")


@functools.lru_cache(maxsize=1000)
def nearest_type(kind: str) -> str:
    """Return advice that names the type that was probably meant."""
    near = difflib.get_close_matches(kind[:40], sorted(vocabulary.REQUIRED), n=1, cutoff=0.8)
    return f"write @{near[0]}" if near else "use @misc or the type that fits"


@rule(
    "BIB040",
    "entry-type-is-known",
    scope="entry",
    severity=Severity.ERROR,
    concerns=lambda kind, _names: kind not in KNOWN_TYPES,
)
def entry_type_is_known(record: Record, _project: Project) -> Complaints:
    """An entry is of a type that some style knows.

    Why: The build stops with a traceback at an entry of an unknown type as soon as a
        bibliography lists it.

    Bad:
        @inproceeding{naumov1999,
          title = {Zur Geschichte der Geheimrede},
        }

    Good:
        @inproceedings{naumov1999,
          title = {Zur Geschichte der Geheimrede},
        }

    Cure: Correct the type, or use @misc.
    """
    entry = record.entry
    message = f"no style knows the type @{record.kind[:40]}; {nearest_type(record.kind)}"
    yield Complaint(entry.start, entry.kind_end, message)


@rule(
    "BIB041",
    "entry-type-is-bibtex",
    scope="entry",
    concerns=lambda kind, _names: kind in BIBLATEX_ONLY,
)
def entry_type_is_bibtex(record: Record, _project: Project) -> Complaints:
    """An entry's type is one that pybtex's styles have, not biblatex's alone.

    Why: sphinxcontrib-bibtex formats with pybtex, whose styles lack biblatex's further
        types: the build stops with a traceback when such an entry is listed.

    Bad:
        @report{cia1956,
          title = {The Current Situation in the Soviet Bloc},
        }

    Good:
        @techreport{cia1956,
          title = {The Current Situation in the Soviet Bloc},
        }

    Cure: Use the nearest of BibTeX's types: @techreport, @phdthesis, @book, @misc.
    """
    entry = record.entry
    message = f"pybtex's styles have no type @{record.kind}; use one of BibTeX's types"
    yield Complaint(entry.start, entry.kind_end, message)


@rule("BIB050", "file-has-entries", scope="file", severity=Severity.NOTE)
def file_has_entries(bib_file: BibFile, _project: Project) -> Complaints:
    """A .bib file has an entry or a string.

    Why: An empty file is mostly one that was not saved or exported, and every citation
        of it is undefined.

    Bad:
        % Nothing here yet.

    Good:
        @book{taubman2003,
          title = {Khrushchev: The Man and His Era},
        }

    Cure: Add the entries, or take the file away.
    """
    if not bib_file.faults and all(isinstance(item, Remark) for item in bib_file.items):
        yield Complaint(0, 0, "the file holds no entry; add some or take the file away")


RULES = (
    key_can_be_cited,
    key_is_ascii,
    entry_type_is_known,
    entry_type_is_bibtex,
    file_has_entries,
)
