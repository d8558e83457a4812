"""One request over HTTP, bounded in time and size, redirects followed by hand.

``urllib`` reads the body of a redirect to its end and has a time limit for each wait on the
socket only, so an answer that drips could last for ever: a guard cuts the connection off.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import urllib.error
import urllib.request
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import urljoin

from citelint.verify.addresses import Refused, as_uri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from citelint.verify.addresses import Gate

PIECE = 65_536
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5


class Failed(Exception):  # noqa: N818 - what happened to a request, in the past tense
    """A request brought no answer; ``again`` says whether another try may.

    ``is_far`` says that the host was not even reached.
    """

    def __init__(self, reason: str, *, again: bool = False, is_far: bool = False) -> None:
        super().__init__(reason)
        self.again = again
        self.is_far = is_far


class Response(NamedTuple):
    """An answer: its final address, status, headers (small letters), and body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class Limits(NamedTuple):
    """Seconds that a wait and a whole request may last, and bytes that an answer may have."""

    wait: float = 20.0
    whole: float = 60.0
    most_bytes: int = 8_000_000


class Readable(Protocol):
    """What bytes can be read from; ``length`` is how many are still to come, if known."""

    length: int | None

    def read1(self, size: int, /) -> bytes:
        """Read what is there, up to *size* bytes."""


class Guard:
    """Cuts the sockets of one request off when its time is up."""

    def __init__(self, seconds: float) -> None:
        self.sockets: list[socket.socket] = []
        self.is_over = False
        self.timer = threading.Timer(seconds, self.cut)
        self.timer.daemon = True

    def watch(self, connection: socket.socket) -> None:
        """Cut this socket off as well.

        It is doubled, for encryption detaches it before the first word is exchanged.
        """
        self.sockets.append(connection.dup())

    def cut(self) -> None:
        """Shut the sockets down, which wakes whoever waits for them."""
        self.is_over = True
        for connection in self.sockets:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def close(self) -> None:
        """Let go of everything."""
        self.timer.cancel()
        for connection in self.sockets:
            connection.close()


@contextmanager
def guarded(seconds: float) -> Iterator[Guard]:
    """Guard what is done within."""
    guard = Guard(seconds)
    guard.timer.start()
    try:
        yield guard
    finally:
        guard.close()


def handlers(
    gate: Gate, guard: Guard, proxies: Mapping[str, str]
) -> list[urllib.request.BaseHandler]:
    """Return urllib's handlers for one request; behind a proxy the peer is the proxy's."""

    class Checked(http.client.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            self.sock: socket.socket
            guard.watch(self.sock)
            if not proxies:
                gate.check_peer(self.host, self.port, self.sock.getpeername()[0])

    class CheckedSecure(http.client.HTTPSConnection, Checked):
        pass

    class Plain(urllib.request.HTTPHandler):
        def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Checked, request)

    class Secure(urllib.request.HTTPSHandler):
        def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            context = ssl.create_default_context()
            return self.do_open(CheckedSecure, request, context=context)

    return [Plain(), Secure(), urllib.request.ProxyHandler(dict(proxies))]


def fetch(  # noqa: PLR0913, PLR0917 - what a request needs
    url: str,
    headers: Mapping[str, str],
    gate: Gate,
    limits: Limits,
    proxies: Mapping[str, str],
    ready: Callable[[str], None],
) -> Response:
    """Ask for an address and follow where it leads; *ready* waits for a host that it leads to.

    Raises:
        Failed: no answer came, or it was too long, too slow or led round in circles.
        Refused: the address may not be asked.

    """
    gate.check(url)
    seen = {url}
    with guarded(limits.whole) as guard:
        for _ in range(MOST_REDIRECTS + 1):
            response = one_step(url, headers, handlers(gate, guard, proxies), guard, limits)
            target = response.headers.get("location", "")
            if response.status not in REDIRECTS or not target:
                return response
            came_from, url = url, next_address(url, target)
            if url in seen:
                raise Failed("it leads round in a circle")
            seen.add(url)
            gate.check(url, came_from)
            ready(url)
    raise Failed(f"it leads on more than {MOST_REDIRECTS} times")


def next_address(url: str, target: str) -> str:
    """Return where an answer's ``Location`` leads; http.client reads its bytes as Latin-1.

    Raises:
        Refused: it is no address.

    """
    text = target.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return as_uri(urljoin(url, text))
    except ValueError as error:
        raise Refused("it is no address") from error


def one_step(
    url: str,
    headers: Mapping[str, str],
    using: list[urllib.request.BaseHandler],
    guard: Guard,
    limits: Limits,
) -> Response:
    """Ask once, following nothing.

    Raises:
        Failed: no answer came, or it was too long or too slow.
        Refused: the host turned out to be in a private network.

    """
    opener = urllib.request.OpenerDirector()
    for handler in [*using, urllib.request.HTTPErrorProcessor()]:
        opener.add_handler(handler)
    opener.add_handler(urllib.request.HTTPDefaultErrorHandler())
    request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310 - the gate checked
    try:
        with answered(opener, request, limits.wait) as answer:
            response = response_of(url, answer, limits)
    except Refused:
        raise
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        raise failure(error, guard, limits) from error
    if guard.is_over:
        # What was cut off can look like the end of an answer.
        raise failure(TimeoutError(), guard, limits)
    return response


def answered(
    opener: urllib.request.OpenerDirector, request: urllib.request.Request, wait: float
) -> Any:  # noqa: ANN401 - urllib's answers have no common type
    """Open a request; an answer of 300 and above is an answer too."""
    try:
        return opener.open(request, timeout=wait)
    except urllib.error.HTTPError as error:
        return error


def response_of(url: str, answer: Any, limits: Limits) -> Response:  # noqa: ANN401 - as above
    """Read an answer; of one that tells nothing but where to go or that it failed, no body."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    has_use = answer.status < http.client.MULTIPLE_CHOICES
    body = read_body(answer, limits.most_bytes) if has_use else b""
    return Response(url, answer.status, headers, unpacked(body, headers, limits.most_bytes))


def read_body(answer: Readable, most: int) -> bytes:
    """Read a body of up to *most* bytes.

    Raises:
        Failed: it is longer.
        IncompleteRead: it ended early, which ``read1`` does not say.

    """
    pieces: list[bytes] = []
    room = most
    while piece := answer.read1(PIECE):
        room -= len(piece)
        if room < 0:
            raise Failed(f"its answer is longer than {most // 1_000_000} MB")
        pieces.append(piece)
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(pieces)


def unpacked(body: bytes, headers: Mapping[str, str], most: int) -> bytes:
    """Return a body without the compression that some servers use unasked.

    Raises:
        Failed: it is packed in another way, or longer than *most* bytes.

    """
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding in {"identity", ""} or not body:
        return body
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise Failed(f"its answer is packed as {coding[:20]}")
    # 47: zlib or gzip, whichever the head says (zlib manual, inflateInit2).
    plain = zlib.decompressobj(47).decompress(body, most + 1)
    if len(plain) > most:
        raise Failed(f"its answer is longer than {most // 1_000_000} MB")
    return plain


def failure(error: Exception, guard: Guard, limits: Limits) -> Failed:
    """Say in words what went wrong, and whether another try may help."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if guard.is_over:
        return Failed(f"no whole answer came within {limits.whole:g} seconds", again=True)
    if isinstance(cause, TimeoutError):
        return Failed(f"no answer came within {limits.wait:g} seconds", again=True)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Failed(f"its certificate cannot be trusted ({cause.verify_message})")
    if isinstance(cause, (socket.gaierror, ConnectionRefusedError)) or is_without_way(cause):
        return Failed(f"the host cannot be reached ({words_of(cause)})", is_far=True)
    if isinstance(cause, (OSError, http.client.HTTPException)):
        return Failed(f"the connection broke ({words_of(cause)})", again=True)
    return Failed(f"its answer cannot be read ({words_of(cause)})")


def is_without_way(cause: object) -> bool:
    """Say whether an error means that no way leads to the host (EHOSTUNREACH, ENETUNREACH)."""
    return isinstance(cause, OSError) and cause.errno in {101, 113, 10051, 10065}


def words_of(cause: object) -> str:
    """Return an error's own words, or its name."""
    text = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    return " ".join(str(text).split())[:120]
