"""Add a work to the bibliography from its DOI, its ISBN or its address (``nox -s cite``)."""
