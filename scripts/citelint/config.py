"""The linter's settings: ``[tool.citelint]`` in ``pyproject.toml``; every one has a default."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


class SettingsError(Exception):
    """The settings cannot be used; the text is a sentence for the person."""


@dataclass(frozen=True)
class Settings:
    """What may be set; paths are relative to the folder of ``pyproject.toml``.

    ``paths``: files and folders to read (chapters and .bib files) when none is named.
    ``select``/``ignore``: codes or families (``QUO``, ``QUO001``, ``ALL``).
    ``extend_select``: codes or families that run besides those that are on by default.
    ``evidence``: the TOML file with ``[[locator]]`` rows, "" for none.
    ``people``: the TOML file with ``[[person]]`` rows (``name``, ``variants``), "" for none.
    ``mark_place``: where note marks and citations stand, ``after`` or ``before`` the full stop.
    ``key_pattern``: a regular expression that whole keys must match, "" for none.
    ``house_fields``: fields beyond BibTeX's that this project's entries may have.
    ``max_file_bytes`` and the other bounds: what a chapter may be; see SEC001, SEC002, SEC040
    and SEC041, which say what larger kinds of file may be.
    """

    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    evidence: str = ""
    people: str = ""
    mark_place: str = "after"
    key_pattern: str = ""
    house_fields: tuple[str, ...] = ()
    max_file_bytes: int = 1_000_000
    max_line_length: int = 20_000
    max_table_columns: int = 50
    max_paragraph_length: int = 20_000


def setting_of(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    """Return a setting's value in its type.

    Raises:
        SettingsError: it is of another type.

    """
    default = getattr(Settings(), name)
    if isinstance(default, tuple) and isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return tuple(value)
    elif type(value) is type(default):
        return value
    wanted = "a list of texts" if isinstance(default, tuple) else type(default).__name__
    raise SettingsError(f"[tool.citelint] {name.replace('_', '-')} must be {wanted}")


def settings_from(table: dict[str, Any]) -> Settings:
    """Read the table ``[tool.citelint]``; names may be written with hyphens.

    Raises:
        SettingsError: a name is unknown, or a value of the wrong type or no pattern.

    """
    known = {field.name for field in fields(Settings)}
    values = {name.replace("-", "_"): value for name, value in table.items()}
    unknown = sorted(values.keys() - known)
    if unknown:
        raise SettingsError(f"[tool.citelint] has no setting {unknown[0].replace('_', '-')!r}")
    settings = replace(Settings(), **{name: setting_of(name, v) for name, v in values.items()})
    try:
        re.compile(settings.key_pattern)
    except re.error as error:
        raise SettingsError(
            f"[tool.citelint] key-pattern is no regular expression: {error}"
        ) from error
    return settings


def read_settings(path: Path) -> Settings:
    """Read the settings from a TOML file; a file without the table gives the defaults.

    Raises:
        SettingsError: the file cannot be read or the table cannot be used.

    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as TOML: {error}") from error
    tools = document.get("tool", {})
    table = tools.get("citelint", {}) if isinstance(tools, dict) else tools
    if not isinstance(table, dict):
        raise SettingsError(f"[tool.citelint] in {path} must be a table")
    return settings_from(table)
