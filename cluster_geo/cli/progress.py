"""A line that shows how far a search has come: stage, best cost, bound, gap, time left."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from cluster_geo.optimise import TracePoint
from cluster_geo.progress import facts_of, stage_of

# Without a terminal (a log file, a scheduler) a line at most this often, in seconds.
PLAIN_EVERY = 10.0


class Progress:
    """Shows a search as it runs; call it with each point of the trace.

    Parameters
    ----------
    console : rich.console.Console
        Where to draw. A terminal gets one line that changes; anything else plain lines.
    time_limit : float
        Seconds the search may take.
    """

    def __init__(self, console: Console, time_limit: float) -> None:
        self._console = console
        self._time_limit = time_limit
        self._live: Live | None = None
        self._point: TracePoint | None = None
        self._started = time.monotonic()
        self._last = (-PLAIN_EVERY, "")

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        if self._console.is_terminal:
            # The line is redrawn twice a second, so that the clock moves in a long stage.
            self._live = Live(
                console=self._console,
                get_renderable=self._render,
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

    def __call__(self, point: TracePoint) -> None:
        """Take note of where the search stands."""
        self._point = point
        if self._live is not None:
            return
        seconds, stage = self._last
        if point.stage != stage or point.seconds - seconds >= PLAIN_EVERY:
            self._last = (point.seconds, point.stage)
            self._console.print(self.line(point, point.seconds), highlight=False, soft_wrap=True)

    def refresh(self) -> None:
        """Draw the line now, where there is a terminal."""
        if self._live is not None:
            self._live.refresh()

    def line(self, point: TracePoint, seconds: float) -> str:
        """Return the line for a point of the trace."""
        facts = facts_of(point, self._time_limit, seconds)
        parts = [f"best score {facts['best score']}", f"bound {facts['bound']}"]
        if share := facts["could improve by at most"]:
            parts.append(f"at most {share} to gain")
        if point.cost is None and facts["bound"] == "none yet":
            parts = ["no plan yet"]
        return f"{stage_of(point)}: {', '.join(parts)}; {facts['time left']} left"

    def _render(self) -> Text:
        seconds = time.monotonic() - self._started
        if self._point is None:
            return Text(f"Reading files: {seconds:,.0f} s")
        return Text(self.line(self._point, max(seconds, self._point.seconds)), no_wrap=True)
