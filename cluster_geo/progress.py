"""How far a search has come: as a line of words, and as a card below a notebook's cell."""

from __future__ import annotations

import sys
import time
from types import MappingProxyType
from typing import Any

from cluster_geo.cards import card
from cluster_geo.optimise import TracePoint
from cluster_geo.optimise.certainty import open_share
from cluster_geo.phrases import heading_of
from cluster_geo.rounding import down, percent_up
from cluster_geo.scenario import Scenario

# A reader sees no more than this often, in seconds; a search may tell more.
REDRAWN_EVERY = 0.25

# What a planner calls the stages of a search, whose own names are in the record of a run.
STAGES = MappingProxyType(
    {
        "wishes": "Which preferences can be requirements",
        "first plan": "A first plan",
        "columns": "Better clusters",
        "cuts": "A better bound",
        "plan": "A better plan",
        "branches": "A last proof",
    }
)


def stage_of(point: TracePoint) -> str:
    """Return what a planner calls the stage that a search is in."""
    return STAGES.get(point.stage, heading_of(point.stage))


def facts_of(point: TracePoint, time_limit: float, seconds: float) -> dict[str, str]:
    """Return score, bound, distance and the time left, in words, for a point of a search's trace.

    A distance from the best possible is given once it is of use.

    Parameters
    ----------
    point : TracePoint
    time_limit, seconds : float
        How long the search may take, and has taken.
    """
    share = open_share(point.cost, point.bound)
    # A negative bound proves nothing: no score is below 0.
    bound = None if point.bound is None or point.bound < 0 else point.bound
    return {
        "best score": "none yet" if point.cost is None else f"{point.cost:,.1f}",
        "bound": "none yet" if bound is None else down(bound),
        "could improve by at most": "" if share is None else percent_up(share),
        "time left": f"{max(0.0, time_limit - seconds):,.0f} s",
    }


class NotebookProgress:
    """Shows a search as a card that changes below the cell of a notebook.

    Give it to whatever takes `progress`, as in
    ``propose(scenario, progress=NotebookProgress(scenario))``. Outside a notebook nothing is shown.

    Parameters
    ----------
    scenario : Scenario
        Whose search it is: it tells the time limit.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._handle: Any = None
        self._drawn = (-REDRAWN_EVERY, "")

    def __call__(self, point: TracePoint) -> None:
        """Draw where the search stands, at once where a stage begins."""
        last, stage = self._drawn
        now = time.monotonic()
        if point.stage == stage and now - last < REDRAWN_EVERY:
            return
        self._drawn = (now, point.stage)
        self._draw(self.html(point))

    def html(self, point: TracePoint) -> str:
        """Return the card for a point of the trace."""
        limit = self._scenario.solve.time_limit
        return card(
            f"Searching: {stage_of(point)}",
            facts_of(point, limit, point.seconds),
        )

    def _draw(self, html: str) -> None:
        # A notebook brings IPython with it; the package does without.
        running: Any = sys.modules.get("IPython")
        if running is None or running.get_ipython() is None:
            return
        show = running.display
        if self._handle is None:
            self._handle = show.display(show.HTML(html), display_id=True)
        else:
            self._handle.update(show.HTML(html))
