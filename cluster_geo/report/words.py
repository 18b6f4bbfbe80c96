"""The report's words: figures as a reader says them, and sentences about how sure a plan is.

A plan's cost is called its score, the distance between score and bound the distance from the
best possible: in a council's papers "cost" is money and a "gap" is missing provision.
"""

from __future__ import annotations

import math

import pandas as pd

from cluster_geo.optimise import Result

MILES_IN_KM = 0.621371
# What is less than this of a tenth of a per cent is the rounding of sums.
ROUNDING = 1e-6

KINDS = {"hard": "must be kept", "priced": "weighed", "shown": "shown only"}


def number(value: float | None, decimals: int = 0) -> str:
    """Return a figure with commas, "not known" where there is none."""
    if value is None or math.isnan(value):
        return "not known"
    return f"{value:,.{decimals}f}"


def known(value: float | None) -> str:
    """Return a whole number with commas, "not known" where it is missing."""
    return "not known" if value is None or pd.isna(value) else f"{value:,}"


def journey(length: float, unit: str) -> str:
    """Return the length of a journey with its unit: km, or whole minutes."""
    return f"{length:.1f} km" if unit == "km" else f"{length:.0f} {unit}"


def miles(km: float) -> str:
    """Return a length in miles."""
    return f"{km * MILES_IN_KM:.1f} miles"


def percent_up(share: float | None) -> str:
    """Return a share as a percentage rounded up, so that "at most" stays true; 1 tells nothing."""
    if share is None or math.isnan(share) or share >= 1.0:
        return "not known"
    return f"{math.ceil(1000 * share - ROUNDING) / 10:.1f} %"


def certainty(result: Result | None) -> str:
    """Return the sentence that says how far the plan can be from the best possible."""
    if result is None:
        return (
            "This plan was judged as it stands, without a search for a better one, so nothing "
            "is said about how far it is from the best possible."
        )
    if result.cost is None or result.bound is None or result.gap is None:
        return "The search ended before it could prove how far this plan is from the best possible."
    if result.status == "optimal":
        return (
            f"This plan scores {number(result.cost, 1)}, and it is proven that no plan that "
            "keeps these rules can score lower under the weights chosen."
        )
    # Rounded up: "at most" must stay true.
    most = math.ceil(1000 * result.gap) / 10
    return (
        f"No plan that keeps these rules can score below {number(result.bound, 1)} under the "
        f"weights chosen; this one scores {number(result.cost, 1)}, so at most {most:.1f} % "
        "could be gained."
    )


def ending(result: Result | None) -> str:
    """Return the sentence that says why the search ended."""
    if result is None:
        return ""
    why = {
        "gap": "the plan was as close to the best possible as asked",
        "proof": "its answer was proven",
        "time limit": "the time allowed was used up",
        "work limit": "the work allowed was done",
        "first plan": "any plan that keeps the rules was asked for, and found",
        "tolerance": "nothing was left to search but what rounding leaves open",
        "pricing limit": "some clusters could not be searched through to the end",
        "interrupted": "it was stopped by hand; the best plan found by then is shown",
        "solver failure": "the solver failed; what was found and proven before that is shown",
    }[result.stopped_by]
    spent = (
        f"{number(result.seconds)} seconds" if result.timed else f"{result.work:,} units of work"
    )
    return f"The search took {spent} and ended because {why}."
