"""Publish a pull request's site where nothing of the book's own can be touched.

Runs from the project's own branch, with rights, over files that a pull request made: it
copies them and runs none.  They go to a repository of their own, whose pages have another
origin, into a folder named by the commit; the newest few are kept.  The commit's status
then shows the address (https://docs.github.com/en/rest/commits/statuses).
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMIT = re.compile(r"[0-9a-f]{40}")
REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
BRANCH = "gh-pages"
LIST = "previews.txt"
#: What would change the repository or its settings instead of being shown.
NOT_SHOWN = frozenset({".git", ".github", ".gitattributes", ".gitmodules", "CNAME", "_config.yml"})
MOST_KEPT, MOST_FILES, MOST_BYTES = 20, 20_000, 400_000_000
WAIT = 30
NO_ROBOTS = "User-agent: *\nDisallow: /\n"


@dataclass(frozen=True)
class Target:
    """Where a preview goes: the commit, the repository, its pages' address, the tokens."""

    commit: str
    remote: str
    address: str
    token: str
    status_url: str
    status_token: str

    @property
    def folder(self) -> str:
        """Return the name of the preview's folder."""
        return self.commit[:12]


def target_from(environment: Mapping[str, str] = os.environ) -> Target:
    """Read what preview.yml hands over.

    Raises:
        BookError: something is missing or is not what it should be.

    """
    repository = environment.get("PREVIEW_REPOSITORY", "")
    commit = environment.get("PREVIEW_COMMIT", "")
    address = environment.get("PREVIEW_ADDRESS", "")
    if not COMMIT.fullmatch(commit):
        raise BookError("PREVIEW_COMMIT names no commit", cure="give its forty digits")
    if not REPOSITORY.fullmatch(repository):
        raise BookError("PREVIEW_REPOSITORY names no repository", cure="write owner/name")
    if not address.startswith(("https://", "http://")):
        raise BookError("PREVIEW_ADDRESS is no address", cure="write https://… as Pages shows it")
    server = environment.get("GITHUB_SERVER_URL", "https://github.com")
    api = environment.get("GITHUB_API_URL", "https://api.github.com")
    here = environment.get("GITHUB_REPOSITORY", "")
    return Target(
        commit=commit,
        remote=f"{server}/{repository}.git",
        address=f"{address.rstrip('/')}/",
        token=environment.get("PREVIEW_TOKEN", ""),
        status_url=f"{api}/repos/{here}/statuses/{commit}" if here else "",
        status_token=environment.get("STATUS_TOKEN", ""),
    )


def shown_files(site: Path) -> tuple[Path, ...]:
    """Return the site's files as paths from its folder.

    Raises:
        BookError: it is no site, or too large, or holds a link to somewhere else.

    """
    paths = sorted(site.rglob("*"))
    if any(path.is_symlink() for path in paths):
        raise BookError("The site holds a symbolic link", cure="a book's site has none; look at it")
    files = [path for path in paths if path.is_file()]
    if not (site / "index.html").is_file():
        raise BookError(f"{site.name} holds no site", cure="see what the workflow Book uploaded")
    if len(files) > MOST_FILES or sum(path.stat().st_size for path in files) > MOST_BYTES:
        raise BookError("The site is too large to be a preview", cure="look at what was built")
    inside = (path.relative_to(site) for path in files)
    return tuple(path for path in inside if not NOT_SHOWN & set(path.parts))


def git(folder: Path, token: str, *arguments: str) -> str:
    """Run git; the token goes in by the environment, where no list of processes shows it.

    Raises:
        BookError: git failed.

    """
    login = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    config = {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "http.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {login}" if token else "",
        # No hook of this machine or of a template runs.
        "GIT_CONFIG_KEY_1": "core.hooksPath",
        "GIT_CONFIG_VALUE_1": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
    }
    result = subprocess.run(  # noqa: S603
        ["git", "-C", str(folder), *arguments],  # noqa: S607
        env={**os.environ, **config},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise BookError(f"git {arguments[0]} failed: {result.stderr.strip()}")
    return result.stdout


def kept_previews(folder: Path, newest: str) -> list[str]:
    """Return the folders that stay, oldest first, the new one last; delete the others."""
    path = folder / LIST
    names = path.read_text(encoding="utf-8").split() if path.is_file() else []
    earlier = [n for n in names if n != newest and re.fullmatch(r"[0-9a-f]{12}", n)]
    kept = [*earlier[-(MOST_KEPT - 1) :], newest]
    for path in folder.iterdir():
        if path.is_dir() and path.name not in {*kept, ".git"}:
            shutil.rmtree(path)
    return kept


def lay_out(site: Path, folder: Path, name: str) -> None:
    """Copy the site into its folder and write what belongs beside it."""
    kept = kept_previews(folder, name)
    shutil.rmtree(folder / name, ignore_errors=True)
    for path in shown_files(site):
        place = folder / name / path
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / path, place)
    (folder / LIST).write_text("\n".join(kept) + "\n", encoding="utf-8")
    (folder / "robots.txt").write_text(NO_ROBOTS, encoding="utf-8")
    (folder / ".nojekyll").write_text("", encoding="utf-8")


def push(site: Path, target: Target, folder: Path) -> None:
    """Fetch the previews that are there, add this one, and push all as one commit."""
    git(folder, "", "init", "--quiet", f"--initial-branch={BRANCH}")
    has_branch = git(folder, target.token, "ls-remote", "--heads", target.remote, BRANCH)
    if has_branch.strip():
        git(folder, target.token, "fetch", "--quiet", "--depth=1", target.remote, BRANCH)
        git(folder, "", "-c", "core.symlinks=false", "checkout", "--quiet", "FETCH_HEAD", "--", ".")
    lay_out(site, folder, target.folder)
    git(folder, "", "add", "--all")
    identity = ("-c", "user.name=preview", "-c", "user.email=preview@localhost")
    message = f"Preview of {target.commit}"
    git(folder, "", *identity, "commit", "--quiet", "--message", message)
    git(folder, target.token, "push", "--quiet", "--force", target.remote, f"HEAD:{BRANCH}")


def tell(target: Target, address: str) -> None:
    """Set the commit's status, which shows the address on the pull request.

    Raises:
        BookError: GitHub did not take it.

    """
    status = {
        "state": "success",
        "context": "Preview",
        "description": "The site as this change would make it",
        "target_url": address,
    }
    headers = {"Accept": "application/vnd.github+json", "Content-Type": "application/json"}
    if target.status_token:
        headers["Authorization"] = f"Bearer {target.status_token}"
    body = json.dumps(status).encode()
    request = urllib.request.Request(target.status_url, body, headers)  # noqa: S310 - GitHub's API
    try:
        with urllib.request.urlopen(request, timeout=WAIT):  # noqa: S310
            return
    except (urllib.error.URLError, TimeoutError) as error:
        raise BookError(
            f"The preview lies at {address}, but its status was not set: {error}"
        ) from error


def publish(site: Path, target: Target) -> str:
    """Publish the preview and return its address."""
    shown_files(site)
    address = f"{target.address}{target.folder}/"
    with tempfile.TemporaryDirectory() as folder:
        push(site, target, Path(folder))
    if target.status_url:
        tell(target, address)
    return address
