"""The linter's rules as pages of the site, made from the rules' own documentation.

``{lint-rules} QUO`` becomes a section for each rule of a family: what holds, why, a bad and
a good example, the cure, and whether this book has switched it on.  ``{lint-rule-table}``
becomes a table of all rules with the folders of the cases that test them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import citelint
from citelint.checking import is_selected
from citelint.config import SettingsError
from citelint.reading import settings_for
from citelint.rules import ALL_RULES
from citelint.verify.catalogue import VERIFY_RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from citelint.config import Settings
    from citelint.rules.base import Rule

CODE = re.compile(r"``(.+?)``|`(.+?)`", re.DOTALL)
SEVERITIES = {"error": "an error", "warning": "a warning", "note": "a note"}


def rules_of(family: str) -> list[Rule]:
    """Return a family's rules in the order of their codes."""
    rules = [rule for rule in (*ALL_RULES, *VERIFY_RULES) if rule.family == family]
    return sorted(rules, key=lambda rule: rule.code)


def prose(text: str) -> list[nodes.Node]:
    """Return a text of the documentation with its code set as code."""
    pieces: list[nodes.Node] = []
    end = 0
    for match in CODE.finditer(text):
        code = match[1] or match[2]
        pieces += [nodes.Text(text[end : match.start()]), nodes.literal(code, code)]
        end = match.end()
    return [*pieces, nodes.Text(text[end:])]


def paragraphs(text: str) -> Iterator[nodes.paragraph]:
    """Yield the paragraphs of a text."""
    for block in text.split("\n\n"):
        yield nodes.paragraph("", "", *prose(" ".join(block.split())))


def example(label: str, text: str) -> list[nodes.Node]:
    """Return an example under its label; what the reader does not see is no longer there."""
    block = nodes.literal_block(text, text, language="none")
    return [nodes.paragraph("", "", nodes.strong("", label)), block]


def standing(rule: Rule, settings: Settings) -> str:
    """Say how severe a rule is and whether this book checks it."""
    severity = f"Breaking it is {SEVERITIES[rule.severity.value]}"
    if rule.scope.startswith("verify"):
        return f"{severity}; `citelint verify` checks it, which asks the web."
    on = is_selected(rule, settings.select, settings.ignore)
    return f"{severity}; this book {'checks' if on else 'does not check'} it."


def section_of(rule: Rule, settings: Settings) -> nodes.section:
    """Return a rule's section."""
    section = nodes.section(ids=[rule.code.lower()], names=[rule.code.lower()])
    section += nodes.title("", f"{rule.code} {rule.name}")
    section += list(paragraphs(rule.page.summary))
    section += nodes.paragraph("", "", nodes.strong("", "Why: "), *prose(rule.page.why))
    section += example("Not so:", rule.page.bad)
    section += example("But so:", rule.page.good)
    section += nodes.paragraph("", "", nodes.strong("", "Cure: "), *prose(rule.page.cure))
    section += nodes.paragraph("", "", *prose(standing(rule, settings)))
    return section


def cases_of(rule: Rule, repository: Path) -> str:
    """Return the folder of a rule's cases, from the repository's root; "" where there is none."""
    if rule.scope.startswith("verify"):
        return "tests/citelint/verify"
    folders = sorted((repository / "tests" / "lint").glob(f"*/{rule.code}"))
    return folders[0].relative_to(repository).as_posix() if folders else ""


def when(rule: Rule) -> str:
    """Say in which runs a rule is checked."""
    runs = "by default" if rule.default else "when selected"
    return f"{runs}, by citelint verify" if rule.scope.startswith("verify") else runs


def row_of(cells: Iterable[list[nodes.Node]]) -> nodes.row:
    """Return a row of a table."""
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))


def rule_table(rules: Iterable[Rule], repository: Path) -> nodes.table:
    """Return the table of rules: code, name, when it runs, and where its cases lie."""
    head = row_of([[nodes.Text(word)] for word in ("Rule", "Name", "Runs", "Cases")])
    rows = [
        row_of(
            [
                [nodes.Text(rule.code)],
                [nodes.Text(rule.name)],
                [nodes.Text(when(rule))],
                [nodes.literal("", cases_of(rule, repository))],
            ]
        )
        for rule in sorted(rules, key=lambda each: each.code)
    ]
    widths = [nodes.colspec(colwidth=width) for width in (10, 35, 20, 35)]
    group = nodes.tgroup("", *widths, nodes.thead("", head), nodes.tbody("", *rows), cols=4)
    return nodes.table("", group)


class LintRuleTable(SphinxDirective):
    """``{lint-rule-table}``."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the table of all rules."""
        for path in sources_of_rules():
            self.env.note_dependency(str(path))
        return [rule_table((*ALL_RULES, *VERIFY_RULES), Path(self.env.srcdir).parent)]


class LintRules(SphinxDirective):
    """``{lint-rules} FAMILY``."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return a section for each rule of the family."""
        family = self.arguments[0]
        rules = rules_of(family)
        if not rules:
            raise self.error(f"citelint has no family of rules called {family!r}")
        settings = settings_of_book(self.env.srcdir)
        for path in sources_of_rules():
            self.env.note_dependency(str(path))
        return [section_of(rule, settings) for rule in rules]


def settings_of_book(docs: Path) -> Settings:
    """Return the linter's settings for this book; without any, its defaults.

    Raises:
        ValueError: they cannot be read.

    """
    try:
        return settings_for(docs, None)[1]
    except SettingsError as error:
        raise ValueError(str(error)) from error


def sources_of_rules() -> list[Path]:
    """Return the modules that hold rules: a page is made anew when one changes."""
    package = Path(citelint.__file__).parent
    return sorted([*(package / "rules").glob("*.py"), *(package / "verify").glob("*.py")])


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive."""
    app.add_directive("lint-rules", LintRules)
    app.add_directive("lint-rule-table", LintRuleTable)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
