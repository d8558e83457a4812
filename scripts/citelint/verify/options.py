"""What ``citelint verify`` may be told: by options, else by the environment, else by default."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citelint import __version__
from citelint.config import SettingsError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

CROSSREF = "https://api.crossref.org"
OPEN_LIBRARY = "https://openlibrary.org"
PAUSE = 1.0
WHOLE = 900.0
WAIT = 20.0
CONTACT = re.compile(r"[!-~]+@[!-~]+")


class Setup(NamedTuple):
    """Where and how to ask; seconds for the pause, each wait and everything."""

    crossref: str = CROSSREF
    openlibrary: str = OPEN_LIBRARY
    agent: str = f"citelint/{__version__}"
    cache: Path | None = None
    pause: float = PAUSE
    wait: float = WAIT
    whole: float = WHOLE
    tries: int = 3
    first_wait: float = 1.0
    longest_wait: float = 60.0
    proxies: Mapping[str, str] = {}


def add_asking(command: argparse.ArgumentParser) -> None:
    """Add what verify takes beyond the files."""
    command.add_argument("--crossref", metavar="URL", help=f"CITELINT_CROSSREF, else {CROSSREF}")
    command.add_argument(
        "--openlibrary", metavar="URL", help=f"CITELINT_OPENLIBRARY, else {OPEN_LIBRARY}"
    )
    command.add_argument("--cache", type=Path, metavar="FOLDER", help="where answers are kept")
    command.add_argument("--no-cache", action="store_true", help="ask anew and keep nothing")
    command.add_argument(
        "--pause", type=float, metavar="SECONDS", help="between requests to a host (1)"
    )
    command.add_argument("--wait", type=float, metavar="SECONDS", help="for an answer (20)")
    command.add_argument("--time", type=float, metavar="SECONDS", help="for everything (900)")
    command.epilog = "CITELINT_MAILTO names a contact, which both registries ask for."


def base_of(option: str | None, name: str, default: str, environment: Mapping[str, str]) -> str:
    """Return a registry's address without the slash at its end.

    Raises:
        SettingsError: it is no http address.

    """
    base = (option or environment.get(name) or default).rstrip("/")
    if not re.fullmatch(r"https?://[!-~]+", base):
        raise SettingsError(f"{base!r} is no address of a registry; write https://… ({name})")
    return base


def agent_of(environment: Mapping[str, str]) -> str:
    """Return the name that citelint gives itself, with the contact if there is one.

    Raises:
        SettingsError: the contact is no e-mail address.

    """
    contact = environment.get("CITELINT_MAILTO", "").strip()
    if not contact:
        return f"citelint/{__version__}"
    if not CONTACT.fullmatch(contact):
        raise SettingsError(f"CITELINT_MAILTO is no e-mail address: {contact!r}")
    return f"citelint/{__version__} (mailto:{contact})"


def seconds_of(option: float | None, default: float, name: str) -> float:
    """Return a number of seconds.

    Raises:
        SettingsError: it is negative or no number.

    """
    seconds = default if option is None else option
    if not 0 <= seconds < float("inf"):
        raise SettingsError(f"--{name} must be a number of seconds, 0 or more")
    return seconds


def setup_from(
    options: argparse.Namespace | None, environment: Mapping[str, str] = os.environ
) -> Setup:
    """Read the options and the environment.

    Raises:
        SettingsError: one of them cannot be used.

    """
    # Imported here to keep the start of the other verbs short.
    from urllib.request import getproxies  # noqa: PLC0415

    from citelint.cachefolder import default_folder  # noqa: PLC0415

    given = vars(options) if options is not None else {}
    folder = None if given.get("no_cache") else given.get("cache") or default_folder(environment)
    return Setup(
        crossref=base_of(given.get("crossref"), "CITELINT_CROSSREF", CROSSREF, environment),
        openlibrary=base_of(
            given.get("openlibrary"), "CITELINT_OPENLIBRARY", OPEN_LIBRARY, environment
        ),
        agent=agent_of(environment),
        cache=folder,
        pause=seconds_of(given.get("pause"), PAUSE, "pause"),
        wait=seconds_of(given.get("wait"), WAIT, "wait") or WAIT,
        whole=seconds_of(given.get("time"), WHOLE, "time"),
        proxies=getproxies(),
    )
