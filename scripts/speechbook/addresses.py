"""Where the book and its repository live, as the surroundings tell it."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SSH_REMOTE = re.compile(r"(?:ssh://)?git@(?P<host>[^:/]+)[:/](?P<path>.+)")


def book_address(environment: Mapping[str, str] = os.environ) -> str:
    """Return ``BOOK_URL`` with a final slash, or nothing."""
    address = environment.get("BOOK_URL", "").strip()
    return f"{address.rstrip('/')}/" if address.startswith(("http://", "https://")) else ""


def web_address(remote: str) -> str:
    """Turn a git remote into a web address; a path on disk gives nothing.

    >>> web_address("git@example.org:founders/book.git")
    'https://example.org/founders/book'
    """
    ssh = SSH_REMOTE.fullmatch(remote.strip())
    address = f"https://{ssh['host']}/{ssh['path']}" if ssh else remote.strip()
    is_web = address.startswith(("https://", "http://"))
    return re.sub(r"//[^/@]*@", "//", address.removesuffix(".git")) if is_web else ""


def git_remote(folder: Path) -> str:
    """Return the address of git's ``origin``, or nothing without git or remote."""
    try:
        command = ["git", "-C", str(folder), "remote", "get-url", "origin"]
        result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        return ""
    return result.stdout.strip()


def repository_address(folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return the repository's web address: ``BOOK_REPOSITORY``, the CI's, or git's."""
    if "BOOK_REPOSITORY" in environment:
        return web_address(environment["BOOK_REPOSITORY"])
    if environment.get("GITHUB_REPOSITORY"):
        server = environment.get("GITHUB_SERVER_URL", "https://github.com")
        return f"{server}/{environment['GITHUB_REPOSITORY']}"
    if environment.get("CI_PROJECT_URL"):
        return environment["CI_PROJECT_URL"]
    return web_address(git_remote(folder))
