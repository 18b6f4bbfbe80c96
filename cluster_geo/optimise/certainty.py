"""Sentences about how good a plan is and why the search ended, in a planner's words.

Each sentence is used only if what it claims is proven, and figures are rounded so that none claims
more than the proof. A plan's cost is called its score, and the gap its distance from the best
possible, because in a council's papers "cost" is money and a "gap" is missing provision.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal

from cluster_geo.optimise import Result
from cluster_geo.optimise.result import StoppedBy
from cluster_geo.phrases import counted
from cluster_geo.rounding import down, exact, percent_up, up
from cluster_geo.tolerances import HALF_SHOWN

# A distance above this share of the score is not useful to a reader.
USEFUL = Fraction(1, 5)
# The smallest figure that is shown: a score closer than this counts as the best.
LEAST = Fraction(1, 1000)

NOT_KNOWN = "not known"
NOT_USEFUL = "nothing useful proven yet"

REASONS: dict[StoppedBy, str] = {
    "gap": "the plan was as close to the best possible as requested",
    "proof": "its answer was proven",
    "time limit": "it reached the time limit",
    "work limit": "it reached the work limit",
    "first plan": "it was asked for any plan that keeps the rules, and found one",
    "tolerance": "only rounding is left between the plan and the best possible",
    "pricing limit": "the search for better clusters reached its limit for some of them",
    "interrupted": "it was stopped by hand",
}
# For a plan found by a search that did not minimise the plan's own score.
FOUND = "it found what it looked for"

Shown = Literal["plan", "searches", "nothing"]
_STANDS: dict[Shown, str] = {
    "plan": "The plan and figures shown are those found and proven before the failure",
    "searches": "The results shown were found and proven before the failure, or by other searches",
    "nothing": "No plan was found before the failure, and nothing is proven",
}


def open_share(cost: float | None, bound: float | None) -> Fraction | None:
    """Return how far a score may be from the best possible, as an exact fraction of the score.

    None if that is of no use to a reader: one of the two is missing, the bound is negative (no
    score is), or the distance is more than `USEFUL`.
    """
    if cost is None or bound is None:
        return None
    apart = _apart(cost, bound)
    if not apart:
        return apart
    return apart / exact(cost) if bound >= 0 and apart <= USEFUL * exact(cost) else None


def at_most(gap: float | None) -> str:
    """Return a gap for a table: "0.37 %", "nothing useful proven yet" or "not known"."""
    if gap is None or not math.isfinite(gap):
        return NOT_KNOWN
    return percent_up(gap) if exact(gap) <= USEFUL else NOT_USEFUL


def distance(cost: float | None, bound: float | None) -> str | None:
    """Return how far a score may be from the best possible, rounded up, in the unit of the score.

    None if nothing useful is proven about it.
    """
    if cost is None or bound is None or open_share(cost, bound) is None:
        return None
    return up(_apart(cost, bound))


def certainty(result: Result | None) -> str:
    """Return the sentences that say how far a plan can be from the best possible.

    Parameters
    ----------
    result : Result or None
        None for a plan that was not found by a search.
    """
    if result is None:
        return (
            "This plan was checked without searching for a better one, so it is not known how far "
            "it is from the best possible."
        )
    if result.cost is None:
        return no_plan(result)
    score = f"This plan scores {result.cost:,.1f}"
    if result.bound is None:
        return f"{score}. Nothing is proven yet about how far it is from the best possible."
    share, apart = open_share(result.cost, result.bound), _apart(result.cost, result.bound)
    if share is None and apart > LEAST:
        return f"{score}. Nothing useful is proven yet about how far it is from the best possible."
    return f"{score}. {room(result.cost, result.bound)}"


def of_shown(cost: float | None, gap: float | None) -> str:
    """Return the sentences for a plan of whose score only a part is shown.

    Parameters
    ----------
    cost : float or None
        By the rules that are shown.
    gap : float or None
        By all rules.
    """
    score = "" if cost is None else f"By the rules that are shown this plan scores {cost:,.1f}. "
    if gap is None or not math.isfinite(gap) or exact(gap) > USEFUL:
        return f"{score}Nothing useful is proven yet about how far it is from the best possible."
    return f"{score}By all rules it could improve by at most {percent_up(gap)}."


def room(cost: float, bound: float) -> str:
    """Return the sentence of a proven distance; no other text makes one of its own.

    It says a share of the score, or the distance itself where a share is of no use. Two scores that
    are closer than they are rounded to would seem further apart than they are, so the bound is
    not shown then.

    Parameters
    ----------
    cost : float
    bound : float
        The least that any plan by the same rules and weights can score.
    """
    share, apart = open_share(cost, bound), _apart(cost, bound)
    least = up(apart) if share is None else percent_up(share)
    if apart < exact(HALF_SHOWN):
        margin = f" by more than {least}" if apart else ""
        return f"Under the same rules and weights no plan can score lower{margin}."
    return f"{below(bound)}, so it could improve by at most {least}."


def below(bound: float) -> str:
    """Return the beginning of a sentence: below what no plan can score."""
    return f"Under the same rules and weights no plan can score below {down(max(bound, 0.0))}"


def of_floor(cost: float, bound: float, *, kept: bool) -> str:
    """Return the sentences for a plan changed by hand, from what the run beside it has proven.

    Parameters
    ----------
    cost, bound : float
        The plan's score, and the least that any plan by the same rules can have.
    kept : bool
        Whether the plan keeps every requirement: the bound is of plans that do.
    """
    score = f"This plan scores {cost:,.1f}"
    share = open_share(cost, bound)
    if not kept:
        floor = "" if bound < 0 else f", which is at least {down(bound)}"
        return (
            f"{score}. It breaks a requirement, so its score cannot be compared with that of plans "
            f"that keep them all{floor}."
        )
    if share is None or exact(cost) < exact(bound) - LEAST:
        return (
            f"{score}. It was judged as it stands, and nothing useful is proven about how far it "
            "is from the best possible."
        )
    return (
        f"{score}. {room(cost, bound)} The search whose record lies beside this plan has proven it."
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
        reason += "; the best plan found until then is shown"
    return f"The search took {_spent(result)} and ended because {reason}."


def failed(failure: str, shown: Shown = "plan") -> str:
    """Say that the solver failed, and what the reader can still rely on.

    Parameters
    ----------
    failure : str
        The solver, its version and its answer.
    shown : {"plan", "searches", "nothing"}
        What was found and proven before the failure: the plan of this search, the results of
        several searches, or nothing.
    """
    answered = f" ({failure})" if failure else ""
    return (
        f"The solver failed during the search{answered}. {_STANDS[shown]}; run it again, and "
        "report it if it happens again."
    )


def no_plan(result: Result) -> str:
    """Say that a search found no plan, why it ended, and whether there may be one."""
    if result.status == "impossible":
        return "It is proven that no plan meets the requirements."
    if _has_failed(result):
        return failed(result.failure, "nothing")
    return (
        f"The search found no plan in {_spent(result)} and ended because "
        f"{REASONS[result.stopped_by]}. It is not proven whether there is one."
    )


def of_frozen(number: int) -> str:
    """Say that the proof covers only plans that keep the frozen clusters."""
    return (
        f"{counted(number, 'cluster is', 'clusters are')} frozen, so the proof covers only plans "
        f"that keep {'it' if number == 1 else 'them'} unchanged."
    )


BROKEN_AS_FROZEN = "Some frozen clusters break requirements; the audit names them."


def _has_failed(result: Result) -> bool:
    return bool(result.failure) or result.stopped_by == "solver failure"


def _spent(result: Result) -> str:
    if result.timed:
        return f"{result.seconds:,.0f} seconds"
    return f"{result.work:,} units of work"


def _apart(cost: float, bound: float) -> Fraction:
    return max(Fraction(0), exact(cost) - exact(bound))
