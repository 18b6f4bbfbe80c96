"""How sure a plan is, in a planner's words: the one home of what is said of score, bound and end.

Each sentence is said where what it claims is proven, and nowhere else; figures are rounded so that
none says more than the proof. A plan's cost is called its score, and the distance between score
and bound the distance from the best possible: in a council's papers "cost" is money and a "gap" is
missing provision.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal

from cluster_geo.optimise import Result
from cluster_geo.optimise.result import StoppedBy
from cluster_geo.phrases import counted
from cluster_geo.rounding import down, exact, percent_up, up

# A distance above this share of the score tells a reader nothing.
USEFUL = Fraction(1, 5)
# The smallest figure that is printed: nearer than this any score is as good as the best.
LEAST = Fraction(1, 1000)

NOT_KNOWN = "not known"
NOT_USEFUL = "nothing useful proven yet"

REASONS: dict[StoppedBy, str] = {
    "gap": "the plan was as close to the best possible as asked",
    "proof": "its answer was proven",
    "time limit": "the time allowed was used up",
    "work limit": "the work allowed was done",
    "first plan": "any plan that keeps the rules was asked for, and found",
    "tolerance": "nothing was left to search but what rounding leaves open",
    "pricing limit": "some clusters could not be searched through to the end",
    "interrupted": "it was stopped by hand",
}
# Of a plan that another search than one for its own score has found.
FOUND = "it found what it looked for"

Shown = Literal["plan", "searches", "nothing"]
_STANDS: dict[Shown, str] = {
    "plan": "The plan and the figures shown are what was found and proven before that",
    "searches": "What is shown was found and proven before that, or by other searches",
    "nothing": "No plan was found before that, and nothing is proven",
}


def open_share(cost: float | None, bound: float | None) -> Fraction | None:
    """Return how far a score may be from the best possible, a fraction of it; exact.

    None where that is of no use to a reader: one of the two is missing, the bound is negative (no
    score is), or the distance is more than `USEFUL`.
    """
    if cost is None or bound is None:
        return None
    apart = _apart(cost, bound)
    if not apart:
        return apart
    return apart / exact(cost) if bound >= 0 and apart <= USEFUL * exact(cost) else None


def at_most(gap: float | None) -> str:
    """Return a gap as a table shows it: "0.37 %", or that nothing useful, or nothing, is proven."""
    if gap is None or not math.isfinite(gap):
        return NOT_KNOWN
    return percent_up(gap) if exact(gap) <= USEFUL else NOT_USEFUL


def distance(cost: float | None, bound: float | None) -> str | None:
    """Return how far a score may be from the best possible, rounded up, in the score's own unit.

    None where nothing useful is proven of it.
    """
    if cost is None or bound is None or open_share(cost, bound) is None:
        return None
    return up(_apart(cost, bound))


def certainty(result: Result | None, unit: str = "") -> str:
    """Return the sentences that say how far a plan can be from the best possible.

    Parameters
    ----------
    result : Result or None
        None for a plan that no search has found.
    unit : str
        Of travel, where the score's unit is to be said: "km".
    """
    if result is None:
        return (
            "This plan was judged as it stands, without a search for a better one, so nothing "
            "is said about how far it is from the best possible."
        )
    if result.cost is None:
        return no_plan(result)
    score = f"This plan scores {result.cost:,.1f}" + (f" {unit}-equivalents" if unit else "")
    if result.bound is None:
        return f"{score}. Nothing is proven yet about how far it is from the best possible."
    share, apart = open_share(result.cost, result.bound), _apart(result.cost, result.bound)
    if share is None and apart > LEAST:
        return f"{score}. Nothing useful is proven yet about how far it is from the best possible."
    if share and result.status != "optimal":
        return (
            f"{score}. Under the same rules and weights no plan can score below "
            f"{down(result.bound)}, so it could improve by at most {percent_up(share)}."
        )
    least = up(apart) if share is None else percent_up(share)
    margin = f" by more than {least}" if apart else ""
    return (
        f"{score}, and it is proven that no plan that keeps these rules can score lower{margin} "
        "under the weights chosen."
    )


def ending(result: Result | None) -> str:
    """Return the sentences that say how long a search took and why it ended."""
    if result is None:
        return ""
    if _has_failed(result):
        shown: Shown = "nothing" if result.plan is None else "plan"
        return f"The search took {_spent(result)}. {failed(result.failure, shown)}"
    reason = REASONS[result.stopped_by]
    if result.status == "feasible" and result.stopped_by in ("gap", "proof"):
        reason = FOUND
    if result.stopped_by == "interrupted" and result.plan is not None:
        reason += "; the best plan found by then is shown"
    return f"The search took {_spent(result)} and ended because {reason}."


def failed(failure: str, shown: Shown = "plan") -> str:
    """Say that the solver failed, and what the reader may still rely on.

    Parameters
    ----------
    failure : str
        The solver, its version and what it answered.
    shown : {"plan", "searches", "nothing"}
        What was found and proven all the same: the plan of this search, what several searches
        told, or nothing.
    """
    answered = f" ({failure})" if failure else ""
    return (
        f"The solver failed during the search{answered}. {_STANDS[shown]}; run it again, and "
        "report it if it happens again."
    )


def no_plan(result: Result) -> str:
    """Say that a search found no plan, why it ended, and whether there may be one."""
    if result.status == "impossible":
        return "It is proven that no plan keeps the hard rules."
    if _has_failed(result):
        return failed(result.failure, "nothing")
    return (
        f"No plan was found in {_spent(result)}: {REASONS[result.stopped_by]}. Whether there is "
        "one is not proven."
    )


def of_frozen(number: int) -> str:
    """Say that what is proven is proven of plans that leave some clusters as they were."""
    stay = "stays as it was" if number == 1 else "stay as they were"
    return (
        f"{counted(number, 'cluster')} {stay}: what is proven here is proven of plans that leave "
        f"{'it' if number == 1 else 'them'} so."
    )


BROKEN_AS_FROZEN = (
    "Clusters frozen as they were break rules that must be kept: the audit names them."
)


def _has_failed(result: Result) -> bool:
    return bool(result.failure) or result.stopped_by == "solver failure"


def _spent(result: Result) -> str:
    if result.timed:
        return f"{result.seconds:,.0f} seconds"
    return f"{result.work:,} units of work"


def _apart(cost: float, bound: float) -> Fraction:
    return max(Fraction(0), exact(cost) - exact(bound))
