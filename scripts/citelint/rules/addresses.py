"""IDN003, IDN006, IDN020–IDN025: web addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.bibtex import identifiers
from citelint.bibtex.places import about_name, about_piece, about_text, about_value
from citelint.findings import Severity
from citelint.rules.base import rule
from citelint.rules.identifiers import ESCAPED

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.project import Project
    from citelint.rules.base import Complaints

ADDRESSES = ("url", "archiveurl", "fulltexturl", "checkedat", "biburl")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
WITH_HOST = re.compile(r"(?:https?|ftps?)://", re.IGNORECASE)
HOST = re.compile(
    r"(?:https?|ftps?)://(?:[^\s/@]*@)?(?:[\w-]+(?:\.[\w-]+)+|\[[0-9A-Fa-f:]+\])\.?(?::[0-9]+)?"
    r"(?=[/?#]|$)",
    re.IGNORECASE,
)
WEB_NAME = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#]|$)", re.IGNORECASE)
SECOND_ADDRESS = re.compile(r"(?<![\s,;])[\s,;]++(?:and |or )?(?=https?://)")
WRAPPED = re.compile(r"\\(?:url|path|href|nolinkurl)\b|^<.*>$")
TRAILING = re.compile(r"[.,;]$")
TRACKING = re.compile(
    r"[?&](?:utm_[a-z]+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_hsenc|_hsmi)=[^&#]*",
    re.IGNORECASE,
)
LOCAL = re.compile(
    r"file:|[A-Za-z]:[\\/]|/(?:home|Users|tmp|mnt|media)/|~/|\\\\|"
    r"https?://(?:localhost|127\.0\.0\.1|192\.168\.|10\.[0-9]+\.[0-9]+\.[0-9]+)",
    re.IGNORECASE,
)
PROXY = re.compile(
    r"https?://[^/]{0,300}(?:\bez-?proxy|libproxy|\.proxy\.|idm\.oclc\.org|\bproxy[0-9]*\.)"
    r"|[?&]q?url=https?:|/login\?",
    re.IGNORECASE,
)


@rule(
    "IDN003",
    "doi-stands-in-its-field",
    scope="entry",
    severity=Severity.NOTE,
    fields=("url",),
    mark="/10.",
)
def doi_stands_in_its_field(record: Record, _project: Project) -> Complaints:
    """A DOI stands in the field doi, not in url alone.

    Why: From doi a style makes a lasting link, and programs find duplicates and records.

    Bad:
        url = {https://doi.org/10.1017/S0037677900088859},

    Good:
        doi = {10.1017/S0037677900088859},

    Cure: Move it to the field doi.
    """
    value = record.values["url"]
    found = identifiers.DOI_ADDRESS.match(value.text)
    if found and "doi" not in record.values:
        yield about_value(value, f"this address is a DOI; write doi = {{{found[1]}}}")


@rule(
    "IDN006",
    "address-has-no-backslashes",
    scope="entry",
    fields=("doi", "eprint", *ADDRESSES),
    mark="\\",
)
def address_has_no_backslashes(record: Record, _project: Project) -> Complaints:
    r"""Characters in addresses and DOIs are not escaped for LaTeX.

    Why: pybtex's styles take these fields as they stand: the link has the backslash in it
        and leads nowhere.

    Bad:
        url = {https://example.org/a\_b},

    Good:
        url = {https://example.org/a_b},

    Cure: Take the backslash out; `citelint fix` does it.
    r
    """
    for name in ("doi", "eprint", *ADDRESSES):
        value = record.values.get(name)
        if value is None or "\\" not in value.text or WRAPPED.search(value.text):
            continue
        for found in ESCAPED.finditer(value.text):
            plain = found[1] or found[2] or {"$": "~"}.get(found.group()[0], "_")
            message = f"the link has this backslash in it; write {plain}"
            yield about_piece(record, value, *found.span(), message, plain)


@rule("IDN020", "address-has-a-protocol", scope="entry", fields=ADDRESSES)
def address_has_a_protocol(record: Record, _project: Project) -> Complaints:
    """An address begins with https:// or http://.

    Why: Without it a browser looks for a file beside the page: the link is dead.

    Bad:
        url = {www.marxists.org/archive/khrushchev/},

    Good:
        url = {https://www.marxists.org/archive/khrushchev/},

    Cure: Put it before the address.
    """
    for name in ADDRESSES:
        value = record.values.get(name)
        if value and WEB_NAME.match(value.text) and not SCHEME.match(value.text):
            yield about_text(record, value, "this address has no https://; put it before")


@rule("IDN021", "address-is-well-formed", scope="entry", fields=ADDRESSES)
def address_is_well_formed(record: Record, _project: Project) -> Complaints:
    r"""A field holds one address, with a host and without spaces or commands.

    Why: Everything in the field becomes one link, and that leads nowhere.

    Bad:
        url = {https://example.org/a, https://example.org/b},

    Good:
        url = {https://example.org/a},

    Cure: Keep one address; write spaces as %20.
    """
    for name in ADDRESSES:
        value = record.values.get(name)
        if value:
            trouble = trouble_of(value.text)
            if trouble:
                yield about_text(record, value, trouble)


def trouble_of(address: str) -> str:
    """Say what is wrong with an address and what to do; "" where nothing is."""
    if WRAPPED.search(address):
        return "an address stands here without commands or brackets around it; take them out"
    if SECOND_ADDRESS.search(address):
        return "two addresses stand here, which make one dead link; keep one"
    if WITH_HOST.match(address):
        if " " in address:
            return "a space breaks this address; write it as %20 or take it out"
        if not HOST.match(address) and not LOCAL.match(address):
            return "this address names no host; correct it"
    return ""


@rule("IDN022", "address-ends-where-it-should", scope="entry", fields=ADDRESSES)
def address_ends_where_it_should(record: Record, _project: Project) -> Complaints:
    """An address does not end with a full stop, a comma or a semicolon.

    Why: It was copied with the sentence around it, and leads nowhere.

    Bad:
        url = {https://example.org/speech.},

    Good:
        url = {https://example.org/speech},

    Cure: Take it out.
    """
    for name in ADDRESSES:
        value = record.values.get(name)
        found = TRAILING.search(value.text) if value else None
        if value and found and WITH_HOST.match(value.text):
            message = f"the address ends with {found.group()!r}; take it out"
            yield about_piece(record, value, *found.span(), message)


@rule("IDN023", "address-tracks-nobody", scope="entry", fields=ADDRESSES, mark="=")
def address_tracks_nobody(record: Record, _project: Project) -> Complaints:
    """An address has no parameters that tell a site where its visitors come from.

    Why: They are no part of the address, make it long, and tell others about the reader.

    Bad:
        url = {https://example.org/speech?utm_source=twitter},

    Good:
        url = {https://example.org/speech},

    Cure: Take them out and see that the address still works.
    """
    for name in ADDRESSES:
        value = record.values.get(name)
        found = TRACKING.search(value.text) if value else None
        if value and found:
            yield about_piece(record, value, *found.span(), "this tracks readers; take it out")


@rule("IDN024", "address-is-public", scope="entry", fields=("file", *ADDRESSES))
def address_is_public(record: Record, _project: Project) -> Complaints:
    """No address leads to a file of one machine or through a library's proxy.

    Why: Nobody else can open it, and it tells names of people and folders.

    Bad:
        url = {file:///home/nikita/speech.pdf},

    Good:
        url = {https://example.org/speech.pdf},

    Cure: Write the public address.
    """
    for name in ADDRESSES:
        value = record.values.get(name)
        if value and LOCAL.match(value.text):
            yield about_text(record, value, "only one machine has this; write a public address")
        elif value and PROXY.search(value.text):
            yield about_text(record, value, "this leads through a proxy; write the public address")


@rule("IDN025", "url-adds-to-the-doi", scope="entry", default=False, fields=("url",), mark="/10.")
def url_adds_to_the_doi(record: Record, _project: Project) -> Complaints:
    """An entry with a DOI has no url that is the same link.

    Why: The reader sees two links to one place.

    Bad:
        doi = {10.1017/S0037677900088859},
        url = {https://doi.org/10.1017/S0037677900088859},

    Good:
        doi = {10.1017/S0037677900088859},

    Cure: Take the url out.
    """
    value = record.values["url"]
    if "doi" in record.values and identifiers.DOI_ADDRESS.match(value.text):
        yield about_name(value, "doi makes the same link; take the url out")


RULES = (
    doi_stands_in_its_field,
    address_has_no_backslashes,
    address_has_a_protocol,
    address_is_well_formed,
    address_ends_where_it_should,
    address_tracks_nobody,
    address_is_public,
    url_adds_to_the_doi,
)
