"""Where a meeting is held: its session, the process that searches, and the windows that follow."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from cluster_geo.publish.door import harmless
from cluster_geo.review.background import Background
from cluster_geo.review.room import Room
from cluster_geo.review.worker import Worker


class Follower(Protocol):
    """A window that hears of changes."""

    def hear(self, text: str) -> None:
        """Send a text to it."""


@dataclass(eq=False)
class Hall:
    """What the addresses of a server answer from.

    Parameters
    ----------
    room : Room
    worker : Worker
    page : str
        The page of the plan that the session began from.
    clock : callable
        Returns seconds.
    """

    room: Room
    worker: Worker
    page: str
    clock: Callable[[], float] = time.monotonic
    followers: set[Follower] = field(default_factory=set)
    background: Background = field(init=False)
    _noticed: float = 0.0

    def __post_init__(self) -> None:
        self.background = Background(self.room, self.worker, self.tell_search, self.clock)
        self.noticed()

    def noticed(self) -> None:
        """Take note that somebody has asked something."""
        self._noticed = self.clock()

    @property
    def idle(self) -> float:
        """Seconds since anybody asked anything."""
        return self.clock() - self._noticed

    def tell(self, said: str) -> dict[str, Any]:
        """Tell every window where the plan stands now; return what was told.

        Parameters
        ----------
        said : str
            What has happened, for the page's live region; it has passed the door.
        """
        found = self.room.changes()
        # What is drawn has passed the door when it was drawn.
        parts = found.pop("parts")
        state: dict[str, Any] = harmless(found) | {"parts": parts, "said": said}
        self._send(state)
        return state

    def tell_search(self) -> None:
        """Tell every window how the search in the whole county stands."""
        self._send({"search": harmless(self.background.state())})

    def _send(self, told: dict[str, Any]) -> None:
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        for follower in list(self.followers):
            follower.hear(text)
