"""The book's Sphinx extensions, one module each."""
