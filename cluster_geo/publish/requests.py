"""Requests by how far they have come, as their audience may see them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from cluster_geo.phrases import counted
from cluster_geo.plan import Request, WithheldRequests, requests_of, without_open
from cluster_geo.plan.stages import STAGES, STATES, State
from cluster_geo.plan.withheld import NOTHING_WITHHELD
from cluster_geo.publish.asked_about import Places
from cluster_geo.publish.edition import MARKING, Edition
from cluster_geo.scenario import Audience
from cluster_geo.schools.dates import in_words

# After every date: requests without one come last.
NEVER = "9999-12-31"
LATER = "What was asked for is shown when it is decided."


@dataclass(frozen=True, eq=False)
class RequestsPublication:
    """The requests of a list, as its audience may see them.

    Making one is what withholds: of requests that are open the public is shown the number alone.

    Parameters
    ----------
    source : str
        Name of the list.
    day : str
        Day that is asked about (ISO 8601): what was due before it is overdue. All else is as it
        stands in the list.
    audience : {"public", "internal"}
    decisions : DataFrame
        As `read_decisions` gives it.
    places : Places
        Schools and clusters that it may name.
    edition : Edition, optional
        Of the plan; None for a list by itself.
    """

    source: str
    day: str
    audience: Audience
    decisions: pd.DataFrame
    places: Places
    edition: Edition | None = None
    withheld: WithheldRequests = field(default=NOTHING_WITHHELD, init=False)

    def __post_init__(self) -> None:
        if self.audience == "internal":
            return
        shown, withheld = without_open(self.decisions)
        object.__setattr__(self, "decisions", shown)
        object.__setattr__(self, "withheld", withheld)

    @property
    def marking(self) -> str:
        """The protective marking: who asks for what must not leave the authority."""
        return MARKING if self.audience == "internal" else ""

    @cached_property
    def requests(self) -> list[Request]:
        """Every request that is shown."""
        return requests_of(self.decisions)

    @cached_property
    def by_state(self) -> dict[State, list[Request]]:
        """Requests by state: open ones by the date they are due, the others the newest first."""
        found: dict[State, list[Request]] = {state: [] for state in STATES}
        for request in sorted(self.requests, key=lambda one: one.date, reverse=True):
            found[request.state(self.day)].append(request)
        for state in ("overdue", "open"):
            found[state].sort(key=lambda one: (one.due or NEVER, one.received))
        return found

    @property
    def by_stage(self) -> dict[str, int]:
        """Number of requests at each stage; of the public's, those that are shown."""
        counts = Counter(request.stage for request in self.requests)
        return {stage: counts[stage] for stage in STAGES}

    @property
    def by_cluster(self) -> list[tuple[str, Counter[State]]]:
        """Requests by state for each cluster that one concerns, in the order of the codes.

        One that concerns several clusters counts in each of them; "" stands for no cluster.
        """
        counts: dict[str, Counter[State]] = {}
        for request in self.requests:
            for code in self.places.clusters_of(request) or ("",):
                counts.setdefault(code, Counter())[request.state(self.day)] += 1
        return sorted(counts.items(), key=lambda item: (item[0] == "", item[0]))

    @property
    def summary(self) -> str:
        """How many requests there are, and how far they have come, in a sentence or two."""
        states = self.by_state
        late = len(states["overdue"])
        pending = late + len(states["open"]) + self.withheld.open
        appeals = self.by_stage["appeal"] + self.withheld.appeals
        words = about_open(pending, appeals)
        done, closed = (len(states[state]) for state in ("decided", "closed"))
        words += f" {are(done, 'request')} decided, and {are(closed)} closed."
        if self.withheld.open:
            words += f" {LATER}"
        if self.audience == "internal":
            words += f" {are(late, 'request')} overdue on {in_words(self.day)}."
        return words


def about_open(number: int, appeals: int) -> str:
    """Say how many requests are open, and how many of them under appeal, in a sentence."""
    if not number:
        return "No request is open."
    among = f", {appeals:,} of them under appeal" if appeals else ""
    if number == appeals == 1:
        among = ", under appeal"
    return f"{are(number, 'request')} open{among}."


def about_figures(withheld: WithheldRequests) -> str:
    """Say how many decisions have figures that are not shown; "" for none."""
    if not withheld.figures:
        return ""
    decisions = counted(withheld.figures, "decision has", "decisions have")
    return f"{decisions} figures that were made for the authority and are not shown here."


def are(number: int, thing: str = "") -> str:
    """Return "1 request is", "3 requests are" or "No request is"; without a thing "1 is"."""
    if not number:
        return f"No {thing} is" if thing else "none is"
    return f"{counted(number, thing) if thing else f'{number:,}'} {'is' if number == 1 else 'are'}"
