"""Find Chromium and Firefox for the tests, or install them; ``python -m speechbook.audit.browser``.

In order: the variable ``CHROMIUM`` or ``FIREFOX``, one on the PATH, Playwright's own
download (Chromium alone: its Firefox is a build of its own), Debian's package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIREFOXES = ("firefox-esr", "firefox")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Nothing but the pages under test may reach the network, and no window is needed.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def playwright_chromium() -> Path | None:
    """Return Playwright's own Chromium if it has been downloaded."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def find_chromium(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the browser to use, or nothing."""
    named = environment.get("CHROMIUM")
    if named:
        return Path(named)
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else playwright_chromium()


def succeeds(command: Sequence[str]) -> bool:
    """Run a command and say whether it exited with 0; its output stays visible."""
    try:
        return subprocess.run(command, check=False).returncode == 0  # noqa: S603
    except FileNotFoundError:
        return False


def install_package(name: str) -> None:
    """Try Debian's package."""
    if succeeds(["apt-get", "update"]):
        succeeds(["apt-get", "install", "--yes", "--no-install-recommends", name])


def install_chromium() -> None:
    """Try Playwright's download, then Debian's package."""
    if not succeeds([sys.executable, "-m", "playwright", "install", "chromium"]):
        install_package("chromium")


def find_firefox(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the second browser, or nothing."""
    named = environment.get("FIREFOX")
    if named:
        return Path(named)
    found = next(filter(None, map(shutil.which, FIREFOXES)), None)
    return Path(found) if found else None


def require_firefox() -> Path:
    """Return a Firefox, installing it if need be.

    Raises:
        BookError: none is there and none could be installed.

    """
    found = find_firefox()
    if found is None:
        install_package("firefox-esr")
        found = find_firefox()
    if found is None:
        raise BookError(
            "The tests need the browser Firefox, and it could be neither found nor installed",
            cure="install it by hand and name its program in the variable FIREFOX",
        )
    return found


def require_chromium() -> Path:
    """Return a Chromium, installing it if need be.

    Raises:
        BookError: none is there and none could be installed.

    """
    found = find_chromium()
    if found is None:
        install_chromium()
        found = find_chromium()
    if found is None:
        raise BookError(
            "The tests need the browser Chromium, and it could be neither found nor installed",
            cure="install it by hand and name its program in the variable CHROMIUM",
        )
    return found


if __name__ == "__main__":
    try:
        print(f"Chromium: {require_chromium()}")  # noqa: T201
        print(f"Firefox: {require_firefox()}")  # noqa: T201
    except BookError as error:
        sys.exit(str(error))
