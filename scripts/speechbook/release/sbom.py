"""What the book was built with: a bill of materials in CycloneDX's JSON.

Source: the CycloneDX specification, version 1.6 (ECMA-424), written by its own library.
The packages are those of the lock, so that the list is the same wherever the book is built.
"""

from __future__ import annotations

import datetime
import re
import uuid
from typing import TYPE_CHECKING

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechbook.release.commit import Commit

#: A line of a lock: ``name==version``, then perhaps a marker and hashes.
LOCKED = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^\s;\\]+)", re.MULTILINE)
NAME = "the-secret-speech"


def locked_packages(lock: str) -> Iterator[Component]:
    """Yield a component for each package that a lock file names."""
    for match in LOCKED.finditer(lock):
        address = PackageURL("pypi", None, match["name"].lower(), match["version"])
        yield Component(
            name=match["name"],
            version=match["version"],
            type=ComponentType.LIBRARY,
            purl=address,
            bom_ref=str(address),
        )


def bill_of_materials(lock: str, version: str, commit: Commit) -> str:
    """Return the bill as JSON; nothing in it depends on the machine or the hour."""
    book = Component(name=NAME, version=version, type=ComponentType.APPLICATION, bom_ref=NAME)
    bom = Bom(components=list(locked_packages(lock)))
    bom.metadata.component = book
    bom.metadata.timestamp = datetime.datetime.fromtimestamp(commit.time, datetime.UTC)
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, f"{NAME}@{version}+{commit.name}\n{lock}")
    bom.register_dependency(book, bom.components)
    return str(JsonV1Dot6(bom).output_as_string(indent=2)) + "\n"
