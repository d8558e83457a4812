"""All rules, by family; a new family is a module here and a line in ``FAMILIES``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citelint.rules import (
    addresses,
    characters,
    citing,
    dates,
    duplicates,
    evidence,
    exemptions,
    fields,
    format,
    habits,
    identifiers,
    keys,
    layout,
    likeness,
    locators,
    marks,
    misuse,
    names,
    notes,
    pageranges,
    pages,
    prose,
    quotations,
    quotemarks,
    safeaddresses,
    safebounds,
    safefiles,
    safemarkup,
    safepictures,
    safetext,
    sources,
    syntax,
    titles,
    usage,
    wording,
)

if TYPE_CHECKING:
    from citelint.rules.base import Rule

FAMILIES: tuple[tuple[Rule, ...], ...] = (
    syntax.RULES,
    characters.RULES,
    fields.RULES,
    sources.RULES,
    pages.RULES,
    identifiers.RULES,
    names.RULES,
    dates.RULES,
    titles.RULES,
    duplicates.RULES,
    likeness.RULES,
    misuse.RULES,
    habits.RULES,
    usage.RULES,
    format.RULES,
    quotations.RULES,
    quotemarks.RULES,
    prose.RULES,
    notes.RULES,
    marks.RULES,
    locators.RULES,
    pageranges.RULES,
    evidence.RULES,
    citing.RULES,
    addresses.RULES,
    wording.RULES,
    layout.RULES,
    keys.RULES,
    exemptions.RULES,
    safetext.RULES,
    safeaddresses.RULES,
    safefiles.RULES,
    safemarkup.RULES,
    safebounds.RULES,
    safepictures.RULES,
)
ALL_RULES: tuple[Rule, ...] = tuple(
    sorted((rule for family in FAMILIES for rule in family), key=lambda rule: rule.code)
)
