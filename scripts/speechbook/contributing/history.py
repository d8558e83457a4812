"""The sources as git keeps them: what another commit held, and what stands in the folder."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = ("docs", "references.bib")
ENDINGS = (".md", ".bib", ".toml")
NO_COMMIT = frozenset("0")


def git(root: Path, *arguments: str) -> bytes | None:
    """Return what git says, or nothing where it cannot."""
    command = ["git", "-C", str(root), *arguments]
    try:
        result = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        return None
    return result.stdout if result.returncode == 0 else None


def commit_of(root: Path, revision: str) -> str:
    """Return the full name of the commit where two lines of work parted, or "".

    A push that makes a branch names forty zeros as the commit before it.
    """
    if not revision or revision.startswith("-") or set(revision) == NO_COMMIT:
        return ""
    found = git(root, "merge-base", revision, "HEAD") or git(
        root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"
    )
    return found.decode().strip() if found else ""


def sources_at(root: Path, commit: str) -> dict[str, str]:
    """Return the sources of a commit by path."""
    listed = git(root, "ls-tree", "-r", "-z", "--name-only", commit, "--", *SOURCES) or b""
    names = [name for name in listed.decode().split("\0") if name.endswith(ENDINGS)]
    contents = {name: git(root, "cat-file", "blob", f"{commit}:{name}") for name in names}
    return {n: c.decode("utf-8", "replace") for n, c in contents.items() if c is not None}


def sources_now(root: Path) -> dict[str, str]:
    """Return the sources in the folder by path; symbolic links are not followed."""
    files = [root / "references.bib", *(root / "docs").rglob("*")]
    found = [p for p in files if p.suffix in ENDINGS and p.is_file() and not p.is_symlink()]
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in sorted(found)
    }
