"""Pictures of pixels: whether their first bytes are of their kind, and how large they are.

Sources: https://www.w3.org/TR/png-3/#5PNG-file-signature and #11IHDR,
https://www.w3.org/Graphics/GIF/spec-gif89a.txt (18), https://developers.google.com/speed/webp/docs/riff_container.
"""

from __future__ import annotations

SIGNATURES: dict[str, tuple[bytes, ...]] = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
}
PNG_SIZE, GIF_SIZE = slice(16, 24), slice(6, 10)


def is_of_its_kind(ending: str, head: bytes) -> bool:
    """Say whether a picture begins as its ending promises."""
    wanted = SIGNATURES.get(ending.lower())
    if wanted is None:
        return True
    return head.startswith(wanted) and (ending.lower() != ".webp" or head[8:12] == b"WEBP")


def pixels(head: bytes) -> int:
    """Return width times height of a PNG or GIF, 0 where the head does not tell."""
    if head.startswith(SIGNATURES[".png"]) and len(head) >= PNG_SIZE.stop:
        size = head[PNG_SIZE]
        return int.from_bytes(size[:4], "big") * int.from_bytes(size[4:], "big")
    if head.startswith(SIGNATURES[".gif"]) and len(head) >= GIF_SIZE.stop:
        size = head[GIF_SIZE]
        return int.from_bytes(size[:2], "little") * int.from_bytes(size[2:], "little")
    return 0
