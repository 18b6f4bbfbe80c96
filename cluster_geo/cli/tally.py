"""A line that counts what was done of a long job, and how long the rest may take."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from cluster_geo.cli.terminal import say

MINUTE = 60.0
# Without a terminal a line at most this often, in seconds.
PLAIN_EVERY = 30.0


class Tally:
    """Shows how much of a job is done; call it with the number done and the number in all.

    Parameters
    ----------
    console : rich.console.Console
        A terminal gets one line that changes; anything else a plain line now and then.
    words : str
        What is counted: "claims checked".
    """

    def __init__(self, console: Console, words: str) -> None:
        self._console, self._words = console, words
        self._began = self._last = time.monotonic()
        self._live: Live | None = None

    def __enter__(self) -> Self:
        self._began = self._last = time.monotonic()
        if self._console.is_terminal:
            self._live = Live(console=self._console, transient=True)
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def __call__(self, done: int, total: int) -> None:
        """Take note of how much is done."""
        now = time.monotonic()
        if self._live is not None:
            self._live.update(Text(self.line(done, total, now - self._began)))
        elif now - self._last >= PLAIN_EVERY:
            self._last = now
            say(self._console, self.line(done, total, now - self._began))

    def line(self, done: int, total: int, seconds: float) -> str:
        """Return the line for so much done in so many seconds."""
        left = seconds / done * (total - done) if done else 0.0
        minutes = f", about {left / MINUTE:,.0f} min left" if left >= MINUTE else ""
        return f"{done:,} of {total:,} {self._words}{minutes}"
