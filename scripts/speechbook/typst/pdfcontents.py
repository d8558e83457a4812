"""The list around the lines of the contents, for its tag.

In a book of several sections the lines of the contents are entries of no outline of Typst's
own, so it tags each line (TOCI) and no list (TOC). ISO 32000-1, 14.8.4.3.2, asks for both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from speechbook.typst import pdffile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LINE = b"<</Type/StructElem/S/TOCI/"
_LIST = b"<</Type/StructElem/S/TOC/"
_PARENT = re.compile(rb"/P \d+ 0 R")
_KIDS = re.compile(rb"/K\[[^\]]*\]")


def listed(objects: Mapping[int, bytes], new: int) -> dict[int, bytes]:
    """Give the objects that change when the lines are put into a list, the object ``new``.

    Nothing changes where there are no lines, or where they are in a list.
    """
    lines = {number for number, body in objects.items() if body.startswith(_LINE)}
    parents = {pdffile.reference(objects[number], "P") for number in lines}
    if len(parents) != 1 or objects[min(parents)].startswith(_LIST):
        return {}
    parent = min(parents)
    kids = pdffile.references(pdffile.array(objects[parent], "K"))
    own = [kid for kid in kids if kid in lines]
    start = kids.index(own[0])
    outside = [kid for kid in kids[start:] if kid not in lines]
    body = _LIST + b"P %d 0 R/K[%s]>>" % (parent, _references(own))
    changed = {number: _with(objects[number], _PARENT, b"/P %d 0 R" % new) for number in lines}
    around = b"/K[%s]" % _references([*kids[:start], new, *outside])
    return {**changed, new: body, parent: _with(objects[parent], _KIDS, around)}


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _with(body: bytes, pattern: re.Pattern[bytes], entry: bytes) -> bytes:
    return pdffile.substitute(body, pattern, lambda _match: entry)
