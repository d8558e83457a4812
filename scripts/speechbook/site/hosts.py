"""Header files for static hosts: the policy and its kin, and how long to keep what.

``_headers`` is read by Netlify (https://docs.netlify.com/routing/headers/) and Cloudflare
Pages (https://developers.cloudflare.com/pages/configuration/headers/), ``.htaccess`` by
Apache (https://httpd.apache.org/docs/2.4/mod/mod_headers.html); ``nginx-headers.conf`` is
to be included in a server of nginx (https://nginx.org/en/docs/http/ngx_http_headers_module.html).
GitHub Pages takes none, and there the pages' own ``<meta>`` holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from speechbook.site.policy import PAGES_WITH_WEBASSEMBLY, header_policy
from speechbook.site.search import INDEX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from speechbook.site.moved import Moved

#: What every answer carries besides the policy.
COMMON: Final = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FOREVER: Final = "public, max-age=31536000, immutable"
A_MONTH: Final = "public, max-age=2592000"
ALWAYS_ASK: Final = "no-cache"
#: What keeps its name while it changes: the index is written after the pages that name it.
CHANGING: Final = ("service-worker.js", INDEX)


def headers_of(pagename: str = "") -> dict[str, str]:
    """Return an answer's headers; a page whose scripts need WebAssembly has its own policy."""
    return {"Content-Security-Policy": header_policy(pagename), **COMMON}


def netlify(assets: Sequence[str]) -> str:
    """Return ``_headers``; *assets* are paths that are named by their content."""
    blocks = [("/*", {**headers_of()})]
    blocks += [
        # A header named twice would be sent as two policies, of which both hold.
        (f"/{page}.html", {"! Content-Security-Policy": "", **headers_of(page)})
        for page in sorted(PAGES_WITH_WEBASSEMBLY)
    ]
    blocks += [(f"/{asset}", {"Cache-Control": FOREVER}) for asset in assets]
    blocks += [
        ("/_static/fonts/*", {"Cache-Control": A_MONTH}),
        *((f"/{path}", {"Cache-Control": ALWAYS_ASK}) for path in CHANGING),
    ]
    return "".join(
        f"{path}\n" + "".join(netlify_line(*header) for header in headers.items())
        for path, headers in blocks
    )


def netlify_line(name: str, value: str) -> str:
    """Return a header's line; a name after ``!`` takes a header away."""
    return f"  {name}: {value}\n" if value else f"  {name}\n"


def apache(moved: Sequence[Moved]) -> str:
    """Return ``.htaccess``."""
    lines = ["ErrorDocument 404 /404.html", "<IfModule mod_headers.c>"]
    lines += [f'Header always set {name} "{value}"' for name, value in headers_of().items()]
    for page in sorted(PAGES_WITH_WEBASSEMBLY):
        policy = header_policy(page)
        lines += [
            f'<Files "{page}.html">',
            f'Header always set Content-Security-Policy "{policy}"',
            "</Files>",
        ]
    lines += [
        r'<FilesMatch "-[0-9a-f]{10}\.(css|js)$">',
        f'Header set Cache-Control "{FOREVER}"',
        "</FilesMatch>",
    ]
    for path in CHANGING:
        name = path.rpartition("/")[2]
        lines += [f'<Files "{name}">', f'Header set Cache-Control "{ALWAYS_ASK}"', "</Files>"]
    lines += [
        "</IfModule>",
    ]
    lines += [f"Redirect 301 /{old}.html /{new}.html" for old, new in moved]
    return "\n".join(lines) + "\n"


def nginx(moved: Sequence[Moved]) -> str:
    """Return lines to be included in a ``server`` of nginx's settings."""
    lines = ["error_page 404 /404.html;"]
    lines += [f'add_header {name} "{value}" always;' for name, value in headers_of().items()]
    own = {f"{page}.html": headers_of(page) for page in sorted(PAGES_WITH_WEBASSEMBLY)}
    own |= {path: {**headers_of(), "Cache-Control": ALWAYS_ASK} for path in CHANGING}
    for path, headers in own.items():
        # nginx takes none of the outer headers into a block that adds one.
        inner = "".join(f' add_header {name} "{value}" always;' for name, value in headers.items())
        lines.append(f"location = /{path} {{{inner} }}")
    lines += [f"location = /{old}.html {{ return 301 /{new}.html; }}" for old, new in moved]
    return "\n".join(lines) + "\n"
