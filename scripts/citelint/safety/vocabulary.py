"""Directives and roles that do more than arrange what a chapter says.

Names are docutils', Sphinx's and MyST's own and those of the known extensions for notebooks,
drawings and programs.  A test holds the list against all that the book's Sphinx knows.
"""

from __future__ import annotations

from citelint.myst.wording import words

#: They read files, and put what they find into the page.
READING = words("include literalinclude csv-table")
#: Markup that goes to the output as it is, or that another parser reads.
RAW = words("raw eval-rst meta html_meta")
#: They run programs or evaluate expressions.
RUNNING = words(
    """
    altair-plot autoclass autodata autoenum autoexception autofunction autointerface automethod
    automodule autosummary blockdiag code-cell command-output digraph doctest exec-code
    gnuplot graph graphviz ifconfig inheritance-diagram ipython jupyter-execute jupyter-kernel
    jupyterlite kroki nbplot only plantuml plot program-output programoutput prompt pyodide
    replite retrolite testcleanup testcode testoutput testsetup tikz uml voici
    """
)
#: They change how the rest of the page is read, or are known for nothing but tests.
CHANGING = words(
    """
    role default-role default-domain restructuredtext-test-directive sectnum target-notes title
    header footer class cssclass rst-class replace unicode date parsed-literal tabularcolumns
    """
)
#: They show what lies on other servers.
EMBEDDING = words("asciinema embed iframe video youtube audio vega-lite wavedrom mermaid figure-md")

REASONS: tuple[tuple[frozenset[str], str], ...] = (
    (READING, "reads another file into the page"),
    (RAW, "puts markup into the page that nothing checks"),
    (RUNNING, "runs a program or evaluates an expression"),
    (CHANGING, "changes how the rest is read or shown"),
    (EMBEDDING, "shows what another server holds"),
)
ROLES = frozenset({"raw", "download", "eval", "restructuredtext-unimplemented-role"})
#: Directives that name a file, and the options by which others do.
NAMING = READING | words("image figure")
FILE_OPTIONS = frozenset({"file", "diff", "include-file"})


def reason_against(directive: str) -> str:
    """Say what a directive does besides arranging, "" where it only arranges."""
    return next((reason for names, reason in REASONS if directive in names), "")
