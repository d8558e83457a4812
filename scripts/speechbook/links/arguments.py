"""From the options of ``speechbook links`` to its run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from speechbook.links.command import Check, Options
from speechbook.problems import BookError

if TYPE_CHECKING:
    import argparse

    from speechbook.building.paths import BookPaths


def check_links(asked: argparse.Namespace, paths: BookPaths) -> int:
    """Check the links: 0 sound, 1 broken links, 2 nothing could be checked."""
    options = Options(
        offline=asked.offline,
        advisory=asked.advisory,
        since=asked.since,
        minutes=asked.minutes,
        annotations=asked.format == "github",
    )
    try:
        is_sound = Check(paths, options, print).run()
    except BookError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the command's output
        return 2
    return 0 if is_sound else 1
