"""A work as a record describes it, in plain text, whichever record it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citelint.verify.registry import Person


@dataclass(frozen=True)
class Work:
    """``kind`` is a BibTeX type; ``fields`` are plain texts by field name, none of them empty.

    ``record`` is the public address of the record, ``registry`` who keeps it;
    ``names_are_parted`` says whether the record tells family names from given names.
    """

    kind: str
    registry: str
    record: str
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    names_are_parted: bool = True


def given(**fields: str) -> dict[str, str]:
    """Return the fields that say something, their white space folded."""
    folded = {name: " ".join(text.split()) for name, text in fields.items()}
    return {name: text for name, text in folded.items() if text}


def with_subtitle(title: str, subtitle: str) -> str:
    """Join a title and its subtitle, unless the title ends with it already."""
    title = title.strip().rstrip(".:")
    subtitle = subtitle.strip().rstrip(".")
    has_it = not subtitle or title.casefold().endswith(subtitle.casefold())
    return title if has_it else f"{title}: {subtitle}"
