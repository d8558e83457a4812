"""The names that links lead to: one Typst label a target, whatever it is called.

Authors repeat identifiers from chapter to chapter, so every label is ``docname:id``. A target
with several identifiers has one label and the others as aliases, since Typst allows one label
an element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from speechbook.typst.problems import Ledger, Place


def key_of(docname: str, identifier: str = "") -> str:
    """Name a target: an identifier of a document, or the document itself without one."""
    return f"{docname}:{identifier}"


class Labels:
    """All targets of a book and the label that each resolves to."""

    def __init__(self) -> None:
        self._label_by_key: dict[str, str] = {}

    def define(self, keys: list[str]) -> str:
        """Register a target under all its keys; gives the one label to set in Typst."""
        label = keys[0]
        for key in keys:
            self._label_by_key[key] = label
        return label

    def alias(self, key: str, existing: str) -> None:
        """Let ``key`` lead where ``existing`` leads, unless it leads somewhere already."""
        self._label_by_key.setdefault(key, self._label_by_key.get(existing, existing))

    def all(self) -> dict[str, str]:
        """Give the label of each key."""
        return dict(self._label_by_key)

    def take_over(self, labels: Mapping[str, str]) -> None:
        """Register what a document has defined."""
        self._label_by_key.update(labels)

    def __contains__(self, key: str) -> bool:
        return key in self._label_by_key

    def known(self, key: str) -> str | None:
        """Give the label for ``key``, or None where nothing has that name."""
        return self._label_by_key.get(key)

    def resolve(self, key: str, place: Place, ledger: Ledger) -> str:
        """Give the label for ``key``; a key without a target is a problem at ``place``."""
        label = self._label_by_key.get(key)
        if label is None:
            ledger.add(place, _missing(key))
            return key
        return label


def _missing(key: str) -> str:
    docname, _, identifier = key.rpartition(":")
    what = f"‘{identifier}’ in ‘{docname}’" if identifier else f"the document ‘{docname}’"
    return f"The link leads to {what}, which is not in the printed book; mend the link."
