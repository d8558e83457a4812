"""A finished site is served as static hosts do it, and silently."""

from __future__ import annotations

import gzip
import http.client
import socket
import struct
from typing import TYPE_CHECKING

import pytest

from speechbook.audit.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE, LOST = "<p>Here</p>", "<p>Nothing here</p>"
#: Closing a connection with this set resets it (socket(7), SO_LINGER).
RESET = struct.pack("ii", 1, 0)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder with a page, a page for lost addresses and a picture."""
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "404.html").write_text(LOST)
    (tmp_path / "dots.png").write_bytes(b"dots")
    return tmp_path


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """Serve the folder; yield host and port."""
    with serving(site) as served:
        yield served.removeprefix("http://").rstrip("/")


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, str | None, bytes]:
    """Return an answer's status, encoding and content."""
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.getheader("Content-Encoding"), answer.read()


@pytest.mark.parametrize(
    ("path", "status", "text"), [("/", 200, PAGE), ("/index.html", 200, PAGE), ("/no", 404, LOST)]
)
def test_texts_are_sent_compressed(address: str, path: str, status: int, text: str) -> None:
    found, encoding, content = ask(http.client.HTTPConnection(address), path)
    assert (found, encoding) == (status, "gzip")
    assert gzip.decompress(content).decode() == text


def test_pictures_are_sent_as_they_are(address: str) -> None:
    assert ask(http.client.HTTPConnection(address), "/dots.png") == (200, None, b"dots")


def test_nobody_is_answered_once_it_is_closed(site: Path) -> None:
    with serving(site) as served:
        connection = http.client.HTTPConnection(served.removeprefix("http://").rstrip("/"))
        assert ask(connection, "/dots.png")[0] == 200
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        ask(connection, "/dots.png")


def test_nothing_is_said_of_a_browser_that_goes_away(
    address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    host, port = address.split(":")
    gone = socket.create_connection((host, int(port)))
    gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    gone.send(b"GET / HT")
    gone.close()
    assert ask(http.client.HTTPConnection(address), "/dots.png")[0] == 200
    assert capfd.readouterr().err == ""
