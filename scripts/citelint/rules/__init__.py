"""All rules, by family; a new family is a module here and a line in ``FAMILIES``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citelint.rules.base import Rule

FAMILIES: tuple[tuple[Rule, ...], ...] = ()
ALL_RULES: tuple[Rule, ...] = tuple(
    sorted((rule for family in FAMILIES for rule in family), key=lambda rule: rule.code)
)
