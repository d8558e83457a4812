"""Where citelint keeps what it has found out."""

from __future__ import annotations

from pathlib import Path

import pytest

from citelint.cachefolder import default_folder, write_whole


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"CITELINT_CACHE": "here"}, "here"),
        ({"XDG_CACHE_HOME": "/caches"}, "/caches/citelint"),
        ({"XDG_CACHE_HOME": "relative"}, "~/.cache/citelint"),
        ({}, "~/.cache/citelint"),
    ],
)
def test_the_folder_is_where_caches_are(environment: dict[str, str], folder: str) -> None:
    assert default_folder(environment) == Path(folder).expanduser()


def test_a_file_is_written_whole_and_alone(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "file"
    write_whole(place, b"one")
    write_whole(place, b"two")
    assert place.read_bytes() == b"two"
    assert list(place.parent.iterdir()) == [place]
