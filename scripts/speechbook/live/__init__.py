"""The site while it is written, with the linter's findings beside the text (``nox -s live``).

sphinx-autobuild builds, watches and reloads; what is added here is added while a page is
served, and never stands in a built file.
"""
