"""The same sources give the same bytes wherever and whenever they are built."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = "import sys; from sphinx.cmd.build import build_main; sys.exit(build_main(sys.argv[1:]))"


def test_same_bytes_in_another_folder_time_zone_and_hash_seed(
    small_book_source: Path, tmp_path: Path
) -> None:
    digests = set()
    for folder, zone, seed, locale in (
        ("one", "UTC", "1", "C.UTF-8"),
        ("two/much/deeper", "Pacific/Kiritimati", "2", "C"),
    ):
        source = tmp_path / folder / "docs"
        shutil.copytree(small_book_source, source)
        environment = {
            **os.environ,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "SOURCE_DATE_EPOCH": "1700000000",
        }
        out = tmp_path / folder / "out"
        subprocess.run(
            [sys.executable, "-c", SCRIPT, "-q", "-W", "-b", "typst", source, out],
            env=environment,
            check=True,
        )
        digests.add(hashlib.sha256((out / "small.pdf").read_bytes()).hexdigest())
    assert len(digests) == 1
