"""The fewest schools that can move from the reference plan: the first of two stages.

Fewest movers first, then the score: no price on a mover does this, since a price high enough for it
leaves a search without a measure of anything else. The first stage therefore looks only at movers;
its result is a limit of the second.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cluster_geo.county import County
from cluster_geo.optimise import Result
from cluster_geo.phrases import counted
from cluster_geo.plan import Plan, movers
from cluster_geo.rules import Rulebook
from cluster_geo.scenario import Scenario, rulebook_of
from cluster_geo.tolerances import WHOLE_BOUND
from cluster_geo.wishes.splits import unsplit

# The rule that counts movers.
MOVERS = "reference"
# Share of the time or work left that the first stage may take.
FIRST_STAGE = 0.4
# Its searches, at most: one finds how many movers there are about, the other closes the gap.
SEARCHES = 2
# Where the distance of plan and bound is less than one school, no whole number is between them.
LESS_THAN_ONE = 0.9


@dataclass(frozen=True)
class Fewest:
    """The fewest movers found, and the fewest that are proven to be needed.

    Parameters
    ----------
    found, needed : int
    plan : Plan
        A plan with so many movers.
    """

    found: int
    needed: int
    plan: Plan

    @property
    def sentence(self) -> str:
        """What is known of the fewest movers."""
        if self.found == 0:
            return "No school has to move from the earlier plan, so none moves."
        number = counted(self.found, "school")
        if self.found == self.needed:
            return f"{number} must move from the earlier plan: it is proven that fewer cannot."
        proven = (
            f"It is proven that at least {self.needed:,} must."
            if self.needed
            else "It is not proven that any must."
        )
        move = "moves" if self.found == 1 else "move"
        return f"{number} {move} from the earlier plan: no plan with fewer was found. {proven}"

    def limited(self, scenario: Scenario) -> Scenario:
        """Return a scenario that allows no more movers."""
        section = scenario.reference.model_copy(update={"most_movers": self.found})
        return scenario.model_copy(update={"reference": section})


def movers_alone(county: County, scenario: Scenario, granted: Mapping[str, bool]) -> Rulebook:
    """Return the rules of a scenario that must be kept, and a price of one on each mover."""
    section = scenario.reference.model_copy(update={"weight": 1.0})
    weighed = scenario.model_copy(update={"reference": section})
    rulebook = rulebook_of(county, weighed, granted)
    rules = tuple(rule for rule in rulebook.rules if rule.hard or rule.name == MOVERS)
    return replace(rulebook, rules=rules)


def fewest_movers(
    alone: Rulebook,
    search: Callable[[Rulebook, float, Plan | None], Result],
    reference: Plan,
    there: Plan | None = None,
) -> Fewest | None:
    """Find the fewest movers of any plan that keeps a rulebook's requirements.

    Parameters
    ----------
    alone : Rulebook
        Of `movers_alone`.
    search : callable
        Searches by a rulebook, to a gap, from a plan.
    reference : Plan
        The plan that they move from.
    there : Plan, optional
        A plan that is there already and keeps the requirements.

    Returns
    -------
    Fewest or None
        None if no plan was found.
    """
    result = last = search(alone, 1.0 - LESS_THAN_ONE, None)
    if result.plan is not None and _open(result) and last.stopped_by != "interrupted":
        # The gap is a part of the movers, of which the first search has found how many there are.
        last = search(alone, LESS_THAN_ONE / max(1.0, result.cost or 0.0), result.plan)
        result = last if last.plan is not None else result
    if result.plan is None or result.cost is None:
        return None
    plans = [result.plan] if there is None else [result.plan, there]
    too_many = min(len(movers(reference, plan)) for plan in plans) > round(result.cost)
    if too_many and last.stopped_by != "interrupted":
        # The rule counts nobody where a cluster is split, so a plan without splits may move fewer.
        other = search(unsplit(alone, reference), 1.0 - LESS_THAN_ONE, None).plan
        plans += [] if other is None else [other]
    plan = min(plans, key=lambda one: len(movers(reference, one)))
    found = len(movers(reference, plan))
    bound = 0.0 if result.bound is None else result.bound
    return Fewest(found, min(found, max(0, math.ceil(bound - WHOLE_BOUND))), plan)


def _open(result: Result) -> bool:
    """Whether a whole number of movers may lie between a plan and the bound."""
    assert result.cost is not None, "it has a plan"
    bound = 0.0 if result.bound is None else result.bound
    return round(result.cost) > math.ceil(bound - WHOLE_BOUND)
