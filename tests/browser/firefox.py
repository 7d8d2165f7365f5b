"""A reader's Firefox, as Debian has it (`apt install firefox-esr`), without a library for it.

Firefox itself takes instructions on a local socket (Marionette, which geckodriver speaks, too): a
length, a colon, a line of JSON. Here are the few of them that a reader's visit needs.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

PATIENCE = 60.0
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key under which WebDriver names an element
ENTER = "\ue007"

# What the browser says and asks for is seen from its own side, where a page cannot hide anything:
# errors of pages, also those against the policy, and the addresses that pages, not Firefox, ask.
WATCH = """
    globalThis.asked = [];
    Services.console.reset();
    const watch = { observe(subject) {
        const channel = subject.QueryInterface(Ci.nsIHttpChannel);
        const { loadInfo } = channel;
        const who = loadInfo.loadingPrincipal ?? loadInfo.triggeringPrincipal;
        const isPage = who?.isContentPrincipal || loadInfo.browsingContextID;
        if (isPage) globalThis.asked.push(channel.URI.spec);
    } };
    Services.obs.addObserver(watch, "http-on-modify-request");
"""
SAID = """
    return Services.console.getMessageArray().flatMap((one) => {
        if (!(one instanceof Ci.nsIScriptError)) return [];
        if (one.flags & Ci.nsIScriptError.warningFlag) return [];
        const isOfPage = one.innerWindowID || /^(https?|file):/.test(one.sourceName);
        return isOfPage || one.category.startsWith("CSP") ? [one.errorMessage] : [];
    });
"""


class Firefox:
    """A headless Firefox with a profile of its own; a `with` block ends it."""

    def __init__(self, **prefs: bool | int | str) -> None:
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        if not program:
            raise AssertionError("There is no Firefox. Install it: apt install firefox-esr")
        self.profile = Path(tempfile.mkdtemp(prefix="firefox-"))
        wanted = {"marionette.port": 0, "browser.shell.checkDefaultBrowser": False} | prefs
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(one)});" for name, one in wanted.items()
        ]
        (self.profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        # The last option lets these tests, not the pages, read the browser's own list of errors.
        options = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
        self.process = subprocess.Popen(
            [program, *options, "--profile", str(self.profile)],
            env={**os.environ, "HOME": str(self.profile)},  # it refuses a home of somebody else
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.number = 0
        try:
            self.line = socket.create_connection(("127.0.0.1", self._port()), timeout=PATIENCE)
            self.stream = self.line.makefile("rwb")
            self._answer()
            self.tell("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
            self.own_side(WATCH)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End this Firefox and forget its profile."""
        self.process.terminate()
        self.process.wait(PATIENCE)
        shutil.rmtree(self.profile, ignore_errors=True)

    # --- the line

    def _port(self) -> int:
        """The port that Firefox chose; it writes it into its profile."""
        note = self.profile / "MarionetteActivePort"
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            if note.exists() and (text := note.read_text(encoding="ascii")):
                return int(text)
            time.sleep(0.05)
        raise AssertionError("Firefox did not start.")

    def _answer(self) -> Any:
        length = b""
        while (sign := self.stream.read(1)) != b":":
            if not sign:
                raise AssertionError("Firefox has ended.")
            length += sign
        return json.loads(self.stream.read(int(length)))

    def tell(self, command: str, **what: Any) -> Any:
        """What Firefox answers to a command; an `AssertionError` with its words if it cannot."""
        self.number += 1
        message = json.dumps([0, self.number, command, what]).encode()
        self.stream.write(b"%d:%s" % (len(message), message))
        self.stream.flush()
        _, _, error, answer = self._answer()
        if error:
            raise AssertionError(f"{command}: {error['message']}")
        return answer["value"] if isinstance(answer, dict) and "value" in answer else answer

    def own_side(self, script: str, *given: Any) -> Any:
        """What a script gives that runs in the browser itself, not in the page."""
        self.tell("Marionette:SetContext", value="chrome")
        try:
            return self.tell(
                "WebDriver:ExecuteScript",
                script=script,
                args=given,
                sandbox="system",
                newSandbox=False,
            )
        finally:
            self.tell("Marionette:SetContext", value="content")

    # --- what a reader does

    def goto(self, address: str) -> None:
        """Open an address and wait until it is there."""
        self.tell("WebDriver:Navigate", url=address)

    def evaluate(self, expression: str) -> Any:
        """What an expression gives in the page; a promise is waited for."""
        script = f"const done = arguments[0]; Promise.resolve({expression}).then(done)"
        return self.tell("WebDriver:ExecuteAsyncScript", script=script, args=[])

    def _find(self, selector: str) -> str:
        found = self.tell("WebDriver:FindElement", using="css selector", value=selector)
        return str(found[ELEMENT])

    def click(self, selector: str) -> None:
        """Click on the first element that a selector names."""
        self.tell("WebDriver:ElementClick", id=self._find(selector))

    def type(self, selector: str, text: str) -> None:
        """Type into a field what stands there instead of what stood there."""
        field = self._find(selector)
        self.tell("WebDriver:ElementClear", id=field)
        self.tell("WebDriver:ElementSendKeys", id=field, text=text)

    def text(self, selector: str) -> str:
        """The text that a reader sees of the first element that a selector names, if any."""
        found = self.tell("WebDriver:FindElements", using="css selector", value=selector)
        return str(self.tell("WebDriver:GetElementText", id=found[0][ELEMENT])) if found else ""

    def wait(self, selector: str, says: str) -> None:
        """Wait until an element shows a text."""
        until = time.monotonic() + PATIENCE
        seen = ""
        while time.monotonic() < until:
            try:
                seen = self.text(selector)
            except AssertionError as error:  # it was replaced while it was looked at
                seen = str(error)
            if says in seen:
                return
            time.sleep(0.05)
        raise AssertionError(f"{selector} does not say {says!r}, but: {seen!r}")

    def set_offline(self, is_offline: bool) -> None:
        """Cut the network for this browser, or bring it back."""
        self.own_side("Services.io.offline = arguments[0]", is_offline)

    def set_pref(self, name: str, value: bool | int) -> Any:
        """Set what a reader may set in about:config; gives what it was."""
        kind = "Bool" if isinstance(value, bool) else "Int"
        before = self.own_side(f"return Services.prefs.get{kind}Pref(arguments[0])", name)
        self.own_side(f"Services.prefs.set{kind}Pref(arguments[0], arguments[1])", name, value)
        return before

    def set_javascript(self, is_on: bool) -> None:
        """Let pages run scripts, or not."""
        self.set_pref("javascript.enabled", is_on)

    @contextmanager
    def private_window(self) -> Iterator[None]:
        """A private window, closed at the end."""
        before = self.tell("WebDriver:GetWindowHandle")
        opened = self.tell("WebDriver:NewWindow", type="window", private=True)
        self.tell("WebDriver:SwitchToWindow", handle=opened["handle"])
        try:
            yield
        finally:
            self.tell("WebDriver:CloseWindow")
            self.tell("WebDriver:SwitchToWindow", handle=before)

    def errors(self) -> list[str]:
        """What pages did wrong since the last look."""
        said = self.own_side(SAID)
        self.own_side("Services.console.reset()")
        return list(said)

    def asked(self) -> list[str]:
        """The addresses that pages asked for since the last look, whatever answered them."""
        return list(self.own_side("return globalThis.asked.splice(0)"))


@contextmanager
def firefox_visit(firefox: Firefox) -> Iterator[Firefox]:
    """A visit with this Firefox; at the end nothing may have gone wrong or left the site."""
    firefox.errors()
    firefox.asked()
    yield firefox
    hosts = {address.split("/")[2].split(":")[0] for address in firefox.asked()}
    assert firefox.errors() == []
    assert hosts <= {"127.0.0.1"}
