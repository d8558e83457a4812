"""BIB9 and PRO9: exceptions need a reason, and something to excuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citelint.findings import Complaint
from citelint.rules.base import rule

if TYPE_CHECKING:
    from citelint.exceptions import Exemption
    from citelint.project import Project
    from citelint.rules.base import Complaints


def without_reason(exemption: Exemption, form: str) -> Complaints:
    """Complain about an exception that cannot be read or gives no reason."""
    if not exemption.codes:
        message = f"this exception cannot be read; write {form}"
        yield Complaint(exemption.start, exemption.end, message)
    elif not exemption.reason:
        codes = ", ".join(exemption.codes)
        message = f"the exception from {codes} gives no reason; say why"
        yield Complaint(exemption.start, exemption.end, message)


def without_need(exemption: Exemption) -> Complaints:
    """Complain about each code of an exception that excuses nothing."""
    for code in exemption.needless:
        message = f"nothing here breaks {code}; take the exception out"
        yield Complaint(exemption.start, exemption.end, message)


@rule("BIB901", "exception-in-entry-has-a-reason", scope="entry-exception")
def exception_in_entry_has_a_reason(exemption: Exemption, _project: Project) -> Complaints:
    """An exception in an entry names rules and says why.

    Why: Whoever comes later can tell a decision from a slip only by its reason.

    Bad:
        citelint-ignore = {FLD001},

    Good:
        citelint-ignore = {FLD001: the pamphlet names no publisher},

    Cure: Write the code, a colon and the reason; several are separated by semicolons.
    """
    yield from without_reason(exemption, "FLD001: the reason")


@rule("BIB902", "exception-in-entry-is-needed", scope="entry-exception")
def exception_in_entry_is_needed(exemption: Exemption, _project: Project) -> Complaints:
    """An exception in an entry excuses a finding.

    Why: One that is left over hides the next slip of its kind.

    Bad:
        publisher = {Yale University Press},
        citelint-ignore = {FLD001: the pamphlet names no publisher},

    Good:
        publisher = {Yale University Press},

    Cure: Take it out.
    """
    yield from without_need(exemption)


@rule("PRO901", "exception-in-prose-has-a-reason", scope="prose-exception")
def exception_in_prose_has_a_reason(exemption: Exemption, _project: Project) -> Complaints:
    """An exception in prose names rules and says why.

    Why: Whoever comes later can tell a decision from a slip only by its reason.

    Bad:
        % citelint: ignore[QUO001]

    Good:
        % citelint: ignore[QUO001] the proverb has no source

    Cure: Write the reason behind the bracket.
    """
    yield from without_reason(exemption, "% citelint: ignore[QUO001] the reason")


@rule("PRO902", "exception-in-prose-is-needed", scope="prose-exception")
def exception_in_prose_is_needed(exemption: Exemption, _project: Project) -> Complaints:
    """An exception in prose excuses a finding in the block below it.

    Why: One that is left over hides the next slip of its kind.

    Bad:
        % citelint: ignore[USE001] the entry is still to come

        He spoke for hours.{cite:p}`taubman2003`

    Good:
        He spoke for hours.{cite:p}`taubman2003`

    Cure: Take it out.
    """
    yield from without_need(exemption)


RULES = (
    exception_in_entry_has_a_reason,
    exception_in_entry_is_needed,
    exception_in_prose_has_a_reason,
    exception_in_prose_is_needed,
)
