"""The result of a solve: what was found and proven, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cluster_geo.cards import card
from cluster_geo.plan import Plan
from cluster_geo.rounding import down, percent_up

if TYPE_CHECKING:
    from cluster_geo.optimise.proof import SearchProof

# The schools of a cluster: URNs, ascending.
Members = tuple[int, ...]

Status = Literal["optimal", "feasible", "impossible", "none found"]
StoppedBy = Literal[
    "gap",
    "time limit",
    "work limit",
    "interrupted",
    "proof",
    "tolerance",
    "pricing limit",
    "first plan",
    "solver failure",
]


@dataclass(frozen=True, slots=True)
class TracePoint:
    """Progress of a solve: the best cost and the bound so far (None if there is none yet)."""

    seconds: float
    work: int
    stage: str
    cost: float | None
    bound: float | None
    columns: int

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost, a fraction."""
        return gap_of(self.cost, self.bound)


@dataclass(frozen=True)
class Result:
    """Outcome of a solve.

    Parameters
    ----------
    status : Status
        "optimal" (the gap is closed to the tolerance), "feasible" (a plan with a gap),
        "impossible" (proven) or "none found".
    stopped_by : StoppedBy
        Why the solve ended, whatever it found. "tolerance" means that cost and bound differ by no
        more than the tolerances of the search.
    plan : Plan or None
    cost, bound : float or None
        In km-equivalents (or minutes). No plan that keeps the hard rules costs less than
        `bound`.
    seconds : float
    seed : int
    trace : tuple of TracePoint
    known : tuple of tuple of int
        Schools of clusters that could be in an equally good plan, to start a later solve from.
    statements : tuple of str
        Sentences for the reader: which preferences became requirements, which regions were solved
        separately.
    failure : str
        If a failure of the solver ended the search, the solver, its version and its answer; plan,
        cost and bound are then those found and proven before it. Otherwise empty.
    timed : bool
        Whether the limit was in seconds. If it was in units of work, outputs leave seconds out, so
        that the same run gives the same bytes on any machine.
    proof : SearchProof or None
        What proves the bound, for a certificate; None where no search has proven one.
    """

    status: Status
    stopped_by: StoppedBy
    plan: Plan | None
    cost: float | None
    bound: float | None
    seconds: float
    seed: int
    work: int = 0
    trace: tuple[TracePoint, ...] = field(default=())
    statements: tuple[str, ...] = field(default=())
    known: tuple[Members, ...] = field(default=(), repr=False)
    timed: bool = True
    failure: str = ""
    proof: SearchProof | None = field(default=None, repr=False, compare=False)

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost as a fraction, never below 0."""
        return gap_of(self.cost, self.bound)

    def _repr_html_(self) -> str:
        """Show the result in a notebook."""
        gap = self.gap
        facts = {
            "clusters": None if self.plan is None else len(self.plan),
            "score": self.cost,
            "bound": None if self.bound is None else down(self.bound),
            "could improve by at most": None if gap is None else percent_up(gap),
            "ended by": f"{self.stopped_by}, after {self.seconds:,.0f} s",
            "statements": list(self.statements) or None,
            "failure": self.failure or None,
        }
        return card(f"Result: {self.status}", facts)


def gap_of(cost: float | None, bound: float | None) -> float | None:
    """Return (cost - bound) / cost, or None where either is missing."""
    if cost is None or bound is None:
        return None
    return max(0.0, (cost - bound) / cost) if cost else 0.0
