"""The templates of the EPUB's own files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from speechbook.epub.contents import SUFFIX

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Renderer:
    """Fills templates in; every text is escaped unless it is ``Markup``."""

    language: str

    @cached_property
    def environment(self) -> Environment:
        """Return the templates' environment, in which a missing value is an error."""
        return Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def template(self, name: str) -> Template:
        """Return a template by its name without ``.jinja``."""
        return self.environment.get_template(f"{name}.jinja")

    def file(self, name: str, **values: Any) -> str:  # noqa: ANN401 - whatever the template takes
        """Return a file that is no page, such as the package document."""
        return self.template(name).render(values)

    def page(self, name: str, template: str, title: str, **values: Any) -> str:  # noqa: ANN401
        """Return the page *name* (without suffix, below the EPUB's root)."""
        root = "../" * name.count("/")
        return self.template(f"{template}{SUFFIX}").render(
            values, language=self.language, title=title, root=root
        )
