"""A line that shows how far a search has come: stage, best cost, bound, gap, time left."""

from __future__ import annotations

from rich.console import Console

from cluster_geo.cli.live_line import LiveLine
from cluster_geo.optimise import TracePoint
from cluster_geo.progress import facts_of, stage_of

# Without a terminal (a log file, a scheduler) a line at most this often, in seconds.
PLAIN_EVERY = 10.0


class Progress(LiveLine):
    """Shows a search as it runs; call it with each point of the trace.

    Parameters
    ----------
    console : rich.console.Console
        Where to draw. A terminal gets one line that changes; anything else plain lines.
    time_limit : float
        Seconds the search may take.
    """

    def __init__(self, console: Console, time_limit: float) -> None:
        super().__init__(console)
        self._time_limit = time_limit
        self._point: TracePoint | None = None
        self._last = (-PLAIN_EVERY, "")

    def __call__(self, point: TracePoint) -> None:
        """Take note of where the search stands."""
        self._point = point
        if self._live is not None:
            return
        seconds, stage = self._last
        if point.stage != stage or point.seconds - seconds >= PLAIN_EVERY:
            self._last = (point.seconds, point.stage)
            self._console.print(self.line(point, point.seconds), highlight=False, soft_wrap=True)

    def line(self, point: TracePoint, seconds: float) -> str:
        """Return the line for a point of the trace."""
        facts = facts_of(point, self._time_limit, seconds)
        parts = [f"best score {facts['best score']}", f"bound {facts['bound']}"]
        if share := facts["could improve by at most"]:
            parts.append(f"at most {share} to gain")
        if point.cost is None and facts["bound"] == "none yet":
            parts = ["no plan yet"]
        return f"{stage_of(point)}: {', '.join(parts)}; {facts['time left']} left"

    def _shown(self) -> str:
        if self._point is None:
            return f"Reading files: {self._seconds:,.0f} s"
        return self.line(self._point, max(self._seconds, self._point.seconds))
