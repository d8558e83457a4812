"""Run a command without any network and write down what it opens and where it connects.

``unshare`` gives it a network of its own with nothing in it
(https://man7.org/linux/man-pages/man7/network_namespaces.7.html), ``strace`` sees every file
that is opened, by Python or beneath it (https://man7.org/linux/man-pages/man1/strace.1.html).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.audit.browser import succeeds
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NO_NETWORK = ("unshare", "--net", "--")
TRACE = ("strace", "-f", "-qq", "--seccomp-bpf", "-s", "4096", "-e", "trace=open,openat,connect")
OPENED = re.compile(r'^\d+\s+open(?:at)?\((?:AT_FDCWD, )?"(?P<path>[^"]*)".*\) = \d+', re.MULTILINE)
CONNECTED = re.compile(r"^\d+\s+connect\(\d+, \{sa_family=(?P<family>AF_\w+).*$", re.MULTILINE)
LOCAL_FAMILIES = frozenset({"AF_UNIX", "AF_NETLINK", "AF_UNSPEC"})


@dataclass(frozen=True)
class Traced:
    """What a command did: exit code, words, files opened, attempts to reach a network."""

    code: int
    said: str
    opened: frozenset[Path]
    connected: tuple[str, ...]


def require_tracer() -> None:
    """See that strace is there, installing Debian's package if need be.

    Raises:
        BookError: it is not there and could not be installed, or no network can be taken away.

    """
    if not shutil.which("strace") and succeeds(["apt-get", "update"]):
        succeeds(["apt-get", "install", "--yes", "--no-install-recommends", "strace"])
    if not shutil.which("strace"):
        raise BookError("strace is not there and could not be installed", cure="install it")
    if not succeeds([*NO_NETWORK, "true"]):
        what = "No namespace without a network can be made here"
        raise BookError(what, cure="run this as root, or where users may make namespaces")


def run_traced(command: Sequence[str], log: Path, environment: Mapping[str, str]) -> Traced:
    """Run *command* without a network; *log* is where the trace is kept."""
    whole = [*NO_NETWORK, *TRACE, "-o", str(log), *command]
    result = subprocess.run(  # noqa: S603 - the command is the caller's
        whole, capture_output=True, text=True, check=False, env=dict(environment)
    )
    trace = log.read_text(encoding="utf-8", errors="surrogateescape")
    connected = (m for m in CONNECTED.finditer(trace) if m["family"] not in LOCAL_FAMILIES)
    return Traced(
        code=result.returncode,
        said=result.stdout + result.stderr,
        opened=frozenset(Path(match["path"]) for match in OPENED.finditer(trace)),
        connected=tuple(match.group() for match in connected),
    )
