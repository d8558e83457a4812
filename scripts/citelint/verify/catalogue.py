"""The rules of ``citelint verify``; no network is needed to know them."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from citelint.verify.quotations import QUOTATION_RULES
from citelint.verify.records import ABSENCE_RULES, RECORD_RULES
from citelint.verify.standing import MISSING_RULES, STANDING_RULES

if TYPE_CHECKING:
    from citelint.rules.base import Rule

VERIFY_RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*ABSENCE_RULES, *RECORD_RULES, *STANDING_RULES, *MISSING_RULES, *QUOTATION_RULES),
        key=attrgetter("code"),
    )
)
