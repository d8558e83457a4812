"""Zips whose bytes depend on nothing but their content."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from speechbook.release.archive import folder_members, write_archive

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NOON = 1456400000  # 25 February 2016, 11:33:20 UTC


def test_bytes_do_not_depend_on_folder_or_time_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for name, zone in (("a", "UTC"), ("b", "Asia/Vladivostok")):
        monkeypatch.setenv("TZ", zone)
        folder = tmp_path / name
        (folder / "deep").mkdir(parents=True)
        (folder / "deep" / "x.txt").write_text("x" * 1000, encoding="utf-8")
        (folder / "a.txt").write_text("a", encoding="utf-8")
        target = tmp_path / f"{name}.zip"
        write_archive(target, folder_members(folder, "book/"), NOON)
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_members_are_named_sorted_and_stored_as_told(tmp_path: Path) -> None:
    target = tmp_path / "x.zip"
    members = [("mimetype", b"application/epub+zip"), ("b.txt", b"b" * 500)]
    write_archive(target, members, NOON, stored=("mimetype",))
    with zipfile.ZipFile(target) as archive:
        first, second = archive.infolist()
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert (second.filename, second.compress_type) == ("b.txt", zipfile.ZIP_DEFLATED)
    assert first.date_time == (2016, 2, 25, 11, 33, 20)
