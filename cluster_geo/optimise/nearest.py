"""Of plans that score the same, the one in which fewer schools move from an earlier plan.

It is looked for once the search has ended before its limit, among the clusters that could be in an
equally good plan. What is found is judged and counted again; that no equally good plan moves fewer
schools is not proven.
"""

from __future__ import annotations

from cluster_geo.optimise.integer import best_cover
from cluster_geo.optimise.plan_params import IntegerParams
from cluster_geo.optimise.standing import Standing
from cluster_geo.rules import movers_of
from cluster_geo.tolerances import SAME_SUM


def look_nearer(standing: Standing, params: IntegerParams) -> None:
    """Offer a plan that scores the same as the incumbent and moves fewer schools, if one is found.

    Raises
    ------
    SolverError
        If the integer programme cannot be solved.
    """
    near, best, budget = standing.near, standing.best, standing.budget
    if near is None or best is None or standing.cost is None or budget.spent:
        return
    if not standing.moved(best):
        return
    columns = standing.columns
    places = [columns.place(atoms) for atoms in (*best, *(c.atoms for c in standing.likely))]
    given = [columns.admitted[place] for place in dict.fromkeys(places)][: params.few_columns]
    zone_of = {urn: str(place) for urn, place in near.cluster_of.items()}
    left = budget.seconds_left()
    chosen, _ = best_cover(
        given,
        len(standing.problem.atoms),
        standing.problem.rulebook.plan_rules,
        prices=[float(len(movers_of(column.cluster, zone_of))) for column in given],
        most_cost=standing.cost + SAME_SUM,
        start=range(len(best)),
        time_limit=None if left is None else min(left, params.seconds),
        most_nodes=None if budget.timed else params.nodes,
        seed=standing.seed,
    )
    if chosen is not None and standing.offer([given[place].atoms for place in chosen]):
        standing.note("plan")
