"""``speechbook cite``: fetch a record, write the entry, say what it still lacks."""

from __future__ import annotations

import datetime
import os
from typing import TYPE_CHECKING

from citelint.config import SettingsError
from speechbook.contributing.works.adding import add_work
from speechbook.contributing.works.asking import ask_for, registries_for
from speechbook.contributing.works.identifier import identify
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from speechbook.building.paths import BookPaths
    from speechbook.contributing.works.adding import Added
    from speechbook.contributing.works.work import Work


def report(added: Added, work: Work) -> Iterator[str]:
    """Yield what the contributor is told, a line each."""
    yield f"Written to references.bib, from the record of {work.registry}:\n\n{added.text}"
    if added.missing:
        yield f"The record does not give: {', '.join(added.missing)}."
    if not work.names_are_parted and (work.authors or work.editors):
        yield "The record does not tell family names from given names: please look at them."
    yield from (f"{finding.code}: {finding.message}." for finding in added.findings)
    yield "A record is not the work: correct it from the title page, and then say in"
    yield "checked, checkedat, checkedon and checkednote what you saw, where and when."
    yield f"Cite it in a note with its page: {{cite:p}}`{added.key}{{273}}`."


def cite(
    paths: BookPaths, text: str, keyword: str, environment: Mapping[str, str] = os.environ
) -> list[str]:
    """Add the work that *text* names and return what to say.

    Raises:
        BookError: it could not be added; nothing was written.

    """
    identifier = identify(text)
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    try:
        registries = registries_for(identifier, environment)
    except SettingsError as error:
        raise BookError(str(error)) from error
    work = ask_for(identifier, registries, today)
    return list(report(add_work(paths, work, keyword, today), work))
