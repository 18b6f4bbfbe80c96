"""A line that counts what was done of a long job, and how long the rest may take."""

from __future__ import annotations

from rich.console import Console

from cluster_geo.cli.live_line import LiveLine
from cluster_geo.cli.terminal import say

MINUTE = 60.0
# Without a terminal a line at most this often, in seconds.
PLAIN_EVERY = 30.0


class Tally(LiveLine):
    """Shows how much of a job is done; call it with the number done and the number in all.

    Parameters
    ----------
    console : rich.console.Console
    words : str
        What is counted: "claims checked".
    """

    def __init__(self, console: Console, words: str) -> None:
        super().__init__(console)
        self._words = words
        self._done: tuple[int, int] | None = None
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Take note of how much is done."""
        self._done = done, total
        if self._live is None and self._seconds - self._last >= PLAIN_EVERY:
            self._last = self._seconds
            say(self._console, self._shown())

    def line(self, done: int, total: int, seconds: float) -> str:
        """Return the line for so much done in so many seconds."""
        left = seconds / done * (total - done) if done else 0.0
        minutes = f", about {left / MINUTE:,.0f} min left" if left >= MINUTE else ""
        return f"{done:,} of {total:,} {self._words}{minutes}"

    def _shown(self) -> str:
        if self._done is None:
            return f"Reading files: {self._seconds:,.0f} s"
        return self.line(*self._done, self._seconds)
