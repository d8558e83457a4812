"""Addresses that are excused, each with a reason and an end.

``[[tool.speechbook.links.exception]]`` in ``pyproject.toml`` has ``address``, ``reason`` and
``until`` (a date).  One that is over, or that no link needs, is itself a finding.
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WANTED = {"address": str, "reason": str, "until": datetime.date}


@dataclass(frozen=True)
class Excused:
    """An address that may be broken until a day, and why."""

    address: str
    reason: str
    until: datetime.date


def excused(row: dict[str, Any], path: Path) -> Excused:
    """Read one exception.

    Raises:
        BookError: a key is missing, empty or of another type.

    """
    for key, kind in WANTED.items():
        if not isinstance(row.get(key), kind) or not row[key]:
            raise BookError(
                f"An exception for a link lacks ‘{key}’ ({row.get('address', 'no address')})",
                place=Place(path),
                cure="give it an address, a reason and a day: until = 2027-06-30",
            )
    return Excused(row["address"], row["reason"], row["until"])


def read_exceptions(pyproject: Path) -> tuple[Excused, ...]:
    """Read the exceptions of a project.

    Raises:
        BookError: the file is not TOML, or a row is not as it should be.

    """
    try:
        document = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BookError(f"The settings cannot be read: {error}", place=Place(pyproject)) from error
    rows = document.get("tool", {}).get("speechbook", {}).get("links", {}).get("exception", [])
    return tuple(excused(row, pyproject) for row in rows)


def needless(
    exceptions: Iterable[Excused], broken: Iterable[str], today: datetime.date
) -> list[str]:
    """Return a sentence for each exception that is over or that no broken link needs."""
    needed = set(broken)
    found = []
    for each in exceptions:
        if each.until < today:
            found.append(f"The exception for {each.address} was over on {each.until}")
        elif each.address not in needed:
            found.append(f"The exception for {each.address} is not needed: take it out")
    return found
