"""Spare the passes through documents that look for pictures, where a document has none.

Sphinx goes through each document up to five times a format to find its pictures
(``ImageDownloader``, ``DataURIExtractor``, and ``post_process_images`` twice), which takes a
thirtieth of the build after an edit.  Whether there are any is seen once, when a document
has been resolved for all formats, and stays with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.builders import Builder
from sphinx.transforms.post_transforms.images import BaseImageConverter

if TYPE_CHECKING:
    from docutils.transforms import Transform

HAS_PICTURES: Final = "speechbook_has_pictures"


def note_pictures(document: nodes.document) -> None:
    """Let a document say whether it has pictures."""
    vars(document)[HAS_PICTURES] = any(True for _ in document.findall(nodes.image))


def may_have_pictures(document: nodes.Node) -> bool:
    """Say whether a document has pictures, or nobody has looked yet."""
    return bool(vars(document).get(HAS_PICTURES, True))


def sparing(transform: type[Transform]) -> type[Transform]:
    """Return a transform that does the same, at once where it looks for what is not there."""
    if not issubclass(transform, BaseImageConverter):
        return transform

    class Sparing(transform):  # type: ignore[misc,valid-type]
        """The transform where there are pictures."""

        def apply(self, **arguments: Any) -> None:  # noqa: ANN401 - as in docutils
            """Look for pictures where there are any."""
            if may_have_pictures(self.document):
                super().apply(**arguments)

    return Sparing


class PictureSparing(Builder):
    """Chooses the files of pictures where a document has any; stands before other builders."""

    def post_process_images(self, doctree: nodes.Node) -> None:
        """Choose the file of each picture."""
        if may_have_pictures(doctree):
            super().post_process_images(doctree)
