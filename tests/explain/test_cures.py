"""How far a cure's score may be from the best possible, held against every plan there is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cluster_geo.county import County
from cluster_geo.explain.ask import Asker
from cluster_geo.explain.attempts import Attempt, Surroundings
from cluster_geo.explain.cures import Cure, Scorer
from cluster_geo.explain.healer import plan_of
from cluster_geo.explain.reasons import Reason, find_reason
from cluster_geo.plan import Plan
from cluster_geo.rules import Rulebook, Size, WorstTrip
from tests.explain.clashes import (
    Clashes,
    book,
    federation_across_districts,
    made,
    school_out_of_reach,
    tie_beyond_reach,
    trust_larger_than_its_clusters,
    zone_of_grammar_schools,
    zone_of_no_size,
    zone_without_srp,
)
from tests.oracle import all_plans
from tests.worlds import draw_county

CASES = (
    zone_of_no_size,
    zone_without_srp,
    zone_of_grammar_schools,
    federation_across_districts,
    tie_beyond_reach,
    school_out_of_reach,
    trust_larger_than_its_clusters,
)


def cures_of(case: Clashes, kind: type[Asker] = Asker) -> list[tuple[Attempt, Cure]]:
    """Return the cure of each single change that works, and the attempt it is of."""
    county, rulebook = case.county, case.rulebook
    asker = kind(work=200_000, threads=1)
    reason = find_reason(asker, county, rulebook, county.urns)
    assert isinstance(reason, Reason)
    around = Surroundings(county, rulebook)
    home, scorer = around.home(reason), Scorer(asker, county, rulebook, around)
    found = []
    for attempts in around.ladders(reason.demands, Attempt(rulebook, home), home):
        for attempt in attempts:
            plan = plan_of(attempt, asker, county).plan
            if plan is not None:
                found.append((attempt, scorer.cure(attempt, plan, home)))
                break
    return found


class Unlucky(Asker):
    """Ends each search for a good plan with a dearer one; what is proven stays.

    It is the dearest that is less than a fifth above the best.
    """

    def best(self, county, rulebook, **options):
        found = super().best(county, rulebook, **options)
        if options.get("any_plan") or found.plan is None:
            return found
        near = [p for p in plans(county, rulebook) if rulebook.cost(p) < 1.2 * found.cost]
        dearest = max(near, key=rulebook.cost, default=found.plan)
        return replace(found, plan=dearest, cost=rulebook.cost(dearest))


def plans(county: County, rulebook: Rulebook) -> list[Plan]:
    """Every plan by some rules."""
    every = [Plan.of(clusters) for clusters, _ in all_plans(county, rulebook)]
    return [plan for plan in every if rulebook.keeps_sums(plan)]


@pytest.mark.parametrize("kind", [Asker, Unlucky])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_no_plan_with_as_few_exceptions_scores_less_than_is_said(case, kind):
    """Exceptions are priced in the search and not in the score: more of them may score less."""
    world, seen = case(), 0
    for attempt, cure in cures_of(world, kind):
        loose, part = attempt.bound(world.county)
        as_it_was, _ = Attempt(world.rulebook, attempt.schools).bound(world.county)

        def exceptions(plan: Plan, loose=loose, as_it_was=as_it_was) -> float:
            return loose.cost(plan) - as_it_was.cost(plan)

        def score(plan: Plan) -> float:
            return sum(map(world.rulebook.price, plan.clusters))

        few = exceptions(cure.plan) + 1e-9
        rivals = [plan for plan in plans(part, loose) if exceptions(plan) <= few]
        assert cure.plan in rivals
        if cure.distance is not None:
            assert min(map(score, rivals)) >= score(cure.plan) - cure.distance - 1e-6
            seen += 1
    assert seen > 0


def test_central_schools_are_those_of_the_changed_rules():
    """Trips of 5 km bring the fourth school, 11 km from all; the third would be 10, 6 of them in one."""
    county = draw_county("p s p p . . . . s")
    rules = book(county, Size(5, 5), WorstTrip(county.travel, 4.0))
    found = cures_of(made(county, rules))
    (cure,) = [cure for _, cure in found if cure.words == "allow journeys of up to 5 km"]
    assert [cluster.hub for cluster in cure.plan.clusters] == [county.urns[3]]
    assert cure.score == pytest.approx(11.0)
