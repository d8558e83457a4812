"""The settings at a chapter's head: YAML, composed and never constructed.

Composing makes nodes with places and leaves aliases as they are, so no tag builds an object
and no alias grows (https://yaml.org/spec/1.2.2/#31-processes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import yaml

from citelint.safety.schemes import RUNNING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST, MOST_ALIASES, DEEPEST = 5_000, 20, 20
#: Keys, and those above them, that change nothing of what is read: how Sphinx treats the
#: page, and what search engines are told of it.
HARMLESS = frozenset(
    {
        ("orphan",),
        ("tocdepth",),
        ("nosearch",),
        ("no-search",),
        ("myst", "html_meta", "description"),
        ("myst", "html_meta", "keywords"),
    }
)
PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value")
)
FENCE = "---"


class Setting(NamedTuple):
    """Something in front matter: where it begins and ends in it, and a word for it."""

    start: int
    end: int
    what: str


def body_of(front_matter: str) -> tuple[str, int]:
    """Return the YAML between the fences and the offset where it begins."""
    start = front_matter.find("\n") + 1 or len(front_matter)
    end = front_matter.rfind(f"\n{FENCE}")
    return front_matter[start : max(end + 1, start)], start


def events(text: str) -> Iterator[yaml.Event]:
    """Yield YAML's events; ends without a word where the text is none."""
    try:
        yield from yaml.parse(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return


def place_of(event: yaml.Event) -> tuple[int, int]:
    """Return where an event begins and ends."""
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0), (end.index if end else 0)


def keys(text: str) -> Iterator[tuple[tuple[str, ...], Setting]]:
    """Yield every key of a mapping with the keys that lead to it."""
    # One place a level: the key whose value is being read ("" in a sequence), or None
    # where the next scalar is a key.
    path: list[str | None] = []
    for event in events(text):
        is_value = isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent))
        if is_value and path and path[-1] is None:
            name = getattr(event, "value", "*")
            path[-1] = name
            yield tuple(each or "" for each in path), Setting(*place_of(event), name)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            path.append(None if isinstance(event, yaml.MappingStartEvent) else "")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            path.pop()
            end_of_value(path)
        elif is_value:
            end_of_value(path)


def end_of_value(path: list[str | None]) -> None:
    """Await a key where a mapping's value has been read."""
    if path and path[-1] != "":
        path[-1] = None


def forbidden_keys(text: str) -> Iterator[Setting]:
    """Yield the keys that no page of this kind of book needs."""
    for path, place in keys(text):
        known = (each[: len(path)] for each in HARMLESS)
        if path not in known and path[:-1] not in HARMLESS:
            yield place


def loosening(text: str) -> Iterator[Setting]:
    """Yield what no page's settings need: tags, piles of aliases, dangerous addresses."""
    aliases = 0
    for event in events(text):
        place = place_of(event)
        tag = getattr(event, "tag", None)
        if tag and tag not in PLAIN_TAGS:
            yield Setting(*place, f"the tag {tag[:60]!r}")
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
            if aliases == MOST_ALIASES:
                yield Setting(*place, "a pile of aliases")
        if isinstance(event, yaml.ScalarEvent):
            value = event.value.strip().lower()
            if value in RUNNING - {"data", "about", "file", "resource"}:
                yield Setting(*place, f"the address scheme {value}")
            elif value.startswith("http-equiv"):
                yield Setting(*place, "a command to the browser (http-equiv)")


def deepest(text: str) -> int:
    """Return how deep brackets nest, those in quotation marks counted as well."""
    level = most = 0
    for character in text:
        level += (character in "[{") - (character in "]}")
        most = max(most, level)
    return most


def trouble_of(text: str) -> Setting | None:
    """Say why front matter cannot be read; nothing where it can."""
    if len(text) > LONGEST:
        return Setting(LONGEST, LONGEST, f"more than {LONGEST:,} characters")
    # PyYAML takes time with the square of the depth.
    if text.count("[") + text.count("{") > DEEPEST and deepest(text) > DEEPEST:
        return Setting(0, 0, "nesting that is out of all proportion")
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        index = mark.index if mark else 0
        return Setting(index, index, f"a fault ({error.problem})")
    except (yaml.YAMLError, ValueError):
        return Setting(0, 0, "a character that YAML does not have")
    except RecursionError:
        return Setting(0, 0, "nesting that is out of all proportion")
    return None
