"""Firefox, driven through WebDriver BiDi, which it speaks without a driver beside it.

``--remote-debugging-port`` opens the connection (https://w3c.github.io/webdriver-bidi/);
Selenium's own modules for the protocol talk over it.  Selenium itself would want
geckodriver, which no package registry has.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING, Any

from selenium.webdriver.common.bidi.browsing_context import BrowsingContext
from selenium.webdriver.common.bidi.input import Input
from selenium.webdriver.common.bidi.script import Script
from selenium.webdriver.common.bidi.session import Session
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.websocket_connection import WebSocketConnection

from speechbook.audit.browser import require_firefox

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
PATIENCE = 60
BROKEN_OFF = "status=2152398850"
#: No first-run pages, and nothing asked of the network but the pages under test.
PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "remote.log.level": "Info",
}


class _Event:
    """What Selenium wants to know of an event: its name, and how to read it."""

    def __init__(self, name: str) -> None:
        self.event_class = name

    @staticmethod
    def from_json(values: dict[str, Any]) -> dict[str, Any]:
        return values


class Window:
    """A tab of Firefox that remembers what went wrong in it and what it asked for."""

    def __init__(self, connection: WebSocketConnection, width: int, height: int) -> None:
        self.contexts, self.inputs = BrowsingContext(connection), Input(connection)
        self.scripts = Script(connection)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.name = self.contexts.create(type="tab")
        Session(connection).subscribe(["log.entryAdded", "network.beforeRequestSent"])
        connection.add_callback(_Event("log.entryAdded"), self._hear)
        connection.add_callback(_Event("network.beforeRequestSent"), self._ask)
        self.contexts.set_viewport(context=self.name, viewport={"width": width, "height": height})

    def _hear(self, entry: dict[str, Any]) -> None:
        is_ours = entry["source"].get("context") == self.name
        # A download is broken off when another page is opened (NS_BINDING_ABORTED).
        if is_ours and BROKEN_OFF not in entry["text"]:
            self.complaints.append(f"{entry['level']}: {entry['text']}")

    def _ask(self, asked: dict[str, Any]) -> None:
        if asked.get("context") == self.name:
            self.requests.append(asked["request"]["url"])

    def go(self, address: str) -> None:
        """Open a page and wait until it is there."""
        self.contexts.navigate(context=self.name, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page says
        """Return what a JavaScript expression gives, by way of JSON."""
        wrapped = f"(async () => JSON.stringify(await ({expression})) ?? 'null')()"
        target = {"context": self.name}
        answer = self.scripts.evaluate(expression=wrapped, target=target, await_promise=True)
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def wait_until(self, expression: str) -> None:
        """Wait until an expression is true, also while another page is being opened."""
        end = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(Exception):  # the page may be going
                if self.evaluate(expression):
                    return
            assert time.monotonic() < end, f"not within {PATIENCE} s: {expression}"
            time.sleep(0.1)

    def press(self, *keys: str) -> None:
        """Press keys together, the last one last, and let go of them in turn."""
        steps = [{"type": "keyDown", "value": key} for key in keys]
        steps += [{"type": "keyUp", "value": key} for key in reversed(keys)]
        self._perform({"type": "key", "id": "keys", "actions": steps})

    def type(self, text: str) -> None:
        """Type letter by letter."""
        for letter in text:
            self.press(letter)

    def _move_to(self, selector: str) -> dict[str, Any]:
        quoted = json.dumps(selector)
        x, y = self.evaluate(
            f"(node => {{ node.scrollIntoView({{ block: 'nearest' }});"
            " const box = node.getClientRects()[0];"
            " return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];"
            f" }})(document.querySelector({quoted}))"
        )
        return {"type": "pointerMove", "x": x, "y": y, "origin": "viewport"}

    def hover(self, selector: str) -> None:
        """Move the mouse over an element."""
        self._point([self._move_to(selector)])

    def click(self, selector: str) -> None:
        """Click the middle of an element, where it is."""
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._point([self._move_to(selector), *press])

    def _point(self, steps: list[dict[str, Any]]) -> None:
        self._perform({"type": "pointer", "id": "mouse", "actions": steps})

    def _perform(self, source: dict[str, Any]) -> None:
        self.inputs.perform_actions(context=self.name, actions=[source])

    def is_visible(self, selector: str) -> bool:
        """Say whether an element is there and shown."""
        quoted = json.dumps(selector)
        return bool(self.evaluate(f"Boolean(document.querySelector({quoted})?.checkVisibility())"))

    def wait_for(self, selector: str, *, visible: bool = True) -> None:
        """Wait until an element is shown, or is not."""
        quoted = json.dumps(selector)
        wish = "" if visible else "!"
        self.wait_until(f"{wish}document.querySelector({quoted})?.checkVisibility()")

    def close(self) -> None:
        """Close the tab."""
        self.contexts.close(context=self.name)


def address_told_by(process: subprocess.Popen[str]) -> str:
    """Return the address at which a Firefox that is starting listens."""
    said = []
    for line in process.stderr or ():
        said.append(line)
        found = LISTENING.search(line)
        if found:
            return found[1]
    raise AssertionError(f"Firefox did not start:\n{''.join(said)}")


@contextlib.contextmanager
def running_firefox() -> Iterator[WebSocketConnection]:
    """Start Firefox with an empty profile and yield a connection with a session."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items()]
        with open(f"{profile}/user.js", "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write("\n".join(lines))
        command = [str(require_firefox()), "--headless", "--no-remote"]
        command += ["--profile", profile, "--remote-debugging-port", "0", "about:blank"]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        try:
            yield from connected(address_told_by(process))
        finally:
            process.terminate()
            process.communicate()


def connected(address: str) -> Iterator[WebSocketConnection]:
    """Yield a connection to a listening Firefox, with a session, and end both."""
    connection = WebSocketConnection(f"{address}/session", PATIENCE, 0.02)
    session = Session(connection)
    session.new(capabilities={})
    yield connection
    session.end()
    connection.close()


#: Names for the tests.
CONTROL, ESCAPE, ENTER, DOWN, TAB = (
    *(Keys.CONTROL, Keys.ESCAPE, Keys.ENTER, Keys.ARROW_DOWN, Keys.TAB),
)
