"""From a resolved doctree to Typst code."""

from __future__ import annotations

from speechbook.typst.translator.base import DocumentState
from speechbook.typst.translator.inline import InlineMixin
from speechbook.typst.translator.lists import ListsMixin
from speechbook.typst.translator.notes import NotesMixin

__all__ = ["DocumentState", "TypstTranslator"]


class TypstTranslator(NotesMixin, ListsMixin, InlineMixin):
    """Writes one document; each mixin knows one family of nodes."""
