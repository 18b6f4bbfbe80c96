"""The command as a process of its own, and what asks it as a page would, or as no page would."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\?token=\S+")
COMMAND = (sys.executable, "-c", "from cluster_geo.cli import main; main()")
# A machine that is busy takes its time: nothing here measures any.
PATIENCE_S = 120


@dataclass
class Served:
    """`cluster-geo review` of a plan, as long as the process lives."""

    process: subprocess.Popen
    address: str
    said: str

    @classmethod
    def of(cls, *arguments: object) -> Served:
        process = subprocess.Popen(
            [*COMMAND, "review", *map(str, arguments), "--no-browser"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        said = ""
        for line in process.stdout:
            said += line
            if found := ADDRESS.search(line):
                return cls(process, found[0], said)
        raise AssertionError(said)

    @property
    def port(self) -> int:
        return urlsplit(self.address).port

    @property
    def token(self) -> str:
        return self.address.rpartition("=")[2]

    def end(self) -> tuple[int, str]:
        """Press Ctrl-C; return the exit code and what was said since."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, said

    def kill(self) -> None:
        """Take the process away without a word."""
        self.process.kill()
        self.process.communicate(timeout=PATIENCE_S)


@dataclass
class Client:
    """What sends requests to a server, with or without what opens it."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    xsrf: str = ""

    @classmethod
    def entered(cls, served: Served) -> Client:
        """Exchange the address for a cookie, and read the page's token."""
        client = cls(served.port)
        status, _, _ = client.get(f"/?token={served.token}")
        assert status == 200
        page = client.get("/")[2]
        client.xsrf = re.search(r'name="review-token" content="([^"]+)"', page)[1]
        return client

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        return self.send("GET", path, None, headers)

    def post(self, path: str, content: object = None, **headers: str | None):
        """Ask as the page does, but for these headers; None leaves one out."""
        usual = {
            "Content-Type": "application/json",
            "Origin": f"http://127.0.0.1:{self.port}",
            "X-XSRFToken": self.xsrf,
        }
        body = content if isinstance(content, bytes) else json.dumps(content or {}).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        status, found, text = self.send("POST", path, body, usual | named)
        return status, found, json.loads(text) if text.startswith(("{", "[")) else text

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str | None]):
        """Send a request; return status, headers and text of the answer."""
        named = {"Host": f"127.0.0.1:{self.port}", **headers}
        if self.cookies:
            named.setdefault("Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        with closing(wire):
            wire.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in named.items():
                if value is not None:
                    wire.putheader(name, value)
            if body is not None:
                wire.putheader("Content-Length", str(len(body)))
            wire.endheaders(body)
            answer = wire.getresponse()
            text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, dict(answer.headers), text


def in_own_loop(asked: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine in a thread: a browser that is open has a loop in this one already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asked).result()


def until(page, question: str) -> None:
    """Wait until a page answers a question of script with yes; its policy refuses Playwright's own."""
    end = time.monotonic() + PATIENCE_S
    while not page.evaluate(question):
        assert time.monotonic() < end, question
        time.sleep(0.02)


def journal_of(plan: Path) -> list[dict[str, object]]:
    """Return the lines of the journal beside a plan."""
    path = plan.with_name(f"{plan.stem}.review") / "journal.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
