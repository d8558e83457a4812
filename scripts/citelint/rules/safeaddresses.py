"""SEC010–SEC015: addresses that run something, or that lead elsewhere than they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.bibtex.places import about_piece, about_text
from citelint.findings import Complaint, Severity
from citelint.rules.addresses import ADDRESSES
from citelint.rules.base import rule
from citelint.safety import hosts
from citelint.safety.schemes import (
    is_running,
    may_run_in_text,
    running_in_text,
    scheme_of,
    target_in_title,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.bibtex.entries import Record
    from citelint.myst.model import Chapter, Directive, Link, Span
    from citelint.project import Project
    from citelint.rules.base import Complaints

#: Fields that a style or a program makes links of.
LINKED = frozenset({"doi", "eprint", "howpublished", "file", "note", "annote", *ADDRESSES})
COMMAND = re.compile(r"\\(?:href|url|nolinkurl|path)\s*\{\s*(?P<target>[^{}]*)")
#: ``[label]: target``, which is no link of its own until somebody uses the label.
DEFINITION = re.compile(r"^[ >]*\[[^\]\n]+\]:[ \t]*\n?[ \t]*<?(?P<target>[^\s>]+)", re.MULTILINE)
TOCTREE = re.compile(r"^[ \t]*(?:[^\n<]*<(?P<titled>[^>\n]+)>|(?P<plain>\S+))[ \t]*$", re.MULTILINE)
PICTURES = frozenset({"image", "figure", "figure-md"})
OF_THE_WEB = ("https://", "http://")
REMOTE = frozenset({"http", "https", "ftp", "ftps", "data"})


def named_addresses(chapter: Chapter) -> Iterator[tuple[str, Span | tuple[int, int], bool]]:
    """Yield every address of a chapter, where it stands, and whether it is a picture's."""
    text = chapter.source.text
    for link in chapter.links:
        yield link.target, link.target_span, link.kind == "image"
    for match in DEFINITION.finditer(text):
        yield match["target"], match.span("target"), False
    for directive in chapter.directives:
        yield from directive_addresses(text, directive)
    for role in chapter.roles:
        yield target_in_title(role.content), role.content_span, False


def directive_addresses(
    text: str, directive: Directive
) -> Iterator[tuple[str, Span | tuple[int, int], bool]]:
    """Yield what a directive's argument, options and, for a table of contents, lines name."""
    if directive.argument:
        start = max(text.find(directive.argument, directive.span.start), directive.span.start)
        span = (start, min(start + len(directive.argument), directive.span.end))
        yield directive.argument, span, directive.name in PICTURES
    for _name, value, span in directive.options:
        yield value, span, False
    if directive.name == "toctree":
        for match in TOCTREE.finditer(text, *directive.body_span):
            group = "titled" if match["titled"] else "plain"
            yield match[group], match.span(group), False


@rule("SEC010", "address-runs-nothing", scope="markup", severity=Severity.ERROR)
def address_runs_nothing(chapter: Chapter, _project: Project) -> Complaints:
    """No link, picture, option or role has an address that runs or holds a program.

    Schemes are read as a browser reads them: through entities, capitals and blanks.

    Why: A reader who follows it runs what the contributor wrote, as if the book had.

    Bad:
        [the speech](javascript:alert(1))

    Good:
        [the speech](https://example.org/speech)

    Cure: Write an address of the web, or a file of the book.
    """
    seen: set[tuple[int, int]] = set()
    for address, span, is_picture in named_addresses(chapter):
        place = (span[0], max(span[1], span[0]))
        if is_running(address, is_picture=is_picture) and place not in seen:
            seen.add(place)
            scheme = scheme_of(address)
            yield Complaint(*place, f"the address begins with {scheme}:; write one of the web")


@rule("SEC011", "entry-runs-nothing", scope="entry", severity=Severity.ERROR, mark=":")
def entry_runs_nothing(record: Record, _project: Project) -> Complaints:
    r"""No field of an entry holds an address that runs or holds a program.

    Why: Programs for references make links of them, and so do styles.

    Bad:
        url = {javascript:alert(1)},

    Good:
        url = {https://example.org/speech},

    Cure: Write an address of the web.
    """
    for name, value in record.values.items():
        text = value.text
        # The colon of a scheme stands there, or an entity for it.
        if ":" not in text and "&" not in text:
            continue
        if name in LINKED and not text.startswith(OF_THE_WEB) and is_running(text):
            message = f"the address begins with {scheme_of(text)}:; write one of the web"
            yield about_text(record, value, message)
            continue
        if "\\" not in text and not may_run_in_text(text):
            continue
        spans = list(running_in_text(value.text))
        spans += [m.span() for m in COMMAND.finditer(value.text) if is_running(m["target"])]
        for start, end in spans[:1]:
            message = "an address that runs or holds a program; write one of the web"
            yield about_piece(record, value, start, end, message)


def disguise_of(address: str) -> str:
    """Say how an address hides where it leads; "" where it does not."""
    host, user = hosts.host_of(address), hosts.user_of(address)
    if "." in user:
        return f"it looks like {user[:40]} and leads to {host}"
    return "its host mixes alphabets that look alike" if hosts.is_disguised(host) else ""


@rule("SEC012", "link-leads-where-it-says", scope="markup", severity=Severity.ERROR)
def link_leads_where_it_says(chapter: Chapter, _project: Project) -> Complaints:
    """A link leads to the host that its text or its address shows.

    Why: Readers trust what they see; this is how letters that steal passwords are written.

    Bad:
        [https://www.marxists.org/](https://marxists.example/)

    Good:
        [https://www.marxists.org/](https://www.marxists.org/archive/)

    Cure: Let the text name the site that the link leads to.
    """
    for link in chapter.links:
        trouble = disguise_of(link.target) or other_host(link)
        if trouble:
            yield Complaint(*link.target_span, f"this link hides where it leads: {trouble}")


def other_host(link: Link) -> str:
    """Say that a link's text shows another host than its address; "" where it does not."""
    shown, host = hosts.shown_host(link.text), hosts.host_of(link.target)
    if link.kind != "link" or not shown or not host:
        return ""
    is_same = hosts.site_of(shown) == hosts.site_of(host)
    return "" if is_same else f"the text shows {shown}, the address {host}"


@rule("SEC013", "entry-leads-where-it-says", scope="entry", severity=Severity.ERROR, mark="//")
def entry_leads_where_it_says(record: Record, _project: Project) -> Complaints:
    """An entry's address does not look like another.

    Why: Readers check sources by these links.

    Bad:
        url = {https://www.marxists.org@example.com/},

    Good:
        url = {https://www.marxists.org/},

    Cure: Type the address anew from the site itself.
    """
    for name in ADDRESSES:
        value = record.values.get(name)
        trouble = disguise_of(value.text) if value else ""
        if value and trouble:
            yield about_text(record, value, f"this address hides where it leads: {trouble}")


@rule("SEC014", "picture-is-on-no-private-network", scope="markup", severity=Severity.ERROR)
def picture_is_on_no_private_network(chapter: Chapter, _project: Project) -> Complaints:
    """No picture is fetched from this machine or a local network.

    Why: Builders of EPUB and PDF fetch pictures: from inside a network they reach what the
        contributor cannot, such as a cloud's address for its secrets.

    Bad:
        ![](http://169.254.169.254/latest/meta-data/)

    Good:
        ![The hall in the Kremlin](hall.png)

    Cure: Put the picture beside the chapter.
    """
    for link in chapter.links:
        host = hosts.host_of(link.target) if link.kind == "image" else ""
        if host and hosts.is_private(host):
            message = f"this picture would be fetched from {host[:60]}, inside somebody's network"
            yield Complaint(*link.target_span, f"{message}; put it beside the chapter")


@rule("SEC015", "picture-is-a-file", scope="markup", severity=Severity.ERROR, default=False)
def picture_is_a_file(chapter: Chapter, _project: Project) -> Complaints:
    """Every picture is a file of the project.

    Why: A picture on another server tells that server who reads, changes behind the book's
        back, is missing offline, and is fetched while the book is built.

    Bad:
        ![The hall](https://example.org/hall.png)

    Good:
        ![The hall](hall.png)

    Cure: Put the picture beside the chapter, with its licence.
    """
    for link in chapter.links:
        if link.kind == "image" and (
            scheme_of(link.target) in REMOTE or link.target.startswith("//")
        ):
            yield Complaint(*link.target_span, "this picture is no file; put it beside the chapter")


RULES = (
    address_runs_nothing,
    entry_runs_nothing,
    link_leads_where_it_says,
    entry_leads_where_it_says,
    picture_is_on_no_private_network,
    picture_is_a_file,
)
