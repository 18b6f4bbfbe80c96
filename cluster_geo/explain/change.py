"""What turning a rule does to the rest of the score, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import replace

from cluster_geo.explain.dials import Dial
from cluster_geo.optimise import Result
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook
from cluster_geo.tolerances import SAME_SCORE

# Share of the score below which a proven difference is none: twice the gap searches stop at.
NO_DIFFERENCE = 2e-4


def change_of(
    dial: Dial, result: Result, base: Result, rulebook: Rulebook, frozen: Collection[Cluster] = ()
) -> dict[str, object]:
    """Return the change of the rest of the score, and between what it lies by what is proven.

    Parameters
    ----------
    dial : Dial
    result : Result
        Of the search with the rule turned; with a plan.
    base : Result
        The best plan by the rules as they are, with what is proven of these.
    rulebook : Rulebook
        The rules as they are.
    frozen : collection of Cluster
        Clusters that stay as they are.

    Returns
    -------
    dict
        `score`, `score_change`, `distance`, `change_least`, `change_most` and `found`: see
        `Worth.table`.
    """
    assert base.plan is not None, "dials are turned from a plan"
    assert result.plan is not None, "a change is that of a plan"
    score = _others(result.plan, dial.rulebook, dial.rule)
    change = score - _others(base.plan, rulebook, dial.rule)
    own = _distance(result, _floor(dial, base, rulebook, frozen))
    if _charged(result.plan, rulebook, dial) > _charged(base.plan, rulebook, dial) + SAME_SCORE:
        # It gives up more of the rule than the plan compared with: see `between`.
        dial = replace(dial, tighter=False)
    least, most = between(change, own, _distance(base), dial)
    found = resolved(least, most, NO_DIFFERENCE * abs(base.cost or 0.0))
    return {
        "score": score,
        "score_change": change,
        "distance": own,
        "change_least": _known(least),
        "change_most": _known(most),
        "found": found,
    }


def between(
    change: float, own: float | None, base: float | None, dial: Dial
) -> tuple[float, float]:
    """Return between what the change of the rest of the score lies, by what is proven.

    Parameters
    ----------
    change : float
        From the plan compared with to the plan found with the rule turned.
    own, base : float or None
        How far the score of the plan found, and of the plan compared with, may be from the best
        possible, each by its own rules; None where that is not known.
    dial : Dial

    Notes
    -----
    Write c = s + p for the score by the rules as they are, p being what the rule that is turned
    charges and s the rest; P for the plan compared with, b <= c(Q) for the bound of every plan Q
    that keeps these rules, and c', p', P', b' for the same with the rule turned. Central schools
    are chosen by the rules of the plan, so that c' = s + p' exactly.

    What is compared are the least s of the plans Q on which the rule charges no more than on P,
    p(Q) <= p(P), and the least s of the plans with the rule turned on which it charges no more
    than on P'. Of a rule without a price these are the best plans; of a weighed one they have to
    be distinguished like this, for a plan may trade any amount of p for s and score the same.

    Such a Q has s(Q) = c(Q) - p(Q) >= b - p(P) = s(P) - base, and P is one of them: the least is
    in [s(P) - base, s(P)]. Likewise the other least is in [s(P') - own, s(P')]. So its change is
    in [change - own, change + base].

    A tighter rule lets nothing fall: plans that keep it are among those that kept the rules
    before, and where p(P') <= p(P) those on which it charges no more than on P' are among those
    on which it charges no more than on P. (Where it is not so `dial` must not say that it is
    tighter.) A looser rule lets nothing rise: it charges nothing any more, and every plan that
    kept the rules before still does.
    """
    least = -math.inf if own is None else change - own
    most = math.inf if base is None else change + base
    clipped = (max(least, 0.0) if dial.tighter else least, min(most, 0.0) if dial.looser else most)
    # They cross by the rounding of sums, or where the turned rule led to a better plan by the
    # rules as they were that was not taken for the one compared with.
    return clipped if clipped[0] <= clipped[1] else (least, most)


def resolved(least: float, most: float, nothing: float) -> str:
    """Say whether what lies between two changes is a finding."""
    if least > nothing:
        return "higher"
    if most < -nothing:
        return "lower"
    return "no difference" if -nothing <= least and most <= nothing else "unresolved"


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _others(plan: Plan, rulebook: Rulebook, turned: str) -> float:
    """Sum what the rules that a plan was made by charge it, but for the one that is turned.

    Its central schools are those that these rules have chosen: with what the turned rule charges
    this is the plan's score.
    """
    return sum(
        rule.judge(cluster).price
        for rule in rulebook.rules
        if not rule.hard and rule.name != turned
        for cluster in plan.clusters
    )


def _charged(plan: Plan, rulebook: Rulebook, dial: Dial) -> float:
    """Sum what the rule that is turned charges a plan, as the rule was."""
    rules = [rule for rule in rulebook.rules if rule.name == dial.rule and not rule.hard]
    return sum(rule.judge(cluster).price for rule in rules for cluster in plan.clusters)


def _floor(
    dial: Dial, base: Result, rulebook: Rulebook, frozen: Collection[Cluster]
) -> float | None:
    """Return what is proven of a tighter rule by the rules as they are, None where nothing is.

    Frozen clusters need not keep the rule, and where it becomes hard are not charged for it.
    """
    if not dial.tighter or base.bound is None:
        return None
    return base.bound - sum(rulebook.price(c) - dial.rulebook.price(c) for c in frozen)


def _distance(result: Result, floor: float | None = None) -> float | None:
    """How much lower the score could be; `floor` is another bound that holds for it."""
    bounds = [bound for bound in (result.bound, floor) if bound is not None]
    if result.cost is None or not bounds:
        return None
    return max(0.0, result.cost - max(bounds))
