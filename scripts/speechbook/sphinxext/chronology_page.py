"""The chronology: ``{data-events} events`` with ``:from:`` and ``:to:``, years or ISO dates.

A definition list, an event each: its date, a sentence, the chapter that tells it and the
works that it rests on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from speechbook.figures.dates import Date, parse_date
from speechbook.problems import BookError
from speechbook.sphinxext.data_directive import DataDirective, citation, sentence
from speechbook.story.events import Event, events_in, span_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.application import Sphinx

LAST_MONTH, LAST_DAY = 12, 31


class Chronology(DataDirective):
    """``{data-events} events``: the events that start within the two dates, both included."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {
        "from": directives.unchanged_required,
        "to": directives.unchanged_required,
    }

    def make(self, path: Path, source: str) -> list[nodes.Node]:
        """Return the list of events."""
        first, last = self._limit("from", Date(1)), self._limit("to", Date(9999))
        last = Date(last.year, last.month or LAST_MONTH, last.day or LAST_DAY)
        events = [event for event in events_in(path, source) if first <= event.start <= last]
        items = [self._item(event, path) for event in events]
        return [nodes.definition_list("", *items, classes=["story-list", "events"])]

    def _limit(self, option: str, default: Date) -> Date:
        """Return an option's date.

        Raises:
            BookError: it is none.

        """
        written = self.options.get(option)
        date = parse_date(written) if written else default
        if date is None:
            cure = "write a year, a month as 1956-02 or a day as 1956-02-25"
            raise BookError(f"The chronology has {option} = {written!r}", cure=cure)
        return date

    def _item(self, event: Event, path: Path) -> nodes.definition_list_item:
        term = nodes.term("", "", nodes.strong("", span_words(event.start, event.end)))
        told = self.paragraph(sentence(event.words), path, event.line)
        places = f"{{ref}}`{event.chapter}`. Source: {citation(event.citekey)}."
        where = self.paragraph(places, path, event.line, ("where",))
        classes = [f"theme-{theme}" for theme in event.themes]
        body = nodes.definition("", told, where, classes=classes)
        return nodes.definition_list_item("", term, body)


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive."""
    app.add_directive("data-events", Chronology)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
