"""SEC030–SEC037: markup and settings that do more than say something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.findings import Complaint, Severity
from citelint.rules.base import rule
from citelint.safety.schemes import is_running
from citelint.safety.vocabulary import ROLES, reason_against
from citelint.spans import Covering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.myst.model import Chapter, Span
    from citelint.project import Project
    from citelint.rules.base import Complaints

#: Elements and attributes that run something (https://html.spec.whatwg.org/#scripting).
PROGRAM = re.compile(
    r"<\s*script\b|<\s*(?:object|embed|applet|base|frameset)\b|<\s*meta\b[^>]{0,200}http-equiv"
    r"|<[a-z][^>]{0,2000}?[\s\"'/]on[a-z]{3,20}\s*=|\bsrcdoc\s*=|\b(?:java|vb)script\s*:",
    re.IGNORECASE,
)
TEMPLATE = re.compile(
    r"\{\{(?P<output>(?:[^{}]|\{(?!\{)|\}(?!\})){0,2000})\}\}|\{%(?P<command>[^%]{0,2000})%\}"
)
#: Names and steps by which a template gets from a value to Python itself.
ESCAPING = re.compile(
    r"__|\|\s*(?:attr|map|select|reject)\b|\b(?:cycler|joiner|lipsum|namespace|self|popen|import|eval|exec)\b"
    r"|\benv\s*\.[^|]*\("
)
COMMAND = re.compile(
    r"\\(?:input|include|write|immediate|openin|openout|read|csname|catcode|directlua|special"
    r"|includegraphics|verbatiminput|usepackage)(?![A-Za-z])"
)
REFERENCE = re.compile(r"\\(?:href|url)\s*\{(?P<target>[^{}]*)")
FETCHING = frozenset({"csv-table", "raw", "include", "literalinclude"})
FORMULAS = frozenset({"math", "eq"})


def settings_of(chapter: Chapter) -> tuple[str, int]:
    """Return a chapter's front matter without its fences, and its offset."""
    span = chapter.front_matter_span
    if span is None:
        return "", 0
    from citelint.safety import frontmatter  # noqa: PLC0415 - most files need no YAML

    body, start = frontmatter.body_of(chapter.source.text[span.start : span.end])
    return body, span.start + start


@rule("SEC030", "front-matter-loosens-nothing", scope="markup", severity=Severity.ERROR)
def front_matter_loosens_nothing(chapter: Chapter, _project: Project) -> Complaints:
    """Front matter is plain YAML that allows nothing dangerous.

    Found are tags that make objects, piles of aliases, address schemes that run something,
    commands to the browser, and what cannot be read.

    Why: A page's own settings go before the project's: one page can undo what protects all.

    Bad:
        ---
        myst:
          url_schemes: [javascript]
        ---

    Good:
        ---
        orphan: true
        ---

    Cure: Take the setting out.
    """
    body, base = settings_of(chapter)
    if not body:
        return
    from citelint.safety import frontmatter  # noqa: PLC0415 - most files need no YAML

    trouble = frontmatter.trouble_of(body)
    found = [trouble] if trouble else list(frontmatter.loosening(body))
    for start, end, what in found:
        message = f"the page's settings hold {what}; take it out"
        yield Complaint(base + start, base + max(start, end), message)


@rule("SEC031", "front-matter-sets-nothing", scope="markup", severity=Severity.ERROR, default=False)
def front_matter_sets_nothing(chapter: Chapter, _project: Project) -> Complaints:
    """Front matter has none but the keys orphan, tocdepth, nosearch and a description.

    Why: With ``myst:`` a page switches on what the project leaves off: HTML, and templates
        that run programs.

    Bad:
        ---
        myst:
          enable_extensions: [substitution]
        ---

    Good:
        ---
        orphan: true
        ---

    Cure: Take the key out; what all pages need belongs into conf.py.
    """
    body, base = settings_of(chapter)
    if not body:
        return
    from citelint.safety import frontmatter  # noqa: PLC0415 - most files need no YAML

    if frontmatter.trouble_of(body):
        return  # SEC030 tells of trouble
    for start, end, key in frontmatter.forbidden_keys(body):
        yield Complaint(base + start, base + end, f"a page may not set {key[:40]!r}; take it out")


def html_spans(chapter: Chapter) -> Iterator[Span]:
    """Yield where a chapter's HTML stands, that in ``{raw}`` included."""
    yield from chapter.raw_html
    for directive in chapter.directives:
        if directive.name == "raw":
            yield directive.body_span


@rule("SEC032", "markup-runs-nothing", scope="markup", severity=Severity.ERROR)
def markup_runs_nothing(chapter: Chapter, _project: Project) -> Complaints:
    """HTML in a chapter has no script, event, object or refresh.

    Why: It runs in every reader's browser, with the rights of the book's site.

    Bad:
        <img src=x onerror="alert(1)">

    Good:
        ![The hall](hall.png)

    Cure: Write it in Markdown, or leave it out.
    """
    text = chapter.source.text
    for start, end in html_spans(chapter):
        found = PROGRAM.search(text, start, end)
        if found:
            message = f"this HTML runs something ({found.group()[:30]!r}); take it out"
            yield Complaint(*found.span(), message)


@rule("SEC033", "text-is-markdown", scope="markup", severity=Severity.ERROR, default=False)
def text_is_markdown(chapter: Chapter, _project: Project) -> Complaints:
    """A chapter is Markdown throughout, without HTML.

    Why: The PDF and the EPUB cannot show it, and nothing checks what it says.

    Bad:
        <div class="note">A note.</div>

    Good:
        :::{note}
        A note.
        :::

    Cure: Write it in Markdown; put a backslash before a < that is meant as such.
    """
    for start, end in chapter.raw_html:
        yield Complaint(start, end, "this is HTML; write it in Markdown")


@rule("SEC034", "directives-only-arrange", scope="markup", severity=Severity.ERROR, default=False)
def directives_only_arrange(chapter: Chapter, _project: Project) -> Complaints:
    """Directives and roles arrange what the chapter says; none reads files or runs anything.

    Why: Some put files of the machine, or markup that nothing checks, into the page.

    Bad:
        ```{include} ../README.md
        ```

    Good:
        ```{note}
        What is to be said.
        ```

    Cure: Write out what the page should say.
    """
    for directive in chapter.directives:
        reason = reason_against(directive.name)
        if reason:
            end = directive.span.start + len(directive.name) + len("```{}")
            message = f"the directive {directive.name} {reason}; write out what the page should say"
            yield Complaint(directive.span.start, min(end, directive.span.end), message)
    for role in chapter.roles:
        if role.name.lower() in ROLES:
            message = f"the role {role.name} puts other files or unchecked markup into the page"
            yield Complaint(*role.span, f"{message}; write out what the page should say")


@rule("SEC035", "chapter-fetches-nothing", scope="markup", severity=Severity.ERROR)
def chapter_fetches_nothing(chapter: Chapter, _project: Project) -> Complaints:
    """No directive fetches its content from an address.

    Why: The build then depends on another server, which gets into the page whatever it
        likes, and can be one that only the building machine reaches.

    Bad:
        ```{csv-table}
        :url: https://example.org/table.csv
        ```

    Good:
        ```{csv-table}
        1956,20
        ```

    Cure: Write the content into the chapter.
    """
    for directive in chapter.directives:
        if directive.name in FETCHING:
            for name, value, span in directive.options:
                if name == "url" and value:
                    message = "the content would be fetched while the book is built"
                    yield Complaint(*span, f"{message}; write it into the chapter")


def formulas(chapter: Chapter) -> Iterator[tuple[int, int]]:
    """Yield where a chapter's formulas stand."""
    text = chapter.source.text
    yield from (span for span in chapter.code if text.startswith("$", span.start))
    yield from (each.body_span for each in chapter.directives if each.name in FORMULAS)
    yield from (each.content_span for each in chapter.roles if each.name in FORMULAS)


@rule("SEC036", "formula-only-typesets", scope="markup", severity=Severity.ERROR)
def formula_only_typesets(chapter: Chapter, _project: Project) -> Complaints:
    r"""A formula has no command that reads, writes or leads to a program.

    Why: Where LaTeX sets it, it reads files of the machine; MathJax makes live links of it.

    Bad:
        $\href{javascript:alert(1)}{x}$

    Good:
        $x$

    Cure: Take the command out.
    """
    text = chapter.source.text
    for start, end in formulas(chapter):
        for found in COMMAND.finditer(text, start, end):
            yield Complaint(*found.span(), f"a formula may not use {found.group()}; take it out")
        for found in REFERENCE.finditer(text, start, end):
            if is_running(found["target"]):
                yield Complaint(*found.span(), "this formula leads to a program; take it out")


@rule("SEC037", "template-names-values", scope="markup", severity=Severity.ERROR)
def template_names_values(chapter: Chapter, _project: Project) -> Complaints:
    """A substitution names a value and takes no way from it to Python.

    Why: MyST gives substitutions to a template engine that can run programs.

    Bad:
        {{ env.__class__.__init__.__globals__ }}

    Good:
        {{ version }}

    Cure: Write out what the page should say.
    """
    text = chapter.source.text
    code = Covering(chapter.code)
    for found in TEMPLATE.finditer(text):
        inner = found["output"] or found["command"] or ""
        if found.start() not in code and ESCAPING.search(inner):
            message = "this template reaches for Python itself; write out what should be said"
            yield Complaint(*found.span(), message)


RULES = (
    front_matter_loosens_nothing,
    front_matter_sets_nothing,
    markup_runs_nothing,
    text_is_markdown,
    directives_only_arrange,
    chapter_fetches_nothing,
    formula_only_typesets,
    template_names_values,
)
