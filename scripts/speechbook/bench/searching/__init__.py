"""The book's search beside Sphinx's own and Pagefind: who finds what readers look for."""
