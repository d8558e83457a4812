"""Which addresses may be asked: public ones, over the web's own protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citelint.verify.addresses import Gate, Refused, as_uri, is_public, place_of
from citelint.verify.asking import Client, Manners, Unanswered
from citelint.verify.transport import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    Verify = Callable[..., tuple[int, str]]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound to it
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:0a00:0001::1", False),
        ("nonsense", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/a", "//example.org", "https://", "https://a b/",
     "http://[::1", "https://user:pass@example.org/", "https://example.org:99999/",
     "https://example.org/\n", "gopher://x", "https://exämple.org/", "javascript:alert(1)"],
)  # fmt: skip
def test_addresses_that_are_not_asked(url: str) -> None:
    with pytest.raises(Refused):
        place_of(url)


@pytest.mark.parametrize(
    "url", ["http://LOCALHOST/", "http://a.localhost./", "http://router.local", "http://2130706433/",
            "http://[::ffff:127.0.0.1]/", "http://0x7f.1/", "http://metadata.internal/"]
)  # fmt: skip
def test_private_names_are_refused_or_cannot_be_reached(url: str) -> None:
    asking = Client(Gate(), Manners(pause=0.0, tries=1), Limits(0.3, 0.5))
    with pytest.raises(Unanswered, match=r"private network|cannot be reached"):
        asking.ask(url, "*/*")


def test_https_does_not_lead_to_http() -> None:
    with pytest.raises(Refused, match="from https to http"):
        Gate(["http://127.0.0.1:1"]).check("http://127.0.0.1:1/", came_from="https://example.org")
    Gate().check("https://example.org", came_from="http://example.org")


def test_addresses_become_ascii() -> None:
    assert as_uri("https://ру.example/статья?а=б#в") == (
        "https://xn--p1ag.example/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F?%D0%B0=%D0%B1"
    )
    assert as_uri("http://a.org/Page:x_(y),z/6%20?q=1&r=[2]") == (
        "http://a.org/Page:x_(y),z/6%20?q=1&r=[2]"
    )
    assert as_uri("http://[broken") == "http://[broken"
