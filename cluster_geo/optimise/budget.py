"""The limit of a solve: in seconds, or in units of work that are the same on every machine."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock

from cluster_geo.tolerances import TICK

# Seconds after the limit at which a first cover that is not complete is given up.
LATE = 1.0


class OutOfTime(Exception):  # noqa: N818 - not an error: what was found before stands
    """The time of a search ran out within a linear programme, or a first cover."""


@dataclass
class Budget:
    """Time or work left to a solve.

    Parameters
    ----------
    seconds : float or None
        Time limit; ignored if `work` is given.
    work : int or None
        Limit in units of work: one for a node of pricing, a simplex iteration, or
        `MOVES_A_UNIT` moves of the annealing. With it nothing depends on the clock, so the same
        inputs and seed give the same plan on any machine.
    """

    seconds: float | None
    work: int | None = None
    done: int = 0
    _began: float = field(default_factory=time.monotonic)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def spend(self, units: int) -> None:
        """Count work done."""
        with self._lock:
            self.done += units

    @property
    def elapsed(self) -> float:
        """Seconds since the solve began."""
        return time.monotonic() - self._began

    @property
    def timed(self) -> bool:
        """Whether the limit is in seconds."""
        return self.work is None

    def left(self) -> float:
        """Return the fraction of the budget left, 0 to 1; 1 if there is no limit."""
        if self.work is not None:
            return max(0.0, 1.0 - self.done / max(1, self.work))
        if self.seconds is None:
            return 1.0
        return max(0.0, 1.0 - self.elapsed / max(TICK, self.seconds))

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.left() <= 0.0

    @property
    def late(self) -> bool:
        """Whether the time limit was passed so long ago that nothing may be finished any more."""
        left = self.seconds_left()
        return left == 0.0 and self.elapsed > (self.seconds or 0.0) + LATE

    def seconds_left(self) -> float | None:
        """Return the seconds left, or None if there is no time limit."""
        if self.work is not None or self.seconds is None:
            return None
        return max(0.0, self.seconds - self.elapsed)


MOVES_A_UNIT = 500
