"""BibTeX files: a lossless scanner with positions, names, identifiers."""
