"""Links that pass a page on: plain addresses of others' forms, which nobody asks until used.

Where the site's address is not known when the book is built, an address holds the mark
``{address}``, which the page's script replaces by its own.

Sources: e-mail, https://www.rfc-editor.org/rfc/rfc6068; WhatsApp, the form without a number at
https://app.unpkg.com/whatsapp-url-builder@0.1.2/files/README.md; X,
https://docs.x.com/x-for-websites/post-button/guides/web-intent; Bluesky,
https://docs.bsky.app/docs/advanced-guides/intent-links.  Facebook's documented dialogue
(https://developers.facebook.com/docs/sharing/reference/share-dialog) wants an account of
the site's own; its older ``sharer.php`` takes anybody's address and is what others use.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

MARK = "{address}"
#: Of a post on Bluesky (characters), with the space before the address.
LONGEST_POST = 300


@dataclass(frozen=True)
class Share:
    """A way to pass a page on, and its address."""

    label: str
    address: str


def encoded(text: str) -> str:
    """Return a text for a query, the mark left as it is."""
    return quote(text, safe="").replace(quote(MARK, safe=""), MARK)


def shortened(title: str, address: str) -> str:
    """Return title and address in the length of a post; the address is never cut."""
    room = LONGEST_POST - len(address) - 1
    cut = title if len(title) <= room else f"{title[: room - 1]}…"
    return f"{cut} {address}"


def shares_of(title: str, address: str) -> tuple[Share, ...]:
    """Return the links for a page; without an *address* they hold the mark."""
    target = address or MARK
    text = encoded(f"{title} {target}")
    return (
        Share("E-mail", f"mailto:?subject={encoded(title)}&body={encoded(target)}"),
        Share("WhatsApp", f"https://wa.me/?text={text}"),
        Share("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={encoded(target)}"),
        Share("X", f"https://x.com/intent/tweet?text={encoded(title)}&url={encoded(target)}"),
        Share(
            "Bluesky",
            f"https://bsky.app/intent/compose?text={encoded(shortened(title, target))}",
        ),
    )
