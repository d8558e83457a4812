"""Documents without pictures are not searched for any; others are, as Sphinx does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.builders import Builder
from sphinx.transforms.post_transforms import OnlyNodeTransform
from sphinx.transforms.post_transforms.images import BaseImageConverter

from speechbook.sphinxext.picture_passes import (
    PictureSparing,
    may_have_pictures,
    note_pictures,
    sparing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def document(*content: nodes.Node, is_noted: bool = True) -> nodes.document:
    made = new_document("page")
    made.extend(content)
    if is_noted:
        note_pictures(made)
    return made


PLAIN = document(nodes.paragraph("", "Words"))
PICTURED = document(nodes.paragraph("", "", nodes.image(uri="a.svg")))
UNSEEN = document(nodes.image(uri="a.svg"), is_noted=False)


@pytest.mark.parametrize(("made", "may_have"), [(PLAIN, False), (PICTURED, True), (UNSEEN, True)])
def test_pictures_are_looked_for_where_there_may_be_any(
    made: nodes.document, *, may_have: bool
) -> None:
    assert may_have_pictures(made) is may_have


class Converter(BaseImageConverter):
    """Gathers the pictures that it is given."""

    handled: Iterable[str] = ()

    def handle(self, node: nodes.image) -> None:
        """Gather a picture."""
        self.handled = [*self.handled, node["uri"]]


@pytest.mark.parametrize(
    ("made", "handled"), [(PLAIN, []), (PICTURED, ["a.svg"]), (UNSEEN, ["a.svg"])]
)
def test_a_transform_handles_what_it_did(made: nodes.document, handled: list[str]) -> None:
    spared = sparing(Converter)(made)
    spared.apply()
    assert list(spared.handled) == handled


def test_a_document_without_pictures_is_not_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def findall(*_: object) -> None:
        pytest.fail("the document is gone through")

    monkeypatch.setattr(nodes.document, "findall", findall)
    sparing(Converter)(PLAIN).apply()
    PictureSparing.post_process_images(object.__new__(PictureSparing), PLAIN)


def test_other_transforms_stay_as_they_are() -> None:
    assert sparing(OnlyNodeTransform) is OnlyNodeTransform


def test_builders_choose_the_files_of_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(Builder, "post_process_images", lambda _, made: seen.append(made))
    for made in (PLAIN, PICTURED, UNSEEN):
        PictureSparing.post_process_images(object.__new__(PictureSparing), made)
    assert seen == [PICTURED, UNSEEN]
