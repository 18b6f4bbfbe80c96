"""A better plan in the whole county, looked for while the meeting goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from pydantic import Field

from cluster_geo.errors import ClusterGeoError, Fault, InputError
from cluster_geo.phrases import counted
from cluster_geo.review.asking import Better
from cluster_geo.review.room import Question, Room
from cluster_geo.review.words import Plain, faults_of
from cluster_geo.review.worker import BUSY, Worker
from cluster_geo.session import Draft
from cluster_geo.session.answers import GAP

# Schools that may move at most, and seconds to look for, unless others are asked for.
USUAL_MOVERS = 10
USUAL_SECONDS = 60.0
# Longest time that it may be given, in seconds.
MOST_SECONDS = 600.0
# Far more schools than a county has.
MOST_MOVERS = 100_000
PROOF = (
    f"Proven to within {100 * GAP:g} % of the score: no plan is better with at most {{}} moving, "
    "as many clusters, and the locked ones as they are."
)


class County(Question):
    """How many schools may move, and for how long to look."""

    movers: int = Field(default=USUAL_MOVERS, ge=1, le=MOST_MOVERS)
    seconds: float = Field(default=USUAL_SECONDS, gt=0, le=MOST_SECONDS)


@dataclass(eq=False)
class Background:
    """The one search in the whole county that a meeting has at a time, and what came of it.

    What it finds is kept with the plan that it was begun on: of another plan it says nothing.

    Parameters
    ----------
    room : Room
    worker : Worker
    tell : callable
        Called whenever `state` is another.
    clock : callable
        Returns seconds.
    """

    room: Room
    worker: Worker
    tell: Callable[[], None]
    clock: Callable[[], float] = time.monotonic
    _shown: Plain = field(default_factory=lambda: {"stage": "none"}, repr=False)
    _turn: int = 0
    _begun: float = 0.0
    _task: asyncio.Task[None] | None = field(default=None, repr=False)

    def state(self) -> Plain:
        """Return how it stands: its `stage` is none, running, found, or ended without a plan."""
        used = self.clock() - self._begun
        return self._shown | {"turn": self._turn, "used": round(used, 1)}

    @property
    def running(self) -> bool:
        """Whether it is searching."""
        return self._task is not None and not self._task.done()

    def begin(self, asked: County) -> None:
        """Begin to look for a better plan than the one that stands now.

        Raises
        ------
        InputError
            Where another question is being looked into.
        """
        if self.worker.busy or self.running:
            raise InputError([Fault("request", BUSY, "Wait for it, or cancel it")])
        self._begun = self.clock()
        self._show({"stage": "running", "seconds": asked.seconds, "movers": asked.movers})
        draft = self.room.session.draft
        self._task = asyncio.get_running_loop().create_task(self._search(draft, asked))

    def drop(self) -> bool:
        """Forget what was found; return whether there was anything."""
        if self.running or self._shown["stage"] == "none":
            return False
        self._show({"stage": "none"})
        return True

    async def _search(self, draft: Draft, asked: County) -> None:
        job = Better(asked.movers, asked.seconds)
        try:
            found = await self.worker.offers(draft, job)
            plans = self.room.found_for(draft, found)
        except InputError as error:
            self._show({"stage": "ended", "words": " ".join(faults_of(error))})
        except ClusterGeoError as error:
            self._show({"stage": "ended", "words": str(error)})
        else:
            if not plans:
                self._show({"stage": "ended", "words": found.words})
                return
            proof = PROOF.format(counted(asked.movers, "school")) if plans[0]["best"] else ""
            self._show({"stage": "found", "proof": proof, **plans[0]})

    def _show(self, shown: Plain) -> None:
        self._shown = shown
        self._turn += 1
        self.tell()
