"""A preview goes to another repository, holds nothing dangerous, and is told of once."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from speechbook.contributing.preview import MOST_KEPT, publish, shown_files, target_from
from speechbook.problems import BookError
from tests.citelint.verify.server import running, status

if TYPE_CHECKING:
    from pathlib import Path

COMMIT = "a" * 40


def git(folder: Path, *arguments: str) -> str:
    """Run git and return what it says."""
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """Return an empty repository to push to."""
    folder = tmp_path / "server" / "owner" / "previews.git"
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--bare")
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site with files that would change the repository if they were taken."""
    folder = tmp_path / "site"
    for name in ("index.html", "chapters/01.html", "CNAME", ".github/workflows/evil.yml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def surroundings(tmp_path: Path, commit: str = COMMIT, **changes: str) -> dict[str, str]:
    """Return what preview.yml hands over, the server being a folder."""
    return {
        "PREVIEW_COMMIT": commit,
        "PREVIEW_REPOSITORY": "owner/previews",
        "PREVIEW_ADDRESS": "https://previews.example/",
        "GITHUB_SERVER_URL": (tmp_path / "server").as_uri(),
        **changes,
    }


def pushed(remote: Path) -> set[str]:
    """Return the files of the branch that is shown."""
    return set(git(remote, "ls-tree", "-r", "--name-only", "gh-pages").split())


def test_preview_lies_in_a_folder_named_by_its_commit(
    site: Path, remote: Path, tmp_path: Path
) -> None:
    address = publish(site, target_from(surroundings(tmp_path)))
    assert address == f"https://previews.example/{COMMIT[:12]}/"
    name = COMMIT[:12]
    assert pushed(remote) == {
        f"{name}/index.html",
        f"{name}/chapters/01.html",
        "robots.txt",
        "previews.txt",
        ".nojekyll",
    }


def test_newest_previews_are_kept_in_one_commit(site: Path, remote: Path, tmp_path: Path) -> None:
    commits = [f"{number:040x}"[::-1] for number in range(1, MOST_KEPT + 3)]
    for commit in commits:
        publish(site, target_from(surroundings(tmp_path, commit)))
    folders = {name.partition("/")[0] for name in pushed(remote) if "/" in name}
    assert folders == {commit[:12] for commit in commits[-MOST_KEPT:]}
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "1"


def test_status_names_the_address_once_and_carries_the_token(
    site: Path, remote: Path, tmp_path: Path
) -> None:
    with running() as server:
        path = f"/repos/owner/book/statuses/{COMMIT}"
        server.lay(path, status(201))
        target = target_from(
            surroundings(
                tmp_path,
                GITHUB_API_URL=server.base,
                GITHUB_REPOSITORY="owner/book",
                STATUS_TOKEN="t0",  # noqa: S106 - no password
            )
        )
        publish(site, target)
        ((asked, _, headers),) = server.asked
    assert asked == path
    assert headers["Authorization"] == "Bearer t0"
    assert pushed(remote)


def test_status_that_is_refused_is_told_with_the_address(
    site: Path, remote: Path, tmp_path: Path
) -> None:
    with running() as server:
        server.lay(f"/repos/owner/book/statuses/{COMMIT}", status(403))
        changes = {"GITHUB_API_URL": server.base, "GITHUB_REPOSITORY": "owner/book"}
        with pytest.raises(BookError, match=r"lies at https://previews.example/a+/, but.*403"):
            publish(site, target_from(surroundings(tmp_path, **changes)))
    assert pushed(remote)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("PREVIEW_COMMIT", "main", "no commit"),
        ("PREVIEW_COMMIT", "--upload-pack=x" + "a" * 25, "no commit"),
        ("PREVIEW_REPOSITORY", "../../elsewhere", "no repository"),
        ("PREVIEW_ADDRESS", "javascript:alert(1)", "no address"),
    ],
)
def test_strange_surroundings_are_refused(
    name: str, value: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(BookError, match=reason):
        target_from(surroundings(tmp_path, **{name: value}))


def test_symbolic_link_is_refused_before_anything_is_asked(site: Path) -> None:
    (site / "secret.html").symlink_to("/etc/hostname")
    with pytest.raises(BookError, match="symbolic link"):
        shown_files(site)


def test_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="holds no site"):
        shown_files(tmp_path)
