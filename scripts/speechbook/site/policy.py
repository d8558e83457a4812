"""The site's Content-Security-Policy: everything from the site itself, nothing inline.

https://www.w3.org/TR/CSP3/.  A page carries its policy as ``<meta>``, so that it holds on
any host and from a disk; hosts that take header files get it there too (``hosts.py``).
"""

from __future__ import annotations

import base64
import hashlib
from typing import Final

#: ``data:`` images are the small drawings that a style sheet may hold.
DIRECTIVES: Final = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "manifest-src": ("'self'",),
    "worker-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
}

#: Pages whose scripts compile WebAssembly (https://www.w3.org/TR/CSP3/#directive-script-src).
PAGES_WITH_WEBASSEMBLY: Final[frozenset[str]] = frozenset()
WEBASSEMBLY: Final = "'wasm-unsafe-eval'"


def hash_of(text: str) -> str:
    """Return the source expression that allows an inline script of this very text.

    https://www.w3.org/TR/CSP3/#grammardef-hash-source
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy_of(pagename: str, *hashes: str) -> str:
    """Return the policy for a page's ``<meta>``, where ``frame-ancestors`` may not stand.

    *hashes* are those of its data in script elements, which no browser runs or blocks, but
    which the Nu checker takes for scripts.
    """
    webassembly = (WEBASSEMBLY,) if pagename in PAGES_WITH_WEBASSEMBLY else ()
    extra = (*webassembly, *hashes)
    return "; ".join(
        " ".join((name, *sources, *(extra if name == "script-src" else ())))
        for name, sources in DIRECTIVES.items()
    )


def header_policy(pagename: str = "") -> str:
    """Return the policy for a header, which may also say that no other site shows the page."""
    return f"{policy_of(pagename)}; frame-ancestors 'none'"
