"""Rules in words: the table and the page of one rule, both made from the rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citelint.rules.base import Rule


#: How the scopes of rules begin that ask the network.
VERIFYING = "verify"


def rule_table(rules: Iterable[Rule]) -> str:
    """Return a line a rule: code, name, severity, whether it runs by default, summary."""
    lines = []
    for rule in sorted(rules, key=lambda each: each.code):
        where = " in citelint verify" if rule.scope.startswith(VERIFYING) else ""
        standing = "" if rule.default else " (off by default)"
        lines.append(f"{rule.code}  {rule.name:<38} {rule.severity.value}{where}{standing}\n")
        lines.append(f"        {rule.page.summary}\n")
    return "".join(lines)


def explanation(rule: Rule) -> str:
    """Return a rule's page as Markdown: what, why, a bad and a good example, the cure."""
    standing = "on by default" if rule.default else "off by default"
    standing += ", in citelint verify" if rule.scope.startswith(VERIFYING) else ""
    return (
        f"# {rule.code} {rule.name}\n\n"
        f"{rule.page.summary}\n"
        f"({rule.severity.value}, {standing})\n\n"
        f"## Why\n\n{rule.page.why}\n\n"
        f"## Bad\n\n```\n{rule.page.bad}\n```\n\n"
        f"## Good\n\n```\n{rule.page.good}\n```\n\n"
        f"## Cure\n\n{rule.page.cure}\n"
    )
