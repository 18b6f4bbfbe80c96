"""A line of a terminal that changes as long a job goes on."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text


class LiveLine(ABC):
    """Shows how far a job has come, from when it is entered until it is left.

    Parameters
    ----------
    console : rich.console.Console
        Where to draw. A terminal gets one line that changes; anything else plain lines now and
        then, which are for each kind of job to print.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live: Live | None = None
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        if self._console.is_terminal:
            # The line is redrawn twice a second, so that the clock moves in a long stage.
            self._live = Live(
                console=self._console,
                get_renderable=lambda: Text(self._shown(), no_wrap=True),
                refresh_per_second=2,
                transient=True,
            )
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

    def refresh(self) -> None:
        """Draw the line now, where there is a terminal."""
        if self._live is not None:
            self._live.refresh()

    @property
    def _seconds(self) -> float:
        """Seconds since it was entered."""
        return time.monotonic() - self._started

    @abstractmethod
    def _shown(self) -> str:
        """Return the line as it is now."""
