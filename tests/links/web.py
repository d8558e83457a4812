"""A small web on this machine in which links go wrong in every way that links do."""

from __future__ import annotations

import datetime
import gzip
import socket
import ssl
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import trustme

from tests.citelint.verify.server import (
    Server,
    cut_short,
    dripping,
    endless,
    leading,
    packed,
    page,
    running,
    slow,
    status,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.citelint.verify.server import Answer, Handler

GOOD = "<html><head><title>A Source</title></head><body><p id='there'>Text</p></body></html>"
HOME = "<html><head><title>The Archive</title></head><body><h1>Welcome</h1></body></html>"
CHAIN = 8


def soft(title: str, heading: str = "") -> Answer:
    """Answer 200 with a page of this title."""
    return page(f"<html><head><title>{title}</title></head><body><h1>{heading}</h1></body></html>")


def garbage(handler: Handler) -> None:
    """Answer with what is not HTTP."""
    handler.wfile.write(b"\x00\x01\x02 hello \xff\xfe\r\n\r\n")
    handler.close_connection = True


def dropped(handler: Handler) -> None:
    """Hang up without a word."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def slow_body(handler: Handler) -> None:
    """Promise a page and send it a byte at a time."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "3000")
    handler.end_headers()
    for _ in range(3000):
        handler.wfile.write(b"x")
        time.sleep(0.02)


def lay_statuses(server: Server) -> Iterator[tuple[str, str, str]]:
    """Lay out each status by itself, with its verdict."""
    statuses = {
        "good": (200, 203, 204, 206),
        "dead": (400, 404, 410, 414),
        "blocked": (401, 402, 403, 405, 406, 429, 451, 999),
        "failing": (500, 501, 502, 503, 504, 520),
        "leads nowhere": (300, 304),
    }
    for verdict, codes in statuses.items():
        for code in codes:
            yield f"answers {code}", server.lay(f"/status/{code}", status(code)), verdict


def lay_redirects(server: Server) -> Iterator[tuple[str, str, str]]:
    """Lay out the ways to be led on."""
    server.lay("/good", page(GOOD))
    server.lay("/", page(HOME))
    lasting, passing = (301, 308), (302, 303, 307)
    for code in (*lasting, *passing):
        verdict = "moved" if code in lasting else "good"
        yield f"redirect {code}", server.lay(f"/led/{code}", leading("/good", code)), verdict
    server.lay("/circle/2", leading("/circle/1"))
    yield "circle", server.lay("/circle/1", leading("/circle/2")), "leads nowhere"
    for number in range(CHAIN):
        server.lay(f"/chain/{number}", leading(f"/chain/{number + 1}"))
    server.lay(f"/chain/{CHAIN}", page(GOOD))
    yield "chain of redirects", server.base + "/chain/0", "leads nowhere"
    yield "redirect without address", server.lay("/led/nowhere", status(302)), "leads nowhere"
    into_file = server.lay("/led/file", leading("file:///etc/hostname"))
    yield "redirect to a file", into_file, "leads nowhere"
    yield "redirect to the front page", server.lay("/led/home", leading("/")), "soft 404"
    mixed = server.lay("/led/mixed", leading("/led/301"))
    yield "lasting after passing redirect", mixed, "good"


def lay_pages(server: Server) -> Iterator[tuple[str, str, str]]:
    """Lay out pages that are not what they seem, and some that are."""
    yield "page", server.base + "/good", "good"
    yield "fragment that is there", server.base + "/good#there", "good"
    yield "fragment that is not", server.base + "/good#nowhere", "wrong fragment"
    yield "soft 404 by title", server.lay("/soft/1", soft("Page not found – Archive")), "soft 404"
    yield "soft 404 by heading", server.lay("/soft/2", soft("Archive", "404")), "soft 404"
    russian = page(
        "<meta charset=windows-1251><title>Страница не найдена</title>", "text/html", "cp1251"
    )
    yield "soft 404 in Russian", server.lay("/soft/3", russian), "soft 404"
    yield "Cyrillic path", server.lay("/%D0%98", page(GOOD)), "good"
    yield "brackets and query", server.lay("/a_(b)?q=1&r=2", page(GOOD)), "good"
    bomb = packed(gzip.compress(b"0" * 60_000_000), "gzip", "text/html")
    yield "gzip bomb", server.lay("/bomb", bomb), "not looked into"
    yield "endless body", server.lay("/endless", endless), "not looked into"
    yield "body cut short", server.lay("/short", cut_short), "not looked into"


def lay_troubles(server: Server) -> Iterator[tuple[str, str, str]]:
    """Lay out servers that are slow, busy or broken."""
    yield "no answer", server.lay("/slow", slow(20)), "slow"
    yield "dripping head", server.lay("/drip", dripping), "slow"
    yield "dripping body", server.lay("/dripping-body", slow_body), "slow"
    yield "hangs up", server.lay("/dropped", dropped), "failing"
    yield "no HTTP", server.lay("/garbage", garbage), "failing"
    busy = server.lay("/busy", status(429, Retry_After="1"))
    yield "429 for ever", busy, "blocked"
    # Not asked again in this run; it counts as broken only when it has lasted for a week.
    yield "503 once", server.lay("/later", status(503), page(GOOD)), "failing"
    yield "refused connection", f"http://127.0.0.1:{closed_port()}/", "failing"


def closed_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def secure(certificate: trustme.LeafCert) -> Iterator[str]:
    """Run a server with a certificate and yield its page."""
    server = Server()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    server.lay("/page", page(GOOD))
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}/page"
    finally:
        server.shutdown()
        server.server_close()


def certificates() -> Iterator[tuple[str, trustme.LeafCert]]:
    """Make certificates that no one should trust."""
    authority = trustme.CA()
    over = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    yield "certificate of an unknown authority", authority.issue_cert("127.0.0.1")
    yield "certificate that has expired", authority.issue_cert("127.0.0.1", not_after=over)
    yield "certificate of another host", authority.issue_cert("archive.example")


@contextmanager
def bad_web() -> Iterator[tuple[dict[str, tuple[str, str]], Server]]:
    """Run it all; yields address and verdict by the behaviour's name, and the main server."""
    with ExitStack() as stack:
        server = stack.enter_context(running())
        other = stack.enter_context(running())
        other.lay("/secret", page(GOOD))
        rows = [
            *lay_statuses(server),
            *lay_redirects(server),
            *lay_pages(server),
            *lay_troubles(server),
        ]
        into = server.lay("/into", leading(other.base + "/secret"))
        rows.append(("redirect into a private network", into, "not public"))
        for name, certificate in certificates():
            rows.append((name, stack.enter_context(secure(certificate)), "certificate"))
        yield {name: (address, verdict) for name, address, verdict in rows}, server
