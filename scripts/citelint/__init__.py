"""citelint: a linter for BibTeX bibliographies and for how MyST books use them."""

__version__ = "0.1.0"
