"""``pdftotext`` of Poppler, found or installed, and the text it gives page by page."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from speechbook.audit.browser import succeeds
from speechbook.problems import BookError

PROGRAM, PACKAGE = "pdftotext", "poppler-utils"
END_OF_PAGE = "\f"


def require_pdftotext() -> Path:
    """Return the program, installing Debian's package if need be.

    Raises:
        BookError: it is not there and could not be installed.

    """
    if shutil.which(PROGRAM) is None and succeeds(["apt-get", "update"]):
        succeeds(["apt-get", "install", "--yes", "--no-install-recommends", PACKAGE])
    found = shutil.which(PROGRAM)
    if found is None:
        raise BookError(
            f"The tests need {PROGRAM}, and it could be neither found nor installed",
            cure=f"install Poppler's tools by hand (on Debian the package {PACKAGE})",
        )
    return Path(found)


def text_of_pages(pdf: Path) -> tuple[str, ...]:
    """Return each page's text in the order in which the page sets it.

    ``-raw`` keeps cells and columns apart (the manual page pdftotext(1)).
    """
    command = [str(require_pdftotext()), "-raw", "-enc", "UTF-8", str(pdf), "-"]
    result = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    return tuple(result.stdout.decode().split(END_OF_PAGE)[:-1])
