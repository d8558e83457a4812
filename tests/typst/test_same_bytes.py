"""The same sources give the same bytes wherever and whenever they are built."""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.typst.conftest import build

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

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


def test_a_book_without_a_time_of_its_own_is_dated_now(
    small_book_source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    before = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    with build(small_book_source, tmp_path / "out").opened() as pdf:
        told = str(pdf.docinfo["/CreationDate"])
    dated = datetime.datetime.strptime(told[2:16], "%Y%m%d%H%M%S").replace(tzinfo=datetime.UTC)
    assert before <= dated <= datetime.datetime.now(datetime.UTC)
