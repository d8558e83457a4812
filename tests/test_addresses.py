"""Where the book and its repository live, told by the surroundings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.addresses import book_address, repository_address, web_address

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@example.org:founders/book.git", "https://example.org/founders/book"),
        ("ssh://git@example.org/founders/book.git", "https://example.org/founders/book"),
        ("https://token@example.org/founders/book.git", "https://example.org/founders/book"),
        ("https://example.org/founders/book", "https://example.org/founders/book"),
        ("/srv/git/book.git", ""),
        ("", ""),
    ],
)
def test_remote_becomes_a_web_address(remote: str, address: str) -> None:
    assert web_address(remote) == address


def test_variable_wins_over_the_robots(tmp_path: Path) -> None:
    environment = {"BOOK_REPOSITORY": "https://a.example/b", "GITHUB_REPOSITORY": "c/d"}
    assert repository_address(tmp_path, environment) == "https://a.example/b"
    assert repository_address(tmp_path, {"GITHUB_REPOSITORY": "c/d"}) == "https://github.com/c/d"


def test_without_anything_there_is_no_address(tmp_path: Path) -> None:
    assert repository_address(tmp_path, {}) == ""
    assert book_address({}) == ""


def test_book_address_ends_in_a_slash() -> None:
    assert book_address({"BOOK_URL": "https://book.example/x"}) == "https://book.example/x/"
    assert book_address({"BOOK_URL": "not an address"}) == ""
